"""The use case Plainspeak exists for: judge content and keep the answer.

The only place that orders the steps of a request: normalize, classify, decide, record. Each result is an
argument of the next; no transaction is open while a model thinks; nothing is returned before it is durable.
"""

import hashlib
import hmac
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from app.core.classify import Classifier
from app.core.errors import EmptyText, InvalidContent, NoExplainer, TextTooLong, UnreadableText
from app.core.lexicon import Lexicon
from app.core.normalize import normalize
from app.core.policy import Policy, decide
from app.core.review import Decision, ReviewItem, open_item
from app.core.types import Content, NormalizedText, Verdict
from app.db.ledger import Ledger
from app.db.queries import Queries

# Half a character, and the one code point that databases refuse in text.
_NO_CHARACTER = re.compile("[\ud800-\udfff\0]")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the machine makes of one text, before anything is kept."""

    text: NormalizedText
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Answer:
    """What a caller gets: the judgement, kept as a decision, and the review item it opened, if any."""

    decision: Decision
    text: NormalizedText
    """Also there when the decision keeps no text."""
    item: ReviewItem | None


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """A decision as it is kept, and the review item it opened, if any."""

    decision: Decision
    item: ReviewItem | None


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads, scores and decides; keeps nothing. What the service, the command line and evaluation share."""

    classifier: Classifier
    lexicon: Lexicon
    policy: Policy
    max_chars: int
    as_written: bool = False
    """Show texts to the model without normalizing them first: to measure what the normalizer adds."""

    def judge(self, texts: Sequence[str]) -> list[Judgement]:
        """Judge texts in order.

        Raises:
            EmptyText, TextTooLong, UnreadableText: a text cannot be judged as it is; none is.
            QueueFull: more is waiting than the engine's queue holds.
        """
        for place, text in enumerate(texts):
            with _naming_item(place, count=len(texts)):
                check_text(text, max_chars=self.max_chars)
        normalized = [
            NormalizedText(original=text, plain=text)
            if self.as_written
            else normalize(text, lexicon=self.lexicon)
            for text in texts
        ]
        classifications = self.classifier.classify(normalized)
        return [
            Judgement(
                text=text,
                verdict=decide(
                    classification,
                    text=text,
                    policy=self.policy,
                    model=self.classifier.version,
                    lexicon=self.lexicon.version,
                ),
            )
            for text, classification in zip(normalized, classifications, strict=True)
        ]


@contextmanager
def _naming_item(place: int, *, count: int) -> Iterator[None]:
    """Say in an error which of several items it is about."""
    try:
        yield
    except InvalidContent as error:
        if count == 1:
            raise
        raise type(error)(f"Item {place} of {count}: {error}") from error


def check_text(text: str, *, max_chars: int) -> None:
    """Refuse what cannot be judged.

    Raises:
        EmptyText, TextTooLong, UnreadableText: with the value and the next step.
    """
    if not text.strip():
        raise EmptyText(f"The text is {text[:20]!r}. Send at least one visible character.")
    if len(text) > max_chars:
        raise TextTooLong(
            f"The text has {len(text)} characters; at most {max_chars} are judged at once. "
            "Send it in parts, or raise PLAINSPEAK_MAX_CHARS."
        )
    _check_characters(text, what="The text")


def _check_characters(text: str, *, what: str) -> None:
    if found := _NO_CHARACTER.search(text):
        raise UnreadableText(
            f"{what} has {found.group()!r} at place {found.start()}, which is no character (a lone surrogate "
            "or a zero byte). Send well-formed Unicode text."
        )


def _check_company(content: Content) -> None:
    """Refuse ids and earlier messages that a database cannot keep, as `check_text` does for the text."""
    _check_characters(content.content_id or "", what="The content_id")
    _check_characters(content.author_id or "", what="The author_id")
    for place, message in enumerate(content.context):
        _check_characters(message, what=f"Message {place} of the context")


class ModerationService:
    """Judges content and keeps every answer."""

    def __init__(
        self,
        judge: Callable[[], Judge],
        ledger: Ledger,
        queries: Queries,
        *,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        secret: bytes,
    ) -> None:
        """Bring the parts together.

        Args:
            judge: gives the judge, or raises ModelError while there is no model to judge with.
            ledger: every write.
            queries: every read.
            clock: the time now, UTC.
            new_id: a fresh id that sorts by time.
            secret: key for the hashes of texts.
        """
        self._judge = judge
        self._ledger = ledger
        self._queries = queries
        self._clock = clock
        self._new_id = new_id
        self._secret = secret

    def moderate(self, content: Content, *, store: bool = True, explain: bool = False) -> Answer:
        """Judge one post and return when the decision is durable; see `moderate_many`."""
        return self.moderate_many([(content, store)], explain=explain)[0]

    def moderate_many(
        self, contents: Sequence[tuple[Content, bool]], *, explain: bool = False
    ) -> list[Answer]:
        """Judge posts in order, each with whether its text may be stored. All are kept, or none.

        Raises:
            InvalidContent: a text cannot be judged as it is, or an explanation was asked for.
            ModelError: there is no model to judge with.
            QueueFull: too much is waiting.
            StorageError: the answers could not be kept, and so are not given.
        """
        if explain:
            raise NoExplainer("explain is true, and no language model is loaded. Send explain: false.")
        for place, (content, _) in enumerate(contents):
            with _naming_item(place, count=len(contents)):
                _check_company(content)
        started = time.perf_counter()
        judgements = self._judge().judge([content.text for content, _ in contents])
        elapsed_ms = (time.perf_counter() - started) * 1000
        answers = [
            self._answer(content, judgement, store=store, latency_ms=elapsed_ms)
            for (content, store), judgement in zip(contents, judgements, strict=True)
        ]
        self._ledger.record_many([(answer.decision, answer.item) for answer in answers])
        return answers

    def score(self, texts: Sequence[str]) -> list[Verdict]:
        """Judge parts of a post that was judged as a whole; nothing is kept. Raises as `moderate_many`."""
        return [judgement.verdict for judgement in self._judge().judge(texts)]

    def decision(self, decision_id: str) -> KeptDecision:
        """Give a kept decision with its review item, or raise NotFound."""
        return KeptDecision(
            decision=self._queries.decision(decision_id), item=self._queries.item_of(decision_id)
        )

    def _answer(self, content: Content, judgement: Judgement, *, store: bool, latency_ms: float) -> Answer:
        now = self._clock()
        decision = Decision(
            id=self._new_id(),
            created_at=now,
            content_id=content.content_id,
            author_id=content.author_id,
            text=judgement.text if store else None,
            context=content.context if store else (),
            text_hash=text_hash(content.text, secret=self._secret),
            verdict=judgement.verdict,
            latency_ms=latency_ms,
        )
        return Answer(
            decision=decision,
            text=judgement.text,
            item=open_item(decision, item_id=self._new_id(), now=now),
        )


def text_hash(text: str, *, secret: bytes) -> str:
    """Keyed hash of a text: equal texts are recognised, and nobody without the key can test a guess."""
    return "hmac-sha256:" + hmac.new(secret, text.encode("utf-8"), hashlib.sha256).hexdigest()
