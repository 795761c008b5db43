"""The journal, the desk's questions and those that follow an edition, written while calls fail."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from unittest.mock import patch

from bot.curation.curator import Curator
from bot.journal.entries import Filter
from bot.journal.journal import Journal
from bot.journal.reader import Reader
from bot.journal.writer import Writer
from bot.web.metrics import Metrics
from index.clause import Clause
from index.editions.library import load_editions
from index.errors import YakgwanError
from index.files import is_interrupted
from support.comparing import NEW, OLD
from support.entries import ONE, asked
from support.fakes import QUESTIONS
from support.fault_actions import RETURN, TERMS, Plain, command, write_data, write_shop

if TYPE_CHECKING:
    from pathlib import Path

TOML = 'questions = "2024-01-01"\ntitle = "가게 약관"\ncontact = ["4.1"]\n'
FOLLOWED = {
    "2.md": "# 제2조 배송\n\n## 제1항\n- 며칠 걸려요\n- 언제 와요 [+3.2]\n\n## 제2항\n- 늦으면요 [+3.1]\n",
    "3.md": "# 제3조 환불\n\n## 제1항\n- 환불 되나요\n\n## 제2항\n- 뜯으면요\n",
    "범위밖.md": "# 범위 밖\n\n- 날씨 어때요\n",
}


class WriteJournal(Plain):
    """Entries, a rating and a code go through the queue into the journal."""

    name = "대화 기록에 쓰기"

    def __init__(self) -> None:
        self.told: list[int] = []
        self.journal: Journal | None = None
        self.code = ""
        self.seconds = 0.0

    def prepare(self, folder: Path) -> None:
        Journal.open(f"sqlite:///{folder / 'journal.db'}", 90).close()

    def begin(self, folder: Path) -> None:
        self.told, self.code, self.seconds = [], "", 0.3  # a journal that fails is not waited for
        self.journal = Journal.open(f"sqlite:///{folder / 'journal.db'}", 90, later=True)
        self.journal.close()  # what connects now is counted

    def act(self, folder: Path) -> None:
        del folder
        assert self.journal
        journal = self.journal
        with patch("bot.journal.writer.PAUSES", (0.001, 0.01)):
            writer = Writer(self.journal, Metrics({}))
            receipts = [writer.submit(asked(f"{number}번째 질문")) for number in range(3)]
            rows = [writer.wait(receipt, self.seconds) for receipt in receipts]
            self.told += [row for row in rows if row is not None]
            if self.told:
                writer.perform(lambda: journal.rate(self.told[0], ONE, good=True), self.seconds)
                self.code = writer.perform(lambda: journal.hand_over(ONE), self.seconds) or ""
            writer.close(self.seconds)
        self.journal.close()
        if None in rows or not self.code:
            raise YakgwanError("기록하지 못한 것이 있습니다.")

    def again(self, folder: Path) -> None:
        self.seconds = 30.0
        self.act(folder)

    def check(self, folder: Path, *, done: bool) -> None:
        journal = Journal.open(f"sqlite:///{folder / 'journal.db'}", 90)
        rows, total = Reader(journal).entries(Filter(), 1, 100)
        found = [row.id for row in rows]
        assert set(self.told) <= set(found), "what was acknowledged is lost"
        assert all(len(row.citations) == 1 for row in rows)
        assert total == len({(row.question, row.at) for row in rows}), "something is there twice"
        if self.code:
            assert journal.hand_over(ONE) == self.code
        journal.close()
        assert not done or len(self.told) >= 3


class OpenJournal(Plain):
    """A journal is made."""

    name = "대화 기록을 처음 열기"

    def prepare(self, folder: Path) -> None:
        """An empty folder."""

    def act(self, folder: Path) -> None:
        journal = Journal.open(f"sqlite:///{folder / 'var' / 'journal.db'}", 90)
        journal.record(asked())
        journal.close()

    def check(self, folder: Path, *, done: bool) -> None:
        if done:
            journal = Journal.open(f"sqlite:///{folder / 'var' / 'journal.db'}", 90)
            assert Reader(journal).entries(Filter(), 1, 10)[1]
            journal.close()


class Add(Plain):
    """The desk adds a question; what cannot be added again because it is there can be undone."""

    name = "데스크에서 질문 더하기"

    def prepare(self, folder: Path) -> None:
        write_shop(folder)
        self.add(folder, "돈을 돌려받을 수 있나요")  # so that there is a history

    def add(self, folder: Path, question: str) -> str:
        (edition,) = load_editions(folder / "data")
        return Curator(folder / "data").add(edition, [Clause(TERMS, "2", "1")], question).token

    def act(self, folder: Path) -> None:
        self.add(folder, RETURN)

    def again(self, folder: Path) -> None:
        (edition,) = load_editions(folder / "data")
        curator = Curator(folder / "data")
        if RETURN in self.lines(folder):
            token = next(c.token for c, undoable in curator.history(edition) if undoable and c.question == RETURN)
            curator.undo(edition, token)
        self.act(folder)

    def lines(self, folder: Path) -> str:
        return (folder / "data" / "questions" / TERMS / "2.md").read_text(encoding="utf-8")

    def check(self, folder: Path, *, done: bool) -> None:
        before = QUESTIONS["2.md"] + "- 돈을 돌려받을 수 있나요\n"
        after = f"{before}- {RETURN}\n"
        assert self.lines(folder) == after if done else self.lines(folder) in {before, after}
        (edition,) = load_editions(folder / "data")
        Curator(folder / "data").history(edition)


class Undo(Add):
    """The desk takes a question out again."""

    name = "데스크에서 질문 되돌리기"

    token = added = ""

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        self.added = self.add(folder, RETURN)

    def begin(self, folder: Path) -> None:
        del folder
        self.token = self.added

    def act(self, folder: Path) -> None:
        (edition,) = load_editions(folder / "data")
        Curator(folder / "data").undo(edition, self.token)

    def again(self, folder: Path) -> None:
        if RETURN not in self.lines(folder):  # it was done: so is the next one
            self.token = self.add(folder, RETURN)
        self.act(folder)

    def check(self, folder: Path, *, done: bool) -> None:
        after = QUESTIONS["2.md"] + "- 돈을 돌려받을 수 있나요\n"
        before = f"{after}- {RETURN}\n"
        assert self.lines(folder) == after if done else self.lines(folder) in {before, after}


class Follow(Plain):
    """`python -m index follow`: question files and terms.toml together, or neither."""

    name = "대표 질문을 새 판으로 옮기기"

    def __init__(self) -> None:
        self.before: dict[str, bytes] = {}
        self.after: dict[str, bytes] = {}

    def prepare(self, folder: Path) -> None:
        write_data(folder, {"2024-01-01.txt": OLD, "2025-01-01.txt": NEW, "terms.toml": TOML}, FOLLOWED)
        self.before = self.contents(folder)
        other = folder.with_name(f"{folder.name}-after")
        shutil.copytree(folder, other)
        self.act(other)
        self.after = self.contents(other)

    def contents(self, folder: Path) -> dict[str, bytes]:
        files = (path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): path.read_bytes() for path in files if path.parent.name != "index"}

    def act(self, folder: Path) -> None:
        command(folder, "follow", TERMS)

    def check(self, folder: Path, *, done: bool) -> None:
        if is_interrupted(folder / "data" / "questions" / TERMS):  # which whoever reads them is told
            assert not done
            return
        found = self.contents(folder)
        kept = {name: content for name, content in found.items() if "/." not in name}
        assert kept == self.after if done else kept in (self.before, self.after)
