"""The desk over the shop, with a journal of some conversations, and a client that is logged in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.journal.accounts import Accounts
from bot.journal.entries import Checked, Cited, Entry
from bot.journal.journal import Journal
from bot.journal.names import Role
from bot.web.body_limit import BodyLimit
from bot.web.desk import FILES, add_desk
from index.clause import Clause

if TYPE_CHECKING:
    from pathlib import Path

    from bot.admission import Admission
    from bot.service import Service
    from bot.settings import Settings

PASSWORD = "예시비밀번호1234"  # noqa: S105  # an example
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)  # the tests wait for no work that guards nothing
HASH = CHEAP.hash(PASSWORD)
MANAGER, AGENT = "김관리", "이상담"  # names of accounts, both with this password
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
    """An application that has nothing but the desk, with an account of each role."""
    app = FastAPI()
    add_accounts(journal)
    own = settings.model_copy(update={"secret": folder / "secret"})
    add_desk(app, service, journal, own, admission)
    app.add_middleware(BodyLimit, files=FILES)
    return app


def add_accounts(journal: Journal) -> None:
    """`MANAGER` and `AGENT`, with the password of the tests."""
    accounts = Accounts(journal)
    if not accounts.exist():
        accounts.add(MANAGER, Role.MANAGER, HASH)
        accounts.add(AGENT, Role.AGENT, HASH)


def open_desk(settings: Settings) -> Settings:
    """The same settings, with accounts in their journal."""
    journal = Journal.open(settings.journal.get_secret_value(), 90)
    add_accounts(journal)
    journal.close()
    return settings


def log_in(app: FastAPI, name: str = MANAGER) -> TestClient:
    """A client that sends what a browser sends from the desk's own pages, logged in."""
    client = TestClient(app, base_url="https://desk.example", headers=OWN)
    assert client.post("/desk/login", data={"name": name, "password": PASSWORD}).url.path == "/desk/"
    return client
