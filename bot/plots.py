"""Figures of the report as SVG; the only matplotlib."""

from __future__ import annotations

from collections import Counter
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

NOTHING = "–"


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


def _figure(width: float, height: float) -> Figure:
    # imported here: half a second that only the report needs, and so that the bot runs without it
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams["svg.fonttype"] = "none"  # the browser's fonts know Korean
    return Figure(figsize=(width, height), layout="constrained")


def _svg(figure: Figure) -> str:
    out = StringIO()
    figure.savefig(out, format="svg")
    text = out.getvalue()
    return text[text.index("<svg") :]
