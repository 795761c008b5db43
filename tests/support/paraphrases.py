"""Sentences with their clauses: what a good model would say of the real terms, and what a hasty one leaves out.

``HALVED`` are true words of their clauses, and no longer true without what bounds them: of what, who, from when, under
what.
"""

from __future__ import annotations

from pathlib import Path

from bot.batch import read_items
from bot.evaluation.verifier.written import Told

TOLD = Path("tests/data/told.jsonl")
_READ = read_items(TOLD, Told)

FAITHFUL = tuple((one.clause, one.text) for one in _READ if one.faithful)
HALVED = tuple((one.clause, one.text) for one in _READ if not one.faithful)
