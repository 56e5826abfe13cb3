"""What goes over the wire. The only place, with settings, where pydantic is used."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.core.discovery import Discovery
from app.core.review import Decision, ReviewItem
from app.core.types import (
    Action,
    Category,
    Content,
    Edit,
    Label,
    NormalizedText,
    ReviewState,
    RulingAction,
    Step,
)
from app.services.appeals import Appeal, AppealOutcome
from app.services.export import ExportRow, Lesson
from app.services.health import Check
from app.services.moderation import Answer

MAX_CONTEXT = 20
_ID = Field(default=None, max_length=200)
_NO_ID = "not empty, not . or .., and without control characters"


class ModerateIn(BaseModel):
    """One post to judge."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [{"text": "I want to unalive myself", "content_id": "post-123", "author_id": "u-9"}]
        },
    )

    text: Annotated[str, Field(description="The post. At most PLAINSPEAK_MAX_CHARS characters.")]
    content_id: Annotated[str | None, _ID, Field(description=f"Your id of the post; {_NO_ID}.")] = None
    author_id: Annotated[str | None, _ID, Field(description=f"Your id of its author; {_NO_ID}.")] = None
    context: Annotated[
        list[str],
        Field(max_length=MAX_CONTEXT, description="Earlier messages, oldest first. Shown to moderators."),
    ] = []
    explain: Annotated[
        bool, Field(description="Ask the language model for an explanation; refused where none is loaded.")
    ] = False
    store: Annotated[bool, Field(description="false keeps a keyed hash of the text and not the text.")] = True

    def content(self) -> Content:
        """The content as the core knows it."""
        return Content(
            text=self.text, context=tuple(self.context), author_id=self.author_id, content_id=self.content_id
        )


class BatchIn(BaseModel):
    """Posts to judge in one request."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [{"items": [{"text": "have a lovely day"}, {"text": "k!ll y0urs3lf"}]}]
        },
    )

    items: Annotated[list[ModerateIn], Field(min_length=1, description="1 to PLAINSPEAK_MAX_BATCH posts.")]


class EditOut(BaseModel):
    """One change between the original and the plain text."""

    start: Annotated[int, Field(description="First code point of the original.")]
    end: Annotated[int, Field(description="Code point after the last one.")]
    surface: str
    canonical: str
    step: Step
    via: list[Step]
    term: str | None
    category: Category | None
    ambiguous: bool
    note: str

    @classmethod
    def of(cls, edit: Edit) -> "EditOut":
        """The edit as it is sent."""
        return cls(
            start=edit.start,
            end=edit.end,
            surface=edit.surface,
            canonical=edit.canonical,
            step=edit.step,
            via=list(edit.via),
            term=edit.term,
            category=edit.category,
            ambiguous=edit.ambiguous,
            note=edit.note,
        )


class ReviewOut(BaseModel):
    """The review item a decision opened."""

    id: str
    state: ReviewState


class LaneOut(BaseModel):
    """What one model would have answered alone."""

    model: str
    label: Label
    category: Category | None
    score: float


class DecisionOut(BaseModel):
    """The answer for one post."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "019ab3f2-6d1c-7f10-a2b3-4c5d6e7f8091",
                    "label": "extremely_harmful",
                    "confidence": 0.97,
                    "category": "self_harm",
                    "score": 0.97,
                    "categories": {"self_harm": 0.97, "violence": 0.02},
                    "action": "review",
                    "normalized_text": "I want to kill myself",
                    "edits": [
                        {
                            "start": 10,
                            "end": 17,
                            "surface": "unalive",
                            "canonical": "kill",
                            "step": "lexicon",
                            "via": [],
                            "term": "unalive",
                            "category": "self_harm",
                            "ambiguous": False,
                            "note": "Death or killing, coined to pass word filters.",
                        }
                    ],
                    "hints": [],
                    "reasons": ["Self-harm 0.97: extremely harmful."],
                    "review": {"id": "019ab3f2-6d1c-7f10-a2b3-4c5d6e7f8092", "state": "open"},
                    "model": "plainspeak-mini@0123456789ab",
                    "lexicon": "0123456789ab",
                    "policy": "default@0123456789ab",
                    "unavailable": [],
                    "language": "en",
                    "lanes": [],
                    "explanation": "The writer says that they want to end their life.",
                    "latency_ms": 8.1,
                }
            ]
        }
    )

    id: str
    label: Label
    confidence: Annotated[float, Field(description="Calibrated probability that the label's side is right.")]
    category: Category | None
    score: Annotated[float, Field(description="Calibrated probability that the text is harmful.")]
    categories: dict[Category, float]
    action: Action
    normalized_text: Annotated[
        str | None, Field(description="The plain text; null when the text was not kept.")
    ]
    edits: list[EditOut]
    hints: Annotated[list[EditOut], Field(description="Ambiguous terms that found no cue; not applied.")]
    reasons: list[str]
    review: ReviewOut | None
    model: str
    lexicon: str
    policy: str
    unavailable: list[str]
    language: Annotated[
        str, Field(description="ISO 639-1; what is not English has little confidence and goes to a person.")
    ]
    lanes: Annotated[
        list[LaneOut],
        Field(description="What each model would have answered alone, where more than one was asked."),
    ]
    explanation: Annotated[
        str | None, Field(description="Why, in a language model's words, where asked for. It is not kept.")
    ]
    latency_ms: Annotated[float, Field(description="Time to judge, in milliseconds.")]


class NewAppealIn(BaseModel):
    """What an author says against a decision."""

    model_config = ConfigDict(
        extra="forbid", strict=True, json_schema_extra={"examples": [{"reason": "I was quoting a song."}]}
    )

    reason: Annotated[str, Field(description="In the author's words, 1 to 2000 characters.")]


class AppealOut(BaseModel):
    """An appeal as it stands."""

    id: str
    decision_id: str
    at: datetime
    reason: str
    against: Annotated[RulingAction, Field(description="What stood when it came: allow or block.")]
    outcome: Annotated[
        AppealOutcome | None, Field(description="Whether that was upheld or overturned; null while open.")
    ]
    decided_at: datetime | None

    @classmethod
    def of(cls, appeal: Appeal) -> "AppealOut":
        """The appeal as it is sent."""
        return cls(
            id=appeal.id,
            decision_id=appeal.decision_id,
            at=appeal.at,
            reason=appeal.reason,
            against=appeal.against,
            outcome=appeal.outcome,
            decided_at=appeal.decided_at,
        )


class RulingOut(BaseModel):
    """A person's answer."""

    action: RulingAction
    actor: str
    category: Category | None
    note: str
    at: datetime


class FeedbackOut(BaseModel):
    """What the site told about a post: scores by attribute of the Perspective API."""

    scores: dict[str, float]
    community_id: str | None
    at: datetime


class ExportOut(DecisionOut):
    """A kept decision with its text and the rulings on it."""

    # The example of its parent lacks what is added here.
    model_config = ConfigDict(json_schema_extra={})

    created_at: datetime
    content_id: str | None
    author_id: str | None
    text: str | None
    text_hash: str
    context: list[str]
    rulings: list[RulingOut]
    feedback: list[FeedbackOut]


class LessonOut(BaseModel):
    """A text as a moderator judged it, in the format that training reads."""

    text: str
    source: str
    harmful: bool
    harm: dict[Category, int | None]


class BatchOut(BaseModel):
    """The answers, in the order of the items."""

    results: list[DecisionOut]


class CheckOut(BaseModel):
    """One thing that must work."""

    name: str
    ok: bool
    detail: str


class ReadyOut(BaseModel):
    """Whether the service can answer."""

    ready: bool
    checks: list[CheckOut]

    @classmethod
    def of(cls, checks: tuple[Check, ...]) -> "ReadyOut":
        """The checks as they are sent."""
        return cls(
            ready=all(check.ok for check in checks),
            checks=[CheckOut(name=check.name, ok=check.ok, detail=check.detail) for check in checks],
        )


def answer_out(answer: Answer) -> DecisionOut:
    """A fresh answer; it shows the plain text also when the text is not kept."""
    out = _decision_out(answer.decision, text=answer.text, item=answer.item)
    out.explanation = answer.explanation
    return out


def decision_out(decision: Decision, *, item: ReviewItem | None) -> DecisionOut:
    """A kept decision."""
    return _decision_out(decision, text=decision.text, item=item)


def _decision_out(decision: Decision, *, text: NormalizedText | None, item: ReviewItem | None) -> DecisionOut:
    verdict = decision.verdict
    return DecisionOut(
        id=decision.id,
        label=verdict.label,
        confidence=round(verdict.confidence, 4),
        category=verdict.category,
        score=round(verdict.score, 4),
        categories={entry.category: round(entry.score, 4) for entry in verdict.categories},
        action=verdict.action,
        normalized_text=text.plain if text else None,
        edits=[EditOut.of(edit) for edit in text.edits] if text else [],
        hints=[EditOut.of(hint) for hint in text.hints] if text else [],
        reasons=list(verdict.reasons),
        review=ReviewOut(id=item.id, state=item.state) if item else None,
        model=verdict.versions.model,
        lexicon=verdict.versions.lexicon,
        policy=verdict.versions.policy,
        unavailable=list(verdict.unavailable),
        language=verdict.language,
        lanes=[
            LaneOut(model=lane.model, label=lane.label, category=lane.category, score=round(lane.score, 4))
            for lane in verdict.lanes
        ],
        explanation=None,
        latency_ms=round(decision.latency_ms, 2),
    )


def lesson_out(lesson: Lesson) -> LessonOut:
    """A lesson as `plainspeak export --for training` writes it."""
    return LessonOut(
        text=lesson.text,
        source=f"moderators_{lesson.kind}",
        harmful=lesson.harmful,
        harm={category: None if said is None else int(said) for category, said in lesson.harm.items()},
    )


def export_out(row: ExportRow) -> ExportOut:
    """A kept decision as `plainspeak export` writes it."""
    decision = row.decision
    return ExportOut(
        **_decision_out(decision, text=decision.text, item=None).model_dump(),
        created_at=decision.created_at,
        content_id=decision.content_id,
        author_id=decision.author_id,
        text=decision.text.original if decision.text else None,
        text_hash=decision.text_hash,
        context=list(decision.context),
        rulings=[
            RulingOut(
                action=each.ruling.action,
                actor=each.ruling.actor,
                category=each.ruling.category,
                note=each.ruling.note,
                at=each.at,
            )
            for each in row.rulings
        ],
        feedback=[
            FeedbackOut(
                scores={score.attribute: score.value for score in each.scores},
                community_id=each.community_id,
                at=each.at,
            )
            for each in row.feedback
        ],
    )


class CandidateOut(BaseModel):
    """A word that may be a term."""

    word: str
    z: float
    rising_z: float
    rising: bool
    target_posts: int
    other_posts: int
    overridden_posts: int
    category: Category | None
    examples: list[str]


class DiscoveryOut(BaseModel):
    """What `plainspeak lexicon discover --json` prints."""

    posts: int
    targets: int
    candidates: list[CandidateOut]


def discovery_out(found: Discovery) -> DiscoveryOut:
    """What is new, as it is printed for programs."""
    return DiscoveryOut(
        posts=found.posts,
        targets=found.targets,
        candidates=[
            CandidateOut(
                word=each.word,
                z=round(each.z, 3),
                rising_z=round(each.rising_z, 3),
                rising=each.is_rising,
                target_posts=each.target_posts,
                other_posts=each.other_posts,
                overridden_posts=each.overridden_posts,
                category=each.category,
                examples=[sample.text.original for sample in each.examples],
            )
            for each in found.candidates
        ],
    )
