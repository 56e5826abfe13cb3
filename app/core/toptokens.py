"""How the answer is read where an engine only tells its likeliest first tokens.

Servers give at most twenty. A word whose token is not among them has at most the chance of the last, and at
most what all of them leave; it is given the lesser of the two, which can only make it too likely, never too
unlikely.
"""

import math
from collections.abc import Sequence

from app.core.errors import EngineFailed
from app.core.prompt import VERBALIZERS

MOST = 20
"""Tokens that are asked for, and the most that Ollama and vLLM tell."""
_LEAST = -30.0
"""Log-probability of what cannot be told from impossible."""
_MOST_UNCLEAR = 0.05
"""Share of the tokens that could begin several answers, from which on the answer cannot be read."""
_MOST_IN_ALL = 1.01
"""What the chances of different tokens may add up to: one, and what rounding adds."""


def scores_of(tokens: Sequence[tuple[str, float]]) -> list[float]:
    """The log-probability of each of `VERBALIZERS` from the likeliest first tokens with theirs.

    Raises:
        EngineFailed: these are no log-probabilities; or no token begins an answer, or too many begin several:
            another model is needed.
    """
    _check(tokens)
    shares = dict.fromkeys(VERBALIZERS, 0.0)
    unclear = 0.0
    for token, log_probability in tokens:
        fitting = _begun(token)
        if len(fitting) == 1:
            shares[fitting[0]] += math.exp(log_probability)
        elif fitting:
            unclear += math.exp(log_probability)
    known = sum(shares.values())
    if known <= 0:
        raise EngineFailed(
            "None of the likeliest tokens begins an answer. "
            "Use an instruct model, and send it nothing but the raw prompt."
        )
    if unclear > _MOST_UNCLEAR * (known + unclear):
        raise EngineFailed(
            "The model spells its answers in tokens that several of them begin with. "
            "Run its GGUF in process (PLAINSPEAK_SCORER=path), which reads on where they part."
        )
    floor = _floor(tokens)
    return [math.log(share) if share > 0 else floor for share in shares.values()]


def _check(tokens: Sequence[tuple[str, float]]) -> None:
    total = sum(math.exp(min(log_probability, 1.0)) for _, log_probability in tokens)
    # A number that is none compares with nothing: the word it belongs to would count as impossible.
    if not total <= _MOST_IN_ALL:
        raise EngineFailed(
            f"The likeliest tokens came with {[number for _, number in tokens[:5]]!r}, which are no "
            "log-probabilities. Look for an error in the server's log, and load the model again."
        )


def _begun(token: str) -> list[str]:
    """The answers that a token begins. A space before it is the tokenizer's, and so is one behind it."""
    written = token.strip()
    return [word for word in VERBALIZERS if word.startswith(written)] if written else []


def _floor(tokens: Sequence[tuple[str, float]]) -> float:
    """The most that a token outside the list can have."""
    left = 1 - sum(math.exp(log_probability) for _, log_probability in tokens)
    rest = math.log(left) if left > 0 else _LEAST
    return max(_LEAST, min(rest, *(log_probability for _, log_probability in tokens)))
