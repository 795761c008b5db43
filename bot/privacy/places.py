"""Postal addresses: a road or a quarter with its number, a flat, a floor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.privacy.published import in_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.privacy.views import Views

_PROVINCE = (
    "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|충청북|충청남|전라북|전라남"
    "|경상북|경상남"
)
_PROVINCES = rf"(?:{_PROVINCE})(?:특별자치시|특별자치도|특별시|광역시|시|도)?"
_DISTRICT = r"[가-힣]{1,5}(?:시|군|구)"
_QUARTER = r"[가-힣]{1,6}\d{0,2}(?:동|읍|면|리|가)"
_ROAD = r"[가-힣]{1,8}\d{0,3}(?:로|길)(?:\s?\d{1,3}(?:번)?길)?"
_NUMBER = r"\d{1,5}(?:-\d{1,4})?(?:\s?번지|\s?번길\s?\d{1,4}(?:-\d{1,3})?)?"
_BUILDING = (
    r"[가-힣A-Za-z0-9]{0,12}(?:아파트|빌딩|오피스텔|빌라|타워|맨션|주택|센터|하우스|캐슬|자이|푸르지오|힐스테이트"
    r"|래미안|상가|프라자|원룸|고시원|연립|apt)"
)
_FLAT = r"(?:\d{1,4}\s?동\s?\d{1,4}\s?호|\d{1,4}\s?호(?!선|기|봉)|(?:지하\s?)?\d{1,3}\s?층)"
_DETAIL = rf"(?:[ ,(]{{0,3}}(?:{_BUILDING}(?:\s?[A-Z]?\d{{1,3}}동)?|{_FLAT}|{_QUARTER}(?=\)))){{0,4}}"
# what a number behind 로 or 길 counts, so that it is no number of a house: 앞으로 3개월, 카드로 50000원; nor is the
# beginning of a longer one, of a phone behind a name that ends like a quarter
_COUNTED = (
    r"(?!\d|[,.-]\d|\s?(?:원|만|천|백|억|개|명|번(?!지|길)|회|일|월|년|시|분|초|주|배|점|건|콜|석|대|곳|장|가지"
    r"|단계|등|위|권|편|퍼센트|%|m\b|km|cm|kg|g\b"
    r"|인(?!데)|출구|호선|차|세|살|박|달|자|글자|가구|채널|요금|행사|코드))"
)
_WHOLE = re.compile(
    rf"(?<![가-힣])(?:\(?\d{{5}}\)?\s?)?(?:{_PROVINCES}(?=\s?[가-힣])\s?(?:{_DISTRICT}\s?){{0,2}}"
    rf"|(?:{_DISTRICT}\s(?=[가-힣])){{1,2}})(?:{_QUARTER}\s?){{0,2}}"
    rf"(?:(?:{_ROAD}\s?)?{_NUMBER}{_COUNTED}|{_BUILDING}\s?{_FLAT}){_DETAIL}"
    rf"|(?<![가-힣]){_PROVINCES}\s(?:{_DISTRICT}\s){{1,2}}[가-힣]{{1,6}}\d{{0,2}}(?:동|읍|리|로|길)(?=\s|$|[,.]|에"
    rf"|으로|인데|입니다|이에요|예요|이고)"
)
_ROADS = re.compile(
    rf"(?<![가-힣])(?P<road>[가-힣]{{2,8}}\d{{0,3}}(?:로"
    rf"|길)(?:\s?\d{{1,3}}번?길)?)\s?(?P<number>{_NUMBER}){_COUNTED}(?P<detail>{_DETAIL})"
)
_QUARTERS = re.compile(
    rf"(?<![가-힣])[가-힣]{{1,6}}\d{{0,2}}(?:동|읍|면|리)\s?(?:\d{{1,5}}(?:-\d{{1,4}})?\s?번지{_DETAIL}"
    rf"|\d{{1,5}}-\d{{1,4}}{_COUNTED}{_DETAIL}"
    rf"|{_BUILDING}\s?{_FLAT}{_DETAIL})"
)
_FLATS = re.compile(
    rf"(?:(?<![가-힣A-Za-z0-9]){_BUILDING}\s?)?(?<![\d제])\d{{1,4}}\s?동\s?\d{{1,4}}\s?호(?!선)"
    rf"|(?<![가-힣A-Za-z0-9]){_BUILDING}\s?\d{{3,4}}\s?호"
)
_LIVES = re.compile(
    r"주소|배송지|청구지|거주|사업장|우리\s?집|저희\s?집|제\s?집|집은|사무실|매장|가게|본점|지점|설치\s?장소"
    r"|설치지|받는\s?곳|보낼\s?곳|사는\s?곳|위치|계약서"
)
_SENT = re.compile(
    r"(?:\s?(?:으?로|에|에서)\s?(?:보내|배송|발송|우편|부쳐|부치|사는|살|거주|이사|옮|설치|와\s?주|방문|위치|있는"
    r"|등기)|\s?(?:입니다|이에요|예요|인데|이고|이요)|\s?(?:이전|거주))"
)
_PARTICLE_WORDS = re.compile(
    r"^(?:.*으로$|앞으|뒤|바|별|서|따|새|홀|실제|스스|제|그대|이대|저대|마음대|뜻대|최대|절대|임의|대체|별도|추가"
    r"|무료|유료|카드|계좌|현금|월|연|년|일시불|할부|자동으|수동으|기본으|새로|위|아래)[으]?로"
)


def find_addresses(views: Views) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end in ``views``; what is found is blanked before the next form is looked for."""
    for pattern in (_WHOLE, _QUARTERS, _ROADS, _FLATS):
        found = [m.span() for m in pattern.finditer(views.plain) if pattern is not _ROADS or _is_road(m)]
        views.blank(found)
        yield from (("주소", *span) for span in found)


def _is_road(match: re.Match[str]) -> bool:
    """로 is a particle, too: it is a road with 번지, 번길, a flat, or with words of living and sending beside it."""
    text = match.string
    if _PARTICLE_WORDS.match(match["road"]) or re.match(r"(?:19|20)\d\d-", match["number"]) or in_terms(match["road"]):
        return False
    if match["detail"] or re.search(r"-|번", match["number"]) or re.search(r"\d", match["road"]):
        return True
    before = text[max(0, match.start() - 20) : match.start()]
    return bool(_LIVES.search(before) or _SENT.match(text, match.end()))
