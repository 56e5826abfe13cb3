"""How the categories of other services are answered from ours.

`docs/mappings.md` says of each what is exact, what is approximate and what is never judged.
"""

from collections.abc import Callable, Mapping

from app.core.types import Action, Category, Verdict

Scores = Mapping[Category, float]
_Answer = Callable[[Scores], float]


def _own(category: Category) -> _Answer:
    return lambda scores: scores[category]


def _threatening(category: Category) -> _Answer:
    """Both must be true, and the less likely of the two bounds that."""
    return lambda scores: min(scores[category], max(scores[Category.THREAT], scores[Category.VIOLENCE]))


def _not_judged(_: Scores) -> float:
    return 0.0


_OPENAI: dict[str, _Answer] = {
    "harassment": _own(Category.HARASSMENT),
    "harassment/threatening": _threatening(Category.HARASSMENT),
    "hate": _own(Category.HATE),
    "hate/threatening": _threatening(Category.HATE),
    "illicit": _own(Category.DRUGS),
    "illicit/violent": _not_judged,
    "self-harm": _own(Category.SELF_HARM),
    "self-harm/intent": _own(Category.SELF_HARM),
    "self-harm/instructions": _not_judged,
    "sexual": _own(Category.SEXUAL),
    "sexual/minors": _not_judged,
    "violence": lambda scores: max(scores[Category.VIOLENCE], scores[Category.THREAT]),
    "violence/graphic": _not_judged,
}
OPENAI_CATEGORIES = tuple(_OPENAI)
"""The thirteen names of OpenAI's moderation endpoint."""
_LIKELY = 0.5


def openai_scores(verdict: Verdict) -> dict[str, float]:
    """A score in [0, 1] for each of the thirteen; 0 for what is never judged."""
    scores = {each.category: each.score for each in verdict.categories}
    return {name: answer(scores) for name, answer in _OPENAI.items()}


def openai_flags(verdict: Verdict) -> dict[str, bool]:
    """Which of the thirteen are true: of a flagged text those that are likely, and what weighs most."""
    flagged = is_flagged(verdict)
    main = {} if verdict.category is None else {verdict.category: 1.0}
    named = {category: main.get(category, 0.0) for category in Category}
    return {
        name: flagged and (score >= _LIKELY or _OPENAI[name](named) >= _LIKELY)
        for name, score in openai_scores(verdict).items()
    }


def is_flagged(verdict: Verdict) -> bool:
    """Whether the policy would not simply let the text stand."""
    return verdict.action is not Action.ALLOW
