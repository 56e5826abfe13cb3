import string

from hypothesis import given
from hypothesis import strategies as st

from app.core.lexicon import Form, Term, parse_file, parse_terms, prepared, problems_of
from app.core.termfile import written
from app.core.types import Category
from app.services.lexicon import read_files
from app.settings import ROOT

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(
    lambda text: prepared(text).strip()
)
notes = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
terms = st.builds(
    Term,
    id=st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8),
    category=st.sampled_from(Category),
    forms=st.lists(
        st.builds(Form, words.filter(bool), words.filter(bool)), unique_by=lambda f: f.surface
    ).map(tuple),
    ambiguous=st.booleans(),
    cues=st.lists(words.filter(bool)).map(tuple),
    anti_cues=st.lists(words.filter(bool)).map(tuple),
    note=notes,
    source=notes,
    since=notes,
)


@given(st.lists(terms))
def test_what_is_written_reads_back_the_same(some: list[Term]) -> None:
    assert parse_terms({"x.toml": written(some)}) == tuple(some)


def test_the_bundled_lexicon_round_trips() -> None:
    bundled = parse_terms(read_files(ROOT / "policies" / "lexicon"))
    assert parse_file("x.toml", written(bundled)) == bundled
    assert [term.id for term in bundled if problems_of(term)] == []
