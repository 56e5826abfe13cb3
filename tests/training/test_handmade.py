import math
from pathlib import Path
from random import Random

import pytest

from app.core.errors import DatasetInvalid
from app.core.types import Category
from training.handmade import HANDMADE, HandmadeRow, read_handmade
from training.sources import CATEGORIES, fingerprint


def read(folder: Path = HANDMADE, *, seed: int = 1, variants: int = 3) -> list[HandmadeRow]:
    return list(read_handmade(folder, variants=variants, random=Random(seed)))


def value(entry: HandmadeRow, category: Category) -> float:
    return entry.row.targets[CATEGORIES.index(category)]


@pytest.fixture(scope="module")
def committed() -> list[HandmadeRow]:
    return read()


def test_every_committed_file_parses_and_every_slot_is_filled(committed: list[HandmadeRow]) -> None:
    assert {entry.row.source for entry in committed} == {
        f"handmade_{path.stem}" for path in HANDMADE.glob("*.toml")
    }
    assert [
        entry.row.text for entry in committed if "{" in entry.row.text or not entry.row.text.strip()
    ] == []


def test_every_category_and_innocence_have_texts_on_both_sides(committed: list[HandmadeRow]) -> None:
    for held_back in (False, True):
        side = [entry for entry in committed if entry.held_back is held_back]
        assert any(entry.row.harmful == 0 for entry in side)
        for category in CATEGORIES:
            assert any(value(entry, category) == 1 for entry in side), category


def test_about_a_tenth_is_held_back_whatever_the_seed(committed: list[HandmadeRow]) -> None:
    assert 0.07 < sum(entry.held_back for entry in committed) / len(committed) < 0.13
    plain = {entry.row.text: entry.held_back for entry in read(seed=2, variants=1)}
    both = {entry.row.text: entry.held_back for entry in committed if entry.row.text in plain}
    assert len(both) > 500
    assert {text: plain[text] for text in both} == both


def test_what_is_held_back_is_not_trained_on(committed: list[HandmadeRow]) -> None:
    trained = {fingerprint(entry.row.text) for entry in committed if not entry.held_back}
    leaked = [
        entry.row.text for entry in committed if entry.held_back and fingerprint(entry.row.text) in trained
    ]
    assert leaked == []


def area(folder: Path, text: str) -> Path:
    (folder / "area.toml").write_text(text, encoding="utf-8")
    return folder


def test_slots_are_filled_with_each_variant_once(tmp_path: Path) -> None:
    folder = area(
        tmp_path, '[slots]\nwho = ["ann", "bob"]\n[[set]]\nid = "a"\nharm = []\ntexts = ["hi {who}", "bye"]\n'
    )
    assert {entry.row.text for entry in read(folder, variants=50)} == {"hi ann", "hi bob", "bye"}
    assert len(read(folder, variants=50)) == 3


@pytest.mark.parametrize(
    ("harm", "text", "profanity"),
    [("", "what a nice day", 0.0), ("", "what the fuck, nice", 1.0), ('"hate"', "f**k them", math.nan)],
)
def test_swearing_is_read_off_the_text(tmp_path: Path, harm: str, text: str, profanity: float) -> None:
    (entry,) = read(area(tmp_path, f'[[set]]\nid = "a"\nharm = [{harm}]\ntexts = ["{text}"]\n'))
    assert value(entry, Category.PROFANITY) == pytest.approx(profanity, nan_ok=True)
    assert value(entry, Category.HATE) == float(bool(harm))
    assert entry.row.harmful == float(bool(harm))


@pytest.mark.parametrize(
    ("harm", "text", "said"),
    [('"rudeness"', "a", "rudeness"), ("", "hi {nobody}", r"no slots \['nobody'\]")],
)
def test_a_file_that_breaks_the_format_is_named(tmp_path: Path, harm: str, text: str, said: str) -> None:
    folder = area(tmp_path, f'[[set]]\nid = "one"\nharm = [{harm}]\ntexts = ["{text}"]\n')
    with pytest.raises(DatasetInvalid, match=rf"area\.toml, set 'one': .*{said}"):
        read(folder)
