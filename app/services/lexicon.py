"""The use case of checking the lexicon: what collides, what fires on innocent texts, which cues idle.

A finding here is a reason to look at a term, not a verdict on it: a cue that decides nothing on the texts at
hand may decide on others.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.core.errors import DatasetInvalid, LexiconInvalid
from app.core.lexicon import Lexicon, Term, lexicon_of, parse_terms
from app.core.normalize import normalize
from app.core.steps.terms import deciding_cues
from app.services.rows import Lines


@dataclass(frozen=True, slots=True)
class Collision:
    """A surface that more than one term claims."""

    surface: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Firing:
    """A term that fired on a text that should have been left alone."""

    term: str
    surface: str
    text: str


@dataclass(frozen=True, slots=True)
class IdleCues:
    """The cues of a term that decided nothing on any text."""

    term: str
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LexiconReport:
    """What a check found."""

    terms: int
    surfaces: int
    texts: int
    """Benign texts that were read."""
    collisions: tuple[Collision, ...]
    firings: tuple[Firing, ...]
    idle: tuple[IdleCues, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing collides and nothing fires; idle cues do no harm."""
        return not self.collisions and not self.firings


def check_lexicon(
    files: Mapping[str, str], *, benign: Sequence[str], other: Sequence[str] = ()
) -> LexiconReport:
    """Check the TOML texts of a lexicon on benign texts; cues are tried on the other texts as well."""
    terms = parse_terms(files)
    found = collisions(terms)
    lexicon = lexicon_of(_without(terms, {collision.surface for collision in found}))
    return LexiconReport(
        terms=len(terms),
        surfaces=sum(len(term.forms) for term in terms),
        texts=len(benign),
        collisions=found,
        firings=firings(lexicon, benign),
        idle=idle_cues(lexicon, [*benign, *other]),
    )


def collisions(terms: Iterable[Term]) -> tuple[Collision, ...]:
    """Surfaces of more than one term, in alphabetical order."""
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for term in terms:
        for form in term.forms:
            owners[form.surface].append(term.id)
    return tuple(Collision(surface, tuple(ids)) for surface, ids in sorted(owners.items()) if len(ids) > 1)


def firings(lexicon: Lexicon, texts: Iterable[str]) -> tuple[Firing, ...]:
    """Each place where a term fires, in the order of the texts."""
    return tuple(
        Firing(term=edit.term, surface=edit.surface, text=text)
        for text in texts
        for edit in normalize(text, lexicon=lexicon).edits
        if edit.term is not None
    )


def idle_cues(lexicon: Lexicon, texts: Iterable[str]) -> tuple[IdleCues, ...]:
    """Cues and anti-cues that decide on none of the texts, by term."""
    decided = {pair for text in texts for pair in deciding_cues(text, lexicon)}
    by_term = (
        IdleCues(term.id, tuple(cue for cue in term.cues + term.anti_cues if (term.id, cue) not in decided))
        for term in lexicon.terms
    )
    return tuple(idle for idle in by_term if idle.cues)


def _without(terms: Iterable[Term], surfaces: set[str]) -> list[Term]:
    """The terms without the surfaces in dispute, so that the rest can be checked all the same."""
    kept = (
        replace(term, forms=tuple(form for form in term.forms if form.surface not in surfaces))
        for term in terms
    )
    return [term for term in kept if term.forms]


def read_files(folder: Path) -> dict[str, str]:
    """The TOML files of a lexicon folder, by name."""
    if not folder.is_dir():
        raise LexiconInvalid(f"There is no lexicon folder at {str(folder)!r}. Set PLAINSPEAK_LEXICON.")
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            found[path.name] = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise LexiconInvalid(
                f"The terms {str(path)!r} cannot be read ({error}). Save them as UTF-8, where the "
                "service may read them."
            ) from error
    return found


def read_texts(path: Path) -> list[str]:
    """The texts of a file of JSON lines `{"text"}`; other keys are ignored."""
    try:
        with path.open("rb") as file:
            return [
                _text(line, place=f"{path} line {number}")
                for number, line in enumerate(Lines(str(path), file), start=1)
                if line.strip()
            ]
    except OSError as error:
        raise DatasetInvalid(
            f"{str(path)!r} cannot be read ({error.strerror}). Give a readable .jsonl file."
        ) from error


def _text(line: str, *, place: str) -> str:
    try:
        text = json.loads(line)["text"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DatasetInvalid(f'{place} is not a row {{"text": "..."}}. Correct that line.') from error
    if not isinstance(text, str):
        raise DatasetInvalid(f"{place}: 'text' is {text!r}. Write a text in quotes.")
    return text
