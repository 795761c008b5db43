"""The key of the seal is made once and read by its owner alone."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from bot.journal.key_file import read_key
from index.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path


def test_the_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret"
    key = read_key(path)
    assert (len(key), read_key(path)) == (32, key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["secret"]
    assert read_key(tmp_path / "other") != key


def test_a_key_file_without_a_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"short")
    with pytest.raises(SettingsError, match="손상"):
        read_key(tmp_path / "secret")
