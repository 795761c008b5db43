"""Which curated questions are not trained on, so that what training gains can be measured on them."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.questions.files import Question

SECTIONS = 8  # one section of so many is held back whole: what nobody thought of
SINGLE = 20  # of the other questions one of so many: asked in other words


def held_back(questions: Sequence[Question]) -> np.ndarray:
    """Which of them, bool of shape (questions,). By what they say: further questions change nothing for these."""
    return np.array([_section_is(q) or _one_of(q.text, SINGLE) for q in questions], dtype=bool)


def _section_is(question: Question) -> bool:
    section = question.aspect or question.section
    return bool(section) and _one_of(repr(section), SECTIONS)


def _one_of(text: str, count: int) -> bool:
    return zlib.crc32(text.encode()) % count == 0
