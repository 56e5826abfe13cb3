"""The lexicon: terms of coded language as data, checked, versioned by content, and searched in one pass.

It parses the text of the files under policies/lexicon; reading them is bootstrap's job. It does not decide
whether an ambiguous term fires: that depends on the words around it (`app.core.steps.terms`).
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick, MatchKind

from app.core.errors import LexiconInvalid
from app.core.further_words import FURTHER
from app.core.readings import Readings, readings_of
from app.core.types import Category
from app.core.vocabulary import CRUDE, EVERYDAY, FREQUENT, HELPERS, ORDINARY, PIECES, RISKY

_REQUIRED = frozenset({"id", "category", "forms"})
_OPTIONAL = frozenset({"ambiguous", "note", "source", "since", "cues", "anti_cues"})
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LOOSE_CHARACTERS = str.maketrans({"İ": "i", "’": "'", "\t": " ", "\n": " ", "\r": " ", "\u00a0": " "})
_SHORTEST_TARGET = 4
_SHORTEST_WEAK_TARGET = 3
_SHORTEST_BROKEN = 5
_SHORTEST_BROKEN_FREQUENT = 4
_SEPARATORS = (" ", "-", ".", "_", "/", "·", "*")
_TERM_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*term[ \t]*\]\]", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

MOST_FORMS = 200
MOST_CUES = 200
LONGEST_ID = 60
LONGEST_FORM = 60
"""Characters of a surface, a canonical form or a cue: a text grows by at most so many times."""
LONGEST_NOTE = 500
"""Characters of a note, a source or a since-when."""


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of a term and what a moderator would read aloud instead."""

    surface: str
    canonical: str


@dataclass(frozen=True, slots=True)
class Term:
    """One piece of coded language."""

    id: str
    category: Category
    forms: tuple[Form, ...]
    ambiguous: bool = False
    """Whether it is an ordinary word as well; it then fires only with a cue."""
    cues: tuple[str, ...] = ()
    """Words, phrases or emoji that make an ambiguous term fire."""
    anti_cues: tuple[str, ...] = ()
    """Words, phrases or emoji that keep the term from firing."""
    note: str = ""
    source: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class TermProblem:
    """Why a term cannot be in a lexicon."""

    field: str
    """Name of the field of `Term`."""
    sentence: str
    """Names the value and the next step."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A surface as the search finds it: its term and its canonical form."""

    term: Term
    form: Form


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Checked terms with their search tables. Two lexicons with the same version hold the same terms."""

    terms: tuple[Term, ...] = field(compare=False)
    version: str
    """First 12 hex digits of the sha256 of the terms' content."""
    readings: Readings = field(compare=False, repr=False)
    growth: int = field(compare=False, repr=False)
    """No form is longer than its surface by more than this factor."""
    longest: int = field(compare=False, repr=False)
    """Characters in the longest surface."""
    _entries: dict[str, Entry] = field(compare=False, repr=False)
    _surfaces: AhoCorasick = field(compare=False, repr=False)
    _broken: AhoCorasick = field(compare=False, repr=False)
    _broken_words: tuple[str, ...] = field(compare=False, repr=False)
    _cues: AhoCorasick = field(compare=False, repr=False)
    _cue_words: tuple[str, ...] = field(compare=False, repr=False)

    def entry(self, surface: str) -> Entry | None:
        """The entry with exactly this surface."""
        return self._entries.get(surface)

    def search(self, prepared: str) -> list[tuple[int, int]]:
        """Leftmost-longest occurrences of surfaces, whatever stands beside them."""
        return [(start, end) for _, start, end in self._surfaces.find_matches_as_indexes(prepared)]

    def cues(self, prepared: str) -> list[tuple[str, int, int]]:
        """Every occurrence of a cue or anti-cue of any term, whatever stands beside it; they may overlap."""
        found = self._cues.find_matches_as_indexes(prepared, overlapping=True)
        return [(self._cue_words[index], start, end) for index, start, end in found]

    def broken(self, prepared: str) -> list[tuple[int, int, str]]:
        """Occurrences of risky words broken in two ("sui cide"), each with the whole word."""
        found = self._broken.find_matches_as_indexes(prepared)
        return [(start, end, self._broken_words[index]) for index, start, end in found]


def prepared(text: str) -> str:
    """The text as the search wants it: lower case, plain spaces, no surrogates; of the same length."""
    if text.isascii():
        return text.lower().replace("\n", " ").replace("\t", " ").replace("\r", " ")
    lowered = text.translate(_LOOSE_CHARACTERS).lower()
    return _SURROGATE.sub("\ufffd", lowered)


def parse_lexicon(files: Mapping[str, str]) -> Lexicon:
    """Parse and check TOML texts by file name."""
    return _build(_checked(files))


def parse_terms(files: Mapping[str, str]) -> tuple[Term, ...]:
    """The terms of TOML texts by file name, which may still collide."""
    return tuple(term for _, term in _located(files))


def parse_file(name: str, text: str) -> tuple[Term, ...]:
    """The terms of one TOML text, which hold by themselves and do not collide with each other.

    Raises:
        LexiconInvalid: with the term and its line.
    """
    return _build(_checked({name: text})).terms


def _checked(files: Mapping[str, str]) -> list[tuple[str, Term]]:
    located = _located(files)
    for name, term in located:
        _check_term(f"{name}: term {term.id!r}", problems_of(term))
    return located


def _located(files: Mapping[str, str]) -> list[tuple[str, Term]]:
    return [placed for name in sorted(files) for placed in _parse_file(name, files[name])]


def lexicon_of(terms: Iterable[Term]) -> Lexicon:
    """Build the tables of terms that did not come from files.

    One that grows, and was saved before that was looked at, is let in: it is read as often as texts are read,
    and to refuse it would take all others out of force.
    """
    return _build([("lexicon", term) for term in terms])


def _parse_file(name: str, text: str) -> list[tuple[str, Term]]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconInvalid(f"{name} is not valid TOML: {error}. Correct that line.") from error
    unknown = sorted(document.keys() - {"term"})
    if unknown:
        raise LexiconInvalid(f"{name}: unknown key {unknown[0]!r}. Put every term under [[term]].")
    tables: object = document.get("term", [])
    if not isinstance(tables, list):
        raise LexiconInvalid(f"{name}: 'term' is not a list of tables. Write [[term]] with two brackets.")
    places = _places(name, text, len(tables))
    return [(place, _parse_term(place, table)) for place, table in zip(places, tables, strict=True)]


def _places(name: str, text: str, count: int) -> list[str]:
    """Where each term begins: file and line, or the file alone where terms are written in another way."""
    lines = [text.count("\n", 0, found.start()) + 1 for found in _TERM_HEADER.finditer(text)]
    return [f"{name} line {line}" for line in lines] if len(lines) == count else [name] * count


def _parse_term(name: str, table: object) -> Term:
    if not isinstance(table, dict):
        raise LexiconInvalid(f"{name}: a term is {table!r}. Write it as a [[term]] table.")
    where = f"{name}: term {table.get('id', '(no id)')!r}"
    unknown = sorted(table.keys() - _REQUIRED - _OPTIONAL)
    if unknown:
        allowed = ", ".join(sorted(_REQUIRED | _OPTIONAL))
        raise LexiconInvalid(f"{where} has the unknown key {unknown[0]!r}. Use one of {allowed}.")
    missing = sorted(_REQUIRED - table.keys())
    if missing:
        raise LexiconInvalid(f"{where} has no {missing[0]!r}. Add it.")
    return Term(
        id=_text(where, table, "id"),
        category=_category(where, _text(where, table, "category")),
        forms=_forms(where, table["forms"]),
        ambiguous=_flag(where, table),
        cues=_texts(where, table, "cues"),
        anti_cues=_texts(where, table, "anti_cues"),
        note=_text(where, table, "note"),
        source=_text(where, table, "source"),
        since=_text(where, table, "since"),
    )


def _text(where: str, table: Mapping[str, object], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise LexiconInvalid(f"{where}: {key!r} is {value!r}. Write a text in quotes.")
    return value


def _texts(where: str, table: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise LexiconInvalid(f"{where}: {key!r} is {value!r}. Write a list of texts in quotes.")
    return tuple(prepared(item) for item in value)


def _flag(where: str, table: Mapping[str, object]) -> bool:
    value = table.get("ambiguous", False)
    if not isinstance(value, bool):
        raise LexiconInvalid(f"{where}: 'ambiguous' is {value!r}. Write true or false.")
    return value


def _category(where: str, value: str) -> Category:
    try:
        return Category(value)
    except ValueError as error:
        known = ", ".join(Category)
        raise LexiconInvalid(f"{where} has the unknown category {value!r}. Use one of {known}.") from error


def _forms(where: str, value: object) -> tuple[Form, ...]:
    if not isinstance(value, dict):
        raise LexiconInvalid(f"{where}: 'forms' is {value!r}. Write a [term.forms] table.")
    forms: list[Form] = []
    for surface, canonical in value.items():
        if not isinstance(surface, str) or not isinstance(canonical, str):
            raise LexiconInvalid(f"{where}: the form {surface!r} is {canonical!r}. Write a text in quotes.")
        forms.append(Form(surface=surface, canonical=canonical))
    return tuple(forms)


def _build(located: list[tuple[str, Term]]) -> Lexicon:
    entries: dict[str, Entry] = {}
    seen: dict[str, str] = {}
    for name, term in located:
        _check_term(f"{name}: term {term.id!r}", _problems(term))
        if term.id in seen:
            raise LexiconInvalid(
                f"{name}: term {term.id!r} is already in {seen[term.id]}. Rename one of them."
            )
        seen[term.id] = name
        for form in term.forms:
            other = entries.get(form.surface)
            if other is not None:
                raise LexiconInvalid(
                    f"{name}: term {term.id!r} has the surface {form.surface!r}, which "
                    f"term {other.term.id!r} has too. Keep it in one of them."
                )
            entries[form.surface] = Entry(term=term, form=form)
    return _indexed(tuple(term for _, term in located), entries)


def _check_term(where: str, problems: Iterable[TermProblem]) -> None:
    for problem in problems:
        raise LexiconInvalid(f"{where}: {problem.sentence}")


def problems_of(term: Term) -> tuple[TermProblem, ...]:
    """What is wrong with a term by itself, in the order of its fields."""
    # A canonical form that is too long is named among the others, and would take long to search.
    short = [form for form in term.forms if form.surface.strip() and len(form.canonical) <= LONGEST_FORM]
    return (*_problems(term), *_growing(short))


def _problems(term: Term) -> Iterator[TermProblem]:
    if not _ID.fullmatch(term.id) or len(term.id) > LONGEST_ID:
        yield TermProblem(
            "id",
            f"the id {term.id[: LONGEST_ID + 1]!r} is not kebab-case of at most {LONGEST_ID} characters. "
            "Use small letters, digits and single hyphens.",
        )
    yield from _form_problems(term.forms)
    if term.ambiguous and not term.cues:
        yield TermProblem("cues", "it is ambiguous but has no cues. List words that tell its coded use.")
    for name, cues in (("cues", term.cues), ("anti_cues", term.anti_cues)):
        yield from _cue_problems(name, cues)
    for name, value in (("note", term.note), ("source", term.source), ("since", term.since)):
        if len(value) > LONGEST_NOTE or _CONTROL.search(value):
            yield TermProblem(
                name,
                f"the {name} {value[:20]!r}... has {len(value)} characters. "
                f"Write one line of at most {LONGEST_NOTE}.",
            )


def _form_problems(forms: tuple[Form, ...]) -> Iterator[TermProblem]:
    if not 0 < len(forms) <= MOST_FORMS:
        many = f"{len(forms)} forms, and at most {MOST_FORMS} fit" if forms else "no forms"
        yield TermProblem("forms", f"it has {many}. Write lines of a surface and its plain words.")
    seen: set[str] = set()
    for form in forms:
        surface = form.surface
        if surface != prepared(surface):
            yield TermProblem(
                "forms", f"the surface {surface!r} is not lower case. Write it in small letters."
            )
        if not surface.strip() or surface != surface.strip():
            yield TermProblem("forms", f"the surface {surface!r} is blank or padded. Remove the spaces.")
        if not form.canonical.strip():
            yield TermProblem(
                "forms", f"the surface {surface!r} has no canonical form. Write the plain words."
            )
        for text in (surface, form.canonical):
            if len(text) > LONGEST_FORM or _CONTROL.search(text):
                yield TermProblem(
                    "forms",
                    f"{text[:LONGEST_FORM]!r} is longer than {LONGEST_FORM} characters or holds characters "
                    "that cannot be seen. Write one short line.",
                )
        if surface in seen:
            yield TermProblem("forms", f"the surface {surface!r} is there twice. Keep one of them.")
        seen.add(surface)


def _growing(forms: list[Form]) -> Iterator[TermProblem]:
    """Canonical forms that hold a surface of their term: read again, they would be replaced for ever.

    A surface that is its own canonical form is never replaced.
    """
    surfaces = {form.surface for form in forms if form.surface != form.canonical.lower()}
    if not surfaces:
        return
    search = AhoCorasick(tuple(surfaces))
    for form in forms:
        canonical = prepared(form.canonical)
        for _, start, end in search.find_matches_as_indexes(canonical, overlapping=True):
            if not (canonical[start - 1 : start].isalnum() or canonical[end : end + 1].isalnum()):
                yield TermProblem(
                    "forms",
                    f"the canonical form {form.canonical!r} holds the surface {canonical[start:end]!r}, so "
                    "it would be read again and grow. Write it without, or remove that surface.",
                )
                break


def _cue_problems(name: str, cues: tuple[str, ...]) -> Iterator[TermProblem]:
    if len(cues) > MOST_CUES:
        yield TermProblem(name, f"there are {len(cues)} cues. Keep the {MOST_CUES} that tell most.")
    for cue in cues:
        if not cue.strip() or len(cue) > LONGEST_FORM or _CONTROL.search(cue):
            yield TermProblem(
                name,
                f"the cue {cue[:LONGEST_FORM]!r} is blank, longer than {LONGEST_FORM} characters or holds "
                "characters that cannot be seen. Write a word or a short phrase.",
            )


def _indexed(terms: tuple[Term, ...], entries: dict[str, Entry]) -> Lexicon:
    readings = _readings_over(entries.values())
    surfaces = tuple(entries)
    broken = {form: word for word in RISKY for form in _broken_forms(word) if form not in entries}
    cues = tuple({cue for term in terms for cue in (*term.cues, *term.anti_cues)})
    return Lexicon(
        terms=terms,
        version=version_of(terms),
        readings=readings,
        growth=max((-(-len(e.form.canonical) // len(e.form.surface)) for e in entries.values()), default=1),
        longest=max(map(len, surfaces), default=0),
        _entries=entries,
        _surfaces=AhoCorasick(surfaces, matchkind=MatchKind.LeftmostLongest),
        _broken=AhoCorasick(tuple(broken), matchkind=MatchKind.LeftmostLongest),
        _broken_words=tuple(broken.values()),
        _cues=AhoCorasick(cues, matchkind=MatchKind.Standard),
        _cue_words=cues,
    )


def _readings_over(entries: Collection[Entry]) -> Readings:
    """Folds lead to risky words and coined surfaces; weakly to ordinary words the lexicon names."""
    strong = set(RISKY)
    weak: set[str] = set()
    for entry in entries:
        if _is_target(entry.form.surface):
            (weak if entry.term.ambiguous else strong).add(entry.form.surface)
        canonical = entry.form.canonical.lower()
        if _is_target(canonical, shortest=_SHORTEST_WEAK_TARGET):
            weak.add(canonical)
    return readings_of(strong=strong - HELPERS, weak=weak - HELPERS, coined=_coined(entries))


def _coined(entries: Iterable[Entry]) -> dict[str, str]:
    """Surfaces of one word, with the risky word that an unambiguous one says, or nothing."""
    return {
        entry.form.surface: "" if entry.term.ambiguous or canonical not in RISKY else canonical
        for entry in entries
        if " " not in entry.form.surface
        for canonical in (entry.form.canonical.lower(),)
    }


def _is_target(word: str, *, shortest: int = _SHORTEST_TARGET) -> bool:
    """Shorter surfaces would be met by chance: F. F. S. may be a person."""
    return len(word) >= shortest and word.isascii() and word.isalpha()


def _broken_forms(word: str) -> list[str]:
    """The word in two pieces that are not both words of their own; one letter off a word often hidden."""
    if len(word) < (_SHORTEST_BROKEN_FREQUENT if word in FREQUENT else _SHORTEST_BROKEN):
        return []
    cuts = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    forms = [
        separator.join(cut)
        for cut in cuts
        if not all(piece in PIECES or piece in RISKY or piece in HELPERS for piece in cut)
        for separator in _SEPARATORS
    ]
    if word in FREQUENT and word in CRUDE:
        ends = ((word[0], word[1:], word[1:]), (word[:-1], word[-1], word[:-1]))
        forms += [f"{head} {tail}" for head, tail, rest in ends if not _is_word(rest)]
    return forms


def _is_word(piece: str) -> bool:
    known = (EVERYDAY, FURTHER, ORDINARY, PIECES, RISKY)
    return any(piece in words for words in known)


def version_of(terms: Iterable[Term]) -> str:
    """First 12 hex digits of the sha256 of the terms' content, in whatever order they are."""
    content = json.dumps(
        [_content_of(term) for term in sorted(terms, key=lambda term: term.id)], sort_keys=True
    )
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _content_of(term: Term) -> dict[str, object]:
    """What `dataclasses.asdict` gives, several times faster: a lexicon in service is built anew at a save."""
    values: dict[str, object] = {name: getattr(term, name) for name in Term.__slots__}
    values["forms"] = [{"surface": form.surface, "canonical": form.canonical} for form in term.forms]
    return values
