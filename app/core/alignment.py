"""Keep offsets: the one place that knows how the working text lies on the original.

Steps propose replacements on the text as it stands; `apply` performs them and remembers, for every changed
stretch, which stretch of the original it came from. Everything outside those regions is the original,
shifted. Nothing here knows why a change is proposed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.types import Category, Edit, Span, Step


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a lexicon term adds to a proposal."""

    term: str
    category: Category
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """Replace `[start, end)` of the current text; never empty."""

    start: int
    end: int
    replacement: str
    step: Step
    note: str
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A changed stretch: where it lies in the original and in the current text, and how it came about."""

    original: Span
    current: Span
    steps: tuple[Step, ...]
    note: str
    meaning: Meaning | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """The original, the current text, and the ascending, disjoint regions in which they differ."""

    original: str
    text: str
    regions: tuple[Region, ...] = ()


def aligned(text: str) -> Alignment:
    """The alignment of a text with itself.

    >>> found = Proposal(0, 4, "kill", Step.LEET, "'!' stands for 'i'.")
    >>> edits_of(apply(aligned("k!ll it"), [found]))[0].canonical
    'kill'
    """
    return Alignment(original=text, text=text)


def apply(alignment: Alignment, proposals: Iterable[Proposal]) -> Alignment:
    """Perform the proposals; where two overlap, the one that starts first wins.

    Linear in the length of the text plus the number of regions and proposals.
    """
    accepted = _disjoint(proposals)
    if not accepted:
        return alignment
    writer = _Writer(alignment)
    for group in _groups(alignment.regions, accepted):
        writer.write(*group)
    return writer.finish()


def edits_of(alignment: Alignment) -> tuple[Edit, ...]:
    """The differences that remain, as edits of the original."""
    edits = (_edit(alignment, region) for region in alignment.regions)
    return tuple(edit for edit in edits if edit.surface != edit.canonical)


def hints_of(alignment: Alignment, proposals: Iterable[Proposal]) -> tuple[Edit, ...]:
    """Proposals on the current text as edits of the original, without performing them."""
    starts = [region.current.start for region in alignment.regions]
    ends = [region.current.end for region in alignment.regions]
    hints: list[Edit] = []
    for proposal in _disjoint(proposals):
        first = bisect_right(ends, proposal.start)
        over = alignment.regions[first : bisect_left(starts, proposal.end)]
        left = alignment.regions[first - 1] if first else None
        shift = left.original.end - left.current.end if left else 0
        merged = _merge(over, [proposal], shift=shift)
        surface = alignment.original[merged.original.start : merged.original.end]
        hints.append(_described(merged, surface=surface, canonical=proposal.replacement))
    return tuple(hints)


def _disjoint(proposals: Iterable[Proposal]) -> list[Proposal]:
    accepted: list[Proposal] = []
    end = 0
    for proposal in sorted(proposals, key=lambda found: (found.start, -found.end)):
        if proposal.start >= end:
            accepted.append(proposal)
            end = proposal.end
    return accepted


_Group = tuple[list[Region], list[Proposal]]


def _groups(regions: Sequence[Region], proposals: Sequence[Proposal]) -> list[_Group]:
    """Regions and proposals in order of the current text, those that touch the same characters together."""
    items: list[tuple[int, int, int, Region | Proposal]] = [
        (region.current.start, region.current.end, 0, region) for region in regions
    ]
    items += [(proposal.start, proposal.end, 1, proposal) for proposal in proposals]
    items.sort(key=lambda item: item[:3])
    groups: list[_Group] = []
    reach = -1
    for start, end, _, item in items:
        if start >= reach:
            groups.append(([], []))
        reach = max(reach, end)
        if isinstance(item, Region):
            groups[-1][0].append(item)
        else:
            groups[-1][1].append(item)
    return groups


class _Writer:
    """Builds the next text from left to right."""

    def __init__(self, alignment: Alignment) -> None:
        self._before = alignment
        self._read = 0
        self._length = 0
        self._parts: list[str] = []
        self._regions: list[Region] = []
        self._shift = 0

    def write(self, regions: list[Region], proposals: list[Proposal]) -> None:
        if not proposals:
            self._keep(regions)
            return
        merged = _merge(regions, proposals, shift=self._shift)
        self._copy(merged.current.start)
        start = self._length
        for proposal in proposals:
            self._copy(proposal.start)
            self._put(proposal.replacement)
            self._read = proposal.end
        self._copy(merged.current.end)
        self._shift = merged.original.end - merged.current.end
        current = Span(start=start, end=self._length)
        self._regions.append(
            Region(merged.original, current, merged.steps, merged.note, merged.meaning),
        )

    def _keep(self, regions: list[Region]) -> None:
        for region in regions:
            self._copy(region.current.start)
            start = self._length
            self._copy(region.current.end)
            self._shift = region.original.end - region.current.end
            current = Span(start=start, end=self._length)
            self._regions.append(Region(region.original, current, region.steps, region.note, region.meaning))

    def finish(self) -> Alignment:
        self._copy(len(self._before.text))
        return Alignment(self._before.original, "".join(self._parts), tuple(self._regions))

    def _copy(self, end: int) -> None:
        self._put(self._before.text[self._read : end])
        self._read = end

    def _put(self, part: str) -> None:
        self._parts.append(part)
        self._length += len(part)


def _merge(regions: Sequence[Region], proposals: Sequence[Proposal], *, shift: int) -> Region:
    """One region over all of these, in coordinates of the text before the proposals.

    `shift` is what to add to a current offset just left of them to get the original offset.
    """
    start = min([region.current.start for region in regions] + [found.start for found in proposals])
    end = max([region.current.end for region in regions] + [found.end for found in proposals])
    right = regions[-1].original.end - regions[-1].current.end if regions else shift
    steps = [step for region in regions for step in region.steps] + [found.step for found in proposals]
    meanings = [region.meaning for region in regions] + [found.meaning for found in proposals]
    notes = [region.note for region in regions] + [found.note for found in proposals]
    meaning = next((found for found in reversed(meanings) if found is not None), None)
    note = notes[-1] if meaning is None else notes[_last_index(meanings, meaning)]
    return Region(
        original=Span(start=start + shift, end=end + right),
        current=Span(start=start, end=end),
        steps=tuple(dict.fromkeys(steps)),
        note=note,
        meaning=meaning,
    )


def _last_index(meanings: list[Meaning | None], meaning: Meaning) -> int:
    return len(meanings) - 1 - meanings[::-1].index(meaning)


def _edit(alignment: Alignment, region: Region) -> Edit:
    surface = alignment.original[region.original.start : region.original.end]
    canonical = alignment.text[region.current.start : region.current.end]
    return _described(region, surface=surface, canonical=canonical)


def _described(region: Region, *, surface: str, canonical: str) -> Edit:
    last = region.steps[-1] if region.meaning is None else Step.LEXICON
    return Edit(
        start=region.original.start,
        end=region.original.end,
        surface=surface,
        canonical=canonical,
        step=last,
        via=tuple(step for step in region.steps if step is not last),
        term=region.meaning.term if region.meaning else None,
        category=region.meaning.category if region.meaning else None,
        ambiguous=region.meaning.ambiguous if region.meaning else False,
        note=region.note,
    )
