"""The dashboard and the alerts speak of figures that there are, and of no others."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml  # type: ignore[import-untyped]  # of langchain-core; for the tests alone
from support.dashboard import FILE, PANELS, make_dashboard

from bot.answer import Status
from bot.trace import OUTCOMES
from bot.web.metrics import STATES, Metrics

if TYPE_CHECKING:
    from collections.abc import Iterable

ALERTS = Path("docs/operation/alerts.yaml")
NAME = re.compile(r"\bbot_[a-z_]+\b(?!\s*[=!])")  # not the label of an Enum, which has the name of its metric
LABELS = re.compile(r"by \(([^)]*)\)|\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}|(\w+)\s*(?:=~|!=|=)\s*\"")
FIGURES = ("bot_disk_free_bytes", "bot_disk_bytes")
WANTED = {
    *("BotIsGone", "BotDoesNotAnswer", "BotFails", "BotIsSlow", "BotRefuses", "BotJournalFails", "BotDiskIsFull"),
    "BotIndexIsBehind",
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All figures, each of which has been counted once."""
    metrics = Metrics({"embedding": "fake"})
    metrics.answered(Status.ANSWERED, "api", 0.1, {"embed": 0.01})
    metrics.served("/api/ask", 404, 0.1)
    metrics.watch_queues(lambda: 1, lambda: 2, lambda: 3)
    metrics.watch_index(lambda: True)
    metrics.watch_disk("journal", tmp_path_factory.mktemp("disk") / "journal.db")
    return metrics.exposition("ready", "")[0].decode()


def samples(shown: str) -> dict[str, set[str]]:
    """The names of the samples and the labels of each."""
    found: dict[str, set[str]] = {}
    for line in shown.splitlines():
        if not line.startswith("#"):
            name, _, labels = line.partition("{")
            found.setdefault(name.split(" ")[0], set()).update(re.findall(r"(\w+)=\"", labels))
    return found


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def expressions() -> Iterable[tuple[str, str]]:
    """Each expression with the words that are shown beside it."""
    for rule in rules():
        yield rule["expr"], rule["annotations"]["summary"]
    for panel in json.loads(FILE.read_text(encoding="utf-8"))["panels"]:
        for target in panel["targets"]:
            yield target["expr"], target["legendFormat"]


def test_the_dashboard_is_the_one_that_is_made() -> None:
    assert FILE.read_text(encoding="utf-8") == make_dashboard()


def test_every_figure_and_every_label_that_is_spoken_of_is_there(shown: str) -> None:
    known = samples(shown)
    for expression, told in expressions():
        names = set(NAME.findall(expression))
        assert names
        assert names <= set(known), expression
        labels = set(re.split(r",\s*", ",".join("".join(found) for found in LABELS.findall(expression + told))))
        assert labels - {"", "le"} <= set().union(*(known[name] for name in names)), expression


def test_every_value_that_a_rule_waits_for_can_be(shown: str) -> None:
    values = set(re.findall(r'(?:outcome|bot_index_state)\W{1,2}"([^"]+)"', " ".join(e for e, _ in expressions())))
    assert {value for one in values for value in one.split("|")} <= {*OUTCOMES, *STATES}
    assert values


def test_the_alerts_are_those_that_are_needed() -> None:
    assert {rule["alert"] for rule in rules()} >= WANTED
    assert all(rule["labels"]["severity"] in {"critical", "warning"} and rule["for"] for rule in rules())


def test_every_figure_that_is_counted_has_its_panel(shown: str) -> None:
    families = set(re.findall(r"^# TYPE (bot_[a-z_]+) ", shown, re.MULTILINE))
    seen = " ".join(expression for _, _, lines in PANELS for expression in lines.values())
    left = {name for name in families if not re.search(rf"\b{name}(?:_bucket|_count|_sum|_total)?\b", seen)}
    assert {name for name in left if not name.endswith("_created")} == {"bot_build_info"}


def test_the_room_of_a_disk_is_told_before_its_folder_is_there(shown: str) -> None:
    free, size = (re.search(rf'^{name}{{place="journal"}} (\S+)$', shown, re.MULTILINE) for name in FIGURES)
    assert free
    assert size
    assert 0 < float(free[1]) <= float(size[1])
