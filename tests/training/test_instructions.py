import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.bootstrap import read_policy
from app.core.prompt import AFTER, BEFORE, END, VERBALIZERS, prompt_for
from app.core.types import Category, NormalizedText
from training.instructions import (
    POLICY,
    Instruction,
    answer_of,
    read_instructions,
    read_part,
    rows_recipe,
    shares_of,
    write,
)
from training.sources import CATEGORIES

UNKNOWN = float("nan")


def row(
    *categories: Category, harmful: bool | None = None, text: str = "a text", **more: object
) -> dict[str, Any]:
    targets = [float(category in categories) for category in CATEGORIES]
    return {
        "text": text,
        "source": "olid",
        "targets": targets,
        "certain": [True] * len(CATEGORIES),
        "harmful": harmful,
        "weight": 1.0,
        **more,
    }


def encoder(score: float, *categories: Category) -> np.ndarray:
    return np.array([score if category in categories else 0.01 for category in CATEGORIES] + [score])


def strongest(shares: np.ndarray) -> str:
    assert shares.sum() == pytest.approx(1)
    assert (shares > 0).all()
    return VERBALIZERS[int(np.argmax(shares))]


@pytest.mark.parametrize("category", [each for each in Category if each is not Category.PROFANITY])
def test_a_harmful_row_answers_with_its_category(category: Category) -> None:
    shares = shares_of(row(category), encoder=None, harmful=1.0)
    assert strongest(shares) == category.value
    assert (
        strongest(shares_of(row(category, Category.PROFANITY), encoder=None, harmful=1.0)) == category.value
    )


def test_swearing_that_harms_nobody_stays_safe_and_is_heard() -> None:
    shares = shares_of(row(Category.PROFANITY), encoder=None, harmful=0.0)
    assert strongest(shares) == "safe"
    assert shares[VERBALIZERS.index("profanity")] > 0.3


def test_a_row_that_does_not_say_whether_it_is_harmful_is_as_harmful_as_its_categories() -> None:
    assert strongest(shares_of(row(Category.THREAT), encoder=None, harmful=UNKNOWN)) == "threat"
    assert strongest(shares_of(row(), encoder=None, harmful=UNKNOWN)) == "safe"


def test_the_encoder_is_heard_most_where_nobody_was_sure() -> None:
    said = encoder(0.9, Category.HATE)
    sure = shares_of(row(), encoder=said, harmful=0.0)
    unsure = shares_of(row(certain=[False] * len(CATEGORIES)), encoder=said, harmful=UNKNOWN)
    assert strongest(sure) == "safe"
    assert strongest(unsure) == "hate"


@pytest.mark.parametrize(
    ("score", "answer"),
    [
        (0.1, "self_harm potentially_harmful"),
        (0.3, "self_harm potentially_harmful"),
        (0.5, "self_harm harmful"),
        (0.9, "self_harm extremely_harmful"),
        (None, "self_harm harmful"),
    ],
)
def test_an_answer_is_as_severe_as_the_policy_finds_the_score_of_the_encoder(
    score: float | None, answer: str
) -> None:
    shares = shares_of(row(Category.SELF_HARM), encoder=None, harmful=1.0)
    said = None if score is None else encoder(score, Category.SELF_HARM)
    assert answer_of(shares, encoder=said, policy=read_policy(POLICY)) == answer


def test_a_safe_answer_has_no_severity() -> None:
    shares = shares_of(row(), encoder=None, harmful=0.0)
    assert answer_of(shares, encoder=None, policy=read_policy(POLICY)) == "safe"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    kept_back = row(Category.HATE, harmful=True, text="they are all vermin, every single one of them")
    parts = {
        "train": [
            row(harmful=False, text="a lovely day for a walk in the park"),
            row(Category.SELF_HARM, harmful=True, text="i want to unalive myself"),
            kept_back | {"text": "They are ALL vermin - every single one of them!"},
            row(Category.THREAT, harmful=True, text="you will bleed for this tomorrow"),
            row(harmful=False, text="rulings teach", source="moderators_overridden", weight=3.0),
        ],
        "dev": [kept_back],
        "held": [row(harmful=False, text="see you at six")],
    }
    for part, rows in parts.items():
        lines = "".join(json.dumps(each) + "\n" for each in rows)
        (folder / f"rows-{part}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "dev").mkdir()
    measured = {"text": "you will bleed for this tomorrow!", "harmful": True}
    (folder / "dev" / "test.jsonl").write_text(json.dumps(measured), encoding="utf-8")
    write(run=folder, recipe=rows_recipe(), measured=folder / "dev", also=("alpaca", "messages"))
    return folder


def test_what_is_kept_back_or_measured_on_is_not_taught(run: Path) -> None:
    texts = [each.text for each in read_instructions(run / "instructions-train.jsonl")]
    assert any(text.startswith("a lovely day") for text in texts)
    assert not any("vermin" in text or "bleed" in text for text in texts)
    assert [each.text for each in read_instructions(run / "instructions-dev.jsonl")] == [
        "they are all vermin, every single one of them"
    ]


def test_a_ruling_against_the_machine_is_seen_three_times_and_counts_three_times(run: Path) -> None:
    rows = read_instructions(run / "instructions-train.jsonl")
    overridden = [each.weight for each in rows if each.source == "moderators_overridden"]
    assert overridden == [3.0, 3.0, 3.0]


def test_alpaca_and_chat_rows_come_from_the_same_instructions(run: Path) -> None:
    rows = read_instructions(run / "instructions-train.jsonl")
    alpaca, chats = (read_part(run / f"{name}-train.jsonl") for name in ("alpaca", "messages"))
    assert alpaca == [each.alpaca() for each in rows]
    assert chats == [each.messages() for each in rows]


def test_a_chat_row_in_the_template_of_qwen_is_the_prompt_and_its_answer() -> None:
    text = NormalizedText(original="hello", plain="hello")
    instruction = Instruction(prompt_for(text).text, "safe", (1.0, *[0.0] * 8), 1.0, "olid", "0")
    chat = "".join(
        f"<|im_start|>{turn['role']}\n{turn['content']}<|im_end|>\n"
        for turn in instruction.messages()["messages"]
    )
    assert chat == f"{BEFORE}hello{AFTER}safe{END}\n"
    assert instruction.alpaca()["input"] == "hello"
    assert instruction.alpaca()["instruction"] in BEFORE
