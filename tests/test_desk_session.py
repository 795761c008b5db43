"""Passwords, keys, sessions and lock-outs by a given clock."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from bot.web.desk.credentials import PasswordError, hash_password, read_key, verify_password
from bot.web.desk.login import HOURS_12, Sessions
from bot.web.limits import BUSY, FAILURES, SLOW, Lockout
from index.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

KEY = b"k" * 32


class Clock:
    """Seconds that stand still until they are set."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The library that counts asks no other clock than the computer's."""
    clock = Clock()
    monkeypatch.setattr("time.time", clock)
    monkeypatch.setattr("bot.web.limits.time", clock)
    return clock


def test_a_password_is_recognised_however_its_hangul_is_composed() -> None:
    hashed = hash_password("가나다라마바사아자차")
    assert verify_password(hashed, "가나다라마바사아자차")
    assert not verify_password(hashed, "가나다라마바사아자")


@pytest.mark.parametrize("text", ["아홉글자뿐입니다.", "가" * 201])
def test_a_password_is_neither_short_nor_endless(text: str) -> None:
    with pytest.raises(PasswordError, match="10자 이상 200자 이하"):
        hash_password(text)


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


def test_a_session_ends_12_hours_after_its_last_use() -> None:
    clock = Clock()
    sessions = Sessions(KEY, "hash", clock)
    token = sessions.start()
    clock.now += HOURS_12 - 1
    session = sessions.check(token)
    assert session is not None
    clock.now += 2
    assert sessions.check(token) is None
    renewed = sessions.check(session.renewed)
    assert renewed is not None
    assert renewed.id == session.id


def test_a_young_session_is_not_renewed_at_each_request() -> None:
    clock = Clock()
    sessions = Sessions(KEY, "hash", clock)
    token = sessions.start()
    clock.now += 599
    assert [bool(session.renewed) for session in [sessions.check(token)] if session] == [False]
    clock.now += 1
    assert [bool(session.renewed) for session in [sessions.check(token)] if session] == [True]


def test_a_changed_password_another_key_or_a_changed_token_is_no_session() -> None:
    token = Sessions(KEY, "hash").start()
    assert Sessions(KEY, "hash").check(token)
    assert Sessions(KEY, "other").check(token) is None
    assert Sessions(b"x" * 32, "hash").check(token) is None
    for forged in ("", "a.b.c", token[:-1], "A" + token[1:], "가"):
        assert Sessions(KEY, "hash").check(forged) is None


def test_logging_out_ends_renewed_copies_too() -> None:
    clock = Clock()
    sessions = Sessions(KEY, "hash", clock)
    token = sessions.start()
    clock.now += 700
    session = sessions.check(token)
    assert session is not None
    sessions.end(token)
    assert sessions.check(session.renewed) is None


def test_an_address_waits_15_minutes_after_its_fifth_failure(clock: Clock) -> None:
    lockout = Lockout()
    for _ in range(5):
        assert lockout.begin("192.0.2.1") == 0
        clock.now += 60
    assert lockout.begin("192.0.2.1") == 840
    assert lockout.begin("192.0.2.2") == 0
    clock.now += 839
    assert lockout.begin("192.0.2.1") == 1
    clock.now += 1
    assert lockout.begin("192.0.2.1") == 0


def test_ipv4_addresses_written_as_ipv6_are_locked_out_one_by_one() -> None:
    lockout = Lockout()
    for _ in range(5):
        assert lockout.begin("::ffff:192.0.2.1") == 0
    assert lockout.begin("192.0.2.1") > 0
    assert lockout.begin("::ffff:192.0.2.2") == 0


def test_a_success_forgets_the_failures_before_it() -> None:
    lockout = Lockout()
    for _ in range(3):
        assert [lockout.begin("192.0.2.1") for _ in range(4)] == [0] * 4
        lockout.succeeded("192.0.2.1")


def test_five_tries_side_by_side_are_all_that_are_looked_at(clock: Clock) -> None:
    lockout = Lockout()
    waits = [lockout.begin("192.0.2.1") for _ in range(8)]
    assert waits == [0] * FAILURES + [900] * 3
    clock.now += 899.5
    assert lockout.begin("192.0.2.1") == 1


def test_many_failures_from_everywhere_slow_every_login_down_for_a_while(clock: Clock) -> None:
    lockout = Lockout()
    for place in range(BUSY):
        assert lockout.delay == 0
        lockout.begin(f"192.0.2.{place}")
        lockout.failed()
    assert lockout.delay == SLOW
    clock.now += 900
    assert lockout.delay == 0


@pytest.mark.parametrize(
    ("guessing", "neighbour", "other"),
    [
        ("2001:db8:1:2:3::4", "2001:db8:1:2::9", "2001:db8:1:3::9"),
        ("::ffff:192.0.2.1", "192.0.2.1", "::ffff:192.0.2.2"),
    ],
)
def test_what_counts_as_one_address_is_locked_out_and_no_other(guessing: str, neighbour: str, other: str) -> None:
    lockout = Lockout()
    for _ in range(FAILURES):
        lockout.begin(guessing)
    assert lockout.begin(neighbour) > 0
    assert lockout.begin(other) == 0
