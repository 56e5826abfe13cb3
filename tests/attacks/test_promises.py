"""SECURITY.md names tests that there are, and every file of attacks is in it."""

import re

from app.settings import ROOT

PROMISES = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", PROMISES))

    assert named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_every_kind_of_attack_is_told_of() -> None:
    told = {"test_fuzz.py", "test_promises.py"}
    files = {path.name for path in (ROOT / "tests" / "attacks").glob("test_*.py")} - told

    assert [name for name in sorted(files) if f"tests/attacks/{name}" not in PROMISES] == []
