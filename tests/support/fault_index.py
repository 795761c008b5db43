"""An index that is made, taken over and answered from while calls fail."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING
from unittest.mock import patch

from bot.answer import Status
from bot.background import FAILED
from bot.journal.journal import Journal
from bot.recorder import Recorder
from bot.service import Service
from bot.understand.question import Ask
from bot.web.metrics import Metrics
from index import snapshot
from index.clause import Clause
from index.errors import StoreError, YakgwanError
from index.search.build import load
from index.search.clause_search import ClauseSearch
from support.editions import FIRST, OLD
from support.entries import ONE
from support.fakes import SHOP, FakeEmbedder, settings_in
from support.fault_actions import (
    RETURN,
    TERMS,
    Plain,
    add_question,
    build_shop,
    command,
    corpus_of,
    write_shop,
)

if TYPE_CHECKING:
    from pathlib import Path

    from index.questions.corpus import Corpus

REFUND, EARLIER = Ask("환불 되나요"), Ask("2023년 3월에 계약했는데 환불 되나요")


def check_index(folder: Path, before: Corpus | None, *, done: bool) -> None:
    """It is whole, of the data as they are or as they were (``before``; None: there was none), and finds."""
    settings = settings_in(folder)
    for corpus in (corpus_of(folder), *(() if done or before is None else (before,))):
        with suppress(StoreError):
            collection, manifest = load(settings, corpus, FakeEmbedder())
            found = ClauseSearch.over(corpus, collection, FakeEmbedder(), manifest).find(REFUND.question, 1)
            assert found[0].passage.clause == Clause(TERMS, "2", "1")
            return
    whole = done or before is not None or snapshot.is_there(settings.index)
    assert not whole, "no index can be used"


class FirstBuild(Plain):
    """`python -m index build` where there is none."""

    name = "색인을 처음 만들기"
    before: Corpus | None = None

    def prepare(self, folder: Path) -> None:
        write_shop(folder)

    def act(self, folder: Path) -> None:
        command(folder, "build")

    def check(self, folder: Path, *, done: bool) -> None:
        check_index(folder, self.before, done=done)


class Build(FirstBuild):
    """`python -m index build` beside an older one."""

    name = "색인을 새로 만들기"

    def prepare(self, folder: Path) -> None:
        write_shop(folder)
        self.before = build_shop(folder)
        add_question(folder)


class Reload(Plain):
    """A service takes over a new edition and a question in the background, and answers meanwhile and after."""

    name = "서버가 새 판을 받아들이기"
    threads: tuple[str, ...] = ("rebuild",)

    def __init__(self) -> None:
        self.service: Service | None = None
        self.before: Corpus | None = None

    def prepare(self, folder: Path) -> None:
        write_shop(folder)
        self.before = build_shop(folder)

    def change(self, folder: Path) -> None:
        text = SHOP.replace("받은 날부터 7일", "받은 날부터 14일")
        (folder / "data" / "terms" / TERMS / "2024-04-01.txt").write_text(text, encoding="utf-8")

    def begin(self, folder: Path) -> None:
        self.service = Service(settings_in(folder))
        self.service.load()
        self.change(folder)

    def ask_for(self, service: Service) -> None:
        service.background.rebuild()

    def act(self, folder: Path) -> None:
        assert self.service
        self.ask_for(self.service)
        for name in self.threads:
            for thread in threading.enumerate():
                if thread.name == name:
                    thread.join(60)
        report = self.service.background.report()
        if report["state"] != "ready":
            assert report["message"] != FAILED, "it does not say why"
            raise YakgwanError(report["message"])

    def check(self, folder: Path, *, done: bool) -> None:
        assert self.service
        answer = self.service.ask(REFUND)
        days = {edition.date: edition for edition in self.service.editions}
        said = "14일 안에" if "2024-04-01" in days else "7일 안에"
        assert answer.status is Status.ANSWERED, answer
        assert said in answer.text, answer
        self.check_taken_over(self.service, done=done)
        check_index(folder, self.before, done=done)

    def check_taken_over(self, service: Service, *, done: bool) -> None:
        assert not done or [edition.date for edition in service.editions] == ["2024-04-01"]


class TakeOver(Reload):
    """A service takes in a changed question at once, and learns all again behind that."""

    name = "서버가 바뀐 질문을 곧바로 넣기"
    threads = ("take over", "rebuild")

    def change(self, folder: Path) -> None:
        add_question(folder)

    def ask_for(self, service: Service) -> None:
        service.background.questions_changed()

    def check_taken_over(self, service: Service, *, done: bool) -> None:
        known = {question.text for question in service.index().corpus.questions}
        assert not done or RETURN in known


class Respond(Plain):
    """A question about an earlier edition, which is read when it is asked for, is answered and recorded."""

    name = "질문에 답하고 기록하기"

    def __init__(self) -> None:
        self.recorder: Recorder | None = None

    def prepare(self, folder: Path) -> None:
        write_shop(folder)
        terms = folder / "data" / "terms" / TERMS
        (terms / f"{FIRST}.txt").write_text(OLD, encoding="utf-8")
        (terms / "terms.toml").write_text('questions = "2024-03-01"\ntitle = "가게 약관"\n', encoding="utf-8")
        build_shop(folder)

    def begin(self, folder: Path) -> None:
        service = Service(settings_in(folder))
        service.load()
        journal = Journal.open(f"sqlite:///{folder / 'journal.db'}", 90)
        journal.close()  # what connects now is counted
        self.recorder = Recorder(service, journal, Metrics({}))

    def act(self, folder: Path) -> None:
        del folder
        assert self.recorder
        with patch("bot.journal.writer.PAUSES", (0.001, 0.01)):
            answer = self.recorder.ask(EARLIER, ONE, "chat")
        if answer.status is Status.ERROR:
            raise YakgwanError(answer.text.splitlines()[0])
        assert answer.status is Status.ANSWERED, answer
        assert "14일 안에" in answer.text, answer

    def check(self, folder: Path, *, done: bool) -> None:
        del folder, done
        assert self.recorder
        assert "14일 안에" in self.recorder.service.ask(EARLIER).text

    def end(self) -> None:
        if self.recorder:
            self.recorder.close()
            self.recorder.journal.close()
