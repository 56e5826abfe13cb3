"""Content is judged and kept: the whole use case over real SQLite, with a scripted model."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from app.classifiers.scripted import ScriptedClassifier
from app.core.classify import Band, Cascade
from app.core.errors import (
    EmptyText,
    IdInvalid,
    InvalidContent,
    ModelMissing,
    NoExplainer,
    NotFound,
    QueueFull,
    StorageError,
    TextTooLong,
    UnreadableText,
)
from app.core.lexicon import parse_lexicon
from app.core.policy import parse_policy
from app.core.types import Action, Category, Content, Label, ReviewState
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.services.checks import check_text
from app.services.judge import Judge
from app.services.moderation import ModerationService, text_hash

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
SECRET = b"a key for tests"

THREAT = "I will unalive the zebra keeper"
LEXICON = parse_lexicon(
    {"all.toml": (ROOT / "policies" / "lexicon" / "self_harm.toml").read_text(encoding="utf-8")}
)
POLICY = parse_policy((ROOT / "policies" / "default.toml").read_text(encoding="utf-8"))

WINDOW = timedelta(hours=24)


@pytest.fixture
def model() -> ScriptedClassifier:
    return ScriptedClassifier({THREAT: {Category.THREAT: 0.9, None: 0.8}, "hello": {None: 0.1}})


@pytest.fixture
def judge(model: ScriptedClassifier) -> Judge:
    return Judge(classifier=model, lexicon=LEXICON, policy=POLICY, max_chars=100)


@pytest.fixture
def service(judge: Judge, ledger: Ledger, queries: Queries) -> ModerationService:
    return service_of(lambda: judge, ledger, queries)


def service_of(judge: Callable[[], Judge], ledger: Ledger, queries: Queries) -> ModerationService:
    ids = (f"id-{number:03}" for number in count(1))
    return ModerationService(
        judge,
        ledger,
        queries,
        clock=lambda: NOW,
        new_id=lambda: next(ids),
        secret=SECRET,
        retry_window=WINDOW,
    )


def kept(queries: Queries) -> int:
    return len(list(queries.decisions()))


def test_the_answer_is_the_decision_that_is_kept(
    service: ModerationService, model: ScriptedClassifier
) -> None:
    content = Content(THREAT, context=("earlier",), author_id="u-9", content_id="post-1")
    answer = service.moderate(content)
    verdict = answer.decision.verdict
    assert (verdict.label, verdict.action, verdict.category) == (
        Label.EXTREMELY_HARMFUL,
        Action.REVIEW,
        Category.THREAT,
    )
    assert verdict.versions.model == model.version
    assert verdict.versions.model.startswith("scripted@")
    assert answer.text.plain == "I will kill the zebra keeper"
    assert answer.item is not None
    assert answer.item.state is ReviewState.OPEN

    found = service.decision(answer.decision.id)
    assert found.decision == answer.decision
    assert found.item == answer.item
    assert (found.decision.created_at, found.decision.context) == (NOW, ("earlier",))
    assert (found.decision.author_id, found.decision.content_id) == ("u-9", "post-1")


def test_an_allowed_post_asks_nobody(service: ModerationService) -> None:
    answer = service.moderate(Content("hello"))
    assert answer.decision.verdict.action is Action.ALLOW
    assert answer.item is None
    assert service.decision(answer.decision.id).item is None


def test_a_text_that_is_not_to_be_stored_is_nowhere(
    service: ModerationService, model: ScriptedClassifier, queries: Queries, service_file: Path
) -> None:
    answer = service.moderate(Content(THREAT, context=("the giraffe saw it",)), store=False)
    model.fail("the engine broke")
    service.moderate(Content(THREAT, context=("the giraffe saw it",)), store=False)

    assert answer.text.original == THREAT
    found = service.decision(answer.decision.id).decision
    assert found.text is None
    assert found.context == ()
    assert found.text_hash == text_hash(THREAT, secret=SECRET)
    assert any("Places written in code: 1" in reason for reason in found.verdict.reasons)
    assert [event.kind for event in queries.audit_events()] == ["decision.recorded"] * 2
    stored = b"".join(path.read_bytes() for path in service_file.parent.glob("services.db*"))
    assert found.text_hash.encode() in stored
    for word in (b"zebra", b"unalive", b"giraffe"):
        assert word not in stored


def test_the_hash_needs_the_key() -> None:
    assert text_hash("a", secret=b"1") == text_hash("a", secret=b"1")
    assert len({text_hash("a", secret=b"1"), text_hash("a", secret=b"2"), text_hash("b", secret=b"1")}) == 3


def test_a_batch_keeps_order_and_its_own_wishes(service: ModerationService, queries: Queries) -> None:
    answers = service.moderate_many(
        [(Content("hello"), True), (Content(THREAT), False), (Content("other"), True)]
    )
    assert [answer.text.original for answer in answers] == ["hello", THREAT, "other"]
    assert [decision.id for decision in queries.decisions()] == [answer.decision.id for answer in answers]
    texts = [decision.text.original if decision.text else None for decision in queries.decisions()]
    assert texts == ["hello", None, "other"]


def test_an_empty_batch_is_done(service: ModerationService, queries: Queries) -> None:
    assert service.moderate_many([]) == []
    assert kept(queries) == 0


REFUSED = [
    (Content(""), EmptyText, "visible character"),
    (Content(" \n\t "), EmptyText, "visible character"),
    (Content("x" * 101), TextTooLong, "has 101 characters; at most 100"),
    (Content("a\ud800"), UnreadableText, "The text has .* at place 1"),
    (Content("a\0b"), UnreadableText, "The text has .* at place 1"),
    (Content("a", context=("b", "c\0")), UnreadableText, "context"),
    (Content("a", author_id="u\0"), UnreadableText, "author_id"),
    (Content("a", content_id="p\ud800"), UnreadableText, "content_id"),
    (Content("a", content_id=""), IdInvalid, "Leave it out"),
    (Content("a", author_id="."), IdInvalid, "author_id is '.'"),
    (Content("a", author_id="u\t9"), IdInvalid, "at place 1"),
]


@pytest.mark.parametrize(("content", "error", "said"), REFUSED)
def test_what_cannot_be_judged_is_refused_and_nothing_is_kept(
    service: ModerationService, queries: Queries, content: Content, error: type[InvalidContent], said: str
) -> None:
    with pytest.raises(error, match=f"(?i){said}"):
        service.moderate(content)
    assert kept(queries) == 0


@pytest.mark.parametrize(("content", "error", "said"), REFUSED)
def test_a_batch_is_all_or_none_and_the_error_names_the_item(
    service: ModerationService, queries: Queries, content: Content, error: type[InvalidContent], said: str
) -> None:
    with pytest.raises(error, match=f"(?i)^Item 1 of 3: .*{said}"):
        service.moderate_many([(Content("hello"), True), (content, True), (Content("hello"), True)])
    assert kept(queries) == 0


def test_the_longest_text_is_judged(service: ModerationService) -> None:
    check_text("x" * 100, max_chars=100)
    assert service.moderate(Content("x" * 100)).decision.verdict.action is Action.ALLOW


def test_an_outage_goes_to_a_person(service: ModerationService, model: ScriptedClassifier) -> None:
    model.fail("the engine broke")
    answer = service.moderate(Content("hello"))
    verdict = answer.decision.verdict
    assert (verdict.label, verdict.confidence, verdict.action) == (
        Label.POTENTIALLY_HARMFUL,
        0,
        Action.REVIEW,
    )
    assert verdict.unavailable == (model.version,)
    assert service.decision(answer.decision.id).item == answer.item is not None
    model.recover()
    assert service.moderate(Content("hello")).decision.verdict.action is Action.ALLOW


def test_a_post_on_which_the_normalizer_fails_is_scored_as_written_and_goes_to_a_person(
    service: ModerationService, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault(text: str, **_: object) -> None:
        raise IndexError(f"a fault that quotes {text}")

    monkeypatch.setattr("app.services.judge.normalize", fault)
    calm, threat = service.moderate_many([(Content("hello"), True), (Content(THREAT), True)])
    for answer, label in ((calm, Label.SAFE), (threat, Label.EXTREMELY_HARMFUL)):
        verdict = answer.decision.verdict
        assert (verdict.label, verdict.action, verdict.unavailable) == (label, Action.REVIEW, ("normalizer",))
        assert answer.text.plain == answer.text.original
    told = capsys.readouterr().out
    assert "normalizer.failed" in told
    assert "hello" not in told


def test_a_full_queue_keeps_nothing(
    service: ModerationService, model: ScriptedClassifier, queries: Queries
) -> None:
    model.fill_queue()
    with pytest.raises(QueueFull):
        service.moderate(Content("hello"))
    assert kept(queries) == 0


def test_without_a_model_the_caller_hears_why(ledger: Ledger, queries: Queries) -> None:
    def no_judge() -> Judge:
        raise ModelMissing("There is no model at 'x'.")

    with pytest.raises(ModelMissing, match="no model at"):
        service_of(no_judge, ledger, queries).moderate(Content("hello"))
    assert kept(queries) == 0


def test_explanations_need_a_language_model(service: ModerationService, queries: Queries) -> None:
    with pytest.raises(NoExplainer):
        service.moderate(Content("hello"), explain=True)
    assert kept(queries) == 0


def test_what_is_not_durable_is_not_answered(judge: Judge, ledger: Ledger, queries: Queries) -> None:
    service = ModerationService(
        lambda: judge,
        ledger,
        queries,
        clock=lambda: NOW,
        new_id=lambda: "same",
        secret=SECRET,
        retry_window=WINDOW,
    )
    service.moderate(Content("hello"))
    with pytest.raises(StorageError):
        service.moderate_many([(Content(THREAT), True)])
    (only,) = queries.decisions()
    assert only.text is not None
    assert only.text.original == "hello"


def test_an_unknown_decision_is_not_found(service: ModerationService) -> None:
    with pytest.raises(NotFound):
        service.decision("id-999")


def test_the_judge_alone_keeps_nothing(judge: Judge, queries: Queries) -> None:
    one, other = judge.judge(["hello", THREAT])
    assert (one.verdict.action, other.verdict.action) == (Action.ALLOW, Action.REVIEW)
    assert judge.judge([]) == []
    assert kept(queries) == 0


def test_the_double_announces_itself_and_its_table() -> None:
    one, other = ScriptedClassifier({"a": {None: 0.1}}), ScriptedClassifier({"a": {None: 0.2}})
    assert one.version.startswith("scripted@")
    assert one.version != other.version
    one.close()


def test_parts_of_a_post_are_scored_by_the_first_lane_alone(
    judge: Judge, model: ScriptedClassifier, ledger: Ledger, queries: Queries
) -> None:
    second = ScriptedClassifier({"hello": {None: 0.99}})
    both = Cascade(model, second, band=Band(low=0, high=1), language=lambda _: "en")
    service = service_of(lambda: replace(judge, classifier=both, first_lane=model), ledger, queries)
    assert service.moderate(Content("hello")).decision.verdict.score == 0.99
    (part,) = service.score(["hello"])
    assert (part.score, part.versions.model) == (0.1, model.version)
