"""A disk that is full, broken or gone, at each call in turn: the right result or one Korean line, nothing half done."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from support.entries import asked
from support.fakes import QUESTIONS, FakeEmbedder
from support.fault_index import Build, Reload, Respond, TakeOver
from support.fault_runs import at_home, try_action
from support.fault_writing import Add, Follow, OpenJournal, Undo, WriteJournal
from support.faults import KINDS, Faults, injected

from bot.curation.curator import CurateError, Curator
from bot.journal.database import JournalAwayError
from bot.journal.journal import Journal
from bot.journal.writer import Writer
from bot.web.metrics import Metrics
from index import files, snapshot
from index.clause import Clause
from index.cli import make_app, run
from index.editions.library import Library
from index.errors import QuestionsError, StoreError, TermsError
from index.questions.files import load_questions
from index.search import build as building
from index.search.collection import Collection

if TYPE_CHECKING:
    from pathlib import Path

    from support.fault_actions import Action

    from bot.settings import Settings
    from index.editions.edition import Edition
    from index.questions.corpus import Corpus

REFUND = Clause("가게", "2", "1")
DENIED = 2  # the turn of EACCES
# of which kinds every how many calls one fails here; `make faults` fails each call of all kinds
SOME: tuple[tuple[type[Action], tuple[str, ...], int], ...] = (
    (Build, (), 60),
    (Reload, (), 120),
    (TakeOver, (), 150),
    (Respond, KINDS, 17),
    (WriteJournal, ("sql", "commit"), 11),
    (OpenJournal, ("open", "commit"), 9),
    (Add, KINDS, 4),
    (Undo, KINDS, 4),
    (Follow, ("write", "rename", "unlink"), 8),
)


@pytest.mark.slow
@pytest.mark.parametrize(("action", "kinds", "step"), SOME)
def test_whatever_call_fails_nothing_is_half_done_and_it_can_be_done_again(
    action: type[Action], kinds: tuple[str, ...], step: int, tmp_path: Path
) -> None:
    with at_home():
        runs = try_action(action(), tmp_path / "runs", step=step, kinds=kinds)
    assert runs.broken == []
    assert runs.injected.total() > 0


def test_a_folder_of_questions_that_may_not_be_listed_is_not_taken_for_empty(shop_settings: Settings) -> None:
    forbidden = Faults(shop_settings.data / "questions", "list", DENIED)
    forbidden.calls = DENIED - 1
    with injected(forbidden), pytest.raises(QuestionsError, match="Permission denied"):
        load_questions(shop_settings.data, "가게")


def test_a_file_of_questions_that_is_no_utf_8_is_named(shop_settings: Settings) -> None:
    path = shop_settings.data / "questions" / "가게" / "2.md"
    path.write_bytes(QUESTIONS["2.md"].encode("cp949"))
    with pytest.raises(QuestionsError, match=r"2\.md:1: UTF-8로 저장된 글이 아닙니다"):
        load_questions(shop_settings.data, "가게")


@pytest.mark.parametrize(("kind", "n"), [("list", 1), ("list", 2), ("read", 1), ("read", 2), ("read", 3), ("read", 4)])
def test_terms_that_could_not_be_read_once_are_read_the_next_time(kind: str, n: int, shop_settings: Settings) -> None:
    library = Library(shop_settings.data)
    text = (library.root / "가게" / "2024-03-01.txt").read_text(encoding="utf-8")
    (library.root / "가게" / "2024-04-01.txt").write_text(text, encoding="utf-8")
    for path in (library.root, library.root / "가게"):
        os.utime(path, (time.time() - 100,) * 2)  # what was seen so is not looked at again
    with injected(faults := Faults(library.root, kind, n)), suppress(TermsError):
        library.edition("가게", "2024-04-01")
    assert faults.injected == 1
    found = library.edition("가게", "2024-04-01")
    assert found is not None
    assert found.date == "2024-04-01"


def test_a_question_that_was_not_added_is_not_in_the_history(
    shop_settings: Settings, shop_editions: tuple[Edition, ...]
) -> None:
    curator = Curator(shop_settings.data)
    before = curator.add(shop_editions[0], [REFUND], "돈 돌려줘요")
    for kind in ("write", "fsync", "rename"):
        for n in (1, 2):
            with (
                injected(Faults(shop_settings.data / "questions", kind, n)),
                pytest.raises(CurateError, match="쓸 수 없습니다"),
            ):
                curator.add(shop_editions[0], [REFUND], "산 것 돌려보낼래요")
            assert [change for change, _ in curator.history(shop_editions[0])] == [before]


def test_what_is_beside_a_file_and_cannot_be_removed_does_not_undo_its_writing(tmp_path: Path) -> None:
    with injected(Faults(tmp_path, "unlink", 1)):
        files.replace_file(tmp_path / "one", b"new")
    assert (tmp_path / "one").read_bytes() == b"new"


def test_a_move_of_questions_that_cannot_begin_leaves_nothing_in_their_folder(tmp_path: Path) -> None:
    folder, aside, file = (tmp_path / name for name in ("folder", "aside", "file"))
    folder.mkdir()
    aside.mkdir()
    file.write_text("before", encoding="utf-8")
    with injected(Faults(folder, "rename", 1)), pytest.raises(OSError, match="error"):
        files.exchange(folder, aside, file, b"after")
    assert list(folder.iterdir()) == []
    assert file.read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize("kind", ["write", "fsync", "rename"])
def test_a_build_that_cannot_be_named_takes_no_room(kind: str, shop_settings: Settings, shop_corpus: Corpus) -> None:
    building.build(shop_settings, shop_corpus, FakeEmbedder())
    (kept,) = _builds(shop_settings)
    with injected(Faults(shop_settings.index / f".{snapshot.CURRENT}", kind, 1)), pytest.raises(StoreError):
        building.build(shop_settings, shop_corpus, FakeEmbedder())
    assert _builds(shop_settings) == [kept]
    building.load(shop_settings, shop_corpus, FakeEmbedder())


def test_what_a_killed_build_left_is_gone_before_the_next_one_needs_its_room(tmp_path: Path) -> None:
    (tmp_path / ".0123456789ab").mkdir()
    (tmp_path / "ba9876543210").mkdir()
    with snapshot.writing(tmp_path, {}) as aside:
        assert [path for path in tmp_path.iterdir() if path.is_dir()] == [aside]


# NumPy leaves an archive open that it cannot read
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_index_of_which_a_file_cannot_be_read_is_refused(shop_settings: Settings, shop_corpus: Corpus) -> None:
    building.build(shop_settings, shop_corpus, FakeEmbedder())
    folder, _ = snapshot.read_manifest(shop_settings.index)
    refused, n = 0, 0
    while n == refused:
        n += 1
        with injected(faults := Faults(folder, "read", n)), suppress(StoreError):
            Collection.read(folder)
        refused += faults.injected
    assert refused > 10


def test_room_for_what_is_mapped_is_had_before_it_is_written(shop_settings: Settings, shop_corpus: Corpus) -> None:
    """A mapped file on a full disk is no error that could be told: the process is killed."""
    with injected(faults := Faults(shop_settings.index, "write", 2)), pytest.raises(StoreError, match="저장할 수 없"):
        building.build(shop_settings, shop_corpus, FakeEmbedder())
    assert faults.injected == 1
    assert faults.failed.endswith("factor.map")


def test_a_disk_that_fails_is_one_line_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    app = make_app("")

    @app.command()
    def fail() -> None:
        raise OSError(28, "No space left on device", "/there")

    assert run(app, ["--"]) == 1
    assert capsys.readouterr().err == "오류: /there: 읽거나 쓸 수 없습니다: No space left on device\n"


def test_a_journal_on_a_broken_disk_is_told_at_once(tmp_path: Path) -> None:
    started = time.monotonic()
    with injected(Faults(tmp_path, "sql", 6, lasting=True)), pytest.raises(JournalAwayError, match=r"disk|database"):
        Journal.open(f"sqlite:///{tmp_path}/journal.db", 90)
    assert time.monotonic() - started < 5  # only a file that is locked is waited for


def test_a_journal_that_is_closed_while_an_entry_is_refused_ends_its_thread_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal.open(f"sqlite:///{tmp_path}/journal.db", 90)
    writer = Writer(journal, Metrics({}))
    writes = iter(range(10))
    record_all = journal.record_all

    def refuse(entries: list[object]) -> list[int]:
        if next(writes) < 2:  # both together, then the first alone
            raise JournalAwayError("away")
        closing = threading.Thread(target=writer.close, args=(0,))
        closing.start()
        closing.join()
        return record_all(entries)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "record_all", refuse)
    with writer._changed:
        receipts = [writer.submit(asked()) for _ in range(2)]
    assert writer.wait(receipts[1], 30) is None
    thread = writer._thread
    if thread is not None:
        thread.join(30)
    journal.close()


def _builds(settings: Settings) -> list[str]:
    return [path.name for path in settings.index.iterdir() if path.is_dir()]
