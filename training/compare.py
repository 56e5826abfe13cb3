"""Models side by side: base, tuned and quantized, or any others.

    python -m training.compare base=FILE tuned=FILE quantized=FILE --sets FILE... --out FOLDER [--rows N]

Each model is a GGUF with a card of its own calibration beside it, and is measured in a process of its own.
Writes compare.json, compare.md and two plots to the folder, and the figures into the cards. A file that
`plainspeak export --for training` wrote is a set too: what moderators ruled is then measured like any other.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.classifiers.gguf import card_path_of
from training.page import table
from training.plots import bars_plot, reliability_plot

Figures = dict[str, Any]

_LEFT_OUT_OF_CARD = ("reliability", "lengths", "groups", "model", "lexicon", "policy")


def main() -> None:
    """Measure, write, print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("models", nargs="+", metavar="NAME=FILE", type=_named)
    parser.add_argument("--sets", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rows", type=int, help="most rows of a file, drawn by chance; else all")
    parser.add_argument(
        "--cards", nargs="*", help="names of the models whose cards get the figures; else all"
    )
    arguments = parser.parse_args()
    models = dict(arguments.models)
    carded = models if arguments.cards is None else {name: models[name] for name in arguments.cards}
    figures = {
        name: measured(path, sets=arguments.sets, most_rows=arguments.rows) for name, path in models.items()
    }
    write(figures, models=carded, out=arguments.out)
    print((arguments.out / "compare.md").read_text(encoding="utf-8"))


def measured(model: Path, *, sets: Sequence[Path], most_rows: int | None) -> Figures:
    """The figures of training.measure_model for one model, from a process of its own."""
    command = [sys.executable, "-m", "training.measure_model", str(model), "--sets", *map(str, sets)]
    command += [] if most_rows is None else ["--rows", str(most_rows)]
    # Our own module, and files that the user named.
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout  # noqa: S603
    found: Figures = json.loads(printed)
    return found


def write(figures: Mapping[str, Figures], *, models: Mapping[str, Path], out: Path) -> None:
    """Put the figures where people and programs look for them; `models` are those whose cards get theirs."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "compare.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    first = next(iter(next(iter(figures.values()))["sets"]))
    reliability_plot(
        out / "reliability.svg",
        {name: each["sets"][first]["reliability"] for name, each in figures.items()},
    )
    bars_plot(
        out / "auroc.svg",
        {
            name: {key: found["auroc"]["value"] for key, found in each["sets"].items()}
            for name, each in figures.items()
        },
        label="AUROC of any harm",
    )
    (out / "compare.md").write_text(tables(figures, first=first), encoding="utf-8")
    for name, path in models.items():
        card = json.loads(card_path_of(path).read_text(encoding="utf-8"))
        card["metrics"] = {
            key: {name: value for name, value in found.items() if name not in _LEFT_OUT_OF_CARD}
            for key, found in figures[name]["sets"].items()
        }
        card["metrics"] |= {key: figures[name][key] for key in ("latency_ms", "peak_rss_mb")}
        card_path_of(path).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def tables(figures: Mapping[str, Figures], *, first: str) -> str:
    """All tables, as Markdown; `first` is the set of the reliability plot."""
    sections = [
        ("Size and speed", _cost_table(figures)),
        ("Any harm", _overall_table(figures)),
        ("F1 of each label", _label_table(figures)),
        ("F1 of each category", _category_table(figures)),
    ]
    body = "\n\n".join(f"### {title}\n\n{found}" for title, found in sections)
    plots = f"![AUROC](auroc.svg)\n\n![How far the scores on {first} can be believed](reliability.svg)"
    return f"{body}\n\n{plots}\n"


def _cost_table(figures: Mapping[str, Figures]) -> str:
    rows = [
        [
            name,
            each["file"],
            f"{each['bytes'] / 1e6:.1f}",
            f"{each['peak_rss_mb']:.0f}",
            f"{each['latency_ms']['p50']:.1f}",
            f"{each['latency_ms']['p95']:.1f}",
        ]
        for name, each in figures.items()
    ]
    head = (
        "model",
        "file",
        "file, MB",
        "peak memory of the process, MB",
        "one text, ms (median)",
        "95 %, ms",
    )
    return table(head, rows)


def _overall_table(figures: Mapping[str, Figures]) -> str:
    head = (
        "set", "model", "rows", "harmful", "accuracy", "macro F1", "AUROC (95 % interval)",
        "innocent reviewed", "calibration error",
    )  # fmt: skip
    rows = [
        [
            key,
            name,
            str(found["labelled"]),
            str(found["positives"]),
            _n(found["accuracy"]),
            _n(found["label"]["macro_f1"]),
            f"{_n(found['auroc']['value'])} ({_n(found['auroc']['low'])} to {_n(found['auroc']['high'])})",
            _n(found["reviewed"]["false_positive_rate"]),
            _n(found["calibration_error"]),
        ]
        for key in _sets(figures)
        for name, each in figures.items()
        for found in [each["sets"][key]]
    ]
    return table(head, rows)


def _label_table(figures: Mapping[str, Figures]) -> str:
    rows = [
        [key, name, *(_n(value) for value in each["sets"][key]["label_f1"].values())]
        for key in _sets(figures)
        for name, each in figures.items()
        if each["sets"][key]["label_f1"]
    ]
    return table(("set", "model", "safe", "potentially_harmful", "harmful", "extremely_harmful"), rows)


def _category_table(figures: Mapping[str, Figures]) -> str:
    rows = []
    for key in _sets(figures):
        by_model = {
            name: {found["category"]: found["flagged"]["f1"] for found in each["sets"][key]["categories"]}
            for name, each in figures.items()
        }
        rows += [
            [key, category, *(_n(found.get(category)) for found in by_model.values())]
            for category in next(iter(by_model.values()))
        ]
    return table(("set", "category", *figures), rows)


def _sets(figures: Mapping[str, Figures]) -> list[str]:
    return list(next(iter(figures.values()))["sets"])


def _n(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _named(argument: str) -> tuple[str, Path]:
    name, given, path = argument.partition("=")
    if not given:
        raise argparse.ArgumentTypeError(f"{argument!r} is not NAME=FILE")
    return name, Path(path)


if __name__ == "__main__":
    main()
