"""What reading a post costs, beside a loop of one regular expression per term. Prints JSON.

Run: python -m benchmarks.normalizer --json. Everything is timed in turns in one process, and the fastest turn
counts, so that a busy machine slows all of it alike.
"""

import argparse
import codecs
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from time import perf_counter

from app.core.lexicon import Form, Lexicon, Term, lexicon_of, prepared
from app.core.normalize import normalize
from benchmarks.material import lexicon_of_repository

POSTS = {
    "plain": "had such a good time at the lake with everyone this weekend, the water was freezing but we did",
    "signs": "it's 25% off at the well-known shop (see section 4.2), don't miss it: 10-12 a.m. - there at 9!",
    "names": "Siobhan and Krzysztof met Anneliese at the Gemeindehaus near Wrocław; Ngozi brought the jollof",
    "disguised": "k!ll y0urs3lf d1sgusting b*tch, go un@l!ve, s 3 g g s, killlll, un\u200balive, f**k off",
    "cyrillic": "вчера мы ездили на озеро всей семьёй, вода была холодная, но мы всё равно купались весь",
}
POST_CHARACTERS = 280
TURNS = 60
HOSTILE = {
    "look-alikes": "kіllуоu ",
    "marks": "k\u0336\u0301\u0302i\u0336l",
    "separators": "k.i-l_l*",
    "letters": "k",
}
HOSTILE_CHARACTERS = (25_000, 100_000)
HOSTILE_TURNS = 2


def fastest(tasks: Mapping[str, Callable[[], object]], *, turns: int) -> dict[str, float]:
    """Seconds of the fastest of some calls of each task, all of them called in turn."""
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(turns):
        for name, task in tasks.items():
            started = perf_counter()
            task()
            best[name] = min(best[name], perf_counter() - started)
    return best


def regex_loop(terms: tuple[Term, ...]) -> Callable[[str], list[re.Match[str]]]:
    """What a filter without an automaton does: one compiled expression per term, one after the other."""
    patterns = [
        re.compile(r"(?<!\w)(?:" + "|".join(re.escape(form.surface) for form in term.forms) + r")(?!\w)")
        for term in terms
    ]

    def search(text: str) -> list[re.Match[str]]:
        ready = prepared(text)
        return [found for pattern in patterns for found in pattern.finditer(ready)]

    return search


def doubled(lexicon: Lexicon) -> Lexicon:
    """The lexicon with as many terms again, whose surfaces are the same ones in ROT13."""
    taken = {form.surface for term in lexicon.terms for form in term.forms}
    more = []
    for term in lexicon.terms:
        forms = []
        for form in term.forms:
            surface = codecs.encode(form.surface, "rot13")
            if surface not in taken:
                taken.add(surface)
                forms.append(Form(surface, form.canonical))
        if forms:
            more.append(replace(term, id=f"{term.id}-again", forms=tuple(forms)))
    return lexicon_of((*lexicon.terms, *more))


def per_post(lexicon: Lexicon, twice: Lexicon) -> dict[str, dict[str, float]]:
    """Microseconds for each kind of post, and the two ratios."""
    loop = regex_loop(lexicon.terms)
    report = {}
    for kind, start in POSTS.items():
        post = (start + " " + start * 3)[:POST_CHARACTERS]
        times = fastest(
            {
                "normalize": partial(normalize, post, lexicon=lexicon),
                "twice": partial(normalize, post, lexicon=twice),
                "loop": partial(loop, post),
            },
            turns=TURNS,
        )
        report[kind] = {
            "microseconds": round(times["normalize"] * 1e6, 1),
            "regex_loop_microseconds": round(times["loop"] * 1e6, 1),
            "times_faster": round(times["loop"] / times["normalize"], 1),
            "twice_the_terms": round(times["twice"] / times["normalize"], 2),
        }
    return report


def hostile(lexicon: Lexicon) -> dict[str, dict[str, float]]:
    """Milliseconds for hostile texts, and how much longer the long one takes for each character."""
    report = {}
    short, long = HOSTILE_CHARACTERS
    for kind, unit in HOSTILE.items():
        tasks = {
            str(size): partial(normalize, (unit * size)[:size], lexicon=lexicon)
            for size in HOSTILE_CHARACTERS
        }
        times = fastest(tasks, turns=HOSTILE_TURNS)
        report[kind] = {
            "milliseconds_100_kb": round(times[str(long)] * 1e3, 1),
            "per_character_against_25_kb": round(times[str(long)] / times[str(short)] * short / long, 2),
        }
    return report


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="on one line")
    options = parser.parse_args()
    started = perf_counter()
    lexicon = lexicon_of_repository()
    parsed = perf_counter() - started
    report = {
        "terms": len(lexicon.terms),
        "parse_seconds": round(parsed, 2),
        "post_characters": POST_CHARACTERS,
        "posts": per_post(lexicon, doubled(lexicon)),
        "hostile": hostile(lexicon),
    }
    print(json.dumps(report, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
