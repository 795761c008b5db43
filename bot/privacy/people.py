"""Names of persons, told by a title behind or a word before them and by the syllables that names are made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.privacy.common_words import COMMON
from bot.privacy.published import is_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.privacy.views import Views

_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕"
    "금옥육인맹제모탁국어은편용예경봉사부가복태목형두감음빈동온범좌팽승간상갈시단견당"
)
_DOUBLE = "남궁|황보|제갈|사공|선우|서문|독고|동방|어금|망절"
_GIVEN = (
    "가강건겸경고곤관광교구국권규균근금기길나난남내노다단달담대덕도동두라란람랑래려련령로록롱루류륜률름리린림마만말매명모목무문미민바반범별병"
    "보복본봄봉부빈빛사산삼상새샘서석선설섭성세소손솔송수숙순슬승시식신심아안애양언연열영예오옥온완용우욱운웅원월유윤율은을음이익인일임자장"
    "재전정제조종주준중지진찬창채천철청초춘충치태택하학한해향헌혁현형혜호홍화환황효후훈휘희흠힘늘롬솜별빛결찬엘른휼울름"
)
_LAST = (
    "준진훈민현석혁철호완건솔봄별결찬균환웅빈린윤영희숙선정경미란혜은연수원우욱섭식태"
    "택표필학한협형화효후휘산강설슬아율채"
)
_TITLES = (
    "과장|대리|부장|차장|팀장|실장|본부장|센터장|지점장|점장|국장|소장|원장|이사|상무|전무|부사장|사장|대표|회장"
    "|주임|사원|매니저|책임|선임|수석"
    "|선생|교수|변호사|기사|간호사|약사|의사|박사|계장|반장|파트장|그룹장|프로|코치|작가|기자|목사|형사|강사|직원"
)
_ROLES = (
    "고객|회원|상담원|상담사|담당자|담당|가입자|사용자|이용자|신청자|명의자|명의|어르신|어머니|아버지|학생|환자|본인"
)
_NAME3 = rf"(?:(?:{_DOUBLE})[{_GIVEN}]{{1,2}}|[{_SURNAMES}][{_GIVEN}]{{2}})"
_NAME = rf"(?:{_NAME3}|[{_SURNAMES}][{_LAST}])"
_BEHIND = re.compile(
    rf"(?<![가-힣])(?P<name>{_NAME3}) ?(?:(?:{_TITLES})(?:님|들|이|가|은|는|께|한테|에게|도|을|를|의|과|와|랑|이랑"
    rf"|하고|입니다|인데|앞으로|로|으로)*(?![가-힣])"
    rf"|(?:{_ROLES})(?:님|분)?(?:이|가|은|는|께|한테|에게|도|을|를|의|과|와|인데|입니다|이고|이신데|앞으로|으로"
    rf"|로)*(?![가-힣]))"
    rf"|(?<![가-힣])(?P<short>[{_SURNAMES}][{_LAST}]) (?:(?:{_TITLES})님|(?:과장|대리|부장|차장|팀장|실장|본부장"
    rf"|주임|매니저)(?:이|가|은|는|께|한테|에게|도|을|를|와|과|랑|이랑)(?![가-힣]))"
    rf"|(?<![가-힣])(?P<called>{_NAME3})(?:님| ?씨)(?![가-힣]{{0,1}}앗)"
    rf"|(?<![가-힣])(?P<pair>[{_SURNAMES}][{_LAST}]) ?씨(?=[가는를도한께에랑의 ,.!?]|$)"
)
_BESIDE = re.compile(
    rf"(?<![가-힣])(?P<beside>{_NAME3})(?=[ ,/(:]{{1,3}}\x00|\s(?:주민|연락처|전화번호|핸드폰|휴대폰|계좌|명의"
    rf"|생년월일|폰번호|010))|(?:^|안녕하세요[,.!~ ]{{0,3}}|\n)(?P<first>{_NAME3})(?=입니다|이라고 |라고 |인데요"
    rf"|이에요|예요)"
    rf"|\x00[ ,/]{{1,3}}(?P<behind>{_NAME3})(?=$|[,/.)]|입니다|이에요|예요|이고)"
)
_ENDS = (
    r"(?=\s|[,./)\]:;!?]|$|이?(?:라고|라는|라|고요?|에요|예요|구요|며|요|랑|여서|어서)|입니다|인데|으?로|한테|에게|께"
    r"|씨|님|이가|[이가은는을를의도](?![가-힣])|으?로서|이신|이었|였)"
)
_CALLS = (
    "성함|성명|이름|예금주|명의자|가입자|가입자명|계약자|계약자명|대표자|대표자명|담당자|담당자명|받는\\s?(?:사람"
    "|분)|보내는\\s?(?:사람|분)|수령인|수취인|신청인|신청자"
    "|상담원|상담사|본인|보호자|배우자|대리인|고객명|수신|수신자|회원명|입금자|입금자명|기사|작성자|환자|남편"
    "|아내|어머니|아버지|아들|딸"
)
_BEFORE = re.compile(
    rf"(?:{_CALLS})(?:(?:은|는|이|가|님|님은|명은|명이|란에|에)?\s?[:=]\s?|(?:은|는|이|가|님|님은|명은|명이|란에"
    rf"|에)?\s|(?:은|는|이)(?=[가-힣]{{3}}))[\"'“(]?(?P<name>{_NAME}){_ENDS}"
    rf"|(?<![가-힣])(?:저는|저|전|나는|제가|저희는)\s(?P<self>{_NAME})(?=이?라고|입니다|인데|이에요|예요|이고|이라|라 )"
    rf"|\b(?:name|my name is)\s?[:is]{{0,2}}\s?(?P<latin>[A-Z][a-z]{{1,15}}(?:\s[A-Z][a-z]{{1,15}}){{1,2}})"
)


def find_names(views: Views) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end in ``views`` of each name."""
    for pattern in (_BEHIND, _BEFORE, _BESIDE):
        for match in pattern.finditer(views.plain):
            group = match.lastgroup or "name"
            if not _is_known(match[group], whole=group == "called"):
                yield ("이름", *match.span(group))


def _is_known(name: str, *, whole: bool) -> bool:
    """A word of everyday or of the company's data; unless ``whole``, also what such a word begins."""
    return name in COMMON or (not whole and name[:2] in COMMON) or is_word(name)
