"""Where a sentence says under which condition, or except when: dropped, exchanged or added; and told in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.evaluation.verifier.cases import Kind
from bot.evaluation.verifier.inflection import tokens_of
from index.sentences import is_proviso

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.evaluation.verifier.cases import Source
    from bot.evaluation.verifier.figures import Change
    from bot.verify.morphemes import Token

_IF = {"면", "으면", "ᆫ다면", "는다면", "다면", "라면", "으려면", "려면"}
# 이 경우: another sentence says which; 거나: one of several, each of which is enough; the rest is no whole phrase
_UNFIT = re.compile(r"^(?:이|그|위|본|해당) (?:경우|때)|^수 |거나|[“\"「][^”\"」]*$|^\s?\S{1,2} 경우")
_LEAD = re.compile(r"^(?:다만|단|또한|그리고|따라서|그러나),? ")
_BRACKETED = re.compile(r"\s?\((?=[^()]*(?:제외|다만|단,))[^()]{2,80}\)")
_AFTER = re.compile(r"(?:에는|에|는|엔)?(?P<comma>,)? ")
_BUT = re.compile(r"제외(?:하고는?) |(?<!그 )외에는 ")


@dataclass(frozen=True, slots=True)
class Condition:
    """``start`` and ``end``: its characters, with the space behind it. ``topic``: where the topic before it begins."""

    start: int
    end: int
    topic: int
    exception: bool

    def wording(self, text: str) -> str:
        return text[self.start : self.end]


def find_conditions(text: str) -> Iterator[Condition]:
    """The conditions (…하는 경우, …하면) and exceptions (…없는 한, …을 제외하고) of a sentence, in order."""
    tokens = tokens_of(text)
    opened = 0
    for place, token in enumerate(tokens):
        if token.tag == "EC" and token.form in {"며", "으며", "고", "나", "으나", "지만"}:
            opened = token.end
            continue
        end = _end(text, tokens, place)
        if end is None:
            continue
        start, topic = _begin(text, tokens, opened, token.start)
        wording = text[start:end]
        if 5 <= len(wording) <= 90 and not _UNFIT.search(wording) and len(text) - end > 6 and _closes(text, start, end):
            yield Condition(start, end, topic, _excepts(tokens, place) or token.form == "제외")
        opened = end


def change_conditions(source: Source, others: Sequence[str]) -> Iterator[Change]:
    """The sentence without one of its conditions, or with one of ``others``; with one of them if it has none."""
    text = source.text
    found = list(find_conditions(text))
    for condition in found:
        kind = Kind.EXCEPTION if condition.exception else Kind.CONDITION
        yield kind, "빠짐", text[: condition.start] + text[condition.end :]
        for other in [o for o in others if o.strip(" ,") not in text][:2]:
            yield kind, "바뀜", text[: condition.start] + other + text[condition.end :]
    if not found:
        lead = _LEAD.match(text)
        at = lead.end() if lead else 0
        for other in [o for o in others if o.strip(" ,") not in text][:2]:
            yield Kind.CONDITION, "더해짐", text[:at] + other + text[at:]


def change_exceptions(source: Source) -> Iterator[Change]:
    """The sentence without its bracketed exception, or with 포함 for 제외."""
    text = source.text
    for match in _BRACKETED.finditer(text):
        yield Kind.EXCEPTION, "괄호가 빠짐", text[: match.start()] + text[match.end() :]
    for match in re.finditer("제외(?=[하한합되된됩할])", text):
        yield Kind.EXCEPTION, "제외→포함", text[: match.start()] + "포함" + text[match.end() :]


def without_proviso(source: Source, sentences: Sequence[str]) -> Iterator[Change]:
    """The sentence alone, if the clause goes on with an exception to it; ``sentences``: those of the clause."""
    for told, then in pairwise(sentences):
        if is_proviso(then) and not is_proviso(told) and source.text.rstrip(".") in told:
            yield Kind.EXCEPTION, "다만이 빠짐", source.text


def _end(text: str, tokens: Sequence[Token], place: int) -> int | None:
    """Where a condition ends whose last word is at ``place``, behind its particle; None if there is none."""
    token = tokens[place]
    if place == 0 or place + 1 == len(tokens):
        return None
    before = tokens[place - 1]
    case = token.form in {"경우", "때", "한"} and before.tag == "ETM" and token.tag in {"NNG", "NNB"}
    owned = token.form == "경우" and before.tag == "JKG"
    when = (token.form, token.tag) == ("시", "NNB") and before.tag in {"NNG", "XSN"}
    if (case or owned or when) and text[token.end : token.end + 2] == "는 ":
        return None  # "아래의 경우는 …": what is told of
    if case or owned or when or (token.tag == "EC" and token.form in _IF):
        after = _AFTER.match(text, token.end)
    elif token.form in {"제외", "외"}:
        after = _BUT.match(text, token.start)
    else:
        return None
    if after is None or _goes_on(text[after.end() :]) or text[: after.end()].endswith(("되면 ", "시 ,")):
        return None
    return after.end()


def _goes_on(rest: str) -> bool:
    return rest.startswith(("또는", "및", "혹은", "이나", "등", "안 ", "아니", "그 ", "이를", "그러", "이에"))


def _begin(text: str, tokens: Sequence[Token], opened: int, end: int) -> tuple[int, int]:
    """Where a condition begins between ``opened`` and ``end``, behind the topic, and where the topic begins."""
    while opened < end and text[opened] in " ,":
        opened += 1
    lead = _LEAD.match(text[opened:])
    topic = opened + (lead.end() if lead else 0)
    within = [(i, t) for i, t in enumerate(tokens) if topic <= t.start < end]
    for i, token in within:
        if token.tag == "JX" and token.form in {"은", "는"} and i and tokens[i - 1].tag[0] in "NSX":
            start = token.end
            while text[start] in " ,":
                start += 1
            return start, topic
    return topic, topic


def _closes(text: str, start: int, end: int) -> bool:
    """Whether no bracket is cut in two."""
    return all(part.count("(") == part.count(")") for part in (text[:start], text[start:end]))


def _excepts(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place].form in {"한", "외"}
