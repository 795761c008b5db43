"""The answer to a question: sentences that name their clauses, citations that are slices of the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.addresses import clause_url
from index.clause import article_name, clause_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.clause import Clause
    from index.passages import Passage
    from index.references.by_number import Reference

_MARKDOWN = re.compile(r"([\\`*_\[\]~|])")
_BLOCK = re.compile(r"^([^\S\n]*(?:\d{1,9}(?=[.)](?:\s|$)))?)([#>+=.)-])", re.MULTILINE)


class Status(StrEnum):
    """The endings; they are never mixed."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    CHAT = "chat"
    CLARIFY = "clarify"
    REJECTED = "rejected"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of an answer. ``clauses`` support it; a sentence without clauses claims nothing of the terms."""

    text: str
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A paragraph with the exact slice of the source. ``terms``, ``title``: of its document and its article."""

    clause: Clause
    edition: str
    terms: str
    title: str
    quote: str
    url: str

    @classmethod
    def of(cls, passage: Passage) -> Citation:
        return cls(
            clause=passage.clause,
            edition=passage.edition,
            terms=passage.terms_title,
            title=passage.article_title,
            quote=passage.quote,
            url=clause_url(passage.clause, passage.dated),
        )

    @property
    def mark(self) -> str:
        """ "제15조 제3항"; "제10조의2 제1항"."""
        return self.clause.name

    def as_json(self) -> dict[str, str]:
        """The citation of the batch and HTTP contract."""
        place = {"article": self.clause.article, "paragraph": self.clause.paragraph}
        return {"terms": self.terms, "edition": self.edition, **place, "title": self.title, "quote": self.quote}


class Outcome(StrEnum):
    """What became of a sentence: shown, given way to its clauses' own words, or left out."""

    KEPT = "kept"
    REPLACED = "replaced"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Check:
    """How a writer's own sentence was judged. ``faults``: what is wrong; ``unchecked``: what could not be told."""

    text: str
    clauses: tuple[Clause, ...]
    outcome: Outcome
    faults: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """The names of the clauses; "[9]" for a label that was not given as evidence."""
        return tuple(c.name if c.document else f"[{c.article}]" for c in self.clauses)

    def as_json(self) -> dict[str, Any]:
        found = {"faults": list(self.faults), "unchecked": list(self.unchecked)}
        return {"text": self.text, "clauses": list(self.marks), "outcome": str(self.outcome), **found}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a piece of one: pieces add up, as a LangChain stream wants.

    ``checks``: of the sentences that a writer did not take from the clauses. ``lead``: the plain sentences before the
    quotes, and ``polarity`` ("yes", "no", "depends" or None) what they say to a yes/no question, of the thing asked in
    its positive form. ``missing``: what was asked and the terms do not state. ``act``: of a conversation;
    ``topics``: what it offers to choose from, each of which may be asked as it is. ``entry``: the
    journal's row, with the last piece; None if it was not written.
    """

    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    interpreted: str = ""
    confidence: float = 0.0
    checks: tuple[Check, ...] = ()
    lead: str = ""
    polarity: str | None = None
    missing: tuple[str, ...] = ()
    act: str = ""
    topics: tuple[str, ...] = ()
    entry: int | None = None

    def __add__(self, other: Answer) -> Answer:
        """Both pieces as one; an error stands alone: half an answer must not pass for a whole one."""
        if other.status is Status.ERROR:
            return other
        return replace(
            self,
            text=self.text + other.text,
            citations=tuple(dict.fromkeys(self.citations + other.citations)),
            related=tuple(dict.fromkeys(self.related + other.related)),
            checks=self.checks + other.checks,
            lead=self.lead + other.lead,
            polarity=self.polarity or other.polarity,
            missing=tuple(dict.fromkeys(self.missing + other.missing)),
            act=self.act or other.act,
            topics=self.topics or other.topics,
            entry=self.entry if other.entry is None else other.entry,
        )

    def closing(self, entry: int | None) -> Answer:
        """The piece that ends a stream which added up to this: it says nothing, and carries the journal's row."""
        return replace(self, entry=entry) if self.status is Status.ERROR else Answer(self.status, "", entry=entry)

    def as_json(self) -> dict[str, Any]:
        """The shape of the batch and HTTP contract, without id and time; ``checks`` only if there are any."""
        checks = {"checks": [check.as_json() for check in self.checks]} if self.checks else {}
        return {
            "status": str(self.status),
            "answer": self.text,
            "citations": [citation.as_json() for citation in self.citations],
            "related": [citation.as_json() for citation in self.related],
            "interpreted": self.interpreted,
            "confidence": round(self.confidence, 4),
            "lead": self.lead,
            "polarity": self.polarity,
            "missing": list(self.missing),
            "act": self.act or None,
            "topics": list(self.topics),
            **checks,
        }


def add_up(pieces: Iterable[Answer]) -> Iterator[tuple[Answer, Answer]]:
    """Each piece, and the answer as far as it goes with it."""
    whole: Answer | None = None
    for piece in pieces:
        whole = whole + piece if whole else piece
        yield piece, whole


def reference_name(reference: Reference) -> str:
    """ "제15조 제3항", or "제15조" for a reference without a paragraph."""
    if reference.paragraph is None:
        return article_name(reference.article)
    return clause_name(reference.article, reference.paragraph)


def block_quote(text: str) -> str:
    """``text`` as a quotation of Markdown, all its lines."""
    return "> " + escape_markdown(text).replace("\n", "\n> ")


def bullets(texts: Sequence[str]) -> str:
    """A Markdown list."""
    return "\n".join(f"- {escape_markdown(text)}" for text in texts)


def escape_markdown(text: str) -> str:
    """``text`` so that Markdown and HTML show it as it is."""
    shown = _MARKDOWN.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))
    return _BLOCK.sub(r"\1\\\2", shown)
