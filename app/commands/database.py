"""`plainspeak db`: the database, its audit trail and its copies."""

import json
from dataclasses import asdict

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
