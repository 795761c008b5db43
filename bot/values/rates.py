"""How many in how long, as a setting says it."""

from __future__ import annotations

from limits import RateLimitItem, parse_many

from index.setting_faults import fault

LONGEST = 100  # characters


def read_rate(value: str, setting: str) -> RateLimitItem:
    """ "30/minute" or "5 per 10 seconds". Raises SettingsError naming ``setting``: another form, or nothing at all."""
    try:
        items = parse_many(value) if len(value) <= LONGEST else []
    except ValueError:
        items = []
    if len(items) != 1 or items[0].amount < 1:
        raise fault(setting, value, "'30/minute'처럼 횟수와 기간(second, minute, hour, day)을 적으세요.")
    return items[0]
