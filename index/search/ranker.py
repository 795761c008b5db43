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
from scipy.linalg import get_blas_funcs
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from index.search.factor import factorize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.search.factor import Factor
    from index.search.gates import Gates


# Chosen for the trained encoder (docs/encoder.md): flat within ±30 % of each.
MEANING_SHARE = 0.6
MEANING_WIDTH = 0.25
RIDGE = 0.1
LEAST = 0.02  # clause score, below which none resembles the question


def meaning_kernel(cosines: np.ndarray) -> np.ndarray:
    """Cosines of embeddings (any shape) to likeness, 0..1."""
    return np.exp((cosines - 1) / MEANING_WIDTH)


def combine(meaning: np.ndarray | None, words: np.ndarray) -> np.ndarray:
    """One likeness out of both; of the words alone if there are no embeddings."""
    if meaning is None:
        return words
    return MEANING_SHARE * meaning + (1 - MEANING_SHARE) * words


@dataclass(frozen=True, slots=True)
class Ranker:
    """``coefficients``: float32 of shape (rows, columns), the first ``width`` of them the clauses and "out of scope".

    ``aspects``: float32 of shape (rows, aspects), by columns. ``gates``: of the rows' aspects and acts; None without
    any.
    ``gate``: bias and weights of a logistic regression from `_signals` to the probability that the best clause answers
    a question (Platt 1999), fitted on the leave-one-out scores. Fitted to "any clause answers it" instead, it refused
    0.953 instead of 0.965 of what is out of scope on ``data/eval/validation.jsonl``, and answered no more.
    """

    coefficients: np.ndarray
    gate: np.ndarray
    width: int
    aspects: np.ndarray
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


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learnt of all rows. ``coefficients``: float32 of shape (rows, columns).

    ``left_out``: the scores of each row by what the other rows teach; ``group_left_out``: by what the rows outside of
    its group do. Both of the shape of the labels.
    """

    coefficients: np.ndarray
    left_out: np.ndarray
    group_left_out: np.ndarray


def solve(factor: Factor, labels: csr_matrix, groups: np.ndarray | None = None) -> Fitted:
    """Fit all columns of ``labels``, 0/1 and sparse of shape (rows, columns), at once.

    ``groups``: of shape (rows,), rows with equal numbers are left out together; negative: a row alone.
    Of the inverse only what stands on the diagonal and within a group is made.
    """
    sections = Groups.of(groups)
    coefficients, diagonal, inverses = _products(factor, labels, sections)
    left_out = expected(coefficients / -diagonal[:, np.newaxis].astype(factor.kind), labels)
    group_left_out = left_out if groups is None else left_out.copy()
    for rows, inverse in zip(sections.members, inverses, strict=True):
        group_left_out[rows] = expected(-np.linalg.solve(inverse, coefficients[rows]), labels[rows])
    return Fitted(coefficients.astype(np.float32, copy=False), left_out, group_left_out)


def _products(factor: Factor, labels: csr_matrix, sections: Groups) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """In one reading of the factor: the coefficients, the diagonal of the inverse, and its blocks of the groups."""
    coefficients = np.zeros(labels.shape, factor.kind)
    diagonal = np.zeros(factor.rows)
    inverses = [np.zeros((len(rows), len(rows))) for rows in sections.members]
    (multiply,) = get_blas_funcs(("gemm",), (coefficients,))
    for part, left, square in factor.blocks():
        scores = (labels[: part.start].T @ left.T + labels[part].T @ square.T).T
        if part.start:  # in place: BLAS is by columns, and these are transposed
            multiply(1, scores.T, left.T, 1, coefficients[: part.start].T, trans_b=1, overwrite_c=1)
        coefficients[part] += square.T @ scores
        diagonal[: part.start] += np.einsum("ij,ij->j", left, left)
        diagonal[part] += np.einsum("ij,ij->j", square, square)
        for inverse, columns in zip(inverses, sections.columns(part, left, square), strict=True):
            inverse += columns.T @ columns
    return coefficients, diagonal, inverses


def expected(errors: np.ndarray, labels: csr_matrix) -> np.ndarray:
    """Scores from ``errors``, which are overwritten, and what should have been found; of the same shape."""
    wanted = labels.tocoo()
    errors[wanted.row, wanted.col] += wanted.data
    return errors


def fit(kernel: np.ndarray, labels: np.ndarray, questions: int) -> tuple[Ranker, np.ndarray]:
    """Fit the clauses and "out of scope" alone; return the ranker and the left-out scores of the ``questions``.

    ``labels``: 0/1 of shape (rows, clauses + 1), the first ``questions`` rows those of questions; ``kernel``: float32
    or float64 of shape (rows, rows).
    """
    with TemporaryFile() as file:
        part = lambda rows, columns: kernel[rows, columns].copy()  # noqa: E731
        factor = factorize(file, len(kernel), part, RIDGE, kind=kernel.dtype.type)
        fitted = solve(factor, csr_matrix(labels, dtype=kernel.dtype))
    left_out = fitted.left_out[:questions]
    gate = fit_gate(left_out, labels[:questions])
    return Ranker(fitted.coefficients, gate, labels.shape[1], fitted.coefficients[:, :0]), left_out


@dataclass(frozen=True, slots=True)
class Groups:
    """The rows of each group of two or more, in ascending order."""

    members: list[np.ndarray]

    @classmethod
    def of(cls, groups: np.ndarray | None) -> Groups:
        """``groups`` as `solve` takes them."""
        if groups is None:
            return cls([])
        order = np.argsort(groups, kind="stable")
        order = order[groups[order] >= 0]
        parts = np.split(order, np.flatnonzero(np.diff(groups[order])) + 1)
        return cls([np.sort(part) for part in parts if len(part) > 1])

    def columns(self, part: slice, left: np.ndarray, square: np.ndarray) -> Iterator[np.ndarray]:
        """For each group the columns of its rows in a block of a `Factor`; what stands behind the block is 0."""
        if not self.members:
            return
        rows = np.concatenate(self.members)
        columns = np.zeros((len(rows), len(square)), square.dtype)
        before, own = rows < part.start, (rows >= part.start) & (rows < part.stop)
        columns[before] = left.T[rows[before]]
        columns[own] = square.T[rows[own] - part.start]
        for group in np.split(columns, np.cumsum([len(group) for group in self.members])[:-1]):
            yield group.T


def fit_gate(scores: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(bias, weight of the best clause's signal, weight of the out-of-scope signal), from left-out scores.

    Both of shape (questions, clauses + 1).
    """
    right = labels[np.arange(len(labels)), scores[:, :-1].argmax(axis=1)] > 0
    if right.all() or not right.any():
        return np.array([5.0, 2.0, -5.0])  # nothing to learn from: no curated question on one side
    model = LogisticRegression().fit(_signals(scores), right)
    return np.concatenate([model.intercept_, model.coef_[0]])


def _signals(scores: np.ndarray) -> np.ndarray:
    """The logarithm of the best clause's score and the out-of-scope score, shape (questions, 2).

    Both from where they still tell something: a score below zero says no more than zero, and what no clause and no
    out-of-scope question resembles must not count as answerable. With the plain scores the area under the ROC curve
    is the same (0.997 on ``data/eval/validation.jsonl``).
    """
    return np.stack([np.log(scores[:, :-1].max(axis=1).clip(LEAST)), scores[:, -1].clip(0)], axis=1)
