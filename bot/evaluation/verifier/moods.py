"""What is denied, allowed or a duty: a sentence with one predicate told otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.evaluation.verifier.cases import Kind
from bot.evaluation.verifier.inflection import Mood, find_predicates, retell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.evaluation.verifier.cases import Source
    from bot.evaluation.verifier.figures import Change

_OPPOSITE = {
    Mood.PLAIN: Mood.DENIED,
    Mood.DENIED: Mood.PLAIN,
    Mood.CAN: Mood.CANNOT,
    Mood.CANNOT: Mood.CAN,
    Mood.MUST: Mood.DENIED,
    Mood.BANNED: Mood.ALLOWED,
}
# a duty told as "합니다", or the other way round, says the same in terms
_STRENGTH = {
    Mood.PLAIN: (Mood.CAN,),
    Mood.DENIED: (Mood.FREE,),
    Mood.CAN: (Mood.MUST, Mood.PLAIN),
    Mood.CANNOT: (Mood.MUST,),
    Mood.MUST: (Mood.CAN,),
    Mood.BANNED: (Mood.CAN,),
}
_DEFINING = {"말하", "뜻하", "의미하", "같", "따르"}  # "…을 말할 수 있습니다" says little else
_BEFORE_A_CASE = {Mood.PLAIN, Mood.DENIED}


def change_moods(source: Source) -> Iterator[Change]:
    """Each predicate turned round (긍정·부정), and told as allowed or as a duty (허용·의무)."""
    text = source.text
    for predicate in find_predicates(text):
        told = predicate.ending[1] != "ETM"
        if told or predicate.mood in _BEFORE_A_CASE:
            changed = retell(text, predicate, _OPPOSITE[predicate.mood])
            if changed:
                yield Kind.POLARITY, f"{predicate.mood}→{_OPPOSITE[predicate.mood]}", changed
        if not told or predicate.stem[0] in _DEFINING or predicate.stem[1][:2] == "VC":
            continue
        for mood in _STRENGTH.get(predicate.mood, ()):
            changed = retell(text, predicate, mood)
            if changed:
                yield Kind.MODALITY, f"{predicate.mood}→{mood}", changed
