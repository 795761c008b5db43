"""The Cholesky factor of a large kernel, in a file, made and read block of rows by block.

K + ridge = L Lᵀ. Each block of rows is written once and then mapped for as long as it is read, so that neither the
kernel nor L is ever held as a whole: of 27,000 rows L is 1.5 GB, half of a square matrix, and some 200 MB of it are in
memory. Of the triangles on the diagonal the inverses are kept, so that all that follows is products of matrices.
"""

from __future__ import annotations

import errno
import os
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from scipy.linalg import LinAlgError, get_lapack_funcs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
        """L in these rows: the columns before them, of shape (part, part.start), and the inverse of their triangle."""
        return self._map(part, "r")

    def write(self, part: slice, left: np.ndarray, square: np.ndarray) -> None:
        """Store what `read` gives; the file must be open for writing."""
        for place, content in zip(self._map(part, "r+"), (left, square), strict=True):
            place[...] = content

    def apply(self, columns: np.ndarray) -> np.ndarray:
        """(K + ridge)⁻¹ times ``columns`` of shape (rows, columns): one reading forwards, one backwards."""
        solved = columns.astype(self.kind)
        for part, left, square in self.blocks(self.parts):
            solved[part] = square @ (solved[part] - left @ solved[: part.start])
        for part, left, square in self.blocks(reversed(self.parts)):
            solved[part] = square.T @ solved[part]
            solved[: part.start] -= left.T @ solved[part]
        return solved

    def inverse(self, rows: slice) -> np.ndarray:
        """(K + ridge)⁻¹ in these rows and columns, float64 of shape (rows, rows): the cheaper, the nearer to the end.

        With X = L⁻¹ in these columns it is Xᵀ X, and above them X is 0.
        """
        start = rows.start - rows.start % self.block
        columns = np.zeros((self.rows - start, rows.stop - rows.start), self.kind)
        columns[np.arange(rows.start, rows.stop) - start, np.arange(rows.stop - rows.start)] = 1
        product = np.zeros((columns.shape[1], columns.shape[1]))
        for part, left, square in self.blocks(part for part in self.parts if part.start >= start):
            own = slice(part.start - start, part.stop - start)
            columns[own] = square @ (columns[own] - left[:, start:] @ columns[: own.start])
            product += columns[own].T @ columns[own]
        return product

    def blocks(self, parts: Iterable[slice]) -> Iterator[tuple[slice, np.ndarray, np.ndarray]]:
        """These blocks and what `read` gives of them."""
        for part in parts:
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
    _reserve(file, factor.bytes)
    for number, part in enumerate(factor.parts):
        kernel = np.ascontiguousarray(likeness(part, slice(0, part.stop)), kind)
        kernel[:, part][np.diag_indices(part.stop - part.start)] += ridge
        for before, left, square in factor.blocks(factor.parts[:number]):
            kernel[:, before] -= kernel[:, : before.start] @ left.T
            kernel[:, before] = kernel[:, before] @ square.T
        done = kernel[:, : part.start]
        factor.write(part, done, _inverted(kernel[:, part] - done @ done.T))
    return factor


def _reserve(file: BinaryIO, size: int) -> None:
    """Make the file so large (bytes), and have the room for it: a mapped file on a full disk would kill the process."""
    file.truncate(size)
    if size and hasattr(os, "posix_fallocate"):  # not on every platform
        try:
            os.posix_fallocate(file.fileno(), 0, size)
        except OSError as error:
            if error.errno not in {errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}:  # nor on every file system
                raise


def _inverted(square: np.ndarray) -> np.ndarray:
    """The inverse of the Cholesky factor of a small matrix."""
    factorize_square, invert = get_lapack_funcs(("potrf", "trtri"), (square,))
    triangle, failed = factorize_square(square, lower=1, clean=1)
    if failed:
        raise LinAlgError(f"potrf: {failed}")
    inverse, _ = invert(triangle, lower=1, overwrite_c=1)
    return np.asarray(inverse)
