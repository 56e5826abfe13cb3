"""From evidence to a verdict: thresholds per category, and nothing else.

More evidence never lowers an action, the order of signals does not matter, and an outage is at least a
review. These are property tests in `tests/core/test_policy.py`.
"""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from app.core.classify import Band
from app.core.errors import PolicyInvalid
from app.core.language import ENGLISH
from app.core.types import (
    Action,
    Category,
    CategoryScore,
    Classification,
    Handover,
    Label,
    LaneVerdict,
    NormalizedText,
    Signal,
    Verdict,
    Versions,
    most_severe,
    strongest,
)

UNREAD_CONFIDENCE = 0.5
"""Most confidence in a verdict on a language that the model does not read."""
_UNREAD = "Seems to be written in another language ({}); the model reads English, so a person should look."
_HANDOVER = {
    Handover.UNCERTAIN: "The first model was not sure, so a second one was asked.",
    Handover.AMBIGUOUS: "A word in it may be code, so a second model was asked.",
    Handover.LANGUAGE: "It is not in English, so a second model was asked.",
    Handover.UNANSWERED: "The first model gave no answer, so a second one was asked.",
}
_LABEL_STEPS = (Label.EXTREMELY_HARMFUL, Label.HARMFUL, Label.POTENTIALLY_HARMFUL)
_ACTION_STEPS = (Action.BLOCK, Action.REVIEW)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which score on a label or an action applies. A step that is None never applies."""

    potentially_harmful: float | None = None
    harmful: float | None = None
    extremely_harmful: float | None = None
    review: float | None = None
    block: float | None = None
    note: str = ""
    """What the moderator is told with such an item."""

    @property
    def labels(self) -> tuple[float | None, ...]:
        """The steps of the labels, the most severe first."""
        return (self.extremely_harmful, self.harmful, self.potentially_harmful)

    @property
    def actions(self) -> tuple[float | None, ...]:
        """The steps of the actions, the strongest first."""
        return (self.block, self.review)

    def label(self, score: float) -> Label:
        """The most severe label the score reaches."""
        for label, least in zip(_LABEL_STEPS, self.labels, strict=True):
            if least is not None and score >= least:
                return label
        return Label.SAFE

    def action(self, score: float) -> Action:
        """The strongest action the score reaches."""
        for action, least in zip(_ACTION_STEPS, self.actions, strict=True):
            if least is not None and score >= least:
                return action
        return Action.ALLOW


@dataclass(frozen=True, slots=True)
class Policy:
    """Versioned thresholds."""

    version: str
    """Name and content hash."""
    overall: Thresholds
    categories: tuple[tuple[Category, Thresholds], ...]
    """One per category, in the order of `Category`."""
    band: Band = field(default_factory=Band)
    """Where the first lane asks the second."""

    def thresholds(self, category: Category) -> Thresholds:
        """The thresholds of one category."""
        return next(thresholds for each, thresholds in self.categories if each is category)


def decide(
    classification: Classification,
    *,
    text: NormalizedText,
    policy: Policy,
    model: str,
    lexicon: str,
    language: str = ENGLISH,
) -> Verdict:
    """Judge the evidence on one text. The strongest signal of each category counts.

    What is not English goes to a person, with a confidence that says no more than a coin: the scores are of a
    model that never learned to read it.

    Without any evidence, because nothing could answer, the text is not called safe: it is potentially harmful
    with confidence 0 and goes to a person.
    """
    found = _strongest_scores(classification.signals)
    score = found.get(None, 0.0)
    judged = [
        _judged(category, found.get(category, 0.0), thresholds) for category, thresholds in policy.categories
    ]
    is_read = language == ENGLISH
    label = _label(classification, judged, overall=policy.overall.label(score))
    main = max(judged, key=_weight) if label is not Label.SAFE and classification.signals else None
    action = _action(classification, judged, overall=policy.overall.action(score))
    confidence = _confidence(label, judged, score=_harm(found))
    reasons = _reasons(classification, judged, main=main, label=label, score=score, text=text)
    return Verdict(
        label=label,
        confidence=confidence if is_read else min(confidence, UNREAD_CONFIDENCE),
        category=main.entry.category if main else None,
        score=score,
        categories=tuple(each.entry for each in judged),
        action=action if is_read else strongest([action, Action.REVIEW]),
        reasons=reasons if is_read else (_UNREAD.format(language), *reasons),
        versions=Versions(model=model, lexicon=lexicon, policy=policy.version),
        unavailable=tuple(outage.source for outage in classification.unavailable),
        language=language,
        lanes=_lanes(classification, policy) if classification.handover or classification.early else (),
    )


def _lanes(classification: Classification, policy: Policy) -> tuple[LaneVerdict, ...]:
    """What each source would have answered alone, by its name."""
    sources = sorted({signal.source for signal in classification.signals})
    return tuple(
        _lane(source, [signal for signal in classification.signals if signal.source == source], policy)
        for source in sources
    )


def _lane(source: str, signals: Sequence[Signal], policy: Policy) -> LaneVerdict:
    found = _strongest_scores(signals)
    judged = [_judged(category, found.get(category, 0.0), steps) for category, steps in policy.categories]
    label = most_severe([policy.overall.label(found.get(None, 0.0)), *(each.label for each in judged)])
    main = max(judged, key=_weight)
    return LaneVerdict(
        model=source,
        label=label,
        category=None if label is Label.SAFE else main.entry.category,
        score=found.get(None, 0.0),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """The score of one category and what it reaches."""

    entry: CategoryScore
    label: Label
    action: Action
    note: str


def _judged(category: Category, score: float, thresholds: Thresholds) -> _Judged:
    return _Judged(
        entry=CategoryScore(category=category, score=score),
        label=thresholds.label(score),
        action=thresholds.action(score),
        note=thresholds.note,
    )


def _strongest_scores(signals: Sequence[Signal]) -> dict[Category | None, float]:
    """The strongest score of each category that has a signal, and of harm as a whole under None."""
    found: dict[Category | None, float] = {}
    for signal in signals:
        found[signal.category] = max(signal.score, found.get(signal.category, 0.0))
    return found


def _harm(found: Mapping[Category | None, float]) -> float:
    """How likely harm as a whole is; where nothing says it, at least as likely as the likeliest category."""
    return found.get(None, max(found.values(), default=0.0))


def _label(classification: Classification, judged: Sequence[_Judged], *, overall: Label) -> Label:
    if not classification.signals:
        return Label.POTENTIALLY_HARMFUL
    return most_severe([overall, *(each.label for each in judged)])


def _confidence(label: Label, judged: Sequence[_Judged], *, score: float) -> float:
    """Probability that the label's side is right; of a text that is not safe, by its best evidence."""
    if label is Label.SAFE:
        return 1 - score
    return max([score, *(each.entry.score for each in judged if each.label is not Label.SAFE)])


def _action(classification: Classification, judged: Sequence[_Judged], *, overall: Action) -> Action:
    actions = [overall, *(each.action for each in judged)]
    if classification.unavailable or not classification.signals:
        actions.append(Action.REVIEW)
    return strongest(actions)


def _weight(judged: _Judged) -> tuple[int, int, float]:
    """The main category has the most severe label, then the strongest action, then the highest score."""
    return judged.label.severity, judged.action.strength, judged.entry.score


def _reasons(
    classification: Classification,
    judged: Sequence[_Judged],
    *,
    main: _Judged | None,
    label: Label,
    score: float,
    text: NormalizedText,
) -> tuple[str, ...]:
    reasons: list[str] = []
    if main is not None:
        reasons.append(_main_reason(main, label=label, score=score))
    reasons += [
        each.note for each in judged if each.note and (each is main or each.action is not Action.ALLOW)
    ]
    if text.edits:
        # The post itself is never quoted: reasons are kept also when its text is not.
        reasons.append(f"Places written in code: {len(text.edits)}. The edits show how each is read.")
    if classification.handover is not None:
        reasons.append(_HANDOVER[classification.handover])
    if classification.early:
        reasons.append("None of its words is suspicious, so the model was not asked.")
    reasons += [f"{outage.source} could not answer: {outage.reason}" for outage in classification.unavailable]
    return tuple(reasons)


def _main_reason(main: _Judged, *, label: Label, score: float) -> str:
    """Say what made the label: the main category, or only the overall score."""
    name, own = main.entry.category.display_name, main.entry.score
    if main.label is label:
        return f"{name} {own:.2f}: {label.display_name.lower()}."
    return f"Overall {score:.2f}: {label.display_name.lower()}. Closest category: {name} {own:.2f}."


def parse_policy(text: str) -> Policy:
    """Read a policy file.

    Raises:
        PolicyInvalid: it is not TOML, names an unknown key, leaves a category out, or has thresholds that are
            not in [0, 1] or not ascending. The message names the place.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyInvalid(
            f"The policy is not TOML: {error}. Compare it with policies/default.toml."
        ) from error
    sections = _section(raw.get("categories", {}), place="categories")
    unknown = {*raw} - {"name", "overall", "categories", "cascade"} | {*sections} - {
        category.value for category in Category
    }
    missing = {category.value for category in Category} - {*sections}
    if unknown or missing:
        raise PolicyInvalid(
            f"The policy has unknown sections {sorted(unknown)!r} and lacks {sorted(missing)!r}. "
            "Give every category a section and nothing else."
        )
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Policy(
        version=f"{_text(raw.get('name', 'policy'), place='name')}@{digest}",
        overall=_thresholds(raw.get("overall", {}), place="overall"),
        categories=tuple(
            (category, _thresholds(sections[category.value], place=f"categories.{category.value}"))
            for category in Category
        ),
        band=_band(raw.get("cascade", {})),
    )


def _band(raw: object) -> Band:
    section = _section(raw, place="cascade")
    unknown = {*section} - {each.name for each in fields(Band)}
    if unknown:
        raise PolicyInvalid(
            f"[cascade] in the policy has the unknown keys {sorted(unknown)!r}. Use low and high."
        )
    given = {key: value for key in section if (value := _step(section, key, place="cascade")) is not None}
    band = Band(**given)
    if band.low > band.high:
        raise PolicyInvalid(f"[cascade] in the policy: low {band.low} is above high {band.high}. Swap them.")
    return band


def _section(raw: object, *, place: str) -> Mapping[str, object]:
    if not isinstance(raw, dict):
        raise PolicyInvalid(f"{place!r} in the policy is {raw!r}, not a section. Write it as [{place}].")
    return raw


def _text(raw: object, *, place: str) -> str:
    if not isinstance(raw, str):
        raise PolicyInvalid(f"{place!r} in the policy is {raw!r}, not a text. Put it in quotes.")
    return raw


def _thresholds(raw: object, *, place: str) -> Thresholds:
    section = _section(raw, place=place)
    unknown = {*section} - {each.name for each in fields(Thresholds)}
    if unknown:
        raise PolicyInvalid(
            f"[{place}] in the policy has the unknown keys {sorted(unknown)!r}. "
            "Use those of policies/default.toml."
        )
    thresholds = Thresholds(
        potentially_harmful=_step(section, "potentially_harmful", place=place),
        harmful=_step(section, "harmful", place=place),
        extremely_harmful=_step(section, "extremely_harmful", place=place),
        review=_step(section, "review", place=place),
        block=_step(section, "block", place=place),
        note=_text(section.get("note", ""), place=f"{place}.note"),
    )
    check_steps(thresholds, place=place)
    return thresholds


def check_steps(thresholds: Thresholds, *, place: str) -> None:
    """Refuse steps that are no probabilities, or of which a stronger one comes first.

    Raises:
        PolicyInvalid: the message names the place.
    """
    for steps in (thresholds.labels, thresholds.actions):
        numbers = [least for least in steps if least is not None]
        for number in numbers:
            if not 0 <= number <= 1:
                raise PolicyInvalid(f"[{place}] in the policy: {number!r} is not a number from 0 to 1.")
        if numbers != sorted(numbers, reverse=True):
            raise PolicyInvalid(
                f"[{place}] in the policy: {numbers[::-1]!r} fall. Give a stronger step a higher score."
            )


def _step(section: Mapping[str, object], key: str, *, place: str) -> float | None:
    value = section.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise PolicyInvalid(f"[{place}] in the policy: {key} is {value!r}, not a number from 0 to 1.")
    return value
