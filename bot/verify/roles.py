"""Who does it: 회사 and 고객 must not change places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.verify.coverage import says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.verify.morphemes import Morpheme
    from bot.verify.predicates import Predicate

_ROLES = {
    "회사": "회사",
    "고객": "고객",
    "고객사": "고객",
    "관리자": "관리자",
    "사용자": "사용자",
    "담당자": "담당자",
    "당사자": "당사자",
    "상대방": "상대방",
    "사업자": "사업자",
    "공급자": "공급자",
}
_EITHER = re.compile(r"(?:회사든지?,?\s*고객이든지?|고객이든지?,?\s*회사든지?)(?![가-힣]),?")
_TOPIC, _SUBJECT, _OTHER = "은/는", "이/가", "다른 격"
_ACTING = {_TOPIC, _SUBJECT}


@dataclass(frozen=True, slots=True)
class Mention:
    """A party with its case and the stems of what it governs: of predicates, or of the next noun (회사의 승인)."""

    role: str
    case: str
    heads: tuple[frozenset[str], ...]


def find_mentions(tokens: Sequence[Morpheme], predicates: Sequence[Predicate]) -> list[Mention]:
    """The parties in a text.

    "고객은" governs what is said up to the next such topic, "고객이" the next predicate, "고객에게" and "고객의" the
    nouns behind, or a verb.
    """
    places = [(i, _ROLES[t.form]) for i, t in enumerate(tokens) if t.form in _ROLES and t.is_noun]
    cases = {place: _case(tokens, place) for place, _ in places}
    topics = [place for place, _ in places if cases[place] == _TOPIC]
    acting = {place: _first(place, predicates) for place, _ in places if cases[place] == _SUBJECT}
    found = []
    for place, role in places:
        case = cases[place]
        if case == _SUBJECT:
            heads = [p.stems for p in (acting[place],) if p]
        elif case == _TOPIC:
            until = min((t for t in topics if t > place), default=len(tokens))
            within = [p for p in predicates if place < p.start < until and not p.adnominal]
            heads = [p.stems for p in within if p not in acting.values()]
        else:
            heads = _nouns_behind(tokens, place)
        found.append(Mention(role, case, tuple(heads)))
    return found


def either_party(text: str) -> str:
    """ "회사든 고객이든 …" → "당사자 일방은 …", as terms say it."""
    return _EITHER.sub("당사자 일방은", text)


def agree(sentence: Sequence[Mention], clause: Sequence[Mention]) -> bool:
    """Whether each party of ``sentence`` is in ``clause`` in the same place."""
    return all(_agrees(mention, clause) for mention in sentence)


def names_actors(stems: frozenset[str], sentence: Sequence[Mention], clause: Sequence[Mention]) -> bool:
    """Whether the ``sentence`` says who does what a predicate (``stems``) tells, if the ``clause`` does."""
    known, told = ([m for m in mentions if m.case in _ACTING and _does(stems, m)] for mentions in (clause, sentence))
    return not known or bool(told)


def _does(stems: frozenset[str], mention: Mention) -> bool:
    return any(says(stem, head) for stem in stems for head in mention.heads)


def _agrees(mention: Mention, clause: Sequence[Mention]) -> bool:
    acting = mention.case in _ACTING
    alike = [m for m in clause if (m.case in _ACTING) == acting and (acting or m.case == mention.case)]
    same = [m for m in alike if m.role == mention.role]
    others = [m for m in alike if m.role != mention.role]
    if any(_share(head, others) and not _share(head, same) for head in mention.heads):
        return False
    return any(_share(head, same) for head in mention.heads) or (not mention.heads and bool(same))


def _share(head: frozenset[str], mentions: Sequence[Mention]) -> bool:
    return any(says(stem, known) for stem in head for m in mentions for known in m.heads)


def _case(tokens: Sequence[Morpheme], place: int) -> str:
    after = [t for t in tokens[place + 1 : place + 3] if t.tag not in {"SSC", "XSN"}][:1]
    form = after[0].form if after and after[0].tag[0] == "J" else ""
    if form in {"은", "는"}:
        return _TOPIC
    return _SUBJECT if form in {"이", "가", "께서"} else form or _OTHER


def _first(place: int, predicates: Sequence[Predicate]) -> Predicate | None:
    """What "고객이" does: the next predicate, but not one that describes what is done to ("약정된 대금을")."""
    behind = (p for p in predicates if p.start > place and not (p.adnominal and p.passive))
    return next(behind, None)


def _nouns_behind(tokens: Sequence[Morpheme], place: int) -> list[frozenset[str]]:
    """The nouns up to the next particle, or a verb at once: 회사의 (사전, 서면, 승인)이, 고객에게 (귀속)되며."""
    found: list[frozenset[str]] = []
    for token in tokens[place + 1 :]:
        if token.is_noun or token.tag in {"VV", "VA"}:
            found.append(frozenset({token.form}))
        elif found and token.tag[0] in "JEX":
            break
    return found
