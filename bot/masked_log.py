"""What is logged or printed, without anything of a client: no value that did not fit, no personal data.

Libraries print faults themselves (Gradio a traceback, pydantic the value that was wrong), past all loggers; so the
stream is guarded, and with it every handler that writes to it.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from bot.privacy import mask_personal

if TYPE_CHECKING:
    from typing import TextIO

_INPUT = re.compile(r"input_value=[^\n]{1,9999}?(?=, input_type=|\]|\n|$)")  # of pydantic's messages
_LONGEST = 20_000  # characters of one writing; more is cut, for no line of a log needs it


class MaskedStream:
    """A text stream before which everything written is masked."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write ``text`` masked; returns its length as it came."""
        self._stream.write(masked(text))
        return len(text)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def masked(text: str) -> str:
    """``text`` without the values of validation messages and without personal data."""
    return mask_personal(_INPUT.sub("input_value=(가림)", text[:_LONGEST]))


def guard_streams() -> None:
    """From now on mask what goes to standard output and error; before logging is set up."""
    sys.stdout, sys.stderr = MaskedStream(sys.stdout), MaskedStream(sys.stderr)
