"""The use case Plainspeak exists for: judge content and keep the answer.

The only place that orders the steps of a request: check, judge (`app.services.judge`), record. No transaction
is open while a model thinks; nothing is returned before it is durable.
"""

import hashlib
import hmac
import time
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from app.core.classify import LanguageModel
from app.core.errors import ModelError, NoExplainer, NotFound, QueueFull
from app.core.retries import Kept, Receipt, answer_of, receipt_hash
from app.core.review import Decision, ReviewItem, open_item
from app.core.types import Content, NormalizedText, Verdict
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.receipts import NewDecision
from app.services.checks import check_company, naming_item
from app.services.judge import Judge, Judgement
from app.services.meter import UNMETERED, Meter, Stage, Stopwatch

_LOG = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a caller gets: the judgement, kept as a decision, and the review item it opened, if any."""

    decision: Decision
    text: NormalizedText
    """Also there when the decision keeps no text."""
    item: ReviewItem | None
    explanation: str | None = None
    """Why, in the words of a language model, where it was asked for."""


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """A decision as it is kept, and the review item it opened, if any."""

    decision: Decision
    item: ReviewItem | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from, and what makes it known when it is sent again."""

    caller: str = ""
    """Id of the API key it came with; empty without one."""
    key: str | None = None
    """The Idempotency-Key it came with."""
    asked: bytes = b""
    """What was asked, where it came with such a key."""


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
        retry_window: timedelta,
        meter: Meter = UNMETERED,
    ) -> None:
        """Bring the parts together.

        Args:
            judge: gives the judge, or raises ModelError while there is no model to judge with.
            ledger: every write.
            queries: every read.
            clock: the time now, UTC.
            new_id: a fresh id that sorts by time.
            secret: key for the hashes of texts.
            retry_window: how long a request that is sent again gets the answer it got before.
            meter: hears of what is kept.
        """
        self._judge = judge
        self._ledger = ledger
        self._queries = queries
        self._clock = clock
        self._new_id = new_id
        self._secret = secret
        self._retry_window = retry_window
        self._meter = meter

    def moderate(
        self, content: Content, *, store: bool = True, explain: bool = False, origin: Origin = Origin()
    ) -> Answer:
        """Judge one post and return when the decision is durable; see `moderate_many`."""
        return self.moderate_many([(content, store)], explain=(0,) if explain else (), origin=origin)[0]

    def moderate_many(
        self,
        contents: Sequence[tuple[Content, bool]],
        *,
        explain: Collection[int] = (),
        origin: Origin = Origin(),
    ) -> list[Answer]:
        """Judge posts in order, each with whether its text may be stored. All are kept, or none.

        A request that its caller sent before under the same key, and a post they sent before with the same id
        and the same text, gets the decision it got then.

        Explanations, for the posts at the places of `explain`, are written when the decisions are kept.

        Raises:
            InvalidContent: a text cannot be judged as it is, or nothing here can explain.
            IdempotencyKeyReused: its caller sent the same key with another request.
            ModelError: there is no model to judge with.
            QueueFull: too much is waiting.
            StorageError: the answers could not be kept, and so are not given.
        """
        explainer = self._explainer() if explain else None
        answers = self._moderated(contents, origin)
        return [
            replace(answer, explanation=_explained(explainer, answer))
            if explainer is not None and place in explain
            else answer
            for place, answer in enumerate(answers)
        ]

    def explain(self, decision: Decision) -> Generator[str, None, None]:
        """Write why a kept decision may be right, piece by piece; closing it ends the work.

        Raises:
            NoExplainer: nothing here can explain, or the text is not kept.
            ModelError: there is no model, or it cannot answer.
            QueueFull: too much is waiting.
        """
        if decision.text is None:
            raise NoExplainer("The text is not stored, so nothing can be said about it.")
        verdict = decision.verdict
        return self._explainer().explain(decision.text, label=verdict.label, category=verdict.category)

    @property
    def explains(self) -> bool:
        """Whether an explanation can be asked for now."""
        try:
            self._explainer()
        except (NoExplainer, ModelError):
            return False
        return True

    def _explainer(self) -> LanguageModel:
        found = self._judge().language_model
        if found is None or not found.explains:
            raise NoExplainer(
                "explain is true, and no language model that can explain is loaded. "
                "Send explain: false, or set PLAINSPEAK_SCORER."
            )
        return found

    def _moderated(self, contents: Sequence[tuple[Content, bool]], origin: Origin) -> list[Answer]:
        for place, (content, _) in enumerate(contents):
            with naming_item(place, count=len(contents)):
                check_company(content)
        judge = self._judge()
        judge.check([content.text for content, _ in contents])
        whole, receipts = self._receipts(contents, origin)
        known = self._known([each for each in (whole, *receipts) if each is not None])
        earlier = answer_of(whole, known.get(whole.name), count=len(contents)) if whole else None
        if earlier is not None:
            return self._answers(contents, earlier, own=())
        entries = [_earlier(receipt, known) for receipt in receipts]
        fresh = [place for place, entry in enumerate(entries) if entry is None]
        own = self._judged(judge, [contents[place] for place in fresh], caller=origin.caller)
        new = {
            place: NewDecision(answer.decision, answer.item, receipts[place])
            for place, answer in zip(fresh, own, strict=True)
        }
        watch = Stopwatch(self._meter)
        try:
            ids = self._ledger.record_many(
                [entry or new[place] for place, entry in enumerate(entries)], receipt=whole
            )
        except NotFound:
            # What was to be answered again was erased meanwhile, and so is new.
            return self._moderated(contents, origin)
        watch.lap(Stage.RECORD)
        self._meter.decided(answer.decision.verdict for answer in own)
        return self._answers(contents, ids, own=own)

    def score(self, texts: Sequence[str]) -> list[Verdict]:
        """Judge parts of a post that was judged as a whole, by the first lane; nothing is kept.

        Raises as `moderate_many`.
        """
        judge = self._judge().quick()
        judge.check(texts)
        return [judgement.verdict for judgement in judge.judge(texts)]

    def decision(self, decision_id: str) -> KeptDecision:
        """Give a kept decision with its review item, or raise NotFound."""
        return KeptDecision(
            decision=self._queries.decision(decision_id), item=self._queries.item_of(decision_id)
        )

    def _receipts(
        self, contents: Sequence[tuple[Content, bool]], origin: Origin
    ) -> tuple[Receipt | None, list[Receipt | None]]:
        """How the whole request and each of its posts are recognised when they come again."""
        now = self._clock()
        hashed = partial(receipt_hash, secret=self._secret)

        def receipt(kind: str, key: str, *asked: str | bytes) -> Receipt:
            name = hashed(kind, origin.caller, key)
            return Receipt(name, hashed(*asked), made_at=now, expires_at=now + self._retry_window)

        whole = None if origin.key is None else receipt("request", origin.key, origin.asked)
        return whole, [
            None
            if content.content_id is None
            else receipt("content", content.content_id, str(store), content.text)
            for content, store in contents
        ]

    def _known(self, receipts: Sequence[Receipt]) -> dict[str, Kept]:
        if not receipts:
            return {}
        return self._queries.receipts(list({each.name for each in receipts}), now=receipts[0].made_at)

    def _judged(self, judge: Judge, contents: Sequence[tuple[Content, bool]], *, caller: str) -> list[Answer]:
        """Judge posts; nothing is kept yet."""
        if not contents:
            return []
        started = time.perf_counter()
        judgements = judge.judge([content.text for content, _ in contents])
        elapsed_ms = (time.perf_counter() - started) * 1000
        return [
            self._answer(content, judgement, store=store, caller=caller, latency_ms=elapsed_ms)
            for (content, store), judgement in zip(contents, judgements, strict=True)
        ]

    def _answers(
        self, contents: Sequence[tuple[Content, bool]], ids: Sequence[str], *, own: Sequence[Answer]
    ) -> list[Answer]:
        """The answers under these ids: those made now, and those that were kept before."""
        found = {answer.decision.id: answer for answer in own}
        earlier = [each for each in ids if each not in found]
        kept = self._queries.answered(earlier) if earlier else {}
        return [
            found.get(each) or self._kept_answer(content, each, kept)
            for each, (content, _) in zip(ids, contents, strict=True)
        ]

    def _kept_answer(
        self, content: Content, decision_id: str, kept: Mapping[str, tuple[Decision, ReviewItem | None]]
    ) -> Answer:
        if decision_id not in kept:
            raise NotFound(f"The decision {decision_id!r} was just erased. Send the post again.")
        decision, item = kept[decision_id]
        # A text that is not stored came again with this request, and reads as it did.
        return Answer(decision=decision, text=decision.text or self._judge().read(content.text), item=item)

    def _answer(
        self, content: Content, judgement: Judgement, *, store: bool, caller: str, latency_ms: float
    ) -> Answer:
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
            client_token=content.client_token,
            key_id=caller or None,
        )
        return Answer(
            decision=decision,
            text=judgement.text,
            item=open_item(decision, item_id=self._new_id(), now=now),
        )


def _explained(explainer: LanguageModel, answer: Answer) -> str:
    """The explanation of an answer, or why there is none: its decision is kept already."""
    verdict = answer.decision.verdict
    try:
        return "".join(explainer.explain(answer.text, label=verdict.label, category=verdict.category))
    except (ModelError, QueueFull) as error:
        return f"No explanation could be written. {error}"


def _earlier(receipt: Receipt | None, known: Mapping[str, Kept]) -> str | None:
    """Id of the decision on the same post; None where it is new, or its text has changed."""
    kept = known.get(receipt.name) if receipt else None
    return kept.decision_ids[0] if receipt and kept and kept.fingerprint == receipt.fingerprint else None


def text_hash(text: str, *, secret: bytes) -> str:
    """Keyed hash of a text: equal texts are recognised, and nobody without the key can test a guess."""
    return "hmac-sha256:" + hmac.new(secret, text.encode("utf-8"), hashlib.sha256).hexdigest()
