"""The text of an HTML fragment, as a reader sees it."""

from html.parser import HTMLParser

_INLINE = frozenset(
    ("a", "abbr", "b", "code", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u")
)
_UNSEEN = frozenset(("script", "style", "template"))


def without_markup(text: str) -> str:
    """The words between the tags, with runs of space as one. Comments, scripts and styles are not words.

    >>> without_markup("k<b>i</b>ll<!-- x --> &amp; run<br>away")
    'kill & run away'
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return " ".join("".join(reader.parts).split())


class _Reader(HTMLParser):
    """Collects what is seen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 HTMLParser's
        """A tag parts words, unless it only changes how they look."""
        self._hidden += tag in _UNSEEN
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """The end of a block parts words too."""
        self._hidden = max(0, self._hidden - (tag in _UNSEEN))
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if not self._hidden:
            self.parts.append(data)
