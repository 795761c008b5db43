"""Figures of the report and of the desk as SVG; the only matplotlib."""

from __future__ import annotations

import warnings
from collections import Counter
from io import StringIO
from itertools import accumulate
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

NOTHING = "–"
INK, SOFT, LINE = "#1c2430", "#5b6675", "#d3dae3"
COLOURS = ("#0b57d0", "#d97706", "#94a3b8", "#b3261e")
RATED = (COLOURS[0], COLOURS[3])  # good, bad
# the same picture in a dark page: matplotlib writes colours into the drawing, the style takes them over
_DARK = dict(
    zip(
        (INK, SOFT, LINE, *COLOURS),
        ("#e8ecf2", "#a5b0bf", "#39434f", "#8ab4f8", "#f0b35a", "#7d8a9b", "#f2948c"),
        strict=True,
    )
)
_DRAWING = Lock()  # matplotlib's settings are those of the whole process


def draw_reliability(bins: Sequence[tuple[float, float, int]]) -> str:
    """Mean confidence against the share that is true, one dot a bin, with its count; the diagonal is perfect."""
    figure = _figure(4.5, 4.5)
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color="#b0b8c4", linewidth=1)
    axes.plot([p for p, _, _ in bins], [y for _, y, _ in bins], marker="o", color="#0b57d0")
    for confidence, share, count in bins:
        axes.annotate(str(count), (confidence, share), xytext=(5, -11), textcoords="offset points", fontsize=8)
    axes.set(xlim=(-0.03, 1.03), ylim=(-0.05, 1.05))
    return _svg(figure)


def draw_confusion(pairs: Sequence[tuple[str, str]]) -> str:
    """Counts of (right article, article cited first) as a square picture."""
    counts = Counter(pairs)
    names = sorted({name for pair in pairs for name in pair}, key=lambda n: (n == NOTHING, len(n), n))
    figure = _figure(7.5, 7)
    axes = figure.add_subplot()
    axes.imshow([[counts[right, cited] for cited in names] for right in names], cmap="Blues")
    dark = max(counts.values(), default=0) / 2
    for (right, cited), count in counts.items():
        color = "#c5221f" if right != cited else "white" if count > dark else "#12161c"
        axes.text(names.index(cited), names.index(right), str(count), ha="center", va="center", color=color)
    axes.set_xticks(range(len(names)), names)
    axes.set_yticks(range(len(names)), names)
    return _svg(figure)


def draw_stacked_days(
    title: str,
    unit: str,
    days: Sequence[dt.date],
    counts: Mapping[str, Sequence[int]],
    colours: Sequence[str] = COLOURS,
) -> str:
    """A bar a day, its parts stacked in the order of ``counts`` (name: a number a day), each in its colour."""
    with _DRAWING:
        figure = _figure(6.5, 3)
        axes = _titled(figure, title, "날짜", unit)
        names = list(counts)
        bottoms = [[0] * len(days), *accumulate((counts[name] for name in names), _added)]
        for name, bottom, colour in zip(names, bottoms, colours, strict=False):
            axes.bar(range(len(days)), counts[name], bottom=bottom, label=name, color=colour, width=0.8)
        _count_whole(axes.yaxis)
        axes.set_ylim(0, max(4, max(bottoms[-1], default=0) * 1.15))
        _name_days(axes, days)
        axes.legend(loc="upper left", ncols=len(names), frameon=False, labelcolor=INK, fontsize=9)
        return _themed(_svg(figure))


def draw_share(title: str, days: Sequence[dt.date], shares: Sequence[float | None]) -> str:
    """A share, 0..1, for each day; a day without one (None) is left out."""
    with _DRAWING:
        figure = _figure(6.5, 3)
        axes = _titled(figure, title, "날짜", "%")
        known = [(place, share * 100) for place, share in enumerate(shares) if share is not None]
        axes.plot([x for x, _ in known], [y for _, y in known], marker="o", markersize=4, color=COLOURS[0])
        axes.set_ylim(-4, 104)
        _name_days(axes, days)
        return _themed(_svg(figure))


def draw_counts(title: str, unit: str, counts: Sequence[tuple[str, int]]) -> str:
    """A horizontal bar for each (name, count), the first one on top."""
    with _DRAWING:
        figure = _figure(6.5, max(3, 0.9 + 0.32 * len(counts)))
        axes = _titled(figure, title, unit, "")
        bars = axes.barh(range(len(counts)), [count for _, count in counts], color=COLOURS[0], height=0.7)
        axes.bar_label(bars, padding=4, color=INK, fontsize=9)
        axes.set_yticks(range(len(counts)), [name for name, _ in counts])
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
        _count_whole(axes.xaxis)
        axes.set_xlim(0, max(4, max((count for _, count in counts), default=0) * 1.12))
        return _themed(_svg(figure))


def draw_times(title: str, times: Sequence[float]) -> str:
    """How often answers took how long (ms), with the median and the 95th percentile."""
    with _DRAWING:
        figure = _figure(6.5, 3)
        axes = _titled(figure, title, "밀리초(ms)", "답변 수")
        if times:
            ordered = sorted(times)
            axes.hist(ordered, bins=30, color=COLOURS[0])
            for name, share, colour in (("중앙값", 0.5, COLOURS[1]), ("95%", 0.95, COLOURS[3])):
                value = ordered[min(int(share * len(ordered)), len(ordered) - 1)]
                axes.axvline(value, color=colour, linewidth=2, label=f"{name} {value:.0f} ms")
            axes.legend(loc="upper right", frameon=False, labelcolor=INK, fontsize=9)
        _count_whole(axes.yaxis)
        return _themed(_svg(figure))


def _titled(figure: Figure, title: str, across: str, up: str) -> Axes:
    figure.patch.set_visible(False)
    axes = figure.add_subplot(facecolor="none")
    axes.set_title(title, color=INK, loc="left", fontsize=12, pad=10)
    axes.set_xlabel(across, color=SOFT)
    axes.set_ylabel(up, color=SOFT)
    axes.tick_params(colors=SOFT, length=0)
    axes.spines[:].set_visible(False)
    axes.set_axisbelow(True)
    axes.grid(color=LINE, linewidth=0.8)
    return axes


def _name_days(axes: Axes, days: Sequence[dt.date]) -> None:
    step = -(-len(days) // 10)
    axes.set_xticks(range(0, len(days), step), [f"{day.month}/{day.day}" for day in days[::step]])
    axes.set_xlim(-0.7, len(days) - 0.3)
    axes.grid(visible=False, axis="x")


def _count_whole(axis: Axis) -> None:
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(integer=True))


def _added(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [a + b for a, b in zip(one, other, strict=True)]


def _themed(svg: str) -> str:
    """``svg`` whose colours follow the page's light or dark."""
    light, dark = (";".join(f"--c{i}:{c}" for i, c in enumerate(cs)) for cs in (_DARK, _DARK.values()))
    for place, colour in enumerate(_DARK):
        svg = svg.replace(colour, f"var(--c{place})")
    style = f"<style>:root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}</style>"
    head = svg.index(">") + 1
    return svg[:head] + style + svg[head:]


def _figure(width: float, height: float) -> Figure:
    # imported here: half a second that only the report needs, and so that the bot runs without it
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams["svg.fonttype"] = "none"  # the browser's fonts know Korean
    # the server's own font is only measured with, and need not know it
    warnings.filterwarnings("ignore", message="Glyph ", category=UserWarning)
    return Figure(figsize=(width, height), layout="constrained")


def _svg(figure: Figure) -> str:
    out = StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    text = out.getvalue()
    return text[text.index("<svg") :]
