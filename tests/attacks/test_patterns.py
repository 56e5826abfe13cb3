"""Every regular expression of the service on texts that make bad ones explode, and the whole normalizer."""

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

import app
from app.bootstrap import read_lexicon
from app.core.normalize import normalize
from app.core.prompt import prompt_for
from app.settings import ROOT
from app.web.render import marked

UNITS = (
    *(
        "a",
        " ",
        "\n",
        "0",
        "_",
        "-",
        ".",
        "*",
        "<",
        "|>",
        '"',
        "\\",
        "'",
        "(",
        "[",
        "{",
        "/",
        "%",
        "|",
        "\u200b",
    ),
    *(
        "ab",
        "a ",
        "a.",
        "a-",
        "a*b",
        "a@",
        "f u ",
        "1a",
        "$a",
        "<a ",
        "&#",
        "=a",
        '"a',
        "\\\\",
        "((",
        "[a",
        "aA",
    ),
    *(
        "\u0430a",
        "e\u0301",
        "\U0001f468\u200d",
        "\U0001f3f4\U000e0067",
        "\ud800",
        "k!ll ",
        "@@",
        "://",
        "a:b,",
    ),
)
SHORT, TIMES = 1_000, 8
WORST = TIMES**2 * 0.6
"""What is linear takes 8 times as long for 8 times the text, what is quadratic 64 times."""
NOISE_S = 0.02


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.walk_packages(app.__path__, "app."):
        found = sys.modules.get(module.name) or importlib.import_module(module.name)
        for name, value in vars(found).items():
            for place, each in enumerate(value if isinstance(value, tuple | list) else (value,)):
                if isinstance(each, re.Pattern) and isinstance(each.pattern, str):
                    yield f"{module.name}.{name}.{place}", each


PATTERNS = dict(patterns())
BOUNDED = {
    f"app.core.steps.words.{name}.0"
    for name in ("_MENTION", "_EMAIL", "_HEX", "_HEX_GROUPS", "_DOMAIN", "_PART_NUMBER")
}
"""Asked of at most 2048 characters at a time and never searched for; what that costs is in the last test."""


def cost(work: Callable[[], object]) -> float:
    """Processor time of this thread, the better of two, so that a busy machine does not count."""
    best = float("inf")
    for _ in range(2):
        begun = time.thread_time()
        work()
        best = min(best, time.thread_time() - begun)
    return best


def search_all(pattern: re.Pattern[str], text: str) -> None:
    for _ in pattern.finditer(text):
        pass
    pattern.match(text)
    pattern.fullmatch(text)


def test_the_patterns_of_the_service_are_found() -> None:
    assert len(PATTERNS) >= 30
    assert PATTERNS.keys() > BOUNDED


@pytest.mark.parametrize("name", sorted(PATTERNS.keys() - BOUNDED))
def test_no_pattern_explodes(name: str) -> None:
    for unit in UNITS:
        for end in ("", "\0"):
            short, long = (
                cost(partial(search_all, PATTERNS[name], unit * (size // len(unit)) + end))
                for size in (SHORT, SHORT * TIMES)
            )
            assert long <= short * WORST + NOISE_S, (unit, short, long)


def test_reading_a_post_takes_time_that_grows_as_the_post_does() -> None:
    lexicon = read_lexicon(ROOT / "policies" / "lexicon")

    def read(text: str) -> None:
        found = normalize(text, lexicon=lexicon)
        marked(found)
        # Half a character is refused before a model could see it.
        if "\ud800" not in text:
            prompt_for(found)

    for unit in UNITS:
        short, long = (cost(partial(read, unit * (size // len(unit)))) for size in (SHORT, SHORT * TIMES))
        assert long <= short * WORST + NOISE_S, (unit, short, long)
