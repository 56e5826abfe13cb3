"""The command line: the other door to the same services."""

import gc
import json
import secrets
import signal
import sys
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from app import bootstrap
from app.commands.backfill import backfill
from app.commands.database import db
from app.commands.export import export
from app.commands.files import moderate_file
from app.commands.keys import keys
from app.commands.lexicon import lexicon
from app.commands.models import models
from app.commands.perspective import compare_perspective
from app.commands.users import users
from app.commands.webhooks import webhooks
from app.core.errors import PlainspeakError, SettingsInvalid
from app.core.types import Content
from app.logs import be_quiet, log_to_stderr
from app.services.bench import run_benchmark
from app.services.demo import POSTS
from app.services.evaluation import evaluate, judge_all, read_labelled
from app.settings import Settings, read_settings
from app.terminal import (
    NOTES,
    AsJson,
    finite,
    print_benchmark,
    print_evaluation,
    progress,
)
from app.web.connections import make_room, patient_protocol
from app.web.main import create_app
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
app.command("backfill")(backfill)
app.command("compare-perspective")(compare_perspective)
app.command("export")(export)
app.add_typer(users, name="users")


_SWITCH_S = 0.001
"""How long one thread of the service may compute while others wait for their turn; Python's own 5 ms, several
times on the way of a request, are as long as the model takes."""


def main() -> None:
    """Run a command; a known error is one clear sentence and exit status 1."""
    # What goes wrong is said below in one sentence; only a service also keeps a log.
    be_quiet()
    try:
        app()
    except PlainspeakError as error:
        NOTES.print(f"plainspeak: {error}", markup=False)
        sys.exit(1)


@app.command()
def serve() -> None:
    """Serve HTTP on PLAINSPEAK_HOST and PLAINSPEAK_PORT."""
    settings = read_settings()
    _check_keys(settings)
    log_to_stderr(settings.log_level)
    sys.setswitchinterval(_SWITCH_S)
    # The server drains on SIGTERM and then raises it again: a stop that was asked for is a success.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    runtime = bootstrap.build(settings)
    setup = secrets.token_urlsafe(32) if settings.demands_keys and not runtime.people.any() else None
    web = create_app(runtime, setup=setup)
    # What is loaded by now stays; the collector need not walk the lexicon and the modules again and again.
    gc.collect()
    gc.freeze()
    NOTES.print(f"Plainspeak on http://{settings.host}:{settings.port}  (pages at /review, API at /docs)")
    if setup is not None:
        NOTES.print(
            "Nobody can log in yet. This link makes the first admin, once: "
            f"http://{settings.host}:{settings.port}/setup?token={setup}",
            markup=False,
            soft_wrap=True,
        )
    server = uvicorn.Server(
        uvicorn.Config(
            web,
            host=settings.host,
            port=settings.port,
            log_config=None,
            http=patient_protocol(make_room(settings.max_connections)),
            # No route speaks it.
            ws="none",
            access_log=False,
            server_header=False,
            proxy_headers=False,
        )
    )
    # The server waits for open streams before it stops, so they must hear of it.
    web.state.stopping = lambda: server.should_exit
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(1)


def _check_keys(settings: Settings) -> None:
    """Refuse to serve where keys are asked for and nobody could have one."""
    if not settings.demands_keys:
        return
    with bootstrap.open_keys(settings) as service:
        if service.any_usable():
            return
    why = (
        "PLAINSPEAK_REQUIRE_KEYS is set"
        if settings.is_loopback
        else f"PLAINSPEAK_HOST is {settings.host!r}, which other machines can reach"
    )
    raise SettingsInvalid(
        f"{why}, and there is no API key in use. Make one with "
        "`plainspeak keys create --name NAME --scope moderate`, or serve on 127.0.0.1 without keys."
    )


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
    # What is not UTF-8 becomes half characters, which the service refuses with a clear sentence.
    piped = sys.stdin.buffer.read().decode("utf-8", errors="surrogateescape") if text == "-" else ""
    post = piped.removesuffix("\n") if text == "-" else text
    with closing(bootstrap.build(read_settings())) as runtime:
        answer = runtime.moderation.moderate(Content(text=post), store=store)
    typer.echo(answer_out(answer).model_dump_json(indent=2))


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
