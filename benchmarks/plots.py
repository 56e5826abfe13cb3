"""The pictures of docs/speed.md, as SVG."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
# Text stays text, and ids do not change from run to run.
mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "plainspeak", "font.size": 9})

from matplotlib import pyplot as plt  # noqa: E402 the backend comes first
from matplotlib.ticker import NullFormatter  # noqa: E402 the same

from benchmarks.report import number  # noqa: E402 the same

Figures = dict[str, Any]

_PANELS = (
    ("threads", "threads", ("per_s",), "texts a second"),
    ("concurrency", "callers", ("per_s", "p50_ms", "p99_ms"), "texts a second, milliseconds"),
    ("length", "characters", ("request_ms", "normalizing_ms"), "milliseconds"),
    ("queue", "windows", ("per_s", "p99_ms"), "texts a second, milliseconds"),
    (
        "rows",
        "decisions",
        (
            "insert_ms",
            "queue_ms",
            "decisions_ms",
            "search_common_ms",
            "search_two_words_ms",
            "search_rare_ms",
        ),
        "milliseconds",
    ),
)


def compare_plot(path: Path, figures: Figures) -> None:
    """Bars: milliseconds of a medium post alone, and texts a second at 16 at a time."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    _bars(left, figures, concurrency=1, key="p50_ms", label="milliseconds of a medium post, median")
    _bars(right, figures, concurrency=16, key="rate", label="texts a second, 16 at a time")
    _save(figure, path)


def scale_plot(path: Path, figures: Figures) -> None:
    """Lines over logarithmic axes, a panel for each series there is."""
    panels = [panel for panel in _PANELS if panel[0] in figures["series"]]
    figure, axes = plt.subplots(
        1, len(panels), figsize=(3.4 * len(panels), 3.4), layout="constrained", squeeze=False
    )
    for place, (part, across, names, label) in enumerate(panels):
        series, panel = figures["series"][part], axes[0][place]
        for name in names:
            panel.plot(
                [row[across] for row in series],
                [row[name] for row in series],
                marker="o",
                markersize=3,
                label=name.replace("_", " "),
            )
        panel.set(xscale="log", yscale="log", xlabel=across, ylabel=label)
        panel.grid(color="0.9", which="both", linewidth=0.5)
        panel.legend(frameon=False, fontsize=7)
    _save(figure, path)


def _bars(axes: Any, figures: Figures, *, concurrency: int, key: str, label: str) -> None:  # noqa: ANN401 untyped
    cases: Sequence[Figures] = [
        case for case in figures["cases"] if case["kind"] == "medium" and case["concurrency"] == concurrency
    ]
    names = [case["contender"] for case in cases]
    colours = ["tab:blue" if name.startswith("plainspeak") else "0.6" for name in names]
    values = [case[key] for case in cases]
    bars = axes.barh(names, values, color=colours)
    axes.bar_label(bars, [number(value) for value in values], padding=2, fontsize=7)
    axes.invert_yaxis()
    axes.set(xscale="log", xlabel=label)
    # Every bar has its number, and the powers of ten in between would run into each other.
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.margins(x=0.2)


def _save(figure: Any, path: Path) -> None:  # noqa: ANN401 untyped
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
