"""What the tests of the desk's routes share, to be used as a plugin: the journal that the desk reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.desk_client import open_journal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.journal.journal import Journal


@pytest.fixture
def desk_journal(tmp_path: Path) -> Iterator[Journal]:
    """Its clock stands still (`open_journal`)."""
    opened = open_journal(tmp_path)
    yield opened
    opened.close()
