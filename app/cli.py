"""The command line: the other door to the same services."""

import json
import re
import sys
from contextlib import closing
from dataclasses import asdict
from io import TextIOWrapper
from os.path import isfile
from pathlib import Path
from typing import Annotated

import typer

from app import bootstrap
from app.commands.backfill import backfill
from app.commands.database import db
from app.commands.export import export
from app.commands.files import moderate_file
from app.commands.keys import keys
from app.commands.lexicon import lexicon
from app.commands.models import models
from app.commands.perspective import compare_perspective
from app.commands.serve import serve
from app.commands.users import users
from app.commands.webhooks import webhooks
from app.core.errors import PlainspeakError, UnreadableText
from app.core.types import Content
from app.logs import be_quiet
from app.services.bench import run_benchmark
from app.services.demo import POSTS
from app.services.evaluation import evaluate, judge_all, read_labelled
from app.services.files import SUFFIXES
from app.settings import read_settings
from app.terminal import (
    NOTES,
    AsJson,
    finite,
    print_benchmark,
    print_evaluation,
    progress,
)
from app.web.wire import answer_out

app = typer.Typer(
    help="Plainspeak: text moderation on your own machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(db, name="db")
app.add_typer(keys, name="keys")
app.add_typer(lexicon, name="lexicon")
app.add_typer(models, name="models")
app.add_typer(webhooks, name="webhooks")
app.command("serve")(serve)
app.command("backfill")(backfill)
app.command("compare-perspective")(compare_perspective)
app.command("export")(export)
app.add_typer(users, name="users")


def main() -> None:
    """Run a command; a known error is one clear sentence and exit status 1."""
    # Results are UTF-8, as everything else that goes in and out, whatever the terminal would have.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # What goes wrong is said below in one sentence; only a service also keeps a log.
    be_quiet()
    try:
        app()
    except PlainspeakError as error:
        NOTES.print(f"plainspeak: {error}", markup=False)
        sys.exit(1)


@app.command()
def moderate(
    text: Annotated[
        str, typer.Argument(help="The post, or - to read it from standard input, or with --out a file.")
    ],
    *,
    store: Annotated[bool, typer.Option(help="Keep the text with the decision.")] = True,
    out: Annotated[
        Path | None, typer.Option(help="Judge every row of a .csv or .jsonl file and write them here.")
    ] = None,
    column: Annotated[str, typer.Option(help="With --out: the column or field with the text.")] = "text",
) -> None:
    """Judge one post, keep the decision, and print the answer as JSON; or judge a file.

    A file that was broken off goes on where it was, with the same command.
    """
    if out is not None:
        moderate_file(Path(text), out, column=column, store=store)
        return
    # Judged as a post, the name of a file would be safe, whatever is in it. Path.is_file() raises where a
    # post is too long to be a name.
    if text.endswith(SUFFIXES) and isfile(text):  # noqa: PTH113
        raise typer.BadParameter(f"{text!r} is a file. Say with --out where its judged rows go.")
    post = _read_post() if text == "-" else text
    with closing(bootstrap.build(read_settings())) as runtime:
        answer = runtime.moderation.moderate(Content(text=post), store=store)
    typer.echo(answer_out(answer).model_dump_json(indent=2))


def _read_post() -> str:
    """Standard input, without the end of its last line; raises UnreadableText where it is not UTF-8."""
    given = sys.stdin.buffer.read()
    try:
        return re.sub(r"\r?\n\Z", "", given.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # The place is counted without a byte order mark, which the error does not know of.
        place = len(given) - len(error.object) + error.start + 1
        raise UnreadableText(
            f"Standard input is not UTF-8: its byte {place} is 0x{error.object[error.start]:02x}. "
            "Give the post in UTF-8."
        ) from error


@app.command("eval")
def evaluate_file(
    file: Annotated[Path, typer.Argument(help='JSON lines with "text", "harmful" and, if known, "harm".')],
    *,
    as_json: AsJson = False,
) -> None:
    """Measure the model and the policy on a labelled file."""
    settings = read_settings()
    rows = read_labelled(file, max_chars=settings.max_chars)
    judge = bootstrap.build_judge(settings)
    try:
        chunks = judge_all(judge, [row.text for row in rows])
        verdicts = list(progress(chunks, total=len(rows), what=f"Judging {file.name}"))
    finally:
        judge.classifier.close()
    result = evaluate(rows, verdicts, policy=judge.policy)
    if as_json:
        typer.echo(json.dumps(finite(asdict(result)), indent=2))
    else:
        print_evaluation(file.name, result)


@app.command()
def bench(
    *,
    requests: Annotated[int, typer.Option(min=32, help="Requests of each round.")] = 320,
    rounds: Annotated[int, typer.Option(min=1, help="Interleaved rounds.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Measure this machine: requests over HTTP beside the raw llama.cpp loop, in turns, on the same texts."""
    settings = read_settings()
    with bootstrap.open_raw_loop(settings) as raw, bootstrap.start_server(settings) as server:
        result = run_benchmark(
            raw.score,
            host=server.host,
            port=server.port,
            server_rss_mb=server.rss_mb,
            requests=requests,
            rounds=rounds,
        )
    if as_json:
        typer.echo(json.dumps(finite(asdict(result)), indent=2))
    else:
        print_benchmark(result)


@app.command()
def demo() -> None:
    """Fill a fresh database with two weeks of a made-up forum, judged by the model, for the pages to show."""
    settings = read_settings()
    with bootstrap.open_demo(settings) as demonstration:
        count = sum(
            1 for _ in progress(([number] for number in demonstration.fill()), total=POSTS, what="Judging")
        )
    NOTES.print(f"{count} posts judged. `plainspeak serve` with the same database shows them at /review.")


if __name__ == "__main__":
    main()
