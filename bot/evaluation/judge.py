"""`python -m bot judge`: what a model's judgements are worth beside the scores, and the weight that they earn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from bot.chain import build_chain
from bot.errors import ModelError
from bot.judge import candidates, log_odds
from bot.understand.find import find
from bot.writers import QuotingWriter
from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.evaluation.figures import EvalItem
    from bot.gate import Finding
    from bot.judge import Judging
    from bot.settings import Settings
    from bot.understand.question import Query
    from index.search.by_day import SearchByDay
    from index.search.clause_search import ClauseSearch

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate clause of a question: its score, what the judge ``said``, and whether it is ``right``."""

    question: int
    score: float
    said: float
    right: bool


@dataclass(frozen=True, slots=True)
class Worth:
    """AUC of "is this clause right?" by score, by judgement and by both (cross-validated), and the fitted fusion."""

    clauses: int
    score: float
    judge: float
    both: float
    weight: float
    bias: float


def find_examples(
    items: Iterable[EvalItem], by_day: SearchByDay, settings: Settings, judging: Judging
) -> Iterator[Example]:
    """The candidates of each question as the chain finds them.

    Raises:
        ModelError: the judge did not answer: a figure without it would say nothing.
    """
    found: list[Finding] = []

    def watch(query: Query, search: ClauseSearch) -> tuple[str, list[Finding]]:
        text, findings = find(query, search)
        found.extend(findings)
        return text, findings

    chain = build_chain(by_day, QuotingWriter(), settings, watch)
    for number, item in enumerate(items):
        found.clear()
        chain.invoke(item.ask())
        for finding in found:
            hits = candidates(finding)
            said = judging(finding.text, [hit.passage.quote for hit in hits]) if hits else []
            if said is None:
                raise ModelError(f"질문 {item.id}: 모델이 판단하지 못했습니다(까닭은 로그에 있습니다).")
            for hit, share in zip(hits, said, strict=True):
                clause = hit.passage.clause
                yield Example(number, hit.score, share, f"{clause.article}.{clause.paragraph}" in item.clauses)


def weigh(examples: Sequence[Example]) -> Worth:
    """Logistic regression on both log odds, scaled so that the score's counts once.

    No weight unless both together tell right from wrong better than the score alone.

    Raises:
        YakgwanError: fewer questions than `FOLDS`, or all clauses right or all wrong.
    """
    right = [example.right for example in examples]
    groups = [example.question for example in examples]
    if len(set(groups)) < FOLDS or len(set(right)) < 2:
        raise YakgwanError(f"잴 질문이 모자랍니다: 맞는 항과 틀린 항이 있는 질문이 {FOLDS}개는 있어야 합니다.")
    table = np.array([[log_odds(e.score), log_odds(e.said)] for e in examples])
    model = LogisticRegression()
    both = cross_val_predict(model, table, right, groups=groups, cv=GroupKFold(FOLDS), method="decision_function")
    (of_score, of_judge), (offset,) = model.fit(table, right).coef_[0], model.intercept_
    by_score, together = roc_auc_score(right, table[:, 0]), roc_auc_score(right, both)
    useful = of_judge > 0 and of_score > 0 and together > by_score
    return Worth(
        clauses=len(examples),
        score=by_score,
        judge=roc_auc_score(right, table[:, 1]),
        both=together,
        weight=float(of_judge / of_score) if useful else 0.0,
        bias=float(offset / of_score) if useful else 0.0,
    )
