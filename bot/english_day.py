"""The day of the contract in an English question: "We signed in March 2026, …", "Our contract dated 2 March 2026 …"."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from typing import TYPE_CHECKING

from bot.dates import Dated, days_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

MONTHS = {name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name}

_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:(?:(?P<before>{_DAY})\s{{1,9}}(?:of\s{{1,9}})?)?{_MONTH}(?:\s{{1,9}}(?P<behind>{_DAY}),?)?,?\s{{1,9}}(?P<year>20\d\d)"
    r"|(?P<iso>20\d\d-\d{2}-\d{2})|(?P<alone>20\d\d))(?![\d-])"
)
_MADE = (
    r"(?:signed(?:\s{1,9}up)?|contracted|joined|subscribed|registered|entered\s{1,9}into\s{1,9}(?:an?|the|our)\s{1,9}\w+"
    r"|(?:contract|agreement|subscription)(?:\s{1,9}(?:was|is))?(?:\s{1,9}(?:signed|dated|made|concluded|started))?"
    r"|started\s{1,9}(?:using|with|the\s{1,9}contract)|been\s{1,9}(?:a\s{1,9}customer|customers|with\s{1,9}you))"
)
_SAID = re.compile(
    rf"(?:\b(?:we|i|my\s{{1,9}}company|our\s{{1,9}}company)\s{{1,9}}(?:have\s{{1,9}})?)?(?:\b(?:our|my|the)\s{{1,9}})?\b{_MADE}\b"
    rf"(?P<gap>(?:\s{{1,9}}(?!not\b|ends?\b|expires?\b|until\b|renew)[\w’']+){{0,4}}?)"
    rf"\s{{1,9}}(?:back\s{{1,9}})?(?:in|on|since|from|as\s{{1,9}}of|of|dated)\s{{1,9}}{_DATE}[,.]?(?:\s{{1,9}}(?:and|so)\b)?",
    re.IGNORECASE,
)


def find_english_days(text: str) -> Iterator[Dated]:
    """The days of the contract that ``text`` says, with all the words that say so, in order."""
    for match in _SAID.finditer(text):
        try:
            first, last = _read(match)
        except ValueError:
            yield Dated(None, None, match.start(), match.end())
        else:
            yield Dated(first, last, match.start(), match.end())


def _read(match: re.Match[str]) -> tuple[dt.date, dt.date]:
    """Raises ValueError if there is no such day."""
    if match["iso"]:
        return days_of(*map(int, match["iso"].split("-")))
    if match["alone"]:
        return days_of(int(match["alone"]))
    day = match["before"] or match["behind"]
    return days_of(int(match["year"]), MONTHS[match["month"].lower()], int(re.sub(r"\D", "", day)) if day else None)
