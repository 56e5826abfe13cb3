"""Puts our probabilities where a threshold that was set for the Perspective API flags about as much.

Perspective described its score as the share of readers who would find the attribute in a comment, so at 0.5
it flags what half of them do. `EVEN` has the probability of ours from which as many comments are flagged as
people flagged, and the odds of every other are moved by as much. What is known of the rest of the scale, and
what is not, is in `docs/mappings.md`.
"""

from collections.abc import Mapping
from types import MappingProxyType

EVEN: Mapping[str, float] = MappingProxyType(
    {
        "TOXICITY": 0.537,
        "SEVERE_TOXICITY": 0.961,
        "IDENTITY_ATTACK": 0.658,
        "INSULT": 0.53,
        "PROFANITY": 0.373,
        "OBSCENE": 0.373,
        "THREAT": 0.238,
    }
)
"""By attribute, the probability of ours that is 0.5 on Perspective's scale, in (0, 1).

Printed by `python -m benchmarks.perspective_scale` for plainspeak-mini@a72d2d07b6fb on 2,194 comments of the
test set of Jigsaw's Toxic Comment Classification Challenge, weighted to how often each label is given in all
63,978 of it. No model was trained on them. Attributes without labels there are as they come.
"""


def on_their_scale(attribute: str, probability: float) -> float:
    """The score in [0, 1] for a probability of ours; it grows with it, and 0 and 1 stay what they are.

    >>> on_their_scale("VIOLENCE", 0.7), on_their_scale("SEVERE_TOXICITY", EVEN["SEVERE_TOXICITY"])
    (0.7, 0.5)
    """
    return moved(probability, even=EVEN.get(attribute, 0.5))


def moved(probability: float, *, even: float) -> float:
    """The probability whose odds are those of another, such that `even` becomes 0.5.

    >>> moved(0.0, even=0.8), moved(0.8, even=0.8), moved(1.0, even=0.8)
    (0.0, 0.5, 1.0)
    """
    yes, no = probability * (1 - even), (1 - probability) * even
    return yes / (yes + no)
