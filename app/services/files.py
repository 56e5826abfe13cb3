"""The use case of judging a whole file, row by row, so that it can be killed at any time and goes on.

Beside the result OUT there are two files until it is whole: OUT.part, with what is done, and OUT.run.json,
which says how far that is. Rows are judged in groups. A group is kept in the database under a key of its own,
then written to OUT.part, then noted in OUT.run.json. Whatever was half written when the process was killed is
cut off, and the group is asked for again under its key, which gives the decisions it got. So every row is
judged once.
"""

import csv
import fcntl
import hashlib
import io
import json
import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from app.core.errors import DatasetInvalid, InvalidContent
from app.core.types import Content, Verdict
from app.services.checks import check_text
from app.services.moderation import Answer, ModerationService, Origin
from app.services.rows import Lines, Row, check_text_in, csv_header, csv_rows, json_rows

GROUP_ROWS = 64
"""Rows that are judged and kept together; they must not change between a kill and going on."""
SUFFIXES = (".csv", ".jsonl")
FIELDS = ("decision", "label", "category", "score", "confidence", "action", "normalized_text", "error")
"""What a row gets: in CSV as columns `plainspeak_...`, in JSON lines as the object `plainspeak`."""
PREFIX = "plainspeak"
OWN_COLUMNS = tuple(f"{PREFIX}_{name}" for name in FIELDS)
_PLACES = 4


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a file once it was read through."""

    sha256: str
    rows: int
    columns: tuple[str, ...]
    """Of CSV, in order; empty for JSON lines."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. What is beyond it in OUT.part is half written."""

    run: str
    source: str
    """Hash of the file that is judged, and of how."""
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Job:
    """One file to judge."""

    source: Path
    out: Path
    column: str
    """Where the text of a row is."""
    store: bool
    max_chars: int

    @property
    def part(self) -> Path:
        """Where the result grows."""
        return self.out.with_name(self.out.name + ".part")

    @property
    def state(self) -> Path:
        """Where it is noted how far it is."""
        return self.out.with_name(self.out.name + ".run.json")


def check_job(job: Job) -> Shape:
    """Read the file through once, before anything is judged.

    Raises:
        DatasetInvalid: it cannot be read, a row has no text, or the result cannot be written; the message
            names the line.
    """
    if job.source.suffix not in SUFFIXES or job.out.suffix != job.source.suffix:
        raise DatasetInvalid(
            f"The file is {str(job.source)!r} and the result {str(job.out)!r}. "
            "Both must end in .csv, or both in .jsonl."
        )
    if job.out.exists():
        raise DatasetInvalid(f"The result {str(job.out)!r} is there already. Name another with --out.")
    count = 0
    for line, row in read_rows(job):
        count += 1
        check_text_in(row, job.column, name=str(job.source), line=line)
        if PREFIX in row and job.source.suffix == ".jsonl":
            raise DatasetInvalid(
                f"Line {line} of {str(job.source)!r} has a field {PREFIX!r}, which the result has too. "
                "Give yours another name."
            )
    if not count:
        raise DatasetInvalid(f"{str(job.source)!r} has no rows. Give a file with one text in each row.")
    how = f"{job.column}\n{job.store}\n{job.max_chars}\n".encode()
    with job.source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
    return Shape(hashlib.sha256(how + digest).hexdigest(), count, _columns(job))


def judge_file(
    moderation: ModerationService, job: Job, shape: Shape, *, run: str
) -> Generator[int, None, None]:
    """Judge a file to its end, from where an earlier run of it was broken off.

    Args:
        moderation: judges and keeps.
        job: what to judge.
        shape: what `check_job` said of it.
        run: names this run, where it is a new one.

    Yields:
        How many rows are done, the first time those of an earlier run, and then those of each group.

    Raises:
        DatasetInvalid: an earlier run was of another file, another process is at it, or the result cannot be
            written, as on a full disk; what is done stays done.
        PlainspeakError: as `moderate_many`; what is done stays done.
    """
    with _locked(job), _written_to(job):
        progress = _resumed(job, shape) or _begun(job, shape, run=run)
        yield progress.rows
        with job.part.open("r+b") as part:
            part.truncate(progress.bytes)
            part.seek(progress.bytes)
            rows = (row for _, row in islice(read_rows(job), progress.rows, None))
            while group := list(islice(rows, GROUP_ROWS)):
                part.write(_written(job, shape, group, _judged(moderation, job, group, progress)))
                part.flush()
                os.fsync(part.fileno())
                progress = Progress(progress.run, progress.source, progress.rows + len(group), part.tell())
                _note(job, progress)
                yield len(group)
        job.part.replace(job.out)
        job.state.unlink()


def read_rows(job: Job) -> Iterator[tuple[int, dict[str, object]]]:
    """Read the rows of a file, each with its line, one after the other; raises DatasetInvalid."""
    rows = csv_rows if job.source.suffix == ".csv" else json_rows
    try:
        with job.source.open("rb") as file:
            yield from rows(str(job.source), Lines(str(job.source), file))
    except OSError as error:
        raise DatasetInvalid(
            f"{str(job.source)!r} cannot be read ({error.strerror}). Give a file that can be."
        ) from error


def _columns(job: Job) -> tuple[str, ...]:
    if job.source.suffix != ".csv":
        return ()
    with job.source.open("rb") as file:
        columns = csv_header(str(job.source), Lines(str(job.source), file))
    for column in columns:
        if column in OWN_COLUMNS:
            raise DatasetInvalid(
                f"{str(job.source)!r} has a column {column!r}, which the result has too. "
                "Give yours another name."
            )
    return columns


def _judged(
    moderation: ModerationService, job: Job, group: Sequence[Row], progress: Progress
) -> list[dict[str, object]]:
    """What each row of a group gets. What cannot be judged gets its reason, and the others go on."""
    texts = [str(row[job.column]) for row in group]
    refused = [refusal_of(text, max_chars=job.max_chars) for text in texts]
    good = [text for text, error in zip(texts, refused, strict=True) if not error]
    origin = Origin(key=f"{progress.run}/{progress.rows}", asked=json.dumps(good).encode())
    answers = iter(
        moderation.moderate_many([(Content(text=text), job.store) for text in good], origin=origin)
        if good
        else ()
    )
    return [_fields(None, error=error) if error else _fields(next(answers)) for error in refused]


def refusal_of(text: str, *, max_chars: int) -> str:
    """Why a text cannot be judged; "" where it can."""
    try:
        check_text(text, max_chars=max_chars)
    except InvalidContent as error:
        return error.code
    return ""


def _fields(answer: Answer | None, *, error: str = "") -> dict[str, object]:
    if answer is None:
        return {**dict.fromkeys(FIELDS), "error": error}
    found = fields_of(answer.decision.verdict, plain=answer.text.plain)
    return {"decision": answer.decision.id, **found, "error": None}


def fields_of(verdict: Verdict, *, plain: str) -> dict[str, object]:
    """What a row says of a verdict."""
    return {
        "label": verdict.label.value,
        "category": verdict.category.value if verdict.category else None,
        "score": round(verdict.score, _PLACES),
        "confidence": round(verdict.confidence, _PLACES),
        "action": verdict.action.value,
        "normalized_text": plain,
    }


def _written(job: Job, shape: Shape, group: Sequence[Row], fields: Sequence[Row]) -> bytes:
    """The rows of a group with what they got, as they are written."""
    out = io.StringIO()
    if job.source.suffix == ".csv":
        csv.writer(out).writerows(
            [*(row[name] for name in shape.columns), *("" if each is None else each for each in got.values())]
            for row, got in zip(group, fields, strict=True)
        )
    else:
        for row, got in zip(group, fields, strict=True):
            out.write(json_line({**row, PREFIX: got}))
    return out.getvalue().encode()


def json_line(row: Row) -> str:
    """A row as a line of JSON."""
    line = json.dumps(row, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        # Half a character, which JSON can write and UTF-8 cannot: it stays as it came.
        line = json.dumps(row)
    return line + "\n"


@contextmanager
def _locked(job: Job) -> Iterator[None]:
    """Hold the result for this process alone."""
    with _opened(job.part) as part:
        try:
            fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DatasetInvalid(
                f"Another process writes {str(job.part)!r}. Wait for it, or name another result with --out."
            ) from error
        yield


@contextmanager
def _written_to(job: Job) -> Iterator[None]:
    """Say in words why the result cannot grow."""
    try:
        yield
    except OSError as error:
        raise DatasetInvalid(
            f"{str(job.part)!r} cannot be written ({error.strerror}). Free some space, then start the same "
            "command again: it goes on from here."
        ) from error


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("ab")
    except OSError as error:
        raise DatasetInvalid(f"{str(path)!r} cannot be written ({error.strerror}). Name another.") from error


def _resumed(job: Job, shape: Shape) -> Progress | None:
    """Where an earlier run was broken off; None where there was none."""
    try:
        kept = _progress_of(json.loads(job.state.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise DatasetInvalid(
            f"{str(job.state)!r} cannot be read ({error}). Remove it and {str(job.part)!r} to begin anew."
        ) from error
    # A note that was left behind by a result which is whole, or which was moved away.
    if job.part.stat().st_size < kept.bytes:
        return None
    if kept.source != shape.sha256:
        raise DatasetInvalid(
            f"{str(job.part)!r} was begun from another file, or with other options. "
            f"Remove it and {str(job.state)!r} to begin anew."
        )
    return kept


def _progress_of(raw: dict[str, Any]) -> Progress:
    """What a note says; raises ValueError or TypeError where somebody else wrote it."""
    kept = Progress(**raw)
    for name in ("rows", "bytes"):
        if not isinstance(raw[name], int) or raw[name] < 0:
            raise ValueError(f"{name} is {raw[name]!r}")
    return kept


def _begun(job: Job, shape: Shape, *, run: str) -> Progress:
    """Begin a run: the head of the result, and a note of it."""
    head = io.StringIO()
    if shape.columns:
        csv.writer(head).writerow([*shape.columns, *OWN_COLUMNS])
    written = head.getvalue().encode()
    with job.part.open("r+b") as part:
        part.write(written)
        part.flush()
        os.fsync(part.fileno())
    progress = Progress(run=run, source=shape.sha256, rows=0, bytes=len(written))
    _note(job, progress)
    return progress


def _note(job: Job, progress: Progress) -> None:
    """Note how far a run is: whole, or as it was."""
    fresh = job.state.with_name(job.state.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(progress), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(job.state)
