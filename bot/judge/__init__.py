"""A configured language model judges candidates: "does this clause answer the question?". Off by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.judge.fusion import Judge, Judging
from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Settings

__all__ = ["Judge", "Judging", "open_judge", "open_judging"]


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
        from bot.judge.model import ModelJudging
        from index.endpoint import open_model
    except ImportError as error:
        raise SettingsError(f"설정 BOT_JUDGE: 패키지가 필요합니다. pip install '.[model]' ({error.name})") from error
    model = open_model(settings.model, settings.model_url, settings.model_key, settings.judge_seconds)
    return ModelJudging(model, seconds=settings.judge_seconds, on_failure=on_failure)
