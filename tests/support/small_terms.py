"""Small terms of one's own, searched by words alone: what the terms say decides, and no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.service import Service
from bot.settings import Settings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from bot.answer import Answer


def open_terms(folder: Path, editions: Mapping[str, str], today: dt.date, contact: str) -> Service:
    """A service over one document with these ``editions`` (by their days of effect) and no curated question."""
    home = folder / "data" / "terms" / "약관"
    home.mkdir(parents=True)
    for day, text in editions.items():
        (home / f"{day}.txt").write_text(text, encoding="utf-8")
    (home / "terms.toml").write_text(f'title = "이용약관"\ncontact = ["{contact}"]\n', encoding="utf-8")
    service = Service(
        Settings(
            data=folder / "data",
            index=folder / "index",
            embedding=str(folder / "none"),
            journal=SecretStr(f"sqlite:///{folder / 'journal.db'}"),
            secret=folder / "secret",
            _env_file=None,
        ),
        lambda: today,
    )
    service.load()
    return service


def cited(answer: Answer) -> list[str]:
    """ "5.1", "부칙-2.1": in the order of the citations."""
    return [f"{c.clause.article}.{c.clause.paragraph}" for c in answer.citations]
