"""What a check found, and how a list of that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Mark(StrEnum):
    """How good it is; the value is for programs."""

    FINE = "fine"
    INFO = "info"
    WARNING = "warning"
    WRONG = "wrong"


SHOWN = {Mark.FINE: "정상", Mark.INFO: "정보", Mark.WARNING: "주의", Mark.WRONG: "잘못"}


@dataclass(frozen=True, slots=True)
class Result:
    """``found``: what there is; ``advice``: what to do, "" for nothing. Neither holds a secret nor a line break."""

    mark: Mark
    found: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A result with the name of its check."""

    name: str
    result: Result

    def line(self) -> str:
        """As a person reads it."""
        advice = f" → {self.result.advice}" if self.result.advice else ""
        return f"[{SHOWN[self.result.mark]}] {self.name}: {self.result.found}{advice}"

    def plain(self) -> dict[str, str]:
        """As a program reads it."""
        return {
            "name": self.name,
            "mark": self.result.mark.value,
            "found": self.result.found,
            "advice": self.result.advice,
        }


def fine(found: str) -> Result:
    """Nothing to do."""
    return Result(Mark.FINE, found)


def info(found: str) -> Result:
    """Nothing to do, but good to know."""
    return Result(Mark.INFO, found)


def warning(found: str, advice: str) -> Result:
    """The bot answers, but somebody should look at it."""
    return Result(Mark.WARNING, found, advice)


def wrong(found: str, advice: str) -> Result:
    """The bot does not answer so, or not as it should."""
    return Result(Mark.WRONG, found, advice)


def summary(checked: Sequence[Checked]) -> str:
    """How many of each."""
    marks = [one.result.mark for one in checked]
    return ", ".join(f"{shown} {marks.count(mark)}" for mark, shown in SHOWN.items())
