"""Requests are told to the operator's program: signed, again and again, at the next start, to nobody else."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from support.entries import DAYS, ONE, TWO
from support.leaving import ABOUT, CONTACT, Receiver, receiving, requests_of

from bot import webhook as module
from bot.journal.journal import Journal
from bot.values.webhook import read_webhook
from bot.web.metrics import Metrics
from bot.webhook import ATTEMPTS, Webhook, signed
from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from bot.journal.requests import Request, Requests

WAIT = 10.0  # seconds; far longer than anything here takes
SECRET = "비밀"  # noqa: S105  # an example
PAUSES = (0.001, 0.002)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(f"sqlite:///{tmp_path}/journal.db", DAYS)
    yield opened
    opened.close()


@pytest.fixture
def requests(journal: Journal) -> Requests:
    return requests_of(journal)


def hook(receiver: Receiver, requests: Requests, metrics: Metrics | None = None, seconds: float = WAIT) -> Webhook:
    return Webhook(
        receiver.address,
        SECRET,
        requests,
        metrics or Metrics({}),
        desk="https://desk.example.com",
        pauses=PAUSES,
        seconds=seconds,
    )


def run(webhook: Webhook, work: Callable[[], Awaitable[None]]) -> None:
    """``work`` while the webhook runs."""

    async def both() -> None:
        running = asyncio.create_task(webhook.run())
        try:
            await asyncio.wait_for(work(), WAIT)
        finally:
            running.cancel()
            await asyncio.wait([running])

    asyncio.run(both())


async def until(what: Callable[[], bool]) -> None:
    while not await asyncio.to_thread(what):
        await asyncio.sleep(0.005)


def leave(requests: Requests, conversation: str = ONE, about: str = ABOUT) -> Request:
    return requests.leave(conversation, about, CONTACT, tell=True)[0]


def notice(requests: Requests, code: str) -> str:
    found = requests.read(code)
    assert found is not None
    return found.notice


def deliver(receiver: Receiver, requests: Requests, request: Request, ends: str, seconds: float = WAIT) -> None:
    """Have ``request`` told to ``receiver``; it ``ends`` sent or failed."""
    webhook = hook(receiver, requests, seconds=seconds)

    async def work() -> None:
        await until(lambda: webhook.tell(request) or notice(requests, request.code) == ends)
        await until(lambda: notice(requests, request.code) == ends)

    run(webhook, work)


def test_it_is_tried_again_until_it_is_taken(requests: Requests) -> None:
    with receiving(503, 429, 200) as receiver:
        request = leave(requests)
        deliver(receiver, requests, request, "sent")
        assert len(receiver.got) == 3
        assert set(receiver.texts) == {
            f"새 상담 요청 {request.code}\n{ABOUT}\n연락처를 남겼습니다.\n"
            f"https://desk.example.com/desk/#/requests/{request.code}"
        }


def test_it_is_signed_and_holds_no_contact(requests: Requests) -> None:
    with receiving(200) as receiver:
        deliver(receiver, requests, leave(requests), "sent")
    headers, body = receiver.got[0]
    at = headers["x-yakgwan-timestamp"]
    expected = hmac.new(SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["x-yakgwan-signature"] == f"v1={expected}"
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert not {part for part in CONTACT.split() if part in body.decode() + str(headers)}
    assert signed(b"", 1, body) == {}


def test_who_refuses_for_ever_is_given_up_and_tried_at_the_next_start(
    requests: Requests, caplog: pytest.LogCaptureFixture
) -> None:
    request = leave(requests)
    with receiving(500) as receiver:
        deliver(receiver, requests, request, "failed")
        assert len(receiver.got) == ATTEMPTS
        assert "answered with 500" in caplog.text
        assert receiver.address not in caplog.text
        assert ABOUT not in caplog.text
    with receiving(200) as receiver:
        run(hook(receiver, requests), lambda: until(lambda: notice(requests, request.code) == "sent"))
        assert len(receiver.got) == 1


@pytest.mark.parametrize("code", [404, 302])
def test_what_will_not_change_is_not_tried_again_and_no_redirect_is_followed(requests: Requests, code: int) -> None:
    with receiving(code) as receiver:
        deliver(receiver, requests, leave(requests), "failed")
        assert len(receiver.got) == 1


def test_a_slow_receiver_is_given_up_and_does_not_hold_up_others(
    requests: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ATTEMPTS", 2)
    with receiving(200) as receiver:
        receiver.hold.clear()
        deliver(receiver, requests, leave(requests), "failed", seconds=0.05)
        assert len(receiver.got) == 2


def test_telling_waits_for_nobody(requests: Requests) -> None:
    request, later = leave(requests), leave(requests, TWO)
    with receiving(200) as receiver:
        receiver.hold.clear()
        webhook = hook(receiver, requests)

        async def work() -> None:
            await until(lambda: len(receiver.got) == 2)
            since = monotonic()
            assert not webhook.tell(request)  # it is at hand already
            assert monotonic() - since < WAIT / 2
            receiver.hold.set()
            await until(lambda: notice(requests, later.code) == "sent")

        run(webhook, work)


def test_without_room_it_waits_for_the_next_start(requests: Requests, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROOM", 1)
    with receiving(200) as receiver:
        receiver.hold.clear()
        first = leave(requests)
        webhook = hook(receiver, requests)

        async def work() -> None:
            await until(lambda: len(receiver.got) == 1)
            second = leave(requests, TWO)
            assert not webhook.tell(second)
            receiver.hold.set()
            await until(lambda: notice(requests, first.code) == "sent")
            await until(lambda: webhook.tell(second))
            await until(lambda: notice(requests, second.code) == "sent")

        run(webhook, work)
    assert not webhook.tell(first)  # it runs no longer


def test_what_a_messenger_would_obey_is_only_text(requests: Requests) -> None:
    with receiving(200) as receiver:
        deliver(receiver, requests, leave(requests, about="<!channel> @all <https://evil.example|약관> & 끝"), "sent")
    text = json.loads(receiver.got[0][1])["text"]
    assert "&lt;!channel&gt; (at)all &lt;https://evil.example|약관&gt; &amp; 끝" in text


def test_how_it_goes_is_counted(requests: Requests) -> None:
    metrics = Metrics({})
    with receiving(200) as receiver:
        leave(requests)
        run(hook(receiver, requests, metrics), lambda: until(lambda: counted(metrics, "sent") == 1))
    assert counted(metrics, "failed") == 0


def counted(metrics: Metrics, outcome: str) -> float:
    lines = metrics.exposition("ready", "")[0].decode().splitlines()
    return float(
        next(line for line in lines if line.startswith(f'bot_webhook_total{{outcome="{outcome}"}}')).split()[1]
    )


@pytest.mark.parametrize(
    "value",
    [
        "",
        "https://hooks.example.com/services/T0/B0/x",
        "http://localhost:9000/x",
        "http://127.0.0.1/x",
        "http://[::1]:1/",
    ],
)
def test_addresses_that_may_be_told(value: str) -> None:
    assert read_webhook(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "http://hooks.example.com/geheim",
        "hooks.example.com/geheim",
        "ftp://localhost/geheim",
        "https:///geheim",
        "http://localhost.example.com/geheim",
        "https://hooks.example.com:geheim/",
        "http://localhost@evil.example/geheim",
    ],
)
def test_other_addresses_are_refused_in_one_line_that_does_not_show_them(value: str) -> None:
    with pytest.raises(SettingsError, match=r"^설정 BOT_WEBHOOK: .+$") as told:
        read_webhook(value)
    assert "geheim" not in str(told.value)


def test_the_library_does_not_log_the_address(requests: Requests, caplog: pytest.LogCaptureFixture) -> None:
    """At the level at which `app.py` runs it."""
    caplog.set_level(logging.INFO)
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    with receiving(200) as receiver:
        deliver(receiver, requests, leave(requests), "sent")
    assert receiver.address not in caplog.text
