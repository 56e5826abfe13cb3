"""Parquet, where pyarrow is installed: it comes with the extra `backfill`."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from app.core.errors import DatasetInvalid, SettingsInvalid

EXTRA = "`.venv/bin/pip install --editable '.[backfill]'` installs it"
_NUMBERS = frozenset({"score", "confidence"})


class Columnar:
    """Reads and writes parquet."""

    def __init__(self) -> None:
        """Load the library; raises SettingsInvalid where it is missing."""
        if find_spec("pyarrow") is None:
            raise SettingsInvalid(f"Parquet needs pyarrow, which is not here. {EXTRA}.")
        import pyarrow as pa  # noqa: PLC0415 an extra, and half a second
        import pyarrow.parquet as pq  # noqa: PLC0415

        self._pa: Any = pa
        self._pq: Any = pq

    def row_groups(self, path: Path, text: str, *, ids: str | None) -> list[int]:
        """Rows of each row group.

        Args:
            path: the file.
            text: the column with the texts.
            ids: the column with the ids, if any; no row is without one.

        Raises:
            DatasetInvalid: the file or a column cannot be read, or a row has no id.
        """
        with self._reading(path) as file:
            schema = file.schema_arrow
            for column in (text,) if ids is None else (text, ids):
                if column not in schema.names:
                    raise DatasetInvalid(
                        f"{str(path)!r} has no column {column!r}. It has {', '.join(schema.names)}."
                    )
                if schema.names.count(column) > 1:
                    raise DatasetInvalid(
                        f"Two columns of {str(path)!r} have the name {column!r}. Give each a name of its own."
                    )
            kind = schema.field(text).type
            if not self._pa.types.is_string(kind) and not self._pa.types.is_large_string(kind):
                raise DatasetInvalid(f"{text!r} of {str(path)!r} is {kind}. Give a column of strings.")
            groups = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
            if ids is not None:
                _check_ids(path, file, ids, groups)
            return groups

    def read(
        self, path: Path, columns: Sequence[str], *, group: int, skip: int, rows: int
    ) -> list[list[object]]:
        """Some rows of a row group, column by column."""
        with self._reading(path) as file:
            table = file.read_row_group(group, columns=list(dict.fromkeys(columns))).slice(skip, rows)
            return [table.column(column).to_pylist() for column in columns]

    def write(self, file: BinaryIO, fields: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
        """Write rows as a file."""
        pa = self._pa
        kinds = {name: pa.float64() if name in _NUMBERS else pa.string() for name in fields}
        schema = pa.schema([(name, kinds[name]) for name in fields])
        # Half a character, which Python has and parquet has not, becomes a sign that says so.
        columns = [[_writable(row[name]) for row in rows] for name in fields]
        arrays = [pa.array(values, kinds[name]) for name, values in zip(fields, columns, strict=True)]
        self._pq.write_table(pa.table(arrays, schema=schema), file, compression="zstd")

    def _reading(self, path: Path) -> Any:  # noqa: ANN401 pyarrow has no types
        try:
            return self._pq.ParquetFile(path)
        except (OSError, self._pa.ArrowException) as error:
            raise DatasetInvalid(f"{str(path)!r} cannot be read as parquet ({error}).") from error


def _check_ids(path: Path, file: Any, ids: str, groups: Sequence[int]) -> None:  # noqa: ANN401 no types
    first = 0
    for group, rows in enumerate(groups):
        column = file.read_row_group(group, columns=[ids]).column(ids)
        if column.null_count:
            row = first + column.to_pylist().index(None) + 1
            raise DatasetInvalid(
                f"Row {row} of {str(path)!r} has nothing in {ids!r}. "
                "Name the column with --id-column, or leave it out."
            )
        first += rows


@cache
def open_columnar() -> Columnar:
    """Parquet, loaded once; raises SettingsInvalid where pyarrow is missing."""
    return Columnar()


def _writable(value: object) -> object:
    return value.encode(errors="replace").decode() if isinstance(value, str) else value
