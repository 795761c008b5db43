"""Training: which rows belong together, what is held back, that it learns, and that breaking off changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from support.small_weights import SIZES, SmallWeights

from index.aspects import Aspect, Standing
from index.clause import Clause
from index.encoder import graph
from index.encoder.differences import Differences
from index.passages import Passage
from index.questions.corpus import Corpus
from index.questions.files import Question
from index.training import training
from index.training.batches import Batch, Batches
from index.training.held_back import held_back
from index.training.measure import measure
from index.training.network import LOWER, RANK, Layers, lower_states
from index.training.training import Plan, loss, train

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ONE, TWO = Clause("약관", "1", "1"), Clause("약관", "2", "1")
YES, NO = Aspect(ONE, Standing.YES, "된다"), Aspect(ONE, Standing.NO, "그냥 된다")
QUESTIONS = (
    *(Question(f"하나 {n}", (ONE,)) for n in range(3)),
    *(Question(f"되나 {n}", (ONE,), aspect=YES) for n in range(3)),
    *(Question(f"그냥 되나 {n}", (ONE,), aspect=NO) for n in range(3)),
    *(Question(f"둘 {n}", (TWO, ONE)) for n in range(3)),
    *(Question(f"밖 {n}", ()) for n in range(3)),
    *(Question(f"안녕 {n}", (), vague=True, act="greeting") for n in range(3)),
)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    def passage(clause: Clause) -> Passage:
        return Passage(clause, "2025-01-01", "약관", "제목", 0, 4, f"{clause.article}조의 말")

    return Corpus((passage(ONE), passage(TWO)), QUESTIONS)


def pairs(batch: Batch, related: np.ndarray) -> set[tuple[str, str]]:
    """What is related, by the kinds of its texts."""

    def kind(row: int) -> str:
        return QUESTIONS[row].text.rpartition(" ")[0] if row < len(QUESTIONS) else f"글{row - len(QUESTIONS) + 1}"

    return {(kind(batch.rows[a]), kind(batch.rows[b])) for a, b in np.argwhere(related).tolist()}


def test_a_batch_says_what_belongs_together(corpus: Corpus) -> None:
    batch = Batches(corpus, np.ones(len(QUESTIONS), bool)).draw(0)
    same, things = pairs(batch, batch.same), pairs(batch, batch.same_thing)
    assert {("하나", "되나"), ("되나", "그냥 되나"), ("하나", "글1"), ("둘", "글2"), ("안녕", "안녕")} <= same
    assert not same & {("하나", "둘"), ("하나", "밖"), ("밖", "밖"), ("안녕", "하나")}
    assert things == {("되나", "되나"), ("그냥 되나", "그냥 되나")}
    # "둘" also needs the first clause: neither near nor far; a general question may ask the thing or not
    assert ("하나", "둘") in pairs(batch, batch.unknown)
    assert ("하나", "되나") in pairs(batch, batch.unknown_thing)
    assert ("되나", "그냥 되나") not in pairs(batch, batch.unknown_thing)
    assert not (batch.same & batch.unknown).any()


def test_a_batch_is_the_same_for_the_same_step_and_holds_nothing_back_but_that(corpus: Corpus) -> None:
    allowed = np.array([not q.text.endswith("2") for q in QUESTIONS])
    batches = Batches(corpus, allowed)
    assert batches.draw(4).rows == batches.draw(4).rows
    assert batches.draw(4).rows != batches.draw(5).rows
    drawn = {row for step in range(30) for row in batches.draw(step).rows if row < len(QUESTIONS)}
    assert drawn == set(np.flatnonzero(allowed).tolist())


def test_sections_are_held_back_whole_and_others_one_by_one() -> None:
    aspects = [Aspect(ONE, Standing.STATED, f"것 {n}") for n in range(60)]
    asked = [Question(f"{aspect.thing} {n}", (ONE,), aspect=aspect) for aspect in aspects for n in range(4)]
    plain = [Question(f"질문 {n}", (ONE,)) for n in range(400)]
    held = held_back([*asked, *plain])
    by_section = held[: len(asked)].reshape(60, 4)
    assert 0.03 < by_section.all(axis=1).mean() < 0.3
    assert 0.02 < held[len(asked) :].mean() < 0.1
    assert held_back([*plain, *asked]).sum() == held.sum()


def test_loss_falls_with_the_right_neighbours() -> None:
    same = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], bool)
    none = np.zeros((4, 4), bool)
    batch = Batch([0, 1, 2, 3], same, none, none, none)
    near = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    assert loss(near, batch) < 1e-3
    # each has one right and two wrong neighbours, all equally near: -log(1/3)
    assert loss(torch.ones(4, 2) / 2**0.5, batch).item() == pytest.approx(np.log(3), abs=1e-4)


def states() -> list[torch.Tensor]:
    chance = np.random.default_rng(0)
    texts = [chance.integers(0, SIZES.vocabulary, 3 + n % 5).tolist() for n in range(len(QUESTIONS) + 2)]
    return lower_states(SmallWeights(), texts)  # type: ignore[arg-type]


def run(corpus: Corpus, place: Path, progress: Callable[[int, float], None]) -> Layers:
    batches = Batches(corpus, np.ones(len(QUESTIONS), bool))
    return train(SmallWeights(), states(), [batches], Plan(40, 1, "x"), place, progress)  # type: ignore[arg-type]


def test_training_learns_and_can_be_broken_off(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "SAVED", 10)
    lost: list[float] = []
    whole = run(corpus, tmp_path / "a", lambda _, loss: lost.append(loss))
    assert np.mean(lost[-5:]) < np.mean(lost[:5]) - 0.1

    def stop(step: int, _: float) -> None:
        if step == 25:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(corpus, tmp_path / "b", stop)
    steps: list[int] = []
    resumed = run(corpus, tmp_path / "b", lambda step, _: steps.append(step))
    assert steps[0] == 21
    for name, (left, right) in whole.learnt().items():
        np.testing.assert_allclose(resumed.learnt()[name][0], left, atol=1e-6)
        np.testing.assert_allclose(resumed.learnt()[name][1], right, atol=1e-6)


def test_an_unfinished_training_of_another_plan_is_begun_anew(corpus: Corpus, tmp_path: Path) -> None:
    place = tmp_path / "unfinished"
    place.write_bytes(b"damaged")
    steps: list[int] = []
    run(corpus, place, lambda step, _: steps.append(step))
    assert steps[0] == 1
    batches, again = Batches(corpus, np.ones(len(QUESTIONS), bool)), list[int]()
    other = Plan(3, 2, "x")
    train(SmallWeights(), states(), [batches], other, place, lambda step, _: again.append(step))  # type: ignore[arg-type]
    assert again == [1, 2, 3]


def test_what_was_trained_is_what_the_graph_computes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import onnxruntime

    monkeypatch.setattr("index.training.network.quick_type", lambda: torch.float32)
    weights, texts = SmallWeights(), [[3, 7, 11, 2], [5], [1, 2, 3, 4, 5, 6, 7]]
    layers = Layers(weights, range(LOWER, SIZES.layers), RANK)  # type: ignore[arg-type]
    for one in layers.parameters():
        one.data.normal_(0, 0.2)
    vectors = layers.vectors(lower_states(weights, texts))  # type: ignore[arg-type]
    path = tmp_path / "graph.onnx"
    graph.write(weights, Differences(matrices=layers.learnt()), path, quantized=False)  # type: ignore[arg-type]
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for text, vector in zip(texts, vectors, strict=True):
        (mean,) = session.run([graph.MEAN], {graph.IDS: np.array([text], np.int64)})
        assert float(mean[0] @ vector / np.linalg.norm(mean[0])) == pytest.approx(1, abs=1e-4)


def test_measure_by_hand(corpus: Corpus) -> None:
    held = np.array([q.text.endswith("2") for q in QUESTIONS])
    places = {"하나": 0, "되나": 1, "그냥 되나": 2, "둘": 3, "밖": 4, "안녕": 5}
    vectors = np.eye(6, dtype=np.float32)[[places[q.text.rpartition(" ")[0]] for q in QUESTIONS]]
    found = measure(corpus, vectors, held)
    assert (found.clause, found.truth) == (1.0, 1.0)
    vectors[[5, 8]] = vectors[[8, 5]]  # each of both is nearest to the other truth
    assert measure(corpus, vectors, held).truth == 0.0
