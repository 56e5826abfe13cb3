"""What holds the judge."""

from pathlib import Path

from app.classifiers.scripted import ScriptedClassifier
from app.core.errors import ModelMissing
from app.core.lexicon import Lexicon, parse_lexicon
from app.core.policy import Policy, parse_policy
from app.services.judge_slot import JudgeSlot
from app.services.meter import Meter, Unmetered
from app.services.moderation import Judge

ROOT = Path(__file__).parents[2]
LEXICON = parse_lexicon(
    {"all.toml": (ROOT / "policies" / "lexicon" / "self_harm.toml").read_text(encoding="utf-8")}
)
POLICY = parse_policy((ROOT / "policies" / "default.toml").read_text(encoding="utf-8"))


class Listening(Unmetered):
    """A meter that hears of texts handed to the model."""

    def __init__(self) -> None:
        self.texts = 0

    def took(self, *_: object) -> None:
        self.texts += 1


def judge_of(meter: Meter, guessed: list[str]) -> Judge:
    def guess(text: str) -> None:
        guessed.append(text)
        raise ModelMissing("nothing to guess with")

    return Judge(
        classifier=ScriptedClassifier({}),
        lexicon=LEXICON,
        policy=POLICY,
        max_chars=1000,
        guess=guess,  # type: ignore[arg-type]  # It never returns.
        meter=meter,
    )


def test_warming_up_judges_a_post_that_nobody_sent_and_counts_nothing() -> None:
    meter, guessed = Listening(), list[str]()
    slot = JudgeSlot(lambda *_: judge_of(meter, guessed), lexicon=LEXICON, policy=POLICY)
    slot.warm_up()
    assert len(guessed) == 1
    assert meter.texts == 0


def test_without_a_model_warming_up_does_nothing() -> None:
    def load(_lexicon: Lexicon, _policy: Policy) -> Judge:
        raise ModelMissing("There is no model.")

    JudgeSlot(load, lexicon=LEXICON, policy=POLICY).warm_up()
