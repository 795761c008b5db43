"""In which order rows are learnt: some of them, whole groups, come last, and what the others teach of them is seen.

The gates learn from scores that were left out, and for these a part of the inverse of the kernel is needed, which is
cheap for the last rows of a Cholesky factor alone: of 27,000 rows the inverse as a whole costs as much as the factor.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

LEFT_OUT = 14_000  # rows about; what the gates learn of twice as many is the same (docs/encoder.md)


@dataclass(frozen=True, slots=True)
class Order:
    """``rows``: of the collection, int of shape (rows,), in the order in which they are learnt.

    ``groups``: of these rows, in that order; the rows of a group stand together; negative: a row alone.
    ``first``: from it on they are left out.
    """

    rows: np.ndarray
    groups: np.ndarray
    first: int

    @classmethod
    def of(cls, groups: np.ndarray, left_out: int = LEFT_OUT) -> Order:
        """Groups by chance (always the same), of which the last, with ``left_out`` rows or some more, are left out.

        ``groups``: of the rows of the collection, shape (rows,).
        """
        count = len(groups)
        alone = np.arange(count) + groups.max(initial=0) + 1
        names = np.where(groups < 0, alone, groups)
        chance = np.random.default_rng(0).permutation(names.max(initial=0) + 1)
        rows = np.argsort(chance[names], kind="stable")
        own = names[rows]
        starts = np.flatnonzero(np.diff(own, prepend=-1))
        reached = starts[starts <= max(0, count - left_out)]
        return cls(rows, groups[rows], int(reached[-1]) if len(reached) else 0)

    def batches(self, size: int) -> Iterator[tuple[slice, list[slice]]]:
        """The rows that are left out, about ``size`` at a time and no group in two parts.

        With each the groups of two or more in it, counted from its beginning.
        """
        count = len(self.rows)
        changes = np.flatnonzero((np.diff(self.groups) != 0) | (self.groups[1:] < 0)) + 1
        starts = np.unique([self.first, *changes[changes > self.first], count])
        start = 0
        while start < len(starts) - 1:
            stop = max(start + 1, int(np.searchsorted(starts, starts[start] + size, "right")) - 1)
            bounds = (starts[start : stop + 1] - starts[start]).tolist()
            together = [slice(a, b) for a, b in pairwise(bounds) if b - a > 1]
            yield slice(int(starts[start]), int(starts[stop])), together
            start = stop
