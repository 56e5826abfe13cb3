"""`plainspeak backfill INPUT --out FOLDER`: every row of an archive, on every core or on a cluster."""

import os
import time
from pathlib import Path
from typing import Annotated

import typer

from app import bootstrap
from app.services.backfill import SUFFIXES, Form, Order, finish, inputs_of, missing, opened, plan_of
from app.services.fleet import check_installed, work_off
from app.services.rows import shown
from app.settings import read_settings
from app.terminal import NOTES, progress

BLOCK_ROWS = 2000


def backfill(
    source: Annotated[
        Path, typer.Argument(help="A .parquet, .csv or .jsonl file, or a folder of them.", metavar="INPUT")
    ],
    *,
    out: Annotated[Path, typer.Option(help="Folder for the results, one file for each block.")],
    column: Annotated[str, typer.Option(help="The column or field with the text.")] = "text",
    id_column: Annotated[
        str | None, typer.Option(help="The column or field with the id; FILE:ROW when left out.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How results are written.")] = Form.PARQUET,
    block_rows: Annotated[
        int, typer.Option(min=1, help="Rows of a block: what a kill costs each actor at most.")
    ] = BLOCK_ROWS,
    actors: Annotated[
        int, typer.Option(min=0, help="How many judge at a time. 0 takes one for each core.")
    ] = 0,
    address: Annotated[
        str | None, typer.Option(help="A Ray cluster, as ray://HOST:10001. This machine when left out.")
    ] = None,
) -> None:
    """Judge an archive of posts, with one model in each of many processes. Nothing goes into the database.

    What was broken off goes on where it was, with the same command.
    """
    check_installed()
    settings = read_settings()
    load, threads = bootstrap.backfill_judge(settings), settings.threads or 1
    inputs = inputs_of(source)
    if inputs.left_out:
        NOTES.print(
            f"Not judged: {shown(inputs.left_out)}. Only files right in {source!s} are, that end in "
            f"{', '.join(SUFFIXES)}.",
            markup=False,
        )
    order = Order(
        out=out.resolve(),
        column=column,
        id_column=id_column,
        form=form,
        block_rows=block_rows,
        max_chars=settings.max_chars,
    )
    with opened(order):
        plan = plan_of(inputs.files, order, versions=bootstrap.versions_of_judge(load))
        left = missing(plan, order.out)
        if len(left) < len(plan.blocks):
            NOTES.print(f"{len(plan.blocks) - len(left)} of {len(plan.blocks)} blocks are done already.")
        started, rows, refused = time.monotonic(), 0, 0
        if left:
            many = min(actors or max(1, (os.cpu_count() or 1) // threads), len(left))
            done = work_off(left, plan, order.out, load=load, actors=many, threads=threads, address=address)
            for block in progress(([each] for each in done), total=len(left), what="Judging blocks"):
                rows, refused = rows + block.rows, refused + block.refused
        finish(plan, order.out)
    seconds = time.monotonic() - started
    NOTES.print(
        f"{plan.rows} rows in {out!s}. This run judged {rows} in {seconds:.1f} s; {refused} of them could "
        "not be judged and say why.",
        markup=False,
    )
