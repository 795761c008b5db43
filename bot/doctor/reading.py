"""The settings themselves, read before anything that takes seconds to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.doctor.result import Checked, fine, wrong
from bot.settings import load_settings
from index.errors import SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings

UNREADABLE = 2  # the code to exit with


def examine_settings() -> tuple[Settings | None, list[Checked]]:
    """The settings, and how they are: None if they cannot be read, with a result for each that is wrong."""
    try:
        settings = load_settings()
    except SettingsError as error:
        advice = "환경 변수나 .env를 고치세요."
        return None, [Checked("설정", wrong(line.removeprefix("설정 "), advice)) for line in error.lines]
    changed = len(settings.model_fields_set)
    return settings, [Checked("설정", fine(f"모두 읽었습니다(바꾼 것 {changed}가지)."))]
