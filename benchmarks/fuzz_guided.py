"""Texts and bodies that atheris makes up, led by the branches they reach: `python -m benchmarks.fuzz_guided`.

Everything behind the options is libFuzzer's: `python -m benchmarks.fuzz_guided -max_total_time=600`. Atheris
has wheels for Linux alone and is no dependency: `pip install atheris` first. It stops at the first exception
that nobody expected and writes what led there into a file; otherwise it runs for the time it was given.

Three readers are fed the same bytes: the normalizer, whose edits must replay to the plain text; the bodies of
every route, which must be read or refused by pydantic; and a line of NDJSON.
"""

import json
import sys

import atheris

with atheris.instrument_imports(include=["app"]):
    from pydantic import BaseModel, ValidationError

    from app.bootstrap import read_lexicon
    from app.core.markup import without_markup
    from app.core.normalize import normalize
    from app.core.prompt import prompt_for
    from app.core.search import words_in
    from app.core.sentences import sentences
    from app.settings import ROOT
    from app.web.lines import _post_of
    from app.web.nesting import is_too_deep
    from app.web.openai import ModerationsIn
    from app.web.people import safe_next
    from app.web.perspective import AnalyzeIn, SuggestionIn
    from app.web.render import marked
    from app.web.wire import BatchIn, ModerateIn, NewAppealIn

MOST_CHARS = 2_000
BODIES: tuple[type[BaseModel], ...] = (
    ModerateIn,
    BatchIn,
    NewAppealIn,
    ModerationsIn,
    AnalyzeIn,
    SuggestionIn,
)
LEXICON = read_lexicon(ROOT / "policies" / "lexicon")


def read_text(text: str) -> None:
    """Everything that reads a post."""
    found = normalize(text, lexicon=LEXICON)
    shown = marked(found)
    if "".join(fragment.text for fragment in shown.plain) != found.plain:
        raise AssertionError(text)
    prompt_for(found)
    sentences(text)
    words_in(text)
    without_markup(text)
    safe_next(text)


def read_body(body: bytes) -> None:
    """Everything that reads a body."""
    _post_of(body)
    if is_too_deep(body):
        return
    try:
        value = json.loads(body)
    except ValueError:
        return
    for each in BODIES:
        try:
            each.model_validate(value)
        except ValidationError:
            continue


def one(data: bytes) -> None:
    """Give the readers what was made up."""
    read_body(data)
    # Half characters are refused before anything reads them.
    read_text(data.decode("utf-8", errors="replace")[:MOST_CHARS])


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
