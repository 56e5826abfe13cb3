"""The pictures of the model's page, as SVG."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
# Text stays text, ids do not change from run to run.
mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "plainspeak", "font.size": 9})

from matplotlib import pyplot as plt  # noqa: E402 the backend comes first


def reliability_plot(path: Path, sets: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Observed rate of harm against the score, one line for each set of bins (`score`, `rate`, `rows`)."""
    figure, axes = plt.subplots(figsize=(5, 4.4), layout="constrained")
    axes.plot([0, 1], [0, 1], color="0.6", linewidth=1, linestyle="--")
    for name, bins in sets.items():
        axes.plot([b["score"] for b in bins], [b["rate"] for b in bins], marker="o", markersize=3, label=name)
    axes.set(xlabel="score", ylabel="share that is harmful", xlim=(0, 1), ylim=(0, 1))
    axes.grid(color="0.9")
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def bars_plot(path: Path, groups: Mapping[str, Mapping[str, float | None]], *, label: str) -> None:
    """A bar for each key of each group, keys along the axis; a value of None has none."""
    figure, axes = plt.subplots(figsize=(6, 3.6), layout="constrained")
    keys = list(next(iter(groups.values())))
    width = 0.8 / len(groups)
    for place, (name, values) in enumerate(groups.items()):
        heights = [values[key] or 0.0 for key in keys]
        axes.bar([x + place * width for x in range(len(keys))], heights, width=width, label=name)
    middle = (len(groups) - 1) * width / 2
    axes.set_xticks([x + middle for x in range(len(keys))], keys, rotation=20, ha="right")
    axes.set(ylabel=label, ylim=(0, 1))
    axes.grid(axis="y", color="0.9")
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
