"""What the desk's pages may be asked for: days, filters, pages."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from fastapi import HTTPException
from pydantic import BaseModel, ConfigDict, Field

from bot.journal.reading import Filter
from index.editions import today

LONGEST = 366  # days
USUAL = 30


class Period(BaseModel):
    """Days of Asia/Seoul, both included; by default the last `USUAL`."""

    since: dt.date | None = None
    until: dt.date | None = None

    def days(self) -> tuple[dt.date, dt.date]:
        """Raises HTTPException 422 if the days are the wrong way round or too many."""
        until = self.until or today()
        since = self.since or until - dt.timedelta(days=USUAL - 1)
        if since > until:
            raise HTTPException(422, "시작일이 종료일보다 늦습니다.")
        if (until - since).days >= LONGEST:
            raise HTTPException(422, f"기간은 {LONGEST}일까지 볼 수 있습니다.")
        return since, until


class Wanted(BaseModel):
    """Which entries of the journal; an empty field of a form stands for "all"."""

    model_config = ConfigDict(str_strip_whitespace=True)

    since: dt.date | Literal[""] = ""
    until: dt.date | Literal[""] = ""
    status: Literal["", "answered", "not_found", "rejected", "error"] = ""
    rating: Literal["", "good", "bad", "none"] = ""
    text: str = Field("", max_length=200)
    article: str = Field("", max_length=20)
    channel: Literal["", "chat", "api", "mcp", "desk"] = ""

    def filter(self) -> Filter:
        return Filter(
            since=self.since or None,
            until=self.until or None,
            status=self.status or None,
            rating=self.rating or None,
            text=self.text,
            article=self.article or None,
            channel=self.channel or None,
        )


class WantedPage(Wanted):
    """A page of entries, from 1."""

    page: int = Field(1, ge=1, le=1_000_000)
