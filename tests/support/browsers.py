"""What the tests of the chat share: the real application over the real terms, and a person's page before it.

The server runs through the whole session. A browser does not: two of Playwright's cannot run in one thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from bot.journal.journal import Journal
from bot.journal.reader import Reader
from bot.service import Service
from bot.settings import Settings
from support.serving import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from index.search.clause_search import ClauseSearch


@pytest.fixture(scope="session")
def journal_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the database that the server of the chat writes."""
    return f"sqlite:///{tmp_path_factory.mktemp('chat') / 'journal.db'}"


@pytest.fixture(scope="session")
def address(real_search: ClauseSearch, journal_address: str) -> Iterator[str]:
    """Of the real server, started when the index is there: a first build takes longer than a person waits."""
    assert real_search.embedding
    settings = Settings(
        journal=SecretStr(journal_address), rate="1000/minute", request_rate="10000/minute", _env_file=None
    )
    with serve(Service(settings)) as origin:
        yield origin


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A new person's, in front of the chat; nothing goes wrong in it unseen."""
    faults: list[str] = []
    context = browser.new_context(locale="ko-KR", base_url=address)
    context.on("weberror", lambda fault: faults.append(str(fault.error)))
    opened = context.new_page()
    opened.goto("/")
    yield opened
    context.close()
    assert not faults


@pytest.fixture
def reader(address: str, journal_address: str) -> Iterator[Reader]:
    """Of the journal that the server writes."""
    assert address
    journal = Journal.open(journal_address, 90)
    yield Reader(journal)
    journal.close()
