"""Morphemes → predicates: what is done, whether it is denied, may or must be done, and under which condition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.verify.morphemes import Morpheme

PLAIN, CAN, MUST, FREE, DENIED = "단정", "가능", "의무", "불필요", "부정"

_LIGHT = {"하", "되", "받", "시키", "당하", "드리", "이루어지", "이뤄지"}
_PARTICLES = {"JKS", "JKO", "JX", "JKC", "MAG"}
_LISTING = {"·", ",", "/"}
_JOINING = {"고", "거나", "어", "아", "여", "어서", "아서"}  # take mood and place from the predicate that follows
_CONDITION = {"면", "으면", "ᆫ다면", "는다면", "다면", "라면", "으려면", "려면", "어야"}
_CONCESSION = {"더라도", "라도", "어도", "아도"}
_CONSENT = {"동의", "승인", "합의", "협의"}  # "동의를 받아 …": what follows holds only with it
_ADVERBIAL = {"게", "도록", "으러", "러", "고자", "으려고", "려고"}
_FUNCTION = {"위하", "통하", "대하", "인하", "관하", "의하", "따르", "관련"}  # particles rather than predicates
_CONDITION_NOUNS = {"경우", "때", "시", "한", "이상", "이후", "후", "전", "이전"}


@dataclass(frozen=True, slots=True)
class Predicate:
    """``stems``: its noun or verb, with those listed before it (제한·중단하다). ``mood``: 단정, 가능 ….

    ``start`` and ``end``: places of its morphemes. ``ending``: its last ending. ``main``: it says something by itself,
    where a subordinate one (…할 경우, …한 것) only tells of what. ``condition``: what follows holds only under it;
    a concession (…하더라도) is none. ``adnominal``: it describes a noun. ``state``: an adjective or 이다.
    """

    stems: frozenset[str]
    mood: str
    start: int
    end: int
    ending: str
    main: bool
    condition: bool = False
    adnominal: bool = False
    passive: bool = False
    state: bool = False

    @property
    def concession(self) -> bool:
        """Whether what follows holds with or without it (…하더라도)."""
        return self.ending in _CONCESSION

    @property
    def closes(self) -> bool:
        """Whether a statement ends here."""
        return self.main and self.ending not in _JOINING


def find_predicates(tokens: Sequence[Morpheme]) -> list[Predicate]:
    """The predicates in order."""
    found: list[Predicate] = []
    place = 0
    while place < len(tokens):
        predicate = _read(tokens, place)
        if predicate:
            found.append(predicate)
        place = predicate.end if predicate else place + 1
    return _inherit(found)


def _inherit(found: list[Predicate]) -> list[Predicate]:
    """A joined predicate (…하고, …하거나) has the place of the one behind it, and unless it has its own, the mood."""
    done: list[Predicate] = []
    for predicate in reversed(found):
        behind = next((p for p in reversed(done) if _may_join(predicate, p)), None)
        if behind and predicate.ending in _JOINING and not predicate.condition:
            takes = predicate.mood == PLAIN and (behind.mood != DENIED or predicate.ending == "거나")
            mood = behind.mood if takes else predicate.mood
            predicate = replace(predicate, mood=mood, main=behind.main, condition=behind.condition)
        done.append(predicate)
    return done[::-1]


def _may_join(predicate: Predicate, behind: Predicate) -> bool:
    """Not with what only describes ("쉽게", "필요한"), unless it stands next to it ("불리하거나 중대한")."""
    if behind.ending in _ADVERBIAL:
        return False
    return not behind.adnominal or (behind.start == predicate.end and "필요" not in behind.stems)


def _read(tokens: Sequence[Morpheme], place: int) -> Predicate | None:
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if token.tag in {"XSV", "XSA"}:
        start, stems = _listed(tokens, place - 1)
    elif token.tag in {"VCP", "VCN"}:
        noun = _noun_before(tokens, place)
        start, stems = (place, frozenset({"이"})) if noun is None else _listed(tokens, noun)
    elif token.tag in {"VV", "VA", "VX"}:
        start, stems = place, frozenset({token.form})
        light = token.form in _LIGHT | {"있", "없", "안"}
        noun = _noun_before(tokens, place) if light else None
        if noun is not None:
            start, stems = _listed(tokens, noun)
    elif token.is_noun and following and following.form == "없이":
        stems = frozenset({token.form})
        return Predicate(stems, DENIED, place, place + 2, "없이", main=False, condition=True)
    elif token.is_noun and following and following in {("시", "NNB"), ("후", "NNG")}:
        return Predicate(frozenset({token.form}), PLAIN, place, place + 2, following.form, main=False, condition=True)
    else:
        return None
    if not stems:
        return None
    denied = _denied_before(tokens, place) or token.form == "없" or token.tag == "VCN"
    predicate = _finish(tokens, place + 1, start, stems, denied=denied)
    state = token.tag in {"XSA", "VA", "VCP", "VCN"}
    return replace(predicate, passive=token.form in {"되", "받"}, state=state) if predicate else None


def _listed(tokens: Sequence[Morpheme], place: int) -> tuple[int, frozenset[str]]:
    """The noun at ``place`` and those listed before it: "제한·중단" → both."""
    stems: set[str] = set()
    while place >= 0 and tokens[place].is_noun:
        stems.add(tokens[place].form)
        place -= 1
        if place < 1 or tokens[place].form not in _LISTING or not tokens[place - 1].is_noun:
            break
        place -= 1
    return place + 1, frozenset(stems)


def _noun_before(tokens: Sequence[Morpheme], place: int) -> int | None:
    """The noun that a light verb lives on: 환불(이 안) 되다, 책임(이) 없다."""
    place -= 1
    while place >= 0 and tokens[place].tag in _PARTICLES:
        place -= 1
    return place if place >= 0 and tokens[place].is_noun else None


def _denied_before(tokens: Sequence[Morpheme], place: int) -> bool:
    return place > 0 and tokens[place - 1].tag == "MAG" and tokens[place - 1].form in {"안", "못", "아니"}


def _finish(
    tokens: Sequence[Morpheme], place: int, start: int, stems: frozenset[str], *, denied: bool
) -> Predicate | None:
    """Read the auxiliaries and the ending behind a stem."""
    mood = DENIED if denied else PLAIN
    while (step := _auxiliary(tokens, place, mood)) is not None:
        mood, place = step
    ending, adnominal, condition = "", False, False
    if place < len(tokens) and tokens[place].tag in {"EC", "EF", "ETM", "ETN"}:
        ending, tag = tokens[place]
        place += 1
        adnominal = tag in {"ETM", "ETN"}
        condition = (tag == "EC" and ending in _CONDITION) or (
            ending in _JOINING and bool(stems & _CONSENT) and mood == PLAIN
        )
        if adnominal and place < len(tokens) and tokens[place].form in _CONDITION_NOUNS:
            condition, adnominal, place = True, False, place + 1
    if stems <= _FUNCTION and (adnominal or ending in _JOINING):
        return None
    main = bool(ending) and not (condition or adnominal or ending in _ADVERBIAL | _CONCESSION)
    return Predicate(stems, mood, start, place, ending, main=main, condition=condition, adnominal=adnominal)


def _auxiliary(tokens: Sequence[Morpheme], place: int, mood: str) -> tuple[str, int] | None:
    """The mood with what stands at ``place``, and the place behind it; None if the stem's endings begin there."""
    if place >= len(tokens):
        return None
    form, tag = tokens[place]
    # particles may stand between: 할 수(는) 있다, 하지(는) 않다
    ahead = [(i, t.form) for i, t in enumerate(tokens[place + 1 : place + 6], place + 1) if t.tag not in {"JX", "JKS"}]
    (first, near), (second, far) = (*ahead, (0, ""), (0, ""))[:2]
    if tag == "ETM" and near in {"수", "필요"} and far in {"있", "없"}:
        return _possible(near, far, mood), second + 1
    if tag == "EC" and form in {"지", "질"} and near in {"않", "아니하", "못하", "말", "못"}:
        return _turned(mood), first + 1
    if tag == "EC" and form in {"어야", "아야", "여야", "야"} and near in {"하", "되"}:
        return MUST, first + 1
    if tag == "EC" and form in {"어서", "아서", "면", "으면", "여서"} and near in {"안", "아니"} and far == "되":
        return _turned(mood), second + 1
    if tag == "EC" and form in {"어도", "아도", "여도"} and near in {"되", "좋", "괜찮"}:
        return (FREE if mood == DENIED else CAN), first + 1
    helps = tag == "EC" and form in {"어", "아"} and near in {"드리", "주", "놓", "두", "지"}
    helped = tag in {"XSV", "XSA", "EP", "VCP", "VX"} or (tag == "VV" and form in {"주", "드리"})
    return (mood, place + 1) if helps or helped else None


def _possible(noun: str, verb: str, mood: str) -> str:
    """ "…할 수 있다", "…할 필요 없다"; who can leave it need not do it."""
    if noun == "필요":
        return MUST if verb == "있" else FREE
    able = verb == "있"
    return (CAN if able else DENIED) if mood != DENIED else (FREE if able else MUST)


def _turned(mood: str) -> str:
    return PLAIN if mood == DENIED else DENIED
