"""Several questions in one message: how it might be parted, and whether the terms answer the parts better apart."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.gate import ANSWER, Finding
from index.aspects import Standing
from index.kinds import is_yes_no

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understand.question import Query
    from index.clause import Clause
    from index.search.clause_search import ClauseSearch
    from index.search.hits import Scored

MAX_PARTS = 3
MAX_WAYS = 6
MAX_SENTENCES = 8  # that are looked at one by one
# Measured on data/eval/validation.jsonl with `python -m bot eval`: flat around these values.
ASIDE = 0.6  # probability from which one sentence is answered although the message as a whole is not
SHORT = 30  # characters, up to which the conversation bears on a question that stands alone
CONTEXT = 0.12  # what the conversation's article adds to a score; from 0.2 on single questions suffer
CLEAR = 0.25  # score of its best clause, from which a part is a question of its own and not the tail of a story
UNLIKELY = 0.3  # probability, below which a part is not answered by the terms
ABSENT, STRICTLY_ABSENT = 0.25, 0.4  # score for a thing that the terms do not state, from which a part asks for one
NEAR = 5  # best clauses of a message, among which the clause of a half of it must be

_LETTER = re.compile(r"[^\W_]")
_SENTENCE_END = re.compile(r"(?<=[?？!])\s{0,9}(?=\S)|(?<=[가-힣]\.)\s{1,9}(?=\S)")
_ASKING = re.compile(
    r"[?？]|나요|까요|가요|는지|은지|인지|을지|할지|니까|냐|어때|어떻|얼마|언제|누구|누가|어디|어느|무엇|뭐|뭘|며칠|몇|왜|무슨"
    r"|알려|설명|궁금|how|what|when|who|where|which|can |does |is ",
    re.IGNORECASE,
)
_ONE_VERB = r"(?!\s{0,9}(?:싶|있|계시|말[고아았]|나(?:서|면|니)))"  # "하고 싶은데": nothing is joined
# what is asked behind the customer's own figures: "매출이 7조인데 며칠 전에 알려 주나요?"
_AFTER_FIGURES = re.compile(
    r"\d(?=[^.?!\n]{0,130}[?？]?$)[^.?!\n]{0,40}데(?:요)?,?\s{1,9}(?P<asked>\S[^.?!\n]{4,80}[?？]?)$"
)
# between two questions; the left half must ask something by itself
_JOINED = re.compile(
    rf"(?<=[가-힣])(?:(?:고|구){_ONE_VERB}|며|는데|은데)(?:요)?,?\s{{1,9}}(?=\S)|\s{{0,9}},\s{{0,9}}"
    r"|\s{1,9}(?:그리고|그리구|또한|또)\s{1,9}|\band\b"
)
# between two things that one question is about; the left half is a noun
_LISTED = re.compile(
    rf"(?<=[가-힣A-Z])(?:이랑|랑|하고{_ONE_VERB}|와|과)\s{{1,9}}(?=\S)|\s{{0,9}}·\s{{0,9}}|\s{{1,9}}및\s{{1,9}}"
)


def read_parts(query: Query, search: ClauseSearch, near: Clause | None = None) -> list[Finding]:
    """The separate questions in ``query``, each with its hits; one if it asks one thing.

    ``near``: what the conversation is about; a short question is rather about its article than about another.
    """
    text = query.text
    sentences, halvings = ways_to_part(text)
    ways = [sentences, *halvings] if len(sentences) > 1 else halvings
    pieces = list(dict.fromkeys([text, *(piece for way in ways for piece in way)]))
    scored = dict(zip(pieces, search.score(pieces), strict=True))
    whole = scored[text]
    for way in ways:
        found = [scored[piece] for piece in way]
        if _are_separate(found, whole, strict=way is not sentences):
            return [Finding.of(s, search) for s in found]
    for way in ways:
        parted = _partly([scored[piece] for piece in way], whole, strict=way is not sentences)
        if parted:
            return [Finding.of(s, search) for s in parted]
    if whole.answerable < ANSWER:
        whole = _honest_question(query, search) or whole
    if near and len(text) <= SHORT and whole.answerable >= ANSWER:
        whole = search.favour(whole, near, CONTEXT)
    return [replace(Finding.of(whole, search), text=text)]


def _honest_question(query: Query, search: ClauseSearch) -> Scored | None:
    """What asks for something that the terms answer, out of abuse, a story or an injected order; None if nothing does.

    Looked at are the asking sentences and, where something was taken out, the pieces around it, each with and
    without its first word ("봇아, …", "인데요 …"), and what is asked behind the customer's own figures.
    """
    sentences = [piece for piece in _SENTENCE_END.split(query.text) if _ASKING.search(piece)]
    clauses = [part.strip() for piece in query.pieces for part in piece.split(",")]
    pieces = [p for clause in clauses for p in (clause, clause.partition(" ")[2])]
    if figures := _AFTER_FIGURES.search(query.text):
        pieces.append(figures["asked"])
    asking = [p for p in dict.fromkeys([*sentences, *pieces]) if p != query.text and _LETTER.search(p)]
    if len(asking) > MAX_SENTENCES:
        return None
    best = max(search.score(asking), key=lambda s: s.answerable, default=None)
    return best if best and best.answerable >= ASIDE else None


def ways_to_part(text: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """How ``text`` might be several questions: its sentences, and halvings of one of them; the search says whether.

    At most `MAX_PARTS` sentences (else the text is taken as one) and `MAX_WAYS` halvings.
    """
    sentences = _merge_statements([piece for piece in _SENTENCE_END.split(text) if _LETTER.search(piece)])
    if len(sentences) > MAX_PARTS:
        return (text,), []
    halvings = [
        (*sentences[:place], *halves, *sentences[place + 1 :])
        for place, sentence in enumerate(sentences)
        for halves in _halves(sentence)
    ]
    return tuple(sentences), halvings[:MAX_WAYS]


def _are_separate(parts: Sequence[Scored], whole: Scored, *, strict: bool) -> bool:
    """Whether each part is answered by a clause of its own, which, if ``strict``, the whole is near to as well."""
    tops = [int(part.scores[:-1].argmax()) for part in parts]
    if len(set(tops)) < len(tops) or any(p.answerable < ANSWER or p.scores[:-1].max() < CLEAR for p in parts):
        return False
    near = whole.scores[:-1].argsort()[::-1][:NEAR]
    return not strict or all(top in near for top in tops)


def _partly(parts: Sequence[Scored], whole: Scored, *, strict: bool) -> list[Scored]:
    """The parts if the terms answer one of them and another asks for what they do not state; [] if it is not so.

    A half of a sentence (``strict``) must be known to ask for something absent: it may only be badly cut.
    """
    if whole.reading is None:
        return []
    answered = [part for part in parts if part.answerable >= ANSWER]
    rest = [part for part in parts if part.answerable < ANSWER]
    least = STRICTLY_ABSENT if strict else ABSENT
    if not answered or not rest or not all(_asks_absent(part, least) for part in rest):
        return []
    return list(parts)


def _asks_absent(part: Scored, least: float) -> bool:
    """Whether a part is a question for what the terms do not state: it resembles such a thing, or nothing else."""
    if part.reading is None or part.answerable > UNLIKELY or part.reading.talk >= UNLIKELY:
        return False
    _, absent = part.reading.best(Standing.ABSENT)
    return max(absent, float(part.scores[-1])) >= least and bool(_ASKING.search(part.text) or is_yes_no(part.text))


def _merge_statements(pieces: list[str]) -> list[str]:
    """Each statement is put before the question that follows it (or after the last one)."""
    parts: list[str] = []
    waiting = ""
    for piece in pieces:
        waiting = f"{waiting} {piece}".strip()
        if _ASKING.search(piece):
            parts.append(waiting)
            waiting = ""
    if waiting:
        parts = [*parts[:-1], f"{parts[-1]} {waiting}"] if parts else [waiting]
    return parts


def _halves(sentence: str) -> list[tuple[str, str]]:
    """Both halves of "며칠 전에 알려주고, 반대하면 어떻게 빠져나와요?", at each place where it might be parted."""
    found = []
    for pattern, asks in ((_JOINED, True), (_LISTED, False)):
        for match in pattern.finditer(sentence):
            left, right = sentence[: match.end()].strip(" ,·"), sentence[match.end() :].strip()
            if not asks:
                left = sentence[: match.start()].strip()
            if len(left) >= 2 and len(right) >= 4 and (not asks or _ASKING.search(left)):
                found.append((left, right))
    return found
