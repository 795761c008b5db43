"""Several questions in one message: how it might be parted, and whether the terms answer the parts better apart."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.gate import ANSWER, Finding
from index.aspects import Standing
from index.kinds import is_yes_no
from index.question_form import QUESTION_WORD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.understand.question import Query
    from index.clause import Clause
    from index.search.clause_search import ClauseSearch
    from index.search.hits import Scored

MAX_PARTS = 4
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
_SENTENCE_END = re.compile(
    r"(?<=[?？!])\s{0,9}(?=\S)|(?<=[가-힣]\.)\s{1,9}(?=\S)|(?<=[나까가은는]요|니까)\s{1,9}(?=(?:그리고|그리구|글구|또한|또)\s)"
    r"|(?:^|(?<=\s))\(?[1-9][.)]\s{0,9}(?=[가-힣A-Za-z])"
)
_FIRST_WORD = re.compile(r"^(?:그리고|그리구|글구|또한|또)\s{1,9}(?=\S)")
_ASKING = re.compile(
    rf"{QUESTION_WORD.pattern}|[?？]|나요|까요|가요|[는은인]가(?=[\s.,]|$)|[는은인을한할된될난]지|여부|니까|냐|어때|알려|설명|궁금"
    r"|\b(?:can|could|do|does|did|is|are|will|may|must|should|has|have)\s",
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
_THEN = r"(?![^.?!\n]{0,60}(?:며칠|몇|얼마|언제))"  # "신청하고 며칠 걸려요?": one thing after the other
# between two things that one question is about; the left half is a noun
_LISTED = re.compile(
    rf"(?<=[가-힣A-Z])(?:이랑|랑|하고(?:(?<=[는은인한할될]지하고)|{_ONE_VERB}{_THEN})|와|과),?\s{{1,9}}(?=\S)|\s{{0,9}}·\s{{0,9}}|\s{{1,9}}및\s{{1,9}}"
    r"|(?<=[가-힣A-Z])\s{0,9}[+/&]\s{0,9}(?=[가-힣A-Z])"
)
_ITEM = re.compile(r"\s{0,9},\s{0,9}")  # of a list, where it has at least three


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
    cut = [without_joint(piece.strip()) for piece in _SENTENCE_END.split(text) if _LETTER.search(piece)]
    sentences = _merge_statements(cut) if len(cut) > 1 else [text]
    if len(sentences) > MAX_PARTS:
        return (text,), []
    every = tuple(piece for sentence in sentences for piece in _at_all_joints(sentence))
    whole = [every] if len(sentences) + 1 < len(every) <= MAX_PARTS else []
    halvings = whole + [
        (*sentences[:place], *halves, *sentences[place + 1 :])
        for place, sentence in enumerate(sentences)
        for halves in _halves(sentence)
    ]
    return tuple(sentences), halvings[:MAX_WAYS]


def read_parts_of_follow_up(
    query: Query, search: ClauseSearch, follow: Callable[[str], Finding | None]
) -> list[Finding]:
    """The separate questions of a follow-up, of which ``follow`` reads those that lean on what was said; [] for one.

    Each is answered, or known to ask for what the terms do not state.
    """
    sentences, _ = ways_to_part(query.text)
    if len(sentences) < 2:
        return []
    found: list[Finding] = []
    for sentence in sentences:
        (scored,) = search.score([sentence])
        finding = follow(sentence) or Finding.of(scored, search)
        if not finding.answerable and not finding.absent and not _asks_absent(scored, ABSENT):
            return []
        found.append(finding)
    return found if any(finding.answerable for finding in found) else []


def without_joint(piece: str) -> str:
    """A piece of a message without the word that joins it to the one before: "그리고 주차되나요?"."""
    return _FIRST_WORD.sub("", piece)


def _are_separate(parts: Sequence[Scored], whole: Scored, *, strict: bool) -> bool:
    """Whether each part is answered by a clause of its own, which, if ``strict``, the whole is near to as well."""
    tops = [int(part.scores[:-1].argmax()) for part in parts]
    if len(set(tops)) < len(tops) or any(p.answerable < ANSWER or p.scores[:-1].max() < CLEAR for p in parts):
        return False
    near = whole.scores[:-1].argsort()[::-1][:NEAR]
    return not strict or all(top in near for top in tops)


def _partly(parts: Sequence[Scored], whole: Scored, *, strict: bool) -> list[Scored]:
    """The parts if the terms answer one of them and another asks for what they do not state; [] if it is not so.

    A half of a sentence (``strict``) must be known to ask for something absent: it may only be badly cut. Where the
    terms do not answer the whole, its halves may be things without a question of their own ("전화번호랑 팩스번호요").
    """
    if whole.reading is None:
        return []
    answered = [part for part in parts if part.answerable >= ANSWER]
    rest = [part for part in parts if part.answerable < ANSWER]
    least = STRICTLY_ABSENT if strict else ABSENT
    listed = strict and whole.answerable < ANSWER
    if not answered or not rest or not all(_asks_absent(part, least, anyhow=listed) for part in rest):
        return []
    return list(parts)


def _asks_absent(part: Scored, least: float, *, anyhow: bool = False) -> bool:
    """Whether a part asks for what the terms do not state: it resembles such a thing, or nothing else.

    ``anyhow``: whether it need not have the form of a question.
    """
    if part.reading is None or part.answerable > UNLIKELY or part.reading.talk >= UNLIKELY:
        return False
    _, absent = part.reading.best(Standing.ABSENT)
    asks = anyhow or _ASKING.search(part.text) or is_yes_no(part.text)
    return max(absent, float(part.scores[-1])) >= least and bool(asks)


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


def _at_all_joints(sentence: str) -> list[str]:
    """The pieces of "환불은 며칠이고 배송은 언제고 전화는요?" or of a list, at least three; else the sentence."""
    asking = [(m.end(), m.end()) for m in _JOINED.finditer(sentence)]
    listed = [(m.start(), m.end()) for m in _LISTED.finditer(sentence)]
    items = [(m.start(), m.end()) for m in _ITEM.finditer(sentence)]
    for joints, asks in ((asking, True), ([*listed, *items], False)):
        places = [0, *(at for joint in sorted(joints) for at in joint), len(sentence)]
        pairs = zip(places[::2], places[1::2], strict=True)
        pieces = [sentence[start:end].strip(" ,·") for start, end in pairs]
        if len(pieces) > 2 and all(len(p) >= 2 and (not asks or _ASKING.search(p)) for p in pieces):
            return pieces
    return [sentence]


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
