"""What spellings are read as, and the small memory of it."""

from app.core.readings import readings_of


def test_a_reading_stays_the_same_however_many_words_were_read_before() -> None:
    readings = readings_of(strong=["kill"], weak=[])
    first = readings.word("k1ll"), readings.word("sk1llet"), readings.parted("killyou")
    for number in range(20_001):
        readings.word(f"w{number}x")
        readings.parted(f"w{number}x")
    assert (readings.word("k1ll"), readings.word("sk1llet"), readings.parted("killyou")) == first
    assert first == ("kill", None, ("kill", "you"))


def test_a_spelling_that_is_a_word_elsewhere_is_doubtful() -> None:
    readings = readings_of(strong=["cunt"], weak=[])
    assert readings.respelt("cnt") is None
    assert readings.doubtful("cnt") == "cunt"
    assert readings.doubtful("birch") is None


def test_short_words_of_talk_are_parted_from_unmistakable_words_only() -> None:
    readings = readings_of(strong=["bitch", "dick", "ass", "fuck"], weak=[])
    assert readings.parted("lilbitch") == ("lil", "bitch")
    assert readings.parted("fuckbro") == ("fuck", "bro")
    assert readings.parted("lildick") is None
    assert readings.parted("stupidass") == ("stupid", "ass")
    assert readings.parted("compass") is None


def test_a_masked_word_is_read_drawn_out_backwards_and_glued() -> None:
    readings = readings_of(strong=["fuck", "bitch", "shit"], weak=[])
    assert readings.masked_otherwise("fuuuu*k") == ("fuck",)
    assert readings.masked_otherwise("kc*f") == ("fuck",)
    assert readings.masked_otherwise("f*ckyou") == ("fuck", "you")
    assert readings.masked_otherwise("yourb*tch") == ("your", "bitch")
    assert readings.masked_otherwise("rate*price") == ()
    assert readings.masked_otherwise("f*" + "c" * 40) == ()
