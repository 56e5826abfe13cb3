"""The two promises of the normalizer, measured on texts of this repository: evasions read, innocent texts
kept."""

import json
from functools import cache
from pathlib import Path
from random import Random

import pytest

from app.core.lexicon import Lexicon
from benchmarks import innocence, recovery
from benchmarks.disguises import DISGUISES, Disguise, disguised, pairs
from benchmarks.material import lexicon_of_repository

CORPUS = Path(__file__).parent / "corpus"
FLOOR = 0.95
# Where a disguise makes another word, or hides what tells the word; docs/normalizer.md says what is gone.
LOWER_FLOORS = {
    "emoji for words": 0.4,
    "dropped vowels": 0.89,
    "phonetic": 0.94,
    "look-alikes": 0.94,
}
STACKED_FLOOR = 0.9
MOST_CHANGED = 0.002


def texts(name: str) -> list[str]:
    lines = (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


@cache
def lexicon() -> Lexicon:
    return lexicon_of_repository()


@cache
def targets() -> list[recovery.Target]:
    return recovery.targets_of(texts("disguisable")[::3], lexicon=lexicon())


def test_nearly_every_text_has_a_high_risk_word() -> None:
    assert len(targets()) > 80


@pytest.mark.parametrize("disguise", DISGUISES, ids=lambda disguise: disguise.name)
def test_a_disguise_is_undone(disguise: Disguise) -> None:
    tally = recovery.measure(targets(), (disguise,), read=recovery.reader(lexicon()))
    assert tally.words >= 20
    assert tally.share >= LOWER_FLOORS.get(disguise.name, FLOOR), tally.misses[:20]


def test_two_disguises_at_once_are_undone() -> None:
    assert (
        recovery.overall(recovery.stacked(targets(), read=recovery.reader(lexicon()), per_pair=2))
        >= STACKED_FLOOR
    )


def test_a_seed_gives_the_same_disguise_again() -> None:
    target = targets()[0]
    for stack in [(disguise,) for disguise in DISGUISES] + list(pairs())[:20]:
        first, second = (
            disguised(target.text, list(target.places), stack=stack, random=Random(3)) for _ in "ab"
        )
        assert first == second


def test_innocent_texts_keep_their_words() -> None:
    innocent = texts("innocent")
    assert len(innocent) >= 3000
    found = innocence.changed(innocent, lexicon=lexicon())
    listed = [(case.text, [edit.canonical for edit in case.edits]) for case in found]
    assert len(found) <= MOST_CHANGED * len(innocent), listed
