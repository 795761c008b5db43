"""What leaves a sentence true: another spelling of numbers, style, order, words that say the same, particles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.evaluation.verifier.cases import Kind
from bot.evaluation.verifier.conditions import find_conditions
from bot.evaluation.verifier.figures import in_letters
from bot.evaluation.verifier.inflection import Mood, find_predicates, informal, join, retell, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.evaluation.verifier.cases import Source
    from bot.evaluation.verifier.figures import Change
    from bot.evaluation.verifier.inflection import Predicate

_COUNTED = re.compile(
    r"(?<![가-힣\d.,/~-])(?<!월 )(\d{1,2})\s?(일|개월|년|회|시간)(?=[^가-힣]|이내|전|후|부터|까지|을|의|에|간)"
)
_TIMES = {1: "한", 2: "두", 3: "세", 4: "네", 5: "다섯"}
_THOUSANDS = re.compile(r"(?<![\d,])(\d{1,3}(?:,\d{3}){1,3})(?= ?원)")
_MYRIAD = re.compile(r"(?<![\d,])(\d{1,4})만\s?원")
_PAIR = re.compile(
    r"(?:(?<=^)|(?<=[은는이가을를에로며고,] ))(?P<a>[가-힣]{2,6}) (?P<and>및|또는) "
    r"(?P<b>[가-힣]{2,6})(?P<p>[을를이가은는에]|으로|로)(?= )"
)
_WITHIN_ONE = {"지", "어야", "아야", "여야"}  # of 하지 않다, 해야 하다
_SUBJECT = {"은": "이", "는": "가"}
_QUOTES = str.maketrans(dict.fromkeys("“”‘’「」\"'"))
_SWAPS = (  # what stands in a clause, what says the same
    (r"경우에는 ", "경우 "),
    (r"경우 (?!또는|및)", "경우에는 "),
    (r"(?<=[는은을할한된될]) 경우(?=에는 |, | )", " 때"),
    (r"(?<=[가-힣]) 이내에 ", " 안에 "),
    (r" 사전에 ", " 미리 "),
    (r"일체의 ", "모든 "),
    (r"에 관하여 ", "에 대하여 "),
    (r"에 따라 ", "에 의해 "),
    (r"을 통하여 ", "을 통해 "),
    (r"를 통하여 ", "를 통해 "),
    (r"하여야 ", "해야 "),
    (r"익일", "다음 날"),
)
_VERBS = {
    ("통지", "하"): "알리",
    ("공지", "하"): "알리",
    ("안내", "하"): "알리",
    ("변경", "하"): "바꾸",
    ("삭제", "하"): "지우",
    ("중단", "하"): "멈추",
    ("위반", "하"): "어기",
    ("준수", "하"): "지키",
    ("초과", "하"): "넘",
    ("발생", "하"): "생기",
    ("게시", "하"): "올리",
    ("지급", "하"): "내",
    ("종료", "되"): "끝나",
}


def tell_faithfully(source: Source) -> Iterator[Change]:
    """All that leaves the sentence true."""
    yield from _numerals(source.text)
    yield Kind.ENDING, "해요체", informal(source.text)
    yield from _order(source.text)
    yield from _split(source.text)
    yield from _synonyms(source.text)
    yield from _particles(source.text)


def _numerals(text: str) -> Iterator[Change]:
    for match in _COUNTED.finditer(text):
        number, unit = int(match[1]), match[2]
        if (number, unit) == (1, "개월"):
            continue  # nobody says 일 개월
        told = f"{in_letters(number)}{unit}" if unit in "일년회" else f"{in_letters(number)} {unit}"
        yield Kind.NUMERAL, "글자로", text[: match.start()] + told + text[match.end() :]
        if unit == "회" and number in _TIMES:
            yield Kind.NUMERAL, "우리말로", f"{text[: match.start()]}{_TIMES[number]} 번{text[match.end() :]}"
    for match in _THOUSANDS.finditer(text):
        value = int(match[1].replace(",", ""))
        yield Kind.NUMERAL, "쉼표 없이", text[: match.start()] + str(value) + text[match.end() :]
        if value % 10_000 == 0:
            yield Kind.NUMERAL, "만 단위로", f"{text[: match.start()]}{value // 10_000}만{text[match.end() :]}"
    for match in _MYRIAD.finditer(text):
        yield Kind.NUMERAL, "숫자로", f"{text[: match.start()]}{int(match[1]) * 10_000:,}원{text[match.end() :]}"


def _order(text: str) -> Iterator[Change]:
    for condition in find_conditions(text):
        if condition.topic < condition.start:
            topic, told = text[condition.topic : condition.start], condition.wording(text)
            yield Kind.ORDER, "조건을 앞으로", text[: condition.topic] + told + topic + text[condition.end :]
    for match in _PAIR.finditer(text):
        if _closed(match["a"]) == _closed(match["b"]):
            turned = f"{match['b']} {match['and']} {match['a']}{match['p']}"
            yield Kind.ORDER, "나열을 거꾸로", text[: match.start()] + turned + text[match.end() :]


def _split(text: str) -> Iterator[Change]:
    predicates = list(find_predicates(text))
    for predicate in predicates[:-1]:
        if predicate.ending[1] != "EC" or not _stands_alone(predicate, predicates[-1]):
            continue
        ended = retell(text[: predicate.end], _ending(predicate), predicate.mood)
        if ended:
            yield Kind.SPLIT, "앞부분", f"{ended}."
        rest = text[predicate.end :].lstrip(" ,")
        if _has_topic(rest) and not [*find_conditions(text[: predicate.end]), *find_conditions(rest)]:
            yield Kind.SPLIT, "뒷부분", rest
        return


def _stands_alone(predicate: Predicate, last: Predicate) -> bool:
    """Whether what is said before …며 has its mood from itself: 통지하며 … 해야 합니다 may be a duty."""
    return predicate.mood is not Mood.PLAIN or last.mood is Mood.PLAIN


def _ending(predicate: Predicate) -> Predicate:
    return type(predicate)(predicate.start, predicate.end, predicate.mood, predicate.stem, ("ᆸ니다", "EF"), final=True)


def _has_topic(text: str) -> bool:
    tokens = tokens_of(text)
    return any(
        t.tag == "JX" and t.form in {"은", "는"} and tokens[i - 1].tag[0] == "N" for i, t in enumerate(tokens[:5])
    )


def _synonyms(text: str) -> Iterator[Change]:
    tokens = tokens_of(text)
    for place in range(len(tokens) - 2):
        noun, verb = tokens[place], tokens[place + 1]
        other = _VERBS.get((noun.form, verb.form))
        if other and verb.tag == "XSV" and (not place or tokens[place - 1].tag[0] in "JE"):
            told = _inflect(other, text, place)
            if told:
                yield Kind.SYNONYM, f"{noun.form}{verb.form}다→{other}다", told
    for pattern, other in _SWAPS:
        match = re.search(pattern, text)
        if match:
            kind = Kind.PARTICLE if "경우" in other else Kind.SYNONYM
            yield kind, f"{match[0].strip()}→{other.strip()}", text[: match.start()] + other + text[match.end() :]


def _inflect(stem: str, text: str, place: int) -> str | None:
    tokens = tokens_of(text)
    ending = tokens[place + 2]
    if ending.tag[0] != "E":
        return None
    told = join((stem, "VV"), (ending.form, ending.tag))
    return text[: tokens[place].start] + told + text[ending.end :]


def _particles(text: str) -> Iterator[Change]:
    bare = text.translate(_QUOTES)
    if bare != text:
        yield Kind.PARTICLE, "따옴표 없이", bare
    tokens = tokens_of(text)
    topics = (t for t, before in zip(tokens[1:6], tokens, strict=False) if before.tag == "NNG" and t.tag == "JX")
    simple = "로 합니다" not in text and not any(
        t.tag == "ETM" or (t.tag == "EC" and t.form not in _WITHIN_ONE) for t in tokens
    )
    if simple and (topic := next(topics, None)) and topic.form in _SUBJECT:
        yield Kind.PARTICLE, "은/는→이/가", text[: topic.start] + _SUBJECT[topic.form] + text[topic.end :]
    if ", " in text:
        yield Kind.PARTICLE, "쉼표 없이", text.replace("며, ", "며 ").replace("고, ", "고 ").replace("우, ", "우 ")
    if "에게 " in text:
        yield Kind.PARTICLE, "에게→한테", text.replace("에게 ", "한테 ", 1)


def _closed(noun: str) -> bool:
    return (ord(noun[-1]) - ord("가")) % 28 != 0
