"""The corpus: evasions read plainly, their benign twins untouched, known failures failing."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from app.core.lexicon import Lexicon, parse_lexicon
from app.core.normalize import normalize
from app.core.types import Edit

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"

Case = Mapping[str, object]


def cases(*names: str) -> list[Case]:
    files = [CORPUS / f"{name}.jsonl" for name in names]
    lines = [
        line for file in files if file.exists() for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return [json.loads(line) for line in lines if line.strip()]


def params(found: list[Case]) -> list[ParameterSet]:
    return [pytest.param(case, id=str(case["id"])) for case in found]


EVASIONS = cases("evasion", "in_the_wild")
BENIGN = cases("benign")
KNOWN_FAILURES = cases("known_failures")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    files = sorted((ROOT / "policies" / "lexicon").glob("*.toml"))
    return parse_lexicon({file.name: file.read_text(encoding="utf-8") for file in files})


def width_apart(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKC", text).casefold()


def replayed(original: str, edits: tuple[Edit, ...]) -> str:
    for edit in reversed(edits):
        assert original[edit.start : edit.end] == edit.surface
        original = original[: edit.start] + edit.canonical + original[edit.end :]
    return original


def check(case: Case, lexicon: Lexicon) -> None:
    text = str(case["text"])
    result = normalize(text, lexicon=lexicon)
    assert replayed(text, result.edits) == result.plain
    assert normalize(result.plain, lexicon=lexicon).plain == result.plain
    if "plain" in case:
        assert result.plain == case["plain"]
    else:
        assert width_apart(result.plain) == width_apart(text)


@pytest.mark.parametrize("case", params(EVASIONS))
def test_an_evasion_is_read_plainly(case: Case, lexicon: Lexicon) -> None:
    check(case, lexicon)


@pytest.mark.parametrize("case", params(BENIGN))
def test_a_benign_text_comes_through(case: Case, lexicon: Lexicon) -> None:
    check(case, lexicon)


@pytest.mark.parametrize("case", params(KNOWN_FAILURES))
@pytest.mark.xfail(raises=AssertionError, strict=True, reason="known failure; its line says why")
def test_a_known_failure_still_fails(case: Case, lexicon: Lexicon) -> None:
    check(case, lexicon)


def test_ids_are_unique_and_every_evasion_has_a_benign_twin() -> None:
    ids = [str(case["id"]) for case in EVASIONS + BENIGN + KNOWN_FAILURES]
    assert len(ids) == len(set(ids))
    benign = {case["id"] for case in BENIGN}
    assert [case["id"] for case in EVASIONS if case.get("twin") not in benign] == []


def test_every_known_failure_says_why() -> None:
    assert all(str(case.get("why", "")).strip() for case in KNOWN_FAILURES)
