"""`POST /v1/moderations`: the request and the answer of OpenAI's moderation endpoint, judged here.

An app changes its base URL and nothing else. Schema: openai-python, `src/openai/types/moderation*.py`.
"""

from typing import Annotated, Literal

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    field_validator,
)
from pydantic_core import PydanticCustomError

from app.core.errors import BatchTooLarge, ImageNotJudged, InvalidContent
from app.core.taxonomies import OPENAI_CATEGORIES, is_flagged, openai_flags, openai_scores
from app.core.types import Action, Category, Content, Label
from app.services.moderation import Answer, ModerationService
from app.web.edge import Edge
from app.web.problems import documented
from app.web.retries import Asked
from app.web.strict_json import JsonRoute
from app.web.wire import EditOut


class TextPart(BaseModel):
    """Text among the parts of one input."""

    type: Literal["text"]
    text: str


class ImageUrl(BaseModel):
    """Where an image would be."""

    url: str


class ImagePart(BaseModel):
    """An image among the parts of one input. Images are refused; the schema is here to say so clearly."""

    type: Literal["image_url"]
    image_url: ImageUrl


REFUSALS = documented(
    {
        400: "The input cannot be judged, is too long, or a field is not what it must be.",
        415: "The body is not sent as JSON.",
        503: "The queue is full, or the model or the database fails. Send it again after Retry-After.",
        "default": "Any other error.",
    }
)
_INPUT = "Send a text, a list of texts, or a list of parts of the type text"
Part = Annotated[TextPart | ImagePart, Field(discriminator="type")]


class ModerationsIn(BaseModel):
    """What OpenAI's clients send."""

    model_config = ConfigDict(
        # OpenAI's own endpoint takes fields it does not know, and clients send some.
        extra="ignore",
        json_schema_extra={"examples": [{"model": "omni-moderation-latest", "input": "k!ll y0urs3lf"}]},
    )

    input: Annotated[
        str | list[str] | list[Part],
        Field(description="A text, a list of texts (a result each), or the parts of one text."),
    ]
    model: Annotated[str | None, Field(description="Any name is taken; the answer names the true model.")] = (
        None
    )

    @field_validator("input", mode="wrap")
    @classmethod
    def _in_one_sentence(cls, given: object, check: ValidatorFunctionWrapHandler) -> object:
        """Say what an input may be, and not how each kind of it was tried."""
        try:
            return check(given)
        except ValidationError as error:
            raise PydanticCustomError("input_type", _INPUT) from error

    def contents(self) -> list[Content]:
        """The texts to judge, in order.

        Raises:
            ImageNotJudged: a part is an image.
            InvalidContent: the list is empty.
        """
        if isinstance(self.input, str):
            return [Content(text=self.input)]
        if not self.input:
            raise InvalidContent("The input is an empty list. Send a text, or a list with at least one.")
        texts = [each for each in self.input if isinstance(each, str)]
        if texts:
            return [Content(text=text) for text in texts]
        parts = [each for each in self.input if isinstance(each, TextPart)]
        if len(parts) < len(self.input):
            raise ImageNotJudged(
                f"{len(self.input) - len(parts)} of the {len(self.input)} parts of the input are images, and "
                "images are not judged here. Send the text parts alone."
            )
        return [Content(text="\n".join(part.text for part in parts))]


class ModerationResult(BaseModel):
    """The answer for one text. All thirteen categories are always there; the last fields are our own."""

    flagged: Annotated[bool, Field(description="The policy sends it to a person or blocks it.")]
    categories: dict[str, bool]
    category_scores: dict[str, float]
    category_applied_input_types: dict[str, list[str]]
    decision: Annotated[str, Field(description="Id of the decision, for GET /decisions/{id}.")]
    label: Label
    category: Category | None
    confidence: float
    score: float
    action: Action
    normalized_text: str
    edits: list[EditOut]


class ModerationsOut(BaseModel):
    """The answer for one request."""

    id: str
    model: str
    results: list[ModerationResult]


def openai_router(moderation: ModerationService, *, edge: Edge, max_batch: int) -> APIRouter:
    """The route that OpenAI's clients call."""
    router = APIRouter(tags=["front doors"], route_class=JsonRoute)

    @router.post(
        "/v1/moderations",
        response_model=ModerationsOut,
        responses=REFUSALS,
        summary="Judge as OpenAI's moderation endpoint does",
    )
    async def post_moderations(body: ModerationsIn, origin: Asked) -> Response:
        """Judge one text or many. All decisions are kept, or none."""
        contents = body.contents()
        if len(contents) > max_batch:
            raise BatchTooLarge(
                f"The input has {len(contents)} texts; at most {max_batch} are taken. "
                "Send it in parts, or raise PLAINSPEAK_MAX_BATCH."
            )
        answers = await edge.run(
            lambda: moderation.moderate_many([(content, True) for content in contents], origin=origin),
            is_batch=len(contents) > 1,
        )
        out = ModerationsOut(
            id=f"modr-{answers[0].decision.id}",
            model=answers[0].decision.verdict.versions.model,
            results=[_result(answer) for answer in answers],
        )
        return Response(out.model_dump_json(), media_type="application/json")

    return router


def _result(answer: Answer) -> ModerationResult:
    verdict = answer.decision.verdict
    return ModerationResult(
        flagged=is_flagged(verdict),
        categories=openai_flags(verdict),
        category_scores={name: round(score, 6) for name, score in openai_scores(verdict).items()},
        category_applied_input_types={name: ["text"] for name in OPENAI_CATEGORIES},
        decision=answer.decision.id,
        label=verdict.label,
        category=verdict.category,
        confidence=round(verdict.confidence, 4),
        score=round(verdict.score, 4),
        action=verdict.action,
        normalized_text=answer.text.plain,
        edits=[EditOut.of(edit) for edit in answer.text.edits],
    )
