"""Judging texts without keeping anything: normalize, classify, decide, in this order.

Each result is an argument of the next.
"""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from app.core.classify import Classifier, LanguageModel
from app.core.language import Guess, language_of, undecided
from app.core.lexicon import Lexicon
from app.core.normalize import normalize
from app.core.policy import Policy, decide
from app.core.types import NormalizedText, Outage, Verdict
from app.services.checks import check_text, naming_item
from app.services.meter import UNMETERED, Meter, Stage, Stopwatch

_LOG = structlog.get_logger()
NORMALIZER = "normalizer"
"""What a verdict names as unavailable where a text could not be said in plain words."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the machine makes of one text, before anything is kept."""

    text: NormalizedText
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads, scores and decides; keeps nothing. What the service, the command line and evaluation share."""

    classifier: Classifier
    lexicon: Lexicon
    policy: Policy
    max_chars: int
    guess: Callable[[str], Guess] = undecided
    """Guesses the language of a text."""
    language_model: LanguageModel | None = None
    """What can be asked for explanations, if any."""
    first_lane: Classifier | None = None
    """The first of two lanes, where there are two."""
    as_written: bool = False
    """Show texts to the model without normalizing them first: to measure what the normalizer adds."""
    meter: Meter = UNMETERED
    """Hears how long each stage took."""

    def quick(self) -> "Judge":
        """Judge with the first lane alone: what asks many times over would take minutes otherwise."""
        return self if self.first_lane is None else replace(self, classifier=self.first_lane, first_lane=None)

    def check(self, texts: Sequence[str]) -> None:
        """Refuse texts that cannot be judged.

        Raises:
            EmptyText, TextTooLong, UnreadableText: a text cannot be judged as it is; its place is named.
        """
        for place, text in enumerate(texts):
            with naming_item(place, count=len(texts)):
                check_text(text, max_chars=self.max_chars)

    def read(self, text: str) -> NormalizedText:
        """Say a text in plain words."""
        if self.as_written:
            return NormalizedText(original=text, plain=text)
        return normalize(text, lexicon=self.lexicon)

    def judge(self, texts: Sequence[str]) -> list[Judgement]:
        """Judge texts that were checked, in order.

        Raises:
            QueueFull: more is waiting than the engine's queue holds.
        """
        watch = Stopwatch(self.meter)
        read = [self._read(text) for text in texts]
        watch.lap(Stage.NORMALIZE)
        with self.meter.in_engine(len(read)):
            classifications = self.classifier.classify([text for text, _ in read])
        watch.lap(Stage.CLASSIFY)
        self.meter.classified(classifications)
        judgements = [
            Judgement(
                text=text,
                verdict=decide(
                    replace(classification, unavailable=(*classification.unavailable, *outages)),
                    text=text,
                    policy=self.policy,
                    model=self.classifier.version,
                    lexicon=self.lexicon.version,
                    language=language_of(text.original, text.plain, guess=self.guess),
                ),
            )
            for (text, outages), classification in zip(read, classifications, strict=True)
        ]
        watch.lap(Stage.DECIDE)
        return judgements

    def _read(self, text: str) -> tuple[NormalizedText, tuple[Outage, ...]]:
        """Say a text in plain words; where a step fails, give it as written, and that a person must look."""
        try:
            return self.read(text), ()
        # A fault in one of many steps must not lose the post.
        except Exception as error:  # noqa: BLE001
            # Not the error itself, which may quote the text.
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(frame.filename).name}:{frame.lineno}"
            _LOG.error("normalizer.failed", error=type(error).__name__, place=place, chars=len(text))
            reason = f"It failed at {place} with {type(error).__name__}; the text was scored as written."
            return NormalizedText(original=text, plain=text), (Outage(NORMALIZER, reason),)
