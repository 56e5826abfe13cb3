"""What is remembered of texts, over a classifier that counts what it is asked."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from app.classifiers.remember import Memory, Remembering, key_of
from app.core.types import Category, Classification, Edit, NormalizedText, Outage, Signal, Step


class Counting:
    """Scores a text by its length; remembers what it was asked; can be out of order."""

    version = "counting@1"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.is_out = False
        self.closed = False

    waiting = 3

    def check(self) -> str:
        return self.version

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        self.asked += [text.original for text in texts]
        if self.is_out:
            return [Classification(unavailable=(Outage(self.version, "out"),)) for _ in texts]
        return [
            Classification(signals=(Signal(self.version, None, len(text.original) / 100),)) for text in texts
        ]

    def close(self) -> None:
        self.closed = True


def plain(text: str) -> NormalizedText:
    return NormalizedText(text, text)


def scores(answers: Sequence[Classification]) -> list[float]:
    return [answer.signals[0].score for answer in answers]


def test_a_text_is_asked_about_once_and_answers_keep_their_places() -> None:
    counting = Counting()
    remembering = Remembering(counting, most=10)
    for _ in range(3):
        assert scores(remembering.classify([plain("aa"), plain("b"), plain("aa")])) == [0.02, 0.01, 0.02]
    assert counting.asked == ["aa", "b"]
    assert remembering.version == remembering.check() == counting.version
    assert remembering.waiting == counting.waiting


def test_the_text_not_asked_for_longest_is_forgotten_first() -> None:
    counting = Counting()
    remembering = Remembering(counting, most=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        remembering.classify([plain(text)])
    assert counting.asked == ["a", "b", "c", "b"]


def test_more_texts_than_are_remembered_are_all_answered() -> None:
    texts = ["x" * length for length in range(1, 50)]
    found = Remembering(Counting(), most=2).classify([plain(text) for text in texts])
    assert scores(found) == [length / 100 for length in range(1, 50)]


def test_what_reads_otherwise_is_another_text() -> None:
    counting = Counting()
    remembering = Remembering(counting, most=10)
    edit = Edit(0, 1, "a", "b", Step.LEXICON, term="a", category=Category.DRUGS)
    readings = [
        plain("a"),
        NormalizedText("a", "b"),
        NormalizedText("a", "b", edits=(edit,)),
        NormalizedText("a", "b", edits=(replace(edit, category=Category.HATE),)),
        NormalizedText("a", "b", edits=(replace(edit, ambiguous=True),)),
        NormalizedText("a", "b", hints=(edit,)),
    ]
    remembering.classify(readings)
    assert len(counting.asked) == len(readings)


def test_what_another_model_said_is_not_an_answer_of_this_one() -> None:
    counting = Counting()
    remembering = Remembering(counting, most=10)
    remembering.classify([plain("a")])
    counting.version = "counting@2"
    (found,) = remembering.classify([plain("a")])
    assert found.signals[0].source == "counting@2"


def test_an_outage_is_not_remembered() -> None:
    counting = Counting()
    remembering = Remembering(counting, most=10)
    counting.is_out = True
    assert remembering.classify([plain("a")])[0].unavailable
    counting.is_out = False
    assert scores(remembering.classify([plain("a")])) == [0.01]


def test_parts_cannot_be_shifted_between_each_other() -> None:
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("a\x1fb"), key_of("a", "b")}) == 5


def test_many_threads_get_their_own_answers() -> None:
    remembering = Remembering(Counting(), most=5)
    lengths = [number % 11 + 1 for number in range(500)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda length: remembering.classify([plain("x" * length)])[0], lengths))
    assert scores(found) == [length / 100 for length in lengths]


def test_memory_holds_no_more_than_it_may() -> None:
    memory: Memory[int] = Memory(most=3)
    for number in range(10):
        memory.keep(bytes([number]), number)
    assert len(memory) == 3
    assert memory.find(bytes([9])) == 9
    assert memory.find(bytes([0])) is None


def test_closing_closes_what_is_asked() -> None:
    counting = Counting()
    Remembering(counting, most=1).close()
    assert counting.closed
