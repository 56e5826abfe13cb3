"""The use case of judging an archive, block by block, on many cores or machines.

A block is a stretch of rows of one file, and its result is one file of its own: `part-000017.parquet`. It is
written beside and renamed when it is whole, so a block that is there is done. Going on is judging the blocks
that are missing, whoever was killed when, and judging one twice writes the same file twice. So every row is
in the results once.

The plan, `backfill.json`, fixes what the blocks are and what judges them. Nothing goes into the database. Who
works the blocks off, and where, is `app.services.fleet`'s business.
"""

import fcntl
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from app.core.errors import DatasetInvalid, EmptyText
from app.core.types import Versions
from app.services.columnar import open_columnar
from app.services.files import fields_of, json_line, refusal_of
from app.services.judge import Judge
from app.services.rows import Lines, check_text_in, csv_header, csv_rows, json_rows
from app.services.vitals import versions_of
from app.services.whole import whole_file

PLAN = "backfill.json"
DONE = "_SUCCESS"
"""Is there once every block is."""
TEXTS_AT_ONCE = 64
"""Texts of one call of the judge."""
FIELDS = (
    "id",
    "label",
    "category",
    "score",
    "confidence",
    "action",
    "normalized_text",
    "error",
    "model",
    "lexicon",
    "policy",
)
"""The columns of a result."""
_JUDGED = ("label", "category", "score", "confidence", "action", "normalized_text")


class Form(StrEnum):
    """How results are written."""

    PARQUET = "parquet"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to judge, and how it is known again."""

    path: str
    bytes: int
    changed_ns: int
    header: tuple[str, ...]
    """Of CSV; empty for others."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of rows of one source."""

    number: int
    source: int
    """Place of its file in the plan."""
    first: int
    """Number of its first row in that file, from 0."""
    rows: int
    start: int
    """Where it begins: a byte of the file, or in parquet the row group."""
    skip: int
    """Rows of the row group before it; 0 elsewhere."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What there is to judge."""

    files: tuple[Path, ...]
    left_out: tuple[str, ...]
    """Names of what else is in the folder and is not judged: files with other endings, and folders."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for."""

    out: Path
    column: str
    """Where the text of a row is."""
    id_column: str | None
    """Where its id is; None for `FILE:ROW`, counted from 0."""
    form: Form
    block_rows: int
    max_chars: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What the blocks are, and what judges them."""

    column: str
    id_column: str | None
    form: Form
    block_rows: int
    max_chars: int
    versions: Versions
    sources: tuple[Source, ...]
    blocks: tuple[Block, ...]

    @property
    def rows(self) -> int:
        """All of them."""
        return sum(block.rows for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a block."""

    block: int
    rows: int
    refused: int
    """Rows that cannot be judged and say why."""


@contextmanager
def opened(order: Order) -> Iterator[None]:
    """Hold the folder of the results for this process alone, and sweep away what was half written.

    Raises:
        DatasetInvalid: it cannot be made, or another process is at it.
    """
    try:
        order.out.mkdir(parents=True, exist_ok=True)
        lock = (order.out / ".lock").open("ab")
    except OSError as error:
        raise DatasetInvalid(
            f"The folder {str(order.out)!r} cannot be written ({error.strerror}). Name another with --out."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DatasetInvalid(
                f"Another process writes to {str(order.out)!r}. Wait for it, or name another with --out."
            ) from error
        for half in order.out.glob(".part-*"):
            half.unlink()
        yield


def plan_of(inputs: Sequence[Path], order: Order, *, versions: Versions) -> Plan:
    """Read the plan that is kept in the folder, or make one, for which CSV and JSON lines are read through.

    Raises:
        DatasetInvalid: a file cannot be read or a row has no text, and the message names it; or the folder
            was begun from other files, with other options, or by another model, lexicon or policy.
    """
    kept = order.out / PLAN
    if kept.exists():
        plan = _read_plan(kept)
        _check_same(plan, inputs, order, versions)
        return plan
    sources: list[Source] = []
    blocks: list[Block] = []
    for path in inputs:
        header, found = _READERS[_suffix_of(path)].cut(path, order)
        for first, rows, start, skip in found:
            blocks.append(Block(len(blocks), len(sources), first, rows, start, skip))
        sources.append(_source_of(path, header=header))
    if not blocks:
        raise DatasetInvalid(f"There is no row in {[str(path) for path in inputs]}. Give files with rows.")
    plan = Plan(
        column=order.column,
        id_column=order.id_column,
        form=order.form,
        block_rows=order.block_rows,
        max_chars=order.max_chars,
        versions=versions,
        sources=tuple(sources),
        blocks=tuple(blocks),
    )
    with whole_file(kept) as file:
        file.write(json.dumps(asdict(plan)).encode())
    return plan


def inputs_of(source: Path) -> Inputs:
    """The file, or the files of a folder in the order of their names; raises DatasetInvalid."""
    if not source.is_dir():
        _suffix_of(source)
        return Inputs((source,), left_out=())
    there = sorted(source.iterdir())
    found = tuple(path for path in there if path.suffix.lower() in _READERS and path.is_file())
    if not found:
        raise DatasetInvalid(f"{str(source)!r} has no file that ends in {', '.join(SUFFIXES)}.")
    return Inputs(found, left_out=tuple(path.name for path in there if path not in found))


def missing(plan: Plan, out: Path) -> list[Block]:
    """The blocks that are not done."""
    there = {path.name for path in out.glob("part-*")}
    return [block for block in plan.blocks if _name_of(block, plan.form) not in there]


def finish(plan: Plan, out: Path) -> None:
    """Say that everything is there; raises DatasetInvalid where it is not."""
    gone = missing(plan, out)
    if gone:
        raise DatasetInvalid(f"{len(gone)} blocks are not done. Start the same command again.")
    (out / DONE).touch()


class BlockJudge:
    """Judges blocks, one after the other, with one judge that is loaded once. Lives in a worker."""

    def __init__(self, load: Callable[[], Judge], plan: Plan, out: Path) -> None:
        """Load the judge.

        Raises:
            ModelError: it cannot be used.
            DatasetInvalid: it is not the one of the plan, as where a machine has another checkout.
        """
        self._judge = load()
        self._plan = plan
        self._out = out
        check_versions(versions_of(self._judge), plan.versions)

    def judge(self, block: Block) -> Finished:
        """Judge a block and write its result, whole or not at all.

        Raises:
            DatasetInvalid: its file cannot be read any more.
        """
        source = self._plan.sources[block.source]
        rows = _READERS[_suffix_of(Path(source.path))].read(self._plan, block)
        results = [result for some in _chunks(rows) for result in self._results(block, some)]
        if len(results) != block.rows:
            raise DatasetInvalid(
                f"{source.path!r} has {len(results)} rows where there were {block.rows}. It has changed: "
                "start anew in another folder."
            )
        with whole_file(self._out / _name_of(block, self._plan.form)) as file:
            self._write(file, results)
        return Finished(block.number, len(results), sum(row["error"] is not None for row in results))

    def close(self) -> None:
        """Let go of the model."""
        self._judge.classifier.close()

    def _results(self, block: Block, rows: Sequence[tuple[int, object, object]]) -> list[dict[str, object]]:
        refusals = [
            refusal_of(text, max_chars=self._plan.max_chars) if isinstance(text, str) else EmptyText.code
            for _, _, text in rows
        ]
        good = [str(text) for (_, _, text), error in zip(rows, refusals, strict=True) if not error]
        judged = iter(self._judge.judge(good))
        name = Path(self._plan.sources[block.source].path).name
        results = []
        for (place, own_id, _), error in zip(rows, refusals, strict=True):
            found: Mapping[str, object] = dict.fromkeys(_JUDGED)
            if not error:
                judgement = next(judged)
                found = fields_of(judgement.verdict, plain=judgement.text.plain)
            results.append(
                {
                    "id": f"{name}:{place}" if self._plan.id_column is None else str(own_id),
                    **found,
                    "error": error or None,
                    **asdict(self._plan.versions),
                }
            )
        return results

    def _write(self, file: BinaryIO, results: Sequence[Mapping[str, object]]) -> None:
        if self._plan.form is Form.PARQUET:
            open_columnar().write(file, FIELDS, results)
        else:
            file.writelines(json_line(row).encode() for row in results)


def check_versions(found: Versions, planned: Versions) -> None:
    """Refuse to mix what two models, lexicons or policies say."""
    if found != planned:
        raise DatasetInvalid(
            f"The results were begun by {asdict(planned)} and this is {asdict(found)}. "
            "Use the same everywhere, or start anew in another folder."
        )


Cut = tuple[int, int, int, int]
"""First row, rows, start and skip of a block."""


class _Text:
    """CSV and JSON lines: cut where a row begins."""

    def __init__(self, *, is_csv: bool) -> None:
        self._is_csv = is_csv

    def cut(self, path: Path, order: Order) -> tuple[tuple[str, ...], list[Cut]]:
        """The header and the blocks of a file, each row of which is looked at; raises DatasetInvalid."""
        found: list[Cut] = []
        header, start = self._header(path)
        with _reading(path) as file:
            lines = Lines(str(path), file)
            # With its own header, so that what is wrong is said with the number of its line.
            rows = self._rows(str(path), lines, None)
            first = 0
            while many := _count(path, order, islice(rows, order.block_rows)):
                found.append((first, many, start, 0))
                first, start = first + many, lines.bytes
        return header, found

    def read(self, plan: Plan, block: Block) -> Iterator[tuple[int, object, object]]:
        """The rows of a block: place, id and text."""
        source = plan.sources[block.source]
        with _reading(Path(source.path)) as file:
            file.seek(block.start)
            rows = self._rows(source.path, Lines(source.path, file, at=block.start), source.header)
            for place, (_, row) in enumerate(islice(rows, block.rows), start=block.first):
                yield place, row.get(plan.id_column or ""), row.get(plan.column)

    def _header(self, path: Path) -> tuple[tuple[str, ...], int]:
        """The header, and where it ends."""
        with _reading(path) as file:
            lines = Lines(str(path), file)
            header = csv_header(str(path), lines) if self._is_csv else ()
        return header, lines.bytes

    def _rows(
        self, name: str, lines: Iterable[str], header: Sequence[str] | None
    ) -> Iterator[tuple[int, dict[str, object]]]:
        return csv_rows(name, lines, header=header) if self._is_csv else json_rows(name, lines)


class _Parquet:
    """Parquet: cut within row groups, which are read whole."""

    def cut(self, path: Path, order: Order) -> tuple[tuple[str, ...], list[Cut]]:
        """The blocks of a file, from what it says of itself; raises DatasetInvalid."""
        found: list[Cut] = []
        first = 0
        for group, rows in enumerate(open_columnar().row_groups(path, order.column, ids=order.id_column)):
            for skip in range(0, rows, order.block_rows):
                many = min(order.block_rows, rows - skip)
                found.append((first + skip, many, group, skip))
            first += rows
        return (), found

    def read(self, plan: Plan, block: Block) -> Iterator[tuple[int, object, object]]:
        """The rows of a block: place, id and text."""
        path = Path(plan.sources[block.source].path)
        columns = [plan.column, plan.id_column or plan.column]
        texts, ids = open_columnar().read(path, columns, group=block.start, skip=block.skip, rows=block.rows)
        yield from zip(range(block.first, block.first + len(texts)), ids, texts, strict=True)


_READERS: Mapping[str, _Text | _Parquet] = {
    ".csv": _Text(is_csv=True),
    ".jsonl": _Text(is_csv=False),
    ".parquet": _Parquet(),
}
SUFFIXES = tuple(_READERS)


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise DatasetInvalid(
            f"{str(path)!r} cannot be read ({error.strerror}). Give a file that can be."
        ) from error


def _count(path: Path, order: Order, rows: Iterable[tuple[int, Mapping[str, object]]]) -> int:
    """Count rows, each of which has a text and an id; raises DatasetInvalid."""
    count = 0
    for line, row in rows:
        count += 1
        check_text_in(row, order.column, name=str(path), line=line)
        if order.id_column is not None and row.get(order.id_column) is None:
            raise DatasetInvalid(
                f"Line {line} of {str(path)!r} has nothing in {order.id_column!r}. "
                "Name the column or field with --id-column, or leave it out."
            )
    return count


def _chunks(rows: Iterable[tuple[int, object, object]]) -> Iterator[list[tuple[int, object, object]]]:
    feed = iter(rows)
    while some := list(islice(feed, TEXTS_AT_ONCE)):
        yield some


def _suffix_of(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise DatasetInvalid(
            f"The input is {str(path)!r}. Give a file that ends in {', '.join(SUFFIXES)}, or a folder."
        )
    return suffix


def _source_of(path: Path, *, header: tuple[str, ...]) -> Source:
    stat = path.stat()
    return Source(str(path.resolve()), stat.st_size, stat.st_mtime_ns, header)


def _check_same(plan: Plan, inputs: Sequence[Path], order: Order, versions: Versions) -> None:
    """Refuse to go on with anything but what was begun."""
    check_versions(versions, plan.versions)
    sources = tuple(
        _source_of(path, header=kept.header) for path, kept in zip(inputs, plan.sources, strict=False)
    )
    same = sources == plan.sources and len(inputs) == len(plan.sources)
    options = ("column", "id_column", "form", "block_rows", "max_chars")
    changed = [name for name in options if getattr(plan, name) != getattr(order, name)]
    if changed or not same:
        raise DatasetInvalid(
            f"{str(order.out)!r} was begun from other files or with other options "
            f"({', '.join(changed) or 'files'}). Give the same again, or name another folder with --out."
        )


def _read_plan(path: Path) -> Plan:
    try:
        kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        sources = tuple(
            Source(each["path"], each["bytes"], each["changed_ns"], tuple(each["header"]))
            for each in kept["sources"]
        )
        kept |= {
            "form": Form(kept["form"]),
            "versions": Versions(**kept["versions"]),
            "sources": sources,
            "blocks": tuple(Block(**each) for each in kept["blocks"]),
        }
        return Plan(**kept)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DatasetInvalid(
            f"{str(path)!r} cannot be read ({error!r}). Start anew in another folder."
        ) from error


def _name_of(block: Block, form: Form) -> str:
    return f"part-{block.number:06}.{form.value}"
