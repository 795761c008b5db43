"""Logistic regression, by scikit-learn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def regress(signals: ArrayLike, classes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bias of shape (classes,) and weights of shape (classes, signals), from signals of shape (examples, signals).

    ``classes``: of each example, numbers from 0 on, at least two of them.
    """
    # imported here: it takes a second and 100 MB, which what only answers is spared
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(max_iter=500).fit(signals, classes)
    weights, bias = model.coef_, model.intercept_
    if len(weights) == 1:  # of two classes it gives those of the second alone
        weights, bias = np.vstack([np.zeros_like(weights), weights]), np.concatenate([[0.0], bias])
    return bias, weights
