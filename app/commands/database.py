"""`plainspeak db`: the database, its audit trail and its copies."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from app import bootstrap
from app.settings import read_settings
from app.terminal import NOTES, AsJson

db = typer.Typer(help="The database.", no_args_is_help=True)


@db.command()
def upgrade() -> None:
    """Bring the database to this version."""
    bootstrap.upgrade_database(read_settings())
    NOTES.print("The database is up to date.")


@db.command()
def verify(*, as_json: AsJson = False) -> None:
    """Prove that nothing in the audit trail was changed, taken out or cut off; exit status 1 if it was."""
    with bootstrap.open_audit(read_settings()) as service:
        report = service.verify()
    if as_json:
        typer.echo(json.dumps({**asdict(report), "ok": report.ok}, indent=2))
    elif report.broken:
        NOTES.print(f"plainspeak: The audit trail does not hold. {report.broken}", markup=False)
    else:
        typer.echo(f"The audit trail holds: {report.events} events, the last with the hash {report.head}.")
        for note in report.notes:
            NOTES.print(note, markup=False)
    if not report.ok:
        raise typer.Exit(1)


@db.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write the copy. Nothing may be there.")],
) -> None:
    """Copy the database while it is written to, and verify the copy."""
    copied = bootstrap.backups(read_settings()).backup(file)
    NOTES.print(
        f"{copied.path} holds the whole database: {copied.bytes / 1e6:.1f} MB, with {copied.events} events "
        "in its audit trail. Keep a copy of the key too, in another place.",
        markup=False,
    )
    if not copied.is_noted:
        NOTES.print(
            "The audit trail does not tell of this copy: the database is locked, read-only or full.",
            markup=False,
        )
    if copied.broken:
        NOTES.print(
            f"The audit trail does not hold, in the copy as in the database. {copied.broken}", markup=False
        )


@db.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `plainspeak db backup` made.")],
    *,
    discard_newer: Annotated[
        bool, typer.Option("--discard-newer", help="Replace a database that holds more than the copy.")
    ] = False,
) -> None:
    """Put a copy in the place of the database, which must not be in use and is kept aside."""
    restored = bootstrap.backups(read_settings()).restore(file, discard_newer=discard_newer)
    NOTES.print(f"The database is as in {file}: {restored.events} events in its audit trail.", markup=False)
    newer = restored.newer
    if newer.events:
        begun = "What was there before" if newer.is_whole else "As far as can be told, what was there before"
        among = "" if newer.decisions is None else f", {newer.decisions} of them new decisions"
        NOTES.print(
            f"{begun} held {newer.events} events that the copy lacks{among}. "
            "Only the file kept aside has them.",
            markup=False,
        )
    if restored.erased_again:
        NOTES.print(f"Erased since then, and now again: {restored.erased_again} decisions.")
    if restored.aside:
        NOTES.print(
            f"What was there before is at {restored.aside}; remove it when you do not need it any more, for "
            "it also holds what is erased.",
            markup=False,
        )


@db.command()
def scrub() -> None:
    """Rewrite the database file now, so that no trace of what was erased is left in it."""
    if not bootstrap.scrub_database(read_settings()):
        NOTES.print("plainspeak: The file cannot be rewritten. Something reads it, or the disk is full.")
        raise typer.Exit(1)
    NOTES.print("Nothing of what was erased is left in the file.")
