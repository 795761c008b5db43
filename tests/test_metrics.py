"""What is counted, and who may read it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from support.pages import open_client

from bot.answer import Status
from bot.service import Service
from bot.web.metrics import Metrics

LOCAL = ("127.0.0.1", 50_000)


def read(text: str) -> dict[tuple[str, ...], float]:
    """Each sample: its name and label values, in the order of the labels' names."""
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(s.name, *(value for _, value in sorted(s.labels.items()))): s.value for s in samples}


def figures(metrics: Metrics, state: str = "ready") -> dict[tuple[str, ...], float]:
    content, _ = metrics.exposition(state, "")
    return read(content.decode())


def open_local(service: Service, address: tuple[str, int] = LOCAL) -> TestClient:
    return TestClient(open_client(service).app, client=address)


def test_answers_are_counted_by_channel_and_status_with_their_time() -> None:
    metrics = Metrics({})
    metrics.answered(Status.ANSWERED, "api", 0.04, {"queue": 0.003, "embed": 0.03})
    metrics.answered(Status.ANSWERED, "api", 0.3, {"queue": 0.2, "embed": 0.09})
    metrics.answered(Status.ERROR, "chat", 0.0, {})
    found = figures(metrics)
    assert found["bot_questions_total", "api", "answered"] == 2
    assert found["bot_questions_total", "chat", "error"] == 1
    assert found["bot_questions_total", "mcp", "not_found"] == 0
    assert found["bot_answer_seconds_sum", "answered"] == pytest.approx(0.34)
    assert found["bot_answer_seconds_bucket", "0.05", "answered"] == 1
    assert found["bot_answer_seconds_bucket", "+Inf", "answered"] == 2
    assert found["bot_answer_seconds_count", "failed"] == 1
    assert found["bot_answer_seconds_count", "not_found"] == 0
    assert found["bot_step_seconds_sum", "embed"] == pytest.approx(0.12)
    assert found["bot_step_seconds_count", "write"] == 0


def test_ratings_refusals_and_faults_of_the_journal_are_counted() -> None:
    metrics = Metrics({"embedding": "fake"})
    metrics.rated(True)
    metrics.rated(good=False)
    metrics.rated(good=False)
    metrics.limited()
    metrics.journal_failed()
    found = figures(metrics)
    assert found["bot_ratings_total", "good"] == 1
    assert found["bot_ratings_total", "bad"] == 2
    assert found["bot_limited_requests_total",] == 1
    assert found["bot_journal_failures_total",] == 1
    assert any(name[:2] == ("bot_build_info", "fake") for name in found)


def test_each_application_counts_for_itself() -> None:
    Metrics({}).limited()
    assert figures(Metrics({}))["bot_limited_requests_total",] == 0


@pytest.mark.parametrize("state", ["loading", "ready", "words_only", "failed"])
def test_exactly_the_state_of_the_index_is_one(state: str) -> None:
    found = figures(Metrics({}), state)
    assert [name[1] for name, value in found.items() if name[0] == "bot_index_state" and value] == [state]


def test_what_happens_is_seen_from_this_machine(shop_service: Service) -> None:
    service = Service(shop_service.settings.model_copy(update={"rate": "1/day"}))
    client = open_local(service)
    assert read(client.get("/metrics").text)["bot_index_state", "loading"] == 1
    service.load()
    assert client.post("/api/ask", json={"question": "환불 되나요"}).json()["status"] == "answered"
    assert client.post("/api/ask", json={"question": "환불 되나요"}).status_code == 429
    response = client.get("/metrics")
    found = read(response.text)
    assert response.headers["content-type"].startswith("text/plain")
    assert found["bot_questions_total", "api", "answered"] == 1
    assert found["bot_limited_requests_total",] == 1
    assert found["bot_index_state", "ready"] == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1"])
def test_every_address_of_this_machine_may_read(shop_service: Service, address: str) -> None:
    assert open_local(shop_service, (address, 1)).get("/metrics").status_code == 200


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "2001:db8::1", "testclient"])
def test_to_others_the_figures_are_not_there(shop_service: Service, address: str) -> None:
    assert open_local(shop_service, (address, 1)).get("/metrics").status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_what_a_proxy_on_this_machine_passes_on_is_not_from_this_machine(shop_service: Service, header: str) -> None:
    assert open_local(shop_service).get("/metrics", headers={header: "127.0.0.1"}).status_code == 404
