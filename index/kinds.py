"""Which kind of thing a question asks for: 금액, 기간, 횟수 …, read off what it asks, not off its story.

"작년에 3번 연체했는데 이자는 몇 프로예요?" asks for a 비율: what counts is the last asking phrase, its focus.
"""

from __future__ import annotations

import re

from index.question_form import QUESTION_WORD, yes_no_probability

YES_NO = "예·아니요"
# a value of one of these is a number or a point in time: a clause either states one or does not
MEASURED = frozenset({"금액", "비율", "횟수", "개수", "한도", "기간", "기한", "날짜", "요일·시각", "빈도"})
# which values of a clause answer a question of a kind
ANSWERED_BY = {
    "금액": {"금액", "한도"},
    "비율": {"비율"},
    "횟수": {"횟수"},
    "개수": {"개수", "한도"},
    "한도": {"한도", "금액", "개수", "횟수"},
    "기간": {"기간", "기한", "날짜"},
    "기한": {"기한", "기간", "날짜"},
    "날짜": {"날짜", "기한", "기간"},
    "요일·시각": {"요일·시각"},
    "빈도": {"빈도"},
}

LIKELY = 0.4  # probability from which a question asks for yes or no
_SENTENCE = re.compile(r"(?<=[?？!.])\s{1,9}|\n+")
# what asks for a kind, most telling kinds first where two rules end in one place
_WORDS: dict[str, tuple[str, ...]] = {
    "비율": (
        *(
            r"몇\s{0,9}(?:퍼(?:센트|센)?|프로|%|할|배|푼)",
            "비율",
            "이자율",
            r"요율(?:이|은)?\s{0,9}(?:얼|몇|어)",
            "할인율",
            "수수료율",
        ),
        *(
            r"퍼센트(?:나|로|예|인|\?)",
            r"프로(?:예|에|나|인)요?\s{0,9}\?",
            "what percent",
            "interest rate",
            "how many percent",
        ),
    ),
    "빈도": (
        *(
            r"얼마나\s{0,9}자주",
            r"몇\s{0,9}(?:일|날|주일?|개월|달|년|시간|분|초|영업일|주)\s{0,9}(?:마다|에\s{0,9}(?:한|몇)\s{0,9}번)",
        ),
        *(
            r"(?:하루|일주일|일주|한\s{0,9}주|주|한\s{0,9}달|달|월|일\s{0,9}년|한\s{0,9}해|년|연|매년|분기|반기|매월|매주|매일)에?\s{0,9}(?:몇|한)\s{0,9}번(?:씩)?",
            r"(?:점검|갱신|변경|백업|교체|발송|보고|리포트|청구|결제|업데이트|검사)\s{0,9}주기|주기(?:가|는\s{0,9}어|\s{0,9}\?)",
            "빈도",
        ),
        *("며칠마다", r"얼마\s{0,9}만에\s{0,9}한\s{0,9}번", "how often"),
    ),
    "요일·시각": (
        *(r"몇\s{0,9}시(?!간)", r"무슨\s{0,9}요일", r"어느\s{0,9}요일", "요일", "몇시(?!간)", "시각이"),
        *(
            "(?:주말|토요일|일요일|공휴일|점심|야간|새벽|밤|저녁)에도",
            r"(?:운영|영업|상담|근무|업무)\s{0,9}시간",
            "what time",
            "opening hours",
        ),
        "what day of the week",
    ),
    "횟수": (
        *(
            r"몇\s{0,9}(?:번(?!지|호|째\s{0,9}조)|회|차례|차)(?!\S{0,20}\s{0,9}(?:조|항))",
            "횟수",
            "몇번(?!지|호)",
            "how many times",
        ),
    ),
    "기간": (
        *(r"얼마나\s{0,9}(?:걸|오래|있|기다|지나|남|전|보관|유지|지속)", r"얼마\s{0,9}(?:만에|동안|안에|뒤|후|전)"),
        *(
            r"몇\s{0,9}(?:일|날|주일?|개월|달|년|시간|분|초|영업일|주)(?!\s{0,9}에\s{0,9}몇)",
            "며칠",
            "몇칠",
            r"기간(?:이|은|도)?\s{0,9}(?:얼|몇|어|정|따|있)",
        ),
        *(
            r"(?:얼마나|언제까지)\s{0,9}(?:보관|저장|유지)",
            "몇주",
            "몇달",
            "몇년",
            "몇일",
            "몇시간",
            "몇분(?!이)",
            "how long",
        ),
        *("how many (?:days|weeks|months|years|hours|minutes)", "how soon", "how far in advance"),
    ),
    "기한": (*("언제까지", r"까지\s{0,9}(?:내|해)야", "기한", "마감", "데드라인", "늦어도", "by when", "deadline"),),
    "날짜": (
        *(
            r"언제(?:부터|쯤|예|인|고|야|에|죠|\?|이|$|\s)",
            "며칠(?:날|자)",
            r"몇\s{0,9}월",
            "몇월",
            "날짜",
            r"매월\s{0,9}며칠",
            r"몇\s{0,9}일(?:에|날|자)",
        ),
        *("시행일", r"^\W*when (?:can|do|does|is|are|will|must|should|did)\b"),
    ),
    "개수": (
        r"몇\s{0,9}(?:명|분이|사람|개(?!월)|대|부|장|군데|곳|가지|자리|글자|자|석|채|통|건|종|인|좌석|계정|줄|쪽|페이지|평|층|기가|GB|TB|MB)",
        *(
            "몇(?:명|개(?!월)|대|부|장|곳|군데|가지|자|통|건)",
            "개수",
            r"인원(?:이|은)?\s{0,9}(?:몇|얼)",
            r"최대\s{0,9}몇",
            "how many",
        ),
    ),
    "금액": (
        r"어느\s{0,9}정도",
        *(
            r"얼마(?!나\s{0,9}(?:자주|걸|오래|일찍|빨리|미리|전|된|남|많|지)|\s{0,9}(?:만에|동안|안에|뒤|후|전))",
            "얼만",
            "을마",
            "금액(?:이|은)?",
            "가격",
            r"비용(?:이|은)\s{0,9}(?:얼|어)",
        ),
        *(
            "단가",
            r"몇\s{0,9}(?:만\s{0,9}|천\s{0,9}|백\s{0,9})*원",
            r"몇\s{0,9}(?:만|억|천)",
            "값(?:이|은)",
            "how much",
            "price",
            "cost",
            r"fee\b",
        ),
    ),
    "한도": (
        *(
            "한도",
            "상한",
            "하한",
            "최대",
            "최소",
            "최저",
            "이상이어야",
            r"몇\s{0,9}살",
            r"몇\s{0,9}세",
            r"나이(?:가|는|\s{0,9}제한)",
            "용량",
            "limit",
            "maximum",
        ),
        "minimum",
    ),
    "누구": (
        *(
            "누가",
            "누구",
            "누굴",
            "누군",
            "뉘",
            "담당자",
            "책임자",
            r"어느\s{0,9}(?:부서|팀|쪽|분)",
            r"무슨\s{0,9}(?:부서|팀)",
            r"who\b",
            "whose",
        ),
        "whom",
    ),
    "어디": (
        *("어디", r"어느\s{0,9}(?:법원|나라|지역|지점|곳|페이지|메뉴|화면)", "주소", "위치", r"where\b", "which court"),
    ),
    "문서": (
        *(
            "서류",
            "양식",
            "증빙",
            "구비",
            "서식",
            "첨부",
            r"무슨\s{0,9}문서",
            r"어떤\s{0,9}문서",
            r"documents?\b",
            "paperwork",
            r"form\b",
        ),
    ),
    "까닭": (*("왜", "이유", "까닭", "근거가", r"why\b"),),
    "뜻": (
        *(
            r"뭔\s{0,9}(?:뜻|말)",
            r"무슨\s{0,9}(?:뜻|말|의미)",
            "뜻이",
            "의미",
            "정의",
            r"(?:이란|란)\s{0,9}(?:게|뭐|무엇)",
            "what does .* mean",
        ),
        *("definition", "meaning"),
    ),
    "절차": (
        *(
            "절차",
            "순서",
            "단계",
            "과정",
            "프로세스",
            r"신청\s{0,9}(?:은|을|하)",
            r"어떻게\s{0,9}(?:신청|접수|해지|탈퇴|진행|하)",
            "procedure",
            "process",
        ),
        *("how do (?:i|we)", "how can"),
    ),
    "목록": (
        *(
            "종류",
            "목록",
            r"어떤\s{0,9}(?:것|거|게|경우|서비스|기능|항목)",
            "무엇무엇",
            "뭐뭐",
            r"뭐가\s{0,9}(?:있|포함)",
            r"뭘\s{0,9}(?:해|제공)",
            r"list\b",
        ),
        "what kinds?",
    ),
    "방법": (
        *(
            "어떻게",
            r"어떤\s{0,9}(?:식|방법|방식|수단|경로)",
            r"무슨\s{0,9}(?:수로|방법)",
            "방법",
            "방식",
            "문자(?:로|예|에)",
            "메일(?:로|이)",
            r"how\b",
        ),
    ),
}
_RULES = {kind: re.compile("|".join(words), re.IGNORECASE) for kind, words in _WORDS.items()}
# "몇 번 밀리면 끊기는지 설명은 없나요?", "누구든": a question word that asks nothing
_NOT_WH = re.compile(
    r"(?:뭐|무엇|누구|어디|언제|어떤)(?:든|라도|나(?=\s)|인가\s)|얼마(?:든|라도)|몇\s{0,9}(?:번|달|년|개|명|가지)\s{0,9}(?:이상|넘|밀렸|연체했)"
    r"|(?:뭐|무엇|누구|누가|어디|언제|어떤|왜|어떻게)\S{0,20}(?:\s{1,9}\S{1,20}){0,2}?(?:는지|은지|ㄴ지|을지|인지|됐는지)\s{1,9}(?=\S{1,20}\s{0,9}\S{0,20}(?:나요|까요|죠|가요)\s{0,9}\?)"
)


def focus(text: str) -> str:
    """The sentence of ``text`` that asks: the last with a question word or mark; else the last."""
    sentences = [piece for piece in _SENTENCE.split(text.strip()) if piece.strip()]
    asking = [piece for piece in sentences if "?" in piece or "？" in piece or QUESTION_WORD.search(piece)]
    return (asking or sentences or [text])[-1]


def asked_kinds(text: str) -> tuple[str, ...]:
    """The kinds that ``text`` asks for, the most telling first; () if it asks for none of them.

    The rule whose words stand last in the focus counts first: Korean asks at the end.
    """
    asked = _NOT_WH.sub(" ", focus(text))
    found: list[tuple[int, int, str]] = []
    for order, (kind, pattern) in enumerate(_RULES.items()):
        places = [match.end() for match in pattern.finditer(asked)]
        if places:
            found.append((-order, places[-1], kind))
    found.sort(reverse=True)
    return tuple(kind for _, _, kind in found)


def measured_kind(text: str) -> str:
    """The kind that ``text`` asks for before all others, "" if that is none of `MEASURED`."""
    return next((kind for kind in asked_kinds(text)[:1] if kind in MEASURED), "")


def asks_with_word(text: str) -> bool:
    """Whether a question word stands in what ``text`` asks."""
    return bool(QUESTION_WORD.search(_NOT_WH.sub(" ", focus(text))))


def is_yes_no(text: str) -> bool:
    """Whether ``text`` asks for yes or no, by the form of what it asks (`index.question_form`)."""
    return yes_no_probability(focus(text)) >= LIKELY
