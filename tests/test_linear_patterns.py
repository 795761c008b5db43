"""No text makes the bot slow out of proportion to its length: patterns, and functions over a person's text."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from support.linear import KINDS, STEEPEST, Use, hostile, steepest, uses

from bot.answer import escape_markdown
from bot.errors import RejectedError
from bot.privacy import find_personal
from bot.understand.amounts import find_amounts
from bot.understand.clause_numbers import points_to_neighbour
from bot.understand.contract_day import find_english_days, read_day
from bot.understand.dates import find_dates
from bot.understand.figures import asked_for, read_day_of
from bot.understand.payments import read_paid
from bot.understand.question import Ask, clean, cut_abuse, honest_pieces, read_question
from index.kinds import is_yes_no
from index.questions.files import fold_question
from index.references.by_number import find_references, strip_references
from index.words import fold_sounds

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 4.0  # s for 64,000 characters: dozens of patterns go over a text one after the other
TODAY = dt.date(2026, 11, 30)


def _read(text: str) -> None:
    try:
        read_question(Ask(text, (text,)), max_characters=len(text), max_history=4, today=TODAY, revised=TODAY)
    except RejectedError:
        return


def _day(text: str) -> None:
    try:
        read_day(text, TODAY, TODAY)
    except RejectedError:
        return


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "escape_markdown": escape_markdown,
    "clean": clean,
    "find_personal": find_personal,
    "cut_abuse": lambda text: cut_abuse(text, "\n"),
    "honest_pieces": honest_pieces,
    "read_question": _read,
    "read_day": _day,
    "find_dates": lambda text: list(find_dates(text, TODAY)),
    "find_english_days": lambda text: list(find_english_days(text)),
    "find_amounts": lambda text: list(find_amounts(text, bare=True)),
    "read_paid": lambda text: read_paid(text, TODAY),
    "read_day_of": lambda text: read_day_of(text, ["시행|적용", "공지"], TODAY),
    "asked_for": lambda text: asked_for(text, ["시행|적용", "공지"]),
    "find_references": find_references,
    "strip_references": strip_references,
    "points_to_neighbour": points_to_neighbour,
    "is_yes_no": is_yes_no,
    "fold_question": fold_question,
    "fold_sounds": fold_sounds,
}


def test_every_pattern_of_the_project_is_linear() -> None:
    found = uses()
    assert len(found) > 200  # the walk finds them
    steep = {use.name: worst for use in found if (worst := steepest(use.run, hostile(use.pattern)))[0] > STEEPEST}
    assert not steep


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_over_a_persons_text_are_linear(name: str) -> None:
    exponent, piece = steepest(FUNCTIONS[name], list(KINDS)[::3], MOST)
    assert exponent <= STEEPEST, repr(piece)


@pytest.mark.parametrize("pattern", [r"^(\s*\d*)#", r"(?:a+)+b", r"<a[^<>]*=[^<>]*>", r"\s*\(?\s*삭제"])
def test_a_pattern_that_is_not_linear_is_noticed(pattern: str) -> None:
    compiled = re.compile(pattern, re.MULTILINE)
    assert steepest(Use(compiled, "example").run, hostile(compiled))[0] > STEEPEST
