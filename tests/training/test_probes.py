from pathlib import Path

import pytest

from app.core.errors import DatasetInvalid
from app.core.types import Category
from app.services.evaluation import LabelledText
from training.noise import FAMILIES
from training.probes import (
    AROUND,
    CLEAN,
    HELD_BACK,
    STACKED_PAIRS,
    copies_in_company,
    disguised_copies,
    identity_probes,
)

ROWS = [
    LabelledText("those people should leave", harmful=True, harm=(None,) * len(Category)),
    LabelledText("have a lovely evening", harmful=False, harm=(None,) * len(Category), group="chat"),
]


def test_every_group_is_named_in_every_sentence() -> None:
    probes = identity_probes(HELD_BACK / "identity_probes.toml")
    groups = {probe.group for probe in probes}
    assert len(groups) == 44
    assert len(probes) == len({probe.text for probe in probes}) == 44 * 40
    for probe in probes:
        assert probe.group.casefold() in probe.text.casefold()
        assert probe.text[0].isupper() or not probe.text[0].isalpha()
        assert probe.harmful is False


def test_a_sentence_without_room_for_a_group_is_named(tmp_path: Path) -> None:
    path = tmp_path / "probes.toml"
    path.write_text('templates = ["hello there"]\ngroups = []\n', encoding="utf-8")
    with pytest.raises(DatasetInvalid, match="hello there"):
        identity_probes(path)


def test_each_disguise_covers_all_rows_and_keeps_their_labels() -> None:
    copies = disguised_copies(ROWS, seed=1)
    by_group = {copy.group: [c for c in copies if c.group == copy.group] for copy in copies}
    assert len(by_group) == 1 + len(FAMILIES) + STACKED_PAIRS
    assert [copy.text for copy in by_group[CLEAN]] == [row.text for row in ROWS]
    for name, rows in by_group.items():
        assert [row.harmful for row in rows] == [True, False]
        assert name == CLEAN or any(a.text != b.text for a, b in zip(rows, ROWS, strict=True))
    assert copies == disguised_copies(ROWS, seed=1)


def test_a_text_stands_in_the_middle_of_its_company() -> None:
    copies = copies_in_company(ROWS, path=HELD_BACK / "company.toml", seed=1)

    assert [copy.text for copy in copies[:2]] == [row.text for row in ROWS]
    assert len(copies) == (1 + 2 * len(AROUND)) * len(ROWS)
    ended, run_on = copies[2:8], copies[8:]
    for number, (harmful, innocent) in zip(AROUND, zip(ended[::2], ended[1::2], strict=True), strict=True):
        before, behind = harmful.text.split("those people should leave.")
        assert before.count(". ") + before.count("? ") == behind.count(".") + behind.count("?") == number // 2
        assert (harmful.harmful, innocent.harmful) == (True, False)
        assert harmful.group == innocent.group == f"amid {number} innocent sentences"
    for with_ends, without in zip(ended, run_on, strict=True):
        assert without.text.split() == [word.rstrip(".!?") for word in with_ends.text.split()]
        assert (without.group, without.harmful) == (f"{with_ends.group}, run on", with_ends.harmful)
