"""What the tests of a conversation share: the chat's events over the shop and a real journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.journal.journal import Journal
from bot.recorder import Recorder
from bot.web.chat.events import Events
from bot.web.limits import Limiter
from bot.web.metrics import Metrics
from support.entries import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.service import Service


@pytest.fixture
def chat_journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(f"sqlite:///{tmp_path}/journal.db", DAYS)
    yield opened
    opened.close()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics({})


@pytest.fixture
def events(shop_service: Service, chat_journal: Journal, metrics: Metrics) -> Events:
    shop_service.load()
    return Events(Recorder(shop_service, chat_journal, metrics), Limiter("3/hour"), metrics)
