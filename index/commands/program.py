"""The program that the commands are added to, and what several of them take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from index.cli import make_app
from index.editions.library import load_editions
from index.settings import load_index_settings

if TYPE_CHECKING:
    from index.questions.corpus import Corpus
    from index.settings import IndexSettings

app = make_app("약관의 색인을 만들고, 찾고, 살펴봅니다.")
AsJson = Annotated[bool, typer.Option("--json", help="JSON으로 출력")]


def load_corpus() -> tuple[IndexSettings, Corpus]:
    """The settings, and what an index is made from."""
    # imported here: it takes a second, and `show` and the help texts must not
    from index.questions.corpus import read_corpus

    settings = load_index_settings()
    return settings, read_corpus(settings.data, load_editions(settings.data))
