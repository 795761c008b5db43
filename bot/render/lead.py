"""The lead: what the cited clauses say in plain words, above their quotes.

So is what a clause comes to with the customer's own figures: "월 100만 원씩 12개월이면 최대 1,200만 원이에요.".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.korean import long_date
from bot.understand.amounts import write_english, write_won
from bot.understand.figures import asked_for, read_day_of, shift
from bot.understand.payments import read_paid
from bot.understand.spans import YEAR
from index.clause import clause_name
from index.facts.files import Facts, read_facts
from index.facts.rules import DAY, MONTHLY
from index.questions.acts import load_acts
from index.questions.plain import read_plain

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from bot.standing import Stand
    from bot.understand.payments import Paid
    from index.editions.edition import Edition
    from index.facts.rules import Rule
    from index.passages import Passage
    from index.questions.acts import Act
    from index.questions.plain import PlainLine

MOST = 2  # plain lines; more would bury the point
_SENTENCE_END = re.compile(r"(?<=[가-힣A-Za-z)]\.)\s{1,9}")
WORDS = {"yes": "네,", "no": "아니요,", "depends": "경우에 따라 달라요."}
ENGLISH = {"yes": "Yes.", "no": "No.", "depends": "It depends."}


@dataclass(frozen=True, slots=True)
class Wording:
    """What people wrote to be said: plain lines by document and paragraph's text, replies by act, rules of clauses."""

    plain: Mapping[tuple[str, str], PlainLine] = field(default_factory=dict)
    acts: Mapping[str, Act] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)

    def line(self, passage: Passage, *, english: bool = False) -> str:
        """The plain line of a passage, "" if nobody wrote one for what it says."""
        line = self.plain.get((passage.clause.document, passage.quote))
        return "" if line is None else line.english if english else line.korean


def open_wording(data: Path, editions: Sequence[Edition]) -> Wording:
    """What is written below ``data`` for the documents of ``editions``. Raises QuestionsError or FactsError."""
    facts = read_facts(data, dict.fromkeys(edition.name for edition in editions))
    return Wording(read_plain(data, editions), {act.name: act for act in load_acts(data)}, facts)


def make_lead(wording: Wording, cited: Sequence[Passage], stand: Stand, *, english: bool) -> str:
    """The polarity's word, the customer's figures computed, what is left to another document, and plain lines.

    "" where nobody wrote plain lines, but for what is left.
    """
    lines = [line for passage in cited[:MOST] if (line := wording.line(passage, english=english))]
    word = (ENGLISH if english else WORDS).get(stand.polarity or "", "") if lines else ""
    left = () if english else stand.left
    # the line of an exception begins with its rule, which may have been told just before
    told = dict.fromkeys(sentence for line in lines for sentence in _SENTENCE_END.split(line))
    return " ".join(filter(None, [word, stand.computed, *left, *told]))


def computed(text: str, cited: Sequence[Passage], facts: Facts, today: dt.date, *, english: bool = False) -> str:
    """The results with their formulas and clauses, in one line; "" if a figure is missing or could be another."""
    return " ".join(_results(text, cited, facts, today, english=english))


def _results(text: str, cited: Sequence[Passage], facts: Facts, today: dt.date, *, english: bool) -> Iterator[str]:
    for passage in cited:
        known = facts.of(passage)
        rules = [rule for rule in known.rules if rule.applies(text)] if known else []
        sums = [_sum(rule, text, today, english=english) for rule in rules if rule.source == MONTHLY]
        day = _day([rule for rule in rules if rule.source == DAY], text, today, english=english)
        where = clause_name(passage.clause.article, passage.clause.paragraph)
        for result in filter(None, [*sums, day]):
            yield f"{result} ({where})."


def _sum(rule: Rule, text: str, today: dt.date, *, english: bool) -> str:
    paid = read_paid(text, today)
    if paid is None:
        return ""
    told = (_monthly if len(paid.parts) == 1 and paid.monthly else _in_all)(rule, paid, english=english)
    tax = rule.english_tax if english else rule.tax
    return f"{told}. {tax}" if told and tax and paid.tax else told


def _monthly(rule: Rule, paid: Paid, *, english: bool) -> str:
    [(won, times)] = paid.parts
    months = min(times, rule.months)
    write = write_english if english else write_won
    return (rule.english if english else rule.korean).format(금액=write(won), 개월=months, 결과=write(won * months))


def _in_all(rule: Rule, paid: Paid, *, english: bool) -> str:
    """What was paid in a year, and how that was added up, if the rule is of a year."""
    sentence = rule.english_total if english else rule.total
    if not sentence or rule.months != YEAR:
        return ""
    write, unit = (write_english, "") if english else (write_won, "개월" if paid.monthly else "번")
    formula = " + ".join(f"{write(won)} × {times}{unit}" for won, times in paid.parts)
    told = sentence.format(결과=write(paid.total or sum(won * times for won, times in paid.parts)))
    return f"{told} ({formula})" if formula else told


def _day(rules: Sequence[Rule], text: str, today: dt.date, *, english: bool) -> str:
    asked = asked_for(text, [rule.wanted for rule in rules]) if all(rule.wanted for rule in rules) else []
    rules = [rules[place] for place in asked] or rules
    found = read_day_of(text, [rule.words for rule in rules], today)
    if found is None:
        return ""
    place, day, yearless = found
    rule = rules[place]
    try:
        days = {"날": day} | {name: shift(day, by) for name, by in rule.gives.items()}
    except (OverflowError, ValueError):  # beyond the calendar
        return ""
    if english:
        return rule.english.format(**days)
    # a year that the customer did not say is not said back
    told = {name: long_date(one.isoformat()) for name, one in days.items()}
    if yearless and len({one.year for one in days.values()}) == 1:
        told = {name: words.partition(" ")[2] for name, words in told.items()}
    return rule.korean.format(**told)
