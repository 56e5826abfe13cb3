"""`POST /v1alpha1/comments:analyze` and `comments:suggestscore`: the Perspective API, answered here.

A forum changes its endpoint and nothing else. Schema: conversationai/perspectiveapi, `2-api/methods.md`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from app.core.errors import AttributeUnknown, AttributeUnscored, LanguageUnsupported
from app.core.markup import without_markup
from app.core.sentences import sentences
from app.core.taxonomies import (
    PERSPECTIVE_ATTRIBUTES,
    PERSPECTIVE_UNSCORED,
    perspective_attribute,
    perspective_score,
)
from app.core.types import Content, Span, Verdict
from app.services.feedback import FeedbackService, SuggestedScore
from app.services.moderation import ModerationService
from app.web.edge import Edge
from app.web.problems import google_documented
from app.web.retries import Asked
from app.web.strict_json import JsonRoute
from app.web.wire import MAX_CONTEXT

LANGUAGES = ("en",)
_NAMES = f"Ask for any of {', '.join(PERSPECTIVE_ATTRIBUTES)}."
_MOST_CHARS = 200
"""Longest name or token that is kept."""
MOST_SPANS = 100
"""Sentences that are scored one by one; what follows is one span."""


class _Google(BaseModel):
    """Fields are in camel case on the wire, and what is not known is ignored, as in Google's services."""

    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, validate_by_name=True)


class _Asked(_Google):
    """What a client sends: null stands for a member that is not there, as in all JSON of their services."""

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value is not None}


class TextEntry(_Asked):
    """A comment, or a text it answers."""

    text: str
    type: Literal["PLAIN_TEXT", "HTML", "TEXT_TYPE_UNSPECIFIED"] = "PLAIN_TEXT"

    def plain(self) -> str:
        """The text without its markup."""
        return without_markup(self.text) if self.type == "HTML" else self.text


class ArticleAndParent(_Asked):
    """What a comment stands below."""

    article: TextEntry | None = None
    parent_comment: TextEntry | None = None


class Context(_Asked):
    """Earlier texts; shown to moderators."""

    entries: list[TextEntry] = []
    article_and_parent_comment: ArticleAndParent | None = None

    def texts(self) -> tuple[str, ...]:
        """The texts that are not empty, the nearest last."""
        above = self.article_and_parent_comment or ArticleAndParent()
        entries = [*self.entries, above.article, above.parent_comment]
        texts = [entry.plain() for entry in entries if entry]
        return tuple(text for text in texts if text.strip())[-MAX_CONTEXT:]


class AttributeIn(_Asked):
    """How one attribute is asked for."""

    score_type: Literal["SCORE_TYPE_UNSPECIFIED", "PROBABILITY"] = "PROBABILITY"
    score_threshold: Annotated[float, Field(ge=0, le=1, description="Lower scores are left out.")] = 0.0


# As in BCP 47, so that it can be repeated in an answer.
Language = Annotated[str, Field(pattern="^[A-Za-z0-9-]{1,35}$")]
ClientToken = Annotated[str | None, Field(max_length=_MOST_CHARS, description="Comes back as it was sent.")]


class AnalyzeIn(_Asked):
    """What clients of the Perspective API send."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "comment": {"text": "k!ll y0urs3lf"},
                    "requestedAttributes": {"TOXICITY": {}},
                    "languages": ["en"],
                    "doNotStore": True,
                }
            ]
        },
    )

    comment: TextEntry
    requested_attributes: Annotated[dict[str, AttributeIn], Field(min_length=1, description=_NAMES)]
    context: Context = Context()
    languages: Annotated[list[Language], Field(description="en, or nothing.")] = []
    do_not_store: Annotated[bool, Field(description="true keeps a keyed hash of the text alone.")] = False
    span_annotations: Annotated[bool, Field(description="true scores every sentence too.")] = False
    client_token: ClientToken = None
    session_id: str | None = None
    community_id: str | None = None


class Score(_Google):
    """A probability."""

    value: float
    type: Literal["PROBABILITY"] = "PROBABILITY"


class SpanScore(_Google):
    """The score of one part; offsets count UTF-16 code units of the comment as it was sent."""

    begin: int
    end: int
    score: Score


class AttributeScores(_Google):
    """The answer for one attribute."""

    summary_score: Score
    span_scores: list[SpanScore]


class AnalyzeOut(_Google):
    """The answer for one comment."""

    attribute_scores: dict[str, AttributeScores]
    languages: list[str]
    detected_languages: list[str]
    client_token: str | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the comment and what was made of it."""

    span: Span
    verdict: Verdict


class SuggestedSummary(_Asked):
    """A score as a person would have given it."""

    value: Annotated[float, Field(ge=0, le=1)]


class SuggestedScores(_Asked):
    """The scores of one attribute; those of its parts are not kept."""

    summary_score: SuggestedSummary


class SuggestionIn(_Asked):
    """What clients of the Perspective API send once a person has looked."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "comment": {"text": "k!ll y0urs3lf"},
                    "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1.0}}},
                    "clientToken": "comment:123",
                }
            ]
        },
    )

    comment: TextEntry
    attribute_scores: Annotated[
        dict[Annotated[str, Field(max_length=_MOST_CHARS)], SuggestedScores],
        Field(min_length=1, max_length=100),
    ]
    languages: list[Language] = []
    client_token: ClientToken = None
    session_id: str | None = None
    community_id: Annotated[str | None, Field(max_length=_MOST_CHARS)] = None

    def scores(self) -> list[SuggestedScore]:
        """The scores as the core knows them."""
        return [
            SuggestedScore(name, given.summary_score.value) for name, given in self.attribute_scores.items()
        ]


class SuggestionOut(_Google):
    """The answer to a suggestion."""

    client_token: str | None = None
    detected_languages: list[str]
    requested_languages: list[str]


def perspective_router(moderation: ModerationService, feedback: FeedbackService, *, edge: Edge) -> APIRouter:
    """The routes that clients of the Perspective API call."""
    router = APIRouter(tags=["front doors"], route_class=JsonRoute)

    @router.post(
        "/v1alpha1/comments:analyze",
        response_model=AnalyzeOut,
        response_model_exclude_none=True,
        responses=google_documented(),
        summary="Judge as the Perspective API does",
    )
    async def post_analyze(body: AnalyzeIn, origin: Asked) -> Response:
        """Score one comment, and keep the decision."""
        attributes = {name: _attribute(name) for name in body.requested_attributes}
        _check_languages(body.languages)
        text = body.comment.plain()
        content = Content(text=text, context=body.context.texts(), client_token=body.client_token)
        answer = await edge.run(
            lambda: moderation.moderate(content, store=not body.do_not_store, origin=origin)
        )
        whole = _Part(Span(0, len(body.comment.text)), answer.decision.verdict)
        spans = _parts_of(text) if body.span_annotations and body.comment.type != "HTML" else ()
        parts = [whole]
        if len(spans) > 1:
            verdicts = await edge.run(partial(moderation.score, [text[s.start : s.end] for s in spans]))
            parts = [_Part(*pair) for pair in zip(spans, verdicts, strict=True)]
        out = AnalyzeOut(
            attribute_scores={
                name: scores
                for name, asked in body.requested_attributes.items()
                if (
                    scores := _scores(attributes[name], body.comment.text, whole=whole, parts=parts)
                ).summary_score.value
                >= asked.score_threshold
            },
            languages=body.languages or [answer.decision.verdict.language],
            detected_languages=[answer.decision.verdict.language],
            client_token=body.client_token,
        )
        return Response(out.model_dump_json(by_alias=True, exclude_none=True), media_type="application/json")

    @router.post(
        "/v1alpha1/comments:suggestscore",
        response_model=SuggestionOut,
        response_model_exclude_none=True,
        responses=google_documented(),
        summary="Tell what a comment should have scored",
    )
    async def post_suggestscore(body: SuggestionIn) -> Response:
        """Keep the scores that people gave with the decision on the comment."""
        language = await edge.run(
            lambda: feedback.suggest(
                body.comment.plain(),
                body.scores(),
                client_token=body.client_token,
                community_id=body.community_id,
            )
        )
        out = SuggestionOut(
            client_token=body.client_token,
            detected_languages=[language],
            requested_languages=body.languages,
        )
        return Response(out.model_dump_json(by_alias=True, exclude_none=True), media_type="application/json")

    @router.get("/$discovery/rest", include_in_schema=False)
    async def get_discovery(request: Request) -> dict[str, object]:
        """What Google's own client libraries read to learn the methods there are."""
        return _discovery(str(request.base_url))

    return router


def _discovery(root: str) -> dict[str, object]:
    """A description in Google's discovery format, v1."""
    methods = {
        "analyze": _method("analyze", "AnalyzeComment", description="Scores one comment."),
        "suggestscore": _method(
            "suggestscore", "SuggestCommentScore", description="Tells what a comment should have scored."
        ),
    }
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": "commentanalyzer:v1alpha1",
        "name": "commentanalyzer",
        "version": "v1alpha1",
        "title": "Perspective Comment Analyzer API, answered by Plainspeak",
        "protocol": "rest",
        "rootUrl": root,
        "servicePath": "",
        "batchPath": "batch",
        "parameters": {"key": {"type": "string", "location": "query", "description": "An API key."}},
        "schemas": {
            name: {"id": name, "type": "object"}
            for method in methods.values()
            for name in (method["request"]["$ref"], method["response"]["$ref"])
        },
        "resources": {"comments": {"methods": methods}},
    }


def _method(name: str, schema: str, *, description: str) -> dict[str, Any]:
    return {
        "id": f"commentanalyzer.comments.{name}",
        "path": f"v1alpha1/comments:{name}",
        "httpMethod": "POST",
        "description": description,
        "parameters": {},
        "parameterOrder": [],
        "request": {"$ref": f"{schema}Request"},
        "response": {"$ref": f"{schema}Response"},
    }


def _attribute(name: str) -> str:
    found = perspective_attribute(name)
    if found:
        return found
    if name in PERSPECTIVE_UNSCORED:
        raise AttributeUnscored(
            f"The attribute {name!r} is known and nothing here answers it. Leave it out. {_NAMES}"
        )
    raise AttributeUnknown(f"The attribute {name[:80]!r} is not known. {_NAMES}")


def _check_languages(languages: Sequence[str]) -> None:
    for language in languages:
        if language.partition("-")[0].lower() not in LANGUAGES:
            raise LanguageUnsupported(
                f"The language {language[:20]!r} is not judged; the model reads {', '.join(LANGUAGES)}. "
                "Leave languages out to have the text judged all the same."
            )


def _parts_of(text: str) -> tuple[Span, ...]:
    found = sentences(text)
    if len(found) <= MOST_SPANS:
        return found
    return (*found[: MOST_SPANS - 1], Span(found[MOST_SPANS - 1].start, found[-1].end))


def _scores(attribute: str, text: str, *, whole: _Part, parts: Sequence[_Part]) -> AttributeScores:
    return AttributeScores(
        summary_score=_score(whole.verdict, attribute),
        span_scores=[
            SpanScore(
                begin=_utf16(text[: part.span.start]),
                end=_utf16(text[: part.span.end]),
                score=_score(part.verdict, attribute),
            )
            for part in parts
        ],
    )


def _score(verdict: Verdict, attribute: str) -> Score:
    return Score(value=round(perspective_score(verdict, attribute), 6))


def _utf16(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)
