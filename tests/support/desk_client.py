"""The desk over the shop, with a journal of some conversations, and a client that is logged in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from bot.journal.entries import Checked, Cited, Entry
from bot.journal.journal import Journal
from bot.web.body_limit import BodyLimit
from bot.web.desk import add_desk
from bot.web.desk.credentials import hash_password
from index.clause import Clause

if TYPE_CHECKING:
    from pathlib import Path

    from bot.admission import Admission
    from bot.service import Service
    from bot.settings import Settings

PASSWORD = "예시비밀번호1234"  # noqa: S105  # an example
HASH = hash_password(PASSWORD)
OWN = {"Sec-Fetch-Site": "same-origin"}
REFUND = Cited(Clause("가게", "2", "1"), "2024-03-01")
NOON = dt.datetime(2026, 3, 2, 3, 0, tzinfo=dt.UTC)  # 12:00 in Seoul


def open_journal(folder: Path, now: dt.datetime = NOON) -> Journal:
    """A journal in a file; its clock stands at ``now``."""
    return Journal.open(f"sqlite:///{folder / 'journal.db'}", 90, clock=lambda: now)


def write(
    journal: Journal,
    question: str,
    status: str = "answered",
    conversation: str = "a" * 32,
    checks: tuple[Checked, ...] = (),
) -> int:
    """Write one question; an answered one cites the refund."""
    answered = status == "answered"
    return journal.record(
        Entry(
            conversation=conversation,
            question=question,
            answer="**7일** 안에 [제2조 제1항](/terms/가게/2#p1)" if answered else "약관에서 확인되지 않는 내용입니다.",
            interpreted=question,
            status=status,
            confidence=0.9 if answered else 0.1,
            citations=(REFUND,) if answered else (),
            related=(),
            elapsed_ms=20.0,
            channel="chat",
            checks=checks,
        )
    )


def desk_app(
    service: Service, journal: Journal, settings: Settings, folder: Path, admission: Admission | None = None
) -> FastAPI:
    """An application that has nothing but the desk."""
    app = FastAPI()
    own = settings.model_copy(update={"desk_password": SecretStr(HASH), "secret": folder / "secret"})
    add_desk(app, service, journal, own, admission)
    app.add_middleware(BodyLimit)
    return app


def log_in(app: FastAPI) -> TestClient:
    """A client that sends what a browser sends from the desk's own pages, logged in."""
    client = TestClient(app, base_url="https://desk.example", headers=OWN)
    assert client.post("/desk/login", data={"password": PASSWORD}).url.path == "/desk/"
    return client
