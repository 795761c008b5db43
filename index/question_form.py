"""The form of a question, and whether it asks for yes or no: by its last letters and its question words.

It depends on Korean, not on terms: what weighs how much is learnt from `data/asked` by ``python -m index learn-yes-no``
and kept beside this file, one feature and its weight a line. Spaces count for nothing, nor do endings of one sound.
"""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WEIGHTS = Path(__file__).with_name("yes_no.tsv")
BIAS = "(each)"  # the feature that every question has
WITHIN = "속 "  # begins the features that are no ending, and might be of a subject
# as they are said and written everywhere
QUESTION_WORD = re.compile(
    r"며칠|몇칠|메칠|며칟|몇|얼마|얼매|얼만|을마|을매|올마|언제|언재|언젠|은제|온제|어디|어데|워디|오데|누구|누가|누굴|누군"
    r"|뭐|뭘|뭔|뭣|머(?=[가를야에예한임라]\s|\s)|무슨|무신|무엇|어떤|어떻|어떠|어찌|어째|어케|우예|우째|워떻|워째|왜|어느"
    r"|\b(?:what|when|who|whose|whom|where|which|why|how)\b",
    re.IGNORECASE,
)
# how they are said elsewhere or written wrongly: as what they count
_COMMON = dict.fromkeys(("얼매", "얼만", "을마", "을매", "올마"), "얼마") | dict.fromkeys(
    ("언재", "은제", "온제"), "언제"
)
_COMMON |= dict.fromkeys(("어데", "워디", "오데"), "어디") | dict.fromkeys(("몇칠", "메칠", "며칟"), "며칠")
_COMMON |= dict.fromkeys(("우예", "어케", "워떻"), "어떻") | dict.fromkeys(("우째", "워째"), "어째")
_COMMON |= {"무신": "무슨", "뭣": "뭐"}
_AUXILIARY = (
    "can could do does did is are am was were will would may might must should shall has have had isn't aren't wasn't"
    " don't doesn't didn't can't couldn't won't wouldn't shouldn't haven't hasn't"
)
_AUXILIARIES = frozenset(_AUXILIARY.split())
_JOINING = frozenset({"so", "and", "but", "then", "or", "also"})
_NO_LETTERS = re.compile(r"[^0-9a-z가-힣ㄱ-ㅎㅏ-ㅣ]{1,99}")
_ENGLISH_CLAUSE = re.compile(r"[,;:.!?—-]")
# endings as they are also said, each by the common one
_ALIKE = (
    (re.compile(r"[용욤염여엽영유넹]$|(?<=[나까가지라데])예$|(?<=나)오$"), "요"),
    (re.compile(r"[쥬져죵]$|지[라요]$"), "죠"),
    (re.compile(r"는[가감]$"), "나"),
)
# a question word that asks nothing: "뭘 해도", "언제든", "뭐고 간에", and one in a clause of its own: "왜 그런지"
_ANY = re.compile(r"고\s|(?<=[구제디뭐])나\s|\s?[가-힣]?\s?[가-힣]{0,2}(?:든(?=[지간\s,])|라도|까지나|도(?=\s))")
_OWN_CLAUSE = re.compile(r"(?:는지|은지|건지|을지|인지|된지|한지)")
_FURTHER = re.compile(r"(?:는데|은데|인데|니까|고|면|서|지만)\s")
_TAIL, _LONGEST, _NEAR = 10, 6, 20  # letters: of the last that count anywhere, of an ending, behind a question word
_FIRST, _FINALS, _VOWELS = ord("가"), 28, 21  # of the syllables in Unicode
_DISTANCES = (3, 7, 12, 20)  # letters behind a question word: near the end, in the same clause, far away


def yes_no_probability(question: str) -> float:
    """How likely it is that ``question``, one sentence, asks for yes or no: 0..1."""
    weights = _weights()
    score = sum(weights.get(feature, 0.0) for feature in features(question))
    return 1 / (1 + math.exp(-score))


@cache
def _weights() -> Mapping[str, float]:
    return read_weights(WEIGHTS)


def read_weights(path: Path) -> dict[str, float]:
    """The weights that `write_weights` wrote."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.rsplit("\t", 1) for line in lines if line and not line.startswith("#"))
    return {feature: float(weight) for feature, weight in pairs}


def write_weights(path: Path, weights: Mapping[str, float]) -> None:
    """One feature and its weight a line, sorted, so that a change can be read."""
    head = "# 예·아니요를 묻는 말의 꼴과 그 무게. `python -m index learn-yes-no`가 data/asked에서 배워 적습니다.\n"
    lines = (f"{feature}\t{weight:.2f}\n" for feature, weight in sorted(weights.items()))
    path.write_text(head + "".join(lines), encoding="utf-8")


def features(question: str) -> set[str]:
    """What of the form of ``question`` may tell, each feature once."""
    text = question.lower()
    mark = "?" if "?" in text or "？" in text else "."
    words = list(QUESTION_WORD.finditer(text))
    return {BIAS, mark, *(_english if not re.search(r"[가-힣]", text) else _korean)(text, mark, words)}


def _korean(text: str, mark: str, words: list[re.Match[str]]) -> Iterator[str]:
    letters = _NO_LETTERS.sub("", text)
    for said, common in _ALIKE:
        letters = said.sub(common, letters)
    asks = "물음말" if words else "물음말 없이"
    for length in range(1, min(_LONGEST, len(letters)) + 1):
        ending = letters[-length:]
        yield from (f"끝 {ending}", f"끝 {ending}{mark}", f"{asks} 끝 {ending}", f"{asks} 끝 {ending}{mark}")
    for sound in _last_sounds(letters):
        yield from (sound, f"{asks} {sound}", f"{asks} {sound}{mark}")
    tail = letters[-_TAIL:]
    for length in (2, 3, 4):
        yield from (f"{WITHIN}{tail[place : place + length]}" for place in range(len(tail) - length + 1))
    for clause in text.split(",")[:-1][-4:]:
        before = _NO_LETTERS.sub("", clause[-_NEAR:])
        yield from (f"쉼표 앞 {before[-length:]}" for length in (1, 2, 3))
    pieces = text.split()[-_NEAR:]
    if (
        len(pieces) > 1
        and len(_ends(pieces[-1])) > 1
        and any(_ends(piece) == _ends(pieces[-1]) for piece in pieces[:-1])
    ):
        yield "둘이 같은 끝"  # "선불이에요 후불이에요?"
    yield from (asks, f"{asks}{mark}")
    for word in words[-4:]:
        yield from _around(text, word)


def _ends(piece: str) -> str:
    return _NO_LETTERS.sub("", piece)[-2:]


def _last_sounds(letters: str) -> Iterator[str]:
    """The vowel and the final consonant of the last syllable: 음 of "있음", "됨", "거임"."""
    place = ord(letters[-1]) - _FIRST if letters else -1
    if 0 <= place < _FINALS * _VOWELS * 19:
        rhyme = chr(_FIRST + 11 * _FINALS * _VOWELS + place % (_FINALS * _VOWELS))  # with ㅇ before it
        yield f"끝소리 {rhyme}"
        yield f"받침 {chr(_FIRST + place % _FINALS)}"  # shown with ㄱㅏ before it


def _around(text: str, word: re.Match[str]) -> Iterator[str]:
    """A question word, what stands behind it, how far from the end it is, and whether it asks at all."""
    behind = text[word.end() : word.end() + 2 * _NEAR]
    near = _NO_LETTERS.sub("", behind)
    distance = sum(len(near) > most for most in _DISTANCES)
    said = _COMMON.get(word[0], word[0])
    yield from (f"말 {said}", f"말 {said}+{near[:1]}", f"말 {said}+{near[:2]}", f"말에서 끝까지 {distance}")
    own = _OWN_CLAUSE.search(behind[:_NEAR])
    free = [
        ("딸린 마디에", bool(own and len(near) > own.end() + 4)),
        ("아무", bool(_ANY.match(text, word.end()))),
        ("쉼표", behind.startswith(",")),
        ("다른 마디", bool(_FURTHER.search(behind))),
    ]
    kinds = [name for name, holds in free if holds]
    yield from (f"말: {name}" for name in kinds)
    yield f"말에서 끝까지 {distance}: {'매임' if kinds else '물음'}"


def _english(text: str, mark: str, words: list[re.Match[str]]) -> Iterator[str]:
    yield "english"
    clauses = [found for clause in _ENGLISH_CLAUSE.split(text)[-8:] if (found := clause.split())]
    begins = [next((one for one in clause if one not in _JOINING), "") for clause in clauses]
    yield from (f"begins {'with an auxiliary' if begin in _AUXILIARIES else begin}" for begin in begins)
    if clauses:
        yield from (f"ends {clauses[-1][-1]}", f"ends {clauses[-1][-1]}{mark}")
    if words:
        yield "english question word"
    if begins and QUESTION_WORD.fullmatch(begins[-1]):
        yield "begins with a question word"
