"""A moderator at the lexicon: over real SQLite, with a scripted model."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from app.classifiers.scripted import ScriptedClassifier
from app.core.audit import verify_chain
from app.core.errors import LexiconInvalid, NotFound, TermConflict
from app.core.lexicon import Form, Lexicon, Term, lexicon_of
from app.core.policy import parse_policy
from app.core.revisions import Amendment, Change, fingerprint
from app.core.types import Category, Classification, Content, Label, NormalizedText
from app.db.engine import Database, open_database, upgrade
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter
from app.services.judge import Judge
from app.services.lexicon import Firing
from app.services.lexicon_desk import ImportPlan, LexiconDesk
from app.services.live_lexicon import LiveLexicon
from app.services.moderation import ModerationService
from app.services.trial import run_trial
from app.settings import ROOT

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
CORN = Term("corn", Category.SEXUAL, (Form("corn", "porn"),), ambiguous=True, cues=("star",))
SEGGS = Term("seggs", Category.SEXUAL, (Form("seggs", "sex"),))
GRIPPY = Term("grippy", Category.SELF_HARM, (Form("grippy socks", "psychiatric ward"),))
BENIGN = ["I bought grippy socks for skating", "corn on the cob"]
POLICY = parse_policy((ROOT / "policies" / "default.toml").read_text(encoding="utf-8"))


class PlainReader(ScriptedClassifier):
    """Looks up what a text says in plain words."""

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        return super().classify([NormalizedText(original=text.plain, plain=text.plain) for text in texts])


def amend(change: Change, term: Term, *, seen: int = 0, actor: str = "ada") -> Amendment:
    return Amendment(change, term, actor, "Seen a lot.", seen)


@pytest.fixture
def used() -> list[Lexicon]:
    """The lexicons that were put to use."""
    return []


@pytest.fixture
def live(queries: Queries, used: list[Lexicon]) -> LiveLexicon:
    return LiveLexicon(lexicon_of([CORN, SEGGS]), queries, use=used.append)


@pytest.fixture
def judge() -> Judge:
    model = PlainReader({"psychiatric ward": {Category.SELF_HARM: 0.9, None: 0.9}})
    return Judge(classifier=model, lexicon=lexicon_of([CORN, SEGGS]), policy=POLICY, max_chars=1000)


@pytest.fixture
def desk(live: LiveLexicon, ledger: Ledger, queries: Queries, judge: Judge) -> LexiconDesk:
    return LexiconDesk(live, ledger, queries, judge=lambda: judge, benign=BENIGN, clock=lambda: NOW)


Post = Callable[..., None]


@pytest.fixture
def post(judge: Judge, ledger: Ledger, queries: Queries) -> Post:
    ids = (f"id-{number:03}" for number in count(1))
    service = ModerationService(
        lambda: judge,
        ledger,
        queries,
        clock=lambda: NOW,
        new_id=lambda: next(ids),
        secret=b"s",
        retry_window=timedelta(hours=1),
    )

    def post(*texts: str, store: bool = True) -> None:
        service.moderate_many([(Content(text), store) for text in texts])

    return post


def test_a_saved_term_is_in_force_with_its_history_and_its_event(
    desk: LexiconDesk, live: LiveLexicon, used: list[Lexicon], queries: Queries
) -> None:
    before = live.lexicon.version
    revision = desk.save(amend(Change.ADD, GRIPPY))

    assert (revision.number, revision.version, revision.at) == (1, 1, NOW)
    assert [each.terms for each in used] == [(CORN, SEGGS, GRIPPY)]
    assert live.lexicon == used[0]
    assert desk.version == live.lexicon.version != before
    view = desk.open("grippy")
    assert (view.state.term, view.history) == (GRIPPY, (revision,))
    (event,) = queries.audit_trail("grippy")
    assert (event.kind, event.actor, event.at) == ("term.added", "ada", NOW)
    assert dict(event.detail) == {
        "revision": "1",
        "version": "1",
        "content": fingerprint(GRIPPY),
        "lexicon": live.lexicon.version,
    }
    assert verify_chain(queries.audit_events()) is None


def test_a_term_can_be_edited_retired_and_restored(desk: LexiconDesk, live: LiveLexicon) -> None:
    start = live.lexicon.version
    louder = replace(SEGGS, note="Sex.")
    for seen, (change, term) in enumerate(
        [(Change.EDIT, louder), (Change.RETIRE, louder), (Change.RESTORE, louder), (Change.EDIT, SEGGS)]
    ):
        desk.save(amend(change, term, seen=seen))
        assert (change is Change.RETIRE) == (len(live.lexicon.terms) == 1)
    # The same terms are the same lexicon, however it came about.
    assert live.lexicon.version == start
    assert [each.change.done for each in desk.open("seggs").history] == [
        "edited",
        "retired",
        "restored",
        "edited",
    ]


def test_a_second_save_on_the_same_version_is_refused_and_leaves_nothing(
    desk: LexiconDesk, queries: Queries
) -> None:
    desk.save(amend(Change.EDIT, replace(SEGGS, note="First."), actor="ada"))
    with pytest.raises(TermConflict, match="version 1 by now"):
        desk.save(amend(Change.EDIT, replace(SEGGS, note="Second."), actor="bob"))
    assert desk.open("seggs").state.term.note == "First."
    assert queries.last_revision() == len(list(queries.audit_events())) == 1


def test_two_desks_that_save_at_once_both_get_in(
    service_database: Database, ledger: Ledger, queries: Queries, judge: Judge
) -> None:
    """The other one saves between this one's look and its write; numbers stay without gaps."""

    class Interrupted(Queries):
        waiting = True

        def last_revision(self) -> int:
            number = super().last_revision()
            if self.waiting:
                self.waiting = False
                other.save(amend(Change.EDIT, replace(SEGGS, note="Other.")))
            return number

    def desk_on(queries: Queries) -> LexiconDesk:
        live = LiveLexicon(lexicon_of([CORN, SEGGS]), Queries(service_database.reader), use=lambda _: None)
        return LexiconDesk(live, ledger, queries, judge=lambda: judge, benign=(), clock=lambda: NOW)

    other = desk_on(queries)
    one = desk_on(Interrupted(service_database.reader))
    assert one.save(amend(Change.ADD, GRIPPY)).number == 2
    assert {state.term.id: state.version for state in one.states().values()} == {
        "corn": 0,
        "seggs": 1,
        "grippy": 1,
    }


def test_a_term_that_is_not_there_is_named(desk: LexiconDesk) -> None:
    with pytest.raises(NotFound, match="'nope'"):
        desk.open("nope")
    with pytest.raises(NotFound, match="'grippy'"):
        desk.save(amend(Change.EDIT, GRIPPY))


# What speaks against a change


@pytest.mark.parametrize(
    ("term", "field", "words"),
    [
        (replace(GRIPPY, forms=(Form("corn", "x"),)), "forms", "'corn' belongs to the term 'corn'"),
        (replace(GRIPPY, forms=()), "forms", "no forms"),
        (replace(GRIPPY, forms=(Form("a" * 61, "x"),)), "forms", "longer than 60"),
        (replace(GRIPPY, forms=(Form("ab", "x"), Form("ab", "y"))), "forms", "'ab' is there twice"),
        (replace(GRIPPY, forms=(Form("a\u0007b", "x"),)), "forms", "cannot be seen"),
        (replace(GRIPPY, ambiguous=True), "cues", "no cues"),
        (replace(GRIPPY, cues=("x" * 61,)), "cues", "longer than 60"),
        (replace(GRIPPY, anti_cues=("x",) * 201), "anti_cues", "201"),
        (replace(GRIPPY, note="x" * 501), "note", "501 characters"),
        (replace(GRIPPY, id="Not Kebab"), "id", "'Not Kebab'"),
    ],
)
def test_a_problem_names_its_field_and_its_value(
    desk: LexiconDesk, term: Term, field: str, words: str
) -> None:
    (problem,) = desk.check(amend(Change.ADD, term)).problems
    assert problem.field == field
    assert words in problem.sentence
    assert problem.sentence.endswith(".")
    with pytest.raises(LexiconInvalid):
        desk.save(amend(Change.ADD, term))


def test_a_term_that_fires_on_an_innocent_text_is_a_doubt(desk: LexiconDesk) -> None:
    findings = desk.check(amend(Change.ADD, GRIPPY))
    assert findings.firings == (Firing("grippy", "grippy socks", BENIGN[0]),)
    assert findings.doubts
    careful = replace(GRIPPY, anti_cues=("skating",))
    assert not desk.check(amend(Change.ADD, careful)).doubts


@pytest.mark.parametrize(
    ("surface", "canonical", "words"),
    [("s3ggs", "sex", "'s3ggs' is read as 'sex' already"), ("zq", "sex", "'zq' is very short")],
)
def test_a_needless_or_rash_surface_is_a_doubt(
    desk: LexiconDesk, surface: str, canonical: str, words: str
) -> None:
    findings = desk.check(amend(Change.ADD, Term("x", Category.SEXUAL, (Form(surface, canonical),))))
    assert [words in warning for warning in findings.warnings] == [True]


def test_retiring_needs_no_check(desk: LexiconDesk) -> None:
    findings = desk.check(amend(Change.RETIRE, SEGGS))
    assert (findings.problems, findings.doubts) == ((), False)


# Trying out


def test_a_trial_shows_what_would_change_and_keeps_nothing(
    desk: LexiconDesk, post: Post, queries: Queries
) -> None:
    post("grippy socks again", "grippy socks weekend", "nothing here", "hello")
    post("grippy socks in secret", store=False)
    trial = desk.try_out([amend(Change.ADD, GRIPPY)])
    assert (trial.posts, trial.differing, trial.unjudged) == (4, 2, 0)
    texts = [effect.after.text.plain for effect in (*trial.changed, *trial.reread)]
    assert sorted(texts) == ["psychiatric ward again", "psychiatric ward weekend"]
    assert queries.last_revision() == 0


def test_a_trial_tells_another_verdict_from_another_reading(desk: LexiconDesk, post: Post) -> None:
    post("grippy socks", "the grippy socks")
    trial = desk.try_out([amend(Change.ADD, GRIPPY)])
    (effect,) = trial.changed
    assert effect.before.verdict.label is Label.SAFE
    assert effect.after.verdict.label is not Label.SAFE
    assert effect.before.text.plain == "grippy socks"
    assert effect.after.text.plain == "psychiatric ward"
    assert [each.after.text.plain for each in trial.reread] == ["the psychiatric ward"]


def test_a_trial_ends_when_its_time_is_up(judge: Judge, post: Post, queries: Queries) -> None:
    post(*(f"grippy socks {number}" for number in range(30)))
    ticks = count()
    before = lexicon_of([CORN])
    after = lexicon_of([CORN, GRIPPY])
    recent = list(queries.recent_decisions(limit=100))
    trial = run_trial(judge, recent, before=before, after=after, clock_s=lambda: next(ticks) / 2)
    assert trial.posts < len(recent)
    assert trial.unjudged == trial.differing > 0


# The lexicon in use


def test_another_process_takes_a_revision_up(desk: LexiconDesk, queries: Queries) -> None:
    used: list[Lexicon] = []
    other = LiveLexicon(lexicon_of([CORN, SEGGS]), queries, use=used.append)
    other.refresh()
    assert used == []
    desk.save(amend(Change.ADD, GRIPPY))
    other.refresh()
    other.refresh()
    assert [each.version for each in used] == [desk.version]
    assert other.detail == f"{desk.version}, 3 terms"


INSERT = """
    INSERT INTO term_revisions (number, term, version, change, actor, reason, at, content)
    VALUES (?, ?, 1, ?, 'x', 'x', '2026-11-22T08:00:00.000000Z', ?)
"""
CONTENT = (
    '{"category": "sexual", "forms": [["%s", "sex"]], "ambiguous": false, "cues": [], "anti_cues": [], '
    '"note": "", "source": "", "since": ""}'
)


@pytest.mark.parametrize(
    ("change", "content", "words"),
    [
        ("add", CONTENT % "seggs", "'seggs'"),
        ("add", CONTENT % "", "blank"),
        ("add", "{}", "cannot be read"),
        ("add", "[]", "cannot be read"),
        ("rename", CONTENT % "x", "cannot be read"),
    ],
)
def test_a_revision_that_cannot_be_used_changes_nothing_and_is_told(
    service_file: Path,
    desk: LexiconDesk,
    live: LiveLexicon,
    capfd: pytest.CaptureFixture[str],
    *,
    change: str,
    content: str,
    words: str,
) -> None:
    desk.save(amend(Change.ADD, GRIPPY))
    good = live.lexicon
    with closing(sqlite3.connect(service_file)) as other:
        other.execute(INSERT, (2, "broken", change, content))
        other.commit()
    live.refresh()
    live.refresh()
    assert live.lexicon is good
    assert good.version in live.detail
    assert words in live.detail
    assert "".join(capfd.readouterr()).count("lexicon.kept") == 1


def test_a_lexicon_that_does_not_hold_can_be_mended_by_retiring(
    service_file: Path, desk: LexiconDesk, live: LiveLexicon
) -> None:
    with closing(sqlite3.connect(service_file)) as other:
        other.execute(INSERT, (1, "one", "add", CONTENT % "seggs"))
        other.execute(INSERT, (2, "two", "add", CONTENT % "corn"))
        other.commit()
    live.refresh()
    assert "Correct it at /lexicon" in live.detail
    with pytest.raises(LexiconInvalid):
        desk.save(amend(Change.ADD, GRIPPY))
    for term_id in ("one", "two"):
        desk.save(amend(Change.RETIRE, desk.open(term_id).state.term, seen=1))
    assert live.detail == f"{live.bundled.version}, 2 terms"


def test_a_database_that_cannot_be_read_is_told_and_forgotten(service_file: Path, live: LiveLexicon) -> None:
    with closing(sqlite3.connect(service_file)) as other:
        other.execute("ALTER TABLE term_revisions RENAME TO away")
        live.refresh()
        assert "Kept" in live.detail
        other.execute("ALTER TABLE away RENAME TO term_revisions")
    live.refresh()
    assert "Kept" not in live.detail


@pytest.fixture
def following(live: LiveLexicon) -> Iterator[LiveLexicon]:
    live.start()
    yield live
    live.close()


def test_it_follows_by_itself(following: LiveLexicon, ledger: Ledger, queries: Queries, judge: Judge) -> None:
    elsewhere = LiveLexicon(following.bundled, queries, use=lambda _: None)
    desk = LexiconDesk(elsewhere, ledger, queries, judge=lambda: judge, benign=(), clock=lambda: NOW)
    desk.save(amend(Change.ADD, GRIPPY))
    while following.lexicon.version != desk.version:
        time.sleep(0.01)


# Files


def test_an_export_comes_back_as_the_same_lexicon(desk: LexiconDesk) -> None:
    desk.save(amend(Change.ADD, GRIPPY))
    desk.save(amend(Change.RETIRE, CORN))
    plan = plan_of(desk, desk.export())
    assert (plan.amendments, plan.same) == ((), 2)


def plan_of(desk: LexiconDesk, text: str, *, retire_others: bool = False) -> ImportPlan:
    return desk.plan_import(text, name="my.toml", actor="ada", reason="Import.", retire_others=retire_others)


def test_a_lexicon_moves_whole_from_one_service_to_another(
    desk: LexiconDesk, tmp_path: Path, judge: Judge
) -> None:
    desk.save(amend(Change.ADD, GRIPPY))
    desk.save(amend(Change.EDIT, replace(SEGGS, note="Sex.")))
    desk.save(amend(Change.RETIRE, CORN))
    url = f"sqlite:///{tmp_path / 'other.db'}"
    upgrade(url)
    with open_database(url) as database, GroupWriter(database.writer) as writer:
        queries = Queries(database.reader)
        live = LiveLexicon(lexicon_of([CORN, SEGGS]), queries, use=lambda _: None)
        other = LexiconDesk(live, Ledger(writer), queries, judge=lambda: judge, benign=(), clock=lambda: NOW)
        plan = plan_of(other, desk.export(), retire_others=True)
        assert [plan.count(change) for change in Change] == [1, 1, 1, 0]
        other.save_all(plan.amendments)
        assert other.version == desk.version
        assert live.lexicon.terms == lexicon_of([replace(SEGGS, note="Sex."), GRIPPY]).terms


def test_an_import_restores_and_edits_what_was_retired(desk: LexiconDesk) -> None:
    desk.save(amend(Change.RETIRE, SEGGS))
    louder = desk.export().replace('id = "corn"', 'id = "corn"\nnote = "Porn."')
    text = (
        louder + '\n[[term]]\nid = "seggs"\ncategory = "sexual"\nnote = "New."\n[term.forms]\nseggs = "sex"\n'
    )
    plan = plan_of(desk, text)
    assert [plan.count(change) for change in Change] == [0, 2, 0, 1]
    desk.save_all(plan.amendments)
    assert [state.term.note for state in desk.states().values()] == ["Porn.", "New."]
    assert desk.open("seggs").state.version == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\n\n[[term]]\nid = 'x'\n", ("my.toml line 3", "'x'", "has no 'category'")),
        ("# a\n[[term]]\nid = 'x'\ncategory = 'sexual'\n[term.forms]\nAbc = 'x'", ("line 2", "'Abc'")),
        ("[[term]\n", ("line 1",)),
    ],
)
def test_a_bad_file_is_refused_by_term_and_line(desk: LexiconDesk, text: str, words: tuple[str, ...]) -> None:
    with pytest.raises(LexiconInvalid) as refused:
        plan_of(desk, text)
    assert all(word in str(refused.value) for word in words), str(refused.value)


def test_an_import_whose_surface_is_taken_leaves_nothing(desk: LexiconDesk) -> None:
    text = '[[term]]\nid = "new"\ncategory = "sexual"\n[term.forms]\nother = "x"\n\n'
    taken = text + '[[term]]\nid = "taken"\ncategory = "sexual"\n[term.forms]\ncorn = "x"\n'
    with pytest.raises(LexiconInvalid, match="'corn'"):
        desk.save_all(plan_of(desk, taken).amendments)
    assert len(desk.states()) == 2
