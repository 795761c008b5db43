"""Statistics as tables with their plots, and the plots by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.plots import RATED, draw_counts, draw_share, draw_stacked_days, draw_times
from index.clause import article_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.journal.statistics import Statistics
    from index.editions.edition import Edition

MOST_ARTICLES = 15  # in the plot; the table has all
TITLES = {
    "questions": "날마다 받은 질문",
    "answered": "답한 비율",
    "ratings": "평가",
    "articles": "많이 인용된 조",
    "times": "응답 시간",
}


def draw(name: str, found: Statistics, editions: Sequence[Edition], times: Sequence[float]) -> str:
    """The plot ``name`` of `TITLES` as SVG."""
    days = [day.day for day in found.days]
    drawn: dict[str, Callable[[], str]] = {
        "questions": lambda: draw_stacked_days(TITLES["questions"], "질문 수", days, _endings(found)),
        "answered": lambda: draw_share(TITLES["answered"], days, [_share(d.answered, d.asked) for d in found.days]),
        "ratings": lambda: draw_stacked_days(TITLES["ratings"], "평가 수", days, _ratings(found), RATED),
        "articles": lambda: draw_counts(
            TITLES["articles"], "인용한 답변 수", _articles(found, editions)[:MOST_ARTICLES]
        ),
        "times": lambda: draw_times(TITLES["times"], times),
    }
    return drawn[name]()


def describe(found: Statistics, editions: Sequence[Edition]) -> dict[str, Any]:
    """Figures, tables and plots of a period; each plot with its text for those who do not see it."""
    span = f"since={found.since}&until={found.until}"
    alt = {
        "questions": f"질문 {found.asked}개: 답함 {found.answered}개, 답하지 않음 {found.asked - found.answered}개."
        + (f" 그 밖에 대화·되물음 {found.total - found.asked}개." if found.total > found.asked else ""),
        "answered": f"전체 기간에 답한 비율은 {_percent(found.answered_share)}입니다.",
        "ratings": f"좋음 {found.good}개, 나쁨 {found.bad}개.",
        "articles": "많이 인용된 조: " + (", ".join(f"{n} {c}번" for n, c in _articles(found, editions)[:5]) or "없음"),
        "times": f"중앙값 {_milliseconds(found.median_ms)}, 95% {_milliseconds(found.p95_ms)}.",
    }
    return {
        "since": str(found.since),
        "until": str(found.until),
        "total": found.total,
        "figures": [
            ("질문", f"{found.asked:,}개"),
            ("답한 비율", _percent(found.answered_share)),
            ("평가", f"좋음 {found.good:,} · 나쁨 {found.bad:,}"),
            ("응답 시간 중앙값", _milliseconds(found.median_ms)),
            ("응답 시간 95%", _milliseconds(found.p95_ms)),
        ],
        "plots": [
            {"name": name, "title": title, "src": f"/desk/plot/{name}.svg?{span}", "alt": f"{title}. {alt[name]}"}
            for name, title in TITLES.items()
        ],
        "days": [
            [str(d.day), d.asked, d.answered, d.not_found, d.rejected + d.error, d.chat + d.clarify, d.good, d.bad]
            for d in reversed(found.days)
            if d.total
        ],
        "articles": _articles(found, editions),
    }


def _endings(found: Statistics) -> dict[str, list[int]]:
    return {
        "답함": [d.answered for d in found.days],
        "약관에 없음": [d.not_found for d in found.days],
        "대화·되물음": [d.chat + d.clarify for d in found.days],
        "받지 않음·오류": [d.rejected + d.error for d in found.days],
    }


def _ratings(found: Statistics) -> dict[str, list[int]]:
    return {"좋음": [d.good for d in found.days], "나쁨": [d.bad for d in found.days]}


def _articles(found: Statistics, editions: Sequence[Edition]) -> list[tuple[str, int]]:
    titles = {(e.name, a.address): a.title for e in editions for a in e.terms.articles}
    titled = [(one, titles.get((one.terms, one.article), "")) for one in found.articles]
    return [(f"{article_name(one.article)} {title}".strip(), one.entries) for one, title in titled]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _milliseconds(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f} ms"
