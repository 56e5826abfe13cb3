"""The notebook only calls commands that are tested by themselves."""

import importlib.util
import json
import re
from pathlib import Path

from app.settings import ROOT

NOTEBOOK = ROOT / "training" / "notebooks" / "tune.ipynb"


def lines() -> list[str]:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") for cell in cells)
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return "\n".join(code).replace("\\\n", " ").splitlines()


def test_every_stage_it_calls_exists_and_so_does_every_file_it_names() -> None:
    called = [line for line in lines() if line.startswith("!python -m ")]
    assert called
    for line in called:
        assert importlib.util.find_spec(line.split()[2]) is not None
        for path in re.findall(r"training/\S+", line):
            assert Path(ROOT / path).is_file()


def test_it_holds_no_code_of_its_own() -> None:
    allowed = re.compile(r"!|%cd |[A-Z]+ = \"|from google\.colab import drive|drive\.mount\(|$")
    assert [line for line in lines() if not allowed.match(line)] == []
