"""Expands the hand-written texts of `training/handmade/*.toml` into rows.

Each file holds slots and sets; a set has texts and the categories that are true of them, every other category
being false. A tenth of the texts is held back, by hash of the unexpanded text, to measure on.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from app.core.errors import DatasetInvalid
from app.core.types import Category
from training.sources import CATEGORIES, UNKNOWN, Row

HANDMADE = Path(__file__).parent / "handmade"
HELD_BACK_SHARE = 0.1

_SLOT = re.compile(r"\{(\w+)\}")
# Words that make a text profane whatever else it says. Matching is on whole words after folding case.
_SWEAR = re.compile(
    r"\b(?:mother)?(?:fuck\w*|shit\w*|bullshit|bitch\w*|cunt\w*|asshole\w*|dickhead\w*|bastard\w*|wank\w*"
    r"|twat\w*|piss(?:ed)? off)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HandmadeRow:
    """A row and whether it is kept back from training."""

    row: Row
    held_back: bool


def read_handmade(folder: Path = HANDMADE, *, variants: int, random: Random) -> Iterator[HandmadeRow]:
    """Expand every text into at most `variants` rows with different slot values.

    Raises:
        DatasetInvalid: a file breaks the format; the message names file and set.
    """
    for path in sorted(folder.glob("*.toml")):
        area = tomllib.loads(path.read_text(encoding="utf-8"))
        slots: dict[str, list[str]] = area.get("slots", {})
        for group in area["set"]:
            place = f"{path.name}, set {group.get('id')!r}"
            harm = _harm(group["harm"], place=place)
            for template in group["texts"]:
                held_back = _is_held_back(template)
                for text in _expand(template, slots=slots, variants=variants, random=random, place=place):
                    yield HandmadeRow(
                        row=_row(text, harm=harm, source=f"handmade_{path.stem}"), held_back=held_back
                    )


def _harm(keys: list[str], *, place: str) -> frozenset[Category]:
    try:
        return frozenset(Category(key) for key in keys)
    except ValueError as error:
        raise DatasetInvalid(f"{place}: {error}. Use the keys of Category.") from error


def _row(text: str, *, harm: frozenset[Category], source: str) -> Row:
    swears = bool(_SWEAR.search(text))
    # A masked or coded swear word is not seen by the pattern, so "no match" in a harmful text stays unsaid.
    profanity = 1.0 if swears else UNKNOWN if harm else 0.0
    targets = tuple(
        profanity if category is Category.PROFANITY else float(category in harm) for category in CATEGORIES
    )
    return Row(text=text, source=source, targets=targets, harmful=float(bool(harm)))


def _is_held_back(template: str) -> bool:
    return int(hashlib.sha256(template.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < HELD_BACK_SHARE


def _expand(
    template: str, *, slots: dict[str, list[str]], variants: int, random: Random, place: str
) -> list[str]:
    names = _SLOT.findall(template)
    if not names:
        return [template]
    if missing := sorted({*names} - {*slots}):
        raise DatasetInvalid(f"{place}: there are no slots {missing!r}. Add them under [slots].")
    texts: dict[str, None] = {}
    for _ in range(variants):
        texts.setdefault(_SLOT.sub(lambda match: random.choice(slots[match.group(1)]), template))
    return list(texts)
