"""What a message does with what was said before: it sets right, goes back, asks for exception, other side or whole.

"아니 제 말은 …", "아까 그 해지 얘기로 돌아가서 …", "예외는요?", "반대로 회사가 그러면요?", "그 조 전체 보여줘".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.gate import Finding
from bot.korean import with_particle
from bot.understand.question import count_letters
from index.clause import clause_name
from index.references.by_number import Reference, strip_references
from index.sentences import is_proviso, squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understand.follow_up import Topic
    from index.passages import Passage
    from index.search.clause_search import ClauseSearch
    from index.search.hits import Hit

LEFT = 4  # letters of a question that must be left, from which what stands before it is taken away
BARE = 16  # letters of a message up to which it may be nothing but a pointing to what was said
OTHER_WORDS = 3  # letters beside the pointing words, up to which it is nothing else
ABOUT = 0.12  # score of a clause of an earlier topic, from which words are about it
MOST_EXCEPTIONS = 3

_RIGHT = re.compile(
    r"^\s{0,9}(?:아니(?:요|오|야|지)?|아뇨|노노?|아)?[\s,.!~]{0,9}"
    r"(?:(?:그게|그거|그건|그것이?)\s{0,9}(?:아니라|아니고|말고)(?:요)?|(?:제|내|저의|나의|제가 한|내가 한)\s{0,9}말은"
    r"|(?:제가|내가)\s{0,9}(?:물어본|물은|궁금한|말한|말하는|알고\s{0,9}싶은|묻는|하려던\s{0,9}말은)\s{0,9}(?:건|것은|거는|게)?"
    r"|다시\s{0,9}(?:물어볼게요?|말하면|말할게요?|여쭤볼게요|여쭐게요)|정정(?:할게요|합니다|하면))"
    r"[\s,.:]{0,9}(?:(?:그게|그거)\s{0,9}(?:아니라|아니고|말고)(?:요)?)?[\s,]{0,9}"
)
_NOUN = r"(?:얘기|이야기|건|거|것|질문|문제|주제|내용|쪽|부분|조항|말)"
_BACK = re.compile(
    r"^(?:(?:그럼|그러면|음|아|자|네|저기)(?![가-힣]))?[\s,]{0,9}(?:다시\s{0,9})?(?:"
    rf"(?:아까|앞에서?|앞서|처음에?|맨\s{{0,9}}처음|전에|먼저)\s{{0,9}}(?:제가|내가)?\s{{0,9}}"
    rf"(?:그|저|말한|말했던|물어본|물어봤던|물었던|얘기한|여쭤본|질문한|나온)?\s{{0,9}}(?P<what>[^,.?!]{{0,20}}?)\s{{0,9}}{_NOUN}"
    r"(?:\s{0,9}말(?:인데요?|이에요)|인데요?|은|는|을|를|에서|에|으로|로)?"
    rf"(?:\s{{0,9}}(?:다시\s{{0,9}})?(?:돌아가|되돌아가)\S{{0,6}})?"
    rf"|(?P<named>[^,.?!]{{1,20}}?)(?:\s{{0,9}}{_NOUN})?(?:으로|로)\s{{0,9}}(?:다시\s{{0,9}})?(?:돌아가|되돌아가)\S{{0,6}}"
    r")[\s,.]{0,9}"
)
_FIRST = re.compile(r"^(?:처음|첫|맨 처음|첫 번째)$")
_FIRST_SAID = re.compile(r"^(?:그럼|그러면|자)?\s{0,9}(?:다시\s{0,9})?(?:맨\s{0,9})?(?:처음|첫)")
_RETURNS = re.compile(r"돌아가")
_POINTER = re.compile(r"^(?:그|저|이|말한|물어본|방금)?$")
_EXCEPTION = re.compile(
    r"(?:예외|단서)(?:적인|적으로|\s?조항|\s?규정|\s?사유|\s?사항|\s?경우|\s?상황)?(?:는|은|가|이|도|를|로)?",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"그럼|그러면|혹시|그거|그건|그|거기|이거|에는?|의|있(?:나요|어요|습니까|나|어|죠|을까요)|없(?:나요|어요|습니까|나|어|죠)|되는|안|경우|뭐(?:예요|에요|야|죠)?"
    r"|무엇(?:인가요)?|알려|보여|주세요|줘|요|\W"
)
_HAS_EXCEPTION = re.compile(
    r"(?<![가-힣])다만[\s,]|(?<![가-힣])단[\s,]|제외|경우가 아니면|없는 한|규정이 없다면|에도 불구하고|외에는"
    r"|우선합니다|특별한 사정"
)
_COMPANY, _CUSTOMER = (
    r"(?:회사|귀사|당사|리프트|업체|너네|너희|당신들|그쪽|상대방)",
    r"(?:고객사?|이용자|저희|우리|제가|내가|저|나)",
)
_OTHER_SIDE = re.compile(
    rf"^(?:그럼|그러면)?\s{{0,9}}(?P<turned>반대로|거꾸로|역으로|입장을?\s{{0,9}}바꿔서?)?[\s,]{{0,9}}"
    rf"(?:(?P<company>{_COMPANY})|(?P<customer>{_CUSTOMER}))(?:에서|쪽에서|측에서|측|쪽)?(?:가|이|는|은|도|한테|에게)?\s{{0,9}}"
    r"(?:먼저|똑같이|잘못해서|같은 걸)?\s{0,9}"
    r"(?:(?P<does>(?:그러|그렇|어기|어겼|위반|잘못|안\s?지키|못\s?지키|하)\S{0,8}(?:면|때|경우)\S{0,6}(?:\s?어떻\S{0,5})?)|요|은요|는요|도요|\?)?\s{0,9}[?？.~]{0,9}$"
)
_MUTUAL = re.compile(r"당사자|상대방|상호|쌍방|서로")
_SUBJECT = {
    "company": re.compile(r"회사[”\"]?(?:는|가|의)"),
    "customer": re.compile(r"고객(?:사)?[”\"]?(?:은|이|에게|의)"),
}
NAMES = {"company": "회사", "customer": "고객"}
_WHOLE = re.compile(
    r"(?:그|이|해당|방금|위|같은)?\s{0,9}(?:조항|조문|조)(?:의|를|을)?\s{0,9}(?:전체|전부|모두|전문|통째로|싹|다(?=\s))"
    r"|(?:전체|전부|전문|모두|통째로)(?:를|을)?\s{0,9}(?:다\s{0,9})?(?:보여|알려|읽어|볼래|보고)|(?:조항|조문|조)\s{0,9}전체"
)
_WHOLE_FILLER = re.compile(
    r"보여|알려|읽어|주세요|줘|주라|볼래요?|볼게요|보고|싶어요?|내용|좀|그럼|처음부터|끝까지|은|는|를|을|요|다|그냥|\W"
)


def set_right(text: str) -> str:
    """``text`` without the words that only say that it was meant otherwise: "아니 제 말은 …", "그게 아니라 …"."""
    rest = _RIGHT.sub("", text, count=1)
    return rest if count_letters(rest) >= LEFT else text


def goes_back(text: str) -> bool:
    """Whether ``text`` begins with the words that return to something said before."""
    return _BACK.match(text) is not None


def go_back(text: str, topic: Topic, search: ClauseSearch) -> tuple[str, Topic] | None:
    """What is left of ``text`` and the earlier topic to which it returns, None if it does not."""
    match = _BACK.match(text)
    if match is None or not topic.earlier:
        return None
    what = (match["what"] or match["named"] or "").strip()
    known = [*topic.earlier, topic]
    if _POINTER.match(what) or _FIRST.match(what):
        found = known[0] if _FIRST_SAID.match(text) else known[-2] if _RETURNS.search(match[0]) else None
    else:
        found = _topic_of(what, known, search)
    return (text[match.end() :].strip(), found) if found else None


def _topic_of(what: str, topics: Sequence[Topic], search: ClauseSearch) -> Topic | None:
    """The topic that words are about, the latest of equals: by its own words, or by its clauses."""
    said = squeeze(what)
    named = [topic for topic in topics if said in squeeze(topic.text)]
    if named:
        return named[-1]
    scores, places = search.score([what])[0].scores, search.table.places
    clauses = [[hit.passage.clause for hit in topic.hits[:2]] for topic in topics]
    worth = [max(float(scores[places[one]]) if one in places else 0.0 for one in own) for own in clauses]
    best = max(range(len(topics)), key=lambda place: (worth[place], place))
    return topics[best] if worth[best] >= ABOUT else None


def asks_whole(text: str) -> bool:
    """Whether ``text`` asks for nothing but the whole article spoken of."""
    match = _WHOLE.search(text)
    return match is not None and count_letters(_WHOLE_FILLER.sub("", text.replace(match[0], " "))) <= 1


def asks_exception(text: str) -> bool:
    """Whether ``text`` asks for nothing but the exception to what is spoken of, or to a clause by its number."""
    rest = strip_references(text)
    if count_letters(rest) > BARE or not _EXCEPTION.search(rest):
        return False
    return count_letters(_POLITE.sub("", _EXCEPTION.sub("", rest))) <= OTHER_WORDS


def read_exception(text: str, about: Sequence[Hit], search: ClauseSearch, joined: str) -> Finding:
    """The rules ``about`` with their exceptions: in the same words, or in the 항 behind that begins with "단".

    If none is there, nothing is answered, and the rules stand as what there is.
    """
    own = [hit.passage for hit in about]
    found: list[Passage] = []
    for passage in own:
        behind = _behind(passage, search)
        if is_proviso(passage.quote) or (behind and is_proviso(behind.quote)):
            found += [passage, *([behind] if behind and is_proviso(behind.quote) else [])]
        elif _HAS_EXCEPTION.search(passage.quote):
            found.append(passage)
    if not found:
        name = _name(own)
        return Finding(joined, (), asked=text, near=_named(own, search), absent=f"{name}의 예외")
    return Finding(joined, _named(list(dict.fromkeys(found))[:MOST_EXCEPTIONS], search), asked=text)


def read_other_side(text: str, topic: Topic, search: ClauseSearch) -> Finding | None:
    """What the clauses spoken of say of the other party ("반대로 회사가 그러면요?"); None if that is not asked.

    Clauses for both parties, and those in which it acts, answer; else the terms do not say it.
    """
    match = _OTHER_SIDE.match(text)
    if match is None or count_letters(text) > BARE:
        return None
    side = "company" if match["company"] else "customer"
    joined = f"{topic.text} {text}"
    own = [hit.passage for hit in topic.hits if hit.named or hit.score >= ABOUT][:MOST_EXCEPTIONS]
    held = [p for p in own[:1] if _MUTUAL.search(p.quote) or _both_act(p)]
    if held:
        return Finding(joined, _named(held, search), asked=text)
    if not match["turned"] and not match["does"]:  # "고객은요?" may ask for anything
        return None
    turned = f"{with_particle(NAMES[side], '이가')} {_without_parties(topic.text)}"
    found = Finding.of(search.score([turned])[0], search, asked=text)
    if found.answerable and found.hits[0].passage not in own and _of_side(found.hits[0].passage, side):
        return Finding(joined, found.hits, asked=text, near=found.near, reading=found.reading)
    absent = f"{NAMES[side]} 쪽에 대한 같은 내용"
    return Finding(joined, (), asked=text, near=_named(own, search), absent=absent)


def _both_act(passage: Passage) -> bool:
    """Whether one sentence is about the company and another about the customer."""
    sentences = re.split(r"(?<=[다요])\.\s|,\s", passage.quote)
    first = [
        min(found) for s in sentences if (found := [(m.start(), n) for n, p in _SUBJECT.items() if (m := p.search(s))])
    ]
    return len({name for _, name in first}) == len(_SUBJECT)


def _of_side(passage: Passage, side: str) -> bool:
    return bool(_MUTUAL.search(passage.quote) or _SUBJECT[side].search(passage.quote))


def _without_parties(text: str) -> str:
    return " ".join(re.sub(rf"(?<![가-힣])(?:{_COMPANY}|{_CUSTOMER})(?:가|이|는|은|도|에서)?(?=\s)", " ", text).split())


def _behind(passage: Passage, search: ClauseSearch) -> Passage | None:
    place = search.table.places.get(passage.clause)
    following = [] if place is None else search.passages[place + 1 : place + 2]
    return next((one for one in following if one.clause.beside(passage.clause)), None)


def _named(passages: Sequence[Passage], search: ClauseSearch) -> tuple[Hit, ...]:
    """The passages as if they were asked for by number: they are cited as they stand."""
    clauses = [passage.clause for passage in passages]
    return tuple(
        hit for clause in clauses for hit in search.named(Reference(clause.article, clause.paragraph, clause.document))
    )


def _name(passages: Sequence[Passage]) -> str:
    first = passages[0].clause
    if len({p.clause.article for p in passages}) == 1 and len(passages) > 1:
        return clause_name(first.article, first.paragraph).partition(" 제")[0]
    return clause_name(first.article, first.paragraph)
