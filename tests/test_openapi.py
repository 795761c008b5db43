"""The HTTP interface keeps what its own OpenAPI document says, whatever it is sent."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import StopReason, events, from_schema
from support.desk_client import open_desk

from bot.journal.writer import Writer
from bot.service import Service
from bot.web.server import build_app

if TYPE_CHECKING:
    import pytest
    from fastapi import FastAPI

CONFIG = {
    "seed": 1,
    "generation": {"max-examples": 40, "deterministic": True, "database": "none", "no-shrink": True},
    # bytes that are no text, and a body beyond the limit of size, are refused as such
    "checks": {"negative_data_rejection": {"expected-statuses": ["400", "405", "413", "422"]}},
}

PHASES = ("coverage", "fuzzing")
OPERATIONS = (
    "POST /api/ask",
    "GET /api/search",
    "GET /api/terms",
    "GET /api/terms/{terms}",
    "GET /api/terms/{terms}/{article}",
    "POST /api/requests",
)


def test_every_operation_keeps_its_promises(shop_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.api.request_routes.RATE", "1000000/second")
    monkeypatch.setattr(Writer.perform, "__defaults__", (60.0,))  # a busy machine is no fault of the interface
    # the desk, and no webhook: its thread draws from the random numbers that the generation watches
    free = open_desk(shop_service.settings.model_copy(update={"rate": "1000000/second"}))

    async def make() -> FastAPI:
        return build_app(Service(free))

    schema = schemathesis.openapi.from_asgi(
        "/api/openapi.json", asyncio.run(make()), config=SchemathesisConfig.from_dict(CONFIG)
    )
    done = list(from_schema(schema).execute())
    scenarios = [event for event in done if isinstance(event, events.ScenarioFinished)]
    failures = [
        f"{scenario.recorder.label}: {check.failure_info.failure}"
        for scenario in scenarios
        for checks in scenario.recorder.checks.values()
        for check in checks
        if check.failure_info
    ]
    assert failures == []
    errors = [str(getattr(e, "info", e)) for e in done if isinstance(e, events.NonFatalError | events.FatalError)]
    assert errors == []
    finished = done[-1]
    assert isinstance(finished, events.EngineFinished)
    assert finished.stop_reason is StopReason.COMPLETED
    assert {(s.phase.value, s.recorder.label) for s in scenarios if s.recorder.interactions} >= {
        (phase, operation) for phase in PHASES for operation in OPERATIONS
    }
