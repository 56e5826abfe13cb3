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
