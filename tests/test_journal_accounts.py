"""Accounts, log-ins and failures in the database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text
from support.entries import DAYS, Clock

from bot.journal.accounts import ONE_TIME, AccountError, Accounts
from bot.journal.journal import Journal
from bot.journal.login_failures import BUSY, MINUTES, OF_ADDRESS, OF_NAME, SLOW, LoginFailures, Try
from bot.journal.logins import Logins
from bot.journal.names import Role
from bot.journal.tables import FailureRow, LoginRow

if TYPE_CHECKING:
    from collections.abc import Callable

pytest_plugins = ["support.databases"]
IDLE, LONGEST = timedelta(minutes=60), timedelta(hours=12)
KEY = b"k" * 32
HERE = "192.0.2.1"


@pytest.fixture
def accounts(journal: Journal) -> Accounts:
    return Accounts(journal)


@pytest.fixture
def logins(journal: Journal) -> Logins:
    return Logins(journal, IDLE, LONGEST)


@pytest.fixture
def failures(journal: Journal) -> LoginFailures:
    return LoginFailures(journal, KEY)


def test_an_account_is_found_however_its_name_is_written(accounts: Accounts) -> None:
    assert not accounts.exist()
    made = accounts.add(" 김 Manager ", Role.MANAGER, "hash")
    assert accounts.exist()
    assert (made.name, made.role, made.one_time, made.disabled) == ("김 Manager", Role.MANAGER, None, False)
    for name in (
        "김 manager",
        unicodedata.normalize("NFD", "김 MANAGER"),
        "김  \uff2d\uff21\uff2e\uff21\uff27\uff25\uff32\u200b",
    ):
        assert accounts.named(name) == made
    assert accounts.named("김") is None
    assert "hash" not in repr(made)


def test_a_name_is_one_accounts_and_neither_short_nor_endless(accounts: Accounts) -> None:
    accounts.add("이상담", Role.AGENT, "hash")
    for name in ("이상담", "이상담 ", "가", "가" * 41, "\u200b" * 9):
        with pytest.raises(AccountError):
            accounts.add(name, Role.AGENT, "hash")
    assert [one.name for one in accounts.all()] == ["이상담"]


def test_there_is_always_somebody_who_manages(accounts: Accounts) -> None:
    one, two = (accounts.add(name, Role.MANAGER, "hash").id for name in ("하나", "둘이"))
    agent = accounts.add("셋이", Role.AGENT, "hash").id
    assert accounts.disable(one).disabled
    changes: tuple[Callable[[], object], ...] = (
        lambda: accounts.disable(two),
        lambda: accounts.set_role(two, Role.AGENT),
    )
    for change in changes:
        with pytest.raises(AccountError, match="관리자가 한 사람은"):
            change()
    assert accounts.disable(agent).disabled
    assert not accounts.enable(one).disabled
    assert accounts.set_role(two, Role.AGENT).role is Role.AGENT
    with pytest.raises(AccountError, match="그런 계정이 없습니다"):
        accounts.disable(99)


def test_a_log_in_is_found_by_its_token_alone(journal: Journal, accounts: Accounts, logins: Logins) -> None:
    account = accounts.add("이상담", Role.AGENT, "hash").id
    token = logins.start(account, HERE, "브라우저\x00" * 100)
    found = logins.find(token)
    assert found is not None
    assert (found.account, found.address, len(found.device)) == (account, HERE, 200)
    with journal.database.reading() as session:
        assert token not in str(session.execute(select(LoginRow.token)).all())
    for other in ("", token[:-1], token + "x", "가", "x" * 5000, "\ud800"):
        assert logins.find(other) is None


def test_it_ends_idle_or_old(accounts: Accounts, logins: Logins, clock: Clock) -> None:
    account = accounts.add("이상담", Role.AGENT, "hash").id
    token = logins.start(account, HERE, "")
    clock.forward(minutes=59, seconds=59)
    assert logins.find(token)
    clock.forward(minutes=60)
    assert logins.find(token) is None
    token = logins.start(account, HERE, "")
    for _ in range(15):
        clock.forward(minutes=45)
        assert logins.find(token)
    clock.forward(minutes=45)  # twelve hours, whatever it was used
    assert logins.find(token) is None
    assert logins.of(account) == []


def test_it_ends_with_a_password_a_disabled_account_and_everywhere(accounts: Accounts, logins: Logins) -> None:
    accounts.add("김관리", Role.MANAGER, "hash")
    account = accounts.add("이상담", Role.AGENT, "hash").id
    ends: tuple[Callable[[], object], ...] = (
        lambda: accounts.set_password(account, "other"),
        lambda: accounts.disable(account),
        lambda: logins.end_all(account),
    )
    for end in ends:
        tokens = [logins.start(account, HERE, "") for _ in range(2)]
        end()
        assert [logins.find(token) for token in tokens] == [None, None]
        accounts.enable(account)
        assert [logins.find(token) for token in tokens] == [None, None]


def test_logging_out_ends_one_of_them(accounts: Accounts, logins: Logins) -> None:
    account = accounts.add("이상담", Role.AGENT, "hash").id
    first, second = (logins.start(account, HERE, device) for device in ("하나", "둘"))
    assert [one.device for one in logins.of(account)] == ["둘", "하나"]
    logins.end(first)
    assert logins.find(first) is None
    assert logins.find(second)


def test_a_one_time_password_has_its_end(accounts: Accounts, clock: Clock) -> None:
    made = accounts.add("이상담", Role.AGENT, "hash", one_time=True)
    assert made.one_time == clock.now + ONE_TIME
    assert accounts.set_password(made.id, "other").one_time is None
    assert accounts.set_password(made.id, "other", one_time=True).one_time


def test_an_address_waits_15_minutes_after_its_fifth_failure(failures: LoginFailures, clock: Clock) -> None:
    for number in range(OF_ADDRESS):
        assert failures.begin(f"이름 {number}", HERE) == Try(last=number == OF_ADDRESS - 1)
        clock.forward(minutes=1)
    assert failures.begin("다른 이름", HERE) == Try(wait=14 * 60)
    assert failures.begin("다른 이름", "192.0.2.2") == Try()
    clock.forward(minutes=13, seconds=59.5)
    assert failures.begin("다른 이름", HERE) == Try(wait=1)
    clock.forward(seconds=0.5)
    assert failures.begin("다른 이름", HERE) == Try()


def test_a_name_waits_wherever_it_is_tried_from(failures: LoginFailures, clock: Clock) -> None:
    for number in range(OF_NAME):
        assert failures.begin("김관리", f"192.0.2.{number}").wait == 0
    assert failures.begin(" 김관리", "192.0.2.99").wait == MINUTES * 60
    assert failures.begin("이상담", "192.0.2.99").wait == 0
    clock.forward(minutes=MINUTES)
    assert failures.begin("김관리", "192.0.2.99").wait == 0


def test_a_success_forgets_the_failures_before_it(failures: LoginFailures) -> None:
    for _ in range(4):
        assert [failures.begin("김관리", HERE).wait for _ in range(OF_ADDRESS - 1)] == [0] * (OF_ADDRESS - 1)
        failures.succeeded("김관리", HERE)


def test_an_address_may_wait_without_a_name_and_asking_counts_nothing(failures: LoginFailures) -> None:
    for number in range(OF_ADDRESS):
        assert [failures.wait("", HERE) for _ in range(3)] == [0] * 3
        assert failures.begin("", HERE) == Try(last=number == OF_ADDRESS - 1)
    assert failures.wait("", HERE) == MINUTES * 60
    assert [failures.begin("", f"192.0.2.{number}").wait for number in range(2, 20)] == [0] * 18  # no name is locked
    failures.succeeded("", HERE)
    assert failures.wait("", HERE) == 0


def test_what_may_be_used_once_is_used_once(failures: LoginFailures, journal: Journal) -> None:
    assert [failures.use(one, IDLE) for one in ("a", "b", "a", "b")] == [True, True, False, False]
    assert not LoginFailures(journal, KEY).use("a", IDLE)


def test_the_company_takes_its_people_in(accounts: Accounts) -> None:
    own = accounts.add("이상담", Role.MANAGER, "hash")
    made = accounts.take_in("kim@example.com", Role.AGENT)
    assert (made.of_company, own.of_company, made.one_time) == (True, False, None)
    assert accounts.take_in("Kim@example.com", Role.MANAGER) == replace(made, role=Role.MANAGER)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: accounts.set_password(made.id, "hash"),
        lambda: accounts.set_role(made.id, Role.AGENT),
        lambda: accounts.add("kim@example.com", Role.AGENT, "hash"),
        lambda: accounts.take_in("이상담", Role.MANAGER),
        lambda: accounts.take_in("k", Role.MANAGER),
    )
    for refused in attempts:
        with pytest.raises(AccountError):
            refused()
    accounts.disable(made.id)
    with pytest.raises(AccountError, match="막힌 계정"):
        accounts.take_in("kim@example.com", Role.MANAGER)
    accounts.enable(made.id)
    accounts.set_role(own.id, Role.AGENT)
    assert accounts.take_in("kim@example.com", Role.AGENT).role is Role.AGENT  # nobody manages: the company says so


def test_somebody_new_may_come_twice_at_once(accounts: Accounts) -> None:
    found = []

    def come() -> None:
        found.append(accounts.take_in("kim@example.com", Role.AGENT).id)

    threads = [threading.Thread(target=come) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_many_failures_from_everywhere_slow_every_login_down_for_a_while(failures: LoginFailures, clock: Clock) -> None:
    for place in range(BUSY):
        assert failures.begin(f"이름 {place}", f"192.0.2.{place}").delay == 0
        failures.failed()
    assert failures.begin("김관리", "192.0.2.99").delay == SLOW
    clock.forward(minutes=MINUTES)
    assert failures.begin("김관리", "192.0.2.99").delay == 0


def test_several_processes_count_together(database_url: str, clock: Clock) -> None:
    journals = [Journal.open(database_url, DAYS, clock) for _ in range(2)]
    waits: list[int] = []

    def guess(journal: Journal) -> None:
        mine = LoginFailures(journal, KEY)
        waits.extend(mine.begin("김관리", HERE).wait for _ in range(4))

    threads = [threading.Thread(target=guess, args=(one,)) for one in journals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == [0] * OF_ADDRESS + [MINUTES * 60] * 3
    for one in journals:
        one.close()


def test_no_name_that_was_typed_stands_in_the_database(journal: Journal, failures: LoginFailures) -> None:
    failures.begin("이것은비밀번호", HERE)
    with journal.database.reading() as session:
        found = str(session.execute(select(FailureRow.subject)).all())
    assert "비밀번호" not in found
    assert HERE not in found
    other = LoginFailures(journal, b"x" * 32)
    assert [other.begin("이것은비밀번호", HERE).wait for _ in range(OF_ADDRESS)] == [0] * OF_ADDRESS


def test_who_waits_leaves_no_rows(journal: Journal, failures: LoginFailures) -> None:
    for number in range(50):
        failures.begin(f"이름 {number}", HERE)
    with journal.database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM journal_login_failures")) == OF_ADDRESS + 1


def test_what_counts_no_more_goes_with_the_purge(
    journal: Journal, accounts: Accounts, logins: Logins, failures: LoginFailures, clock: Clock
) -> None:
    account = accounts.add("이상담", Role.AGENT, "hash").id
    logins.start(account, HERE, "")
    failures.begin("이상담", HERE)
    journal.purge()
    tables = ("journal_logins", "journal_login_failures", "journal_accounts")
    count = [f"SELECT count(*) FROM {table}" for table in tables]  # noqa: S608  # names of our own
    with journal.database.reading() as session:
        assert [session.scalar(text(one)) for one in count] == [1, 2, 1]
    clock.forward(hours=13)
    journal.purge()
    with journal.database.reading() as session:
        assert [session.scalar(text(one)) for one in count] == [0, 0, 1]
