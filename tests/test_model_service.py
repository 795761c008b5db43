"""A language model behind the whole bot: counted when it fails, measured, its checks in the answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr
from support.fakes import FakeEmbedder
from typer.testing import CliRunner

from bot.__main__ import app
from bot.journal.journal import Journal
from bot.journal.reader import Reader
from bot.recorder import Recorder
from bot.service import Service
from bot.understand.question import Ask
from bot.web.api.schemas import AnswerShape
from bot.web.metrics import Metrics

if TYPE_CHECKING:
    from pathlib import Path

    from support.adversary import Adversary

    from bot.settings import Settings

REFUND = "받은 날부터 7일 안에 환불을 신청할 수 있습니다."

pytest_plugins = ["support.model_fixtures"]


@pytest.fixture
def modelled(shop_settings: Settings, adversary: Adversary, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
    model = {"model": "openai:liar", "model_url": adversary.url, "model_key": SecretStr("key"), "model_seconds": 5.0}
    return Service(shop_settings.model_copy(update=model))


def test_a_failure_of_the_model_is_counted_and_the_clauses_are_quoted(modelled: Service, adversary: Adversary) -> None:
    metrics = Metrics({})
    modelled = Service(modelled.settings, on_model_failure=metrics.model_failed)
    adversary.manner = "500"
    modelled.load()
    before = _count(metrics)
    assert REFUND in modelled.ask(Ask("환불 되나요")).text
    assert _count(metrics) == before + 1


def test_what_was_checked_is_in_the_answer_over_http(modelled: Service, adversary: Adversary) -> None:
    adversary.says = f"{REFUND} [1] 30일 안에 환불됩니다. [1]"
    modelled.load()
    shape = AnswerShape.of(modelled.ask(Ask("환불 되나요")), text="", elapsed_ms=1.0, entry=None)
    assert [(check.text, check.outcome) for check in shape.checks] == [("30일 안에 환불됩니다.", "replaced")]
    assert shape.checks[0].faults
    assert "30일" not in shape.answer


def test_the_evaluation_measures_how_faithful_the_model_was(
    adversary: Adversary, shop_environment: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del shop_environment
    adversary.configure(monkeypatch)
    adversary.says = "받은 날부터 칠일 안에 환불을 신청할 수 있습니다. [1] 30일 안에 환불됩니다. [1]"
    questions = tmp_path / "questions.jsonl"
    line = {"id": "1", "question": "환불 되나요", "kind": "answerable", "clauses": ["2.1"], "articles": ["2"]}
    questions.write_text(json.dumps(line) + "\n", encoding="utf-8")
    found = _evaluate(questions, "model")
    assert found["faithfulness.recall"] == 0.5
    assert found["faithfulness.kept"] + found["faithfulness.replaced"] + found["faithfulness.dropped"] == 1
    assert found["answerable.right"] == 1
    assert "faithfulness.recall" not in _evaluate(questions, "quote")
    monkeypatch.setenv("BOT_MODEL", "")
    ended = CliRunner().invoke(app, ["eval", str(questions), "--writer", "model"])
    assert ended.exit_code == 2
    assert "BOT_MODEL" in ended.output


def _evaluate(questions: Path, writer: str) -> dict[str, float]:
    ended = CliRunner().invoke(app, ["eval", str(questions), "--writer", writer, "--json"])
    assert ended.exit_code == 0, ended.output
    found: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return found


def _count(metrics: Metrics) -> float:
    text = metrics.exposition("ready", "")[0].decode()
    lines = [line for line in text.splitlines() if line.startswith("bot_model_failures_total{")]
    assert len(lines) == 5
    return sum(float(line.rpartition(" ")[2]) for line in lines)


def test_what_was_checked_is_in_the_journal_without_personal_data(
    modelled: Service, adversary: Adversary, tmp_path: Path
) -> None:
    adversary.says = f"{REFUND} [1] 010-1234-5678로 30일 안에 환불됩니다. [1]"
    modelled.load()
    journal = Journal.open(f"sqlite:///{tmp_path}/journal.db", 90)
    list(Recorder(modelled, journal, Metrics({})).stream(Ask("환불 되나요"), "1" * 32, "chat"))
    (entry,) = Reader(journal).conversation("1" * 32)
    (checked,) = entry.checks
    assert (checked.outcome, checked.clauses) == ("replaced", ("제2조 제1항",))
    assert checked.faults
    assert "010" not in checked.text
    assert "30일 안에" in checked.text
    journal.close()
