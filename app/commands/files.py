"""`plainspeak moderate FILE --out OUT`: every row of a file."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from app import bootstrap
from app.services.files import Job, check_job, judge_file
from app.settings import read_settings
from app.terminal import NOTES, progress


def moderate_file(source: Path, out: Path, *, column: str, store: bool) -> None:
    """Judge every row of a file, from where an earlier run of it was broken off."""
    settings = read_settings()
    job = Job(source=source, out=out, column=column, store=store, max_chars=settings.max_chars)
    shape = check_job(job)
    with closing(bootstrap.build(settings)) as runtime:
        done = judge_file(runtime.moderation, job, shape, run=bootstrap.new_id())
        before = next(done)
        if before:
            NOTES.print(f"{before} rows of an earlier run are kept.")
        chunks: Iterator[list[None]] = ([None] * rows for rows in done)
        for _ in progress(chunks, total=shape.rows - before, what=f"Judging {source.name}"):
            pass
    NOTES.print(f"{shape.rows} rows written to {out!s}.", markup=False)
