"""Which nouns stand together: a sentence must not make new phrases out of a clause's words."""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from bot.verify.vocabulary import NEUTRAL, says

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.verify.morphemes import Morpheme

_LISTING = {"·", ",", "/", "및", "또는", "등", "과", "와", "이나", "나", "이랑", "하고", "(", ")"}
_WITHIN = {"SP", "SSO", "SSC", "JC", "JKG", "XSN", "MAJ"}

Pair = tuple[str, str]


def keeps_phrases(sentence: Sequence[Morpheme], clause: Sequence[Morpheme]) -> bool:
    """Whether nouns that stand together in ``sentence`` do in ``clause``.

    What follows directly ("연체 이자", "회사의 승인") follows there directly too, or is in what ends the list that the
    first is in ("착수비·선투자 비용" → "착수비 비용"). What is listed ("권리·의무") is in one phrase there.
    """
    runs = list(runs_of(clause))
    joined, listed = _pairs(sentence)
    return all(any(_joins(pair, run) for run in runs) for pair in joined) and all(
        any(_holds(first, run) and _holds(second, run) for run in runs) for first, second in listed
    )


def keeps_cases(sentence: Sequence[Morpheme], clause: Sequence[Morpheme]) -> bool:
    """Whether no noun changes from what is done or does (을/를, 이/가) to where, whom, how (에, 에게, 로) or back."""
    known = _cases(clause)
    return all(cases <= known.get(noun, cases) for noun, cases in _cases(sentence).items())


def keeps_adverbs(sentence: Sequence[Morpheme], clause: Sequence[Morpheme]) -> bool:
    """Whether an adverb (모두, 언제든지) goes with a word that it goes with in ``clause``."""
    known = list(_adverbs(clause))
    return all(
        any(adverb == other and says(words[0], words_there) for other, words_there in known)
        for adverb, words in _adverbs(sentence)
        if words and adverb not in NEUTRAL
    )


def keeps_manners(sentence: Sequence[Morpheme], clause: Sequence[Morpheme]) -> bool:
    """Whether what becomes a manner (으로/로) goes with what follows it in ``clause``.

    "자동 소멸" may be told as "자동으로 소멸", but "무료 이용 … 소멸" not as "무료로 소멸".
    """
    cases = _cases(clause)
    follow = [(first.form, second.form) for first, second in pairwise(clause) if first.is_noun and second.is_noun]
    for place, (noun, particle) in enumerate(pairwise(sentence)):
        if not (noun.is_noun and particle.tag == "JKB" and particle.form in {"로", "으로"}) or noun.form in cases:
            continue
        behind = [t.form for t in takewhile(lambda t: t.tag[0] != "E", sentence[place + 2 :])]
        there = {second for first, second in follow if says(noun.form, {first})}
        if there and not any(says(word, there) for word in behind):
            return False
    return True


def _adverbs(tokens: Sequence[Morpheme]) -> Iterator[tuple[str, list[str]]]:
    """Each adverb with the words behind it, up to the next particle or ending."""
    for place, token in enumerate(tokens):
        if token.tag == "MAG":
            behind = takewhile(lambda t: t.tag[0] not in "JE", tokens[place + 1 :])
            yield token.form, [t.form for t in behind if t.is_noun or t.tag in {"VV", "VA"}]


def _cases(tokens: Sequence[Morpheme]) -> dict[str, set[bool]]:
    found: dict[str, set[bool]] = {}
    for noun, particle in pairwise(tokens):
        if noun.is_noun and particle.tag in {"JKO", "JKS", "JKB"}:
            found.setdefault(noun.form, set()).add(particle.tag == "JKB")
    return found


def runs_of(tokens: Sequence[Morpheme]) -> Iterator[list[Morpheme]]:
    """The noun phrases: nouns with what lists or joins them."""
    run: list[Morpheme] = []
    for token in tokens:
        if _is_noun(token) or (run and (token.tag in _WITHIN or token.form in _LISTING)):
            run.append(token)
        else:
            yield run
            run = []
    yield run


def _pairs(tokens: Sequence[Morpheme]) -> tuple[list[Pair], list[Pair]]:
    """Neighbouring nouns: those that follow each other directly, and those that are listed."""
    joined, listed = list[Pair](), list[Pair]()
    for run in runs_of(tokens):
        nouns = [i for i, token in enumerate(run) if _is_noun(token)]
        for first, second in pairwise(nouns):
            between = {token.form for token in run[first + 1 : second]}
            (listed if between & _LISTING else joined).append((run[first].form, run[second].form))
    return joined, listed


def _joins(pair: Pair, run: Sequence[Morpheme]) -> bool:
    nouns = [token.form for token in run if _is_noun(token)]
    follow = list(pairwise(nouns))
    if any(says(pair[0], {first}) and says(pair[1], {second}) for first, second in follow):
        return True
    items = items_of(run)
    return any(says(pair[0], {item[-1]}) for item in items[:-1]) and any(says(pair[1], {n}) for n in items[-1])


def items_of(run: Sequence[Morpheme], *, owned: bool = True) -> list[list[str]]:
    """The nouns of a phrase, parted where it lists, and with ``owned`` also where it says 의."""
    items: list[list[str]] = [[]]
    for token in run:
        if _is_noun(token):
            items[-1].append(token.form)
        elif items[-1] and (token.form in _LISTING or (owned and token.tag == "JKG")):
            items.append([])
    return [item for item in items if item] or [[]]


def _holds(word: str, run: Sequence[Morpheme]) -> bool:
    return says(word, {token.form for token in run})


def _is_noun(token: Morpheme) -> bool:
    return (token.is_noun and token.form not in {"한", "경우", "때"}) or token.form in {"내", "중"}
