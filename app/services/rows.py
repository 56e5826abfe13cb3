"""Rows of CSV and of JSON lines, read one after the other. What is wrong with one is said with its line."""

import csv
import json
import math
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.core.errors import DatasetInvalid

Row = Mapping[str, object]
_NAMES_SHOWN = 10
_VALUE_CHARS = 40
"""Most of a value that a message repeats."""


class Lines:
    """Lines of a file in UTF-8, with or without its mark, and how many bytes were read of it."""

    def __init__(self, name: str, file: Iterable[bytes], *, at: int = 0) -> None:
        """Read a file on, which stands at a byte."""
        self._name = name
        self._file = file
        self.bytes = at

    def __iter__(self) -> Iterator[str]:
        """Give one line after the other; raises DatasetInvalid, which names the line and the byte."""
        number = 0
        for some in self._file:
            # Bytes know three ends of a line, the lone carriage return among them; text knows more, which
            # may stand within a post.
            for line in some.splitlines(keepends=True):
                number += 1
                mark = len(BOM_UTF8) if not self.bytes and line.startswith(BOM_UTF8) else 0
                self.bytes += len(line)
                try:
                    yield line[mark:].decode()
                except UnicodeDecodeError as error:
                    raise DatasetInvalid(
                        f"Line {number} of {self._name!r} is not UTF-8: its byte {mark + error.start + 1} is "
                        f"0x{error.object[error.start]:02x}. Save the file as UTF-8."
                    ) from error


def json_rows(name: str, lines: Iterable[str]) -> Iterator[tuple[int, dict[str, object]]]:
    """The rows of JSON lines, each with its line; raises DatasetInvalid."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _DECODER.decode(line)
        except DatasetInvalid as error:
            raise DatasetInvalid(f"Line {number} of {name!r}: {error}") from error
        except (ValueError, RecursionError) as error:
            raise DatasetInvalid(
                f"Line {number} of {name!r} is not JSON ({error}). Write one object on each line."
            ) from error
        if not isinstance(row, dict):
            raise DatasetInvalid(
                f"Line {number} of {name!r} is {line[:20]!r}. Write one object on each line."
            )
        yield number, row


def csv_rows(
    name: str, lines: Iterable[str], *, header: Sequence[str] | None = None
) -> Iterator[tuple[int, dict[str, object]]]:
    """The rows of CSV, each with the line where it begins; raises DatasetInvalid.

    The first line is the header where none is given.
    """
    rows = _cells(name, lines)
    if header is None:
        header = _header(name, rows)
    for line, cells in rows:
        if len(cells) != len(header):
            raise DatasetInvalid(
                f"Line {line} of {name!r} has {len(cells)} cells and the first line "
                f"{len(header)}. Write a cell for each column, in quotes where it has a comma."
            )
        yield line, dict(zip(header, cells, strict=True))


def csv_header(name: str, lines: Iterable[str]) -> tuple[str, ...]:
    """The names of the columns, for which no more is read; raises DatasetInvalid."""
    return _header(name, _cells(name, lines))


def check_text_in(row: Row, column: str, *, name: str, line: int) -> None:
    """Make sure that a row has a text in a column; raises DatasetInvalid, which says what there is."""
    if isinstance(row.get(column), str):
        return
    there = f"there is {repr(row[column])[:_VALUE_CHARS]}" if column in row else f"there are {shown(row)}"
    raise DatasetInvalid(
        f"Line {line} of {name!r} has no text in {column!r}; {there}. Name the column or field with --column."
    )


def shown(names: Iterable[str]) -> str:
    """Some names as a person reads them.

    >>> shown(["a", "b"])
    "'a', 'b'"
    """
    quoted = [repr(name) for name in names]
    more = len(quoted) - _NAMES_SHOWN
    return ", ".join(quoted[:_NAMES_SHOWN]) + (f" and {more} others" if more > 0 else "")


def _header(name: str, rows: Iterator[tuple[int, list[str]]]) -> tuple[str, ...]:
    _, header = next(rows, (1, []))
    for column in header:
        if header.count(column) > 1:
            raise DatasetInvalid(
                f"Two columns of {name!r} have the name {column!r}. Give each a name of its own."
            )
    return tuple(header)


def _cells(name: str, lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row that has any, with the line where it begins."""
    # A post may be longer than what the csv module takes by itself.
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(lines, strict=True)
    while True:
        first = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # A quote that nothing closes takes in all that follows: where it began is what helps.
            last = "" if reader.line_num <= first else f", read to line {reader.line_num},"
            raise DatasetInvalid(
                f"Line {first} of {name!r}{last} is not CSV ({error}). Put a cell that has a quote, a comma "
                "or a line break in quotes, and write a quote within it twice."
            ) from error
        if cells:
            yield first, cells


def _object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """An object; of a field that is there twice a reader would keep one, and nobody knows which."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise DatasetInvalid(
                f"The field {name[:_VALUE_CHARS]!r} is there more than once in one object. Write it once."
            )
        found[name] = value
    return found


def _number(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise DatasetInvalid(
            f"The number {written[:_VALUE_CHARS]} is too large to be written again. Write it in quotes."
        )
    return number


def _no_number(written: str) -> float:
    raise DatasetInvalid(f"{written} is no number of JSON. Write null, or a word in quotes.")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_number, parse_constant=_no_number)
