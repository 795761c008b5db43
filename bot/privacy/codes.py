"""Mail addresses, passports, plates of cars and addresses of computers: what is told by letters and digits together."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.privacy.views import Views

_AT = r"(?:\s?@\s?|\s?[(\[{<]\s?(?:at|a|@|골뱅이)\s?[)\]}>]\s?|\s?골뱅이\s?)"
_DOT = r"(?:\s?[.,]\s?|\s?(?:점|쩜|닷|dot)\s?)"
_TOP = r"(?:com|net|org|kr|co|ac|go|or|re|pe|io|me|edu|gov|biz|info|jp|cn|us|컴|넷|kr|한국|닷컴)"
_SITES = (
    "naver|네이버|gmail|지메일|쥐메일|google|구글|daum|다음|hanmail|한메일|kakao|카카오|nate|네이트|hotmail|핫메일"
    "|yahoo|야후|outlook|아웃룩|icloud"
)
_LOCAL = r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}"
_MAIL = re.compile(
    rf"{_LOCAL}{_AT}(?:[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{0,5}}\.[A-Za-z]{{2,24}}"
    rf"|(?:[A-Za-z0-9-]{{1,63}}{_DOT}){{1,4}}{_TOP}(?![A-Za-z])"
    rf"|(?:{_SITES})(?:(?:{_DOT}){{1,2}}{_TOP}(?![A-Za-z])){{0,2}}"
    r"|(?:[\w-]{1,63}\.){1,4}[가-힣]{2,4})"
    rf"|{_LOCAL}\sat\s(?:(?:{_SITES})(?:{_DOT}{_TOP}){{0,2}}|[A-Za-z0-9-]{{1,63}}(?:\sdot\s[A-Za-z]{{2,10}}){{1,3}})"
    r"|(?<![\w.])[\w.+-]{1,64}\s?@\s?(?:[\w-]{1,63}\.){1,4}(?:한국|닷컴|닷넷|com|net|kr|org)(?![A-Za-z])",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    r"(?<![A-Za-z0-9])(?:[MSRODG]\d{3}[A-Z]\d{4}|[MSRODG]\d{8}|(?:PM|PS|PR|PO|PD)\d{7})(?![A-Za-z0-9])"
    r"|여권[^\dA-Za-z\n\x00]{0,12}(?P<number>[A-Za-z]{1,2}[ -]?\d(?:[ -]?[\dA-Za-z]){6,8}(?![A-Za-z0-9]))"
    r"|(?<![A-Za-z0-9])(?P<low>[msr]\d{8})(?![A-Za-z0-9])"
)
_REGIONS = "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
_LETTERS = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자하허호배"
_PLATE = re.compile(
    rf"(?:(?:{_REGIONS})\s?)?(?<![\d제.])\d{{2,3}}[\s-]?[{_LETTERS}][\s-]?\d{{4}}(?!\d|\s?(?:원|명|개|건|콜|년|회"
    rf"|석|번(?!호)|점|만|천|%|km|m\b|,\d|판결))"
)
_CLAUSE_UNITS = frozenset("조호주도로")  # of 10조 2000, 12주 3000, 50도 1000: only written together they are of a plate
_CARS = re.compile(r"차|번호판|주차")
_MAC = re.compile(r"(?<![0-9A-Za-z:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![0-9A-Za-z:-])")
_ACCOUNT_NAME = re.compile(
    r"(?:아이디|\bid\b|계정)(?:는|은|가"
    r"|이)?\s?[:=]?\s?(?P<name>(?=[\w.-]{0,30}[A-Za-z])[A-Za-z0-9][A-Za-z0-9_.-]{3,30})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_V4_CALLED = re.compile(
    r"(?:아이피|\bIP)[^\d\n\x00]{0,10}?(?P<number>\d{1,3}(?:[ .,-]{1,2}\d{1,3}){3})(?!\d|[.,]\d)", re.IGNORECASE
)
_V4 = re.compile(
    r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\d|\.\d)(?::\d{2,5}(?!\d))?"
)
_V6 = re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{1,4}:|:){2,8}[0-9A-Fa-f]{0,4}(?![\w:])", re.ASCII)
_VERSION = re.compile(r"버전|버젼|version|ver\.?|업데이트|릴리스|빌드|펌웨어|[vV]\s?$", re.IGNORECASE)


def find_mails(views: Views) -> list[tuple[str, int, int]]:
    """Mail addresses, however the @ and the dots are written. Kind, start, end in ``views``."""
    return [("이메일", *match.span()) for match in _MAIL.finditer(views.plain)]


def find_codes(views: Views) -> Iterator[tuple[str, int, int]]:
    """Passports, plates and addresses of computers: kind, start, end in ``views``."""
    for match in _PASSPORT.finditer(views.plain):
        group = next((name for name in ("number", "low") if match[name]), 0)
        if group != "low" or "여권" in match.string[max(0, match.start() - 20) : match.end() + 10]:
            yield ("여권번호", *match.span(group))
    for match in _PLATE.finditer(views.plain):
        parted = any(sign.isspace() for sign in match[0].strip()[2:])
        called = _CARS.search(match.string[max(0, match.start() - 12) : match.start()])
        if called or not (parted and _CLAUSE_UNITS & set(match[0])):
            yield ("차량번호", *match.span())
    for match in _V4.finditer(views.plain):
        beside = match.string[max(0, match.start() - 10) : match.start()], match.string[match.end() : match.end() + 8]
        if not any(_VERSION.search(words) for words in beside):
            yield ("IP주소", *match.span())
    yield from (("IP주소", *match.span("number")) for match in _V4_CALLED.finditer(views.plain))
    yield from (("기기주소", *match.span()) for match in _MAC.finditer(views.plain))
    yield from (("아이디", *match.span("name")) for match in _ACCOUNT_NAME.finditer(views.plain))
    yield from (("IP주소", *match.span()) for match in _V6.finditer(views.plain) if _is_v6(match[0]))


def _is_v6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return len(text) > 4
