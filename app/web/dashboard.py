"""The dashboard: each picture with a sentence that says what it shows and a table with its numbers."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import pairwise

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Response
from markupsafe import Markup

from app.core.card import CardScores
from app.core.oversight import WAIT_BOUNDS, Agreement, Override, Waits
from app.core.tallies import BANDS, SHIFTED, STEADY
from app.core.types import Label
from app.services.dashboard import AGE_BOUNDS, MOST_RULINGS, Dashboard, DashboardService, Period, Slot
from app.web.pictures import (
    Key,
    Picture,
    Table,
    bar,
    ceiling,
    curve,
    diagonal,
    dots,
    drawn,
    grid,
    hints,
    scale,
    spaced,
    stacked,
)
from app.web.render import Renderer, moment, percent

PERIODS = {
    "1": Period(1, by_day=False),
    "7": Period(7, by_day=False),
    "14": Period(14, by_day=True),
    "30": Period(30, by_day=True),
}
USUAL = "7"
DASHBOARD_THREADS = 2
_TICKS = 5
_LABELS = tuple(Key(f"part-{label.severity}", label.display_name) for label in Label)


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of a list of bars."""

    name: str
    drawing: Markup
    value: str
    note: str = ""
    address: str = ""


def dashboard_router(dashboard: DashboardService, *, renderer: Renderer) -> APIRouter:
    """Serve the dashboard."""
    router = APIRouter(include_in_schema=False)
    limiter = CapacityLimiter(DASHBOARD_THREADS)

    def show(days: str) -> Response:
        found = dashboard.look(PERIODS[days])
        return renderer.page(
            "dashboard.html",
            found=found,
            days=days,
            periods=PERIODS,
            most_rulings=MOST_RULINGS,
            volume=volume_picture(found),
            queue=queue_picture(found),
            ages=age_measures(found),
            waits=None if found.waits is None else wait_measures(found.waits),
            span=span,
            strict=[override_measure(each, strict=True) for each in found.overrides],
            mild=[override_measure(each, strict=False) for each in found.overrides],
            agreement=None if found.agreement is None else agreement_picture(found.agreement),
            spread=spread_picture(found),
            drift=drift_words(found.instability),
            card=None if found.card.scores is None else card_picture(found, found.card.scores),
            card_drift=drift_words(found.card_instability, against="on the card’s set"),
            sets=set_measures(found),
            terms=term_measures(found),
        )

    @router.get("/dashboard")
    async def get_dashboard(days: str = USUAL) -> Response:
        chosen = days if days in PERIODS else USUAL
        return await anyio.to_thread.run_sync(partial(show, chosen), limiter=limiter)

    return router


def volume_picture(found: Dashboard) -> Picture:
    """Posts by label over time."""
    columns = [[float(posts) for _, posts in slot.posts] for slot in found.slots]
    top = ceiling(max(slot.total for slot in found.slots))
    words = [
        f"{when}: {slot.total:,} posts; "
        + ", ".join(f"{posts:,} {label.display_name.lower()}" for label, posts in slot.posts)
        for when, slot in zip(_times(found), found.slots, strict=True)
    ]
    rows = tuple(
        (when, *(f"{posts:,}" for _, posts in slot.posts), f"{slot.opened:,}")
        for when, slot in zip(_times(found), found.slots, strict=True)
        if slot.total
    )
    return Picture(
        drawing=drawn([*grid(), *stacked(columns, [key.kind for key in _LABELS], top=top), *hints(words)]),
        across=spaced(_ticks(found), _TICKS),
        up=scale(top, _whole),
        keys=_LABELS,
        table=Table((_unit(found.period), *(key.name for key in _LABELS), "To a person"), rows),
    )


def queue_picture(found: Dashboard) -> Picture:
    """How many items waited over time."""
    top = ceiling(max(slot.waiting for slot in found.slots))
    words = [
        f"{when}: {slot.waiting:,} waiting; {slot.opened:,} came, {slot.resolved:,} closed"
        for when, slot in zip(_times(found), found.slots, strict=True)
    ]
    rows = tuple(
        (when, f"{slot.opened:,}", f"{slot.resolved:,}", f"{slot.waiting:,}")
        for when, slot in zip(_times(found), found.slots, strict=True)
    )
    return Picture(
        drawing=drawn(
            [*grid(), *curve([float(slot.waiting) for slot in found.slots], "tone", top=top), *hints(words)]
        ),
        across=spaced(_ticks(found), _TICKS),
        up=scale(top, _whole),
        keys=(),
        table=Table((_unit(found.period), "Came", "Closed", "Waiting at its end"), rows),
    )


def age_measures(found: Dashboard) -> list[Measure]:
    """Items that wait, by how long they have."""
    return _shares(_bounded(AGE_BOUNDS), found.ages.counts)


def wait_measures(found: Waits) -> list[Measure]:
    """Rulings by how long they took."""
    return _shares(_bounded(WAIT_BOUNDS), found.counts)


def override_measure(found: Override, *, strict: bool) -> Measure:
    """How often people disagreed with the machine about one category, one way."""
    name = "All categories" if found.category is None else found.category.display_name
    part, whole = (found.allowed, found.harmful) if strict else (found.blocked, found.mild)
    share = found.too_strict if strict else found.too_mild
    return Measure(
        name,
        bar(share or 0.0, "fill"),
        "no posts" if share is None else percent(share),
        "" if share is None else f"{part:,} of {whole:,}",
    )


def agreement_picture(found: Agreement) -> Picture:
    """How confident the machine was, and how often people agreed."""
    rows = tuple((percent(each.score), percent(each.rate), f"{each.rows:,}") for each in found.bins)
    points = [(each.score, each.rate) for each in found.bins]
    return Picture(
        drawing=drawn([*grid(), diagonal(), *dots(points, "tone")]),
        across=("0%", "50%", "100% confident"),
        up=scale(1, percent),
        keys=(Key("tone", "These posts"), Key("even", "As often as it was confident")),
        table=Table(("Confidence", "People agreed", "Posts"), rows),
    )


def spread_picture(found: Dashboard) -> Picture:
    """How scores are spread now and were before, as shares of all posts."""
    return _spreads(found.spread.bands, found.earlier.bands, "before", "As long before")


def card_picture(found: Dashboard, card: CardScores) -> Picture:
    """How scores are spread now and on the set of the model's card, as shares of all posts."""
    return _spreads(found.spread.bands, card.bands, "on the card", "On the card")


def _spreads(bands: tuple[int, ...], others: tuple[int, ...], words: str, key: str) -> Picture:
    now, other = _parts(bands), _parts(others)
    top = ceiling(100 * max(*now, *other)) / 100
    names = [f"{place * 100 // BANDS} to {(place + 1) * 100 // BANDS}%" for place in range(BANDS)]
    told = [
        f"Score {name}: {percent(share)} of posts, {words} {percent(theirs)}"
        for name, share, theirs in zip(names, now, other, strict=True)
    ]
    line = curve(other, "before", top=top)[1:] if sum(others) else []
    rows = tuple(
        (name, f"{posts:,}", percent(share), percent(theirs))
        for name, posts, share, theirs in zip(names, bands, now, other, strict=True)
    )
    return Picture(
        drawing=drawn(
            [*grid(), *stacked([[share] for share in now], ["fill"], top=top), *line, *hints(told)]
        ),
        across=("0%", "50%", "100% chance of harm"),
        up=scale(top, percent),
        keys=(Key("fill", "This time"), *((Key("before", key),) if sum(others) else ())),
        table=Table(("Score", "Posts", "Share", f"Share {words}"), rows),
    )


def drift_words(instability: float | None, *, against: str = "before") -> str:
    """Say how far scores have moved."""
    if instability is None:
        return f"There are too few posts, now or {against}, to compare."
    if instability < STEADY:
        return f"Scores are spread as {against}."
    if instability < SHIFTED:
        return f"Scores are spread somewhat differently than {against}."
    return f"Scores are spread clearly differently than {against}: look at what is posted, and at the model."


def set_measures(found: Dashboard) -> list[Measure]:
    """What share of posts goes to a person here, and on the sets of the model's card."""
    here = found.spread.held / found.posts if found.posts else 0.0
    sets = sorted(found.card.sets, key=lambda each: each.review_rate)
    return [
        Measure("Here, this time", bar(here, "fill"), percent(here), f"{found.posts:,} posts"),
        *(
            Measure(
                each.name.replace("_", " "),
                bar(each.review_rate, "pale"),
                percent(each.review_rate),
                f"{each.rows:,} texts",
            )
            for each in sets
        ),
    ]


def term_measures(found: Dashboard) -> list[Measure]:
    """The terms that fired most."""
    most = max((each.posts for each in found.terms), default=1)
    return [
        Measure(
            each.term,
            bar(each.posts / most, "fill"),
            f"{each.posts:,}",
            f"{each.before:,} before",
            f"/lexicon/{each.term}",
        )
        for each in found.terms
    ]


def span(length: timedelta) -> str:
    """Say how long something took: "40 minutes", "3.5 hours", "2 days"."""
    minutes = length.total_seconds() / 60
    for unit, size, least in (("day", 1440, 2880), ("hour", 60, 90), ("minute", 1, 1)):
        if minutes >= least:
            amount = (
                f"{minutes / size:.1f}".removesuffix(".0") if minutes < 10 * size else f"{minutes / size:.0f}"
            )
            return f"{amount} {unit}{'' if amount == '1' else 's'}"
    return "less than a minute"


def _bounded(bounds: tuple[timedelta, ...]) -> list[str]:
    """Names of the stretches that bounds cut time into."""
    names = [_short(bound) for bound in bounds]
    between = [f"{one} to {other}" for one, other in pairwise(names)]
    return [f"up to {names[0]}", *between, f"over {names[-1]}"]


def _short(bound: timedelta) -> str:
    minutes = round(bound.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 2880 else f"{minutes // 1440} days"


def _shares(names: list[str], counts: tuple[int, ...]) -> list[Measure]:
    total = sum(counts)
    return [
        Measure(name, bar(count / total if total else 0.0, "fill"), f"{count:,}")
        for name, count in zip(names, counts, strict=True)
    ]


def _parts(counts: tuple[int, ...]) -> list[float]:
    total = sum(counts)
    return [count / total if total else 0.0 for count in counts]


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _unit(period: Period) -> str:
    return "Day" if period.by_day else "Hour (UTC)"


def _times(found: Dashboard) -> list[str]:
    """The slots as a person reads them, in full."""
    return [_day(slot) if found.period.by_day else moment(slot.start) for slot in found.slots]


def _ticks(found: Dashboard) -> list[str]:
    """The slots as they stand under a picture."""
    if found.period.days == 1:
        return [f"{slot.start:%H:%M}" for slot in found.slots]
    return [_day(slot) for slot in found.slots]


def _day(slot: Slot) -> str:
    return f"{slot.start.day} {slot.start:%b}"
