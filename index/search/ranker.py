"""The ranker: kernel ridge regression from a question to the clauses that answer it.

Each row of the collection (a curated question or a passage) says which clauses it belongs to; a question is scored by
its likeness to all rows at once, so that a clause whose rows attract every question is held down by what those rows
were taught. Kernel ridge regression has its leave-one-out predictions in closed form (Rasmussen & Williams 2006,
"Gaussian Processes for Machine Learning", eq. 5.12), so that each curated question is also a test of the others.

Why not a plain nearest-neighbour vote: measured on ``data/eval/validation.jsonl`` (249 single questions, 4,152 rows)
the right paragraph came first for 0.94 with the mean of the three nearest rows, for 0.99 with this.
"""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from index.search.factor import factorize
from index.search.logistic import regress
from index.search.order import Order
from index.search.ridge import RIDGE, solve

if TYPE_CHECKING:
    from index.search.aspect_rankers import AspectRankers
    from index.search.gates import Gates


LEAST = 0.02  # clause score, below which none resembles the question


@dataclass(frozen=True, slots=True)
class Ranker:
    """``coefficients``: float32 of shape (rows, columns), the first ``width`` of them the clauses and "out of scope".

    ``aspects`` and ``gates``: of the rows' aspects and acts; None without any.
    ``gate``: bias and weights of a logistic regression from `_signals` to the probability that the best clause answers
    a question (Platt 1999), fitted on the leave-one-out scores. Fitted to "any clause answers it" instead, it refused
    0.953 instead of 0.965 of what is out of scope on ``data/eval/validation.jsonl``, and answered no more.
    """

    coefficients: np.ndarray
    gate: np.ndarray
    width: int
    aspects: AspectRankers | None = None
    gates: Gates | None = None

    def scores(self, kernel: np.ndarray) -> np.ndarray:
        """Scores of shape (questions, clauses + 1), about 0..1, from a kernel of shape (questions, rows)."""
        return np.asarray(kernel @ self.coefficients[:, : self.width])

    def all_heads(self, kernel: np.ndarray) -> np.ndarray:
        """The scores of all heads but the aspects, shape (questions, narrow columns), see `index.questions.heads`."""
        return np.asarray(kernel @ self.coefficients)

    def answerable(self, scores: np.ndarray) -> np.ndarray:
        """The probability for each question that its best clause answers it, shape (questions,)."""
        return np.asarray(1 / (1 + np.exp(-(self.gate[0] + _signals(scores) @ self.gate[1:]))))


def present_share(scores: np.ndarray, absent: np.ndarray) -> np.ndarray:
    """The best passage's score as a share of the best absent clause's, 0..1, shape (texts,); 1 if that is not higher.

    A question on what another edition lacks is not answered by the next best of its clauses.
    """
    found, lost = scores[:, :-1].max(axis=1).clip(0), absent.max(axis=1)
    return np.asarray(found / np.maximum(np.maximum(found, lost), 1e-6))


def fit(kernel: np.ndarray, labels: np.ndarray, questions: int) -> tuple[Ranker, np.ndarray]:
    """Fit the clauses and "out of scope" alone; return the ranker and the left-out scores of the ``questions``.

    ``labels``: 0/1 of shape (rows, clauses + 1), the first ``questions`` rows those of questions; ``kernel``: float32
    or float64 of shape (rows, rows).
    """
    count = len(kernel)
    with TemporaryFile() as file:
        part = lambda rows, columns: kernel[rows, columns].copy()  # noqa: E731
        factor = factorize(file, count, part, RIDGE, kind=kernel.dtype.type)
        order = Order(np.arange(count), np.full(count, -1), 0)
        fitted = solve(factor, csr_matrix(labels, dtype=kernel.dtype), order)
    left_out = fitted.left_out[:questions]
    gate = fit_gate(left_out, labels[:questions])
    return Ranker(fitted.coefficients, gate, labels.shape[1]), left_out


def fit_gate(scores: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(bias, weight of the best clause's signal, weight of the out-of-scope signal), from left-out scores.

    Both of shape (questions, clauses + 1).
    """
    right = labels[np.arange(len(labels)), scores[:, :-1].argmax(axis=1)] > 0
    if right.all() or not right.any():
        return np.array([5.0, 2.0, -5.0])  # nothing to learn from: no curated question on one side
    bias, weights = regress(_signals(scores), right.astype(int))
    return np.concatenate([bias[1:] - bias[:1], weights[1] - weights[0]])


def _signals(scores: np.ndarray) -> np.ndarray:
    """The logarithm of the best clause's score and the out-of-scope score, shape (questions, 2).

    Both from where they still tell something: a score below zero says no more than zero, and what no clause and no
    out-of-scope question resembles must not count as answerable. With the plain scores the area under the ROC curve
    is the same (0.997 on ``data/eval/validation.jsonl``).
    """
    return np.stack([np.log(scores[:, :-1].max(axis=1).clip(LEAST)), scores[:, -1].clip(0)], axis=1)
