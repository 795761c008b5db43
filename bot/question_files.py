"""The files of curated questions as a person edits them: what may be a line, and changing one line of a file."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING

from bot.privacy import cut_masks, mask_personal
from index.errors import YakgwanError
from index.questions import fold_question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LENGTH = (2, 200)  # characters of a question
TOO_LONG = f"질문은 {LENGTH[0]}자 이상 {LENGTH[1]}자 이하의 글이어야 합니다."
_NOTE = re.compile(r"\[\+[^\]]{0,200}\]\s{0,9}$")


class CurateError(YakgwanError):
    """A question cannot be added or taken back; the message says why."""


def check_line(text: str) -> str:
    """``text`` as it may stand in a file. Raises CurateError if it is no line of text or holds personal data."""
    if len(text) > 4 * LENGTH[1]:  # not even read: the work is limited before it begins
        raise CurateError(TOO_LONG)
    question = " ".join(part for part in unicodedata.normalize("NFC", text).split(" ") if part)
    if not LENGTH[0] <= len(question) <= LENGTH[1] or not fold_question(question):
        raise CurateError(TOO_LONG)
    # Cc, Cf, Cs, Co, Cn, Zl, Zp: line breaks and what cannot be seen or stored
    if any(
        unicodedata.category(letter) in {"Zl", "Zp"} or unicodedata.category(letter)[0] == "C" for letter in question
    ):
        raise CurateError("질문은 줄바꿈이나 보이지 않는 글자가 없는 한 줄이어야 합니다.")
    if _NOTE.search(question):
        raise CurateError("질문 끝의 [+…] 표시는 여기서 쓸 수 없습니다.")
    if mask_personal(question) != question or cut_masks(question, "") != question:
        raise CurateError("개인정보가 들어 있거나 가려진 자리가 있습니다. 그 부분을 빼고 적어 주세요.")
    return question


def insert_line(lines: Sequence[str], heading: str, line: str) -> list[str]:
    """``lines`` with ``line`` behind the last question below ``heading`` ("": the end of the file)."""
    if not heading:
        return [*lines, line]
    if heading not in [one.strip() for one in lines]:
        return [*lines, "", heading, line]
    start, end = _section(lines, heading)
    last = max((i for i in range(start, end) if lines[i].strip()), default=start)
    return [*lines[: last + 1], line, *lines[last + 1 :]]


def find_line(lines: Sequence[str], heading: str, line: str) -> int | None:
    """Where ``line`` stands below ``heading`` ("": anywhere), or None."""
    if heading and heading not in [one.strip() for one in lines]:
        return None
    start, end = _section(lines, heading) if heading else (0, len(lines))
    return next((i for i in range(end - 1, start - 1, -1) if lines[i] == line), None)


def _section(lines: Sequence[str], heading: str) -> tuple[int, int]:
    start = next(i for i, one in enumerate(lines) if one.strip() == heading)
    return start, next((i for i in range(start + 1, len(lines)) if lines[i].startswith("##")), len(lines))


def read_lines(path: Path) -> list[str]:
    """The lines of a file without their line breaks; [] if there is none."""
    return path.read_bytes().decode("utf-8").rstrip("\n").split("\n") if path.exists() else []


def append_line(path: Path, line: str) -> None:
    """Add a line to a file, which is made if need be. Raises OSError."""
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
