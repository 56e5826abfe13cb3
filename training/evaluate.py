"""Stage 4: what the packaged model is worth on named sets, through the whole service path.

    python -m training.evaluate --dev DATA/dev --model MODEL.gguf --page docs/models/plainspeak-mini.md

Runs `plainspeak eval FILE --json` on every file, writes the figures into the model's card and the table
between the markers of the page.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.classifiers.gguf import card_path_of

BEGIN, END = "<!-- metrics: written by training.evaluate -->", "<!-- end of metrics -->"
_COLUMNS = (
    "set",
    "rows",
    "harmful",
    "AUROC (95 % interval)",
    "AUPRC",
    "macro F1",
    "precision",
    "recall",
    "false positives",
    "calibration error",
)
_KEPT = (
    "rows",
    "labelled",
    "positives",
    "auroc",
    "auprc",
    "label",
    "review_rate",
    "calibration_error",
    "categories",
)


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--page", type=Path, required=True)
    arguments = parser.parse_args()
    files = sorted(arguments.dev.glob("*.jsonl*"))
    figures = {path.name.split(".")[0]: run_eval(path, model=arguments.model) for path in files}
    card_path = card_path_of(arguments.model)
    card = json.loads(card_path.read_text(encoding="utf-8"))
    card["metrics"] = figures
    card_path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    table = metrics_table(figures)
    page = arguments.page.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    arguments.page.write_text(f"{head}{BEGIN}\n\n{table}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    print(table)


def run_eval(path: Path, *, model: Path) -> dict[str, Any]:
    """The figures of one file."""
    # Our own interpreter and our own module.
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "app.cli", "eval", str(path), "--json"],
        env=os.environ | {"PLAINSPEAK_MODEL": str(model)},
        stdout=subprocess.PIPE,
        check=True,
    )
    result = json.loads(done.stdout)
    return {key: result[key] for key in _KEPT}


def metrics_table(figures: dict[str, dict[str, Any]]) -> str:
    """Two Markdown tables: any harm, then each category."""
    lines = [
        f"| {' | '.join(_COLUMNS)} |",
        "|---" * len(_COLUMNS) + "|",
    ]
    for name, each in figures.items():
        auroc, label = each["auroc"], each["label"]
        interval = f"{_n(auroc['value'])} ({_n(auroc['low'])} to {_n(auroc['high'])})"
        cells = [
            interval,
            _n(each["auprc"]),
            _n(label["macro_f1"]),
            _n(label["precision"]),
            _n(label["recall"]),
        ]
        cells += [_n(label["false_positive_rate"]), _n(each["calibration_error"])]
        lines.append(f"| {name} | {each['labelled']} | {each['positives']} | {' | '.join(cells)} |")
    lines += ["", "| set | category | positives | AUROC | AUPRC |", "|---|---|---|---|---|"]
    for name, each in figures.items():
        for category in each["categories"]:
            lines.append(
                f"| {name} | {category['category']} | {category['positives']} "
                f"| {_n(category['auroc'])} | {_n(category['auprc'])} |"
            )
    return "\n".join(lines) + "\n"


def _n(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main()
