"""The day of the contract in an English question: "We signed in March 2026, …", "Our contract dated 2 March 2026 …"."""

from __future__ import annotations

import datetime as dt
import re
from calendar import month_abbr, month_name, monthrange
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = {name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name}

_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:(?:(?P<before>{_DAY})\s+(?:of\s+)?)?{_MONTH}(?:\s+(?P<behind>{_DAY}),?)?,?\s+(?P<year>20\d\d)"
    r"|(?P<iso>20\d\d-\d{2}-\d{2})|(?P<alone>20\d\d))(?![\d-])"
)
_MADE = (
    r"(?:signed(?:\s+up)?|contracted|joined|subscribed|registered|entered\s+into\s+(?:an?|the|our)\s+\w+"
    r"|(?:contract|agreement|subscription)(?:\s+(?:was|is))?(?:\s+(?:signed|dated|made|concluded|started))?"
    r"|started\s+(?:using|with|the\s+contract)|been\s+(?:a\s+customer|customers|with\s+you))"
)
_SAID = re.compile(
    rf"(?:\b(?:we|i|my\s+company|our\s+company)\s+(?:have\s+)?)?(?:\b(?:our|my|the)\s+)?\b{_MADE}\b"
    rf"(?P<gap>(?:\s+(?!not\b|ends?\b|expires?\b|until\b|renew)[\w’']+){{0,4}}?)"
    rf"\s+(?:back\s+)?(?:in|on|since|from|as\s+of|of|dated)\s+{_DATE}[,.]?(?:\s+(?:and|so)\b)?",
    re.IGNORECASE,
)


def find_english_days(text: str) -> Iterator[tuple[dt.date | None, dt.date | None, int, int]]:
    """First and last day that may be meant and where the words stand; None for both: there is no such day."""
    for match in _SAID.finditer(text):
        yield *_days(match), match.start(), match.end()


def _days(match: re.Match[str]) -> tuple[dt.date, dt.date] | tuple[None, None]:
    try:
        return _span(match)
    except ValueError:
        return None, None


def _span(match: re.Match[str]) -> tuple[dt.date, dt.date]:
    if match["iso"]:
        return (dt.date.fromisoformat(match["iso"]),) * 2
    if match["alone"]:
        year = int(match["alone"])
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    year, month = int(match["year"]), MONTHS[match["month"].lower()]
    day = match["before"] or match["behind"]
    if day:
        return (dt.date(year, month, int(re.sub(r"\D", "", day))),) * 2
    return dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1])
