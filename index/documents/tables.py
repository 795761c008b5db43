"""Tables → lines, the same for all formats: a row is a line, its cells stand between " | "."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.parsing.headings import read_article

if TYPE_CHECKING:
    from collections.abc import Sequence

BORDER = " | "
_LONGEST_REPEATED = 200  # characters of a cell that is told again in each row that it reaches into


@dataclass(frozen=True, slots=True)
class Cell:
    """``lines``: of its paragraphs and inner tables. ``width``, ``height``: columns and rows that it covers."""

    lines: tuple[str, ...]
    width: int = 1
    height: int = 1


def table_lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The lines of a table. A cell over several columns is told once, one over several rows in each of them.

    A frame around text (one column, or 조 in a cell) is no table: its paragraphs are lines of their own.
    """
    if all(len(row) <= 1 for row in rows) or any(_is_text(cell) for row in rows for cell in row):
        return [line for row in rows for cell in row for line in cell.lines]
    told = (BORDER.join(_flat(lines) for lines in row).strip() for row in _laid_out(rows))
    return [line.removesuffix(BORDER.rstrip()).rstrip() for line in told if line.strip(BORDER)]


def repeated(lines: tuple[str, ...]) -> tuple[str, ...]:
    """What a cell over several rows says again in each further row: nothing if it is long."""
    return lines if sum(map(len, lines)) <= _LONGEST_REPEATED else ()


def _is_text(cell: Cell) -> bool:
    written = [line for line in cell.lines if line.strip()]
    return len(written) > 1 and any(read_article(line) for line in written)


def _laid_out(rows: Sequence[Sequence[Cell]]) -> list[list[tuple[str, ...]]]:
    """The cells that each row shows, in the order of the columns."""
    reaching: dict[int, tuple[Cell, int]] = {}  # by first column: cells from above, and how many rows they still have
    found = []
    for row in rows:
        shown = [(column, cell) for column, (cell, _) in reaching.items()]
        taken = {column + n for column, cell in shown for n in range(cell.width)}
        left = {column: (cell, rest - 1) for column, (cell, rest) in reaching.items() if rest > 1}
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            shown.append((column, cell))
            if cell.height > 1:
                left[column] = Cell(repeated(cell.lines), cell.width), cell.height - 1
            column += cell.width
        reaching = left
        found.append([cell.lines for _, cell in sorted(shown, key=lambda one: one[0])])
    return found


def _flat(lines: Sequence[str]) -> str:
    """The lines of one cell on one line; rows of an inner table end with a semicolon."""
    written = [" ".join(line.split()) for line in lines if line.strip()]
    inner = any(BORDER in line for line in written)
    return ("; " if inner else " ").join(line.replace(BORDER, " ") for line in written)
