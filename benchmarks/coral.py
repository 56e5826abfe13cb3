"""How long a request as Coral sends it takes, for comments of 1,000 characters.

    python -m benchmarks.coral

Serves the model of the settings in a process of its own over a fresh database, asks one request after the
other over HTTP, each with another comment, and prints JSON. Coral waits 800 ms by default.
"""

import http.client
import json
import random
import statistics
import time
from contextlib import closing

from app import bootstrap
from app.settings import read_settings

REQUESTS, WARM_UP = 200, 10
CHARS = 1000
SENTENCES = (
    "I do not agree with the council about the new road.",
    "The buses were late again this morning and nobody said why.",
    "My grandmother made this soup every winter, with far too much pepper.",
    "You clearly did not read the article before you answered.",
    "We walked along the river until it was dark.",
    "What a stupid idea, and what a waste of money!",
    "Has anybody tried the second volume yet?",
    "The referee must have been asleep in the second half.",
)


def main() -> None:
    """Measure and print."""
    chance = random.Random(7)
    with (
        bootstrap.start_server(read_settings()) as server,
        closing(http.client.HTTPConnection(server.host, server.port, timeout=60)) as connection,
    ):
        for _ in range(WARM_UP):
            _ask(connection, _comment(chance))
        times_ms = sorted(_ask(connection, _comment(chance)) for _ in range(REQUESTS))
    cuts = statistics.quantiles(times_ms, n=100)
    figures = {"p50_ms": cuts[49], "p95_ms": cuts[94], "max_ms": times_ms[-1]}
    rounded = {name: round(value, 1) for name, value in figures.items()}
    print(json.dumps({"requests": REQUESTS, "chars": CHARS, **rounded}))


def _comment(chance: random.Random) -> str:
    """A comment of so many characters, which has not been sent before."""
    words = f"{chance.random():.9f} "
    while len(words) < CHARS:
        words += chance.choice(SENTENCES) + " "
    return words[:CHARS]


def _ask(connection: http.client.HTTPConnection, text: str) -> float:
    """Ask as Coral does (services/perspective/perspective.ts) and give the milliseconds it took."""
    body = {
        "comment": {"text": text},
        "doNotStore": True,
        "requestedAttributes": {"TOXICITY": {}},
        "languages": ["en"],
    }
    started = time.perf_counter()
    connection.request(
        "POST",
        "/v1alpha1/comments:analyze?key=any",
        json.dumps(body),
        {"content-type": "application/json"},
    )
    response = connection.getresponse()
    answer = json.loads(response.read())
    elapsed_ms = (time.perf_counter() - started) * 1000
    if "attributeScores" not in answer:
        raise SystemExit(f"The service answered {response.status}: {answer}")
    return elapsed_ms


if __name__ == "__main__":
    main()
