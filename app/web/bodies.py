"""What each address takes as a body, for the sentences that refuse one."""

LINES = "application/x-ndjson"
JUDGE = "/moderate"
BATCH = "/moderate/batch"

_EXAMPLES = {
    BATCH: '{"items": [{"text": "..."}]}',
    "/v1/moderations": '{"input": "..."}',
    "/v1alpha1/comments:analyze": '{"comment": {"text": "..."}, "requestedAttributes": {"TOXICITY": {}}}',
    "/v1alpha1/comments:suggestscore": '{"comment": {"text": "..."}, '
    '"attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}}}}',
}


def example_of(path: str) -> str:
    """An object as an address takes it.

    >>> example_of("/moderate"), example_of("/decisions/some-id/appeal")
    ('{"text": "..."}', '{"reason": "..."}')
    """
    if path.endswith("/appeal"):
        return '{"reason": "..."}'
    return _EXAMPLES.get(path, '{"text": "..."}')


def content_types_of(path: str) -> str:
    """The content types that an address takes, as a next step.

    >>> content_types_of("/moderate")
    'application/json'
    >>> content_types_of("/moderate/batch")
    'application/json, or application/x-ndjson for one post on each line'
    """
    return f"application/json, or {LINES} for one post on each line" if path == BATCH else "application/json"


def is_json(content_type: str) -> bool:
    """Whether a content type, with or without parameters, is one of JSON.

    >>> is_json("Application/JSON; charset=utf-8"), is_json("application/problem+json"), is_json("text/plain")
    (True, True, False)
    """
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
