"""The grammar of what stands above and behind the 조: headings of 편, 장, 절 and 관, 부칙, appendices."""

from __future__ import annotations

import re

from index.headings import CLOSING, refers, tidy, unpaged
from index.lines import core

_CHAPTER = re.compile(
    r"[\[［【〔〈<「(]?\s*(?:제|第)\s*(?P<number>\d{1,3}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[일이삼사오육칠팔구십]{1,3})\s*(?P<level>[편장절관])"
    r"(?:\s*+의\s*+\d{1,2})?(?![가-힣])(?P<title>.*)$",
    re.DOTALL,
)
_ADDENDUM = re.compile(
    r"[\[［【〔〈<「(]?\s*+(?:부\s*+칙|附\s*+則)\s*+[\]］】〕〉>」)]?"
    r"(?:\s*+(?:\([^()]{0,80}\)|<[^<>]{0,80}>|\[[^\[\]]{0,80}\]|〈[^〉]{0,80}〉|제\s*+\d++\s*+[호차]))*+(?P<colon>\s*+[:：])?"
)
_WRAPPED_ADDENDUM = re.compile(r"(?:\S{1,6}\s+)?부\s*칙\s*<[^<>]{0,60}(?:호|\d{4})[^<>]{0,40}>(?:\s+\S{1,8})?$")
_IN_FORCE = re.compile(r"\s(?:[①1(제]|.{0,60}(?:시행|적용|효력)(?:합니다|한다|됩니다|된다))")
APPENDIX = re.compile(
    r"[<\[(【〈]?\s*(?:(?:별첨|별표|별지|붙임|서식)\s*(?:$|[\d제>\])】〉:.|]|다운로드\s*$)|\(?이하\s*(?:내용\s*)?생략)"
)


def read_chapter(text: str) -> tuple[str, str] | None:
    """The level (편, 장, 절, 관) and the text of the heading of 편, 장, 절 or 관, or None."""
    _, words = core(text)
    match = _CHAPTER.match(words)
    if not match:
        return None
    title = tidy(unpaged(match["title"]))
    sentence = len(title) > 60 or (title.endswith(("다.", "다", ".")) and len(title) > 12)
    if sentence or refers(words, match.start("title")) or re.match(r"제\s*\d+\s*조", title):
        return None
    heading = tidy(unpaged(words)).strip()
    if words[0] in CLOSING:
        heading = heading[1:].removesuffix(CLOSING[words[0]]).strip()
    return match["level"], heading


def read_addendum(text: str) -> tuple[int, str] | None:
    """Where the heading 부칙 ends in ``text`` (its first sentence may follow), and the heading, or None."""
    begin, words = core(text)
    if _WRAPPED_ADDENDUM.match(words):
        return begin + len(words), tidy(words)
    match = _ADDENDUM.match(words)
    if not match:
        return None
    rest = words[match.end() :]
    if rest.strip() and not match["colon"] and not _IN_FORCE.match(rest):
        return None
    return begin + match.end(), " ".join(match.group().rstrip(" :：").split())
