"""What is older than the days kept is gone: from what the journal answers and from the bytes of its files."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.entries import DAYS, ONE, TWO, Clock, asked

from bot.journal.database import JournalError
from bot.journal.entries import Checked, Cited, Filter
from bot.journal.journal import Journal
from bot.journal.reader import Reader
from index.clause import Clause

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from support.databases import Server

pytest_plugins = ["support.databases"]

SECRETS = tuple(f"비밀스러운{kind}" for kind in ("질문", "해석", "답변", "이유", "조항", "문장"))


def write_secrets(journal: Journal) -> str:
    """An entry of `ONE` that holds all secrets; returns the code of its conversation."""
    question, interpreted, answer, reason, terms, said = SECRETS
    cited = (Cited(Clause(terms, "1", "1"), "2024-03-01"),)
    checks = (Checked(said, "dropped"),)
    number = journal.record(asked(question, interpreted=interpreted, answer=answer, citations=cited, checks=checks))
    assert journal.rate(number, ONE, good=False, reason=reason)
    return journal.hand_over(ONE)


def found(folder: Path, secrets: Sequence[str]) -> set[str]:
    """Those of ``secrets`` that stand in the bytes of any file below ``folder``."""
    content = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    return {secret for secret in secrets if any(secret.encode() in held for held in content)}


def test_what_is_older_than_the_days_kept_is_deleted(journal: Journal, clock: Clock) -> None:
    code = write_secrets(journal)
    clock.forward(seconds=1)
    kept = journal.record(asked(conversation=TWO))
    clock.forward(days=DAYS)
    reader = Reader(journal)
    assert journal.purge() == 1
    assert [row.id for row in reader.entries(Filter(), 1, 10)[0]] == [kept]
    assert reader.conversation(ONE) == []
    assert reader.by_code(code) is None
    assert journal.purge() == 0


def test_the_time_of_the_purge_can_be_given(journal: Journal, clock: Clock) -> None:
    write_secrets(journal)
    assert journal.purge(clock.now + timedelta(days=DAYS)) == 0
    assert journal.purge(clock.now + timedelta(days=DAYS, seconds=1)) == 1


def test_the_number_of_a_deleted_entry_is_not_given_again(journal: Journal, clock: Clock) -> None:
    first = journal.record(asked())
    clock.forward(days=DAYS + 1)
    journal.purge()
    assert journal.record(asked()) > first


@pytest.mark.parametrize("others", [0, 60])
def test_nothing_of_it_is_left_in_the_files(tmp_path: Path, others: int) -> None:
    clock = Clock()
    journal = Journal.open(f"sqlite:///{tmp_path}/journal.db", DAYS, clock)
    for _ in range(others):
        journal.record(asked("오래된 질문 " * 200))
    code = write_secrets(journal)
    clock.forward(days=DAYS + 1)
    for _ in range(others):
        journal.record(asked("남는 질문 " * 200, conversation=TWO))
    assert found(tmp_path, [*SECRETS, ONE, code]) == {*SECRETS, ONE, code}
    assert journal.purge() == others + 1
    assert found(tmp_path, [*SECRETS, ONE, code, "오래된"]) == set()
    assert found(tmp_path, ["남는"]) == ({"남는"} if others else set())
    assert (tmp_path / "journal.db-wal").stat().st_size == 0
    journal.close()


def test_a_reason_that_was_replaced_is_left_nowhere(tmp_path: Path) -> None:
    journal = Journal.open(f"sqlite:///{tmp_path}/journal.db", DAYS)
    write_secrets(journal)
    assert journal.rate(1, ONE, good=True, reason="새 이유")
    journal.purge()
    assert found(tmp_path, SECRETS) == set(SECRETS) - {"비밀스러운이유"}
    journal.close()


def test_a_reader_of_the_old_state_is_told_and_the_next_purge_does_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.journal.database.WAIT_SECONDS", 0)
    clock = Clock()
    journal = Journal.open(f"sqlite:///{tmp_path}/journal.db", DAYS, clock)
    write_secrets(journal)
    clock.forward(days=DAYS + 1)
    with journal.database.reading() as session:
        session.connection().exec_driver_sql("SELECT count(*) FROM journal_entries").scalar()
        with pytest.raises(JournalError, match="아직 WAL 파일에 남아 있습니다"):
            journal.purge()
    assert Reader(journal).entries(Filter(), 1, 10) == ([], 0)
    assert journal.purge() == 0
    assert found(tmp_path, [*SECRETS, ONE]) == set()
    journal.close()


@pytest.mark.postgres
def test_nothing_of_it_is_left_in_the_tables_of_a_server(empty_postgres: Server) -> None:
    clock = Clock()
    journal = Journal.open(empty_postgres.url, DAYS, clock)
    code = write_secrets(journal)
    clock.forward(days=DAYS + 1)
    journal.record(asked("남는 질문", conversation=TWO))
    empty_postgres.run("CHECKPOINT")
    assert found(empty_postgres.files, [*SECRETS, ONE, code]) == {*SECRETS, ONE, code}
    assert journal.purge() == 1
    empty_postgres.run("CHECKPOINT")
    assert found(empty_postgres.files, [*SECRETS, ONE, code, "남는"]) == {"남는"}
    journal.close()
