"""The rankers of what is asked of a clause, against ridge regression by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import sparse

from index.aspects import Aspect, Standing
from index.clause import Clause
from index.questions.files import Question
from index.questions.heads import Heads
from index.search import aspect_rankers
from index.search.aspect_rankers import ELSEWHERE, AspectLearning, AspectRankers
from index.search.likeness import Likeness
from index.search.ridge import RIDGE

if TYPE_CHECKING:
    from index.questions.corpus import Corpus

ONE, OTHER = Clause("가게", "1", "1"), Clause("가게", "2", "1")
DAYS, FEE = Aspect(ONE, Standing.STATED, "며칠"), Aspect(ONE, Standing.ABSENT, "값")
WHO = Aspect(OTHER, Standing.STATED, "누가")
ASKED = (DAYS, DAYS, DAYS, FEE, FEE, WHO, WHO, None, None)


@pytest.fixture
def learning(monkeypatch: pytest.MonkeyPatch, shop_corpus: Corpus) -> AspectLearning:
    monkeypatch.setattr(aspect_rankers, "FOREIGN", 2)
    clauses = {None: ()} | {aspect: (aspect.clause,) for aspect in (DAYS, FEE, WHO)}
    questions = [Question(f"물음 {i}", clauses[a], aspect=a) for i, a in enumerate(ASKED)]
    passage = shop_corpus.passages[0]
    heads = Heads.of([replace(passage, clause=ONE), replace(passage, clause=OTHER)], questions)
    random = np.random.default_rng(2)
    ngrams = sparse.random(11, 30, density=0.4, format="csr", dtype=np.float32, rng=random)
    groups = np.array([0, 0, 0, 1, 1, 2, 2, -1, -1, -1, -1])
    keys = [f"{n:02}" for n in (5, 6, 7, 8, 9, 1, 10, 0, 11, 12, 13)]  # rows 7 and 5 are the least
    return AspectLearning(heads, Likeness(ngrams), heads.labels(questions), groups, keys)


def by_hand(learning: AspectLearning, rows: list[int], aspects: list[Aspect]) -> np.ndarray:
    kernel = learning.likeness.between(np.array(rows), np.array(rows)).astype(float)
    labels = np.array([[float(row < len(ASKED) and ASKED[row] == a) for a in aspects] for row in rows])
    return np.asarray(np.linalg.solve(kernel + RIDGE * np.eye(len(rows)), labels))


def test_a_clause_is_taught_its_own_rows_and_some_foreign_ones(learning: AspectLearning) -> None:
    rows = learning.rows(learning.heads.blocks)
    assert {place: own.tolist() for place, own in rows.items()} == {0: [0, 1, 2, 3, 4, 5, 7, 9], 1: [5, 6, 7, 10]}


def test_scores_are_those_of_a_regression_within_the_clause(learning: AspectLearning) -> None:
    rankers = learning.rankers()
    rows = [0, 1, 2, 3, 4, 5, 7, 9]
    own = by_hand(learning, rows, [DAYS, FEE])
    np.testing.assert_allclose(rankers.clauses[0].coefficients, own, atol=1e-5)
    kernel = np.random.default_rng(3).random((2, 11)).astype(np.float32)
    scores = rankers.scores(learning.heads, kernel, np.array([[0, 0], [1, 1]]))
    np.testing.assert_allclose(scores[0, :2], kernel[0, rows] @ own, atol=1e-5)
    assert scores[0, 2] == ELSEWHERE
    assert scores[1, :2].tolist() == [ELSEWHERE] * 2


def test_what_is_left_out_teaches_nothing(learning: AspectLearning) -> None:
    near = np.zeros((3, 1), int)
    _, (alone, in_groups) = learning.with_left_out(np.array([1, 3, 8]), [near, near])
    rows = [0, 1, 2, 3, 4, 5, 7, 9]
    for place, out_alone, out_together in ((0, [1], [0, 1, 2]), (1, [3], [3, 4]), (2, [], [])):
        row = [1, 3, 8][place]
        for found, out in ((alone, out_alone), (in_groups, out_together)):
            rest = [r for r in rows if r not in out]
            wanted = learning.likeness.between(np.array([row]), np.array(rest)) @ by_hand(learning, rest, [DAYS, FEE])
            np.testing.assert_allclose(found[place, :2], wanted[0], atol=1e-4)


def test_rows_that_move_keep_what_they_were_taught(learning: AspectLearning) -> None:
    rankers = learning.rankers()
    moved = rankers.moved(np.array([10, 9, -1, 7, 6, 5, 4, 3, 2, 0]))
    assert moved.clauses[0].rows.tolist() == [1, 3, 5, 6, 7, 8, 9]
    before = dict(zip(rankers.clauses[0].rows.tolist(), rankers.clauses[0].coefficients.tolist(), strict=True))
    assert moved.clauses[0].coefficients.tolist() == [before[r] for r in (9, 7, 5, 4, 3, 2, 0)]


def test_they_are_read_as_they_were_written(learning: AspectLearning) -> None:
    rankers = learning.rankers()
    again = AspectRankers.of_named(rankers.named())
    assert again.clauses.keys() == rankers.clauses.keys()
    np.testing.assert_array_equal(again.clauses[1].coefficients, rankers.clauses[1].coefficients)
