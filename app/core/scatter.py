"""Scatter plots as SVG: written by hand, for a few squares with dots need no library."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_SIDE, _MARGIN, _TITLE, _COLUMNS = 220, 44, 22, 3
_ARM = 6
_PANEL_W, _PANEL_H = _SIDE + _MARGIN + 16, _SIDE + _MARGIN + _TITLE + 8
_STYLE = (
    "text{font:11px sans-serif;fill:#333}.title{font-weight:bold}.dot{fill:#1f5fa8;fill-opacity:.35}"
    ".axis{fill:none;stroke:#888}.even{stroke:#bbb;stroke-dasharray:3 3}.mark{stroke:#c0392b;stroke-width:2}"
)


@dataclass(frozen=True, slots=True)
class Panel:
    """One square: points with both coordinates in [0, 1]."""

    title: str
    across: Sequence[float]
    up: Sequence[float]
    marks: Sequence[tuple[float, float]] = ()
    """Points to mark with a cross, as across and up."""


def scatter_svg(panels: Sequence[Panel], *, across: str, up: str) -> str:
    """Draw panels side by side, each with the names of its axes, the diagonal and its marks."""
    rows = -(-len(panels) // _COLUMNS)
    width, height = min(len(panels), _COLUMNS) * _PANEL_W, rows * _PANEL_H
    drawn = "".join(
        f'<g transform="translate({place % _COLUMNS * _PANEL_W} {place // _COLUMNS * _PANEL_H})">'
        f"{_panel(panel, across=across, up=up)}</g>"
        for place, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><style>{_STYLE}</style>'
        f'<rect width="100%" height="100%" fill="#fff"/>{drawn}</svg>\n'
    )


def _panel(panel: Panel, *, across: str, up: str) -> str:
    left, top, bottom = _MARGIN, _TITLE, _TITLE + _SIDE
    dots = "".join(
        f'<circle class="dot" r="2" cx="{left + x * _SIDE:.1f}" cy="{bottom - y * _SIDE:.1f}"/>'
        for x, y in zip(panel.across, panel.up, strict=True)
    )
    crosses = "".join(
        f'<path class="mark" d="M{left + x * _SIDE - _ARM:.1f} {bottom - y * _SIDE:.1f}h{2 * _ARM}'
        f'm-{_ARM} -{_ARM}v{2 * _ARM}"/>'
        for x, y in panel.marks
    )
    ticks = "".join(
        f'<text x="{left + tick * _SIDE:.0f}" y="{bottom + 14}" text-anchor="middle">{tick:g}</text>'
        f'<text x="{left - 5}" y="{bottom - tick * _SIDE + 4:.0f}" text-anchor="end">{tick:g}</text>'
        for tick in (0, 0.5, 1)
    )
    return (
        f'<text class="title" x="{left}" y="{top - 7}">{escape(panel.title)}</text>'
        f'<line class="even" x1="{left}" y1="{bottom}" x2="{left + _SIDE}" y2="{top}"/>'
        f'<rect class="axis" x="{left}" y="{top}" width="{_SIDE}" height="{_SIDE}"/>{dots}{crosses}{ticks}'
        f'<text x="{left + _SIDE / 2:.0f}" y="{bottom + 30}" text-anchor="middle">{escape(across)}</text>'
        f'<text transform="translate(12 {top + _SIDE / 2:.0f}) rotate(-90)" text-anchor="middle">'
        f"{escape(up)}</text>"
    )
