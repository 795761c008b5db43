"""Numbers of a person: their forms, and what tells them from prices, dates, bar codes and order numbers.

Every form is bounded, so that each pattern is linear. `GAP` stands between any two digits, for people part them as
they like.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.privacy import checksums
from bot.privacy.views import GAP, HARMLESS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.privacy.views import Views

    Judge = Callable[[re.Match[str]], bool]

_ALONE, _END = r"(?<!\d)(?<!\d[-./~:_])", r"(?!\d)"
_SEP = r"[ \-._~/,:|*()\[\]]{0,4}"  # between the groups of a phone number
_TO = r"[^\d\n\x00\x01]{0,12}?"  # between what a number is called and the number
_CUT = r"[ ]?[\-._~/,:|*][ ]?|[ ]"  # between groups that are parted


_CUT_GROUP = rf"(?:{_CUT})"


def _digits(least: int, most: int) -> str:
    return rf"\d(?:{GAP}\d){{{least - 1},{most - 1}}}{_END}"


def _groups(*lengths: str) -> str:
    return _ALONE + rf"(?:{_CUT})".join(rf"\d{{{length}}}" for length in lengths) + rf"{_END}(?!-\d)"


_BANKS = (
    "은행|뱅크|카뱅|토뱅|케뱅|신한|국민|우리|하나|농협|축협|수협|신협|기업|산업|새마을금고|우체국|씨티|제일|대구"
    "|부산|광주|전북|경남|제주|저축"
    "|KB|NH|IBK|SC|KEB|iM"
)
_ACCOUNT = rf"(?:{_BANKS}|계좌|통장|입금|송금|이체|환급|예금|가상계좌)"
# what other numbers are called: names of numbers, and words right before one ("주문 20261130-1234567")
_HARMLESS = re.compile(
    r"(?:주문|접수|문의|티켓|쿠폰|상품권|승인|거래|결제|인증|등기|일련|모델|계약|사건|공고|특허|출원|상품|제품"
    r"|재고|우편|문서|관리|참조|조회|배송|예약|고객)\s?"
    r"(?:번호|코드|no\b)|운?송장|바코드|EAN|ISBN|GTIN|UPC|시리얼|품번|좌표|위도|경도|버전|version|serial|order"
    r"|invoice|barcode|tracking|OTP|해상도|비트레이트"
    r"|금액|총액|합계|매출|한도|코드|채번|문서\s?번호",
    re.IGNORECASE,
)
_HARMLESS_BEFORE = re.compile(
    r"(?:주문|접수|문의|티켓|쿠폰|승인|거래|인증|등기|택배|모델|계약|사건|공고|특허|상품|제품|재고|포트|용량|크기"
    r"|요금|가격|비용|제|no\.?)\s?[:#]?\s?$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?(?:원(?!래|주)|만\s?원|점\b|점이|개|명|건|콜|회|퍼센트|%|바이트|byte|kb|mb|gb|bps|cm|mm|km|kg|포인트|달러"
    r"|엔|위안|석|채널|자리|px|hz"
    r"|단계|규격|법칙|비율|포트|화면|플랜|점\s)",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"(?<!\d)(?<!\d[-/])(?:19|20)\d{2}(?:\s?[-./년]\s?)(?:0?[1-9]|1[0-2])(?:\s?[-./월]\s?)(?:0?[1-9]|[12]\d"
    r"|3[01])(?:\s?일)?(?![\d])"
    r"|(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)[0-2]?\d:[0-5]\d(?:\s?[~-]\s?[0-2]?\d:[0-5]\d)?(?!\d)"
)
_DAY = r"(?:(?:19|20)?\d{2}[ ]?[-./년][ ]?\d{1,2}[ ]?[-./월][ ]?\d{1,2}(?:[ ]?일)?|(?:19|20)?\d{6})(?!\d|-\d)"
_BIRTHDAYS = re.compile(
    rf"(?:생년월일|생일|출생일?|태어난\s?날)[^\d\n]{{0,8}}?(?P<called>{_DAY})|(?<!\d)(?P<born>{_DAY})(?=\s?(?:년생"
    rf"|생(?:입|이|인|\b)))"
)
_MONEY = re.compile(
    r"(?<!\d)(?<!\d[-,. ])[1-9]\d{0,17}(?:,\d{3}){0,6}\s?(?:[만천백억]{1,2}\s?)?"
    r"(?:원(?!래|주)|\s원(?:[은을이도에의]?(?![가-힣])|입니다|인데|이래|이라|이나|정|짜리)|(?:포인트|달러|바이트"
    r"|byte|kb|mb)\b)",
    re.IGNORECASE,
)
# how a number is called: what stands before it decides, however it is parted
_LABELLED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:{label}){_TO}(?P<number>(?<!\d){form})", re.IGNORECASE))
    for kind, label, form in (
        ("외국인등록번호", r"외국인\s?등록|등록증|alien", _digits(13, 13)),
        ("주민등록번호", r"주민(?:등록)?(?:\s?번호)?", _digits(13, 13)),
        ("운전면허번호", r"면허", _digits(12, 12)),
        ("사업자번호", r"사업자(?:\s?등록)?(?:\s?번호)?", _digits(10, 10)),
        ("카드번호", r"(?<!상담)카드", _digits(14, 16)),
        ("계좌번호", _ACCOUNT, _digits(10, 16)),
        (
            "전화번호",
            r"전화(?:번호)?|연락처|핸드폰|휴대폰|(?<!쿠)폰\s?번호|팩스|\bfax|\btel|\bhp|\bphone|콜백",
            _digits(8, 12),
        ),
    )
)
_RESIDENT = (
    rf"{_ALONE}(?P<born>\d{GAP}\d{GAP}[01]{GAP}\d{GAP}[0-3]{GAP}\d)(?P<cut>{GAP})(?P<rest>[1-8](?:{GAP}\d){{6}}){_END}"
)
_MOBILE = rf"{_ALONE}(?:(?:\+{_SEP}?)?82{_SEP}(?:0{_SEP})?|0{_SEP})1{_SEP}(?P<kind>[016789])(?:{_SEP}\d){{7,8}}{_END}"
_LAND = (
    rf"{_ALONE}\(?(?:(?:\+{_SEP}?)?82{_SEP}0?|0)(?:2|[3-6][1-5]|70|50\d|80"
    rf"|30\d){_SEP}\d{{3,4}}{_SEP}\d{{4}}{_END}(?!-\d)"
)
_COMMON = (
    rf"{_ALONE}(?:15(?:22|33|44|66|77|88|99)|16(?:00|44|61|66|68|70|88)|18(?:00|11|33|55|77"
    rf"|99))(?:{_CUT})\d{{4}}{_END}(?![-.]\d)"
)
_CARD = (
    _groups("4", "4", "4", "3,4"),
    rf"{_ALONE}\d{{4}}(?:{_CUT})\d{{6}}(?:{_CUT})\d{{4,5}}{_END}",
    rf"{_ALONE}\d{{15,16}}{_END}",
)
_ACCOUNTS = tuple(
    tuple(form.split("-"))
    for form in (
        *("3-3-6", "3-2-6", "6-2-6", "4-3-6", "4-2-7", "3-6-5", "3-4-4-2", "4-4-4-1", "3-6-2-3"),
        *("4-4-4", "3-4-6", "3-2-5-1", "3-2-6-1"),
    )
)
_LICENSE = (
    rf"{_ALONE}(?:1[1-9]|2[0-8])(?:{_CUT})\d{{2}}(?:{_CUT})\d{{6}}(?:{_CUT})\d{{2}}{_END}"
    rf"|(?:서울|부산|경기|강원|충북|충남|전북|전남|경북|경남|제주|대구|인천|광주|대전|울산)[ "
    rf"-]?\d{{2}}(?:{_CUT})\d{{6}}(?:{_CUT})\d{{2}}{_END}"
)


def _is_resident(match: re.Match[str]) -> bool:
    """A birthday, and: parted behind it, or the check digit, or nothing else that it may be."""
    digits = _only_digits(match[0])
    if checksums.birthday(digits) is None:
        return False
    return bool(match["cut"]) or checksums.resident(digits) or not _harmless(match)


def _is_foreign(match: re.Match[str]) -> bool:
    return match["rest"][0] in "5678" and _is_resident(match)


def _is_mobile(match: re.Match[str]) -> bool:
    digits = _only_digits(match[0]).removeprefix("82").lstrip("0")
    groups = re.findall(r"\d+", match[0])
    listed = len(groups) > 2 and max(map(len, groups)) == 3  # 010, 011, 016: prefixes that are told one by one
    return len(digits) >= (10 if match["kind"] == "0" else 9) and not listed


def _is_card(match: re.Match[str]) -> bool:
    digits = _only_digits(match[0])
    return (checksums.luhn(digits) and digits[0] in "34569") or not _harmless(match)


def _is_business(match: re.Match[str]) -> bool:
    return checksums.business(_only_digits(match[0])) or not _harmless(match)


def _is_phone(match: re.Match[str]) -> bool:
    return not _named_otherwise(match)


def _is_unknown(match: re.Match[str]) -> bool:
    """A long number without a form: personal as long as nothing says what else it is."""
    return not (_harmless(match) or checksums.is_bar_code(match[0]))


def _is_account(match: re.Match[str]) -> bool:
    groups = re.findall(r"\d+", match[0])
    years = all(re.fullmatch(r"(?:19|20)\d\d", group) for group in groups[:3])
    even = all(group.endswith("0") for group in groups)
    return 9 <= sum(map(len, groups)) <= 16 and not years and not even and not _harmless(match)


_FORMS: tuple[tuple[str, re.Pattern[str], Judge], ...] = (
    ("외국인등록번호", re.compile(_RESIDENT), _is_foreign),
    ("주민등록번호", re.compile(_RESIDENT), _is_resident),
    ("주민등록번호", re.compile(rf"{_ALONE}\d{{6}}{GAP}[1-8]\*{{6}}(?!\*)"), lambda _: True),
    (
        "주민등록번호",
        re.compile(rf"{_ALONE}\d{{6}}[^\d\n]{{0,8}}(?:뒷|뒤)(?:자리|번호)?[^\d\n]{{0,8}}[1-8](?:{GAP}\d){{6}}{_END}"),
        lambda _: True,
    ),
    ("카드번호", re.compile("|".join(_CARD)), _is_card),
    ("운전면허번호", re.compile(_LICENSE), _is_unknown),
    ("전화번호", re.compile(rf"\(?{_MOBILE}"), _is_mobile),
    ("계좌번호", re.compile("|".join(_groups(*lengths) for lengths in _ACCOUNTS)), _is_account),
    ("전화번호", re.compile(rf"{_LAND}|{_COMMON}"), _is_phone),
    ("사업자번호", re.compile(_groups("3", "2", "5")), _is_business),
    ("계좌번호", re.compile(rf"{_ALONE}\d{{2,6}} ?- ?\d{{2,6}} ?- ?\d{{2,7}}(?: ?- ?\d{{1,3}})?{_END}"), _is_account),
    ("전화번호", re.compile(rf"{_ALONE}10{_CUT_GROUP}\d{{4}}{_CUT_GROUP}\d{{4}}{_END}"), _is_phone),
    ("번호", re.compile(rf"(?<!\d)\d{{9,16}}{_END}|\d{{17,64}}"), _is_unknown),
)


def find_birthdays(views: Views) -> list[tuple[str, int, int]]:
    """Kind, start and end in ``views`` of dates that are called a birthday."""
    return [("생년월일", *match.span(match.lastgroup or 0)) for match in _BIRTHDAYS.finditer(views.digits)]


def blank_harmless(views: Views) -> None:
    """Take dates, times and prices out of ``views``."""
    for pattern in (_DATES, _MONEY):
        views.blank([match.span() for match in pattern.finditer(views.digits)], HARMLESS)


def find_numbers(views: Views) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end in ``views`` of each number; what is found is blanked before the next kind is looked for."""
    for kind, labelled in _LABELLED:
        found = [m.span("number") for m in labelled.finditer(views.digits) if not _is_other(m)]
        views.blank(found)
        yield from ((kind, *span) for span in found)
    for kind, form, judge in _FORMS:
        found = [_trimmed(m) for m in form.finditer(views.digits) if judge(m)]
        views.blank(found)
        yield from ((kind, *span) for span in found)


def _is_other(match: re.Match[str]) -> bool:
    """Between the label and the number stands what it really is: "우체국 등기 …", "카드 승인번호 …"."""
    gap = match.string[match.start() : match.start("number")]
    return bool(_HARMLESS.search(gap) or _HARMLESS_BEFORE.search(gap) or _UNIT.match(match.string, match.end()))


def _named_otherwise(match: re.Match[str]) -> bool:
    """A name of other numbers stands beside it."""
    text, start, end = match.string, match.start(), match.end()
    return bool(_HARMLESS.search(text[max(0, start - 14) : start]) or _HARMLESS.search(text[end : end + 8]))


def _harmless(match: re.Match[str]) -> bool:
    """What stands beside a number says that it is an order, a bar code, an amount; or it begins like a date."""
    text, start, end = match.string, match.start(), match.end()
    dated = end - start > 13 and bool(_DATES.match(match[0][:8]))
    before = _HARMLESS_BEFORE.search(text[max(0, start - 10) : start])
    return dated or bool(before or _UNIT.match(text, end)) or _named_otherwise(match)


def _only_digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Without the bracket before a number that has none behind it: "(010-…" of "(010-…)" is left in its brackets."""
    bracket = match[0].startswith("(") and ")" not in match[0]
    return match.start() + bracket, match.end()
