"""plainspeak-nano from instructions: tokenizer, first vectors, training.

    python -m training.train_nano --run RUN [--recipe training/recipes/nano.toml] [--resume]

Writes a folder as transformers saves it, RUN/nano (the moving average of the weights), and decoder.json (what
the card will say of the training); a checkpoint every few minutes, from which --resume goes on.
"""

import argparse
import copy
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor
from transformers import Qwen2ForCausalLM

from app.core.errors import ModelMismatch
from app.core.prompt import VERBALIZERS
from training.decoder_tokens import (
    PAD,
    PromptTokens,
    load_tokenizer,
    prompt_tokens,
    train_tokenizer,
)
from training.instructions import FACTS, read_instructions
from training.nano_batches import Example, batches, examples_of, padded, padded_length, weights_of
from training.nano_model import answer_states, begin_with, first_vectors, fresh_model
from training.nano_recipe import RECIPE, NanoRecipe, TrainNumbers, read_nano_recipe

FOLDER, CHECKPOINT = "nano", "checkpoint-nano.pt"
CHECKPOINT_EVERY_S = 180
SAY_EVERY = 20
IGNORED = -100
LONGEST_MEASURED = 256
"""Tokens of a text that is measured on; a longer one is cut there."""

Look = Callable[..., Tensor]


@dataclass(slots=True)
class Progress:
    """How far a run is; saved with each checkpoint."""

    batch: int = 0
    tokens: int = 0
    seconds: float = 0.0

    def done(self, numbers: TrainNumbers) -> float:
        """The share of the run that is over, by tokens or by time."""
        return max(self.tokens / numbers.token_budget, self.seconds / (60 * numbers.minutes))


@dataclass(slots=True)
class State:
    """All that training changes."""

    model: Qwen2ForCausalLM
    average: Qwen2ForCausalLM
    optimizer: torch.optim.Optimizer
    progress: Progress

    def save(self, run: Path) -> None:
        """Write a checkpoint, and the average as a model."""
        path = run / CHECKPOINT
        parts = {
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "progress": [self.progress.batch, self.progress.tokens, self.progress.seconds],
        }
        torch.save(parts, path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)
        self.average.save_pretrained(run / FOLDER)

    def load(self, run: Path) -> None:
        """Go back to a checkpoint."""
        parts = torch.load(run / CHECKPOINT)
        self.model.load_state_dict(parts["model"])
        self.average.load_state_dict(parts["average"])
        self.optimizer.load_state_dict(parts["optimizer"])
        self.progress = Progress(*parts["progress"])


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    parser.add_argument("--resume", action="store_true")
    arguments = parser.parse_args()
    train(run=arguments.run, recipe=read_nano_recipe(arguments.recipe), resume=arguments.resume)


def train(*, run: Path, recipe: NanoRecipe, resume: bool) -> None:
    """Train until the budget or the time is spent."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.train.threads)
    rows = read_instructions(run / "instructions-train.jsonl")
    if resume:
        tokenizer = load_tokenizer(run / FOLDER)
    else:
        tokenizer = train_tokenizer((row.text for row in rows), size=recipe.vocabulary)
        tokenizer.save_pretrained(run / FOLDER)
    prompt = prompt_tokens(tokenizer)
    if len(set(prompt.words)) < len(prompt.words):
        raise ModelMismatch("Two words of the answer begin with the same token. Take a larger vocabulary.")
    examples = examples_of(rows, tokenizer=tokenizer, prompt=prompt, most=recipe.train.max_tokens)
    model = fresh_model(
        recipe.shape,
        vocabulary=recipe.vocabulary,
        end=prompt.end,
        pad=tokenizer.convert_tokens_to_ids(PAD),
    )
    if not resume:
        _begin(model, examples, recipe=recipe, prompt=prompt)
    optimizer = torch.optim.AdamW(_groups(model, recipe.train), betas=(0.9, 0.98), fused=True)
    state = State(model=model, average=copy.deepcopy(model), optimizer=optimizer, progress=Progress())
    if resume:
        state.load(run)
    _learn(state, examples, run=run, recipe=recipe, prompt=prompt)
    state.save(run)
    held = [row for part in ("dev", "held") for row in read_instructions(run / f"instructions-{part}.jsonl")]
    measured = examples_of(held, tokenizer=tokenizer, prompt=prompt, most=LONGEST_MEASURED)
    _write_facts(run, state, recipe=recipe, figures=measure(state.average, measured, prompt=prompt))


def _learn(
    state: State, examples: list[Example], *, run: Path, recipe: NanoRecipe, prompt: PromptTokens
) -> None:
    numbers, progress = recipe.train, state.progress
    weights = weights_of(examples, rare_weight=numbers.rare_weight)
    look: Look = torch.compile(answer_states, dynamic=True) if numbers.compiled else answer_states
    began, saved = time.monotonic() - progress.seconds, time.monotonic()
    for number, batch in enumerate(batches(examples, most=numbers.batch_tokens, seed=recipe.seed)):
        if number < progress.batch:
            continue
        progress.seconds = time.monotonic() - began
        if progress.done(numbers) >= 1:
            break
        _set_rate(state.optimizer, done=progress.done(numbers), numbers=numbers)
        loss = _loss(
            state.model,
            [examples[place] for place in batch],
            weights[batch],
            prompt=prompt,
            look=look,
            whole=number % numbers.answers_every == 0,
        )
        state.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(state.model.parameters(), 1.0)
        state.optimizer.step()
        _fold(state.average, state.model, decay=min(numbers.averaging, (number + 1) / (number + 10)))
        progress.batch = number + 1
        progress.tokens += sum(len(examples[place].ids) for place in batch)
        if number % SAY_EVERY == 0:
            speed = progress.tokens / (time.monotonic() - began)
            print(
                f"batch {number} tokens {progress.tokens} loss {loss.detach():.4f} {speed:.0f} tokens/s",
                flush=True,
            )
        if time.monotonic() - saved > CHECKPOINT_EVERY_S:
            saved = time.monotonic()
            state.save(run)


def _begin(
    model: Qwen2ForCausalLM, examples: list[Example], *, recipe: NanoRecipe, prompt: PromptTokens
) -> None:
    vectors = first_vectors(
        [example.ids for example in examples],
        np.array([example.shares for example in examples]),
        words=prompt.words,
        vocabulary=recipe.vocabulary,
        width=recipe.shape.width,
        seed=recipe.seed,
    )
    begin_with(model, vectors)


def _groups(model: Qwen2ForCausalLM, numbers: TrainNumbers) -> list[dict[str, Any]]:
    """Matrices decay; vectors and the embeddings, of which a batch sees a few, do not."""
    named = list(model.named_parameters())
    decays = [each for name, each in named if each.ndim > 1 and "embed" not in name]
    others = [each for name, each in named if each.ndim == 1 or "embed" in name]
    rate = {"lr": numbers.learning_rate, "peak": numbers.learning_rate}
    return [
        {"params": decays, "weight_decay": numbers.weight_decay, **rate},
        {"params": others, "weight_decay": 0.0, **rate},
    ]


def _set_rate(optimizer: torch.optim.Optimizer, *, done: float, numbers: TrainNumbers) -> None:
    warmup = numbers.warmup_share
    slope = done / warmup if done < warmup else (1 - done) / (1 - warmup)
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * max(slope, 0.01)


def _loss(
    model: Qwen2ForCausalLM,
    batch: list[Example],
    weights: np.ndarray,
    *,
    prompt: PromptTokens,
    look: Look,
    whole: bool,
) -> Tensor:
    """Cross-entropy of the answer alone: its first word against the shares, the rest against its tokens."""
    answers = [example.answer if whole else example.answer[:1] for example in batch]
    rows = [example.ids + answer[:-1] for example, answer in zip(batch, answers, strict=True)]
    places = [
        [len(example.ids) - 1 + step for step in range(len(answer))]
        for example, answer in zip(batch, answers, strict=True)
    ]
    ids = padded(rows, length=padded_length(max(map(len, rows))))
    states = look(model, prefix=torch.tensor(prompt.before), ids=ids, places=padded(places))
    chances = torch.log_softmax(model.lm_head(states), dim=-1)
    trust = torch.tensor(weights, dtype=torch.float32)
    shares = torch.tensor([example.shares for example in batch])
    first = -(shares * chances[:, 0, prompt.words]).sum(dim=1)
    loss = (first * trust).sum() / trust.sum()
    if whole:
        targets = padded([answer[1:] for answer in answers], fill=IGNORED)
        loss = loss + torch.nn.functional.nll_loss(
            chances[:, 1:].flatten(0, 1), targets.flatten(), ignore_index=IGNORED
        )
    return loss


@torch.no_grad()
def _fold(average: Qwen2ForCausalLM, model: Qwen2ForCausalLM, *, decay: float) -> None:
    for kept, fresh in zip(average.parameters(), model.parameters(), strict=True):
        kept.lerp_(fresh, 1 - decay)


@torch.no_grad()
def scores(model: Qwen2ForCausalLM, examples: list[Example], *, prompt: PromptTokens) -> np.ndarray:
    """Log-probabilities of the words of the answer: examples x words."""
    found = np.zeros((len(examples), len(VERBALIZERS)), dtype=np.float32)
    order = sorted(range(len(examples)), key=lambda place: len(examples[place].ids))
    prefix = torch.tensor(prompt.before)
    for start in range(0, len(order), 64):
        part = order[start : start + 64]
        ids = padded([examples[place].ids for place in part])
        places = torch.tensor([[len(examples[place].ids) - 1] for place in part])
        states = answer_states(model, prefix=prefix, ids=ids, places=places)
        found[part] = torch.log_softmax(model.lm_head(states)[:, 0], dim=-1)[:, prompt.words].numpy()
    return found


def measure(model: Qwen2ForCausalLM, examples: list[Example], *, prompt: PromptTokens) -> dict[str, Any]:
    """How far the words agree with the shares: AUROC of each against the rows of which it is the strongest.

    `mass` is what all words own of the whole vocabulary's probability.
    """
    found = scores(model, examples, prompt=prompt)
    strongest = np.array([int(np.argmax(example.shares)) for example in examples])
    figures: dict[str, Any] = {
        "rows": len(examples),
        "mass": round(float(np.exp(found).sum(axis=1).mean()), 4),
        "same_word": round(float((found.argmax(axis=1) == strongest).mean()), 4),
    }
    for place, word in enumerate(VERBALIZERS):
        truth = strongest == place
        if 0 < truth.sum() < len(truth):
            auroc = round(float(roc_auc_score(truth, found[:, place])), 4)
            figures[word] = {"auroc": auroc, "rows": int(truth.sum())}
    return figures


def _write_facts(run: Path, state: State, *, recipe: NanoRecipe, figures: dict[str, Any]) -> None:
    """What the card will say of the training."""
    facts = {
        "name": recipe.name,
        "licence": "Apache-2.0",
        "base": None,
        "explains": False,
        "context": recipe.shape.context,
        "window": {"tokens": recipe.train.max_tokens, "overlap": recipe.overlap},
        "training": {
            "recipe": "training/recipes/nano.toml",
            "seed": recipe.seed,
            "tokens": state.progress.tokens,
            "seconds": round(state.progress.seconds),
        },
        "held_back": figures,
    }
    (run / FACTS).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(facts, indent=1))


if __name__ == "__main__":
    main()
