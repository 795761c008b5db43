"""One line a request: who asked what is in none, how it ended is in each."""

from __future__ import annotations

import json
import logging
import re
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from starlette.responses import PlainTextResponse
from support.desk_client import open_desk
from support.doors import ASK, JOIN, press
from support.fakes import FakeEmbedder
from support.pages import open_client

from bot.answer import Status
from bot.errors import BusyError
from bot.log_lines import Json, Readable, set_up_logging
from bot.service import Service
from bot.settings import Settings
from bot.trace import OUTCOMES, REFUSED, Trace, outcome_of
from bot.web.metrics import Metrics
from bot.web.request_log import MINUTE, RequestLog, answer_told, read_id
from index.steps import STEPS

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

NUMBER = "010-1234-5678"
QUESTION = "환불 되나요"
MADE = re.compile(r"[0-9a-f]{32}")


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """The figures of each line so far; the next call begins anew."""
    found = [record.__dict__["fields"] for record in caplog.records if record.name == "bot.requests"]
    caplog.clear()
    return found


@pytest.fixture(scope="module")
def app_of_shop(tmp_path_factory: pytest.TempPathFactory, shop_index: Path) -> TestClient:
    """One application for all tests that change nothing of it."""
    folder = tmp_path_factory.mktemp("log")
    settings = Settings(
        data=shop_index.parent / "data",
        index=shop_index,
        embedding="fake",
        journal=SecretStr(f"sqlite:///{folder / 'journal.db'}"),
        secret=folder / "secret",
        _env_file=None,
    )
    open_desk(settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
        service = Service(settings)
        service.load()
    return open_client(service)


@pytest.fixture
def client(app_of_shop: TestClient, caplog: pytest.LogCaptureFixture) -> TestClient:
    caplog.set_level(logging.INFO, "bot.requests")
    return app_of_shop


def test_an_answer_is_one_line_with_its_steps(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    sent = client.post("/api/ask", json={"question": QUESTION}, headers={"X-Request-ID": "order-7.A_b"})
    (line,) = lines(caplog)
    assert list(line) == ["id", "route", "method", "status", "outcome", "ms", "steps"]
    assert (line["id"], line["route"], line["method"]) == ("order-7.A_b", "/api/ask", "POST")
    assert (line["status"], line["outcome"]) == (200, "answered")
    assert sent.headers["x-request-id"] == "order-7.A_b"
    assert set(line["steps"]) == set(STEPS)
    assert 0 < sum(line["steps"].values()) <= line["ms"] + 0.1 * len(STEPS)  # each is rounded
    assert QUESTION not in caplog.text


def test_a_stream_is_told_when_it_has_ended(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    client.post("/api/ask", json={"question": "오늘 날씨 어때요"}, headers={"Accept": "text/event-stream"})
    (line,) = lines(caplog)
    assert (line["route"], line["status"], line["outcome"]) == ("/api/ask", 200, "not_found")
    assert "decide" in line["steps"]


def test_an_answer_that_fails_is_told_so(
    client: TestClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(NUMBER)

    monkeypatch.setattr("bot.chain.find", fail)
    monkeypatch.setattr("bot.chain.Deciding.decide_on", fail)
    client.post("/api/ask", json={"question": QUESTION})
    assert [line["outcome"] for line in lines(caplog)] == ["failed"]


def test_what_is_refused_by_a_limit_is_told_so(
    client: TestClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.limits.Limiter.allow", lambda *_: 5.0)
    client.post("/api/ask", json={"question": QUESTION})
    (line,) = lines(caplog)
    assert (line["route"], line["status"], line["outcome"]) == ("/api/ask", 429, REFUSED)


def test_a_question_for_which_there_is_no_room_is_told_so(
    client: TestClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise BusyError(3)

    monkeypatch.setattr("bot.admission.Admission.look", full)
    assert client.post("/api/ask", json={"question": QUESTION}).status_code == 503
    (line,) = lines(caplog)
    assert (line["route"], line["outcome"]) == ("/api", REFUSED)  # before its route was looked for


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/terms/가게/2", "/terms/{terms}/{article}"),
        ("/api/terms/가게", "/api/terms/{terms}"),
        ("/static/clause.css", "/static/clause.css"),
        ("/healthz", "/healthz"),
        ("/desk/login", "/desk/login"),
        ("/gradio_api/heartbeat/0123456789ab", "/gradio_api"),  # not asked for by GET
        (f"/{NUMBER}?q={NUMBER}", "other"),
        (f"/api/{NUMBER}", "/api"),
        (f"/desk/api/requests/{NUMBER}", "/desk/api/requests/{code}"),
        (f"/desk/{NUMBER}/{NUMBER}", "/desk"),
        ("/theme.css", "/theme.css"),
        ("/assets/nothing.js", "/assets/{name}"),
        ("/", "/"),
    ],
)
def test_a_route_is_told_and_never_a_path(
    client: TestClient, caplog: pytest.LogCaptureFixture, path: str, route: str
) -> None:
    method = "POST" if "heartbeat" in path else "GET"
    client.request(method, path)
    (line,) = lines(caplog)
    assert (line["route"], line["method"]) == (route, method)
    assert NUMBER not in caplog.text


@pytest.mark.parametrize(
    "sent", ["", "a" * 65, "a b", "a/b", "<script>", "id\u00e9", NUMBER, "01012345678", "a@example.com"]
)
def test_an_id_that_is_none_or_personal_gives_way_to_a_new_one(sent: str) -> None:
    assert MADE.fullmatch(read_id(sent))


@pytest.mark.parametrize("sent", ["a", "a" * 64, "7b0c-41.X_9", "4f0e6b8a-9d1c-4e5f-8a7b-1c2d3e4f5a6b"])
def test_an_id_that_is_well_formed_is_kept(sent: str) -> None:
    assert read_id(sent) == sent


def test_what_is_refused_and_what_fails_has_an_id_too(client: TestClient) -> None:
    for path in ("/nothing", "/api/nothing", "/assets/nothing.js"):
        assert MADE.fullmatch(client.get(path).headers["x-request-id"])


def test_a_flood_of_refusals_does_not_fill_the_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.request_log.MOST", 3)
    caplog.set_level(logging.INFO, "bot.requests")
    now = [0.0]

    async def busy(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("", 503)(scope, receive, send)

    metrics = Metrics({})
    client = TestClient(RequestLog(busy, metrics, clock=lambda: now[0]))
    for _ in range(3 + 5):
        client.get("/api/search")
    assert len(lines(caplog)) == 3
    now[0] = MINUTE
    client.get(f"/{NUMBER}")
    (line,) = lines(caplog)
    assert (line["left_out"], line["route"]) == (5, "other")
    shown = metrics.exposition("ready", "")[0].decode()
    assert 'bot_error_responses_total{code="503"} 9.0' in shown
    assert 'bot_http_seconds_count{route="/api",status="5xx"} 8.0' in shown


def test_a_fault_of_ours_is_told_as_500(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.requests")

    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise OSError(NUMBER)

    with pytest.raises(OSError, match=NUMBER):
        TestClient(RequestLog(broken, Metrics({}))).get("/", headers={"X-Request-ID": "a"})
    (line,) = lines(caplog)
    assert (line["id"], line["status"]) == ("a", 500)


def test_an_answer_of_the_chat_has_a_line_of_its_own_with_the_id_of_its_request(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    sent = client.post(JOIN, json=press(ASK, QUESTION, None, ""), headers={"X-Request-ID": "join-1"})
    assert sent.status_code == 200
    assert [(line["id"], line["route"]) for line in lines(caplog)] == [("join-1", JOIN)]

    class Asked:
        scope = {"yakgwan.trace": Trace("join-1")}  # noqa: RUF012

    class Request:
        request = Asked()

    with answer_told(Request(), "chat") as trace:
        trace.end("answered", {"embed": 0.0123})
    (line,) = lines(caplog)
    assert line.pop("ms") >= 0
    assert line == {"id": "join-1", "channel": "chat", "outcome": "answered", "steps": {"embed": 12.3}}


def test_every_ending_has_a_name_and_an_error_is_no_other_one() -> None:
    assert [outcome_of(status) for status in Status if status is not Status.ERROR] == list(OUTCOMES[:-1])
    assert outcome_of(Status.ERROR) == OUTCOMES[-1] == "failed"


def record(message: str, **fields: object) -> logging.LogRecord:
    made = logging.LogRecord("bot.requests", logging.INFO, "", 0, message, None, None)
    made.fields = fields
    return made


def test_a_line_is_an_object_of_json() -> None:
    made = record(f"told {NUMBER} \n «»", id="01012345678", steps={"embed": 1.5})
    shown = Json().format(made)
    assert "\n" not in shown
    line = json.loads(shown)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert line == {
        "level": "info",
        "logger": "bot.requests",
        "message": "told [전화번호] \n «»",
        "id": "01012345678",
        "steps": {"embed": 1.5},
    }


@pytest.mark.parametrize("form", [Json, Readable])
def test_what_an_exception_holds_is_masked(form: type[logging.Formatter]) -> None:
    error = ValueError(NUMBER)
    made = logging.LogRecord("bot", logging.ERROR, "", 0, "failed", None, (ValueError, error, None))
    shown = form().format(made)
    assert "ValueError: [전화번호]" in shown
    assert NUMBER not in shown


def test_a_readable_line_has_the_figures_behind_it() -> None:
    shown = Readable().format(record("request", id="a", route="/api/ask", steps={"embed": 1.5}))
    assert shown.endswith(" INFO bot.requests: request id=a route=/api/ask embed=1.5")


def test_the_log_is_set_up_in_the_form_that_is_wished_for(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.RootLogger(logging.WARNING)
    monkeypatch.setattr(logging, "root", root)
    set_up_logging("json")
    (handler,) = root.handlers
    assert (type(handler.formatter), root.level) == (Json, logging.INFO)
