"""Each step by example, each evasion beside a benign twin of the same shape."""

import pytest

from app.core.lexicon import Form, Lexicon, Term, lexicon_of
from app.core.normalize import MAX_ROUNDS, normalize
from app.core.readings import readings_of
from app.core.types import Category, Edit, Step

LEXICON = lexicon_of(
    [
        Term(
            "unalive",
            Category.SELF_HARM,
            (Form("unalive", "kill"), Form("unaliving", "killing")),
            note="Death.",
        ),
        Term(
            "seggs",
            Category.SEXUAL,
            (Form("seggs", "sex"), Form("seeggz", "sex"), Form("🍆", "penis"), Form("❤️‍🔥🍑", "sex")),
        ),
        Term("kys", Category.SELF_HARM, (Form("kys", "kill yourself"), Form("k y s", "kill yourself"))),
        Term(
            "cp",
            Category.SEXUAL,
            (Form("cp", "child porn"), Form("cp link", "child porn link"), Form("the see", "the sea")),
        ),
        Term(
            "corn",
            Category.SEXUAL,
            (Form("corn", "porn"), Form("🌽", "porn")),
            ambiguous=True,
            cues=("star", "hot corn", "watching", "🔞", "only fans"),
            anti_cues=("farm",),
        ),
        Term("ef", Category.HATE, (Form("go cd", "two"), Form("cdx ef", "one"), Form("ef", "three"))),
        Term("grape", Category.SEXUAL, (Form("graped", "raped"),), anti_cues=("vineyard",)),
        Term("304", Category.SEXUAL, (Form("304", "whore"),), ambiguous=True, cues=("she",)),
    ]
)


def plain(text: str, *, lexicon: Lexicon = LEXICON) -> str:
    return normalize(text, lexicon=lexicon).plain


def only_edit(text: str) -> Edit:
    (edit,) = normalize(text, lexicon=LEXICON).edits
    return edit


UNICODE = [
    ("go ｋｉｌｌ it", "go kill it"),
    ("𝓴𝓲𝓵𝓵 yourself", "kill yourself"),
    ("ⓚⓘⓛⓛ", "kill"),
    ("🅺🅸🅻🅻", "kill"),
    ("p🅾️rn", "porn"),
    ("ˢᵉᵍᵍˢ", "sex"),
    ("suﬃcient", "sufficient"),
]
INVISIBLE = [
    ("un\u200balive", "kill"),
    ("u\u00adn\u2060alive", "kill"),
    ("k\u200b*ll", "kill"),
    ("wonder\u2060ful", "wonderful"),
    ("k\u202eil\u202cl", "kill"),
    ("se\ufe0fx", "sex"),
    ("k̷̢̛i̷̧̛l̷̨̛l̷̡̛", "kill"),
]
CONFUSABLE = [
    ("kіll", "kill"),
    ("ρorn", "porn"),
    ("hаtе", "hate"),
    ("fück", "fuck"),
    ("k̶i̶l̶l̶", "kill"),
    ("sᴇx", "sex"),
    ("yоu", "you"),
    ("wоndеrful", "wonderful"),
]
SPACING = [
    ("k i l l", "kill"),
    ("s.e.x", "sex"),
    ("k-i-l-l him", "kill him"),
    ("s_u_i_c_i_d_e", "suicide"),
    ("S E X", "SEX"),
    ("𝓴 𝓲 𝓵 𝓵", "kill"),
    ("🇰 🇮 🇱 🇱", "kill"),
    ("i w a n t t o k i l l you", "i want to kill you"),
    ("sui cide", "suicide"),
    ("Sui-cide", "Suicide"),
    ("k\ni\nl\nl", "kill"),
]
REPETITION = [
    ("killll", "kill"),
    ("seeeggs", "sex"),
    ("fuuuuck", "fuck"),
    ("KIIILL", "KILL"),
    ("k" * 90 + "ill", "kill"),
]
LEET = [
    ("k!ll y0urs3lf", "kill yourself"),
    ("un@l!ve", "kill"),
    ("s3x", "sex"),
    ("@ss", "ass"),
    ("p0rn", "porn"),
    ("d1e!", "die!"),
    ("#s3x", "#sex"),
    ("a$$", "ass"),
    ("kiIl", "kill"),
    ("K1LL", "KILL"),
    ("S3x", "Sex"),
    ("k!IIIl", "kill"),
]
CENSOR = [
    ("f**k", "fuck"),
    ("have s_x with me", "have sex with me"),
    ("k*ll", "kill"),
    ("sh!t", "shit"),
    ("b*tch", "bitch"),
    ("s**cide", "suicide"),
    ("f*** off", "fuck off"),
    ("f.ck", "fuck"),
    ("sl*t", "slut"),
    ("m*therf*cker", "motherfucker"),
]
EMOJI = [("🇰🇮🇱🇱", "kill"), ("k1️⃣ll", "kill"), ("1️⃣diot", "idiot"), ("🍆", "penis"), ("🍆️", "penis")]
STACKED = [
    ("s 3 g g s", "sex"),
    ("u n @ l ! v e", "kill"),
    ("s\u200b3\u200bg\u200bg\u200bs", "sex"),
    ("ｕｎ＠ｌ!ｖｅ", "kill"),
    ("ѕ3ggѕ", "sex"),
]
EVASIONS = UNICODE + INVISIBLE + CONFUSABLE + SPACING + REPETITION + LEET + CENSOR + EMOJI


@pytest.mark.parametrize(("text", "expected"), EVASIONS, ids=ascii)
def test_a_disguise_is_read(text: str, expected: str) -> None:
    assert plain(text) == expected
    assert plain(f"so {text} now") == f"so {expected} now"


BENIGN = [
    "Ed Sheeran played darn well",
    "Is mascara on sale?",
    "my accountant filed my taxes",
    "spicy noodles",
    "ninja warrior smash burger",
    "game over, let's go camping",
    "youtube tutorial on wrestling",
    "Scunthorpe",
    # unicode
    "½ cup, x² + y², Acme™, № 5, 5ª, 25℃",
    "𝑓(𝑥) = 𝑎 + 𝑏",
    "ℹ️ Ⓜ️ ①②③",
    "！？　。",
    "Ⅳ. Henry",
    "H₂O, CO₂",
    "µm and Ω",
    # invisible
    "extra\u00adordinary zero\u200bwidth",
    "می‌خواهم",
    "क्‍ष",
    "👨‍👩‍👧‍👦 👩🏽‍🚒 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "❤️ ©️ 1️⃣",
    "Việt Nam, tiếng Việt",
    "\ufeff",
    "שלום\u200f",
    # confusable
    "Я хочу убить время, сорок рос",
    "Το παιδί παίζει",
    "USB-кабель, iPhone'ов и SMSка",
    "α-helix β-carotene Δt kΩ",
    "naïve café, Curaçao, Zürich, râpé, hâte",
    "smörgåsbord",
    # spacing
    "U.S.A. e.g. i.e. a b c",
    "a + b - c",
    "x, y, z",
    "Plan A / B / C",
    "1 2 3 4",
    "a b c d e f g h i j k",
    "t h e r a p i s t",
    "the pen is mightier",
    "as sure as",
    "D i e g o",
    "A.S.A.P.",
    "- a\n- b\n- c",
    # repetition
    "soooo hmmm www aaa",
    "coooool",
    "yesss!!!",
    "zzz",
    "brrr",
    # leet
    "covid19 1st 2nd l8r gr8",
    "MP3 B2B H2O 4K c3po R2D2 B00",
    "SKU A55-1337-B00B5",
    "A55-K1LL-0R",
    "v1.2.3 3.5mm 10kg 5s",
    "#d1e #a55a55 0xd1e",
    "$100 €5 5%",
    "a@b.com bob@p0rn.com",
    "http://k!ll.com/s3x www.p0rn.com",
    "@s3x_bot @k1ll",
    "kill -9 $PID",
    "id gun5 user_gun5",
    "Win10 iOS17 PS5",
    "wow! yes!no",
    "y0urs3lf",
    # censor
    "**bold** *emphasis* _em_",
    "*.py 5*3 a*b*c",
    "f(x) = a + b*c",
    "f-word",
    "note** and price*",
    "A* pupil",
    "assert s_x == p_y",
    "f*g is a convolution",
    "grep 'f..k'",
    "x_i snake_case __init__",
    "**this is sh** fine",
    "s*(x)",
    "k**2",
    "well-known, up-to-date",
    # emoji
    "🇺🇸🇬🇧 🇫🇷",
    "1️⃣2️⃣3️⃣",
    "🅰️🅱️",
    # other scripts
    "我喜欢吃面条",
    "저는 학생입니다",
    "ฉันชอบกินข้าว",
    "मुझे चाय पसंद है",
    "أنا أحب القهوة",
    "これは本です",
]


@pytest.mark.parametrize("text", BENIGN, ids=ascii)
def test_an_innocent_text_comes_through_untouched(text: str) -> None:
    result = normalize(text, lexicon=LEXICON)
    assert (result.plain, result.edits) == (text, ())


@pytest.mark.parametrize(("text", "expected"), STACKED, ids=ascii)
def test_stacked_devices_are_undone_one_after_the_other(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_a_term_is_edited_where_it_stands() -> None:
    assert normalize("I want to unalive myself", lexicon=LEXICON).edits == (
        Edit(
            start=10,
            end=17,
            surface="unalive",
            canonical="kill",
            step=Step.LEXICON,
            term="unalive",
            category=Category.SELF_HARM,
            note="Death.",
        ),
    )


def test_an_edit_tells_the_way_to_its_term() -> None:
    edit = only_edit("s 3 g g s")
    assert (edit.start, edit.end, edit.surface, edit.canonical) == (0, 9, "s 3 g g s", "sex")
    assert (edit.step, edit.via, edit.term) == (Step.LEXICON, (Step.SPACING, Step.LEET), "seggs")


@pytest.mark.parametrize(
    ("text", "step", "note"),
    [
        ("ｋｉｌｌ", Step.UNICODE, "'ｋ' is another form of 'k'."),
        ("ki\u200bll", Step.INVISIBLE, "Invisible characters were placed between the letters."),
        ("kіll", Step.CONFUSABLE, "Letters of another script or with marks stand for plain letters."),
        ("k i l l", Step.SPACING, "The letters of a word were set apart."),
        ("sui cide", Step.SPACING, "The word 'suicide' was broken in two."),
        ("killll", Step.REPETITION, "Letters were repeated in 'kill'."),
        ("k1ll", Step.LEET, "'1' stands for 'i'."),
        ("k*ll", Step.CENSOR, "Letters of 'kill' were masked."),
        ("🇰🇮🇱🇱", Step.EMOJI, "Pictures of letters or digits spell a word."),
    ],
)
def test_each_step_says_why(text: str, step: Step, note: str) -> None:
    edit = only_edit(text)
    assert (edit.step, edit.note) == (step, note)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unalived", "unalived"),
        ("Unalive UNALIVE", "kill KILL"),
        ('#unalive, "unalive"', '#kill, "kill"'),
        ("cp linkage", "child porn linkage"),
        ("cp link", "child porn link"),
        ("the seeggz and the seggs", "the sex and the sex"),
        ("the segg the see", "the segg the sea"),
        ("go cdx ef", "go one"),
        ("cpu acp", "cpu acp"),
        ("k y s", "kill yourself"),
        ("k\ny s", "kill yourself"),
        ("❤️‍🔥🍑", "sex"),
        ("🍆‍❤", "🍆‍❤"),
        ("@unalive unalive.com", "@unalive unalive.com"),
    ],
)
def test_terms_match_whole_words_longest_first(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("corn star", "porn star"),
        ("watching 🌽 again", "watching porn again"),
        ("🌽🔞", "porn🔞"),
        ("corn on the Only Fans page", "porn on the Only Fans page"),
        ("corn star from the farm", "corn star from the farm"),
        ("corn starch", "corn starch"),
        ("hot corn", "hot corn"),
        ("corn one two three four five six seven star", "porn one two three four five six seven star"),
        (
            "corn one two three four five six seven eight star",
            "corn one two three four five six seven eight star",
        ),
        ("star one two three four five six seven corn", "star one two three four five six seven porn"),
        (
            "star one two three four five six seven eight corn",
            "star one two three four five six seven eight corn",
        ),
        ("she is a 304", "she is a whore"),
        ("she paid $304 for 304.5 or 1:304", "she paid $304 for 304.5 or 1:304"),
        ("he was graped", "he was raped"),
        ("graped at the vineyard", "graped at the vineyard"),
    ],
)
def test_cues_decide_within_eight_words(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_a_term_without_a_cue_is_a_hint_on_the_original() -> None:
    result = normalize("k!ll the c0rn, and corn", lexicon=LEXICON)
    assert [(hint.start, hint.end, hint.surface) for hint in result.hints] == [
        (9, 13, "c0rn"),
        (19, 23, "corn"),
    ]
    assert all(hint.ambiguous and hint.term == "corn" and hint.canonical == "porn" for hint in result.hints)
    assert result.plain == "kill the corn, and corn"


def test_an_applied_term_says_that_it_is_ambiguous() -> None:
    assert only_edit("corn star").ambiguous


def test_readings_hold_the_plain_text_only_where_it_differs() -> None:
    assert normalize("unalive", lexicon=LEXICON).readings == ("unalive", "kill")
    assert normalize("hello", lexicon=LEXICON).readings == ("hello",)


@pytest.mark.parametrize("text", ["", "\ud800", "\udfff k!ll", "\x00", "İk!ll", "\U0010ffff"])
def test_any_text_is_accepted(text: str) -> None:
    assert plain(text) == text.replace("k!ll", "kill")


def test_an_empty_lexicon_still_undoes_spelling() -> None:
    assert plain("un@l!ve k!ll", lexicon=lexicon_of([])) == "un@l!ve kill"


def test_a_spelt_out_text_is_cut_into_as_few_words_as_possible() -> None:
    coined = ["aaaaa", "ccccc", "bbbbbyou", "aaaaacccccbbbbb"]
    assert readings_of(strong=coined, weak=[]).cut("aaaaacccccbbbbbyou") == ("aaaaacccccbbbbb", "you")


def test_terms_that_lead_to_each_other_end_after_the_last_round() -> None:
    circle = lexicon_of(
        [
            Term("ab", Category.HATE, (Form("abab", "cdcd"),)),
            Term("cd", Category.HATE, (Form("cdcd", "abab"),)),
        ]
    )
    assert MAX_ROUNDS % 2 == 0
    assert normalize("abab", lexicon=circle).edits == ()


def test_a_word_that_the_plain_words_say_again_is_taken_in_though_it_opens_a_term() -> None:
    lexicon = lexicon_of(
        [
            Term("first", Category.THREAT, (Form("qoq", "hurt them"),)),
            Term("second", Category.THREAT, (Form("them zuz", "them badly"),)),
        ]
    )
    assert plain("we hurt qoq them soon", lexicon=lexicon) == "we hurt them soon"
    assert plain("qoq them zuz", lexicon=lexicon) == "hurt them badly"
