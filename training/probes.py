"""Texts made to be measured on: sentences that name groups, and other texts disguised or in company."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random

from app.core.errors import DatasetInvalid
from app.core.types import Category
from app.services.evaluation import LabelledText
from training.noise import FAMILIES, obfuscated

HELD_BACK = Path(__file__).parent / "held_back"
CLEAN = "as written"
STACKED_PAIRS = 5
"""How many pairs of families are tried one upon the other."""
SHARE = 0.4
"""Share of the words that is disguised."""
AROUND = (2, 4, 8)
"""How many innocent sentences a copy is put amid."""
RUN_ON = ", run on"
"""What the name of a group ends on where no sentence is ended."""
_SLOT = "{group}"
_SENTENCE_END = re.compile(r"[.!?]+\s+")


def identity_probes(path: Path) -> list[LabelledText]:
    """Every neutral template with every group; the group of a row is the group it names.

    Raises:
        DatasetInvalid: a template has no slot.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for template in table["templates"]:
        if template.count(_SLOT) != 1:
            raise DatasetInvalid(f"{path}: {template!r} needs {_SLOT} once.")
    return [
        LabelledText(
            text=_capital(template.replace(_SLOT, group["name"])),
            harmful=False,
            harm=(False,) * len(Category),
            group=group["name"],
        )
        for group in table["groups"]
        for template in table["templates"]
    ]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def disguised_copies(rows: Sequence[LabelledText], *, seed: int) -> list[LabelledText]:
    """The rows as written, then a copy of all of them for each family and for some pairs of families."""
    random = Random(seed)
    pairs = random.sample(list(combinations(FAMILIES, 2)), STACKED_PAIRS)
    copies = [replace(row, group=CLEAN) for row in rows]
    for families in [*((family,) for family in FAMILIES), *pairs]:
        name = " and ".join(families)
        copies += [
            replace(row, group=name, text=obfuscated(row.text, families=families, random=random, share=SHARE))
            for row in rows
        ]
    return copies


def copies_in_company(rows: Sequence[LabelledText], *, path: Path, seed: int) -> list[LabelledText]:
    """The rows as written, then copies amid so many innocent sentences each, with full stops and without."""
    random = Random(seed)
    sentences = tomllib.loads(path.read_text(encoding="utf-8"))["sentences"]
    copies = [replace(row, group=CLEAN) for row in rows]
    for number in AROUND:
        copies += [
            replace(row, group=f"amid {number} innocent sentences", text=_amid(row.text, others))
            for row in rows
            for others in [random.sample(sentences, number)]
        ]
    return [*copies, *(_run_on(copy) for copy in copies if copy.group != CLEAN)]


def _amid(text: str, others: Sequence[str]) -> str:
    half = len(others) // 2
    ended = f"{text}." if text[-1:].isalnum() else text
    return " ".join([*others[:half], ended, *others[half:]])


def _run_on(row: LabelledText) -> LabelledText:
    """A copy as people write who end no sentence."""
    return replace(row, group=row.group + RUN_ON, text=_SENTENCE_END.sub(" ", row.text).rstrip(".!?"))
