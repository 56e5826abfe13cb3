"""Writes docs/speed.md anew from the figures in docs/speed: `python -m benchmarks.page`.

The tables of compare.json stand between `<!-- compare -->` and `<!-- /compare -->`, and so for every file of
figures there is; what is outside the marks is written by people, and stays.
"""

import json
import re
from collections.abc import Callable

from app.settings import ROOT
from benchmarks import report

PAGE = ROOT / "docs" / "speed.md"
FIGURES = ROOT / "docs" / "speed"
SECTIONS: dict[str, Callable[[report.Figures], str]] = {
    "compare": report.compared,
    "profile": report.profiled,
    "startup": report.started,
    "scale": report.scaled,
}


def filled(page: str, name: str, text: str) -> str:
    """The page with a text between the marks of a name.

    Raises:
        SystemExit: the page has no such marks.
    """
    marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if not marked.search(page):
        raise SystemExit(
            f"{PAGE.name} has no place for {name!r}. Put <!-- {name} --> and <!-- /{name} --> there."
        )
    return marked.sub(lambda found: f"{found.group(1)}{text}{found.group(2)}", page)


def main() -> None:
    """Write tables and pictures."""
    from benchmarks import plots  # noqa: PLC0415 the tables can be had without matplotlib

    pictures = {"compare": plots.compare_plot, "scale": plots.scale_plot}
    page = PAGE.read_text(encoding="utf-8")
    for name, section in SECTIONS.items():
        file = FIGURES / f"{name}.json"
        if not file.exists():
            print(f"There is no {file.name}; its tables stay as they are.")
            continue
        figures = json.loads(file.read_text(encoding="utf-8"))
        page = filled(page, name, section(figures))
        if name in pictures:
            pictures[name](FIGURES / f"{name}.svg", figures)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
