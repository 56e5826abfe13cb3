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
SECTIONS: dict[str, tuple[str, Callable[[report.Figures], str]]] = {
    "compare": ("compare", report.compared),
    "verdict": ("compare", report.judged),
    "profile": ("profile", report.profiled),
    "startup": ("startup", report.started),
    "scale": ("scale", report.scaled),
}
"""Marks on the page, the file of figures, and what is made of it."""
NOT_MEASURED = "Not measured yet; `make speed` does.\n"


def section_of(mark: str) -> str:
    """The tables of a mark, from the kept figures; a sentence where there are none."""
    name, section = SECTIONS[mark]
    file = FIGURES / f"{name}.json"
    if not file.exists():
        return NOT_MEASURED
    return section(json.loads(file.read_text(encoding="utf-8")))


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

    page = PAGE.read_text(encoding="utf-8")
    for mark in SECTIONS:
        page = filled(page, mark, section_of(mark))
    for name, plot in (("compare", plots.compare_plot), ("scale", plots.scale_plot)):
        file = FIGURES / f"{name}.json"
        if file.exists():
            plot(FIGURES / f"{name}.svg", json.loads(file.read_text(encoding="utf-8")))
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
