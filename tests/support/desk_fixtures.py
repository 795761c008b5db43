"""What the tests of the desk's routes share, to be used as a plugin: the journal that the desk reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.passwords import _nobodys
from support.desk_client import CHEAP, desk_app, open_journal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI

    from bot.journal.journal import Journal
    from bot.service import Service
    from bot.settings import Settings


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """New passwords are hashed as quickly as those of the accounts that are there."""
    monkeypatch.setattr("bot.passwords._HASHER", CHEAP)
    _nobodys.cache_clear()
    yield
    _nobodys.cache_clear()


@pytest.fixture
def desk_journal(tmp_path: Path) -> Iterator[Journal]:
    """Its clock stands still (`open_journal`)."""
    opened = open_journal(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def app(shop_service: Service, shop_settings: Settings, desk_journal: Journal, tmp_path: Path) -> FastAPI:
    """The desk over the shop."""
    shop_service.load()
    return desk_app(shop_service, desk_journal, shop_settings, tmp_path)
