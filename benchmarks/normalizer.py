"""Microseconds to normalize a post of 280 characters, plain and disguised. Prints JSON.

Run: python benchmarks/normalizer.py
"""

import json
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.core.lexicon import Lexicon, parse_lexicon  # noqa: E402  The repository need not be installed.
from app.core.normalize import normalize  # noqa: E402

POSTS = {
    "plain": "had such a good time at the lake with everyone this weekend, the water was freezing but we did",
    "signs": "it's 25% off at the well-known shop (see section 4.2), don't miss it: 10-12 a.m. - there at 9!",
    "disguised": "k!ll y0urs3lf d1sgusting b*tch, go un@l!ve, s 3 g g s, killlll, un\u200balive, f**k off",
    "cyrillic": "вчера мы ездили на озеро всей семьёй, вода была холодная, но мы всё равно купались весь",
}
POST_CHARACTERS = 280
REPEATS = 400


def microseconds(text: str, lexicon: Lexicon) -> float:
    """The median time of one call."""
    times = []
    for _ in range(REPEATS):
        started = perf_counter()
        normalize(text, lexicon=lexicon)
        times.append(perf_counter() - started)
    return round(median(times) * 1e6, 1)


def main() -> None:
    """Print the time per kind of post."""
    folder = ROOT / "policies" / "lexicon"
    lexicon = parse_lexicon(
        {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.toml"))}
    )
    posts = {kind: (text + " " + text * 3)[:POST_CHARACTERS] for kind, text in POSTS.items()}
    timed = {kind: microseconds(text, lexicon) for kind, text in posts.items()}
    print(json.dumps({"terms": len(lexicon.terms), "microseconds_per_post": timed}, indent=2))


if __name__ == "__main__":
    main()
