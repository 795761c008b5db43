"""Drafts: taken in, kept from everybody, gone through, published whole or not at all, and rolled back."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.desk_client import AGENT, desk_app, log_in, write
from support.editions import COMING, NEW, TODAY, Clock
from support.fakes import SHOP, FakeEmbedder
from support.fault_drafts import read_in_this_process
from support.files import hwpx, pdf, word, zipped
from support.pages import open_client

from bot.drafts.publishing import publish, withdraw
from bot.drafts.review import NEEDS_REASON
from bot.drafts.store import ONE_AT_A_TIME, DraftError, Drafts
from bot.errors import BusyError
from bot.journal.access import AccessFilter, AccessRecord
from bot.rehearsal import PAUSE, Ending, compare_endings
from bot.service import Service
from bot.understand.question import Ask
from bot.web.body_limit import FILE_TOO_LARGE, MAX_FILE
from bot.web.desk.draft_routes import EMPTY
from index.errors import TermsError
from index.trial import TOO_SLOW, UNREADABLE, try_reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from bot.journal.journal import Journal
    from bot.settings import Settings

pytest_plugins = ["support.desk_fixtures"]
DAY = str(COMING)
DRAFT = {"terms": "가게", "date": DAY}
REFUND = Ask("환불 되나요")


@pytest.fixture(autouse=True)
def read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process, which is quicker; `aside` marks the tests of the other way."""
    if "aside" not in request.fixturenames:
        monkeypatch.setattr("bot.drafts.store.try_reading", read_in_this_process)


@pytest.fixture
def aside() -> None:
    """A process of its own reads."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(shop_settings: Settings, shop_index: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Service:
    shutil.copytree(shop_index, shop_settings.index)
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FakeEmbedder())
    questions = shop_settings.data / "eval"
    questions.mkdir()
    lines = [{"question": "환불 되나요"}, {"question": "배송은 며칠 걸려요"}, {"question": "전화번호 뭐예요"}]
    (questions / "dev.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    opened = Service(shop_settings, clock)
    opened.load()
    return opened


@pytest.fixture
def app(service: Service, shop_settings: Settings, desk_journal: Journal, tmp_path: Path) -> FastAPI:
    return desk_app(service, desk_journal, shop_settings, tmp_path)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return log_in(app)


def as_page(lines: list[str]) -> bytes:
    return f"<!doctype html><meta charset='utf-8'><body>{''.join(f'<p>{line}</p>' for line in lines)}</body>".encode()


def put(client: TestClient, text: str | bytes = NEW, **changes: str) -> Any:
    content = text.encode() if isinstance(text, str) else text
    kind = {"Content-Type": "application/octet-stream"}
    return client.post("/desk/api/drafts", params=DRAFT | changes, content=content, headers=kind)


def uploaded(client: TestClient) -> dict[str, Any]:
    """What is found with the draft of `NEW`, when its rehearsal is done."""
    assert put(client).json() == {"date": DAY}
    found: dict[str, Any] = {}
    for _ in range(400):
        found = client.get("/desk/api/draft/answers", params={"terms": "가게"}).json()
        if found["progress"]["state"] in {"done", "failed"}:
            return found
        time.sleep(0.02)
    raise AssertionError(found)


def see_all(client: TestClient) -> None:
    found = client.get("/desk/api/draft", params={"terms": "가게"}).json()
    changes = client.get("/desk/api/draft/answers", params={"terms": "가게"}).json()["changes"]
    for one in (*found["groups"], *changes):
        assert client.post("/desk/api/draft/seen", json=DRAFT | {"key": one["key"]}).status_code == 200


def recorded(journal: Journal) -> list[str]:
    lines, _ = AccessRecord(journal).page(AccessFilter(act="publish"), 1, 100)
    return [line.about for line in reversed(lines)]


def cited(service: Service) -> list[tuple[str, str]]:
    return [(one.mark, one.edition) for one in service.ask(REFUND).citations]


def files(settings: Settings) -> set[str]:
    return {path.name for path in (settings.data / "terms" / "가게").iterdir()}


def test_a_draft_is_shown_as_it_was_read_and_compared(client: TestClient) -> None:
    uploaded(client)
    found = client.get("/desk/api/draft", params={"terms": "가게"}).json()
    assert (found["date"], found["before"]) == (DAY, "2024-03-01")
    headings = [one["heading"] for one in found["reading"]["articles"]]
    assert headings == ["제1조 (배송)", "제2조 (회원)", "제3조 (환불)", "제4조 (연락처)"]
    assert found["reading"]["paragraphs"] == 5
    assert "30일" in found["html"]
    assert "신구조문대비표" in found["html"]
    (changed,) = [one for one in found["groups"] if one["kind"] == "changed"]
    assert (changed["old"], changed["new"]) == ("제2조 제1항", "제3조 제1항")
    assert changed["questions"] == ["환불 되나요", "환불 기한이 며칠이에요"]
    (outside,) = [one for one in found["groups"] if one["kind"] == "unsettled"]
    assert outside["count"] == 2


@pytest.mark.usefixtures("aside")
def test_a_process_of_its_own_reads_what_comes_in(client: TestClient) -> None:
    assert put(client).json() == {"date": DAY}


def test_unplaced_lines_and_findings_are_told(client: TestClient) -> None:
    assert put(client, "머리말입니다\n그냥 줄입니다\n" + NEW.replace("제4조", "제9조")).status_code == 200
    reading = client.get("/desk/api/draft", params={"terms": "가게"}).json()["reading"]
    assert "제3조 다음이 제9조입니다." in [one["message"] for one in reading["faults"]]
    assert reading["stray"]


def test_answers_that_would_change_are_found_and_those_that_only_move_are_not(
    client: TestClient, desk_journal: Journal
) -> None:
    write(desk_journal, "환불 기한이 며칠이에요")
    found = uploaded(client)
    assert found["progress"] == {"state": "done", "done": 4, "total": 4, "message": ""}
    (change,) = found["changes"]
    assert change["questions"] == ["환불 되나요", "환불 기한이 며칠이에요"]  # 전화번호 moved to 제4조 and says the same
    assert [one["mark"] for one in change["before"]["cited"]] == ["제2조 제1항"]
    assert [(one["mark"], "30일" in one["text"]) for one in change["after"]["cited"]] == [("제3조 제1항", True)]
    assert found["left"] == 3


def test_those_that_change_alike_are_seen_together_whatever_else_they_cite() -> None:
    was, same = (("제2조", "7일"), ("제1조", "같음")), (("제1조", "같음"), ("제3조", "30일"))
    before, after = Ending("answered", was), Ending("answered", same)
    assert before.without(after) == Ending("answered", (("제2조", "7일"),))
    assert after.without(before) == Ending("answered", (("제3조", "30일"),))
    assert Ending("answered", was[::-1]).says == before.says != after.says


def test_a_draft_is_public_nowhere(client: TestClient, service: Service) -> None:
    uploaded(client)
    public = open_client(service)
    for path in ("/terms", "/terms/가게", "/terms/가게/whole", "/api/terms", "/api/terms/가게", "/sitemap.xml", "/"):
        page = public.get(path)
        assert DAY not in page.text, path
        assert "적립금" not in page.text, path
    assert public.get("/api/terms/가게", params={"edition": DAY}).status_code == 404
    assert public.get("/terms/가게/2", params={"edition": DAY}).status_code == 404
    assert "적립금" not in public.get("/api/search", params={"q": "적립금", "k": 5}).text
    assert cited(service) == [("제2조 제1항", "2024-03-01")]
    assert DAY not in service.ask(Ask("약관이 언제 바뀌나요")).text
    editions = client.get("/desk/api/editions").json()[0]["editions"]
    assert [one["date"] for one in editions] == ["2024-03-01"]


def test_publishing_waits_until_all_is_seen_or_a_reason_is_given(client: TestClient, desk_journal: Journal) -> None:
    uploaded(client)
    refused = client.post("/desk/api/draft/publish", json=DRAFT)
    assert (refused.status_code, refused.json()["detail"]) == (400, NEEDS_REASON)
    assert client.post("/desk/api/draft/publish", json=DRAFT | {"reason": "  급  "}).status_code == 400
    reason = "법무팀이 따로 모두 확인했습니다"
    assert client.post("/desk/api/draft/publish", json=DRAFT | {"reason": reason}).status_code == 200
    assert recorded(desk_journal)[-1] == f"게시, 가게 {DAY}, 확인하지 않은 것 3개, 까닭: {reason}"


def test_it_answers_from_its_day_on_and_is_taken_back_at_once(
    client: TestClient, service: Service, shop_settings: Settings, clock: Clock, desk_journal: Journal
) -> None:
    uploaded(client)
    see_all(client)
    assert client.post("/desk/api/draft/publish", json=DRAFT).json() == {"date": DAY}
    assert files(shop_settings) == {"2024-03-01.txt", f"{DAY}.txt", "terms.toml"}
    assert 'questions = "2024-03-01"' in (shop_settings.data / "terms/가게/terms.toml").read_text(encoding="utf-8")
    assert cited(service) == [("제2조 제1항", "2024-03-01")]
    assert not (shop_settings.data / "drafts" / "가게").exists()
    (document,) = client.get("/desk/api/drafts").json()
    assert (document["newest"], document["state"], document["back_to"]) == (DAY, "시행 예정", "2024-03-01")

    clock.day = COMING
    assert cited(service) == [("제3조 제1항", DAY)]
    assert client.post("/desk/api/draft/withdraw", json=DRAFT).json() == {"date": "2024-03-01"}
    assert cited(service) == [("제2조 제1항", "2024-03-01")]
    assert len(list((shop_settings.data / "withdrawn" / "가게").iterdir())) == 1
    said = recorded(desk_journal)
    assert said[0] == f"초안 올림, 가게 {DAY}"
    assert said[-2:] == [f"게시, 가게 {DAY}, 모두 확인함", f"되돌림, 가게 {DAY}"]
    assert client.post("/desk/api/draft/withdraw", json=DRAFT).status_code == 400


def test_one_that_takes_effect_today_answers_at_once(client: TestClient, service: Service, clock: Clock) -> None:
    clock.day = COMING
    uploaded(client)
    see_all(client)
    assert client.post("/desk/api/draft/publish", json=DRAFT).status_code == 200
    assert cited(service) == [("제3조 제1항", DAY)]


def test_one_that_is_taken_back_while_its_index_is_opened_does_not_come_back(
    client: TestClient, service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service.background, "rebuild", lambda: None)  # taken over below, step by step
    clock.day = COMING
    uploaded(client)
    see_all(client)
    assert client.post("/desk/api/draft/publish", json=DRAFT).status_code == 200
    opening = service._open

    def taken_back_meanwhile(*args: Any) -> Any:
        opened = opening(*args)
        assert client.post("/desk/api/draft/withdraw", json=DRAFT).status_code == 200
        return opened

    with monkeypatch.context() as patch:
        patch.setattr(service, "_open", taken_back_meanwhile)
        service.reload()
    assert cited(service) == [("제2조 제1항", "2024-03-01")]
    asked: list[bool] = []
    monkeypatch.setattr(service.background, "rebuild", lambda: asked.append(True))
    service.editions_changed()
    assert asked == []  # nothing changed since


@pytest.mark.parametrize("broken", ["bot.drafts.publishing.replace_file", "os.fsync", "pathlib.Path.replace"])
def test_a_publication_that_is_broken_off_leaves_the_old_edition(
    client: TestClient, service: Service, shop_settings: Settings, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    uploaded(client)
    (shop_settings.data / "terms/가게/terms.toml").write_text('questions = "2024-03-01"\n', encoding="utf-8")
    see_all(client)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(broken, fail)
        answer = client.post("/desk/api/draft/publish", json=DRAFT)
    assert (answer.status_code, answer.json()["detail"][:8]) == (400, "게시하지 못했습")
    assert files(shop_settings) == {"2024-03-01.txt", "terms.toml"}
    assert cited(service) == [("제2조 제1항", "2024-03-01")]
    assert client.post("/desk/api/draft/publish", json=DRAFT).status_code == 200  # nothing of the draft was lost


def test_one_that_was_published_by_a_process_that_ended_right_behind_is_no_draft_any_more(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    uploaded(client)
    see_all(client)
    with monkeypatch.context() as patch:
        patch.setattr("bot.drafts.publishing.remove", lambda _: None)
        assert client.post("/desk/api/draft/publish", json=DRAFT).status_code == 200
    assert client.get("/desk/api/draft", params={"terms": "가게"}).status_code == 400
    later = {"date": str(COMING + dt.timedelta(days=31))}
    assert put(client, **later).json() == later


def test_a_draft_can_be_thrown_away_and_another_taken(client: TestClient, shop_settings: Settings) -> None:
    uploaded(client)
    assert put(client).json()["detail"].startswith("이 약관의 초안이 이미 있습니다.")
    assert client.post("/desk/api/draft/discard", json=DRAFT | {"date": "2025-01-01"}).status_code == 400
    assert client.post("/desk/api/draft/discard", json=DRAFT).status_code == 200
    assert client.get("/desk/api/draft", params={"terms": "가게"}).status_code == 400
    assert not list((shop_settings.data / "drafts").iterdir())
    assert put(client, SHOP, date="2024-08-01").status_code == 200


@pytest.mark.parametrize(
    ("content", "changes", "said"),
    [
        ("환불은 됩니다.", {}, "조(제1조 …)를 찾지 못했습니다."),
        ("제1조 (가)\n나\n제1조 (다)\n라", {}, "3번째 줄: 제1조가 1번째 줄에 이미 있습니다."),
        (zipped(a="b"), {}, "DOCX도 HWPX도 아닌 압축 파일입니다."),
        (b"\xd0\xcf\x11\xe0 old", {}, "HWP·DOC 파일은 읽지 못합니다."),
        (b"%PDF-1.4 broken", {}, ""),
        ("제1조 (가)\n" + "나" * 20_000, {"terms": "../../etc"}, "그런 약관이 없습니다."),
        (NEW, {"date": "2024-03-01"}, "시행일은 지금까지의 마지막 판(2024-03-01)보다 뒤여야 합니다."),
        (NEW, {"date": str(TODAY - dt.timedelta(days=1))}, "시행일이 이미 지났습니다."),
    ],
    ids=["no article", "twice", "zip", "hwp", "pdf", "no document", "not after", "past"],
)
def test_what_cannot_be_a_draft_is_told_in_one_line(
    client: TestClient, shop_settings: Settings, content: str | bytes, changes: dict[str, str], said: str
) -> None:
    answer = put(client, content, **changes)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(said)
    assert "/" not in answer.json()["detail"].replace("data/drafts", "")
    assert not (shop_settings.data / "drafts" / "가게").exists()


@pytest.mark.parametrize("made", [word, hwpx, pdf, as_page], ids=["docx", "hwpx", "pdf", "html"])
def test_files_of_all_formats_are_taken_in(client: TestClient, made: Callable[[list[str]], bytes]) -> None:
    assert put(client, made(NEW.splitlines())).json() == {"date": DAY}
    reading = client.get("/desk/api/draft", params={"terms": "가게"}).json()["reading"]
    assert [one["heading"] for one in reading["articles"]][2:] == ["제3조 (환불)", "제4조 (연락처)"]
    assert reading["stray"] == []


def test_a_file_may_be_larger_than_other_requests_but_not_of_any_size(app: FastAPI, client: TestClient) -> None:
    assert put(client, NEW + "가" * 100_000).status_code == 200
    refused = put(client, b" " * (MAX_FILE + 1))
    assert (refused.status_code, refused.json()) == (413, {"detail": FILE_TOO_LARGE})
    endless = client.post("/desk/api/drafts", params=DRAFT, content=iter([b"a"]))  # of a length that nobody declares
    assert endless.status_code == 413
    empty = put(client, "")
    assert (empty.status_code, empty.json()) == (400, {"detail": EMPTY})


def test_nothing_of_a_file_is_read_before_it_is_known_who_sends_it(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bool] = []
    monkeypatch.setattr("starlette.requests.Request.body", lambda _: read.append(True))
    assert put(log_in(app, AGENT)).status_code == 403
    client.cookies.clear()
    assert put(client).status_code in {303, 401}
    assert read == []


def test_only_managers_and_only_the_desks_own_pages(app: FastAPI, client: TestClient) -> None:
    uploaded(client)
    agent = log_in(app, AGENT)
    assert put(agent).status_code == 403
    assert agent.get("/desk/api/draft", params={"terms": "가게"}).status_code == 403
    for name in ("publish", "discard", "withdraw", "seen", "answers"):
        path = f"/desk/api/draft/{name}"
        assert agent.post(path, json=DRAFT | {"key": "x"}).status_code == 403
        foreign = client.post(path, json=DRAFT, headers={"Sec-Fetch-Site": "cross-site"})
        assert (foreign.status_code, "다른 사이트" in foreign.text) == (403, True)
    assert client.get("/desk/api/drafts").json()[0]["draft"] == DAY


def test_a_mark_is_of_somebody_can_be_taken_off_and_must_be_of_something(client: TestClient) -> None:
    key = uploaded(client)["changes"][0]["key"]
    assert client.post("/desk/api/draft/seen", json=DRAFT | {"key": key}).json()["seen"] == {key: "김관리"}
    assert client.post("/desk/api/draft/seen", json=DRAFT | {"key": key, "seen": False}).json()["seen"] == {}
    assert client.post("/desk/api/draft/seen", json=DRAFT | {"key": "a-0"}).status_code == 400


def test_the_newest_stays_where_the_questions_follow_it_or_nothing_else_would_hold(
    service: Service, shop_settings: Settings
) -> None:
    drafts = Drafts(shop_settings.data)
    with pytest.raises(DraftError, match="마지막에 게시한 판만"):
        withdraw(drafts, "가게", "2024-03-01", TODAY)
    publish(drafts, drafts.take("가게", COMING, NEW.encode(), TODAY), TODAY)
    with pytest.raises(DraftError, match="시행 중인 판이 없어집니다"):
        withdraw(drafts, "가게", DAY, dt.date(2024, 1, 1))
    (shop_settings.data / "terms/가게/terms.toml").write_text(f'questions = "{DAY}"\n', encoding="utf-8")
    with pytest.raises(DraftError, match="대표 질문의 번호가 이미"):
        withdraw(drafts, "가게", DAY, TODAY)


def test_one_file_is_read_at_a_time(shop_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = Drafts(shop_settings.data)

    def meanwhile(*_: object) -> None:
        with pytest.raises(DraftError, match=ONE_AT_A_TIME):
            drafts.take("가게", COMING, NEW.encode(), TODAY)

    monkeypatch.setattr("bot.drafts.store.try_reading", meanwhile)
    assert drafts.take("가게", COMING, NEW.encode(), TODAY).edition.date == DAY


def test_reading_aside_ends_in_time_and_within_its_memory(tmp_path: Path) -> None:
    file = tmp_path / "new"
    file.write_text(NEW, encoding="utf-8")
    with pytest.raises(TermsError, match=TOO_SLOW):
        try_reading(file, None, 0.01)
    file.write_text("제1조 (가)\n" + "나다라 " * 120_000, encoding="utf-8")
    with pytest.raises(TermsError, match="글이 너무 깁니다"):
        try_reading(file, None)


def test_a_reader_that_is_killed_is_told_as_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.trial.sys.executable", "/bin/false")
    with pytest.raises(TermsError, match=UNREADABLE[:10]):
        try_reading(tmp_path / "new", None)


def test_a_rehearsal_gives_way_to_customers_and_ends_when_it_is_no_longer_wanted(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("bot.rehearsal.sleep", pauses.append)
    refusals = iter([True, False, False])

    class Crowded:
        def run(self, work: Any) -> Any:
            if next(refusals):
                raise BusyError(1)
            return work()

    found = compare_endings([REFUND, REFUND], service.ask, service.ask, Crowded(), lambda done: False)  # type: ignore[arg-type]
    assert (found, pauses) == (None, [PAUSE])
