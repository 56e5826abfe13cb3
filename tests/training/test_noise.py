from random import Random

from hypothesis import given
from hypothesis import strategies as st

from training.noise import in_company, with_obfuscation, with_style

SEEDS = st.integers(0, 2**32)
WORDS = st.lists(
    st.sampled_from(["hello", "people", "kill", "weather", "you", "to", "a", "42", "naïve", "日本", "🌽"]),
    max_size=12,
).map(" ".join)


@given(st.text(), SEEDS)
def test_any_text_takes_noise_and_the_seed_decides(text: str, seed: int) -> None:
    for change in (with_style, with_obfuscation):
        assert change(text, random=Random(seed)) == change(text, random=Random(seed))


@given(WORDS, SEEDS)
def test_obfuscation_touches_the_stated_share_of_the_words(text: str, seed: int) -> None:
    changed = with_obfuscation(text, random=Random(seed), share=0.25)
    words = [word for word in text.split() if word.isascii() and word.isalpha() and len(word) >= 3]
    kept = sum(changed.count(word) for word in set(words))
    if not words:
        assert changed == text
    assert kept >= len(words) - max(1, round(0.25 * len(words))) - sum(
        words.count(word) > 1 for word in words
    )


def test_every_device_is_used() -> None:
    changed = {with_obfuscation("people", random=Random(seed)) for seed in range(300)}
    assert any("\u200b" in text for text in changed)
    assert any("*" in text for text in changed)
    assert any("ppppp" in text or "eeee" in text for text in changed)
    assert any("р" in text for text in changed)
    assert "ppl" in changed


def test_style_leaves_most_texts_alone_and_changes_some() -> None:
    text = "Please, it's the people you know: come to us!"
    changed = [with_style(text, random=Random(seed)) for seed in range(400)]
    assert 0.3 < sum(each == text for each in changed) / len(changed) < 0.8
    assert any("ppl" in each for each in changed)
    assert any("its" in each for each in changed)


@given(st.text(max_size=5), SEEDS)
def test_short_texts_survive(text: str, seed: int) -> None:
    assert isinstance(with_style(text, random=Random(seed)), str)


@given(WORDS, st.lists(WORDS, min_size=1), SEEDS)
def test_a_text_in_company_is_there_as_it_was(text: str, others: list[str], seed: int) -> None:
    changed = in_company(text, others=others, random=Random(seed))

    assert text.rstrip(" .!?…") in changed
    assert changed == in_company(text, others=others, random=Random(seed))


def test_company_stands_before_and_behind_and_leaves_room_for_the_text() -> None:
    threat = "i will find you"
    found = {
        in_company(threat, others=["Lovely day", "the bus is late"], random=Random(n)) for n in range(1_000)
    }

    assert f"Lovely day. {threat}" in found
    assert f"{threat}. Lovely day" in found
    assert f"Lovely day. {threat}. the bus is late" in found
    ended = {text for text in found if "." in text}
    assert all(2 <= text.count(".") + 1 <= 5 for text in ended)
    # Some people end no sentence.
    assert {f"Lovely day {threat}", f"{threat} and Lovely day", f"Lovely day, {threat}"} <= found - ended
    long = "word " * 43
    assert in_company(long, others=["Lovely day"], random=Random(1)) == long
