"""What holds the judge."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from threading import Event

import pytest

from app.classifiers.scripted import ScriptedClassifier
from app.core.errors import EngineFailed, ModelError, ModelMissing
from app.core.lexicon import Lexicon, parse_lexicon
from app.core.policy import Policy, parse_policy
from app.services.judge import Judge
from app.services.judge_slot import JudgeSlot
from app.services.meter import Meter, Unmetered

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


class Failing:
    """A model that cannot be loaded, and a clock."""

    def __init__(self, error: ModelError) -> None:
        self._error = error
        self.now = 0.0
        self.tries: list[float] = []

    def load(self, _lexicon: Lexicon, _policy: Policy) -> Judge:
        self.tries.append(self.now)
        raise self._error

    def asked_every_second(self, *, seconds: int) -> list[float]:
        """When it was tried."""
        slot = JudgeSlot(self.load, lexicon=LEXICON, policy=POLICY, clock=lambda: self.now)
        for second in range(seconds):
            self.now = float(second)
            with pytest.raises(type(self._error), match=str(self._error)):
                slot.judge()
        return self.tries


def test_a_model_that_an_engine_failed_on_is_tried_less_and_less_often() -> None:
    tries = Failing(EngineFailed("too little memory")).asked_every_second(seconds=300)
    waits = [after - before for before, after in pairwise(tries)]
    assert waits == [5, 10, 20, 40, 60, 60, 60]


def test_a_file_that_is_not_there_is_looked_for_every_few_seconds() -> None:
    tries = Failing(ModelMissing("no file")).asked_every_second(seconds=60)
    assert {after - before for before, after in pairwise(tries)} == {5}


def test_who_asks_while_a_model_is_loaded_for_long_is_told_and_a_lexicon_does_not_wait() -> None:
    begun, go_on = Event(), Event()

    def load(lexicon: Lexicon, policy: Policy) -> Judge:
        begun.set()
        assert go_on.wait(60)
        return replace(judge_of(Listening(), []), lexicon=lexicon, policy=policy)

    slot = JudgeSlot(load, lexicon=LEXICON, policy=POLICY, patience_s=0.01)
    other = parse_lexicon({})
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(slot.judge)
        assert begun.wait(60)
        with pytest.raises(EngineFailed, match="still being loaded"):
            slot.judge()
        slot.use(other)
        go_on.set()
        assert loading.result().lexicon is other
    assert slot.judge().lexicon is other
