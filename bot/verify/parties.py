"""Who does it, and to whom: the parties of a clause (회사 and 고객, 판매자 and 구매자) must not change places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from bot.verify.vocabulary import NEUTRAL, says

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.verify.morphemes import Morpheme
    from bot.verify.predicates import Predicate

_EITHER = re.compile(r"(?:회사든지?,?\s*고객이든지?|고객이든지?,?\s*회사든지?)(?![가-힣]),?")
_TOPIC, _SUBJECT, _OTHER = "은/는", "이/가", "다른 격"
_ACTING = {_TOPIC, _SUBJECT}
_TO = "에게"
_RECEIVING = {_TO, "께", "한테"}
_BETWEEN = {"JC", "MAG", "SP", "SSO", "SSC"}
_DEFINING = {"뜻", "의미"}  # what a word does when it is defined


@dataclass(frozen=True, slots=True)
class Mention:
    """A party with its case and the stems of what it governs: of predicates, or of the next noun (회사의 승인)."""

    role: str
    case: str
    heads: tuple[frozenset[str], ...]


def find_parties(tokens: Sequence[Morpheme], predicates: Sequence[Predicate]) -> frozenset[str]:
    """The nouns that a text has doing something, to whom it is done, or between which something is.

    "판매자는 … 반환합니다", "구매자에게", "회사와 고객 간".
    """
    found = {form for place, token in enumerate(tokens) if token == ("간", "NNB") for form in _joint(tokens[:place])}
    cases = {place: _case(tokens, place) for place, token in enumerate(tokens) if token.is_noun}
    taken = [_first(place, predicates) for place, case in cases.items() if case == _SUBJECT]
    free = [predicate for predicate in predicates if predicate not in taken]
    for place, case in cases.items():
        # "고지는 고객이 확보해야 합니다": it is done by the subject, so the topic is what it is done to
        does = _first(place, free if case == _TOPIC else predicates) if case in _ACTING else None
        if case == _TO or (does and _is_deed(tokens, does)):
            found.add(tokens[place].form)
    return frozenset(found)


def _joint(before: Sequence[Morpheme]) -> set[str]:
    """The nouns that stand together at the end, if 와/과 joins them: 회사와 고객(또는 고객사)."""
    together = list(takewhile(lambda t: t.is_noun or t.tag in _BETWEEN, reversed(before)))
    return {t.form for t in together if t.is_noun} if any(t.tag == "JC" for t in together) else set()


def _is_deed(tokens: Sequence[Morpheme], predicate: Predicate) -> bool:
    """Whether somebody does this: it is no state, says more than "하다", and does not befall (…되다)."""
    befalls = any(token.form == "되" for token in tokens[predicate.start : predicate.end])
    return not (befalls or predicate.state) and not predicate.stems <= NEUTRAL | _DEFINING


def find_mentions(
    tokens: Sequence[Morpheme], predicates: Sequence[Predicate], parties: Collection[str]
) -> list[Mention]:
    """Where a text names one of ``parties``.

    "고객은" governs what is said up to the next such topic, "고객이" the next predicate, "고객에게" and "고객의" the
    nouns behind, or a verb.
    """
    places = [(i, t.form) for i, t in enumerate(tokens) if t.is_noun and says(t.form, parties)]
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
    same = [m for m in alike if says(mention.role, {m.role})]
    others = [m for m in alike if m not in same]
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
    if form in _RECEIVING:
        return _TO
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
