"""What a change of the curated questions did: told for its own question first, then for known and recent ones."""

from __future__ import annotations

import datetime as dt
import json
import time
from typing import TYPE_CHECKING, Any, cast

import pytest
from support.desk_client import desk_app, log_in, write

from bot.admission import Admission
from bot.answer import Answer, Status
from bot.effects import FAILED, Effect, Effects
from bot.errors import NotReadyError
from bot.journal.access import AccessFilter, AccessRecord

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from bot.journal.journal import Journal
    from bot.journal.reader import Reader
    from bot.service import Service
    from bot.settings import Settings

pytest_plugins = ["support.desk_fixtures"]
GAP, KNOWN = "포장은 어떻게 버려요", "배송은 며칠 걸려요"


class Answering:
    """A service whose answers are replaced by hand. ``known``: what is answered; all else is not found."""

    def __init__(self, *known: str) -> None:
        self.background = self.in_force = self
        self.told = {"state": "running", "message": ""}
        self.asking = self.make(*known)

    def make(self, *known: str) -> Any:
        return lambda ask: Answer(Status.ANSWERED if ask.question in known else Status.NOT_FOUND, "")

    def quoting(self) -> Any:
        if self.asking is None:
            raise NotReadyError("아직")
        return self.asking

    def report(self) -> dict[str, str]:
        return self.told

    def today(self) -> dt.date:
        return dt.date(2026, 1, 1)


class Journalled:
    """A journal with questions, newest first."""

    def __init__(self, *questions: str) -> None:
        self.questions = questions

    def entries(self, *_: object) -> Any:
        return [type("Row", (), {"question": q, "interpreted": ""}) for q in self.questions], len(self.questions)


def effects_of(folder: Path, service: Answering, *recent: str) -> Effects:
    (folder / "eval").mkdir()
    (folder / "eval" / "dev.jsonl").write_text(json.dumps({"question": KNOWN}) + "\n", encoding="utf-8")
    admission = Admission(2, 2, 1.0, lambda: 0.0)
    return Effects(folder, cast("Service", service), admission, cast("Reader", Journalled(*recent)))


def until(effects: Effects, state: str) -> dict[str, Any]:
    for _ in range(1000):
        found = effects.report()
        if found.state == state:
            return found.as_plain()
        time.sleep(0.01)
    raise AssertionError(effects.report())


def test_its_own_question_and_all_others_are_asked_before_and_after(tmp_path: Path) -> None:
    service = Answering(KNOWN)
    effects = effects_of(tmp_path, service, "환불되나요", GAP)
    assert effects.report().state == "none"
    effects.begin(GAP)
    assert effects.report().state == "waiting"
    service.asking = service.make(GAP, "환불되나요")  # the known one is lost
    found = until(effects, "done")
    assert (found["question"], found["done"], found["total"]) == (GAP, 2, 2)
    assert [found["own"][side]["status"] for side in ("before", "after")] == ["not_found", "answered"]
    changes = {tuple(one["questions"]): one["why"] for one in found["changes"]}
    assert changes == {(KNOWN,): "답함 → 약관에 없음", ("환불되나요",): "약관에 없음 → 답함"}


def test_a_change_that_comes_meanwhile_takes_its_place(tmp_path: Path) -> None:
    service = Answering()
    effects = effects_of(tmp_path, service)
    effects.begin("첫 질문")
    effects.begin(GAP)
    service.asking = service.make(GAP)
    assert until(effects, "done")["question"] == GAP


def test_what_cannot_be_taken_over_is_told(tmp_path: Path) -> None:
    service = Answering()
    effects = effects_of(tmp_path, service)
    service.told = {"state": "failed", "message": "색인을 다시 만들지 못했습니다."}
    effects.begin(GAP)
    assert until(effects, "failed")["message"] == "색인을 다시 만들지 못했습니다."


def test_a_fault_among_the_questions_is_told_and_the_next_change_is_looked_at(tmp_path: Path) -> None:
    service = Answering()
    effects = effects_of(tmp_path, service)
    file = tmp_path / "eval" / "dev.jsonl"
    kept = file.read_text(encoding="utf-8")
    file.write_text("{", encoding="utf-8")
    effects.begin(GAP)
    service.asking = service.make(GAP)
    assert until(effects, "failed")["message"] == FAILED
    file.write_text(kept, encoding="utf-8")
    effects.begin(GAP)
    service.asking = service.make()
    assert until(effects, "done")["own"]["after"]["status"] == "not_found"


def test_before_anything_answers_there_is_nothing_to_compare(tmp_path: Path) -> None:
    service = Answering()
    service.asking = None
    effects = effects_of(tmp_path, service)
    effects.begin(GAP)
    assert effects.report().state == "none"


@pytest.fixture
def client(shop_service: Service, desk_journal: Journal, shop_settings: Settings, tmp_path: Path) -> TestClient:
    shop_service.load()
    write(desk_journal, "환불 되나요")
    return log_in(desk_app(shop_service, desk_journal, shop_settings, tmp_path))


def test_a_question_of_several_paragraphs_is_answered_with_all_of_them(client: TestClient) -> None:
    place = {"terms": "가게", "article": "2", "paragraph": "1", "more": [["1", "1"], ["2", "1"]]}
    added = client.post("/desk/api/questions", json={"question": "늦게 온 물건은 무를 수 있어요", **place})
    assert added.json()["question"] == "늦게 온 물건은 무를 수 있어요 [+1.1]"
    found: dict[str, Any] = {}
    for _ in range(600):
        found = client.get("/desk/api/effect").json()
        if found["state"] in {"done", "failed"}:
            break
        time.sleep(0.05)
    assert found["state"] == "done"
    assert {one["mark"] for one in found["own"]["after"]["cited"]} == {"제2조 제1항", "제1조 제1항"}
    assert found["question"] == "늦게 온 물건은 무를 수 있어요"
    undone = client.post("/desk/api/questions/undo", json={"terms": "가게", "token": added.json()["token"]})
    assert undone.status_code == 200


def test_questions_of_people_that_are_shown_stand_in_the_access_record(
    client: TestClient, desk_journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looks() -> int:
        return AccessRecord(desk_journal).page(AccessFilter(act="search"), 1, 100)[1]

    before = looks()
    assert client.get("/desk/api/effect").json()["state"] == "none"
    assert looks() == before
    shown = Effect("환불 되나요", "done", changes=({"questions": ["배송 언제"]},))
    monkeypatch.setattr(Effects, "report", lambda _: shown)
    assert client.get("/desk/api/effect").json()["changes"] == [{"questions": ["배송 언제"]}]
    assert looks() == before + 1


@pytest.mark.parametrize("more", [[["9", "9"]], [["1", "가" * 21]], [["1", "1"]] * 6, [["1"]], "1.1"])
def test_further_paragraphs_must_be_there_and_few(client: TestClient, more: object) -> None:
    body = {"question": "새 질문이에요", "terms": "가게", "article": "2", "paragraph": "1", "more": more}
    assert client.post("/desk/api/questions", json=body).status_code in {400, 422}
    assert client.get("/desk/api/effect").json()["state"] == "none"
