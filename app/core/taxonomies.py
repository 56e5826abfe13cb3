"""How the categories and attributes of other services are answered from ours.

`docs/mappings.md` says of each what is exact, what is approximate and what is never judged.
"""

import math
from collections.abc import Callable, Mapping

from app.core.perspective_scale import on_their_scale
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


def _any_of(scores: Mapping[Category, float], weights: Mapping[Category, float]) -> float:
    """Weighted noisy-or: the chance that at least one holds, if they were independent."""
    none: float = math.prod((1 - scores[category]) ** weight for category, weight in weights.items())
    return 1 - none


_TOXIC = {
    Category.HARASSMENT: 1.0,
    Category.HATE: 1.0,
    Category.THREAT: 1.0,
    Category.PROFANITY: 0.5,
    Category.SEXUAL: 0.5,
}
"""Rude, disrespectful or likely to make people leave: how Perspective described TOXICITY."""
_SEVERE = (Category.HATE, Category.THREAT)


def _toxicity(scores: Scores) -> float:
    return _any_of(scores, _TOXIC)


def _severe_toxicity(scores: Scores) -> float:
    """Toxic in a grave way: hate, a threat, or abuse in foul language."""
    foul = min(scores[Category.HARASSMENT], scores[Category.PROFANITY])
    return max(foul, *(scores[category] for category in _SEVERE))


_PERSPECTIVE: dict[str, _Answer] = {
    "TOXICITY": _toxicity,
    "SEVERE_TOXICITY": _severe_toxicity,
    "IDENTITY_ATTACK": _own(Category.HATE),
    "INSULT": _own(Category.HARASSMENT),
    "PROFANITY": _own(Category.PROFANITY),
    "OBSCENE": _own(Category.PROFANITY),
    "THREAT": _own(Category.THREAT),
    "SEXUALLY_EXPLICIT": _own(Category.SEXUAL),
    "VIOLENCE": _own(Category.VIOLENCE),
    "SELF_HARM": _own(Category.SELF_HARM),
    "DRUGS": _own(Category.DRUGS),
}
PERSPECTIVE_ATTRIBUTES = tuple(_PERSPECTIVE)
"""The attributes of the Perspective API that can be scored, and three of our own."""
_EXPERIMENTAL, _FAST = "_EXPERIMENTAL", "TOXICITY_FAST"
_BRIDGING = ("AFFINITY", "COMPASSION", "CURIOSITY", "NUANCE", "PERSONAL_STORY", "REASONING", "RESPECT")
PERSPECTIVE_UNSCORED = frozenset(
    {
        "ATTACK_ON_AUTHOR",
        "ATTACK_ON_COMMENTER",
        "FLIRTATION",
        "INCOHERENT",
        "INFLAMMATORY",
        "LIKELY_TO_REJECT",
        "SPAM",
        "UNSUBSTANTIAL",
        *(name + _EXPERIMENTAL for name in _BRIDGING),
    }
)
"""Attributes that the Perspective API had and nothing here answers."""


def perspective_attribute(name: str) -> str | None:
    """The attribute that answers for a name, or None; experimental and fast variants have one answer.

    >>> perspective_attribute("TOXICITY_EXPERIMENTAL"), perspective_attribute("SPAM")
    ('TOXICITY', None)
    """
    base = "TOXICITY" if name == _FAST else name.removesuffix(_EXPERIMENTAL)
    return base if base in _PERSPECTIVE and name not in PERSPECTIVE_UNSCORED else None


def perspective_score(verdict: Verdict, attribute: str) -> float:
    """The score in [0, 1] of one of `PERSPECTIVE_ATTRIBUTES`, on Perspective's scale."""
    return on_their_scale(attribute, perspective_probability(verdict, attribute))


def perspective_probability(verdict: Verdict, attribute: str) -> float:
    """What our categories say of one of `PERSPECTIVE_ATTRIBUTES`, before it is put on Perspective's scale."""
    return _PERSPECTIVE[attribute]({each.category: each.score for each in verdict.categories})
