"""`plainspeak keys`: the API keys."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from app import bootstrap
from app.services.keys import Scope
from app.settings import read_settings
from app.terminal import NOTES, RESULTS, AsJson

keys = typer.Typer(help="The API keys.", no_args_is_help=True)


NAME_MAX_CHARS = 100


def _check_name(name: str) -> str:
    """Take a name that a table and a log can show."""
    if name.strip() and name.isprintable() and len(name) <= NAME_MAX_CHARS:
        return name
    raise typer.BadParameter(
        f"The name is {name[:NAME_MAX_CHARS]!r}, {len(name)} characters. "
        f"Give 1 to {NAME_MAX_CHARS} printable characters."
    )


@keys.command("create")
def create(
    name: Annotated[str, typer.Option(help="Whom or what it is for.", callback=_check_name)],
    scope: Annotated[Scope, typer.Option(help="What it may do; each includes those before it.")],
) -> None:
    """Make a key and print it. It is shown this once; what is kept is a hash of it."""
    with bootstrap.open_keys(read_settings()) as service:
        key, whole = service.create(name, scope)
    NOTES.print(f"The key {key.id} may {scope.value}. Keep it now: it is not shown again.", markup=False)
    typer.echo(whole)


@keys.command("list")
def show(*, as_json: AsJson = False) -> None:
    """Show every key by its id, what it may do and when it was last used."""
    with bootstrap.open_keys(read_settings()) as service:
        found = service.all()
    if as_json:
        rows = [{name: value for name, value in asdict(key).items() if name != "hash"} for key in found]
        typer.echo(json.dumps(rows, indent=2, default=str))
        return
    table = Table("key", "name", "scope", "made", "last used", "state")
    for key in found:
        table.add_row(
            key.id,
            Text(key.name),
            key.scope.value,
            f"{key.created_at:%Y-%m-%d %H:%M}",
            f"{key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never",
            f"revoked {key.revoked_at:%Y-%m-%d %H:%M}" if key.revoked_at else "in use",
        )
    RESULTS.print(table)


@keys.command("revoke")
def revoke(
    key: Annotated[str, typer.Argument(help="Its id, as `plainspeak keys list` shows it.")],
) -> None:
    """End the use of a key for good; running services refuse it within two seconds."""
    with bootstrap.open_keys(read_settings()) as service:
        service.revoke(key)
    NOTES.print(f"The key {key} is revoked.", markup=False)
