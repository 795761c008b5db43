"""How what was asked stands in the terms: stated, left to another document, or not there; yes or no."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.korean import with_particle
from index.aspects import Standing
from index.kinds import asked_kinds, asks_with_word, focus, is_yes_no, measured_kind
from index.sentences import only_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.gate import Finding, Verdict
    from index.aspects import Aspect
    from index.search.hits import Hit, Reading

# On 2,652 yes/no questions of data/asked (2026-11-30), each left out of the search and its section out of the gate's
# fit, before `AGREED` was asked for: from 0.88 a polarity is said for 0.16 of them and is wrong for 0.02; from 0.92 for
# 0.10 and 0.01.
CERTAIN = 0.88  # probability from which yes or no is said
AGREED = 0.8  # share of the nearest proposition's score that the nearest one of the said polarity must have
NAMED = 0.2  # score of an absent thing, from which it is called by its name
# Score of a wish, from which what it needs and the terms do not say is told, and the letters that it has at least.
# Of some 160 seen messages that ask nothing and resemble a wish, read one by one (2026-12-01): below, most of what was
# told had nothing to do with what was said; and a few words ("대표번호") are no wish.
WISHED, WISH_LETTERS = 0.32, 13
LEFT = 0.12  # score of what a clause leaves to a document, from which that is said
LONGEST = 30  # characters of a question that is named by its own words

UNNAMED = "물으신 내용"

POLARITY = {Standing.YES: "yes", Standing.NO: "no", Standing.DEPENDS: "depends"}
_END = re.compile(r"[\s?？!.,~…ㅠㅜㅋㅎ]{1,20}$")
_CLAUSE = re.compile(r"(?:[요까나죠냐니야]|는데|은데|[가-힣](?:어|아))$")
_ASKS = re.compile(r"[나까요죠지야]$")
_QUOTED = re.compile(r"[\"'“”‘’`<>「」『』\[\]{}()]|\d{2,}|[A-Za-z]{3,30}-")
_START = re.compile(r"^(?:그리고|그리구|또|또한|그럼|그러면|근데|그런데|and|also)\s{1,9}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stand:
    """Of a whole message.

    ``missing``: what is not stated, in the order asked; ``left``: sentences on what is left to other documents;
    ``polarity``: "yes", "no", "depends" or None. ``computed``: what a clause comes to with the customer's figures.
    """

    missing: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    polarity: str | None = None
    computed: str = ""

    def with_computed(self, told: str) -> Stand:
        """The same with what was computed: who asks for a sum or a day is told that, and neither yes nor no."""
        return replace(self, computed=told, polarity=None) if told else self


def stand(verdict: Verdict) -> Stand:
    """How the questions of a message stand, each by its finding and what is cited for it."""
    pairs = list(zip(verdict.findings, verdict.cited, strict=True))
    missing = [name for finding, cited in pairs for name in _missing(finding, cited)]
    left = [line for finding, cited in pairs if cited for line in _left(finding, cited)]
    only = pairs[0] if len(pairs) == 1 else None
    return Stand(tuple(dict.fromkeys(missing)), tuple(dict.fromkeys(left)), _polarity(*only) if only else None)


def _missing(finding: Finding, cited: Sequence[Hit]) -> Iterator[str]:
    reading = finding.reading
    if finding.absent:
        yield finding.absent
        return
    if finding.missing or reading is None:
        return
    if cited:
        yield from _needed(finding, reading, cited)
        return
    absent, score = reading.best(Standing.ABSENT)
    yield absent.thing if absent and score >= NAMED else own_words(finding.words)


def _needed(finding: Finding, reading: Reading, cited: Sequence[Hit]) -> Iterator[str]:
    """What a wish ("이제 그만 쓰려고 합니다") needs besides its clause and the terms do not say."""
    wish, score = reading.best(Standing.WISH)
    if wish is None or not wish.target or wish.clause not in {hit.passage.clause for hit in cited}:
        return
    clear = score >= max(WISHED, reading.aspects[0][1])
    if clear and finding.is_wish and len(only_letters(finding.words)) >= WISH_LETTERS:
        yield wish.target


def own_words(text: str) -> str:
    """What a question asks in its own words, without its mark; `UNNAMED` for anything that is not a short question.

    What a message says besides is never said back: it may be an order, or a claim that would pass for the terms'.
    """
    asked = _START.sub("", _END.sub("", focus(text)))
    short = len(asked) <= LONGEST and not _QUOTED.search(asked)
    return asked if short and (is_yes_no(asked + "?") or asks_with_word(asked)) else UNNAMED


def absent_line(things: Sequence[str]) -> str:
    """The sentence that says that the terms do not state this."""
    named = ", ".join(thing if _is_noun(thing) else f"“{thing}”" for thing in things)
    if all(map(_is_noun, things)):
        return f"{with_particle(named, '은는')} 약관에 나와 있지 않습니다."
    return f"{named}에 대한 답은 약관에 나와 있지 않습니다."


def _is_noun(thing: str) -> bool:
    """Whether it is a thing's name, and no question."""
    return not _CLAUSE.search(thing) and not is_yes_no(thing) and not (asked_kinds(thing) and _ASKS.search(thing))


def _left(finding: Finding, cited: Sequence[Hit]) -> Iterator[str]:
    reading = finding.reading
    if reading is None or not reading.aspects:
        return
    clauses = {hit.passage.clause for hit in cited}
    own = [(aspect, score) for aspect, score in reading.aspects if aspect.clause in clauses]
    if not own:
        return
    aspect, score = own[0]
    if aspect.standing is not Standing.LEFT:
        asked = measured_kind(finding.asked)
        lefts = [(a, s) for a, s in own if a.standing is Standing.LEFT and asked and a.kind == asked]
        if not lefts or lefts[0][1] < 0.5 * score:
            return
        aspect, score = lefts[0]
    if score >= LEFT and aspect.target:
        yield left_line(aspect)


def left_line(aspect: Aspect) -> str:
    """Say "응답 시간은 약관이 정하지 않고 계약서 또는 SLA에 맡깁니다." of an aspect."""
    return f"{with_particle(aspect.thing, '은는')} 약관이 정하지 않고 {aspect.target}에 맡깁니다."


def _polarity(finding: Finding, cited: Sequence[Hit]) -> str | None:
    reading = finding.reading
    if not cited or reading is None or reading.polarity is None or reading.certain < CERTAIN:
        return None
    aspect, score = reading.best(reading.polarity)
    if aspect is None or aspect.clause not in {hit.passage.clause for hit in cited}:
        return None
    if score < AGREED * max(reading.best(polarity)[1] for polarity in POLARITY):
        return None
    return POLARITY[reading.polarity]
