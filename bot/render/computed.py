"""What a cited clause comes to with the customer's own figures: "월 100만 원씩 12개월이면 최대 1,200만 원이에요."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.korean import short_date
from bot.understand.amounts import write_won
from bot.understand.figures import read_day_of, read_paid, shift
from index.clause import clause_name
from index.facts.rules import DAY, MONTHLY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from index.facts.files import Facts
    from index.facts.rules import Rule
    from index.passages import Passage


def computed(text: str, cited: Sequence[Passage], facts: Facts, today: dt.date, *, english: bool = False) -> str:
    """The results with their formulas and clauses, in one line; "" if a figure is missing or could be another."""
    return " ".join(_results(text, cited, facts, today, english=english))


def _results(text: str, cited: Sequence[Passage], facts: Facts, today: dt.date, *, english: bool) -> Iterator[str]:
    for passage in cited:
        known = facts.of(passage)
        rules = [rule for rule in known.rules if rule.applies(text)] if known else []
        sums = [_sum(rule, text, english=english) for rule in rules if rule.source == MONTHLY]
        day = _day([rule for rule in rules if rule.source == DAY], text, today, english=english)
        where = clause_name(passage.clause.article, passage.clause.paragraph)
        for result in filter(None, [*sums, day]):
            yield f"{result} ({where})."


def _sum(rule: Rule, text: str, *, english: bool) -> str:
    paid = read_paid(text)
    if paid is None:
        return ""
    if paid.total:
        return "" if english else rule.total.format(결과=write_won(paid.total))
    months = min(paid.months, rule.months)
    result = paid.monthly * months
    if english:
        return rule.english.format(금액=f"₩{paid.monthly:,}", 개월=months, 결과=f"₩{result:,}")
    return rule.korean.format(금액=write_won(paid.monthly), 개월=months, 결과=write_won(result))


def _day(rules: Sequence[Rule], text: str, today: dt.date, *, english: bool) -> str:
    found = read_day_of(text, [rule.words for rule in rules], today)
    if found is None:
        return ""
    rule, day = rules[found[0]], found[1]
    try:
        results = {name: short_date(shift(day, by).isoformat()) for name, by in rule.gives.items()}
    except (OverflowError, ValueError):  # beyond the calendar
        return ""
    return (rule.english if english else rule.korean).format(날=short_date(day.isoformat()), **results)
