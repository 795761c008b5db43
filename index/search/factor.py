"""The inverse of the Cholesky factor of a large kernel, in a file, made and read block of rows by block.

With K + ridge = L Lᵀ the file holds W = L⁻¹, so that (K + ridge)⁻¹ = Wᵀ W: a product, whose diagonal and small blocks
cost no more than one reading. W grows by bordering: with the rows above known, what new rows k of the kernel add is
X = k Wᵀ, then the square (own - X Xᵀ), whose Cholesky factor is inverted, then -square X W. Each block of rows is
written once and then mapped for as long as it is read, so that neither the kernel nor W is ever held as a whole: of
18,540 rows W is 687 MB, half of a square matrix, and some 100 MB of it are in memory.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from scipy.linalg import LinAlgError, get_blas_funcs, get_lapack_funcs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Likeness = Callable[[slice, slice], np.ndarray]

BLOCK = 1024  # rows that are made at a time


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Factor:
    """``file``: open, and closed with the last reference to this; until then it is read even if it was deleted.

    ``rows``: of the kernel; ``block``: rows of a block; ``kind``: of the numbers.
    """

    file: BinaryIO
    rows: int
    block: int = BLOCK
    kind: type[np.floating] = np.float32

    def __post_init__(self) -> None:
        weakref.finalize(self, self.file.close)

    @property
    def parts(self) -> list[slice]:
        """The rows of each block."""
        return [slice(start, min(start + self.block, self.rows)) for start in range(0, self.rows, self.block)]

    @property
    def bytes(self) -> int:
        """Of the whole file."""
        return self._place(self.rows)

    def read(self, part: slice) -> tuple[np.ndarray, np.ndarray]:
        """W in these rows: the columns before them, of shape (part, part.start), and the lower triangle of theirs."""
        return self._map(part, "r")

    def write(self, part: slice, left: np.ndarray, square: np.ndarray) -> None:
        """Store what `read` gives; the file must be open for writing."""
        for place, content in zip(self._map(part, "r+"), (left, square), strict=True):
            place[...] = content

    def apply(self, columns: np.ndarray) -> np.ndarray:
        """(K + ridge)⁻¹ times ``columns`` of shape (rows, columns), in one reading of the file."""
        product = np.zeros(columns.shape, self.kind)
        for part, left, square in self.blocks():
            within = left @ columns[: part.start] + square @ columns[part]
            product[: part.start] += left.T @ within
            product[part] += square.T @ within
        return product

    def blocks(self) -> Iterator[tuple[slice, np.ndarray, np.ndarray]]:
        """The rows of each block and what `read` gives of them."""
        for part in self.parts:
            yield (part, *self.read(part))

    def _place(self, start: int) -> int:
        """Where in the file the block from row ``start`` on begins, in bytes."""
        whole, rest = divmod(start, self.block)
        return (self.block**2 * whole * (whole + 1) // 2 + rest * start) * np.dtype(self.kind).itemsize

    def _map(self, part: slice, mode: str) -> tuple[np.ndarray, np.ndarray]:
        size = part.stop - part.start
        place = self._place(part.start)
        whole = np.memmap(self.file, self.kind, mode, place, size * part.stop)  # type: ignore[call-overload]
        return whole[: size * part.start].reshape(size, part.start), whole[size * part.start :].reshape(size, size)


def factorize(
    file: BinaryIO,
    rows: int,
    likeness: Likeness,
    ridge: float,
    *,
    block: int = BLOCK,
    kind: type[np.floating] = np.float32,
) -> Factor:
    """Fill ``file``, which is open for reading and writing, from a kernel that is made block by block.

    ``likeness(rows, columns)``: that part of the kernel; it is overwritten.

    Raises:
        LinAlgError: kernel and ridge are not positive definite.
    """
    factor = Factor(file, rows, block, kind)
    file.truncate(factor.bytes)
    for number, part in enumerate(factor.parts):
        kernel = np.ascontiguousarray(likeness(part, slice(0, part.stop)), kind)
        kernel[:, part][np.diag_indices(part.stop - part.start)] += ridge
        factor.write(part, *_border(factor, number, kernel))
    return factor


def _border(factor: Factor, number: int, kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The block ``number`` of W from the blocks before it and its rows of the kernel, which are overwritten."""
    part = factor.parts[number]
    multiply, multiply_triangle = get_blas_funcs(("gemm", "trmm"), (kernel,))
    above = np.zeros((len(kernel), part.start), kernel.dtype, order="F")  # X W
    for before in reversed(factor.parts[:number]):  # from the last one on, so that X can take the place of the kernel
        left, square = factor.read(before)
        x = multiply_triangle(1, square.T, kernel[:, before], side=1)
        x += kernel[:, : before.start] @ left.T
        kernel[:, before] = x
        if before.start:
            multiply(1, x, left.T, 1, above[:, : before.start], trans_b=1, overwrite_c=1)  # in place: by columns
        above[:, before] += multiply_triangle(1, square.T, x, side=1, trans_a=1)
    x, own = kernel[:, : part.start], kernel[:, part]
    own -= x @ x.T
    factorize_square, invert = get_lapack_funcs(("potrf", "trtri"), (kernel,))
    triangle, failed = factorize_square(own, lower=1, clean=1)
    if failed:
        raise LinAlgError(f"potrf: {failed}")
    square, _ = invert(triangle, lower=1, overwrite_c=1)
    return (multiply_triangle(-1, square, above, lower=1, overwrite_b=1) if part.start else above), square
