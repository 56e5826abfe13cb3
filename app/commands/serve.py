"""`plainspeak serve`: the service over HTTP."""

import errno
import gc
import os
import secrets
import signal
import socket
import sys
from contextlib import ExitStack, suppress

import uvicorn

from app import bootstrap
from app.core.errors import SettingsInvalid
from app.logs import log_to_stderr
from app.settings import Settings, read_settings
from app.terminal import NOTES
from app.web.connections import make_room, patient_protocol
from app.web.main import create_app

_SWITCH_S = 0.001
"""How long one thread of the service may compute while others wait for their turn; Python's own 5 ms, several
times on the way of a request, are as long as the model takes."""


def serve() -> None:
    """Serve HTTP on PLAINSPEAK_HOST and PLAINSPEAK_PORT."""
    settings = read_settings()
    _check_keys(settings)
    log_to_stderr(settings.log_level)
    sys.setswitchinterval(_SWITCH_S)
    # The server drains on SIGTERM and then raises it again: a stop that was asked for is a success.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # What the port says is known before the model is loaded. Who connects meanwhile is refused and need not
    # wait: it is listened on when the server runs.
    sockets = _bind(settings.host, settings.port)
    runtime = bootstrap.build(settings)
    setup = secrets.token_urlsafe(32) if settings.demands_keys and not runtime.people.any() else None
    web = create_app(runtime, setup=setup)
    # What is loaded by now stays; the collector need not walk the lexicon and the modules again and again.
    gc.collect()
    gc.freeze()
    address = address_of(settings.host, sockets[0].getsockname()[1])
    NOTES.print(f"Plainspeak on {address}  (pages at /review, API at /docs)")
    if setup is not None:
        NOTES.print(
            f"Nobody can log in yet. This link makes the first admin, once: {address}/setup?token={setup}",
            markup=False,
            soft_wrap=True,
        )
    server = uvicorn.Server(
        uvicorn.Config(
            web,
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
        server.run(sockets=sockets)
    if not server.started:
        sys.exit(1)


def address_of(host: str, port: int) -> str:
    """What a browser is given, which wants an IPv6 address in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _bind(host: str, port: int) -> list[socket.socket]:
    """Take a port on every address of a host.

    Raises:
        SettingsInvalid: the port is taken, or the host is none of this machine.
    """
    try:
        return _bound(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SettingsInvalid(
                f"The port {port} of {host!r} is taken by another process. Stop that one, or set "
                "PLAINSPEAK_PORT to another port."
            ) from error
        raise SettingsInvalid(
            f"Nothing can be served on the port {port} of {host!r} ({error.strerror}). Set PLAINSPEAK_HOST "
            "to an address of this machine, and PLAINSPEAK_PORT to a port that this user may have."
        ) from error


def _bound(host: str, port: int) -> list[socket.socket]:
    """A socket for each address; raises OSError where one cannot be had."""
    found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    sockets: list[socket.socket] = []
    with ExitStack() as undo:
        for family, _, _, _, address in dict.fromkeys(found):
            try:
                taken = undo.enter_context(socket.socket(family))
            except OSError:
                # A machine without IPv6 may still have a name for its loopback there.
                continue
            # A port that was served on a moment ago is free, though the system still remembers it.
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                taken.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            taken.bind(address)
            sockets.append(taken)
        undo.pop_all()
    if not sockets:
        raise OSError(errno.EAFNOSUPPORT, os.strerror(errno.EAFNOSUPPORT))
    return sockets


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
