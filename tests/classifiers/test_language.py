"""Which posts count as English: slang and disguises do, and what is sure to be something else does not."""

from pathlib import Path

import pytest

from app.classifiers.language import LanguageGuesser
from app.core.language import Guess, language_of, undecided
from app.core.policy import UNREAD_CONFIDENCE, decide, parse_policy
from app.core.types import Action, Category, Classification, Label, NormalizedText, Signal

ROOT = Path(__file__).resolve().parents[2]
GUESS = LanguageGuesser()
POLICY = parse_policy((ROOT / "policies" / "default.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lol",
        "im back",
        "im sorry",
        "die",
        "ho ho ho",
        "c'est la vie",
        "kys u donut",
        "omg noooo wtf bro",
        "smh ngl that was mid af fr fr no cap",
        "gonna yeet this thing istg",
        "brb gtg ttyl luv u all xoxo",
        "ur mum is a proper minger innit bruv",
        "wagwan fam, dat ting was peak still",
        "zxqv jjkl wrtp mnbv cxzl kjhg fdsa qwer",
        "1234567890 !!! ???",
        "👍👍👍👍👍👍👍👍",
        "щ(ಠ益ಠщ)",
        'I said "hola" to my neighbours and they all laughed',
    ],
)
def test_short_slangy_and_unclear_posts_count_as_english(text: str) -> None:
    assert language_of(text, text, guess=GUESS) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("du bist so ein dummer Idiot, geh weg von hier", "de"),
        ("vous êtes tous des menteurs et des voleurs", "fr"),
        ("eres un idiota y nadie te quiere aquí", "es"),
        ("sei uno stupido e nessuno ti vuole bene", "it"),
        ("jesteś głupi i nikt cię nie lubi w tej grze", "pl"),
        ("sen çok aptalsın, kimse seni sevmiyor burada", "tr"),
        ("сегодня мы идём в кино, а потом ужинать", "ru"),
        ("今天天气很好，我们去公园吧", "zh"),
        ("오늘은 비가 오네요 우산을 챙기세요", "ko"),
        ("صباح الخير، كيف حالك اليوم؟", "ar"),
    ],
)
def test_other_languages_are_told(text: str, language: str) -> None:
    assert language_of(text, text, guess=GUESS) == language


@pytest.mark.parametrize(
    "original", ["ｇｏ ａｎｄ ｋｉｌｌ ｙｏｕｒｓｅｌｆ", "go and ki11 y0urse1f ya pu55y"]
)
def test_a_disguise_is_no_language(original: str) -> None:
    assert language_of(original, "go and kill yourself", guess=lambda _: Guess("nl", 1.0)) == "en"


def test_another_alphabet_is_never_english_whatever_the_guess() -> None:
    text = "сегодня мы идём"

    assert language_of(text, text, guess=undecided) == "und"


def test_a_guess_must_be_sure() -> None:
    text = "a post of more than twenty letters"

    assert language_of(text, text, guess=lambda _: Guess("nl", 0.69)) == "en"
    assert language_of(text, text, guess=lambda _: Guess("nl", 0.7)) == "nl"


@pytest.mark.parametrize("score", [0.01, 0.99])
def test_what_is_not_english_goes_to_a_person_with_little_confidence(score: float) -> None:
    evidence = Classification((Signal("model", None, score), Signal("model", Category.THREAT, score)))
    text = NormalizedText("x", "x")
    english, other = (
        decide(evidence, text=text, policy=POLICY, model="m", lexicon="l", language=language)
        for language in ("en", "de")
    )

    assert english.confidence > 0.9
    assert (other.action, other.language) == (Action.REVIEW, "de")
    assert other.confidence <= UNREAD_CONFIDENCE
    assert other.label is english.label
    assert (english.action is Action.ALLOW) is (english.label is Label.SAFE)
    assert "(de)" in other.reasons[0]
    assert other.reasons[1:] == english.reasons
