"""The service: questions wait for the models, failures are told as failures, the report tells its state."""

from __future__ import annotations

import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotDoneError
from typing import TYPE_CHECKING

import pytest
from support.fakes import FakeEmbedder

from bot.answer import Answer, Sentence, Status
from bot.chain import BY_WORDS
from bot.errors import NotReadyError
from bot.service import FAILED, MISSING, NOT_NOW, UNREADABLE, Service
from bot.understand.question import Ask
from index.errors import EmbeddingError, TermsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np

    from bot.settings import Settings
    from index.search.hits import Hit

REFUND = Ask("환불 되나요")


class FailingEmbedder(FakeEmbedder):
    """Embeds anything but "날씨"."""

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        if texts == ["날씨"]:
            raise MemoryError("no memory for 날씨")
        return super().queries(texts)

    passages = queries


class BreakingWriter:
    """Writes a sentence and breaks."""

    def write(self, question: str, hits: Sequence[Hit]) -> Iterator[Sentence]:
        del question
        yield Sentence(hits[0].passage.quote, (hits[0].passage.clause,))
        raise OSError("connection lost")


def without(kind: str, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what loading needs."""
    if kind == "model":

        def fail(name: str, *_: object) -> FakeEmbedder:
            raise EmbeddingError(name)

        monkeypatch.setattr("index.search.build.load_embedder", fail)
    elif kind == "index":
        shutil.rmtree(service.settings.index)
        service.settings.index.write_text("a file where the folder should be", encoding="utf-8")
    elif kind == "questions":
        (service.settings.data / "questions" / "가게" / "1.md").write_text("- 제목이 없음\n", encoding="utf-8")
    else:
        monkeypatch.setattr("bot.chain.build_chain", None)


def test_a_question_before_loading_waits_and_is_answered(shop_service: Service) -> None:
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(shop_service.ask, REFUND)
        with pytest.raises(NotDoneError):
            asked.result(timeout=0.1)
        shop_service.load()
        assert asked.result(timeout=30).status is Status.ANSWERED


def is_fault(answer: Answer, told: str) -> bool:
    """Whether it says ``told`` alone, with the text of the terms and their contact below."""
    first, *_, ways = answer.text.split("\n\n")
    known = "[가게 약관](/terms/%EA%B0%80%EA%B2%8C)" in answer.text and "02-000-0000" in ways
    return (answer.status, first, answer.citations) == (Status.ERROR, told, ()) and known


def test_a_question_that_waits_too_long_gets_an_error(shop_settings: Settings) -> None:
    service = Service(shop_settings.model_copy(update={"ready_seconds": 0.01}))
    assert is_fault(service.ask(REFUND), NOT_NOW)
    with pytest.raises(NotReadyError, match="아직 준비 중입니다"):
        service.search("환불", 1)


def test_a_failure_is_told_as_one_and_logged(
    shop_service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("index.search.build.load_embedder", lambda *_: FailingEmbedder())
    shop_service.load()
    assert is_fault(shop_service.ask(Ask("날씨")), FAILED)
    assert "no memory for 날씨" in caplog.text
    assert shop_service.ask(REFUND).status is Status.ANSWERED


def test_a_failure_amid_an_answer_leaves_no_half_of_it(
    shop_service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.writers.QuotingWriter", BreakingWriter)
    shop_service.load()
    assert [piece.status for piece in shop_service.stream(REFUND)] == [Status.ANSWERED, Status.ERROR]
    assert is_fault(shop_service.ask(REFUND), FAILED)
    assert "connection lost" in caplog.text


def test_the_whole_is_the_sum_of_the_stream(shop_service: Service) -> None:
    shop_service.load()
    whole = shop_service.ask(Ask("제1조"))
    pieces = list(shop_service.stream(Ask("제1조")))
    assert len(pieces) == 2
    assert whole == pieces[0] + pieces[1]


def test_search_gives_the_best_hits(shop_service: Service) -> None:
    shop_service.load()
    assert [hit.passage.clause.article for hit in shop_service.search("환불 되나요", 1)] == ["2"]


def test_documents_are_there_at_once_and_the_report_goes_from_loading_to_ready(shop_service: Service) -> None:
    assert shop_service.report() == {"state": "loading"}
    assert [edition.title for edition in shop_service.editions] == ["가게 약관"]
    shop_service.load()
    report = shop_service.report()
    assert report["state"] == "ready"
    assert {"model": "fake", "passages": 4, "questions": 10}.items() <= report["index"].items()


def test_without_the_model_the_report_says_words_only(shop_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    without("model", shop_service, monkeypatch)
    shop_service.load()
    assert shop_service.report()["state"] == "words_only"
    assert shop_service.ask(REFUND).status is Status.ANSWERED


def test_without_an_index_it_answers_by_words_until_there_is_one(
    shop_service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    without("index", shop_service, monkeypatch)
    with caplog.at_level(logging.ERROR):
        shop_service.load()
    assert "loading failed" in caplog.text
    report = shop_service.report()
    assert (report["state"], report["missing"]) == ("words_only", MISSING)
    answer = shop_service.ask(REFUND)
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith(BY_WORDS)
    shop_service.settings.index.unlink()
    shop_service.keep_loading(pauses=(0.0,))
    assert shop_service.report()["state"] == "ready"
    assert "missing" not in shop_service.report()
    assert BY_WORDS not in shop_service.ask(REFUND).text


@pytest.mark.parametrize("kind", ["questions", "anything"])
def test_a_failed_load_is_logged_and_every_question_gets_an_error(
    shop_service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    without(kind, shop_service, monkeypatch)
    with caplog.at_level(logging.ERROR):
        shop_service.load()
    assert "loading failed" in caplog.text
    assert shop_service.report() == {"state": "failed"}
    assert is_fault(shop_service.ask(REFUND), NOT_NOW)
    with pytest.raises(NotReadyError) as refused:
        shop_service.search("환불", 1)
    assert str(refused.value) == NOT_NOW


def test_a_fault_leads_to_the_clause_that_was_asked_for_by_its_number(shop_service: Service) -> None:
    text = shop_service.failed("제2조 제1항이랑 제9조 보여 줘").text
    assert "[제2조 제1항](/terms/%EA%B0%80%EA%B2%8C/2#p1)" in text
    assert "제9조" not in text


def test_an_edition_that_cannot_be_read_is_told_as_that(shop_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise TermsError("/srv/terms/가게/2024-01-01.txt:1: 글이 아닙니다.")

    shop_service.load()
    monkeypatch.setattr("bot.chain.Deciding.decide_on", fail)
    shop_service.reload()
    answer = shop_service.ask(REFUND)
    assert is_fault(answer, UNREADABLE)
    assert "/srv" not in answer.text


def test_terms_that_cannot_be_read_stop_the_start(shop_settings: Settings) -> None:
    (shop_settings.data / "terms" / "가게" / "2024-03-01.txt").write_text("그냥 글\n", encoding="utf-8")
    with pytest.raises(TermsError, match=r"2024-03-01\.txt:1: 조"):
        Service(shop_settings)
