import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.core.errors import DatasetInvalid, LexiconInvalid
from app.services.lexicon import (
    Collision,
    Firing,
    IdleCues,
    check_lexicon,
    read_files,
    read_texts,
)

FILES = {
    "one.toml": """
[[term]]
id = "corn"
category = "sexual"
ambiguous = true
cues = ["star", "hub"]
anti_cues = ["farm", "field"]
[term.forms]
corn = "porn"
""",
    "two.toml": """
[[term]]
id = "seggs"
category = "sexual"
anti_cues = ["breakfast"]
[term.forms]
seggs = "sex"
""",
}
CLASHING = FILES | {
    "three.toml": """
[[term]]
id = "maize"
category = "sexual"
[term.forms]
corn = "porn"
"""
}


def test_a_sound_lexicon_has_no_findings() -> None:
    report = check_lexicon(FILES, benign=["corn on the cob"])
    assert (report.terms, report.surfaces, report.texts) == (2, 2, 1)
    assert (report.collisions, report.firings, report.ok) == ((), (), True)


def test_a_surface_of_two_terms_is_a_collision_and_the_rest_is_still_checked() -> None:
    report = check_lexicon(CLASHING, benign=["seggs"])
    assert report.collisions == (Collision("corn", ("corn", "maize")),)
    assert report.firings == (Firing(term="seggs", surface="seggs", text="seggs"),)
    assert not report.ok


def test_a_term_that_fires_on_a_benign_text_is_named_with_the_text() -> None:
    report = check_lexicon(FILES, benign=["a corn star at the fair", "c0rn stars"])
    assert report.firings == (Firing(term="corn", surface="corn", text="a corn star at the fair"),)
    assert not report.ok


@pytest.mark.parametrize(
    ("text", "idle"),
    [
        ("a corn star", ("hub", "farm", "field")),
        ("a corn star from the farm", ("star", "hub", "field")),
        ("a corn hub star", ("star", "hub", "farm", "field")),
        ("corn from the farm", ("star", "hub", "farm", "field")),
        ("a corn star from the field by the farm", ("star", "hub", "farm", "field")),
    ],
)
def test_a_cue_idles_unless_the_answer_hangs_on_it_alone(text: str, idle: tuple[str, ...]) -> None:
    report = check_lexicon(FILES, benign=[], other=[text])
    assert report.idle == (IdleCues("corn", idle), IdleCues("seggs", ("breakfast",)))


def test_an_anti_cue_of_an_unambiguous_term_needs_no_cue_to_decide() -> None:
    report = check_lexicon(FILES, benign=["seggs for breakfast"])
    assert [idle.term for idle in report.idle] == ["corn"]


def test_texts_are_read_from_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "benign.jsonl"
    path.write_text('\ufeff{"text": "a\u2028a", "id": 1}\n \n{"text": "b"}\r\n', encoding="utf-8")
    assert read_texts(path) == ["a\u2028a", "b"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "line 1"),
        (b'{"text": "a"}\n[]', "line 2"),
        (b'{"word": "a"}', "line 1"),
        (b'{"text": 3}', "'text' is 3"),
        (b'{"text": "a"}\n\xff', "Line 2 .* byte 1 is 0xff"),
        (b'{"text": ' + b"[" * 100_000, "line 1"),
    ],
)
def test_a_line_that_is_no_text_is_refused_by_number(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "benign.jsonl"
    path.write_bytes(content)
    with pytest.raises(DatasetInvalid, match=words):
        read_texts(path)


def test_a_missing_folder_or_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconInvalid, match="no lexicon folder"):
        read_files(tmp_path / "none")
    with pytest.raises(DatasetInvalid, match="cannot be read"):
        read_texts(tmp_path / "none.jsonl")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "lexicon"
    place.mkdir()
    for name, content in FILES.items():
        (place / name).write_text(content, encoding="utf-8")
    monkeypatch.setenv("PLAINSPEAK_LEXICON", str(place))
    return place


@pytest.mark.parametrize(("text", "status"), [("corn on the cob", 0), ("a corn star", 1)])
@pytest.mark.usefixtures("folder")
def test_the_command_exits_with_1_when_a_term_fires(tmp_path: Path, text: str, status: int) -> None:
    benign = tmp_path / "benign.jsonl"
    benign.write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["lexicon", "check", str(benign), "--json"])
    assert result.exit_code == status
    assert len(json.loads(result.stdout)["firings"]) == status


def test_the_command_prints_a_table_of_what_it_found(folder: Path, tmp_path: Path) -> None:
    (folder / "three.toml").write_text(CLASHING["three.toml"], encoding="utf-8")
    benign = tmp_path / "benign.jsonl"
    benign.write_text('{"text": "seggs [bold]"}\n', encoding="utf-8")
    result = CliRunner().invoke(app, ["lexicon", "check", str(benign)])
    assert result.exit_code == 1
    assert "corn, maize" in result.stdout
    assert "seggs: seggs [bold]" in result.stdout
    assert "1 collisions, 1 firings" in result.stdout
