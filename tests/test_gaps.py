"""Questions that ask alike come together."""

from __future__ import annotations

import numpy as np
import pytest
from support.fakes import FakeEmbedder, RememberingEmbedder

from bot.curation.gaps import MOST, Group, Vectors, group

TEXTS = ["주차 되나요", "환불 언제", "주차되나요?", "환불 되나요", "주차장 있나요"]


def test_by_meaning_equal_vectors_come_together_and_others_do_not() -> None:
    found = group(TEXTS, FakeEmbedder().queries(TEXTS))
    assert [sorted(one.members) for one in found] == [[0, 2, 4], [1, 3]]


def test_by_words_texts_that_share_them_come_together() -> None:
    found = group(["주차 되나요", "주차 되나요?", "전화번호 알려 주세요", "주차 되나요요"], None)
    assert [sorted(one.members) for one in found] == [[0, 1, 3], [2]]


def test_the_question_nearest_to_all_others_stands_first() -> None:
    turned = np.radians([0.0, 20.0, 10.0])
    found = group(["가", "나", "다"], np.stack([np.cos(turned), np.sin(turned)], axis=1))
    assert found == [Group((2, 0, 1))]


@pytest.mark.parametrize("texts", [[], ["하나"]])
def test_few_questions_need_no_comparison(texts: list[str]) -> None:
    assert group(texts, None) == [Group((place,)) for place in range(len(texts))]


def test_texts_without_anything_in_common_or_without_letters_stay_alone() -> None:
    assert len(group(["?", "환불", "전화"], None)) == 3


def test_too_many_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="401 texts"):
        group(["가"] * (MOST + 1), None)


def test_a_question_is_embedded_once() -> None:
    vectors, embedder = Vectors(), RememberingEmbedder()
    first = vectors.of(["환불", "배송", "환불"], embedder)
    second = vectors.of(["배송", "전화"], embedder)
    assert embedder.texts == ["환불", "배송", "전화"]
    assert first is not None
    assert second is not None
    assert (first[1] == second[0]).all()


def test_the_longest_unused_vectors_are_forgotten() -> None:
    vectors, embedder = Vectors(kept=1), RememberingEmbedder()
    for texts in (["환불", "배송"], ["배송"], ["환불"]):
        assert vectors.of(texts, embedder) is not None
    assert embedder.texts == ["환불", "배송", "환불"]


def test_without_an_embedder_there_are_no_vectors() -> None:
    assert Vectors().of(["환불"], None) is None
