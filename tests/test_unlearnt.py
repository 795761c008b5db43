"""Documents without curated questions: found by meaning and words, refused when unsure, beside those that have some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.fakes import FakeEmbedder

from bot.service import Service
from bot.understand.find import find
from bot.understand.question import Ask, Query
from index.editions.library import load_editions
from index.questions.corpus import read_corpus
from index.references.by_document_name import named_document
from index.search.build import build
from index.search.clause_search import UNCURATED, ClauseSearch
from index.search.uncurated import LACKING, WORDS_SHARE, Uncurated, join, score_words

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings

SAFE = """보관 약관
제1조 (맡기기)
- 짐은 접수대에서 맡깁니다. 전화로는 맡길 수 없습니다.
- 맡긴 짐의 목록을 드립니다.
제2조 (찾기)
- 짐은 신분증을 보이고 찾습니다. 날씨가 나쁘면 날씨에 따라 늦어질 수 있습니다.
"""
POLICY = """개인정보 처리방침
제1조 (개인정보의 보유 기간)
① 회사는 회원이 탈퇴한 날부터 3년 동안 개인정보를 보관한 뒤 지체 없이 파기합니다.
② 법령이 더 긴 기간을 정하면 그 기간 동안 보관합니다.
제2조 (처리의 위탁)
① 회사는 고지서 발송을 우편 업체에 위탁합니다.
제3조 (정보주체의 권리)
① 정보주체는 언제든지 개인정보의 열람, 정정, 삭제를 요구할 수 있습니다.
제4조 (보호책임자)
① 개인정보 보호책임자는 정보보호팀장이며, 문의는 대표번호로 받습니다.
"""


def add(settings: Settings, name: str, text: str, date: str = "2024-01-01") -> None:
    folder = settings.data / "terms" / name
    folder.mkdir()
    (folder / f"{date}.txt").write_text(text, encoding="utf-8")


def open_over(settings: Settings) -> ClauseSearch:
    corpus = read_corpus(settings.data, load_editions(settings.data))
    collection, manifest = build(settings, corpus, FakeEmbedder())
    return ClauseSearch.over(corpus, collection, FakeEmbedder(), manifest)


@pytest.fixture
def both(shop_settings: Settings) -> ClauseSearch:
    add(shop_settings, "보관", SAFE)
    return open_over(shop_settings)


def addresses(search: ClauseSearch, text: str, history: tuple[str, ...] = ()) -> list[str]:
    _, findings = find(Query(text, history), search)
    return [
        f"{h.passage.clause.document} {h.passage.clause.article}.{h.passage.clause.paragraph}" for h in findings[0].hits
    ]


def test_where_all_is_curated_nothing_is_unlearnt(shop_search: ClauseSearch) -> None:
    assert shop_search.unlearnt is None


def test_only_what_nobody_curated_questions_for_is_unlearnt(both: ClauseSearch) -> None:
    learnt = {p.clause.document: bool(c != UNCURATED) for p, c in zip(both.passages, both.columns, strict=True)}
    assert learnt == {"가게": True, "보관": False}


def test_the_best_passage_holds_the_probability_and_the_others_shares_of_it() -> None:
    vectors = np.array([[1, 0], [0, 1]], np.float32)
    unlearnt = Uncurated.over(
        ["가나다", "라마바"], dict(zip(["가나다", "라마바"], vectors, strict=True)), FakeEmbedder()
    )
    ((first, second),) = unlearnt.probabilities(["가나다"], vectors[:1])
    assert first > 0.99  # cosine 1, and all that is asked is in it
    # two parts, each of two passages: z-scores 1 and -1
    (held,) = score_words(["가나다"], unlearnt.weights, unlearnt.rarity)[1].max(axis=1)
    assert second == pytest.approx(first * np.exp(-2 - 2 * WORDS_SHARE * held))
    ((low, _),) = unlearnt.probabilities(["사아자"], np.array([[0.5, 0.5]], np.float32))
    assert low < 0.1


@pytest.mark.parametrize(
    ("text", "question", "lacks"),
    [
        ("이용료: 이용료는 매월 말일에 냅니다.", "이용료는 얼마예요?", True),
        ("이용료: 이용료는 월 3만 원입니다.", "이용료는 얼마예요?", False),
        ("이용료: 이용료는 매월 말일에 냅니다.", "이용료를 알려 주세요", False),
    ],
)
def test_what_states_no_amount_answers_a_question_for_one_less_likely(
    monkeypatch: pytest.MonkeyPatch, text: str, question: str, lacks: bool
) -> None:
    vector = np.array([[0.7, 0.0]], np.float32)
    unlearnt = Uncurated.over([text], {text: vector[0]}, FakeEmbedder())
    ((found,),) = unlearnt.probabilities([question], vector)
    monkeypatch.setattr("index.search.uncurated.LACKING", 0)
    ((without,),) = unlearnt.probabilities([question], vector)
    odds = found / (1 - found) / (without / (1 - without))
    assert odds == pytest.approx(np.exp(LACKING) if lacks else 1)


def test_of_many_passages_the_nearest_are_found_as_if_all_were_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(60, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = [f"{chr(0xAC00 + 97 * place)}나다 {chr(0xB000 + 13 * place)}라마" for place in range(60)]
    known = dict(zip(texts, vectors, strict=True))
    asked, questions = vectors[:3] * 0.9 + vectors[3:6] * 0.1, texts[:3]
    every = Uncurated.over(texts, known, FakeEmbedder()).probabilities(questions, asked)
    monkeypatch.setattr("index.search.uncurated.NEAREST", 8)
    some = Uncurated.over(texts, known, FakeEmbedder()).probabilities(questions, asked)
    looked_at = some > 0
    assert looked_at.sum(axis=1).max() <= 16
    assert some[looked_at] == pytest.approx(every[looked_at], rel=1e-4)
    assert (some.argmax(axis=1) == every.argmax(axis=1)).all()


def test_without_a_model_words_decide() -> None:
    unlearnt = Uncurated.over(["가나다 라마", "바사아"], {}, None)
    assert unlearnt.vectors is None
    inside, outside = unlearnt.probabilities(["가나다", "자차카"], None).max(axis=1)
    assert outside < 0.05 < 0.9 < inside


def test_learnt_and_unlearnt_passages_are_joined_as_probabilities() -> None:
    scores = np.array([[0.4, 0.2, 0.0, 0.7]])  # two learnt passages, one that is not, out of scope
    joined, part, answerable = join(
        scores, scores[:, :3] * 0 + 0.1, np.array([0.5]), np.array([[0.8]]), np.array([True, True, False])
    )
    assert joined[0] == pytest.approx([0.5, 0.25, 0.8, 0.7])
    assert part[0] == pytest.approx([0.125, 0.125, 0.4])
    assert answerable == pytest.approx([0.8])


def test_each_document_answers_what_it_says(both: ClauseSearch) -> None:
    assert addresses(both, "환불 되나요")[0] == "가게 2.1"
    assert (
        addresses(both, "짐은 신분증을 보이고 찾습니까 날씨 날씨")[0] == "보관 2.1"
    )  # 날씨 is out of the shop's scope


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("보관 약관 1조 1항", "보관"),
        ("가게 약관 제1조", "가게"),
        ("제1조 1항", "가게"),  # of nothing named: the first document
        ("처리방침 3조", None),
    ],
)
def test_a_document_is_known_by_its_name(text: str, document: str | None, both: ClauseSearch) -> None:
    titles = {"가게": "가게 약관", "보관": "보관 약관"}
    if document and document in text:
        assert named_document(text, titles) == document
    if document:
        assert {address.split()[0] for address in addresses(both, text)} == {document}


def test_the_last_word_of_a_title_stands_for_it_if_no_other_has_it() -> None:
    titles = {"개인정보": "개인정보 처리방침", "이용": "서비스 이용약관"}
    assert named_document("처리방침 제3조", titles) == "개인정보"
    assert named_document("이용약관이랑 처리방침", titles) is None
    assert named_document("약관 제3조", {"가": "가나 이용약관", "다": "다라 이용약관"}) is None


def test_a_number_alone_belongs_to_the_document_spoken_of(both: ClauseSearch) -> None:
    asked = ("짐은 신분증을 보이고 찾습니까 날씨 날씨",)
    assert addresses(both, "제1조 2항은?", asked)[0] == "보관 1.2"


@pytest.mark.model
def test_a_document_alone_is_answered_from_without_a_single_curated_question(tmp_path: Path) -> None:
    from bot.settings import Settings

    (tmp_path / "data" / "terms").mkdir(parents=True)
    settings = Settings(data=tmp_path / "data", index=tmp_path / "index", _env_file=None)
    add(settings, "처리방침", POLICY)
    service = Service(settings)
    service.load()
    for question, first in (
        ("개인정보는 얼마 동안 보관하나요?", "1"),
        ("고지서 발송을 위탁하나요?", "2"),
        ("정보주체는 어떤 권리를 요구할 수 있나요?", "3"),
        ("개인정보 보호책임자는 누구인가요?", "4"),
    ):
        assert service.ask(Ask(question)).citations[0].clause.article == first
    for question in ("오늘 날씨 어때요?", "주차장 있나요?", "대출 금리가 몇 퍼센트인가요?"):
        assert service.ask(Ask(question)).status == "not_found"
