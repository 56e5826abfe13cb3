"""The measuring of speed: its posts, its client, its filling, its arithmetic, and the page it writes."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import bootstrap
from app.core.types import Content
from app.settings import Settings
from benchmarks import page
from benchmarks.filling import Filling
from benchmarks.fitting import exponent
from benchmarks.load import send
from benchmarks.posts import DIFFERENT, Kind, post_of_chars, posts
from benchmarks.processes import rss_mb
from tests.served import Serve

WORDS = {Kind.SHORT: (6, 18), Kind.MEDIUM: (16, 28), Kind.LONG: (146, 158)}


@pytest.mark.parametrize("kind", list(WORDS))
def test_posts_are_all_different_of_a_length_and_always_the_same(kind: Kind) -> None:
    found = posts(kind, 200, seed=1)

    assert found == posts(kind, 200, seed=1)
    assert len({*found, *posts(kind, 200, seed=2)}) == 400
    least, most = WORDS[kind]
    assert all(least <= len(text.split()) <= most for text in found)


def test_repeated_posts_are_a_few_again_and_again() -> None:
    found = posts(Kind.REPEATED, 5 * DIFFERENT, seed=1)

    assert len(set(found)) == DIFFERENT
    assert set(found) == set(posts(Kind.REPEATED, DIFFERENT, seed=2))


def test_a_post_of_so_many_characters_has_as_many() -> None:
    assert [len(post_of_chars(chars, seed=1)) for chars in (30, 20_000)] == [30, 20_000]


def test_every_post_that_is_sent_is_answered_and_kept(serve: Serve, database_file: Path) -> None:
    served = serve()

    load = send(served.port, posts(Kind.SHORT, 12, seed=1), concurrency=5)

    assert len(load.times_ms) == 12
    assert max(load.times_ms) <= load.seconds * 1000
    assert load.refused == 0
    assert rss_mb(served.process.pid) > 50
    with closing(sqlite3.connect(database_file)) as connection:
        assert connection.execute("SELECT count(*) FROM decisions").fetchone() == (12,)


def test_a_refusal_ends_the_measuring_unless_it_is_asked_for(serve: Serve) -> None:
    served = serve(max_in_flight="1")
    texts = posts(Kind.LONG, 8, seed=1)

    assert 0 < send(served.port, texts, concurrency=8, may_refuse=True).refused < 8
    with pytest.raises(SystemExit, match="answered 503"):
        send(served.port, texts, concurrency=8)


def test_copied_decisions_are_found_waited_for_and_followed_by_others(
    database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.filling.AT_ONCE", 90)
    settings = Settings(database_url=f"sqlite:///{database_file}", threads=1)
    texts = ["I want to unalive myself tonight.", "The museum opens at ten."]
    with closing(bootstrap.build(settings)) as runtime:
        runtime.moderation.moderate_many([(Content(text), True) for text in texts])
    with closing(Filling(database_file, now=datetime.now(UTC))) as filling:
        filling.up_to(300)
        with closing(bootstrap.build(settings)) as runtime:
            runtime.moderation.moderate(Content(texts[0]))
        filling.up_to(500)
    with closing(sqlite3.connect(database_file)) as connection:
        found = [
            connection.execute(f"SELECT count(*) {rest}").fetchone()[0]
            for rest in (
                "FROM decisions",
                "FROM review_items JOIN decisions ON decisions.id = decision_id WHERE state = 'open'",
                "FROM audit_events",
                "FROM decision_search WHERE decision_search MATCH 'museum'",
            )
        ]
    assert found == [501, 251, 501, 250]


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 2.0])
def test_an_exponent_is_the_power_that_a_figure_grows_with(power: float) -> None:
    sizes = [10.0, 200.0, 5000.0]

    assert exponent(sizes, [7 * size**power for size in sizes]) == pytest.approx(power, abs=1e-9)


def test_what_is_outside_the_marks_of_the_page_stays() -> None:
    before = "Above.\n<!-- scale -->\nold\n<!-- /scale -->\nBelow.\n"

    assert page.filled(before, "scale", "new\n") == before.replace("old", "new")
    with pytest.raises(SystemExit, match="no place for 'profile'"):
        page.filled(before, "profile", "new\n")


@pytest.mark.parametrize("mark", list(page.SECTIONS))
def test_the_tables_of_the_page_are_those_of_the_kept_figures(mark: str) -> None:
    written = page.PAGE.read_text(encoding="utf-8")

    assert page.filled(written, mark, page.section_of(mark)) == written
