"""Question + evidence → sentences: `QuotingWriter` needs no model, `bot.writers.model.ModelWriter` asks one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.writers.quoting import LONG, QuotingWriter, Writer, quote_relevant
from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Settings

__all__ = ["LONG", "QuotingWriter", "Writer", "open_writer", "quote_relevant"]


def open_writer(settings: Settings, on_failure: Callable[[str], None] = lambda reason: None) -> Writer:
    """The writer that the settings ask for. ``on_failure``: told why a model did not answer.

    Raises:
        SettingsError: the model cannot be used as configured; the message says what to install or set.
    """
    if not settings.model:
        return QuotingWriter()
    # imported here: a bot that quotes needs none of it
    try:
        from bot.verify.morphemes import load_analyser
        from bot.writers.model import ModelWriter
        from index.endpoint import open_model

        load_analyser()
    except ImportError as error:
        raise SettingsError(f"설정 BOT_MODEL: 패키지가 필요합니다. pip install '.[model]' ({error.name})") from error
    model = open_model(settings.model, settings.model_url, settings.model_key, settings.model_seconds)
    return ModelWriter(model, seconds=settings.model_seconds, on_failure=on_failure)
