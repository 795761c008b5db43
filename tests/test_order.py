"""The order in which rows are learnt: groups whole and together, the same each time, some of them at the end."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.order import Order

GROUPS = st.lists(st.integers(-1, 6), max_size=60).map(lambda groups: np.array(groups, dtype=int))


@given(GROUPS, st.integers(1, 70), st.integers(1, 20))
def test_what_is_left_out_is_whole_groups_and_each_once(groups: np.ndarray, left_out: int, size: int) -> None:
    order = Order.of(groups, left_out)
    assert sorted(order.rows) == [*range(len(groups))]
    np.testing.assert_array_equal(order.groups, groups[order.rows])
    assert len(groups) - order.first >= min(left_out, len(groups))
    kept, out = order.groups[: order.first], order.groups[order.first :]
    assert not {*kept[kept >= 0].tolist()} & {*out[out >= 0].tolist()}
    covered: list[int] = []
    for rows, together in order.batches(size):
        covered += range(rows.start, rows.stop)
        own = order.groups[rows]
        for group in together:
            assert len({*own[group].tolist()}) == 1
            assert np.count_nonzero(groups == own[group][0]) == group.stop - group.start > 1
        if rows.stop - rows.start > size:
            assert len(together) == 1
    assert covered == [*range(order.first, len(groups))]


def test_it_is_by_chance_but_always_the_same() -> None:
    groups = np.repeat(np.arange(30), 3)
    rows = Order.of(groups).rows
    np.testing.assert_array_equal(Order.of(groups).rows, rows)
    assert rows.tolist() != [*range(90)]


@pytest.mark.parametrize("count", [0, 1])
def test_of_hardly_any_rows(count: int) -> None:
    order = Order.of(np.full(count, -1))
    assert order.rows.tolist() == [*range(count)]
    assert [rows.stop for rows, _ in order.batches(5)] == [1] * count
