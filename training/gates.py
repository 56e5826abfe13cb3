"""What a new model must show before it is shipped.

    python -m training.gates runs/mini/figures.json [--gates training/gates.toml]

Prints each gate with its figure. The exit status is 1 when a floor is missed, and the last line says which. A
goal that is missed is recorded, and does not stop a model that is better than the one before.
"""

import argparse
import json
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GATES = Path(__file__).parent / "gates.toml"


@dataclass(frozen=True, slots=True)
class Gate:
    """A bound on one figure: `floor` must hold, `goal` is what we want."""

    name: str
    path: str
    """Keys into the figures, separated by a slash."""
    floor: float
    goal: float
    at_most: bool = False
    """Whether smaller is better."""

    def holds(self, value: float | None, bound: float) -> bool:
        """Whether a figure keeps a bound; one that could not be measured keeps none."""
        if value is None:
            return False
        return value <= bound if self.at_most else value >= bound


@dataclass(frozen=True, slots=True)
class Checked:
    """A gate and the figure that came to it."""

    gate: Gate
    value: float | None

    @property
    def result(self) -> str:
        """`goal`, `floor` or `missed`."""
        if self.gate.holds(self.value, self.gate.goal):
            return "goal"
        return "floor" if self.gate.holds(self.value, self.gate.floor) else "missed"


def main() -> None:
    """Run the check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("figures", type=Path)
    parser.add_argument("--gates", type=Path, default=GATES)
    arguments = parser.parse_args()
    figures = json.loads(arguments.figures.read_text(encoding="utf-8"))
    checked = check(figures, read_gates(arguments.gates))
    print(gates_table(checked))
    missed = [each.gate.name for each in checked if each.result == "missed"]
    if missed:
        sys.exit(f"Below the floor: {', '.join(missed)}.")


def read_gates(path: Path) -> list[Gate]:
    """Read the gates; a missing or unknown key is a TypeError that names it."""
    return [Gate(**table) for table in tomllib.loads(path.read_text(encoding="utf-8"))["gate"]]


def check(figures: dict[str, Any], gates: list[Gate]) -> list[Checked]:
    """Look up each figure; one that is not there is None."""
    return [Checked(gate=gate, value=_found(figures, gate.path)) for gate in gates]


def gates_table(checked: list[Checked]) -> str:
    """A Markdown table."""
    lines = ["| gate | figure | floor | goal | |", "|---|---|---|---|---|"]
    for each in checked:
        sign = "≤" if each.gate.at_most else "≥"
        value = "–" if each.value is None else f"{each.value:.3f}"
        bounds = f"{sign} {each.gate.floor:g} | {sign} {each.gate.goal:g}"
        lines.append(f"| {each.gate.name} | {value} | {bounds} | {each.result} |")
    return "\n".join(lines)


def _found(figures: Any, path: str) -> float | None:  # noqa: ANN401 JSON
    for key in path.split("/"):
        if not isinstance(figures, dict) or key not in figures:
            return None
        figures = figures[key]
    return None if figures is None else float(figures)


if __name__ == "__main__":
    main()
