"""What each 항 states, leaves and asks of whom, ``data/facts/<terms>/<article>.toml``, where a person can mend it.

A table of the paragraph's number holds the mark of the text that it was written for (`text_mark`): of a paragraph
whose text changed nothing is used until someone looks. What stands in a file is tagged by `index.facts.tagger` and
reviewed by hand.

    [3]
    text = "5f0c1d2e3a4b"
    states = [
        { kind = "횟수", value = "2회 이상", of = "계약을 해지할 수 있는 연체" },
    ]
    leaves = [{ thing = "결제 기한", to = "계약서" }]
    acts = [{ who = "회사", may = "연체 이자 청구" }]
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.aspects import KINDS
from index.data_files import list_files, read_text
from index.errors import YakgwanError
from index.facts.rules import Rule, read_rules
from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from index.editions.edition import Edition
    from index.passages import Passage

MARK = 12  # hexadecimal digits
MODALS = {"may": "할 수 있다", "must": "해야 한다", "must_not": "해서는 안 된다", "does": "한다"}
_HEAD = (
    "# {title}\n# 항마다: 적은 값(states), 다른 문서에 맡긴 것(leaves), "
    "누가 할 수 있고(may) 해야 하고(must) 하면 안 되고(must_not) 하는 것(does)\n"
)


class FactsError(YakgwanError):
    """A file of facts cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Stated:
    """``value`` in the clause's own words, of a ``kind`` of `index.aspects.KINDS`; ``of`` what it is the value."""

    kind: str
    value: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Leaves:
    """``thing`` is left ``to`` another document."""

    thing: str
    to: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """``who`` may, must, must not or does (``modal``, one of `MODALS`) do ``what``."""

    who: str
    modal: str
    what: str


@dataclass(frozen=True, slots=True)
class ClauseFacts:
    """Of one paragraph. ``rules``: how a figure of the customer's gives a result."""

    states: tuple[Stated, ...] = ()
    leaves: tuple[Leaves, ...] = ()
    acts: tuple[Act, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def parties(self) -> frozenset[str]:
        """Who acts in it."""
        return frozenset(act.who for act in self.acts)


class Facts:
    """The facts of documents, by document and text."""

    def __init__(self, known: Mapping[tuple[str, str], ClauseFacts] | None = None) -> None:
        self._known = dict(known or {})

    def of(self, passage: Passage) -> ClauseFacts | None:
        """What is known of a passage with just this text; None if nobody looked at it."""
        return self._known.get((passage.clause.document, text_mark(passage.quote)))

    def __len__(self) -> int:
        return len(self._known)


def text_mark(text: str) -> str:
    """The mark of a paragraph's text; white space makes no difference."""
    return hashlib.sha256(squeeze(unicodedata.normalize("NFC", text)).encode()).hexdigest()[:MARK]


def read_facts(data: Path, documents: Iterable[str]) -> Facts:
    """The facts of documents by their names; of one without files there are none.

    Raises:
        FactsError: a file is malformed.
    """
    known: dict[tuple[str, str], ClauseFacts] = {}
    for name in documents:
        for path in list_files(data / "facts" / name, ".toml", FactsError):
            for mark, facts in _read(path):
                known[name, mark] = facts
    return Facts(known)


def _read(path: Path) -> Iterator[tuple[str, ClauseFacts]]:
    try:
        tables = tomllib.loads(read_text(path, FactsError))
    except tomllib.TOMLDecodeError as error:
        raise FactsError(f"{path}:1: 읽을 수 없습니다: {error}") from error
    for paragraph, table in tables.items():
        try:
            yield table["text"], _facts(table)
        except (KeyError, TypeError, ValueError) as error:
            raise FactsError(f"{path}: [{paragraph}]의 내용이 맞지 않습니다: {error}") from error


def _facts(table: Mapping[str, Any]) -> ClauseFacts:
    facts = ClauseFacts(
        tuple(Stated(**entry) for entry in table.get("states", ())),
        tuple(Leaves(**entry) for entry in table.get("leaves", ())),
        tuple(_act(entry) for entry in table.get("acts", ())),
        read_rules(table.get("rules", ())),
    )
    kinds = [one.kind for one in facts.states] + [one.kind for one in facts.leaves if one.kind]
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise ValueError(", ".join(unknown))
    return facts


def _act(entry: Mapping[str, str]) -> Act:
    [modal] = entry.keys() - {"who"}
    if modal not in MODALS:
        raise ValueError(modal)
    return Act(entry["who"], modal, entry[modal])


def as_toml(title: str, paragraphs: Sequence[tuple[str, str, ClauseFacts]]) -> str:
    """A file of an article: of each paragraph its number, text and facts (without rules, which a person writes)."""
    blocks = [_HEAD.format(title=title)]
    for number, text, facts in paragraphs:
        lines = [f"[{_key(number)}]", f"text = {_text(text_mark(text))}"]
        lines += _listed("states", [_inline(kind=f.kind, value=f.value, of=f.of) for f in facts.states])
        lines += _listed("leaves", [_inline(kind=f.kind, thing=f.thing, to=f.to) for f in facts.leaves])
        lines += _listed("acts", [_inline(who=act.who, **{act.modal: act.what}) for act in facts.acts])
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _key(number: str) -> str:
    return number if re.fullmatch(r"[A-Za-z0-9_-]{1,20}", number) else _text(number)


def _listed(name: str, entries: Sequence[str]) -> list[str]:
    return [f"{name} = [", *(f"    {entry}," for entry in entries), "]"] if entries else []


def _inline(**values: str) -> str:
    return "{ " + ", ".join(f"{name} = {_text(value)}" for name, value in values.items() if value) + " }"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)  # a JSON string is a TOML string


def unreviewed(data: Path, edition: Edition) -> list[tuple[str, str]]:
    """The paragraphs (article, number) of an edition for whose present text no facts are written."""
    known = read_facts(data, [edition.name])
    marks = known._known.keys()  # noqa: SLF001  # its own
    return [
        (article.address, paragraph.number)
        for article in edition.terms.articles
        for paragraph in article.paragraphs
        if (edition.name, text_mark(paragraph.text)) not in marks
    ]
