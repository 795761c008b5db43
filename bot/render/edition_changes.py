"""How clauses changed from edition to edition, with the words of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.addresses import compare_url
from bot.answer import Citation, block_quote, escape_markdown
from bot.korean import short_date
from index.compare.changes import Kind
from index.editions.counterparts import compared
from index.passages import make_passages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.compare.changes import ArticleChange, ParagraphChange, Place
    from index.editions.edition import Edition
    from index.editions.in_force import InForce
    from index.passages import Passage

MOST = 3  # paragraphs of a step that are quoted


@dataclass(frozen=True, slots=True)
class Step:
    """What became of some clauses from the edition of the day ``old`` to that of ``new`` (ISO)."""

    old: str
    new: str
    changes: tuple[ParagraphChange, ...]


class EditionChanges:
    """The changes of one document. ``dates``: of its editions (ISO), the oldest first."""

    def __init__(self, in_force: InForce, name: str) -> None:
        self._in_force = in_force
        self._name = name
        self.dates: Sequence[str] = in_force.library.dates(name)

    def articles(self, old: str, new: str) -> tuple[ArticleChange, ...]:
        """What became of each article. Raises TermsError if an edition cannot be read."""
        before, after = self._edition(old), self._edition(new)
        return tuple(compared(before, after).articles) if before and after else ()

    def steps(self, article: str, paragraph: str | None = None) -> list[Step]:
        """The editions in which an article of today's (or one paragraph of it) came to say something else."""
        found: list[Step] = []
        now = max((day for day in self.dates if day <= self._in_force.today().isoformat()), default=self.dates[0])
        for old, new in pairwise(self.dates):
            # numbers are today's: of an earlier edition the one that became it
            changes = [c for c in self._changes(old, new) if self._is_of(c, article, paragraph, new, now)]
            if changes:
                found.append(Step(old, new, tuple(changes)))
        return found

    def between(self, old: str, new: str, article: str, paragraph: str | None = None) -> Step:
        """What became of an article, by its number in either edition, from one edition to another."""
        changes = [
            change
            for change in self._changes(old, new)
            if any(_at(place, article, paragraph) for place in (change.new, change.old))
        ]
        return Step(old, new, tuple(changes))

    def both_sides(self, step: Step) -> tuple[list[str], tuple[Citation, ...]]:
        """The blocks of Markdown that quote a step, the old words before the new ones, and their citations."""
        lines, cited = list[str](), list[Citation]()
        for change in step.changes[:MOST]:
            for day, place, when in ((step.old, change.old, "바뀌기 전"), (step.new, change.new, "바뀐 뒤")):
                if (passage := self._passage(day, place)) is not None:
                    citation = Citation.of(passage)
                    cited.append(citation)
                    link = f"[{citation.mark} · {escape_markdown(citation.title)}]({citation.url})"
                    lines.append(f"{when}({short_date(day)} 시행) {link}\n\n{block_quote(passage.quote)}")
        return lines, tuple(cited)

    def link(self, old: str, new: str, words: str = "바뀐 내용 비교해 보기") -> str:
        """To the page that compares two editions."""
        return f"[{words}]({compare_url(self._name, old, new)})"

    def _edition(self, day: str) -> Edition | None:
        return self._in_force.library.edition(self._name, day)

    def _changes(self, old: str, new: str) -> Iterator[ParagraphChange]:
        before, after = self._edition(old), self._edition(new)
        if before and after:
            yield from (c for c in compared(before, after).paragraphs if c.kind not in {Kind.SAME, Kind.MOVED})

    def _is_of(self, change: ParagraphChange, article: str, paragraph: str | None, new: str, now: str) -> bool:
        """Whether a change to the edition ``new`` is one of a clause with this number in the edition ``now``."""
        place = change.new or change.old
        if place is None or new == now:
            return _at(place, article, paragraph)
        early, late = sorted((new, now))
        before, after = self._edition(early), self._edition(late)
        if before is None or after is None:
            return False
        for pair in compared(before, after).paragraphs:
            here, there = (pair.old, pair.new) if new == early else (pair.new, pair.old)
            if (
                here
                and here.article.address == place.article.address
                and here.paragraph.number == place.paragraph.number
            ):
                return _at(there, article, paragraph)
        return False

    def _passage(self, day: str, place: Place | None) -> Passage | None:
        edition = self._edition(day) if place else None
        if edition is None or place is None:
            return None
        clause = place.article.clause(self._name, place.paragraph.number)
        return next((p for p in make_passages([edition], self._in_force.now()) if p.clause == clause), None)


def _at(place: Place | None, article: str, paragraph: str | None) -> bool:
    return place is not None and place.article.address == article and paragraph in {None, place.paragraph.number}
