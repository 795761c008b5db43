"""Each question with how it ended is in the journal; a journal that fails costs no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from support.entries import DAYS, ONE

from bot.answer import Answer, Status
from bot.journal.entries import Cited
from bot.journal.journal import Journal
from bot.journal.reader import Reader
from bot.recorder import Recorder
from bot.understand.question import Ask
from index.clause import Clause
from index.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bot.service import Service

REFUND = Ask("환불 되나요")


class Counting:
    """A watch that remembers."""

    def __init__(self) -> None:
        self.ended: list[tuple[str, str]] = []
        self.failures = self.refusals = self.lost = 0

    def answered(self, status: Status, channel: str, seconds: float, steps: Mapping[str, float]) -> None:
        assert 0 < seconds < 60
        assert set(steps) <= set(STEPS)
        assert 0 < sum(steps.values()) <= seconds
        self.ended.append((str(status), channel))

    def refused(self) -> None:
        self.refusals += 1

    def journal_failed(self) -> None:
        self.failures += 1

    def journal_lost(self, entries: int) -> None:
        self.lost += entries


@pytest.fixture
def watch() -> Counting:
    return Counting()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(f"sqlite:///{tmp_path}/journal.db", DAYS)
    yield opened
    opened.close()


@pytest.fixture
def recorder(shop_service: Service, journal: Journal, watch: Counting) -> Recorder:
    shop_service.load()
    return Recorder(shop_service, journal, watch)


def ask_whole(recorder: Recorder, ask: Ask, conversation: str, channel: str) -> tuple[Answer, int | None]:
    answer = recorder.ask(ask, conversation, channel)
    return answer, answer.entry


def test_an_answer_is_written_with_all_that_led_to_it(recorder: Recorder, journal: Journal, watch: Counting) -> None:
    answer, entry = ask_whole(recorder, REFUND, ONE, "api")
    (logged,) = Reader(journal).conversation(ONE)
    assert (logged.id, logged.question, logged.interpreted) == (entry, "환불 되나요", "환불 되나요")
    assert (logged.status, logged.answer, logged.channel) == ("answered", answer.text, "api")
    assert logged.citations == (Cited(Clause("가게", "2", "1"), "2024-03-01"),)
    assert logged.confidence == pytest.approx(answer.confidence)
    assert 0 < logged.elapsed_ms < 60_000
    assert watch.ended == [("answered", "api")]


def test_the_pieces_of_a_stream_are_those_of_the_service_and_one_entry(recorder: Recorder, journal: Journal) -> None:
    ask = Ask("제1조")
    pieces, whole = list(recorder.stream(ask, ONE, "chat")), recorder.service.ask(ask)
    (logged,) = Reader(journal).conversation(ONE)
    *said, last = pieces
    assert len(said) == 2
    assert said[0] + said[1] == whole
    assert last == Answer(Status.ANSWERED, "", entry=logged.id)
    assert (logged.answer, len(logged.citations)) == (whole.text, 2)


def test_what_was_not_found_is_written_with_its_related_clauses(recorder: Recorder, journal: Journal) -> None:
    answer, _ = ask_whole(recorder, Ask("날씨 알려 주세요"), ONE, "chat")
    (logged,) = Reader(journal).conversation(ONE)
    assert (logged.status, logged.citations) == ("not_found", ())
    assert [c.clause for c in logged.related] == [c.clause for c in answer.related]


def test_a_fault_is_written_as_one(
    recorder: Recorder, journal: Journal, watch: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(text: str, k: int) -> None:
        raise MemoryError(text, k)

    monkeypatch.setattr(type(recorder.service.index().embedder), "queries", fail)
    answer, entry = ask_whole(recorder, REFUND, ONE, "chat")
    assert (answer.status, answer.text, answer.citations) == (Status.ERROR, recorder.service.failed().text, ())
    (logged,) = Reader(journal).conversation(ONE)
    assert (logged.id, logged.status, logged.answer) == (entry, "error", answer.text)
    assert watch.ended == [("error", "chat")]


def test_half_an_answer_never_passes_for_a_whole_one(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(receipt: object) -> None:
        raise RuntimeError(receipt)

    monkeypatch.setattr(recorder.writer, "wait", fail)
    answer = recorder.ask(Ask("제1조"), ONE, "chat")
    assert answer == recorder.service.failed()
    assert "answering failed" in caplog.text


def test_personal_data_do_not_get_into_the_journal(recorder: Recorder, journal: Journal, tmp_path: Path) -> None:
    ask_whole(recorder, Ask("010-1234-5678인데 환불 되나요"), ONE, "chat")
    (logged,) = Reader(journal).conversation(ONE)
    assert logged.question == "[전화번호]인데 환불 되나요"
    written = b"".join(path.read_bytes() for path in tmp_path.glob("journal.db*"))
    assert "환불".encode() in written
    assert b"1234-5678" not in written


def test_a_journal_that_fails_is_logged_and_costs_no_answer(
    recorder: Recorder, journal: Journal, watch: Counting, caplog: pytest.LogCaptureFixture
) -> None:
    with journal.database.writing() as session:
        session.execute(text("ALTER TABLE journal_entries RENAME TO aside"))
    answer, entry = ask_whole(recorder, REFUND, ONE, "chat")
    assert (answer.status, entry) == (Status.ANSWERED, None)
    assert "the journal cannot be written, 1 entries wait" in caplog.text
    assert "환불" not in caplog.text
    assert (watch.failures > 0, watch.lost, watch.ended) == (True, 0, [("answered", "chat")])


def test_what_a_person_leaves_half_way_is_written_and_counted(
    recorder: Recorder, journal: Journal, watch: Counting
) -> None:
    pieces = recorder.stream(Ask("제1조"), ONE, "chat")
    first = next(pieces)
    pieces.close()
    recorder.close()
    (logged,) = Reader(journal).conversation(ONE)
    assert logged.answer.startswith(first.text)
    assert watch.ended == [("answered", "chat")]
