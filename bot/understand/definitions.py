"""Questions for definitions, which the clauses answer that define the words: "회원이 누구예요?", "회원이랑 달라요?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.gate import Finding
from bot.understand.edition_questions import compares
from bot.understand.question import count_letters
from index.references.by_number import Reference
from index.sentences import squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.clause import Clause
    from index.passages import Passage
    from index.search.clause_search import ClauseSearch

LEFT = 1  # letters beside the words and what asks for their meaning, up to which nothing else is asked
_ONE = r"[“\"‘'「『][^“”\"‘’'「」『』]{1,30}[”\"’'」』]"
_DEFINED = re.compile(
    rf"{_ONE}(?:\s{{0,3}}(?:또는|이나|나|및|,)\s{{0,3}}{_ONE}){{0,3}}\s{{0,3}}(?:이란|란|이라\s?함은|라\s?함은)"
)
_QUOTED = re.compile(r"[“\"‘'「『](?P<name>[^“”\"‘’'「」『』]{1,30})")
_MARKS = re.compile(r"[“”\"‘’'「」『』]")
_BEHIND = (
    r"(?=(?:이라는|라는|이란|이랑|란|랑|하고|와|과|이|가|은|는|의|도|을|를|인|예|에)?(?![가-힣])"
    r"|(?:인가|이에|이에요|예요|인지|입니)[가-힣]{0,2}(?![가-힣]))"
)
_MEANING = re.compile(
    r"누구[가-힣]{0,6}|누가|누굴|뭐[가-힣]{0,4}|뭘|뭔[가-힣]{0,3}|뭣|무엇[가-힣]{0,5}|무슨|어떤\s?(?:사람|것|거|뜻)|뜻[가-힣]{0,4}|의미[가-힣]{0,4}"
    r"|정의[가-힣]{0,4}|개념[가-힣]{0,3}|말(?:하는|하나|합니|해|인가|이에|이)[가-힣]{0,3}|가리키[가-힣]{0,3}"
)
_DIFFERS = re.compile(r"같은\s?(?:말|뜻|거|것|사람|건|의미)|구분|구별|똑같|뭐가\s?다|다[르른]")
_FILLER = re.compile(
    r"여기서|여기에서|약관에서|약관상|이\s?약관|말하는|말한|쓰는|나오는|그럼|그러면|혹시|각각|서로|어떻게|차이[가-힣]{0,3}|비교[가-힣]{0,3}|달라[가-힣]{0,3}|같은|구[분별][가-힣]{0,3}"
    r"|다른[가-힣]{0,3}|다릅[가-힣]{0,3}|알려|주세요|줘|설명[가-힣]{0,2}|이라는|라는|이란|란|이랑|랑|하고|와|과|이|가|은|는|의|도|을|를|인가요|인지|예요|이에요|입니까|인|거|게|건|죠|요|좀|\W"
)


def read_definitions(text: str, search: ClauseSearch) -> Finding | None:
    """The clauses that define the words whose meaning or difference ``text`` asks for; None if it asks otherwise."""
    differs = compares(text) or _DIFFERS.search(text)
    if not differs and not _MEANING.search(text):
        return None
    named, rest = _named(text, search.table.once(_definitions))
    if not named or (differs and len(named) < 2 and not _MEANING.search(text)):
        return None
    for pattern in (_MEANING, _FILLER):
        rest = pattern.sub(" ", rest)
    if count_letters(rest) > LEFT:
        return None
    clauses = dict.fromkeys(clause for _, clause in sorted(named))
    hits = [
        hit for clause in clauses for hit in search.named(Reference(clause.article, clause.paragraph, clause.document))
    ]
    return Finding(text, tuple(hits))


def _named(text: str, known: Mapping[str, Clause]) -> tuple[list[tuple[int, Clause]], str]:
    """The defined words in ``text`` with their places, and what else it says."""
    rest = _MARKS.sub(" ", text)
    found: list[tuple[int, Clause]] = []
    for word in sorted(known, key=len, reverse=True):
        spaced = r"\s?".join(map(re.escape, word))
        pattern = re.compile(
            rf"(?<![가-힣A-Za-z]){spaced}(?:\s(?=(?:이랑|랑|이|가|은|는|와|과|하고)(?![가-힣]))|{_BEHIND})"
        )
        for match in pattern.finditer(rest):
            found.append((match.start(), known[word]))
            rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
    return found, rest


def _definitions(passages: Sequence[Passage]) -> dict[str, Clause]:
    """Each defined word, without blanks, with the clause that defines it first."""
    found: dict[str, Clause] = {}
    for passage in passages:
        for match in _DEFINED.finditer(passage.quote):
            for quoted in _QUOTED.finditer(match[0]):
                found.setdefault(squeeze(quoted["name"]), passage.clause)
    return found
