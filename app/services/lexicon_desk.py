"""The use cases of a moderator at the lexicon: look, try a change out, save it, export, import.

A change is checked against the lexicon in force, written only when no other came in between, and in use in
this process when the call returns; other processes follow by themselves (`app.services.live_lexicon`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.core.errors import LexiconInvalid, NotFound, TermConflict
from app.core.lexicon import Lexicon, Term, TermProblem, lexicon_of, parse_file, problems_of, version_of
from app.core.normalize import normalize
from app.core.revisions import Amendment, Change, Revision, TermState, in_force, revise, states_of
from app.core.termfile import written
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.services.judge import Judge
from app.services.lexicon import Firing, firings
from app.services.live_lexicon import LiveLexicon
from app.services.trial import TRIAL_POSTS, Trial, run_trial

_ATTEMPTS = 5
_SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class TermView:
    """A term with everything that was done to it."""

    state: TermState
    history: tuple[Revision, ...]
    """The first revision first."""
    original: Term | None
    """As it comes with Plainspeak, where it does."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What speaks against a change."""

    problems: tuple[TermProblem, ...]
    """With one of these it cannot be saved."""
    warnings: tuple[str, ...]
    """Sentences to think about before saving."""
    firings: tuple[Firing, ...]
    """Places in innocent texts that would be read differently."""

    @property
    def doubts(self) -> bool:
        """Whether there is something to think about."""
        return bool(self.warnings or self.firings)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What bringing in a file would do."""

    amendments: tuple[Amendment, ...]
    same: int
    """Terms of the file that are in force just so."""

    def count(self, change: Change) -> int:
        """How many terms it would add, edit, retire or restore."""
        return Counter(amendment.change for amendment in self.amendments)[change]


class LexiconDesk:
    """Orders the steps of looking after the lexicon."""

    def __init__(
        self,
        live: LiveLexicon,
        ledger: Ledger,
        queries: Queries,
        *,
        judge: Callable[[], Judge],
        benign: Sequence[str],
        clock: Callable[[], datetime],
    ) -> None:
        """Bring the parts together.

        Args:
            live: the lexicon in use in this process.
            ledger: every write.
            queries: every read.
            judge: gives the judge, or raises ModelError while there is none.
            benign: innocent texts that no term should fire on.
            clock: the time now, UTC.
        """
        self._live = live
        self._ledger = ledger
        self._queries = queries
        self._judge = judge
        self._benign = benign
        self._clock = clock

    @property
    def version(self) -> str:
        """Version of the lexicon in use."""
        return self._live.lexicon.version

    def states(self) -> dict[str, TermState]:
        """How every term stands, by id."""
        return states_of(self._live.bundled.terms, self._queries.latest_revisions())

    def open(self, term_id: str) -> TermView:
        """Give a term with its history, or raise NotFound."""
        state = self.states().get(term_id)
        if state is None:
            raise NotFound(f"There is no term {term_id!r} in the lexicon. Search for it at /lexicon.")
        original = next((term for term in self._live.bundled.terms if term.id == term_id), None)
        return TermView(state, self._queries.revisions(term_id), original)

    def check(self, amendment: Amendment) -> Findings:
        """Find what speaks against a change, on the terms in force and on innocent texts.

        Raises:
            NotFound, TermConflict: The change does not fit how the term stands.
        """
        states = self.states()
        (revision,) = self._revisions([amendment], number=0)
        problems = tuple(_problems(revision, states))
        if problems or amendment.change is Change.RETIRE:
            return Findings(problems, (), ())
        return Findings(
            problems=(),
            warnings=tuple(_warnings(revision.term, states.get(revision.term.id), self._live.lexicon)),
            firings=self.new_firings([amendment]),
        )

    def new_firings(self, amendments: Sequence[Amendment]) -> tuple[Firing, ...]:
        """Give the places in innocent texts at which a term fires that does not fire now.

        Raises:
            NotFound, TermConflict, LexiconInvalid: The changes cannot be made.
        """
        after = lexicon_of(in_force(_revised(self.states(), self._revisions(amendments, number=0))))
        known = set(firings(self._live.lexicon, self._benign))
        return tuple(each for each in firings(after, self._benign) if each not in known)

    def try_out(self, amendments: Sequence[Amendment]) -> Trial:
        """Compare the lexicon in force with the changed one on the last posts that are kept.

        Raises:
            NotFound, TermConflict, LexiconInvalid: The changes cannot be made.
            ModelError: there is no model to judge with.
        """
        after = lexicon_of(in_force(_revised(self.states(), self._revisions(amendments, number=0))))
        recent = self._queries.recent_decisions(limit=TRIAL_POSTS)
        return run_trial(self._judge(), recent, before=self._live.lexicon, after=after)

    def save(self, amendment: Amendment) -> Revision:
        """Keep a change and use it; see `save_all`."""
        return self.save_all([amendment])[0]

    def save_all(self, amendments: Sequence[Amendment]) -> tuple[Revision, ...]:
        """Keep changes, all or none, and use them in this process when they are durable.

        Raises:
            NotFound, TermConflict: A term is not as its author saw it.
            LexiconInvalid: The lexicon with the changes does not hold.
            StorageError: Nothing was kept.
        """
        for _ in range(_ATTEMPTS):
            revisions = self._revisions(amendments, number=self._queries.last_revision())
            states = _revised(self.states(), revisions)
            version = _checked_version(states, amendments)
            if not revisions or self._ledger.revise(revisions, lexicon=version):
                self._live.refresh()
                return revisions
        raise TermConflict("Others keep changing the lexicon at this moment. Save again.")

    def _revisions(self, amendments: Sequence[Amendment], *, number: int) -> tuple[Revision, ...]:
        """The revisions that amendments make, numbered on from one."""
        states = self.states()
        revisions: list[Revision] = []
        for place, amendment in enumerate(amendments, start=1):
            revision = revise(states, amendment, number=number + place, now=self._clock())
            revisions.append(revision)
            states = _revised(states, [revision])
        return tuple(revisions)

    def export(self) -> str:
        """The terms in force as the text of a lexicon file."""
        return written(in_force(self.states()))

    def plan_import(
        self, text: str, *, name: str, actor: str, reason: str, retire_others: bool
    ) -> ImportPlan:
        """Compare a lexicon file with the terms in force.

        Args:
            text: the TOML text.
            name: what errors call the file.
            actor: who brings it in.
            reason: why; kept with every change.
            retire_others: take out of force what the file does not hold.

        Raises:
            LexiconInvalid: with the term and its line.
        """
        terms = {term.id: term for term in parse_file(name, text)}
        states = self.states()
        amendments = [
            Amendment(change, term, actor, reason, states[term.id].version if term.id in states else 0)
            for term in terms.values()
            for change in _changes_to(term, states.get(term.id))
        ]
        if retire_others:
            # Before the others, so that a surface may move to another term.
            amendments = [
                Amendment(Change.RETIRE, state.term, actor, reason, state.version)
                for state in states.values()
                if not state.retired and state.term.id not in terms
            ] + amendments
        same = sum(1 for term in terms.values() if not _changes_to(term, states.get(term.id)))
        return ImportPlan(tuple(_numbered(amendments)), same)


def _numbered(amendments: Sequence[Amendment]) -> Iterator[Amendment]:
    """The amendments; a second one to the same term expects the version that the first one makes."""
    seen: Counter[str] = Counter()
    for amendment in amendments:
        term_id = amendment.term.id
        yield replace(amendment, expected_version=amendment.expected_version + seen[term_id])
        seen[term_id] += 1


def _changes_to(term: Term, state: TermState | None) -> tuple[Change, ...]:
    """What makes a term in force, just as it is given."""
    if state is None:
        return (Change.ADD,)
    restore = (Change.RESTORE,) if state.retired else ()
    return restore + ((Change.EDIT,) if state.term != term else ())


def _revised(states: Mapping[str, TermState], revisions: Iterable[Revision]) -> dict[str, TermState]:
    """How the terms stand after further revisions."""
    after = dict(states)
    for revision in revisions:
        known = states.get(revision.term.id)
        bundled = known is not None and known.bundled
        after[revision.term.id] = TermState(revision.term, bundled=bundled, latest=revision)
    return after


def _checked_version(states: Mapping[str, TermState], amendments: Sequence[Amendment]) -> str:
    """Version of the lexicon in force, which must hold; retiring may mend one that does not, in steps."""
    terms = in_force(states)
    try:
        return lexicon_of(terms).version
    except LexiconInvalid:
        if any(amendment.change is not Change.RETIRE for amendment in amendments):
            raise
        return version_of(terms)


def _problems(revision: Revision, states: Mapping[str, TermState]) -> Iterator[TermProblem]:
    """What is wrong with the term by itself, and surfaces that another term in force has."""
    if revision.change is Change.RETIRE:
        return
    term = revision.term
    yield from problems_of(term)
    owners = {
        form.surface: other.id for other in in_force(states) if other.id != term.id for form in other.forms
    }
    for form in term.forms:
        if form.surface in owners:
            yield TermProblem(
                "forms",
                f"the surface {form.surface!r} belongs to the term {owners[form.surface]!r}. "
                "Keep it in one of them.",
            )


def _warnings(term: Term, state: TermState | None, before: Lexicon) -> Iterator[str]:
    """What `plainspeak lexicon check` would not notice and a person should think about."""
    known = {form.surface for form in state.term.forms} if state else set()
    for form in term.forms:
        if form.surface in known:
            continue
        if len(form.surface) < _SHORTEST_WORD and form.surface.isascii() and not term.ambiguous:
            yield f"The surface {form.surface!r} is very short, so it will be met by chance. Give it cues."
        if normalize(form.surface, lexicon=before).plain.casefold() == form.canonical.casefold():
            yield f"{form.surface!r} is read as {form.canonical!r} already, without this surface."
