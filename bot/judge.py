"""A configured language model judges candidates: "does this clause answer the question?". Off by default."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log
from typing import TYPE_CHECKING, Protocol

from bot.gate import RELATED
from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.gate import Finding
    from bot.settings import Settings
    from index.search.hits import Hit

CANDIDATES = 3  # clauses that are judged; a right one is among them for 74 of the 77 answerable dev questions
LEAST = 0.001  # probabilities are held away from 0 and 1, whose log odds are infinite


class Judging(Protocol):
    """Says, 0..1, how likely each of ``clauses`` answers ``question``; None if it cannot."""

    def __call__(self, question: str, clauses: Sequence[str]) -> list[float] | None: ...


class Judge:
    """Log odds of a clause's score + ``weight`` × log odds of the judgement + ``bias``: logistic regression.

    ``weight`` and ``bias`` are what `bot.evaluation.judge` fits for a model.
    """

    def __init__(self, judging: Judging, *, weight: float, bias: float = 0.0) -> None:
        self._judging = judging
        self._weight = weight
        self._bias = bias

    def reconsider(self, finding: Finding) -> Finding:
        """The same clauses with their new scores, best first; ``finding`` itself if there is nothing to judge.

        Clauses asked for by number are not judged: they are what was asked for.
        """
        judged = candidates(finding)
        if not judged:
            return finding
        found = self._judging(finding.text, [hit.passage.quote for hit in judged])
        if found is None:
            return finding
        scores = {h.passage.clause: self._fuse(h.score, said) for h, said in zip(judged, found, strict=True)}
        hits = [replace(h, score=scores.get(h.passage.clause, h.score)) for h in finding.hits]
        return replace(finding, hits=tuple(sorted(hits, key=lambda hit: -hit.score)))

    def _fuse(self, score: float, said: float) -> float:
        return 1 / (1 + exp(-(log_odds(score) + self._weight * log_odds(said) + self._bias)))


def candidates(finding: Finding) -> list[Hit]:
    """What is worth a judgement."""
    return [hit for hit in finding.hits[:CANDIDATES] if hit.score >= RELATED and not hit.named]


def log_odds(probability: float) -> float:
    """Of a probability held within `LEAST` and 1 - `LEAST`."""
    held = min(max(probability, LEAST), 1 - LEAST)
    return log(held / (1 - held))


def open_judge(settings: Settings, on_failure: Callable[[str], None] = lambda reason: None) -> Judge | None:
    """The judge that the settings ask for; None if they ask for none.

    Raises:
        SettingsError: the model cannot be used as configured, or none is.
    """
    if not settings.judge:
        return None
    return Judge(open_judging(settings, on_failure), weight=settings.judge_weight, bias=settings.judge_bias)


def open_judging(settings: Settings, on_failure: Callable[[str], None] = lambda reason: None) -> Judging:
    """What says how likely a clause answers a question: the configured model. Raises as `open_judge`."""
    if not settings.model:
        raise SettingsError("설정 BOT_JUDGE: 판단할 모델을 BOT_MODEL에 정해야 합니다. 예: BOT_MODEL=openai:gpt-5-mini")
    # imported here: a bot without a model needs none of it
    try:
        from bot.models.judging import ModelJudging
        from index.chat_model import open_model
    except ImportError as error:
        raise SettingsError(f"설정 BOT_JUDGE: 패키지가 필요합니다. pip install '.[model]' ({error.name})") from error
    model = open_model(settings.model, settings.model_url, settings.model_key, settings.judge_seconds)
    return ModelJudging(model, seconds=settings.judge_seconds, on_failure=on_failure)
