"""Lists, as settings say them."""

from __future__ import annotations

import json

from index.setting_faults import fault

MOST = 200  # entries
EXAMPLES = {
    "BOT_HOSTS": "bot.example.com,www.example.com",
    "BOT_OIDC_AGENTS": "desk-agents",
    "BOT_OIDC_MANAGERS": "desk-managers,kim@example.com",
    "BOT_ORIGINS": "https://www.example.com,https://shop.example.com",
}


def read_list(value: str, setting: str) -> tuple[str, ...]:
    """The entries of a list in JSON, or between commas; () for nothing. ``setting``: one of `EXAMPLES`.

    Raises:
        SettingsError: it begins like JSON and is none, holds something that is no text, or too much.
    """
    entries: object = [part.strip() for part in value.split(",") if part.strip()]
    bare = value.strip()
    if bare.startswith("[") and ('"' in bare or not bare.strip("[] ")):  # "[::1]" is the name of a host
        try:
            entries = json.loads(bare)
        except (ValueError, RecursionError):
            entries = None
    if not isinstance(entries, list) or len(entries) > MOST or not all(isinstance(entry, str) for entry in entries):
        raise fault(setting, value, f"쉼표로 이어 적으세요. 예: {setting}={EXAMPLES[setting]}")
    return tuple(entries)
