"""What cannot be judged or kept is refused before any work, with the value and the next step."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from app.core.errors import EmptyText, IdInvalid, InvalidContent, TextTooLong, UnreadableText
from app.core.types import Content

# Half a character, and the one code point that databases refuse in text.
_NO_CHARACTER = re.compile("[\ud800-\udfff\0]")
# An author is erased and exported by an address with the id in it. There, control characters are refused, and
# clients take these names for folders and leave them out.
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_FOLDERS = frozenset({".", ".."})


@contextmanager
def naming_item(place: int, *, count: int) -> Iterator[None]:
    """Say in an error which of several items it is about."""
    try:
        yield
    except InvalidContent as error:
        if count == 1:
            raise
        raise type(error)(f"Item {place} of {count}: {error}") from error


def check_text(text: str, *, max_chars: int) -> None:
    """Refuse what cannot be judged.

    Raises:
        EmptyText, TextTooLong, UnreadableText: with the value and the next step.
    """
    if not text.strip():
        raise EmptyText(f"The text is {text[:20]!r}. Send at least one visible character.")
    if len(text) > max_chars:
        raise TextTooLong(
            f"The text has {len(text)} characters; at most {max_chars} are judged at once. "
            "Send it in parts, or raise PLAINSPEAK_MAX_CHARS."
        )
    check_characters(text, what="The text")


def check_characters(text: str, *, what: str) -> None:
    """Refuse what a database cannot keep; raises UnreadableText."""
    if found := _NO_CHARACTER.search(text):
        raise UnreadableText(
            f"{what} has {found.group()!r} at place {found.start()}, which is no character (a lone surrogate "
            "or a zero byte). Send well-formed Unicode text."
        )


def check_company(content: Content) -> None:
    """Refuse ids and earlier messages that cannot be kept or found, as `check_text` does for the text."""
    _check_id(content.content_id, what="The content_id")
    _check_id(content.author_id, what="The author_id")
    check_characters(content.client_token or "", what="The clientToken")
    for place, message in enumerate(content.context):
        check_characters(message, what=f"Message {place} of the context")


def _check_id(given: str | None, *, what: str) -> None:
    if given is None:
        return
    check_characters(given, what=what)
    if not given:
        raise IdInvalid(f"{what} is ''. Leave it out or send null where there is none.")
    if given in _FOLDERS:
        raise IdInvalid(f"{what} is {given!r}, which no address can end on. Send another.")
    if found := _CONTROL.search(given):
        raise IdInvalid(
            f"{what} has the control character {found.group()!r} at place {found.start()}. Send it without."
        )
