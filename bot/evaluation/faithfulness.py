"""How faithful written answers are to what they cite: citation recall and precision by sentence, as ALCE measures it.

Gao et al. 2023, "Enabling Large Language Models to Generate Text with Citations" (ALCE), section 4.3; the verifier
stands in for their entailment model.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

from bot.answer import Outcome
from bot.verify.support import find_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.answer import Answer, Check
    from index.clause import Clause
    from index.passages import Passage


@dataclass(frozen=True, slots=True)
class Faithfulness:
    """All 0..1; NaN where there was nothing to measure.

    ``recall``: share of the sentences that what they cite supports, taken together. ``precision``: share of the
    citations that count: of a supported sentence, one that supports it alone or without which the others do not.
    ``kept``, ``replaced``, ``dropped``: shares of the sentences.
    """

    sentences: int
    recall: float
    precision: float
    kept: float
    replaced: float
    dropped: float

    def figures(self) -> dict[str, float]:
        """The shares by name, for `python -m bot eval`."""
        names = ("recall", "precision", "kept", "replaced", "dropped")
        return {f"faithfulness.{name}": getattr(self, name) for name in names}


def measure_faithfulness(answers: Iterable[Answer], passages: Iterable[Passage]) -> Faithfulness:
    """Over all sentences that a model wrote for ``answers``, shown or not, before verification changed them."""
    known = {passage.clause: passage for passage in passages}
    checks = [check for answer in answers for check in answer.checks]
    outcomes = [check.outcome for check in checks]
    counts = [counted for check in checks for counted in _citations_that_count(check, known)]
    return Faithfulness(
        sentences=len(checks),
        recall=_share([_supports(check.text, check.clauses, known) for check in checks]),
        precision=_share(counts),
        kept=_share([outcome is Outcome.KEPT for outcome in outcomes]),
        replaced=_share([outcome is Outcome.REPLACED for outcome in outcomes]),
        dropped=_share([outcome is Outcome.DROPPED for outcome in outcomes]),
    )


def _citations_that_count(check: Check, known: Mapping[Clause, Passage]) -> list[bool]:
    if not _supports(check.text, check.clauses, known):
        return [False] * len(check.clauses)
    return [
        _supports(check.text, [clause], known)
        or not _supports(check.text, [other for other in check.clauses if other != clause], known)
        for clause in check.clauses
    ]


def _supports(text: str, clauses: Sequence[Clause], known: Mapping[Clause, Passage]) -> bool:
    passages = [known[clause] for clause in clauses if clause in known]
    return bool(clauses) and len(passages) == len(clauses) and not find_faults(text, passages)


def _share(values: Sequence[bool]) -> float:
    return mean(values) if values else float("nan")
