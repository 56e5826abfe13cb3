"""Figures as pictures: SVG with classes for its colours, and neither script nor style of its own.

Marks alone are drawn, in a box that stretches with the page; what is read as text stands beside it in HTML,
so that it keeps its size on a phone. svg.py writes what it is given as it is, so nothing from outside is ever
drawn: numbers, times and words of ours only.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

import svg
from markupsafe import Markup

WIDTH, HEIGHT = 1000, 240
_ROUND = 2
_GAP = 0.14
"""The part of a bar's place that is left free beside it."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a colour or a line of a picture stands for."""

    kind: str
    """Name of its class."""
    name: str


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a picture."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with what stands around it."""

    drawing: Markup
    across: tuple[str, ...]
    """Words under the picture, spread from its left to its right end."""
    up: tuple[str, ...]
    """Words beside it, from its lower to its upper end."""
    keys: tuple[Key, ...]
    table: Table


def drawn(elements: Iterable[svg.Element], *, width: float = WIDTH, height: float = HEIGHT) -> Markup:
    """Put marks into a box that stretches; the page says in words what they show."""
    return Markup(  # noqa: S704  numbers and words of ours
        svg.SVG(
            viewBox=svg.ViewBoxSpec(0, 0, width, height),
            preserveAspectRatio=svg.PreserveAspectRatio("none"),
            extra={"aria-hidden": "true"},
            elements=list(elements),
        ).as_str()
    )


def ceiling(most: float) -> float:
    """A round number that is not below one, for the upper end of a scale.

    >>> ceiling(0), ceiling(7), ceiling(34), ceiling(1234)
    (1, 8, 40, 2000)
    """
    if most <= 1:
        return 1
    power = int(10 ** math.floor(math.log10(most)))
    return next(step * power for step in (1, 2, 4, 5, 8, 10) if step * power >= most)


def grid(lines: int = 2) -> list[svg.Element]:
    """Lines across the picture, besides its ground."""
    return [_line(0, HEIGHT * place / lines, WIDTH, HEIGHT * place / lines, "rule") for place in range(lines)]


def stacked(columns: Sequence[Sequence[float]], kinds: Sequence[str], *, top: float) -> list[svg.Element]:
    """Bars of one part upon the other: one path for each kind, so that a page of them stays small."""
    paths: list[list[svg.PathData]] = [[] for _ in kinds]
    step = WIDTH / max(1, len(columns))
    for place, column in enumerate(columns):
        foot = 0.0
        for path, value in zip(paths, column, strict=True):
            if value:
                path.extend(_box(place * step, foot / top, step, value / top))
            foot += value
    return [svg.Path(class_=[kind], d=path) for kind, path in zip(kinds, paths, strict=True) if path]


def hints(titles: Sequence[str]) -> list[svg.Element]:
    """Unseen columns over the picture that say their numbers when a mouse rests on them."""
    step = WIDTH / max(1, len(titles))
    return [
        svg.Rect(
            class_=["hint"],
            x=_near(place * step),
            y=0,
            width=_near(step),
            height=HEIGHT,
            elements=[svg.Title(text=escape(title))],
        )
        for place, title in enumerate(titles)
    ]


def curve(values: Sequence[float], kind: str, *, top: float) -> list[svg.Element]:
    """A line through values, each held for the length of its place, over its own ground."""
    step = WIDTH / max(1, len(values))
    line: list[svg.PathData] = []
    for place, value in enumerate(values):
        y = _near(HEIGHT * (1 - value / top))
        line += [svg.M(0, y) if place == 0 else svg.V(y), svg.H(_near((place + 1) * step))]
    ground = [*line, svg.V(HEIGHT), svg.H(0), svg.Z()]
    return [
        svg.Path(class_=[kind, "ground"], d=ground),
        svg.Path(class_=[kind, "stroke"], d=line, vector_effect="non-scaling-stroke"),
    ]


def dots(points: Sequence[tuple[float, float]], kind: str) -> list[svg.Element]:
    """A line through points of the unit square with a dot on each, round however the picture stretches."""
    places = [(_near(WIDTH * x), _near(HEIGHT * (1 - y))) for x, y in points]
    line: list[svg.PathData] = [svg.L(x, y) if at else svg.M(x, y) for at, (x, y) in enumerate(places)]
    marks: list[svg.PathData] = [part for x, y in places for part in (svg.M(x, y), svg.h(0))]
    return [
        svg.Path(class_=[kind, "stroke"], d=line, vector_effect="non-scaling-stroke"),
        svg.Path(class_=[kind, "dot"], d=marks, vector_effect="non-scaling-stroke"),
    ]


def diagonal() -> svg.Element:
    """Where two shares are equal."""
    return _line(0, HEIGHT, WIDTH, 0, "even")


def upright(place: float, kind: str) -> svg.Element:
    """A line at a place in [0, 1] of the width."""
    return _line(WIDTH * place, 0, WIDTH * place, HEIGHT, kind)


def bar(share: float, kind: str) -> Markup:
    """One lying bar, from the left."""
    width = _near(100 * min(1.0, max(0.0, share)))
    return drawn(
        [
            svg.Rect(class_=["track"], x=0, y=0, width=100, height=10),
            svg.Rect(class_=[kind], x=0, y=0, width=width, height=10),
        ],
        width=100,
        height=10,
    )


def spaced(items: Sequence[str], count: int) -> tuple[str, ...]:
    """At most `count` of some words, evenly chosen, the first and the last among them."""
    if len(items) <= count:
        return tuple(items)
    return tuple(items[round(place * (len(items) - 1) / (count - 1))] for place in range(count))


def scale(top: float, say: Callable[[float], str]) -> tuple[str, ...]:
    """The words beside a picture: nothing, half and all."""
    return (say(0), say(top / 2), say(top))


def _box(x: float, foot: float, width: float, tall: float) -> list[svg.PathData]:
    free = width * _GAP
    return [
        svg.M(_near(x + free / 2), _near(HEIGHT * (1 - foot))),
        svg.h(_near(width - free)),
        svg.v(-_near(HEIGHT * tall)),
        svg.h(-_near(width - free)),
        svg.Z(),
    ]


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> svg.Element:
    return svg.Line(
        class_=[kind],
        x1=_near(x1),
        y1=_near(y1),
        x2=_near(x2),
        y2=_near(y2),
        vector_effect="non-scaling-stroke",
    )


def _near(value: float) -> float:
    return round(value, _ROUND)
