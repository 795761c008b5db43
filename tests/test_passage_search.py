"""Search without curated questions: parts that can be computed by hand, and the figures measured with them."""

from __future__ import annotations

import json
from math import log, log2
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.commands import run
from support.fakes import FakeEmbedder

from index.commands.program import app
from index.errors import QuestionsError
from index.evaluation.zero_shot import measure, read_reading_set
from index.search.uncurated import WORDS_SHARE, PassageScores, PassageSearch, standardize
from index.words import K1, B, bm25, count_ngrams

if TYPE_CHECKING:
    from pathlib import Path

PASSAGES = ["배송은 사흘", "환불은 이레", "전화는 낮에"]


def reading_set(path: Path, questions: list[list[str]]) -> Path:
    paragraphs = [
        {"context": passage, "qas": [{"question": q} for q in asked]}
        for passage, asked in zip(PASSAGES, questions, strict=True)
    ]
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    return path


def test_bm25_of_an_ngram_that_one_of_two_passages_has() -> None:
    weights = bm25(count_ngrams(["가", "나다"]))  # 6 and 9 n-grams
    column = count_ngrams(["가"]).nonzero()[1]
    only_in_first = [c for c in column if weights[1, c] == 0]
    relative = 6 / 7.5
    expected = log(2) * (K1 + 1) / (1 + K1 * (1 - B + B * relative))
    np.testing.assert_allclose(weights[0, only_in_first].toarray(), expected, rtol=1e-5)


def test_the_parts_are_made_comparable_and_added() -> None:
    coverage = np.array([[0.0, 0.5, 0.0]])
    scores = PassageScores(dense=np.array([[0.9, 0.8, 0.7]]), words=np.array([[0.0, 30.0, 0.0]]), coverage=coverage)
    z = 1.5**0.5
    words = WORDS_SHARE * 0.5 * np.array([-0.5, 1, -0.5]) * 2**0.5
    np.testing.assert_allclose(scores.fused, [np.array([z, 0, -z]) + words])


def test_equal_scores_say_nothing() -> None:
    assert standardize(np.array([[3.0, 3.0]])).tolist() == [[0.0, 0.0]]


def test_a_question_finds_its_passage_by_meaning_and_words() -> None:
    scores = PassageSearch.over(PASSAGES, FakeEmbedder(), lambda _: None).scores(["환불", "사흘"])
    assert scores.dense.argmax(axis=1)[0] == 1
    assert scores.words.argmax(axis=1).tolist() == [1, 0]
    assert scores.fused.argmax(axis=1).tolist() == [1, 0]


def test_figures_are_recall_of_the_first_place_and_discounted_gain(tmp_path: Path) -> None:
    found = read_reading_set(reading_set(tmp_path / "set.json", [["배송"], ["환불", "전화"], []]))
    done: list[int] = []
    figures = measure(found, FakeEmbedder(), done.append)
    assert figures["dense"].recall == pytest.approx(2 / 3)  # "전화" finds the third passage before its own
    assert figures["dense"].ndcg == pytest.approx((2 + (1 / log2(3) + 1 / log2(4)) / 2) / 3)
    assert sum(done) == 3 + 3


@pytest.mark.parametrize("text", ["", "[]", '{"data": [{"paragraphs": []}]}', '{"data": [{"paragraphs": [{}]}]}'])
def test_a_file_of_another_form_is_a_clear_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionsError, match=r"other\.json"):
        read_reading_set(path)


def test_the_command_fails_when_fusion_hurts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.search.embedding.load_embedder", lambda *_: FakeEmbedder())
    good = reading_set(tmp_path / "good.json", [["배송 사흘"], ["환불"], ["전화 낮"]])
    assert "fused  recall@1 1.000  nDCG@10 1.000" in run(app, "zero-shot", good).out
    # about refunds, and much else, but in a few words of the passage on delivery
    bad = reading_set(
        tmp_path / "bad.json", [["환불 환불 어제 세 번이나 물었는데 아무도 모른다고 하더군요 배송은 사흘"], [], []]
    )
    ended = run(app, "zero-shot", bad, "--json")
    assert ended.code == 1
    assert json.loads(ended.out)["words"]["recall"] == 1.0
