"""Which of the things asked of a clause a question asks for: one small kernel ridge regression within each clause.

Its rows are what is asked of the clause, and some rows chosen by chance that teach what is foreign to it. Learnt of all
27,000 rows instead, it tells the same (docs/encoder.md), in forty times the memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from index.search.ridge import RIDGE, left_out_scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scipy.sparse import csr_matrix

    from index.questions.heads import Heads
    from index.search.likeness import Likeness

FOREIGN = 400  # rows of any clause, which each clause is taught besides its own
ELSEWHERE = -1.0  # score of an aspect of another clause than those near by


@dataclass(frozen=True, slots=True)
class AspectRanker:
    """Of one clause. ``rows``: of the collection, ascending; ``coefficients``: float32 of shape (rows, aspects)."""

    rows: np.ndarray
    coefficients: np.ndarray


@dataclass(frozen=True, slots=True)
class AspectRankers:
    """``clauses``: by the place of the clause, see `Heads.blocks`; none for a clause of which nothing is asked."""

    clauses: Mapping[int, AspectRanker]

    def scores(self, heads: Heads, kernel: np.ndarray, near: np.ndarray) -> np.ndarray:
        """Scores of shape (texts, aspects), about 0..1; `ELSEWHERE` for those of other clauses than the near ones.

        ``kernel``: of shape (texts, rows); ``near``: places of clauses, of shape (texts, clauses near by).
        """
        scores = np.full((len(kernel), len(heads.aspects)), ELSEWHERE, np.float32)
        for row, places in enumerate(near):
            for place in set(places.tolist()):
                if ranker := self.clauses.get(place):
                    scores[row, heads.blocks[place]] = kernel[row, ranker.rows] @ ranker.coefficients
        return scores

    def moved(self, rows: np.ndarray) -> AspectRankers:
        """The same for a collection of which row ``i`` was ``rows[i]`` here, or none if that is negative."""
        count = max((int(one.rows.max(initial=-1)) for one in self.clauses.values()), default=-1) + 1
        now = np.full(max(count, int(rows.max(initial=-1)) + 1), -1)
        now[rows[rows >= 0]] = np.flatnonzero(rows >= 0)
        moved = {}
        for place, one in self.clauses.items():
            kept = now[one.rows] >= 0
            order = np.argsort(now[one.rows[kept]])
            moved[place] = AspectRanker(now[one.rows[kept]][order], one.coefficients[kept][order])
        return AspectRankers(moved)

    def named(self) -> dict[str, np.ndarray]:
        """For a file of NumPy."""
        found: dict[str, Any] = {}
        for place, one in self.clauses.items():
            found |= {f"aspect_rows_{place}": one.rows, f"aspect_coefficients_{place}": one.coefficients}
        return found

    @classmethod
    def of_named(cls, file: Mapping[str, np.ndarray]) -> AspectRankers:
        """From what `named` gave."""
        start = "aspect_rows_"
        places = [name.removeprefix(start) for name in file if name.startswith(start)]
        return cls({int(p): AspectRanker(file[start + p], file[f"aspect_coefficients_{p}"]) for p in places})


@dataclass(frozen=True)
class AspectLearning:
    """What the rankers of aspects are learnt from.

    ``labels``: of all heads, sparse of shape (rows, columns); ``groups``: of the rows. ``keys``: a digest of each row:
    the `FOREIGN` rows are those with the least, so that one question more or less hardly ever changes which they are.
    """

    heads: Heads
    likeness: Likeness
    labels: csr_matrix
    groups: np.ndarray
    keys: Sequence[str]

    def rankers(self, places: Iterable[int] | None = None) -> AspectRankers:
        """Those of the clauses at these ``places``; None: of all."""
        chosen = self.heads.blocks if places is None else places
        return AspectRankers({place: self._fit(rows, place)[0] for place, rows in self.rows(chosen).items()})

    def rows(self, places: Iterable[int]) -> dict[int, np.ndarray]:
        """Which rows the ranker of each clause is taught."""
        foreign = np.argsort(np.array(self.keys))[:FOREIGN]
        by_clause = self.labels[:, self.heads.subjects].tocsc()
        return {place: np.union1d(foreign, by_clause[:, place].indices) for place in places}

    def with_left_out(self, rows: np.ndarray, near: Sequence[np.ndarray]) -> tuple[AspectRankers, list[np.ndarray]]:
        """All rankers, and what `AspectRankers.scores` would be for ``rows`` by what other rows teach.

        First by all other rows, then by those outside of the group of each. ``near``: of both, the places of the
        clauses near by, each of shape (rows, clauses near by).
        """
        views = [np.full((len(rows), len(self.heads.aspects)), ELSEWHERE, np.float32) for _ in near]
        rankers = {}
        for place, own in self.rows(self.heads.blocks).items():
            rankers[place], *left_out = self._fit(own, place)
            wanted = [(places == place).any(axis=1) for places in near]
            either = np.flatnonzero(np.logical_or(*wanted))
            foreign = either[~np.isin(rows[either], own)]  # taught nothing here: there is nothing to leave out
            known = np.setdiff1d(either, foreign)
            scores = self.likeness.between(rows[foreign], own) @ rankers[place].coefficients
            for view, asked, found in zip(views, wanted, left_out, strict=True):
                block = np.full((len(rows), scores.shape[1]), ELSEWHERE, np.float32)
                block[foreign], block[known] = scores, found[np.searchsorted(own, rows[known])]
                view[asked, self.heads.blocks[place]] = block[asked]
        return AspectRankers(rankers), views

    def _fit(self, rows: np.ndarray, place: int) -> tuple[AspectRanker, np.ndarray, np.ndarray]:
        """The ranker of a clause, and the scores of its rows, each alone and each group left out."""
        block, first = self.heads.blocks[place], self.heads.narrow.stop
        order = np.argsort(self.groups[rows], kind="stable")
        ordered, back = rows[order], np.argsort(order, kind="stable")
        labels = self.labels[ordered][:, first + block.start : first + block.stop].toarray().astype(np.float64)
        system = self.likeness.between(ordered, ordered).astype(np.float64)
        system[np.diag_indices_from(system)] += RIDGE
        inverse = cho_solve(cho_factor(system, overwrite_a=True), np.eye(len(ordered)), overwrite_b=True)
        coefficients = inverse @ labels
        groups = self.groups[ordered]
        starts = np.flatnonzero(np.diff(groups, prepend=groups[:1] - 1))
        bounds = [*starts.tolist(), len(groups)]
        together = [slice(a, b) for a, b in pairwise(bounds) if groups[a] >= 0 and b - a > 1]
        alone, in_groups = left_out_scores(inverse, coefficients, labels, together)
        ranker = AspectRanker(rows.astype(np.int32), coefficients[back].astype(np.float32))
        return ranker, alone[back], in_groups[back]
