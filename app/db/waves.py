"""Waves as they are stored: which item a new one is nearly the same as, and what is in a wave.

Only the first item of a wave can be found by its bands, so that a wave of thousands costs no more than one of
two, and every item is nearly the same as the first. One that is erased is not found any more; a post like it
then begins another wave.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, bindparam, delete, insert, select, update

from app.core.review import ReviewItem
from app.core.waves import ALIKE, Shingles, likeness, shingles_of
from app.db.receipts import MOST_NAMES, NewDecision
from app.db.tables import decisions, review_items, wave_bands

MOST_CANDIDATES = 4
"""Items that a new one is compared with: those that share the most bands with it."""
MOST_IN_BAND = 32
"""A band that so many waves begin with says little, and no further one is found by it."""

T = TypeVar("T")
_items = review_items.c
# Made once: building a statement and its cache key costs as much as running it.
_IN_BANDS = select(wave_bands).where(wave_bands.c.band.in_(bindparam("bands", expanding=True)))
_TEXTS = (
    select(_items.id, _items.wave, decisions.c.plain_text)
    .join_from(review_items, decisions, decisions.c.id == _items.decision_id)
    .where(_items.id.in_(bindparam("ids", expanding=True)))
)
_INSERT_BAND = insert(wave_bands)
_BEGIN = update(review_items).where(_items.id == bindparam("first")).values(wave=bindparam("first"))


@dataclass(slots=True)
class Waves:
    """The waves of new items, and what is to be stored of them."""

    items: list[ReviewItem]
    """The new items in their order, with their waves."""
    begun: list[str] = field(default_factory=list)
    """Items that were there before, and are the first of a wave from now on."""
    bands: list[dict[str, object]] = field(default_factory=list)


def sort_in(connection: Connection, records: Sequence[NewDecision]) -> Waves:
    """Compare new items with those there are and with each other, in their order."""
    new = [(each, each.item) for each in records if each.item is not None]
    finder = _Finder(connection, [each for each, _ in new])
    waves = Waves([])
    places: dict[str, int] = {}
    for entry, item in new:
        first = finder.first_like(entry)
        if first is None:
            waves.bands += finder.begin(item.id, entry)
        elif first in places:
            waves.items[places[first]] = replace(waves.items[places[first]], wave=first)
        elif first not in finder.begun:
            finder.begun.add(first)
            waves.begun.append(first)
        places[item.id] = len(waves.items)
        waves.items.append(replace(item, wave=first))
    return waves


def keep(connection: Connection, waves: Waves) -> None:
    """Store what `sort_in` found, once the new items are stored."""
    if waves.begun:
        connection.execute(_BEGIN, [{"first": each} for each in waves.begun])
    if waves.bands:
        connection.execute(_INSERT_BAND, waves.bands)


class _Finder:
    """Finds the first item of the wave that a new one belongs to."""

    def __init__(self, connection: Connection, entries: Sequence[NewDecision]) -> None:
        self._by_band: dict[int, list[str]] = {}
        bands = {band for entry in entries for band in entry.bands}
        for some in _cut(sorted(bands)):
            for row in connection.execute(_IN_BANDS, {"bands": some}):
                self._by_band.setdefault(row.band, []).append(row.item_id)
        candidates = {each for entry in entries for each in self._candidates(entry)}
        self._shingles: dict[str, Shingles] = {}
        self.begun: set[str] = set()
        for ids in _cut(sorted(candidates)):
            for row in connection.execute(_TEXTS, {"ids": ids}):
                self._shingles[row.id] = shingles_of(row.plain_text or "")
                if row.wave is not None:
                    self.begun.add(row.id)

    def first_like(self, entry: NewDecision) -> str | None:
        """Id of the candidate that is most like a text, if it is nearly the same."""
        found = [
            (likeness(self._shingles[each], entry.shingles), each)
            for each in self._candidates(entry)
            if each in self._shingles
        ]
        best, first = max(found, default=(0.0, None))
        return first if best >= ALIKE else None

    def begin(self, item_id: str, entry: NewDecision) -> list[dict[str, object]]:
        """Let an item be found from now on; give the rows that it is found by."""
        rows: list[dict[str, object]] = []
        self._shingles[item_id] = entry.shingles
        for band in entry.bands:
            others = self._by_band.setdefault(band, [])
            if len(others) < MOST_IN_BAND:
                others.append(item_id)
                rows.append({"band": band, "item_id": item_id})
        return rows

    def _candidates(self, entry: NewDecision) -> Iterable[str]:
        shared = Counter(each for band in entry.bands for each in self._by_band.get(band, ()))
        return [each for each, _ in shared.most_common(MOST_CANDIDATES)]


def erase(connection: Connection, items: Select[Any]) -> None:
    """Forget the bands of some items."""
    connection.execute(delete(wave_bands).where(wave_bands.c.item_id.in_(items)))


def _cut(values: list[T]) -> Iterator[list[T]]:
    return (values[start : start + MOST_NAMES] for start in range(0, len(values), MOST_NAMES))
