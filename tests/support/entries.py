"""Example entries of a journal, and a clock that is set by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.journal.entries import Cited, Entry
from index.clause import Clause

if TYPE_CHECKING:
    from typing import Any

ONE, TWO = "1" * 32, "2" * 32  # conversations
DAYS = 90  # that the journal of the tests keeps its entries
REFUND, DELIVERY, CONTACT = (Cited(Clause("가게", article, "1"), "2024-03-01") for article in ("2", "1", "3"))


class Clock:
    """Stands still until it is set; 2026-03-02 09:00 in Korea at first."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


def asked(question: str = "환불 되나요?", **changes: Any) -> Entry:
    """An entry that was answered with the refund, but for ``changes``."""
    entry = Entry(
        conversation=ONE,
        question=question,
        answer="7일 안에 환불을 신청할 수 있습니다.",
        interpreted=question,
        status="answered",
        confidence=0.875,
        citations=(REFUND,),
        related=(),
        elapsed_ms=20.0,
        channel="chat",
    )
    return replace(entry, **changes)
