"""What may be material, the notice periods, and which questions follow."""

from __future__ import annotations

import datetime as dt

import pytest
from support.comparing import NEW, OLD, of, only

from index.clause import Clause
from index.compare import notice
from index.questions.files import Question
from index.questions.following import carry_over

DAY = dt.date(2026, 2, 1)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("3일 안에 보냅니다.", "5일 안에 보냅니다.", "기한·기간: 3일 → 5일"),
        ("문자로 알립니다.", "문자로 알리고 1만 5천원을 드립니다.", "금액 추가: 1만 5천원"),
        ("문자로 알립니다.", "문자로 알리며 책임을 지지 않습니다.", "책임·면책에 관한 문장"),
        ("문자로 알립니다.", "문자로 알릴 수 있습니다.", "할 수 있다는 말이 늘어남"),
    ],
)
def test_a_change_that_may_be_material_says_why(old: str, new: str, reason: str) -> None:
    assert reason in only(of(OLD, OLD.replace(old, new))).reasons


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("문자로 알립니다.", "전자우편으로 알립니다."),
        ("문자로 알립니다.", "광고의 결제한 잘못을 알립니다."),
        ("제3조 제1항에 따라", "제4조 제1항에 따라"),
    ],
    ids=["other words", "letters of words of weight", "another clause's number"],
)
def test_a_change_that_touches_nothing_of_weight_has_no_reason(old: str, new: str) -> None:
    assert only(of(OLD, OLD.replace(old, new))).reasons == ()


def test_the_periods_come_out_of_the_old_amendment_clause() -> None:
    periods = notice(of(OLD, NEW.replace("시행일 7일", "시행일 1일")), None, DAY).periods
    assert [(p.days, p.strict, p.latest, p.safe) for p in periods] == [
        (7, False, dt.date(2026, 1, 25), dt.date(2026, 1, 24)),
        (30, True, dt.date(2026, 1, 2), dt.date(2026, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("announced", "held"),
    [
        (None, ["OPEN", "OPEN"]),
        (dt.date(2026, 1, 1), ["YES", "YES"]),
        (dt.date(2026, 1, 2), ["YES", "EDGE"]),
        (dt.date(2026, 1, 24), ["YES", "NO"]),
        (dt.date(2026, 1, 26), ["NO", "NO"]),
    ],
)
def test_a_period_is_kept_or_not_or_at_the_edge(announced: dt.date | None, held: list[str]) -> None:
    found = notice(of(OLD, NEW), announced, DAY)
    assert [p.held.name for p in found.periods] == held
    assert "사람이 판단" in found.lines()[-1]


def test_the_common_wording_of_a_grace_period_is_read() -> None:
    text = "약관을 바꾸면 적용일자 14일 이전부터 공지합니다. 다만, 불리하게 바꾸면 60일 이상의 유예기간을 둡니다."
    old = OLD.replace("약관을 개정할 때에는 시행일 7일 전(고객에게 불리하면 30일 전)부터 공지합니다.", text)
    assert [(p.days, p.strict) for p in notice(of(old, NEW), None, DAY).periods] == [(14, False), (60, True)]


def test_terms_without_a_period_leave_it_to_a_person() -> None:
    found = notice(of(OLD.replace("개정)", "게시)"), NEW), None, DAY)
    assert found.periods == ()
    assert "찾지 못했습니다" in found.lines()[1]


def test_questions_follow_their_clauses_and_the_rest_is_listed() -> None:
    def ask(text: str, *clauses: tuple[str, str]) -> Question:
        return Question(text, tuple(Clause("가게", *clause) for clause in clauses))

    late, refund = ask("늦으면요", ("2", "2")), ask("환불요", ("3", "1"), ("4", "2"))
    quick, opened, outside = ask("며칠요", ("2", "1")), ask("뜯으면요", ("2", "2"), ("3", "2")), ask("날씨요")
    found = carry_over(of(OLD, NEW), [late, refund, quick, opened, outside])
    assert found.kept == (ask("늦으면요", ("3", "3")), ask("환불요", ("4", "1"), ("5", "2")))
    moved = ask("며칠요", ("3", "2")), ask("뜯으면요", ("3", "3"))
    assert found.changed == ((quick, moved[0]), (opened, moved[1]))
    assert (found.lost, found.unsettled) == ((), (outside,))
    assert found.to_review == [quick, opened, outside]
    assert found.served == [*found.kept, *moved, outside]
    assert carry_over(of(OLD, OLD), [late, outside]).kept == (late, outside)


def test_a_question_whose_paragraph_is_gone_is_lost_and_a_vague_one_stays() -> None:
    torn = Question("뜯으면요", (Clause("가게", "3", "2"), Clause("가게", "2", "2")))
    vague = Question("그건요", (), vague=True)
    found = carry_over(of(OLD, NEW), [torn, vague])
    assert (found.kept, found.changed, found.lost, found.unsettled) == ((vague,), (), (torn,), ())
