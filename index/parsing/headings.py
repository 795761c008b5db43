"""The grammar of one heading: 제1조(목적), 제 10 조의2 [배송], 【제3조】 환불, **제4조 탈퇴**, 제2장 이용계약, 부칙.

A line is read alone here; which of the headings belong to the document `index.parsing.outline` decides. What begins
like a heading and goes on like a sentence ("제13조에 따라", "제5조 제2항의") is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.parsing.lines import LONGEST_HEADING, core

_NUMBER = (
    r"(?:제|第)\s*(?P<number>\d{1,4})\s*(?:조|條)(?:\s*(?:의|之)\s*(?P<branch>\d{1,3})"
    r"(?=$|[\s.:)\](（\[［【〔〈<「}］】〕〉>*①-⑳]))?"
)
_BARE = r"(?P<number>\d{1,3})\s*조(?:\s*의\s*(?P<branch>\d{1,3}))?"
CLOSING = dict(zip("(（[［【〔〈<「『《{≪", ")）]］】〕〉>」』》}≫", strict=True))
OPENING = re.escape("".join(CLOSING))  # for a class of characters, like `CLOSERS`
CLOSERS = re.escape("".join(CLOSING.values()))
PLAIN = re.compile(_NUMBER)
BARE = re.compile(rf"{_BARE}\s*(?=[(（\[【〔])")
BOXED = re.compile(rf"[{OPENING}]\s*(?:{_NUMBER}|{_BARE.replace('number', 'bare').replace('branch', 'twig')})")
_BOX_END = re.compile(rf"\s*[{CLOSERS}]")
# what follows a number in a sentence: particles, and words that go on naming clauses
_PARTICLE = re.compile(
    r"(?:에게?서?는?도?만?의?|의|와|과|[를을은는가로도만,~∼·ㆍ]|으로|부터|까지|및|내지|이나|이라|에 ?따)(?=[\s,.]|$)"
    r"|[,~∼·ㆍ]|[-–]\d"
    r"|에[서게 ]|의\s*(?:규정|제|경우)|이(?=\s(?!\s*(?:약관|규정|계약|법|영|규칙|특약|조|방침|지침|서비스|회사)))"
)
_GOES_ON = re.compile(
    r"\s*(?:(?:제\s*)?\d+\s*[항호조]|및\s|또는\s|내지\s|부터|까지|각\s*[호항목조]|본문|단서|전단|후단|중\s|이하\s|참조"
    r"|[를을은는의에와과]\s|에서\s|(?:의\s*)?규정(?:에|을|은|의\s)|[①-⑳]\s*(?:항|[의에]\s))"
)
# behind a bracketed title a text of its own may begin with another number: "제4조(문의) 제3조의 문의는 …"
_OWN_TEXT = re.compile(rf"\s+(?:제\s*)?\d{{1,4}}\s*조(?:\s*의\s*\d{{1,3}})?(?!\s*[\d{OPENING}])")
_NOT_TITLE = re.compile(
    r"\s*(?:\d{1,2}|[가나다라마바사아자차카타파하a-z]|이하\s.*|(?:개정|신설|전문개정|본조신설)\b.*|\d{4}\s*[.년-].*)\s*$"
)
_POINTS = {"관련", "관계", "참고", "준용"}  # "(제5조 관련)" below the name of a table
_WORD = re.compile(r"[가-힣A-Za-z]")
LONGEST_BOX = 80  # characters of a title in brackets
_PAGE = re.compile(r"(?:(?<![\s.·…‥ㆍ․_-])[\s.·…‥ㆍ․_-]{2,}+|(?<=\s))\d{1,3}\s*+$")
AMENDMENT = re.compile(
    r"(?<!\s)\s*+[<〈＜\[(‹]\s*+(?:개정|신설|삭제|전문개정|본조신설|본장신설)[^>〉＞\])›]{0,400}+[>〉＞\])›]"
)
DELETED = re.compile(r"\s*+[<〈(\[]?\s*+삭\s*+제\s*+(?:$|[.>〉)\]<(\[〈‹\d])")


@dataclass(frozen=True, slots=True)
class Mark:
    """How one line begins a 조. Offsets are of the line's text.

    ``end``: of number and bracketed title. ``boxed``: the place of that title, inside its brackets. ``form``: how it
    is written. ``open``: a bracket is not closed on this line. ``page``: the rest is a page number.
    """

    number: int
    branch: int
    title: str
    form: str
    start: int
    end: int
    box: tuple[int, int] | None = None
    open: bool = False
    page: bool = False


def read_article(text: str) -> Mark | None:
    """The 조 that ``text`` begins, or None."""
    begin, words = core(text)
    sign = text[:begin].strip()[:1]
    for name, pattern in (("box", BOXED), ("plain", PLAIN), ("bare", BARE)):
        match = pattern.match(words)
        if match:
            found = _boxed(words, match) if name == "box" else _behind(words, match, name)
            if found is not None:
                return _moved(found, begin, sign)
    return None


def _moved(mark: Mark, begin: int, sign: str) -> Mark:
    box = (mark.box[0] + begin, mark.box[1] + begin) if mark.box else None
    return Mark(
        mark.number, mark.branch, mark.title, sign + mark.form, begin, mark.end + begin, box, mark.open, mark.page
    )


def _boxed(words: str, match: re.Match[str]) -> Mark | None:
    """ "[제3조] 환불", "【제3조 환불】"."""
    number, branch = int(match["number"] or match["bare"]), int(match["branch"] or match["twig"] or 0)
    closed = _BOX_END.match(words, match.end())
    if closed:
        return None if _PARTICLE.match(words, closed.end()) else _behind_box(words, number, branch, closed.end())
    close = words.rfind(CLOSING[words[0]], match.end())
    title = words[match.end() : close]
    if close < 0 or words[close + 1 :].strip() or len(title) > 60 or refers(words, match.end()):
        return None
    if title.strip() in _POINTS:
        return None
    inner = _behind(words[:close], match, "plain")
    if inner is None or inner.title:
        return None if inner is None else Mark(number, branch, inner.title, "[ ]", 0, close + 1, inner.box)
    place = (match.end() + len(title) - len(title.lstrip(" .:")), close)
    return Mark(number, branch, tidy(words[slice(*place)]), "[ ]", 0, close + 1, place)


def _behind_box(words: str, number: int, branch: int, place: int) -> Mark:
    """ "[제3조]", with the title behind it if that stands in brackets of its own: "[제3조] 【환불】"."""
    after = place + len(words[place:]) - len(words[place:].lstrip())
    close = _closing(words, after) if words[after : after + 1] in CLOSING else None
    ends = close is not None and not _WORD.match(words, close + 1)
    ends = ends and close is not None and (not refers(words, close + 1) or bool(_OWN_TEXT.match(words, close + 1)))
    title = words[after + 1 : close] if close is not None and ends else ""
    if close is None or not title.strip() or len(title) > LONGEST_BOX or _NOT_TITLE.match(title):
        return Mark(number, branch, "", "[]", 0, place)
    return Mark(number, branch, tidy(title), "[](", 0, close + 1, (after + 1, close), page=_page(words, close + 1))


def _behind(words: str, match: re.Match[str], name: str) -> Mark | None:
    """ "제3조" with what stands behind it."""
    number, branch = int(match["number"]), int(match["branch"] or 0)
    place = match.end()
    separator = re.match(r"\s*(?:[.:：．]|[-–—](?!\d))?\s*", words[place:])
    after = place + (separator.end() if separator else 0)
    sign = separator.group().strip() if separator else ""
    if words[after : after + 1] in CLOSING and after < len(words):
        close = _closing(words, after)
        if close is None:
            opened = len(words) - after <= 60
            return Mark(number, branch, "", name + words[after], 0, place, open=True) if opened else None
        title = words[after + 1 : close]
        if len(title) <= LONGEST_BOX and title.strip() and not (_NOT_TITLE.match(title) and words[close + 1 :].strip()):
            if refers(words, close + 1) and not _OWN_TEXT.match(words, close + 1):
                return None
            return Mark(
                number, branch, tidy(title), name + "(", 0, close + 1, (after + 1, close), page=_page(words, close + 1)
            )
    if not sign and refers(words, place):
        return None
    return Mark(number, branch, "", name + sign, 0, after if sign else place, page=_page(words, place))


def _closing(words: str, place: int) -> int | None:
    """The bracket that closes the one at ``place``; pages are seen that close [ by ］."""
    depth = 0
    for at in range(place, min(len(words), place + 100)):
        if words[at] in CLOSING:
            depth += 1
        elif words[at] in CLOSING.values():
            depth -= 1
            if not depth:
                return at
    return None


def refers(words: str, place: int) -> bool:
    """Whether a sentence goes on at ``place``: then the number before it is a reference."""
    if _PARTICLE.match(words, place):
        return True
    return bool(_GOES_ON.match(words + " ", place))


def _page(words: str, place: int) -> bool:
    """ "제3조 (환불) ....... 12" of a table of contents."""
    return bool(_PAGE.search(words, place))


def tidy(title: str) -> str:
    """``title`` on one line, without Markdown, page numbers and notes of amendment."""
    return " ".join(AMENDMENT.sub(" ", title).replace("**", " ").replace("\\", "").split())


def unpaged(text: str) -> str:
    """``text`` without the dots and the page number of a table of contents."""
    return _PAGE.sub("", text[:LONGEST_HEADING])
