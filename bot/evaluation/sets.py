"""Which question sets nobody had seen when they were measured: ``data/eval/sets.toml``.

A set is blind until it is measured once. Only that first measurement says how the bot does on questions that it does
not know; afterwards the set may be learned from, and its figures are those of a set that was seen.
"""

from __future__ import annotations

import datetime as dt  # pydantic reads the annotations
import tomllib
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from index.errors import YakgwanError

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = "sets.toml"


class First(BaseModel):
    """The first measurement of a set: the day, the commit, the figures (0..1) by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: dt.date
    commit: str
    figures: dict[str, float]


class QuestionSet(BaseModel):
    """What is known of a file of questions. ``first``: None for a set that was looked at before it was measured."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    first: First | None = None


def read_sets(folder: Path) -> dict[str, QuestionSet]:
    """The sets of ``folder`` by the names of their files without ".jsonl"; {} without a register.

    Raises:
        YakgwanError: the register is malformed.
    """
    path = folder / REGISTER
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: QuestionSet.model_validate(entry) for name, entry in entries.items()}
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise YakgwanError(f"{path}: 읽을 수 없습니다: {' '.join(str(error).split())[:200]}") from error


def describe(questions: Path) -> str:
    """One line on whether ``questions`` is blind. Raises as `read_sets`."""
    known = read_sets(questions.parent).get(questions.stem)
    if known is None:
        return f"{questions.name}: 처음 재는 묶음(blind). 이 값을 {REGISTER}에 날짜·커밋과 함께 적으세요."
    if known.first is None:
        return f"{questions.name}: 고치며 본 묶음(seen). 처음 보는 질문의 값이 아닙니다."
    figures = ", ".join(f"{name} {value:.3f}" for name, value in known.first.figures.items())
    return f"{questions.name}: 본 묶음(seen). 처음 잰 값({known.first.day}, {known.first.commit}): {figures}"
