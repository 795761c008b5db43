"""Folders of documents → the sentences of their clauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.evaluation.verifier.cases import Source
from bot.evaluation.verifier.inflection import affirming
from bot.verify.support import sentences_of
from index.editions.edition import SUFFIXES
from index.errors import TermsError
from index.passages import Passage
from index.terms import inspect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SHORTEST, _LONGEST = 12, 220  # characters of a sentence
_MARKER = re.compile(r"^(?:[\d가-하]{1,2}[.)]|[①-⑳]|[-·※*○●•])\s{0,9}")
_BROKEN = re.compile(r"[^(]*\)|으?로 |이하 ")  # what begins in the middle of a sentence
_ENDED = re.compile(r"(?:니다|[한된는않없있]다)\.?$")


def read_sources(folder: Path) -> Iterator[tuple[str, list[Source]]]:
    """Each document under ``folder``, by its path, with its sentences; files that are no terms are passed over."""
    for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES):
        name = path.relative_to(folder).with_suffix("").as_posix()
        try:
            terms = inspect(path)
        except TermsError:
            continue
        passages = (
            Passage(article.clause(name, p.number), path.stem, terms.title, article.title, p.start, p.end, p.text)
            for article in terms.articles
            for p in article.paragraphs
        )
        yield name, [source for passage in passages for source in _sentences(passage)]


def _sentences(passage: Passage) -> Iterator[Source]:
    """The whole sentences among the lines of a clause, with their brackets closed."""
    for piece in sentences_of(passage.quote):
        text = _MARKER.sub("", " ".join(piece.split()))
        whole = text.count("(") == text.count(")") and _ENDED.search(text) and not _BROKEN.match(text)
        if whole and _SHORTEST <= len(text) <= _LONGEST:
            yield Source(passage, affirming(text if text.endswith(".") else f"{text}."))
