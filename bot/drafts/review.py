"""What a person goes through before a draft is published: curated questions to be looked at, answers that change."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from bot.drafts.store import DraftError, read_notes, write_notes
from index.editions.counterparts import compared
from index.freshness import newest_change
from index.questions.following import Anchors, carry_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.drafts.rehearsals import Rehearsals
    from bot.drafts.store import Draft, Drafts
    from index.questions.files import Question

NOTES = "review.json"
LISTED = 200  # questions of a group that are shown
REASON = (5, 300)  # characters
NEEDS_REASON = "아직 확인하지 않은 것이 있습니다. 모두 확인하거나, 그대로 게시하는 까닭을 다섯 글자 이상 적어 주세요."


@dataclass(frozen=True, slots=True)
class Group:
    """Curated questions to be looked at together. ``kind``: changed, lost or unsettled (out of scope until now)."""

    key: str
    kind: str
    old: str
    new: str
    questions: tuple[str, ...]

    def as_plain(self) -> dict[str, Any]:
        listed = list(self.questions[:LISTED])
        return {"key": self.key, "kind": self.kind, "old": self.old, "new": self.new} | {
            "questions": listed,
            "count": len(self.questions),
        }


@dataclass(frozen=True, slots=True)
class Curated:
    """``kept``: how many follow as they are."""

    kept: int
    groups: tuple[Group, ...]


class Review:
    """What was marked as seen, kept with the draft."""

    def __init__(self, drafts: Drafts, rehearsals: Rehearsals) -> None:
        self._drafts = drafts
        self._rehearsals = rehearsals
        self._lock = threading.Lock()
        self._known: tuple[tuple[Draft, float], Curated] | None = None  # asked for every second, and slow to make

    def curated(self, draft: Draft) -> Curated:
        """The curated questions as they stand after the draft.

        Raises:
            QuestionsError: a file of them is malformed.
        """
        stamp = draft, newest_change(self._drafts.data / "questions")
        known = self._known
        if known is None or known[0] != stamp:
            known = self._known = stamp, self._sort(draft)
        return known[1]

    def _sort(self, draft: Draft) -> Curated:
        served = Anchors(self._drafts.data).follow(draft.before).served
        found = carry_over(compared(draft.before, draft.edition), served)
        changed = [(_name(old), _name(new), old.text) for old, new in found.changed]
        lost = [(_name(old), "", old.text) for old in found.lost]
        open_ones = [("", "", question.text) for question in found.unsettled]
        kinds = {"changed": changed, "lost": lost, "unsettled": open_ones}
        return Curated(len(found.kept), tuple(group for kind, rows in kinds.items() for group in _groups(kind, rows)))

    def seen(self, draft: Draft) -> dict[str, str]:
        """Who marked what as seen: names of accounts by keys."""
        return {str(key): str(name) for key, name in read_notes(draft, NOTES).items()}

    def mark(self, draft: Draft, key: str, name: str, *, seen: bool) -> None:
        """``name`` says that what is under ``key`` was seen, or not. Raises DraftError: there is no such key."""
        with self._lock:
            if key not in self.keys(draft):
                raise DraftError("그 사이에 목록이 바뀌었습니다. 화면을 새로 고쳐 주세요.")
            marks = {one: by for one, by in self.seen(draft).items() if one != key}
            write_notes(draft, NOTES, marks | ({key: name} if seen else {}))

    def keys(self, draft: Draft) -> list[str]:
        """Of all that is to be seen."""
        groups = [group.key for group in self.curated(draft).groups]
        return [*groups, *(str(change["key"]) for change in self._rehearsals.changes(draft))]

    def left(self, draft: Draft) -> int:
        """How much is not marked yet; a rehearsal that is not done counts as one."""
        marks = self.seen(draft)
        waiting = self._rehearsals.progress(draft).state != "done"
        return sum(key not in marks for key in self.keys(draft)) + waiting

    def check(self, draft: Draft, reason: str) -> int:
        """How much is left. Raises DraftError if anything is and no ``reason`` is given for it."""
        left = self.left(draft)
        if left and not REASON[0] <= len(reason.strip()) <= REASON[1]:
            raise DraftError(NEEDS_REASON)
        return left


def _name(question: Question) -> str:
    return question.clauses[0].name


def _groups(kind: str, rows: Sequence[tuple[str, str, str]]) -> Iterable[Group]:
    gathered: dict[tuple[str, str], list[str]] = {}
    for old, new, text in rows:
        gathered.setdefault((old, new), []).append(text)
    for (old, new), texts in gathered.items():
        key = sha256(repr((kind, old, new, texts)).encode()).hexdigest()[:24]
        yield Group(f"q-{key}", kind, old, new, tuple(texts))
