import pytest

from app.core.errors import LexiconInvalid
from app.core.lexicon import Form, Term, lexicon_of, parse_lexicon, parse_terms, prepared, problems_of
from app.core.types import Category

GOOD = """
[[term]]
id = "unalive"
category = "self_harm"
note = "Death."
source = "common usage"
since = "2021"
[term.forms]
unalive = "kill"
"un alive" = "kill"

[[term]]
id = "corn"
category = "sexual"
ambiguous = true
cues = ["Star"]
anti_cues = ["farm"]
[term.forms]
corn = "porn"
"🌽" = "porn"
"""


def term(**changes: str) -> str:
    lines = {"id": '"x"', "category": '"sexual"', "forms": '{ abc = "sex" }'} | changes
    return "[[term]]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items())


def test_terms_are_read_with_their_forms_and_cues() -> None:
    unalive, corn = parse_lexicon({"a.toml": GOOD}).terms
    assert unalive == Term(
        id="unalive",
        category=Category.SELF_HARM,
        forms=(Form("unalive", "kill"), Form("un alive", "kill")),
        note="Death.",
        source="common usage",
        since="2021",
    )
    assert (corn.ambiguous, corn.cues, corn.anti_cues) == (True, ("star",), ("farm",))


def test_no_files_give_an_empty_lexicon() -> None:
    assert parse_lexicon({}).terms == ()


def test_the_version_depends_on_content_alone() -> None:
    one = parse_lexicon({"a.toml": GOOD})
    assert len(one.version) == 12
    assert one.version == parse_lexicon({"b.toml": GOOD + "\n# A comment.\n"}).version
    assert one.version == lexicon_of(reversed(one.terms)).version
    assert one == lexicon_of(one.terms)
    assert one.version != parse_lexicon({"a.toml": GOOD.replace("Death.", "Dying.")}).version


def test_the_longest_surface_is_found() -> None:
    lexicon = parse_lexicon({"a.toml": GOOD})
    assert lexicon.search("un alive unalive 🌽") == [(0, 8), (9, 16), (17, 18)]


@pytest.mark.parametrize("text", ["İstanbul", "a\ud800b", "straße\n\t\u00a0x’", "ΣΑΣ", "ABC"])
def test_preparing_keeps_the_length_and_leaves_valid_unicode(text: str) -> None:
    assert len(prepared(text)) == len(text)
    prepared(text).encode()


def test_a_canonical_form_may_hold_the_letters_of_a_surface() -> None:
    forms = '{ ab = "cabs", "get ax" = "get ax", "u get ax" = "you get ax" }'
    assert len(parse_lexicon({"f.toml": term(forms=forms)}).terms[0].forms) == 3


def test_a_term_of_before_that_grows_takes_no_other_out_of_force() -> None:
    terms = parse_terms({"f.toml": GOOD + term(id='"grows"', forms='{ "hope u" = "i hope u may" }')})
    assert [problem.field for problem in problems_of(terms[-1])] == ["forms"]
    assert lexicon_of(terms).terms == terms


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("term = [", "not valid TOML"),
        (term(forms='{ "hope u" = "i hope u may" }'), "holds the surface 'hope u'"),
        (term(forms='{ ab = "cd", xy = "an ab" }'), "holds the surface 'ab'"),
        ('colour = "red"', "unknown key 'colour'"),
        ("term = 3", "write [[term]]"),
        ("term = [3]", "[[term]] table"),
        (term(colour='"red"'), "unknown key 'colour'"),
        ("[[term]]\nid = 'x'\n", "has no 'category'"),
        (term(id="3"), "'id' is 3"),
        (term(id='"Not Kebab"'), "kebab-case"),
        (term(category='"rude"'), "unknown category 'rude'"),
        (term(forms="{}"), "has no forms"),
        (term(forms="3"), "'forms' is 3"),
        (term(forms="{ abc = 3 }"), "the form 'abc' is 3"),
        (term(forms='{ Abc = "x" }'), "'Abc' is not lower case"),
        (term(forms='{ " " = "x" }'), "blank or padded"),
        (term(forms='{ abc = " " }'), "no canonical form"),
        (term(ambiguous="true"), "has no cues"),
        (term(ambiguous='"yes"'), "'ambiguous' is 'yes'"),
        (term(cues='"x"'), "'cues' is 'x'"),
        (term() + term(forms='{ other = "sex" }'), "already in f.toml"),
        (term() + term(id='"y"'), "surface 'abc', which term 'x' has too"),
    ],
)
def test_a_broken_file_is_refused_by_name_with_what_to_do(text: str, complaint: str) -> None:
    with pytest.raises(LexiconInvalid) as refused:
        parse_lexicon({"f.toml": text})
    message = str(refused.value)
    assert message.startswith("f.toml")
    assert complaint.lower() in message.lower()
    assert message.endswith(".")


def test_the_repaired_file_is_accepted() -> None:
    assert parse_lexicon({"f.toml": term()}).terms[0].id == "x"
