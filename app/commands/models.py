"""`plainspeak models`: the models and whether each can be used."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table

from app import bootstrap
from app.services.evaluation import read_labelled
from app.settings import read_settings
from app.terminal import NOTES, RESULTS, AsJson

models = typer.Typer(help="The models.", no_args_is_help=True)


@models.command("list")
def show(*, as_json: AsJson = False) -> None:
    """Show the models in the folder of PLAINSPEAK_MODEL and whether each can be used."""
    settings = read_settings()
    found = bootstrap.list_models(settings)
    if as_json:
        typer.echo(json.dumps([asdict(model) for model in found], indent=2))
        return
    # A name that is cut off is none.
    table = Table("", Column("model", overflow="fold"), "kind", "size", Column("state", overflow="fold"))
    for model in found:
        table.add_row(
            "*" if model.active else "", model.file, model.kind, f"{model.bytes / 1e6:.1f} MB", model.state
        )
    RESULTS.print(table)


@models.command("pull")
def pull(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(bootstrap.known_models())}.")],
) -> None:
    """Download a language model into the folder of PLAINSPEAK_MODEL and make its card."""
    settings = read_settings()
    path, card = bootstrap.pull_model(settings, name, note=lambda said: NOTES.print(said, markup=False))
    NOTES.print(f"{path} is ready, with {card.name}. Use it with PLAINSPEAK_SCORER={path}", markup=False)


@models.command("add")
def add(
    file: Annotated[Path, typer.Argument(help="A GGUF of a language model.")],
    *,
    labelled: Annotated[
        Path | None, typer.Option(help='JSON lines {"text", "harmful", "harm"?} to calibrate on.')
    ] = None,
    licence: Annotated[str, typer.Option(help="Of the weights, for the card.")] = "unknown",
) -> None:
    """Make the card of a language model of your own, calibrated on labelled texts where you have some."""
    settings = read_settings()
    rows = read_labelled(labelled, max_chars=settings.max_chars) if labelled else []
    card = bootstrap.add_model(settings, file, licence=licence, rows=rows)
    NOTES.print(f"Wrote {card}. Use the model with PLAINSPEAK_SCORER={file}", markup=False)
