"""`plainspeak lexicon`: the terms, checked, and the words that may become terms."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from app import bootstrap
from app.services.lexicon import LexiconReport, check_lexicon, read_files, read_texts
from app.settings import ROOT, read_settings
from app.terminal import RESULTS, AsJson, print_discovery
from app.web.wire import discovery_out

CORPUS = ROOT / "tests" / "corpus"

lexicon = typer.Typer(help="The lexicon.", no_args_is_help=True)


@lexicon.command("check")
def check(
    benign: Annotated[Path, typer.Argument(help='JSON lines with "text" that no term may fire on.')] = CORPUS
    / "benign.jsonl",
    *,
    as_json: AsJson = False,
) -> None:
    """Find surfaces of two terms, terms that fire on benign texts, and cues that decide nothing."""
    evasions = [CORPUS / "evasion.jsonl", CORPUS / "in_the_wild.jsonl"]
    report = check_lexicon(
        read_files(read_settings().lexicon),
        benign=read_texts(benign),
        other=[text for file in evasions if file.exists() for text in read_texts(file)],
    )
    if as_json:
        typer.echo(json.dumps(asdict(report), indent=2, ensure_ascii=False))
    else:
        _print_report(report)
    if not report.ok:
        raise typer.Exit(1)


@lexicon.command("discover")
def discover(
    *,
    days: Annotated[int, typer.Option(min=1, max=3650, help="How many days back to look.")] = 30,
    as_json: AsJson = False,
) -> None:
    """Find words that harmful or overridden posts say more than others, and that are on the rise."""
    with bootstrap.open_discovery(read_settings()) as discovery:
        found = discovery.discover(days=days)
    if as_json:
        typer.echo(discovery_out(found).model_dump_json(indent=2))
    else:
        print_discovery(found)


def _print_report(report: LexiconReport) -> None:
    table = Table("finding", "term", "what")
    for collision in report.collisions:
        table.add_row("collision", ", ".join(collision.terms), Text(collision.surface))
    for firing in report.firings:
        table.add_row("fires", firing.term, Text(f"{firing.surface}: {firing.text}"))
    for idle in report.idle:
        table.add_row("idle cues", idle.term, Text(", ".join(idle.cues)))
    RESULTS.print(table)
    RESULTS.print(
        f"{report.terms} terms with {report.surfaces} surfaces on {report.texts} benign texts: "
        f"{len(report.collisions)} collisions, {len(report.firings)} firings, "
        f"{sum(len(idle.cues) for idle in report.idle)} idle cues"
    )
