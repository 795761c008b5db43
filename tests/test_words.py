"""n-grams of words: what counts as the same text, and weights that can be computed by hand."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import FEATURES, count_ngrams, inverse_document_frequency, tf_idf

EVEN = np.ones(FEATURES, np.float32)


def likeness(*texts: str) -> np.ndarray:
    rows = tf_idf(count_ngrams(texts), EVEN)
    return np.asarray((rows @ rows.T).toarray())


def test_a_word_of_one_letter_has_six_ngrams() -> None:
    counts = count_ngrams(["가"])  # " " twice, "가", " 가", "가 ", " 가 "
    assert counts.shape == (1, FEATURES)
    assert sorted(counts.data) == [1, 1, 1, 1, 2]


def test_ngrams_do_not_cross_words() -> None:
    together, parted = count_ngrams(["가나 다라", "다라 가나"])
    assert (together != parted).nnz == 0
    assert (count_ngrams(["가나다라"]) != parted).nnz > 0


@pytest.mark.parametrize(
    ("text", "same"),
    [("환불", "\u1112\u116a\u11ab\u1107\u116e\u11af"), ("\uff21\uff11", "A1"), ("WIFI", "wifi"), ("가 나", "가\n\t나")],
    ids=["decomposed", "full width", "capitals", "white space"],
)
def test_the_same_text_in_another_form_has_the_same_ngrams(text: str, same: str) -> None:
    first, second = count_ngrams([text, same])
    assert first.nnz > 0
    assert (first != second).nnz == 0


def test_idf_is_higher_the_fewer_texts_hold_the_ngram() -> None:
    idf = inverse_document_frequency(count_ngrams(["가", "나"]))
    found = {round(float(value), 5) for value in idf}
    # " " is in both texts, eight n-grams in one, all others in none
    assert found == {1.0, round(log(3 / 2) + 1, 5), round(log(3) + 1, 5)}
    assert np.count_nonzero(np.isclose(idf, 1.0)) == 1
    assert np.count_nonzero(np.isclose(idf, log(3 / 2) + 1)) == 8


def test_likeness_is_the_cosine_of_sublinear_counts() -> None:
    blank = (1 + log(2)) ** 2  # the only n-gram in common, twice in each
    np.testing.assert_allclose(likeness("가", "나"), [[1, blank / (blank + 4)], [blank / (blank + 4), 1]], rtol=1e-6)


def test_idf_weighs_an_ngram_up() -> None:
    counts = count_ngrams(["환불", "환급"])
    idf = EVEN.copy()
    idf[np.intersect1d(counts[0].indices, counts[1].indices)] = 3
    rows = tf_idf(counts, idf)
    assert (rows @ rows.T)[0, 1] > likeness("환불", "환급")[0, 1]


def test_a_text_without_words_is_like_nothing() -> None:
    assert likeness("", "환불").tolist() == [[0, 0], [0, pytest.approx(1)]]


def test_weighing_leaves_the_counts_as_they_are() -> None:
    counts = count_ngrams(["환불 환불"])
    before = counts.copy()
    tf_idf(counts, EVEN)
    assert (counts != before).nnz == 0


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_likeness_of_any_texts_is_between_0_and_1(texts: list[str]) -> None:
    found = likeness(*texts)
    assert found.shape == (len(texts), len(texts))
    assert (found >= 0).all()
    assert (found <= 1 + 1e-5).all()
    for own, text in zip(found.diagonal(), texts, strict=True):
        assert own == pytest.approx(1 if text.split() else 0, abs=1e-5)
