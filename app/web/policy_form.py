"""The form of a policy: what its fields say, and the policy they make.

Each step has a number and a slider. With script the two move together; without, whichever was moved counts,
which a hidden field with the value that the page was made with tells. An empty number is "never".
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.core.policy import Policy, Thresholds
from app.core.policy_revisions import sections_of
from app.core.types import Category

REASON_MAX_CHARS = 500
NEVER = 101
"""Where the slider stands when a step never applies: past every score, in per cent."""
ACTIONS = {"review": "To a person from", "block": "Blocked from"}
NAMES = {"overall": "Any harm", **{category.value: category.display_name for category in Category}}


@dataclass(frozen=True, slots=True)
class StepDraft:
    """One step as the form has it."""

    name: str
    """Of its fields: "threat.review"."""
    words: str
    text: str
    """A number in per cent, or nothing."""
    problem: str = ""

    @property
    def slider(self) -> int:
        """Where the slider stands."""
        return slider_of(self.text)


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """One section as the form has it."""

    key: str
    name: str
    note: str
    steps: tuple[StepDraft, ...]


@dataclass(frozen=True, slots=True)
class PolicyDraft:
    """The whole form."""

    sections: tuple[SectionDraft, ...]
    policy: Policy | None
    """What it makes; None where a field is wrong."""
    seen: int
    reason: str = ""

    @property
    def problems(self) -> int:
        """How many fields are wrong."""
        return sum(bool(step.problem) for section in self.sections for step in section.steps)


def draft_from(policy: Policy, *, number: int) -> PolicyDraft:
    """The form of a policy as it is."""
    sections = tuple(
        SectionDraft(
            key,
            NAMES[key],
            thresholds.note,
            tuple(
                StepDraft(f"{key}.{step}", words, text_of(getattr(thresholds, step)))
                for step, words in ACTIONS.items()
            ),
        )
        for key, thresholds in sections_of(policy).items()
    )
    return PolicyDraft(sections, policy, number)


def read(fields: Mapping[str, str], *, kept: Policy) -> PolicyDraft:
    """Read a form that was sent; what it does not hold, the labels and notes, stays as in a policy."""
    sections: list[SectionDraft] = []
    made: dict[str, Thresholds] = {}
    for key, thresholds in sections_of(kept).items():
        steps = [_step(fields, f"{key}.{step}", words) for step, words in ACTIONS.items()]
        values = [_value(step.text) for step in steps]
        steps = [
            replace(step, problem="" if value is not _WRONG else "Write a number from 0 to 100, or nothing.")
            for step, value in zip(steps, values, strict=True)
        ]
        review, block = (value if isinstance(value, float) else None for value in values)
        if review is not None and block is not None and block < review:
            words = f"Block from a higher score than that of review, which is {text_of(review)}%."
            steps[1] = replace(steps[1], problem=words)
        sections.append(SectionDraft(key, NAMES[key], thresholds.note, tuple(steps)))
        made[key] = replace(thresholds, review=review, block=block)
    policy = Policy(
        "draft", made["overall"], tuple((category, made[category.value]) for category, _ in kept.categories)
    )
    draft = PolicyDraft(
        tuple(sections), policy, _number(fields.get("seen", "")), fields.get("reason", "").strip()
    )
    return replace(draft, policy=None) if draft.problems else draft


def text_of(value: float | None) -> str:
    """A step as the form shows it: 0.45 is "45", 0.975 is "97.5"; nothing where it never applies."""
    return "" if value is None else f"{value * 100:.4f}".rstrip("0").rstrip(".")


def slider_of(text: str) -> int:
    """Where the slider of a number stands."""
    value = _value(text)
    return round(value * 100) if isinstance(value, float) else NEVER


class _Wrong:
    """Stands for what is no number."""


_WRONG = _Wrong()


def _step(fields: Mapping[str, str], name: str, words: str) -> StepDraft:
    """A step as it was sent: its number where that was changed, else its slider."""
    was = fields.get(f"was.{name}", "")
    number = fields.get(f"number.{name}", was).strip()
    slider = fields.get(f"slider.{name}", "")
    if number == was and slider.isdecimal() and int(slider[:4]) != slider_of(was):
        number = slider if int(slider[:4]) < NEVER else ""
    return StepDraft(name, words, number[:20])


def _value(text: str) -> float | _Wrong | None:
    if not text:
        return None
    try:
        value = round(float(text.replace(",", ".")) / 100, 6)
    except ValueError:
        return _WRONG
    return value if 0 <= value <= 1 else _WRONG


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1
