"""Posts as pages show them: marked on both sides, and harmless whatever they hold."""

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from app.core.lexicon import Form, Term, lexicon_of
from app.core.normalize import normalize
from app.core.types import Category, Edit, NormalizedText, Step
from app.web.main import STATIC
from app.web.render import (
    MOST_EXPLANATIONS,
    Explanation,
    Fragment,
    Renderer,
    chance,
    machine_time,
    marked,
    moment,
    percent,
    pieces,
)

RENDERER = Renderer()
LEXICON = lexicon_of(
    [
        Term("unalive", Category.SELF_HARM, (Form("unalive", "kill"),), note="Death."),
        Term(
            "corn", Category.SEXUAL, (Form("corn", "porn"),), ambiguous=True, cues=("star",), note="Food too."
        ),
    ]
)


def test_each_edit_is_marked_on_both_sides() -> None:
    shown = marked(normalize("I un@live corn", lexicon=LEXICON))
    assert shown.original == (Fragment("I "), Fragment("un@live", 1), Fragment(" corn"))
    assert shown.plain == (Fragment("I "), Fragment("kill", 1), Fragment(" corn"))
    assert shown.explanations == (
        Explanation(
            number=1,
            surface="un@live",
            canonical="kill",
            steps="Digits or signs for letters, then code word",
            term="unalive",
            category="Self-harm",
            ambiguous=False,
            note="Death.",
            times=1,
        ),
    )
    assert [(hint.surface, hint.canonical, hint.note) for hint in shown.hints] == [
        ("corn", "porn", "Food too.")
    ]


def test_a_text_that_reads_as_written_has_no_marks() -> None:
    shown = marked(NormalizedText("Ed Sheeran played darn well", "Ed Sheeran played darn well"))
    assert shown.original == shown.plain == (Fragment("Ed Sheeran played darn well"),)
    assert (shown.explanations, shown.hints, shown.more) == ((), (), 0)


def test_the_same_edit_is_explained_once() -> None:
    shown = marked(normalize("unalive unalive", lexicon=LEXICON))
    assert [(each.number, each.times) for each in shown.explanations] == [(1, 2)]
    assert [part.number for part in shown.original] == [1, None, 1]


def test_a_flood_of_edits_is_explained_up_to_a_limit() -> None:
    kinds = MOST_EXPLANATIONS + 5
    edits = tuple(Edit(at, at + 1, "x", f"y{at}", Step.LEET) for at in range(kinds))
    plain = "".join(edit.canonical for edit in edits)
    shown = marked(NormalizedText("x" * kinds, plain, edits))
    assert len(shown.original) == len(shown.plain) == kinds
    assert (len(shown.explanations), shown.more) == (MOST_EXPLANATIONS, 5)


@settings(deadline=None)  # The first examples also compile templates and the lexicon.
@given(st.text(alphabet=st.sampled_from("unalive @1\u200b\u202e\u0456corn<&"), max_size=60))
def test_fragments_join_to_the_texts(text: str) -> None:
    normalized = normalize(text, lexicon=LEXICON)
    shown = marked(normalized)
    assert "".join(part.text for part in shown.original) == normalized.original
    assert "".join(part.text for part in shown.plain) == normalized.plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("un\u200b\u200balive", ["un", "[ZWSP ×2]", "alive"]),
        ("\u202egnp.exe\u202c", ["[RLO]", "gnp.exe", "[PDF]"]),
        ("a\x00b\u2028c", ["a", "[NUL]", "b", "[U+2028]", "c"]),
        ("\ud800", ["[U+D800]"]),
        ("\u200b\u200c\u200d\u2060\ufeff" * 9, ["[45 unseen]"]),
        ("k\u200dill", ["k", "[ZWJ]", "ill"]),
        ("x\ufe0f", ["x", "[U+FE0F]"]),
        ("\u200d", ["[ZWJ]"]),
    ],
)
def test_what_cannot_be_seen_stands_in_boxes(text: str, shown: list[str]) -> None:
    assert [f"[{piece.text}]" if piece.unseen else piece.text for piece in pieces(text)] == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain\r\n\ttext",
        "👩‍👩‍👧 👩🏽‍🚀 ❤️ ❤️‍🔥 🏳️‍🌈 1️⃣ ‼️",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "می‌خواهم",  # Persian: a joiner inside a word.
        "क्‍ष",  # Hindi.
        "שלום مرحبا",
    ],
)
def test_what_is_at_home_is_left_alone(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text
    assert all(piece.unseen is None for piece in pieces(text))


def test_boxes_say_in_words_what_they_stand_for() -> None:
    assert [piece.unseen for piece in pieces("\u200b\u200b\x07")] == [
        "ZERO WIDTH SPACE (U+200B) ×2",
        "Control (U+0007)",
    ]


@settings(deadline=None)  # The first examples also compile templates and the lexicon.
@given(st.text(alphabet=st.characters(), max_size=40))
def test_any_text_becomes_a_page(text: str) -> None:
    page = RENDERER.error(status=404, title="Not found", detail=text)
    html = bytes(page.body).decode()
    said = html.partition('<bdi class="said">')[2].partition("</bdi>")[0]
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\x00") & set(html)
    assert "<" not in said.replace('<span class="unseen"', "").replace("</span>", "")


def test_a_detail_is_never_markup_or_template() -> None:
    page = RENDERER.error(
        status=422, title="<b>T</b>", detail="<script>alert(1)</script>{{ 7 * 7 }}{% raw %}"
    )
    html = bytes(page.body).decode()
    assert page.status_code == 422
    assert page.headers["cache-control"] == "no-store"
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}{% raw %}" in html
    assert "<b>" not in html
    assert 'href="/review">Back to the queue</a>' in html


def test_an_error_page_can_lead_elsewhere() -> None:
    page = RENDERER.page("error.html", status=404, title="T", detail="D", back="/docs", back_to="the docs")
    assert 'href="/docs">Back to the docs</a>' in bytes(page.body).decode()


def test_a_value_that_a_template_lacks_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        RENDERER.page("error.html", title="T")


@pytest.mark.parametrize(
    ("probability", "number", "words"),
    [
        (0.0, "0%", "almost certainly not"),
        (0.004, "<1%", "almost certainly not"),
        (0.1, "10%", "very unlikely"),
        (0.3, "30%", "unlikely"),
        (0.5, "50%", "about even"),
        (0.7, "70%", "likely"),
        (0.97, "97%", "very likely"),
        (0.996, ">99%", "almost certain"),
        (1.0, "100%", "almost certain"),
    ],
)
def test_probabilities_in_numbers_and_words(probability: float, number: str, words: str) -> None:
    assert (percent(probability), chance(probability)) == (number, words)


def test_times_are_shown_in_utc() -> None:
    when = datetime(2026, 11, 2, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert moment(when) == "1 Nov 2026, 23:30 UTC"
    assert machine_time(when.astimezone(UTC)) == "2026-11-01T23:30:00+00:00"


def test_templates_mark_no_value_as_safe() -> None:
    templates = Path(__file__).parents[2] / "app" / "web" / "templates"
    for template in templates.glob("*.html"):
        source = template.read_text()
        assert "|safe" not in source.replace(" ", "")
        assert "autoescape" not in source
        assert "style=" not in source
        assert not re.search(r"\son\w+=|<style|javascript:", source)


def test_every_rule_of_the_stylesheet_is_closed() -> None:
    # A missing brace shuts all that follows into the rule before it, and no browser says so.
    style = (STATIC / "plainspeak.css").read_text(encoding="utf-8")
    depth = 0
    for brace in re.findall("[{}]", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)):
        depth += 1 if brace == "{" else -1
        assert 0 <= depth <= 2
    assert depth == 0
