"""Which kind of thing a question asks for, and whether it asks for yes or no."""

from __future__ import annotations

import pytest

from index.kinds import asked_kinds, is_yes_no


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("작년에 3번 늦게 냈는데 이자는 몇 프로예요?", "비율"),
        ("점검은 얼마나 자주 하나요?", "빈도"),
        ("상담은 몇 시까지 받아요?", "요일·시각"),
        ("몇 번 밀리면 끊겨요?", "횟수"),
        ("환불까지 며칠 걸려요?", "기간"),
        ("요금은 한 달에 얼마예요?", "금액"),
        ("회의록은 누가 써요?", "누구"),
        ("해지 서류는 뭐가 필요해요?", "문서"),
        ("How long do you keep our data?", "기간"),
    ],
)
def test_the_kind_of_what_is_asked(text: str, kind: str) -> None:
    assert asked_kinds(text)[0] == kind


@pytest.mark.parametrize(
    "text", ["변경 내용을 알려 주기로 돼 있어?", "장애가 나면 보상되나요?", "동의 없이 바꿔도 되나요?"]
)
def test_a_yes_no_question_asks_for_no_value(text: str) -> None:
    assert asked_kinds(text) == ()
    assert is_yes_no(text)


@pytest.mark.parametrize("text", ["요금이 얼마인가요?", "누가 정하나요?", "where is your office?"])
def test_a_question_with_a_question_word_is_no_yes_no_question(text: str) -> None:
    assert not is_yes_no(text)


@pytest.mark.parametrize("text", ["뭐가 달라졌는지 설명은 없나요?", "누구든 쓸 수 있나요?", "can I get a refund?"])
def test_a_question_word_in_a_clause_of_its_own_changes_nothing(text: str) -> None:
    assert is_yes_no(text)
