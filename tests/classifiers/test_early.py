"""Short posts without a suspicious word are answered by the words alone, over a model that counts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app import bootstrap
from app.classifiers.early import MOST_CHARS, Early
from app.classifiers.gguf import open_classifier, read_card, read_second_opinion
from app.core.card import EncoderCard
from app.core.types import Category, Classification, Edit, Label, NormalizedText, Signal, Step
from app.services.judge import Judge
from app.settings import Settings

HARMLESS = "thanks for the ride home, see you at dinner"
LIMIT = 0.03


class Counting:
    """Remembers what it was asked."""

    version = "counting@1"
    waiting = 2

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.closed = False

    def check(self) -> str:
        return self.version

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        self.asked += [text.original for text in texts]
        return [Classification(signals=(Signal(self.version, None, 0.5),)) for _ in texts]

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def early(bundled_model: Path, counting: Counting) -> Early:
    card = read_card(bundled_model)
    assert isinstance(card, EncoderCard)
    words = read_second_opinion(bundled_model, card=card)
    assert words is not None
    return Early(counting, words=words, categories=card.labels, source="words@1", limit=LIMIT)


def plain(text: str) -> NormalizedText:
    return NormalizedText(text, text)


def test_a_harmless_post_is_answered_by_its_words_and_says_so(early: Early, counting: Counting) -> None:
    (found,) = early.classify([plain(HARMLESS)])
    assert not counting.asked
    assert found.early
    assert {signal.source for signal in found.signals} == {"words@1"}
    assert [signal.category for signal in found.signals] == [*Category, None]
    assert max(signal.score for signal in found.signals) <= LIMIT


@pytest.mark.parametrize(
    "text",
    [
        plain("i will kill you tonight"),
        plain("nobody would miss you, go hurt yourself"),
        plain(
            "Thanks for the ride home. The soup was lovely and the bus on time. You cow. See you on Sunday."
        ),
        plain(f"{HARMLESS} " * (MOST_CHARS // len(HARMLESS) + 1)),
        NormalizedText(HARMLESS, HARMLESS, edits=(Edit(0, 6, "thanks", "thanks", Step.UNICODE),)),
        NormalizedText(HARMLESS, HARMLESS, hints=(Edit(0, 6, "thanks", "thanks", Step.LEXICON),)),
    ],
    ids=["threat", "self-harm", "in company", "long", "coded", "may be coded"],
)
def test_whatever_leaves_a_doubt_goes_to_the_model(
    early: Early, counting: Counting, text: NormalizedText
) -> None:
    (found,) = early.classify([text])
    assert counting.asked == [text.original]
    assert not found.early


def test_answers_keep_their_places(early: Early, counting: Counting) -> None:
    texts = [plain("you worthless idiot"), plain(HARMLESS), plain("i hate you so much")]
    found = early.classify(texts)
    assert [each.early for each in found] == [False, True, False]
    assert counting.asked == [texts[0].original, texts[2].original]


def test_it_goes_by_the_names_of_both_and_closes_what_it_asks(early: Early, counting: Counting) -> None:
    assert early.version == early.check() == "words@1+counting@1"
    assert early.waiting == counting.waiting
    early.close()
    assert counting.closed


def test_it_is_off_unless_an_operator_turns_it_on(bundled_model: Path) -> None:
    assert Settings().early_certainty == 0
    classifier = open_classifier(bundled_model, threads=1, queue_size=8)
    classifier.close()
    assert not isinstance(classifier, Early)


@pytest.fixture
def judge() -> Iterator[Judge]:
    judge = bootstrap.build_judge(Settings(threads=1, early_certainty=LIMIT))
    yield judge
    judge.classifier.close()


def test_the_verdict_names_what_decided(judge: Judge) -> None:
    spared, asked = judge.judge([HARMLESS, "i will kill you tonight"])
    (lane,) = spared.verdict.lanes
    assert lane.model.startswith("plainspeak-mini.ngrams@")
    assert lane.label is spared.verdict.label is Label.SAFE
    assert "the model was not asked" in spared.verdict.reasons[-1]
    assert asked.verdict.lanes == ()
    assert asked.verdict.label is not Label.SAFE
