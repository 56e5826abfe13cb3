"""The words of Plainspeak as values, in the order data flows.

Everything here is immutable and compares by content. Nothing here knows of HTTP, databases or engines;
identity and time are added where values are stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What kind of harm. The keys are stable: they are stored, sent and trained on."""

    HARASSMENT = "harassment"
    HATE = "hate"
    THREAT = "threat"
    VIOLENCE = "violence"
    SEXUAL = "sexual"
    SELF_HARM = "self_harm"
    PROFANITY = "profanity"
    DRUGS = "drugs"

    @property
    def display_name(self) -> str:
        """The category as a person reads it: `self_harm` is "Self-harm"."""
        return "Self-harm" if self is Category.SELF_HARM else self.value.capitalize()


class Label(StrEnum):
    """Severity, as the models were taught it, from least to most severe."""

    SAFE = "safe"
    POTENTIALLY_HARMFUL = "potentially_harmful"
    HARMFUL = "harmful"
    EXTREMELY_HARMFUL = "extremely_harmful"

    @property
    def severity(self) -> int:
        """0 for safe up to 3 for extremely harmful."""
        return _SEVERITY[self]

    @property
    def display_name(self) -> str:
        """The label as a person reads it: `extremely_harmful` is "Extremely harmful"."""
        return self.value.replace("_", " ").capitalize()


class Action(StrEnum):
    """What should happen to a post: `allow` < `review` < `block`."""

    ALLOW = "allow"
    REVIEW = "review"
    BLOCK = "block"

    @property
    def strength(self) -> int:
        """0 for allow, 1 for review, 2 for block."""
        return _STRENGTH[self]


# Looked up some thirty times for each post.
_SEVERITY = {label: place for place, label in enumerate(Label)}
_STRENGTH = {action: place for place, action in enumerate(Action)}


def strongest(actions: Iterable[Action]) -> Action:
    """The strongest of some actions; `allow` when there are none."""
    return max(actions, key=lambda action: action.strength, default=Action.ALLOW)


def most_severe(labels: Iterable[Label]) -> Label:
    """The most severe of some labels; `safe` when there are none."""
    return max(labels, key=lambda label: label.severity, default=Label.SAFE)


@dataclass(frozen=True, slots=True)
class Content:
    """What a caller submitted."""

    text: str
    context: tuple[str, ...] = ()
    """Earlier messages of the same conversation, oldest first."""
    author_id: str | None = None
    """The caller's own id for the author."""
    content_id: str | None = None
    """The caller's own id for the post."""
    client_token: str | None = None
    """What a caller of the Perspective API sends to know an answer again."""


class Step(StrEnum):
    """Which step of the normalizer proposed an edit, in the order the steps run."""

    UNICODE = "unicode"
    """Compatibility forms: fullwidth, mathematical, enclosed letters, ligatures (NFKC by cluster)."""
    INVISIBLE = "invisible"
    """Zero-width, bidi and other default-ignorable characters, floods of combining marks."""
    CONFUSABLE = "confusable"
    """Look-alike letters of another script inside a word that mixes scripts."""
    SPACING = "spacing"
    """Spaces and separators put between the letters of one word."""
    REPETITION = "repetition"
    """Letters repeated beyond any spelling."""
    LEET = "leet"
    """Digits and symbols standing for letters inside a word."""
    CENSOR = "censor"
    """Letters masked by the writer: f**k, s_x."""
    SPELLING = "spelling"
    """Vowels left out, sounds respelt, slips of the finger, words backwards: fck, phuck, kcuf."""
    EMOJI = "emoji"
    """Emoji that stand for a word."""
    LEXICON = "lexicon"
    """A term of the lexicon."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change between the original text and the plain text.

    `start` and `end` are Unicode code points of the original, end exclusive; `surface` is exactly
    `original[start:end]`; replacing that span by `canonical` for every edit gives the plain text.
    """

    start: int
    end: int
    surface: str
    canonical: str
    step: Step
    """The last step that shaped the canonical form: `lexicon` when a term matched."""
    via: tuple[Step, ...] = ()
    """The earlier steps it took to get there, in order: "un@l!ve" reaches its term via `leet`."""
    term: str | None = None
    """Id of the lexicon term, when one matched."""
    category: Category | None = None
    """Category of the lexicon term, when one matched."""
    ambiguous: bool = False
    """Whether the term also has an innocent meaning; it then fired because of a cue."""
    note: str = ""
    """Why, in a sentence a moderator understands."""


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """The original text, the plain text, and the edits between them. The original is never overwritten."""

    original: str
    plain: str
    edits: tuple[Edit, ...] = ()
    """Applied edits, ascending, not overlapping."""
    hints: tuple[Edit, ...] = ()
    """Ambiguous terms that found no cue: shown to people, never applied."""

    @property
    def readings(self) -> tuple[str, ...]:
        """The distinct texts to classify: the original, and the plain text where it says something else."""
        same = self.plain.casefold() == self.original.casefold()
        return (self.original,) if same else (self.original, self.plain)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the original text in code points, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether they have a character in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Signal:
    """One piece of evidence: a calibrated probability of harm from one source."""

    source: str
    """Version of the classifier that gave it."""
    category: Category | None
    """None for the overall score."""
    score: float
    """Calibrated probability in [0, 1]."""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Outage:
    """A classifier that could not answer, and why."""

    source: str
    reason: str


class Handover(StrEnum):
    """Why a text went on to the second lane."""

    UNCERTAIN = "uncertain"
    """The first lane's score is in the band where it is not sure enough."""
    AMBIGUOUS = "ambiguous"
    """A term of the text may be code."""
    LANGUAGE = "language"
    """The text is not in the language that the first lane reads."""
    UNANSWERED = "unanswered"
    """The first lane gave no answer."""


@dataclass(frozen=True, slots=True)
class Classification:
    """All the signals on one text, and who could not answer."""

    signals: tuple[Signal, ...] = ()
    unavailable: tuple[Outage, ...] = ()
    handover: Handover | None = None
    """Why a second lane was asked; None where one lane was enough."""
    early: bool = False
    """Whether the words alone were certain, and no lane was asked."""


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """Calibrated probability that a text is harmful in one category."""

    category: Category
    score: float


@dataclass(frozen=True, slots=True)
class Versions:
    """What gave an answer; the same three and the same text give the same answer."""

    model: str
    lexicon: str
    policy: str


@dataclass(frozen=True, slots=True)
class LaneVerdict:
    """What one classifier would have answered alone."""

    model: str
    """Its version."""
    label: Label
    category: Category | None
    """None when the label is safe."""
    score: float
    """Its probability that the text is harmful."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The machine's answer."""

    label: Label
    confidence: float
    """Calibrated probability that the label's side (safe or not) is right."""
    category: Category | None
    """The category that weighs most; None when the label is safe."""
    score: float
    """Calibrated probability that the text is harmful."""
    categories: tuple[CategoryScore, ...]
    """One score for each category, in the order of `Category`."""
    action: Action
    reasons: tuple[str, ...]
    """Sentences for a person, the weightiest first."""
    versions: Versions
    unavailable: tuple[str, ...] = ()
    """Versions of the classifiers that could not answer."""
    language: str = "en"
    """ISO 639-1 code of the language it was taken for."""
    lanes: tuple[LaneVerdict, ...] = ()
    """What each classifier would have answered alone, where more than one was asked."""


class ReviewState(StrEnum):
    """Where a review item stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    ESCALATED = "escalated"
    RESOLVED = "resolved"


class RulingAction(StrEnum):
    """What a person can do with a review item."""

    ALLOW = "allow"
    BLOCK = "block"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's answer to a review item."""

    action: RulingAction
    actor: str
    """Who ruled."""
    category: Category | None = None
    """The category the person gave, where it differs from the machine's."""
    note: str = ""
