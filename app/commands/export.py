"""`plainspeak export`: everything taken out again, as JSON lines."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from app import bootstrap
from app.core.errors import DatasetInvalid
from app.core.lessons import LessonKind
from app.services.whole import whole_file
from app.settings import read_settings
from app.terminal import NOTES
from app.web.wire import export_out, lesson_out


class Purpose(StrEnum):
    """What an export is for."""

    TRAINING = "training"


def export(
    out: Annotated[
        Path | None,
        typer.Argument(help="File to write, standard output when left out; a folder with --for training."),
    ] = None,
    *,
    purpose: Annotated[
        Purpose | None, typer.Option("--for", help="Write only what a model learns from rulings.")
    ] = None,
) -> None:
    """Write every decision with its rulings as JSON lines, oldest first."""
    if purpose is Purpose.TRAINING:
        if out is None:
            raise typer.BadParameter("Name a folder to write the rows to.")
        _export_lessons(out)
        return
    count = 0
    # What cannot be opened or loaded is found before anything is written.
    with closing(bootstrap.build(read_settings())) as runtime, _written(out) as file:
        for row in runtime.export.decisions():
            file.write(export_out(row).model_dump_json().encode() + b"\n")
            count += 1
    NOTES.print(f"{count} decisions written.")


def _export_lessons(folder: Path) -> None:
    """A file for each kind of lesson, as training.prepare reads them; an older export is written over."""
    counts: Counter[LessonKind] = Counter()
    with ExitStack() as stack:
        runtime = stack.enter_context(closing(bootstrap.build(read_settings())))
        files = {
            kind: stack.enter_context(_written(folder / f"moderators_{kind}.jsonl")) for kind in LessonKind
        }
        for lesson in runtime.export.lessons():
            files[lesson.kind].write(lesson_out(lesson).model_dump_json().encode() + b"\n")
            counts[lesson.kind] += 1
    NOTES.print(", ".join(f"{counts[kind]} {kind}" for kind in LessonKind) + ": rows written.")


@contextmanager
def _written(path: Path | None) -> Iterator[BinaryIO]:
    """A file to write, or standard output; raises DatasetInvalid where it cannot be written."""
    # A stream of its own: what Python's cannot write, it tries again at its end, with a traceback.
    out = os.fdopen(sys.stdout.fileno(), "wb", closefd=False) if path is None else whole_file(path)
    try:
        with out as file:
            yield file
    except BrokenPipeError:
        # Who read it has seen enough.
        raise
    except OSError as error:
        name = "Standard output" if path is None else repr(str(path))
        raise DatasetInvalid(
            f"{name} cannot be written ({error.strerror}). Free some space, or name another place."
        ) from error
