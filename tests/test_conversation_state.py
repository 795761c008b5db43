"""What a message does with what was said before: sets right, goes back, asks for exceptions or the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.gate import decide
from bot.standing import stand
from bot.understand.conversation import asks_exception, asks_whole, set_right
from bot.understand.edition_questions import EditionQuestion, read_edition_question
from bot.understand.find import find
from bot.understand.question import Query

if TYPE_CHECKING:
    from index.search.clause_search import ClauseSearch

LATE, SHARE, REFUND = "요금을 연체하면 어떻게 되나요?", "계정을 공유해도 되나요?", "해지하면 환불되나요?"


def cite(search: ClauseSearch, text: str, *history: str) -> list[str]:
    _, findings = find(Query(text, history), search)
    hits = decide(findings, max_citations=3).hits
    return [f"{hit.passage.clause.article}.{hit.passage.clause.paragraph}" for hit in hits]


@pytest.mark.parametrize(
    ("text", "history", "found"),
    [
        ("그 조 전체 보여줘", (LATE,), ["7.1", "7.2", "7.3"]),
        ("그 조항 전부 보여주세요", (REFUND,), ["15.1", "15.2", "15.3"]),
        ("제7조 전부", (), ["7.1", "7.2", "7.3"]),
        ("마지막 항은요?", (LATE,), ["7.3"]),
        ("첫 항은?", (LATE,), ["7.1"]),
        ("바로 위 항은?", ("15조 3항",), ["15.2"]),
        ("이전 조는요?", ("15조 3항",), ["14.1", "14.2", "14.3"]),
        ("7조랑 20조 비교해 주세요", (), ["7.1", "7.2", "7.3", "20.1"]),
        ("예외는요?", ("약관을 위반해서 손해를 입히면 배상해야 하나요?",), ["17.1", "17.2"]),
        ("예외는?", ("권리를 남에게 넘겨도 되나요?",), ["19.1"]),
        ("반대로 회사가 그러면요?", ("고객이 계약을 위반하면 해지할 수 있나요?",), ["15.2"]),
        ("회사는요?", ("고객이 권리를 제3자에게 양도할 수 있나요?",), ["19.1"]),
        ("아까 그 연체 얘기로 돌아가서, 두 번 밀리면요?", (LATE, SHARE), ["7.3"]),
        ("처음 질문으로 돌아가서, 그거 몇 조예요?", (LATE, SHARE), ["7.3"]),
        ("그럼 이자는요?", (LATE, "계약 기간은 몇 년이에요?"), ["7.3"]),
        ("소송은 어디서 하나요?", (REFUND, SHARE, LATE), ["18.2"]),
        ("벌써 끝난 교육에 낸 값 역시 그런가요?", ("해지하면 착수비를 돌려받나요?",), ["15.3"]),
    ],
)
def test_a_follow_up_finds(real_search: ClauseSearch, text: str, history: tuple[str, ...], found: list[str]) -> None:
    assert cite(real_search, text, *history) == found


@pytest.mark.parametrize(
    ("text", "history", "absent"),
    [
        ("몇 퍼센트요?", (LATE,), "연체 이자율"),
        ("이자율은요?", (LATE, SHARE), "연체 이자율"),
        ("예외 있어요?", (SHARE,), "제6조 제2항의 예외"),
        ("제7조 예외 있어요?", (), "제7조의 예외"),
        ("얼마예요?", ("관리자 교육을 해 주나요?",), "교육비"),
        ("반대로 회사가 그러면요?", (LATE,), "회사 쪽에 대한 같은 내용"),
    ],
)
def test_what_is_not_stated_is_not_answered_from_the_topic(
    real_search: ClauseSearch, text: str, history: tuple[str, ...], absent: str
) -> None:
    _, [finding] = find(Query(text, history), real_search)
    verdict = decide([finding], max_citations=3)
    assert not verdict.hits
    assert stand(verdict).missing == (absent,)
    assert verdict.related


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("아니 제 말은 고객이 해지할 때요", "고객이 해지할 때요"),
        ("그게 아니라 위약금이 얼마냐고요", "위약금이 얼마냐고요"),
        ("아니요, 제가 물어본 건 환불이에요", "환불이에요"),
        ("내가 물어본 건 그거 말고", "내가 물어본 건 그거 말고"),
        ("아니요", "아니요"),
        ("제 말을 안 들으면 해지하나요?", "제 말을 안 들으면 해지하나요?"),
    ],
)
def test_a_correction(text: str, rest: str) -> None:
    assert set_right(text) == rest


@pytest.mark.parametrize("text", ["예외적으로 환불해 주는 서비스가 뭐예요?", "단서를 달면 계약이 무효인가요?"])
def test_a_question_with_words_of_its_own_asks_for_no_bare_exception(text: str) -> None:
    assert not asks_exception(text)


@pytest.mark.parametrize("text", ["이용료 전체를 다 내야 하나요?", "조건 전부 알려 주세요", "전체 환불되나요?"])
def test_what_asks_for_no_whole_article(text: str) -> None:
    assert not asks_whole(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("뭐가 바뀌었어요?", EditionQuestion.CHANGES),
        ("작년 약관이랑 지금 거랑 뭐가 달라졌어요?", EditionQuestion.CHANGES),
        ("약관 언제 개정됐어요?", EditionQuestion.WHEN),
        ("제15조 개정 이력 알려 주세요", EditionQuestion.WHEN),
        ("예전 약관은?", EditionQuestion.EDITION),
        ("언제부터 적용돼요?", EditionQuestion.SINCE),
        ("약관이 바뀌면 며칠 전에 알려 주나요?", None),
        ("바뀐 약관에 반대하면 어떻게 돼요?", None),
        ("기능이 뭐가 바뀌었어요?", None),
        ("2023년판에도 환불이 안 됐나요?", None),
    ],
)
def test_questions_about_the_editions(text: str, asked: EditionQuestion | None) -> None:
    assert read_edition_question(text) is asked
