"""Rules by which a clause turns a figure of the customer's into a result, as ``data/facts`` has them.

    [[3.rules]]
    from = "월 금액"        # won a month; for a day: from = "날"
    months = 12
    ko = "월 {금액}씩 {개월}개월이면 최대 {결과}이에요."
    total = "최근 12개월 동안 모두 {결과}을 내셨다면 최대 {결과}이에요."   # where the whole sum is given or added up
    tax = "말씀하신 금액 그대로 계산했어요"   # told besides where the question speaks of VAT

    [[2.rules]]
    from = "날"
    words = "시행|적용"     # what is said of the day
    wanted = "공지|알려"    # what is asked for: which rule it is where a clause has several
    gives = { "보통" = "-7일", "중대" = "-30일" }
    ko = "시행일이 {날}이면 {보통}부터 공지해요."

``asks``: a pattern that must be found in the question, ``unless`` one that must not: it gives another figure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003  # of a field
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHLY, DAY = "월 금액", "날"
_SHIFT = re.compile(r"[+-]\d{1,4}(?:일|개월|년)|\d{1,4}(?:일|개월|년)의 마지막 날")
_FIELDS = {MONTHLY: {"금액", "개월", "결과"}, DAY: {"날"}}


@dataclass(frozen=True, slots=True)
class Rule:
    """``source``: `MONTHLY` or `DAY`.

    ``gives``: names of results, and what is added to the day ("-7일") or begins with it ("1년의 마지막 날").
    ``korean``, ``total``, ``tax`` and the same in English are sentences with names in braces; "" for none.
    """

    source: str
    korean: str
    months: int = 0
    total: str = ""
    words: str = ""
    wanted: str = ""
    gives: Mapping[str, str] = field(default_factory=dict)
    asks: str = ""
    unless: str = ""
    english: str = ""
    english_total: str = ""
    tax: str = ""
    english_tax: str = ""

    def applies(self, question: str) -> bool:
        """Whether a question asks for what the rule gives."""
        return bool(re.search(self.asks, question)) and not (self.unless and re.search(self.unless, question))


def read_rules(tables: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """The rules of a paragraph.

    Raises:
        KeyError: a field is missing.
        ValueError: a field has another form, a pattern is none, or a sentence names what no rule gives.
    """
    return tuple(_read(table) for table in tables)


def _sentences(rule: Rule) -> tuple[str, ...]:
    return rule.korean, rule.total, rule.tax, rule.english, rule.english_total, rule.english_tax


def _read(table: Mapping[str, Any]) -> Rule:
    rule = Rule(
        source=table["from"],
        korean=table["ko"],
        months=int(table.get("months", 0)),
        total=table.get("total", ""),
        words=table.get("words", ""),
        wanted=table.get("wanted", ""),
        gives=dict(table.get("gives", {})),
        asks=table.get("asks", ""),
        unless=table.get("unless", ""),
        english=table.get("en", ""),
        english_total=table.get("en_total", ""),
        tax=table.get("tax", ""),
        english_tax=table.get("en_tax", ""),
    )
    if rule.source not in _FIELDS or (rule.source == MONTHLY) != bool(rule.months):
        raise ValueError(rule.source)
    wrong = [by for by in rule.gives.values() if not _SHIFT.fullmatch(by)]
    named = set(re.findall(r"\{([^{}]{0,20})\}", "".join(_sentences(rule))))
    wrong += sorted(named - _FIELDS[rule.source] - rule.gives.keys())
    if wrong:
        raise ValueError(", ".join(wrong))
    try:
        for pattern in (rule.words, rule.wanted, rule.asks, rule.unless):
            re.compile(pattern)
    except re.error as error:
        raise ValueError(str(error)) from error
    return rule
