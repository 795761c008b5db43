"""What an action is that is done while calls fail (`support.faults`), and what all of them need."""

from __future__ import annotations

import re
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, Protocol
from unittest.mock import patch

from index.cli import run
from index.commands.program import app
from index.editions.library import load_editions
from index.errors import YakgwanError
from index.questions.corpus import Corpus, read_corpus
from index.search.build import build
from support.fakes import QUESTIONS, SHOP, FakeEmbedder, settings_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.settings import Settings

TERMS = "가게"
RETURN = "산 물건을 돌려보내도 환불 되나요"
_NAME = re.compile(r"(?<![0-9a-f])[0-9a-f]{12}(?![0-9a-f])")  # of a build of the index
_AT = re.compile(r"\d{8}T\d{6}")  # when an edition was taken back
_KOREAN = re.compile(r"[^\n]*[가-힣][^\n]*")


class Action(Protocol):
    """``prepare``: the state before, in an empty folder; ``check``: raises AssertionError if something is broken."""

    name: str

    def prepare(self, folder: Path) -> None: ...
    def begin(self, folder: Path) -> None: ...
    def act(self, folder: Path) -> None: ...
    def again(self, folder: Path) -> None: ...
    def check(self, folder: Path, *, done: bool) -> None: ...
    def end(self) -> None: ...


class Plain:
    """An action that has nothing open, and is done again in the same way."""

    def begin(self, folder: Path) -> None:
        """Nothing to open."""

    def act(self, folder: Path) -> None:
        raise NotImplementedError

    def again(self, folder: Path) -> None:
        self.act(folder)

    def end(self) -> None:
        """Nothing to close."""


def write_data(folder: Path, terms: Mapping[str, str], questions: Mapping[str, str]) -> None:
    """The files of one document."""
    for kind, files in (("terms", terms), ("questions", questions)):
        place = folder / "data" / kind / TERMS
        place.mkdir(parents=True)
        for name, text in files.items():
            (place / name).write_text(text, encoding="utf-8")


def write_shop(folder: Path) -> Settings:
    """The shop's data, without an index."""
    write_data(folder, {"2024-03-01.txt": SHOP, "terms.toml": 'title = "가게 약관"\n'}, QUESTIONS)
    return settings_in(folder)


def build_shop(folder: Path) -> Corpus:
    """Write its index; what it was made from."""
    settings = settings_in(folder)
    corpus = corpus_of(folder)
    build(settings, corpus, FakeEmbedder())
    return corpus


def corpus_of(folder: Path) -> Corpus:
    return read_corpus(folder / "data", load_editions(folder / "data"))


def add_question(folder: Path) -> None:
    """Once, however often it is asked for."""
    path = folder / "data" / "questions" / TERMS / "2.md"
    if RETURN not in path.read_text(encoding="utf-8"):
        with path.open("a", encoding="utf-8") as file:
            file.write(f"- {RETURN}\n")


def command(folder: Path, *arguments: str) -> None:
    """A command of ``python -m index`` over ``folder``. Raises YakgwanError with the one line that it ends with."""
    said = StringIO()
    environment = {"BOT_DATA": str(folder / "data"), "BOT_INDEX": str(folder / "index"), "BOT_EMBEDDING": "fake"}
    with patch.dict("os.environ", environment), redirect_stderr(said), redirect_stdout(StringIO()):
        code = run(app, arguments)
    if code:
        assert code == 1, said.getvalue()
        raise YakgwanError(said.getvalue().rstrip().splitlines()[-1])


def shape(folder: Path) -> set[str]:
    """What is there; builds of the index all have one name, and what SQLite keeps beside its file is left out."""
    found = {_AT.sub("AT", _NAME.sub("BUILD", str(path.relative_to(folder)))) for path in folder.rglob("*")}
    return {name for name in found if not name.endswith(("-wal", "-shm"))}


def is_clean(error: YakgwanError) -> bool:
    """Whether it is one Korean line."""
    return bool(_KOREAN.fullmatch(str(error))) and "Traceback" not in str(error)
