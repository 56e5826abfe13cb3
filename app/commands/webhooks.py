"""`plainspeak webhooks`: where apps are told what becomes of posts."""

import json
from typing import Annotated

import typer
from rich.table import Column, Table
from rich.text import Text

from app import bootstrap
from app.services.webhooks import DeliveryState, EventKind, ListedEndpoint
from app.settings import read_settings
from app.terminal import NOTES, RESULTS, AsJson

webhooks = typer.Typer(help="The webhooks.", no_args_is_help=True)


@webhooks.command("add")
def add(
    url: Annotated[str, typer.Argument(help="Where events are sent, like https://forum.example/hooks.")],
    *,
    key: Annotated[
        str | None, typer.Option(help="Id of an API key: tell only of posts that came with it.")
    ] = None,
    event: Annotated[
        list[EventKind] | None,
        typer.Option(help="What to tell, once or more often; all when left out."),
    ] = None,
) -> None:
    """Add an endpoint and print its secret. It is shown this once."""
    with bootstrap.open_webhooks(read_settings()) as service:
        endpoint, secret = service.add(url, key_id=key, kinds=event or list(EventKind))
    NOTES.print(
        f"The endpoint {endpoint.id} is told from now on. Its secret, which is not shown again:", markup=False
    )
    typer.echo(secret)


@webhooks.command("list")
def show(*, as_json: AsJson = False) -> None:
    """Show every endpoint and how its deliveries stand."""
    with bootstrap.open_webhooks(read_settings()) as service:
        found = service.all()
    if as_json:
        typer.echo(json.dumps([_row(each) for each in found], indent=2))
        return
    # An address that is cut off is none.
    whole = (Column(name, overflow="fold") for name in ("endpoint", "address", "key", "events"))
    table = Table(*whole, *(state.value for state in DeliveryState))
    for each in found:
        endpoint = each.endpoint
        key = endpoint.key_id or "all"
        table.add_row(
            endpoint.id,
            Text(endpoint.url),
            f"{key} (revoked)" if each.key_revoked else key,
            "\n".join(endpoint.kinds),
            *(str(each.counts.get(state, 0)) for state in DeliveryState),
        )
    RESULTS.print(table)


@webhooks.command("remove")
def remove(
    endpoint: Annotated[str, typer.Argument(help="Its id, as `plainspeak webhooks list` shows it.")],
) -> None:
    """Remove an endpoint and everything that was to be sent to it."""
    with bootstrap.open_webhooks(read_settings()) as service:
        service.remove(endpoint)
    NOTES.print(f"The endpoint {endpoint} is removed.", markup=False)


@webhooks.command("replay")
def replay(
    deliveries: Annotated[
        list[int] | None, typer.Argument(help="Numbers of deliveries, as the page /webhooks shows them.")
    ] = None,
    *,
    failed: Annotated[bool, typer.Option(help="Everything that was given up.")] = False,
) -> None:
    """Send deliveries once more, under the same ids."""
    if not deliveries and not failed:
        raise typer.BadParameter("Name the numbers of deliveries, or give --failed.")
    with bootstrap.open_webhooks(read_settings()) as service:
        for number in deliveries or ():
            service.replay(number)
        count = len(deliveries or ()) + (service.replay_failed() if failed else 0)
    NOTES.print(f"{count} deliveries wait to be sent by `plainspeak serve`.")


def _row(each: ListedEndpoint) -> dict[str, object]:
    endpoint = each.endpoint
    return {
        "id": endpoint.id,
        "url": endpoint.url,
        "key": endpoint.key_id,
        "key_revoked": each.key_revoked,
        "events": [kind.value for kind in endpoint.kinds],
        "created_at": endpoint.created_at.isoformat(),
        "deliveries": {state.value: each.counts.get(state, 0) for state in DeliveryState},
    }
