"""`plainspeak users`: the people who log in."""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from app import bootstrap
from app.core.errors import PersonInvalid
from app.services.people import OPERATOR, Role
from app.settings import read_settings
from app.terminal import NOTES, RESULTS, AsJson

users = typer.Typer(help="The people who log in.", no_args_is_help=True)


@users.command("add")
def add(
    name: Annotated[str, typer.Argument(help="How they log in; it never changes.")],
    role: Annotated[Role, typer.Option(help="What they may do; each includes those before it.")],
) -> None:
    """Add a person. The password is asked for, or read as one line from standard input."""
    password = _read_password()
    with bootstrap.open_people(read_settings()) as service:
        user = service.add(name, password, role, actor=OPERATOR)
    NOTES.print(f"{user.name} can log in as {role.value}. The pages ask for a login now.", markup=False)


@users.command("list")
def show(*, as_json: AsJson = False) -> None:
    """Show everybody, what they may do, and since when."""
    with bootstrap.open_people(read_settings()) as service:
        found = service.all()
    if as_json:
        rows = [
            {name: value for name, value in asdict(user).items() if name != "password_hash"} for user in found
        ]
        typer.echo(json.dumps(rows, indent=2, default=str))
        return
    table = Table("name", "role", "added", "state")
    for user in found:
        table.add_row(
            user.name,
            user.role.value,
            f"{user.created_at:%Y-%m-%d %H:%M}",
            f"disabled {user.disabled_at:%Y-%m-%d %H:%M}" if user.disabled_at else "can log in",
        )
    RESULTS.print(table)


@users.command("passwd")
def set_password(name: Annotated[str, typer.Argument(help="Whose.")]) -> None:
    """Give a person another password and log them out everywhere."""
    password = _read_password()
    with bootstrap.open_people(read_settings()) as service:
        service.set_password(name, password, actor=OPERATOR)
    NOTES.print(f"{name} has another password.", markup=False)


@users.command("disable")
def disable(name: Annotated[str, typer.Argument(help="Who.")]) -> None:
    """Keep a person out and log them out everywhere; an admin can enable them at /people."""
    with bootstrap.open_people(read_settings()) as service:
        service.disable(name, actor=OPERATOR)
    NOTES.print(f"{name} cannot log in any more.", markup=False)


def _read_password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    try:
        return sys.stdin.buffer.readline().decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        # Neither the password nor the error, which has it too, is repeated.
        raise PersonInvalid("The password on standard input is not UTF-8. Give it in UTF-8.") from None
