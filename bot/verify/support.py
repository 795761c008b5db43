"""Does a clause support a sentence? The checks, one after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.verify.endings import formal
from bot.verify.faults import Fault, form_faults
from bot.verify.morphemes import Morpheme, morphemes, plain
from bot.verify.numbers import (
    Number,
    amounts_in_digits,
    find_numbers,
    in_digits,
    misplaced,
    strange_numbers,
    strange_numerals,
)
from bot.verify.parties import Mention, agree, either_party, find_mentions, find_parties, names_actors
from bot.verify.phrases import keeps_adverbs, keeps_cases, keeps_manners, keeps_phrases
from bot.verify.predicates import PLAIN, Predicate, find_predicates
from bot.verify.statements import (
    Bounds,
    Statement,
    adds_condition,
    find_bounds,
    find_statements,
    keeps_bounds,
    keeps_conditions,
    same_mood,
    same_nouns,
)
from bot.verify.vocabulary import NEUTRAL, THRESHOLD, covered_share, matters, says
from index.sentences import split_sentences, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.passages import Passage

_KEEP = (keeps_phrases, keeps_cases, keeps_adverbs, keeps_manners)
_NUMBERED = r"제?\s{0,9}\d{1,18}\s{0,9}조(?:의\s{0,9}\d{1,18})?(?:\s{0,9}제?\s{0,9}\d{1,18}\s{0,9}항)?"
_ADDRESS = re.compile(rf"{_NUMBERED}(?:에\s{{0,9}}(?:따르면|의하면|따라)|에서는|에는|은|는)?,?")
_ACCORDING = re.compile(rf"{_NUMBERED}에\s{{0,9}}(?:따르면|의하면)")
_NAMED = re.compile(r"\d\s{0,9}[조항]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the checks need it."""

    tokens: tuple[Morpheme, ...]
    statements: tuple[Statement, ...]
    bounds: tuple[Bounds, ...]
    predicates: tuple[Predicate, ...]
    parties: frozenset[str]


@lru_cache(maxsize=1024)
def read(text: str) -> Reading:
    """Analyse a text once, 해요체 as if it were 합니다체."""
    tokens = morphemes(either_party(formal(amounts_in_digits(text))))
    predicates = find_predicates(tokens)
    return Reading(
        tokens,
        tuple(find_statements(tokens)),
        tuple(find_bounds(tokens, predicates)),
        tuple(predicates),
        find_parties(tokens, predicates),
    )


def is_quoted(text: str, quote: str) -> bool:
    """Whether ``text`` is one or several whole sentences of ``quote``, one after the other."""
    sentences = [squeeze(plain(piece)) for piece in sentences_of(quote)]
    wanted = squeeze(plain(text)).rstrip(".")
    return any(
        wanted == "".join(sentences[first:last]).rstrip(".")
        for first in range(len(sentences))
        for last in range(first + 1, len(sentences) + 1)
    )


def find_faults(text: str, passages: Sequence[Passage]) -> tuple[Fault, ...]:
    """Why ``text`` does not follow from ``passages``; () if it does.

    One of several passages may support it alone, or each of its statements (…하며, …합니다) another one.
    """
    if any(is_quoted(text, passage.quote) for passage in passages):
        return ()
    known = " ".join(passage.quote for passage in passages)
    outside = tuple(form_faults(text, known))
    if outside:
        return outside
    text = formal(text)
    alone = [_least_faults(text, passage) for passage in passages]
    if not all(alone):
        return ()
    parts = parts_of(text)
    if len(passages) > 1 and len(parts) > 1:
        apart = [[_least_faults(part, passage) for passage in passages] for part in parts]
        if all(not all(faults) for faults in apart):
            return ()
    return min(alone, key=len)


def find_unchecked(text: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """What the checks cannot tell of a sentence that stands."""
    if any(is_quoted(text, passage.quote) for passage in passages):
        return ()
    silent = all(known and not told for told, known in (_mentions(read(text), read(p.quote)) for p in passages))
    return (*(["생략된 주체"] if silent else []), "낱말 차례")


def sentences_of(quote: str) -> list[str]:
    """The sentences and items of a clause."""
    return [piece for line in quote.split("\n") for piece in split_sentences(line) if piece]


def parts_of(text: str) -> list[str]:
    """ "A하며, B합니다" → both."""
    return [piece.strip(" ,") for piece in re.split(r"(?<=며),?\s{1,9}|(?<=고),\s{1,9}", text) if piece.strip(" ,")]


def _least_faults(text: str, passage: Passage) -> tuple[Fault, ...]:
    """The faults of ``text`` by the sentence of the clause that it tells whole, and by the clause if there is none.

    What the others say, and of whom, makes that one neither true nor false: it might be quoted alone.
    """
    sentences = sentences_of(passage.quote)
    told = [replace(passage, quote=s) for s in sentences if _tells(text, s)] if len(sentences) > 1 else []
    return min((tuple(_faults(text, one)) for one in told or [passage]), key=len)


def _tells(text: str, sentence: str) -> bool:
    """Whether ``text`` has the words of ``sentence``, all of them and no other, and says none less often."""
    told, known = (read(one).tokens for one in (in_digits(text, find_numbers(sentence)), sentence))
    counts = [sum(token.tag[0] in "NV" for token in tokens) for tokens in (told, known)]
    return counts[0] >= counts[1] and _within(told, known) and _within(known, told, turned=True)


def _within(words: Sequence[Morpheme], others: Sequence[Morpheme], *, turned: bool = False) -> bool:
    """Whether all ``words`` that matter are among ``others``; ``turned``: these are what is told of ``words``."""
    forms = {token.form for token in others}
    wanted = {token.form for token in words if matters(token)}
    return all(any(says(o, {word}) for o in forms) if turned else says(word, forms) for word in wanted)


def _faults(text: str, passage: Passage) -> Iterator[Fault]:
    numbers = find_numbers(passage.quote)
    text = _without_address(in_digits(text, numbers), passage)
    if strange_numbers(text, numbers) or strange_numerals(text, numbers, passage.quote):
        yield Fault.NUMBER
    sentence, known = read(text), read(passage.quote)
    if misplaced(sentence.tokens, known.tokens):
        yield Fault.NUMBER
    if covered_share(sentence.tokens, known.tokens, passage.quote) < THRESHOLD:
        yield Fault.WORD
    if not all(keeps(sentence.tokens, known.tokens) for keeps in _KEEP):
        yield Fault.PHRASE
    yield from _statement_faults(sentence, known)
    sentence_words = {token.form for token in sentence.tokens}
    if not all(keeps_bounds(bounds.stems, known.bounds, sentence_words, text) for bounds in sentence.bounds):
        yield Fault.BOUNDS
    main = [s.predicate for s in sentence.statements if s.predicate.main]
    done = [p.stems for p in main if not (p.passive or p.state or p.stems <= NEUTRAL)]
    told_of, known_of = _mentions(sentence, known)
    acting = all(names_actors(stems, told_of, known_of) for stems in done)
    if not (acting and agree(told_of, known_of)):
        yield Fault.ROLE


def _without_address(text: str, passage: Passage) -> str:
    """ "제7조 제3항에 따르면 …" → "…", if that is the clause; one that names others is told without its own address."""
    clause, address = passage.clause, _ADDRESS.search(text)
    own: list[Number] = [(clause.article.partition("의")[0], "조"), (clause.paragraph, "항")]
    if not address or strange_numbers(address[0], own):
        return text
    if _NAMED.search(passage.quote) and not _ACCORDING.match(text):
        return text
    return (text[: address.start()] + text[address.end() :]).strip()


def _mentions(sentence: Reading, clause: Reading) -> tuple[list[Mention], list[Mention]]:
    """Where the two name those who are a party in either."""
    parties = sentence.parties | clause.parties
    told, known = (find_mentions(one.tokens, one.predicates, parties) for one in (sentence, clause))
    return told, known


def _statement_faults(sentence: Reading, known: Reading) -> Iterator[Fault]:
    stated = {i for s in sentence.statements if s.predicate.main for i in range(s.predicate.start, s.predicate.end)}
    words = {t.form for i, t in enumerate(sentence.tokens) if i not in stated}
    numbers = {t.form for t in sentence.tokens if t.tag == "SN"}
    told = sentence.statements
    if not known.statements:  # "대표전화 : …": names and numbers, which may be told as "대표전화는 …입니다"
        if any(s.predicate.mood != PLAIN for s in told):
            yield Fault.MOOD
        return
    if not any(s.predicate.main for s in told) or not all(same_mood(s, known.statements) for s in told):
        yield Fault.MOOD
    main = [s for s in told if s.predicate.main]
    kept = all(keeps_conditions(s, known.statements, words, numbers) for s in main)
    if not kept or any(adds_condition(s, known.statements) for s in main):
        yield Fault.CONDITION
    if not all(same_nouns(s, known.statements) for s in told):
        yield Fault.OBJECT
