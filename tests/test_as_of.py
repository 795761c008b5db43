"""Answers by the edition of a day, through the chain and the service."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

import pytest
from support.editions import COMING, TODAY, Clock, add_editions
from support.fakes import FakeEmbedder

from bot.answer import Answer, Status
from bot.service import Service
from bot.understand.question import Ask

if TYPE_CHECKING:
    from bot.settings import Settings

SHOP = "/terms/%EA%B0%80%EA%B2%8C"
NOW = f"받은 날부터 7일 안에 환불을 신청할 수 있습니다. [제2조 제1항 · 환불]({SHOP}/2#p1)"
CHANGE = f"이 조항은 2024. 7. 1.부터 바뀝니다. [바뀌는 내용 보기]({SHOP}/compare?old=2024-03-01&new=2024-07-01)"
THEN = f"받은 날부터 14일 안에 환불을 신청할 수 있습니다. [제1조 제1항 · 환불]({SHOP}/1?edition=2022-05-01#p1)"
OLD_LINE = "**2022. 5. 1.부터 시행된 판으로 답합니다.**"
REFUND = "환불 되나요"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(shop_settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
    add_editions(shop_settings)
    opened = Service(shop_settings, clock)
    opened.load()
    return opened


def test_today_is_answered_from_the_edition_in_force_and_told_what_will_change(service: Service) -> None:
    answer = service.ask(Ask(REFUND))
    assert answer.text == f"{NOW}\n\n{CHANGE}"
    assert [(c.edition, c.clause.article) for c in answer.citations] == [("2024-03-01", "2")]


def test_a_clause_that_does_not_change_is_answered_as_ever(service: Service) -> None:
    assert "바뀝니다" not in service.ask(Ask("배송은 며칠 걸려요")).text


@pytest.mark.parametrize(
    "ask",
    [
        Ask(REFUND, day=dt.date(2023, 1, 1)),
        Ask(REFUND, day=dt.date(2022, 5, 1)),
        Ask(REFUND, day=dt.date(2024, 2, 29)),
        Ask("2023년 3월에 시행된 약관으로는 환불 되나요"),
        Ask("개정 전 약관으로는 환불 되나요"),
        Ask(REFUND, ("작년 12월 약관으로 알려 주세요", "배송은 며칠 걸려요")),
        Ask("2024년 5월에 가입했는데 환불 되나요", day=dt.date(2023, 1, 1)),
    ],
    ids=["given", "first day", "last day", "said", "before the revision", "said before", "given wins"],
)
def test_another_day_is_answered_from_its_edition(service: Service, ask: Ask) -> None:
    answer = service.ask(ask)
    assert answer.text == f"{OLD_LINE}\n\n{THEN}"
    (citation,) = answer.citations
    assert (citation.edition, citation.clause.article, citation.clause.paragraph) == ("2022-05-01", "1", "1")
    assert citation.quote == "받은 날부터 14일 안에 환불을 신청할 수 있습니다."
    assert citation.url == f"{SHOP}/1?edition=2022-05-01#p1"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("2023년 3월에 가입했는데 ", ""),
        ("2024년 4월에 가입했는데 ", ""),
        ("2023년 3월에 시행된 약관으로는 ", ""),
    ],
)
def test_the_words_for_the_day_are_not_searched(service: Service, said: str, left: str) -> None:
    assert service.ask(Ask(f"{said}{REFUND}")).interpreted == f"{left}{REFUND}"


@pytest.mark.parametrize("ask", [Ask(REFUND, day=TODAY), Ask(REFUND, day=dt.date(2024, 3, 1))])
def test_a_day_of_the_same_edition_changes_nothing(service: Service, ask: Ask) -> None:
    assert service.ask(ask) == service.ask(Ask(REFUND))


def test_the_day_of_an_earlier_question_is_given_up_for_today(service: Service) -> None:
    asked = ("2023년 3월에 가입했는데 환불 되나요",)
    assert service.ask(Ask("현행 약관으로는 환불 되나요?", asked)).text.startswith(NOW)


def test_numbers_are_those_of_the_edition_of_the_day(service: Service) -> None:
    answer = service.ask(Ask("제1조", day=dt.date(2023, 1, 1)))
    assert answer.text == f"{OLD_LINE}\n\n{THEN}"
    missing = service.ask(Ask("제2조 제2항", day=dt.date(2023, 1, 1)))
    assert "제2조 제2항은 이 약관에 없습니다. 제2조에는 제1항만 있습니다." in missing.text


def test_what_only_todays_edition_has_is_not_answered_but_pointed_to(service: Service) -> None:
    answer = service.ask(Ask("늦으면 알림 와요", day=dt.date(2023, 1, 1)))
    assert (answer.status, answer.citations) == (Status.NOT_FOUND, ())
    lines = answer.text.split("\n\n")
    assert lines[:2] == [OLD_LINE, "약관에서 확인되지 않는 내용입니다."]
    assert lines[2] == f"지금 시행 중인 판에는 이에 관한 조항이 있습니다: [제1조 제2항 · 배송]({SHOP}/1#p2)"
    assert "문자로 알립니다" not in answer.text


def test_before_the_first_edition_nothing_is_answered(service: Service) -> None:
    answer = service.ask(Ask(REFUND, day=dt.date(2020, 1, 1)))
    assert (answer.status, answer.citations) == (Status.NOT_FOUND, ())
    first = "그날(2020. 1. 1.)에 시행 중이던 약관은 확인되지 않습니다. 가장 이른 판은 2022. 5. 1.부터 시행되었습니다."
    assert answer.text.split("\n\n")[0] == first
    assert "전화 : 02-000-0000" in answer.text


def test_a_day_to_come_is_answered_from_todays_edition(service: Service) -> None:
    answer = service.ask(Ask(REFUND, day=dt.date(2024, 8, 1)))
    assert (
        answer.text
        == f"말씀하신 날(2024. 8. 1.)은 아직 오지 않아, 지금 시행 중인 판으로 답합니다.\n\n{NOW}\n\n{CHANGE}"
    )


@pytest.mark.parametrize(
    "said",
    ["2023년 3월에 가입했는데", "작년 여름에 등록했는데", "2023. 3. 2 에 계약했는데", "재작년 말에 신청했는데요"],
)
def test_the_day_of_a_contract_is_answered_from_its_edition_with_what_changed_since(
    service: Service, said: str
) -> None:
    answer = service.ask(Ask(f"{said} 환불 되나요"))
    link = f"[바뀐 내용 보기]({SHOP}/compare?old=2022-05-01&new=2024-03-01)"
    since = f"지금 시행 중인 판에서는 이 조항이 바뀌었습니다. {link}"
    assert answer.text == f"{OLD_LINE}\n\n{THEN}\n\n{since}"


def test_where_the_clause_is_the_same_today_nothing_is_told_of_it(service: Service) -> None:
    assert "바뀌었습니다" not in service.ask(Ask("작년 여름에 가입했는데 배송은 며칠 걸려요")).text


def test_days_on_both_sides_of_a_revision_name_both_editions(service: Service) -> None:
    answer = service.ask(Ask("올해 가입했는데 환불 되나요"))
    assert [(c.edition, c.quote[7:10]) for c in answer.citations] == [("2024-03-01", "7일 "), ("2022-05-01", "14일")]
    assert "계약한 날이 2024. 3. 1. 전이라면 2022. 5. 1.부터 시행된 판은 이렇습니다." in answer.text
    assert answer.text.index("7일") < answer.text.index("14일")


def test_a_contract_older_than_all_editions_is_answered_from_the_one_in_force(service: Service) -> None:
    answer = service.ask(Ask("2020년에 가입했는데 환불 되나요"))
    assert answer.text.startswith(NOW)
    assert "지금 약관의 2024. 3. 1. 시행 전에 계약하셨다면 계약 당시의 약관이 적용될 수 있습니다." in answer.text
    assert [c.edition for c in answer.citations] == ["2024-03-01"]


@pytest.mark.parametrize(
    "asked", ["그럼 지금 가입하면요?", "새로 등록하는 사람은요?", "오늘 결제하면 어떻게 돼요?", "요즘 신청하면요?"]
)
def test_a_follow_up_that_says_nothing_but_a_day_asks_the_same_of_that_day(service: Service, asked: str) -> None:
    answer = service.ask(Ask(asked, ("2023년 3월에 가입했는데 환불 되나요",)))
    assert answer.text.startswith(NOW)
    assert answer.interpreted == REFUND


@pytest.mark.parametrize(
    "asked", ["2023년에 등록했으면요?", "작년 봄에 가입한 사람은요?", "작년에는요?", "그럼 2023년 3월이면요?"]
)
def test_and_so_does_an_earlier_day(service: Service, asked: str) -> None:
    assert service.ask(Ask(asked, (REFUND,))).text.startswith(f"{OLD_LINE}\n\n{THEN}")


def test_whether_the_terms_hold_and_a_question_beside_it(service: Service) -> None:
    answer = service.ask(Ask("2023년에 가입했는데 지금 약관이 적용되나요, 환불 되나요?"))
    assert answer.text.startswith(f"{OLD_LINE}\n\n{THEN}")


def test_a_contract_younger_than_the_edition_is_nothing_to_be_told(service: Service) -> None:
    assert "계약 당시" not in service.ask(Ask("2024년 5월에 가입했는데 환불 되나요")).text


def test_a_day_that_does_not_exist_is_told_in_one_line(service: Service) -> None:
    answer = service.ask(Ask("2023년 2월 30일에 가입했는데 환불 되나요"))
    assert answer == Answer(
        Status.REJECTED,
        "질문에 적으신 “2023년 2월 30일”은(는) 달력에 없는 날짜입니다. 날짜를 고쳐 다시 적어 주세요.",
    )


def test_the_search_finds_in_the_edition_of_a_day(service: Service) -> None:
    (hit,) = service.search("제1조", 5, dt.date(2023, 1, 1))
    assert (hit.passage.edition, hit.passage.article_title) == ("2022-05-01", "환불")
    assert service.search("제1조", 5, dt.date(2020, 1, 1)) == []


def test_at_midnight_the_new_edition_answers_at_once_and_then_from_an_index_of_its_own(
    service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr("threading.Thread.start", lambda thread: started.append(thread.name))
    clock.day = COMING
    answer = service.ask(Ask(REFUND))
    quote = "받은 날부터 30일 안에 환불을 신청할 수 있습니다."
    assert answer.text == f"{quote} [제3조 제1항 · 환불]({SHOP}/3#p1)"
    assert [edition.date for edition in service.editions] == ["2024-07-01"]
    assert service.ask(Ask(REFUND)).text == answer.text
    assert started == ["rebuild"]
    service.reload()
    assert service.ask(Ask(REFUND)).text == answer.text
    assert started == ["rebuild"]
    assert service.basis().search is service.index()


@pytest.mark.parametrize("faulty", [False, True])
def test_the_index_is_made_anew_in_the_background_without_a_restart(
    service: Service, clock: Clock, caplog: pytest.LogCaptureFixture, faulty: bool
) -> None:
    before = service.index()
    if faulty:
        (service.settings.data / "questions" / "가게" / "1.md").write_text("- 제목이 없음\n", encoding="utf-8")
    clock.day = COMING
    service.reload_if_outdated()
    for thread in threading.enumerate():
        if thread.name == "rebuild":
            thread.join(20)
    assert (service.index() is before) is faulty
    assert ("rebuilding failed" in caplog.text) is faulty
    assert "30일 안에" in service.ask(Ask(REFUND)).text


def test_a_new_edition_that_cannot_be_read_leaves_the_old_one(
    service: Service, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    (service.settings.data / "terms" / "가게" / f"{COMING}.txt").write_text("그냥 글\n", encoding="utf-8")
    clock.day = COMING
    assert service.ask(Ask(REFUND)).text.startswith(NOW)
    assert "the earlier ones go on answering" in caplog.text
