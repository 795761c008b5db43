"""A conversation goes on after its page: by token and cookie together, for a day, as far as the journal has it."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from starlette.datastructures import Headers
from support.chatting import REFUND, put
from support.doors import JOIN, blocks_of, press
from support.entries import Clock, asked
from support.pages import open_client

from bot.answer import Answer, Status
from bot.journal.journal import Journal
from bot.recorder import LEFT, Recorder
from bot.web.chat.conversation import Conversation
from bot.web.chat.events import Events
from bot.web.chat.keys import COOKIE, Cookies, new_key, number_of
from bot.web.limits import Limiter

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    import gradio as gr

    from bot.journal.entries import Entry
    from bot.journal.writer import Receipt
    from bot.service import Service
    from bot.understand.question import Ask
    from bot.web.metrics import Metrics

pytest_plugins = ["support.chat_events"]
MINE, OTHER = "a1b" * 21 + "c", "0f" * 32  # the same in each process that runs some of these tests
DELIVERY = "배송은 며칠 걸려요"


def request(cookie: str) -> gr.Request:
    headers = Headers({"cookie": f"{COOKIE}={cookie}"} if cookie else {})
    return cast("gr.Request", SimpleNamespace(client=SimpleNamespace(host="192.0.2.1"), headers=headers))


def talk(events: Events, *questions: str, cookie: str = MINE, state: Conversation | None = None) -> Conversation:
    """The conversation behind the answers to ``questions``."""
    after = state or Conversation()
    for question in questions:
        asked = events.ask(question, after, "", request(cookie))
        assert isinstance(asked, tuple)
        after = list(events.reply(asked[-1], request(cookie)))[-1][-1]  # type: ignore[index]
    return after


def restore(events: Events, token: object, cookie: str = MINE, state: Conversation | None = None) -> Conversation:
    """What the page has then."""
    *_, found = events.restore(token, state or Conversation(), request(cookie))
    return cast("Conversation", found)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def set_events(shop_service: Service, tmp_path: Path, metrics: Metrics, clock: Clock) -> Iterator[Events]:
    """Over a journal whose clock is set by hand."""
    shop_service.load()
    journal = Journal.open(f"sqlite:///{tmp_path}/set.db", 90, clock)
    yield Events(Recorder(shop_service, journal, metrics), Limiter("30/hour"), metrics)
    journal.close()


def test_the_turns_come_back_as_they_were_answered_and_a_follow_up_knows_them(events: Events) -> None:
    before = talk(events, REFUND, "제1조")
    found = restore(events, before.token)
    assert (found.id, found.token, found.turns) == (before.id, before.token, before.turns)
    assert (found.questions, found.marks, found.entry) == (before.questions, before.marks, before.entry)
    shown = cast("list[dict[str, str]]", put(events, "다음 항은요?", found)[0])
    assert [turn["content"] for turn in shown[:2]] == [turn["content"] for turn in before.turns[:2]]
    assert "제1조 제2항" in shown[-1]["content"]


def test_what_is_told_the_page_is_no_news_and_can_be_copied_and_rated(events: Events) -> None:
    token = talk(events, REFUND, DELIVERY).token
    first, chat, good, _bad, below, kept, _ = events.restore(token, Conversation(), request(MINE))
    assert (first["visible"], chat["visible"], good["visible"]) == (False, True, True)
    assert 'data-restored="1"' in below["value"]
    assert 'id="kept" hidden data-hours="24"' in kept["value"]
    assert kept["value"].count("시행일 2024-03-01") == 2


def test_what_is_restored_is_masked_as_it_was_written(events: Events) -> None:
    found = restore(events, talk(events, "010-1234-5678인데 환불 되나요").token)
    assert found.questions == ("[전화번호]인데 환불 되나요",)
    assert "1234" not in str(found)


@pytest.mark.parametrize("cookie", [OTHER, "", "x", MINE[:-1], f"{MINE}0", MINE.upper()])
def test_a_token_with_another_cookie_restores_nothing(events: Events, cookie: str) -> None:
    token = talk(events, REFUND).token
    assert restore(events, token, cookie) == Conversation()
    asked = events.ask(DELIVERY, Conversation(), token, request(cookie))
    assert isinstance(asked, tuple)
    assert asked[-1].questions == (DELIVERY,)
    assert asked[-1].token != token


@pytest.mark.parametrize(
    "token",
    ["", "x", OTHER, "a" * 63, "a" * 65, "A" * 64, "가" * 64, "a" * 60_000, "a" * 64 + "\n", 7, None, ["a" * 64]],
)
def test_a_token_of_nobody_is_ignored(events: Events, token: object) -> None:
    talk(events, REFUND)
    assert restore(events, token) == Conversation()


def test_keys_are_256_random_bits_and_the_number_holds_neither(events: Events) -> None:
    tokens = {talk(events, REFUND).token for _ in range(3)}
    assert [len(bytes.fromhex(token)) for token in tokens] == [32] * 3
    token = tokens.pop()
    known = number_of(token, MINE)
    assert len(known) == 32
    assert len({known, number_of(token, OTHER), number_of(MINE, token)}) == 3
    assert known not in token + MINE


def test_without_a_cookie_there_is_no_token(events: Events) -> None:
    state = talk(events, REFUND, cookie="")
    assert (state.token, len(state.id)) == ("", 32)


def test_what_another_channel_wrote_under_its_number_is_not_shown(events: Events, chat_journal: Journal) -> None:
    token = new_key()
    chat_journal.record(asked("가짜 질문", conversation=number_of(token, MINE), channel="api"))
    assert restore(events, token) == Conversation()


def test_a_day_after_the_last_question_it_is_given_up(set_events: Events, clock: Clock) -> None:
    state = talk(set_events, REFUND)
    clock.forward(hours=23)
    state = talk(set_events, DELIVERY, state=state)
    clock.forward(hours=24)
    assert restore(set_events, state.token).questions == (REFUND, DELIVERY)
    clock.forward(seconds=1)
    assert restore(set_events, state.token) == Conversation()


def test_a_new_conversation_gives_the_old_one_up(events: Events) -> None:
    old = talk(events, REFUND)
    *_, token, kept, anew = events.begin()
    assert (token, 'data-token=""' in kept["value"]) == ("", True)
    assert restore(events, old.token, state=anew) == anew
    asked = events.ask(DELIVERY, anew, old.token, request(MINE))
    assert isinstance(asked, tuple)
    assert (asked[-1].questions, asked[-1].token != old.token, asked[-1].id != old.id) == ((DELIVERY,), True, True)


def test_a_page_that_has_its_conversation_gets_no_other(events: Events) -> None:
    one, two = talk(events, REFUND), talk(events, DELIVERY)
    assert restore(events, two.token, state=one) == one


def test_a_server_that_was_started_anew_goes_on_with_the_next_question(events: Events) -> None:
    old = talk(events, REFUND)
    asked = events.ask(DELIVERY, Conversation(), old.token, request(MINE))
    assert isinstance(asked, tuple)
    assert (asked[-1].id, asked[-1].questions, asked[-1].turns[:2]) == (old.id, (REFUND, DELIVERY), old.turns)


def test_without_hours_nothing_is_kept(shop_service: Service, chat_journal: Journal, metrics: Metrics) -> None:
    object.__setattr__(shop_service, "settings", shop_service.settings.model_copy(update={"conversation_hours": 0}))
    shop_service.load()
    events = Events(Recorder(shop_service, chat_journal, metrics), Limiter("30/hour"), metrics)
    assert talk(events, REFUND).token == ""
    response = open_client(shop_service).post(JOIN, json=press(0, REFUND, None, ""))
    assert "set-cookie" not in response.headers


def test_a_journal_that_is_locked_or_gone_restores_nothing_and_costs_no_answer(
    events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = talk(events, REFUND).token
    recorder = events._recorder
    with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
        connection.execute("ALTER TABLE journal_entries RENAME TO aside")
        connection.commit()
        assert restore(events, token) == Conversation()
        connection.execute("ALTER TABLE aside RENAME TO journal_entries")
        connection.commit()
    assert restore(events, token).questions == (REFUND,)
    monkeypatch.setattr(recorder.journal.database, "opened", False)
    assert restore(events, token) == Conversation()


def test_half_an_answer_does_not_come_back_as_a_whole_one(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, written = threading.Event(), threading.Event()
    recorder = events._recorder
    submit = recorder.writer.submit

    def three(_: Ask) -> Generator[Answer, None, None]:
        yield Answer(Status.ANSWERED, "첫째.")
        gone.wait(10)
        yield Answer(Status.ANSWERED, " 둘째.")
        yield Answer(Status.ANSWERED, " 셋째.")

    def submit_and_tell(entry: Entry) -> Receipt:
        receipt = submit(entry)
        written.set()
        return receipt

    state = talk(events, REFUND)
    monkeypatch.setattr(recorder.service, "stream", three)
    monkeypatch.setattr(recorder.writer, "submit", submit_and_tell)
    asked = events.ask(DELIVERY, state, "", request(MINE))
    assert isinstance(asked, tuple)
    leaving = cast("Generator[Any, None, None]", events.reply(asked[-1], request(MINE)))
    next(leaving)
    leaving.close()
    gone.set()
    assert written.wait(10)
    assert restore(events, state.token).turns[-1]["content"] == f"첫째. 둘째.\n\n{LEFT}"


@pytest.mark.parametrize(
    ("cookies", "https", "site"),
    [
        (Cookies(24), False, "SameSite=Strict"),
        (Cookies(24), True, "SameSite=Strict; Secure"),
        (Cookies(24, https=True), False, "SameSite=Strict; Secure"),
        (Cookies(24, framed=True), False, "SameSite=Strict"),
        (Cookies(24, framed=True), True, "SameSite=None; Secure; Partitioned"),
    ],
)
def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_http(cookies: Cookies, https: bool, site: str) -> None:
    told = cookies.header(MINE, https=https)
    assert told == f"talk={MINE}; Max-Age=86400; Path=/gradio_api/queue; HttpOnly; {site}"
    assert cookies.read(f"a=b; talk={MINE}") == MINE


@pytest.mark.parametrize("header", ["", "talk=", "talk=x", f"talk={'a' * 65}", "talk", "=;;", f'talk="{MINE}', "\x00"])
def test_a_cookie_of_another_form_is_none(header: str) -> None:
    assert Cookies(24).read(header) == ""


def test_the_doors_tell_gradio_this_cookie_alone_and_give_one_to_whoever_asks(shop_service: Service) -> None:
    shop_service.load()
    client = open_client(shop_service)
    assert "set-cookie" not in client.get("/").headers
    given = client.post(JOIN, json=press(0, REFUND, None, "")).headers["set-cookie"]
    key = given.partition("=")[2].partition(";")[0]
    assert (given.startswith("talk="), len(key)) == (True, 64)
    again = client.post(JOIN, json=press(0, REFUND, None, ""), headers={"cookie": f"a=b; talk={key}"})
    assert f"talk={key};" in again.headers["set-cookie"]
    forged = client.post(JOIN, json=press(0, REFUND, None, ""), headers={"cookie": "talk=../x"})
    assert "../x" not in forged.headers["set-cookie"]


def test_restoring_is_counted_like_every_event(shop_service: Service) -> None:
    shop_service.load()
    service = type(shop_service)(shop_service.settings.model_copy(update={"request_rate": "2/hour"}))
    client = open_client(service)
    number = next(n for n, event in blocks_of(client).fns.items() if getattr(event.fn, "__name__", "") == "restore")
    codes = [client.post(JOIN, json=press(number, "a" * 64, None)).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_the_page_knows_how_long_it_keeps_and_asks_for_nothing_by_itself(shop_service: Service) -> None:
    shop_service.load()
    text = open_client(shop_service).get("/").text
    assert 'id=\\"kept\\" hidden data-hours=\\"24\\"' in text
