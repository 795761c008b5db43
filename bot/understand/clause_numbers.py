"""Questions that name clauses by number: "15조 3항", "7조랑 10조 비교", "14조 동의", "다음 항은?"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bot.answer import reference_name
from bot.gate import ANSWER, Finding
from bot.understand.question import count_letters
from index.references.by_number import Reference, find_references, strip_references, without_foreign

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from index.clause import Clause
    from index.search.clause_search import ClauseSearch
    from index.search.hits import Hit, Scored

T = TypeVar("T")

# Measured on data/eval/validation.jsonl with `python -m bot eval`: flat around these values.
FOREIGN = 0.03  # probability below which, and
STRANGE = 0.5  # out-of-scope score from which the words beside a reference ask for something else
CHOOSES = 0.12  # score from which the words beside a reference choose within the article
CHOSEN = 0.6  # share of the best clause's score, from which a further clause of the article is chosen

_UNIT = r"(?:에|의)?\s{0,9}(?P<unit>조항|조문|항|조(?=\s{0,9}(?:[은는이의도]|내용|[?？]|$))%s)"
_THING = "|(?:거|것|꺼|게)(?![가-힣]{3})"  # "하나 앞에 거": only where the words before can mean nothing else
_CLOSE = r"(?:바로|그|하나|한\s?칸|한\s?개)\s{0,9}"
_NEXT = re.compile(rf"(?:다음|{_CLOSE}(?:아래|밑|뒤|다음)){_UNIT % _THING}")
_BEFORE = re.compile(
    rf"(?:앞|이전|{_CLOSE}(?:위|앞|전)|직전|전|윗){_UNIT % ''}"
    rf"|{_CLOSE}(?:앞|위|이전){(_UNIT % _THING).replace('unit', 'thing')}"
)
_LAST = re.compile(r"(?:마지막|맨\s{0,9}(?:끝|뒤|마지막))\s{0,9}(?P<unit>항|조(?!건|치))")
_FIRST = re.compile(
    r"(?:맨\s{0,9}(?:처음|앞|위)|처음|첫)\s{0,9}(?P<unit>항(?!목)|조(?:항|문)?(?=\s{0,9}(?:[은는이의도을를]|내용|[?？]|$)))"
)
_NUMBER = re.compile(r"제?\s{0,9}(?<!\d)\d{1,9}\s{0,9}조")
# "어느쇼핑몰 이용약관 7조" is none of ours
_TERMS = re.compile(
    r"((?:[가-힣A-Za-z]{1,30}\s{1,9})?[가-힣A-Za-z]{1,30}?)\s{0,9}(?:(?:서비스|이용)\s{0,9}){0,4}약관(?:상|에서|의|에)?\s{0,9}$"
)
_OWN = re.compile(
    r"이|본|그|위|현|새|구|개정|개정된|바뀐|최신|지금|현재|현행|이번|우리|저희|너네|니네|너희|당신들?|여기|거기|그쪽|귀사|당사|자사|회사"
    r"|해당|이용|서비스|.*(?:[은는을를에고면데요의서]|이용|서비스)"  # a particle or an ending: no name
)
_GOES_ON = re.compile(r".+[은는을를에고면데요의서도]")  # a sentence before 약관, and no name
_COMPARES = re.compile(r"비교|차이|다른\s{0,9}점|다른가|달라|compare|difference", re.IGNORECASE)
LEAST_ASKED = 6  # letters that a question has, from which the story before it is left out
_STORY = re.compile(
    r"(?P<story>[^.?!？]{0,60}?\d\s{0,9}조(?!\s{0,9}\d{0,3}\s{0,9}항)[^.?!？]{0,40}?(?:(?:인|는|은|한)데요?|이고|라서|예요\.|이에요\.|입니다\.))"
    r"[\s,]{1,9}(?P<rest>\S.{0,600})"
)
_ASKED_NOUN = re.compile(
    r"(?<![가-힣])(?!내용|설명|필요|문제|방법|경우|조항|조문|규정|관련|단서|이유|의미|뜻|다른|위반|사항)(?P<noun>[가-힣]{2,8}?)"
    r"(?:(?:은|는|이|가|도)?\s{1,3}(?:얼마|몇|며칠|언제까지|있(?:나요|어요|습니까|나|어|는지)|붙|무나|물어야)|(?:은|는)요?\s{0,3}[?？]?$)"
)
_FILLER = re.compile(
    r"비교해|전부|모두|싹|통째로?|약관|마지막 항|뭐였지|뭔데|이랑|하고"
    r"|그리고|및|보여|알려|내용|뭐|무엇|무슨|설명|비교|읽어|찾아|전문|원문|조항|궁금|말해|얘기|어떻게|되나|인가|요약|차이|각각"
    r"|둘 다|확인|부탁|드립니다|드려요|바랍니다|적힌|나온|있는|전체|주세요|줘|좀|이요|예요|이에요|대해|관해"
    r"|show|tell|what|does|say|is|in|the|me|please|about|explain|summarize|compare|and|\W",
    re.IGNORECASE,
)


def own_references(text: str, search: ClauseSearch) -> list[Reference]:
    """The references in ``text``, unless they are to a law or to another company's terms.

    "15조 마지막 항" is read as the number of that article's last paragraph.
    """
    text = without_foreign(text, [*search.titles, *search.titles.values()])
    found = [_in_main_text(reference, search) for reference in find_references(text)]
    if (end := _LAST.search(text)) and end["unit"] == "항":
        found = [r if r.paragraph else Reference(r.article, search.table.last_paragraph(r.article)) for r in found]
    number = _NUMBER.search(text)
    if not found or number is None:
        return found
    before = text[: number.start()]
    return [] if _names_another(before, search) else found


def _in_main_text(reference: Reference, search: ClauseSearch) -> Reference:
    """A reference into a 부칙 of terms that have none as such, in which it is an article like another."""
    _, addendum, number = reference.article.partition("부칙-")
    if not addendum or any(passage.clause.article.startswith("부칙") for passage in search.passages):
        return reference
    return replace(reference, article=number)


def points_to_neighbour(text: str) -> bool:
    """Whether ``text`` speaks of the paragraph behind or before another one, or of the first or last."""
    return any(pattern.search(text) for pattern in (_NEXT, _BEFORE, _LAST, _FIRST))


def relative_references(text: str, last: Clause, search: ClauseSearch) -> list[Reference]:
    """ "다음 항은?": the paragraph behind the one cited last, "다음 조는?": the article; [] if there is none.

    "다음 조항" is the next paragraph, of the next article if its own has no more.
    """
    own = search.table.of_document(last.document)
    if end := _LAST.search(text) or _FIRST.search(text):
        return _outermost(own, last, unit=end["unit"], place=-1 if end.re is _LAST else 0)
    following = _NEXT.search(text)
    match = following or _BEFORE.search(text)
    if not match:
        return []
    step = 1 if following else -1
    unit = next(filter(None, match.groupdict().values()))
    if unit in {"조", "조문"}:
        articles = list(dict.fromkeys(clause.article for clause in own))
        beside = _neighbour(articles, last.article, step)
        if (
            not beside and step > 0 and last.article.isdigit()
        ):  # named all the same, so that it is told that it is not there
            beside = [str(int(last.article) + 1)]
        return [Reference(article) for article in beside]
    if unit != "항":
        return [Reference(clause.article, clause.paragraph) for clause in _neighbour(own, last, step)]
    if not last.paragraph.isdigit():
        return []
    return [Reference(last.article, str(int(last.paragraph) + step))]


def _outermost(own: Sequence[Clause], last: Clause, *, unit: str, place: int) -> list[Reference]:
    """The first (0) or last (-1) paragraph of the article of ``last``, or article of its document."""
    if unit == "항":
        beside = [clause for clause in own if clause.beside(last)]
        return [Reference(beside[place].article, beside[place].paragraph)]
    return [Reference(own[place].article)]


def _neighbour(places: Sequence[T], here: T, step: int) -> list[T]:
    place = places.index(here) + step if here in places else -1
    return [places[place]] if 0 <= place < len(places) else []


def read_numbers(text: str, references: Sequence[Reference], search: ClauseSearch) -> Finding:
    """All clauses that the references name and what does not exist.

    Of an article without a paragraph the other words of ``text`` choose; if they are about something else altogether,
    nothing is answered.
    """
    rest = strip_references(text)
    compared = len(references) > 1 and _COMPARES.search(text)
    words = search.score([rest])[0] if count_letters(_FILLER.sub("", rest)) >= 2 and not compared else None
    whole = [hit for reference in references for hit in search.named(reference)]
    unknown = words is not None and words.answerable < ANSWER
    absent = _absent_noun(rest, whole, references) if unknown else ""
    if words is not None and words.answerable < FOREIGN and words.scores[-1] >= STRANGE:
        if absent:
            return Finding(text, (), asked=text, near=tuple(whole), absent=absent)
        return Finding.of(words, search, asked=text)
    hits: dict[object, Hit] = {}
    missing: list[Reference] = []
    for reference in references:
        found = search.named(reference)
        if not found:
            missing.append(replace(reference, document=search.passages[0].clause.document))
        elif words is not None and reference.paragraph is None:
            found = choose_within(found[0].passage.clause, words, search) or found
        hits |= {hit.passage.clause: hit for hit in found}
    return Finding(text, tuple(hits.values()), tuple(missing), absent=absent)


def _absent_noun(words: str, hits: Collection[Hit], references: Sequence[Reference]) -> str:
    """What is asked of the named clauses ("벌금 얼마예요?") and none of them speaks of; "" if nothing is."""
    noun = _ASKED_NOUN.search(words)
    told = "".join(f"{hit.passage.article_title}{hit.passage.quote}" for hit in hits)
    if noun is None or not told or noun["noun"] in told:
        return ""
    return f"{', '.join(map(reference_name, references))}의 {noun['noun']}"


def choose_within(near: Clause, words: Scored, search: ClauseSearch) -> list[Hit]:
    """The clauses of the article of ``near`` that ``words`` are about, best first, as named ones; [] for none."""
    best = [hit.passage.clause for hit in search.hits(words, within=near)]
    scores = [float(words.scores[search.table.places[clause]]) for clause in best]
    if scores[0] < CHOOSES:
        return []
    named = {hit.passage.clause: hit for hit in search.named(Reference(near.article, document=near.document))}
    return [named[clause] for clause, score in zip(best, scores, strict=True) if score >= CHOSEN * scores[0]]


def without_sums(text: str) -> str:
    """``text`` without a story in which "7조" is a sum or a team ("매출이 7조인데 …"): it asks nothing."""
    story = _STORY.match(text)
    if story is None or find_references(story["story"]) or count_letters(story["rest"]) < LEAST_ASKED:
        return text
    return story["rest"]


def names_other_terms(text: str, search: ClauseSearch) -> bool:
    """Whether ``text`` asks of the terms of another company: "네이버 클라우드 이용약관에서는 …"."""
    named = re.match(r"(?:[^\s]{1,20}\s{1,9}){0,3}?[^\s]{0,20}약관(?=에서|상|에는|에도|에선|의\s)", text)
    return named is not None and _names_another(named[0], search)


def _names_another(before: str, search: ClauseSearch) -> bool:
    """Whether ``before`` ends with another document's name: a word before 약관 that is neither ours nor known to it."""
    terms = _TERMS.search(before)
    words = terms[1].split() if terms else []
    if words and _GOES_ON.fullmatch(words[-1]):
        return False
    return any(not _OWN.fullmatch(word) and word not in search.table.words for word in words)
