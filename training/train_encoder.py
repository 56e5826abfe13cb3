"""Stage 2: the prepared rows to encoder weights.

    python -m training.train_encoder --run runs/mini [--base FOLDER] [--start FILE] [--device cpu|cuda]
        [--resume]

Writes weights.safetensors (the moving average) and train.json (the curve) to the run folder, and a checkpoint
every few minutes, from which --resume goes on.
"""

import argparse
import copy
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from sklearn.metrics import average_precision_score, roc_auc_score
from tokenizers import Tokenizer
from torch import Tensor

from app.bootstrap import read_lexicon
from app.classifiers.gguf import sha256_of
from app.core.errors import ModelMismatch
from app.core.lexicon import Lexicon
from app.core.normalize import normalize
from app.core.spoken import spoken
from app.core.types import Category
from training import gguf_file, noise
from training.encoder_model import Encoder, find_base
from training.prepare import LEXICON, RECIPE
from training.recipe import Recipe, read_recipe
from training.sources import CATEGORIES

CHECKPOINT_EVERY_S = 300
RARE = 0.04
_SENTENCE_WORDS = 16
_LEAST_SUSPECT = 0.05
_PROFANITY = CATEGORIES.index(Category.PROFANITY)


@dataclass(slots=True)
class Example:
    """One row, ready for the model."""

    ids: list[int]
    targets: list[float]
    weights: list[float]
    harmful: float
    """1, 0 or nan."""
    trust: float
    """Weight of `harmful` in the loss."""


@dataclass(slots=True)
class Progress:
    """How far a run is; saved with each checkpoint."""

    batch: int = 0
    tokens: int = 0
    curve: list[dict[str, Any]] = field(default_factory=list)


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--start", type=Path, help="the GGUF that the recipe goes on from")
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--resume", action="store_true")
    arguments = parser.parse_args()
    train(
        run=arguments.run,
        base=find_base(arguments.base),
        start=arguments.start,
        recipe=read_recipe(arguments.recipe),
        device=arguments.device,
        resume=arguments.resume,
    )


def train(*, run: Path, base: Path, start: Path | None, recipe: Recipe, device: str, resume: bool) -> None:
    """Train until the token budget is spent."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.train.threads)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(recipe.train.max_tokens)

    rows = _read(run / "rows-train.jsonl")
    examples = _examples(rows, tokenizer=tokenizer, recipe=recipe)
    dev = _read(run / "rows-dev.jsonl") + _read(run / "rows-held.jsonl")
    model = Encoder.from_base(base, pooled_dropout=recipe.train.pooled_dropout).to(device)
    if recipe.start_sha256:
        model.load_state_dict(_start(start, sha256=recipe.start_sha256), strict=False)
    average = copy.deepcopy(model).eval()
    optimizer = torch.optim.AdamW(
        _groups(model, recipe=recipe), weight_decay=recipe.train.weight_decay, fused=True
    )
    progress = Progress()
    if resume:
        progress = _restore(run / "checkpoint.pt", model=model, average=average, optimizer=optimizer)

    began, saved, seen_before = time.monotonic(), time.monotonic(), progress.tokens
    for number, batch in enumerate(_batches(examples, recipe=recipe)):
        if number < progress.batch:
            continue
        if progress.tokens >= recipe.train.token_budget:
            break
        loss = _step(
            model,
            batch,
            optimizer=optimizer,
            done=progress.tokens / recipe.train.schedule_tokens,
            recipe=recipe,
        )
        _fold(average, model, decay=min(recipe.train.averaging, (number + 1) / (number + 10)))
        progress.batch, progress.tokens = (
            number + 1,
            progress.tokens + sum(len(example.ids) for example in batch),
        )
        if number % 100 == 0:
            speed = (progress.tokens - seen_before) / (time.monotonic() - began)
            print(f"batch {number} tokens {progress.tokens} loss {loss:.4f} {speed:.0f} tokens/s", flush=True)
        if time.monotonic() - saved > CHECKPOINT_EVERY_S:
            saved = time.monotonic()
            _save(run / "checkpoint.pt", model=model, average=average, optimizer=optimizer, progress=progress)
            average.save(run / "weights.safetensors")
    average.save(run / "weights.safetensors")
    progress.curve.append(
        {"tokens": progress.tokens, **_measure(average, dev, tokenizer=tokenizer, device=device)}
    )
    (run / "train.json").write_text(json.dumps(progress.curve, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(progress.curve[-1], indent=1))


def _start(path: Path | None, *, sha256: str) -> dict[str, Tensor]:
    if path is None or sha256_of(path) != sha256:
        raise ModelMismatch(
            f"The recipe goes on from the model with sha256 {sha256}, not from {path}. "
            "Name that file with --start."
        )
    return {name: torch.from_numpy(weights) for name, weights in gguf_file.read_weights(path).items()}


def _read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _examples(rows: list[dict[str, Any]], *, tokenizer: Tokenizer, recipe: Recipe) -> list[Example]:
    """Noise, read and tokenize each row; some rows come several times, each time with new noise."""
    random = Random(recipe.seed + 1)
    lexicon = read_lexicon(LEXICON)
    # Of its own, so that a run without company sees what it always saw.
    gathering = Random(recipe.seed + 3)
    innocent = _innocent_sentences(rows)
    texts: list[str] = []
    copies: list[dict[str, Any]] = []
    for row in rows:
        for turn in range(_repeats(row, recipe=recipe)):
            text = row["text"] if turn % 2 else noise.with_style(row["text"], random=random)
            if random.random() < recipe.obfuscated_share:
                text = noise.with_obfuscation(text, random=random)
            if innocent and gathering.random() < recipe.company_share:
                text = noise.in_company(text, others=innocent, random=gathering)
            texts.append(_as_served(text, lexicon=lexicon, random=random, recipe=recipe))
            copies.append(row)
    scarce = _scarce(copies)
    return [
        Example(
            ids=encoding.ids,
            targets=row["targets"],
            weights=_weights(row, scarce=scarce, recipe=recipe),
            harmful=recipe.harmful(row),
            trust=recipe.any_harm_weight * recipe.trust(row),
        )
        for encoding, row in zip(tokenizer.encode_batch(texts), copies, strict=True)
    ]


def _innocent_sentences(rows: list[dict[str, Any]]) -> list[str]:
    """Short rows that people call innocent, and of which no teacher suspects anything either."""
    return [
        row["text"]
        for row in rows
        if row["harmful"] is False
        and max(row["targets"]) < _LEAST_SUSPECT
        and len(row["text"].split()) <= _SENTENCE_WORDS
    ]


def _as_served(text: str, *, lexicon: Lexicon, random: Random, recipe: Recipe) -> str:
    """One of the readings that the service would score: the plain one for a share of the disguised texts."""
    readings = normalize(text, lexicon=lexicon).readings
    return spoken(readings[-1] if random.random() < recipe.plain_share else readings[0])


def _is_handmade(row: dict[str, Any]) -> bool:
    return str(row["source"]).startswith("handmade")


def _repeats(row: dict[str, Any], *, recipe: Recipe) -> int:
    return recipe.handmade_repeats if _is_handmade(row) else recipe.source[row["source"]].repeats


def _scarce(rows: list[dict[str, Any]]) -> list[bool]:
    share = np.mean([[target > 0.5 for target in row["targets"]] for row in rows], axis=0)
    return [bool(value < RARE) for value in share]


def _weights(row: dict[str, Any], *, scarce: list[bool], recipe: Recipe) -> list[float]:
    trust = recipe.trust(row)
    return [
        trust
        * (1.0 if certain else recipe.soft_label_weight)
        * (recipe.train.positive_weight if rare and target > 0.5 else 1.0)
        for target, certain, rare in zip(row["targets"], row["certain"], scarce, strict=True)
    ]


def _batches(examples: list[Example], *, recipe: Recipe) -> Iterator[list[Example]]:
    """Endless batches of about `batch_tokens` tokens, similar lengths together, in the order of the seed."""
    random = Random(recipe.seed + 2)
    while True:
        order = list(range(len(examples)))
        random.shuffle(order)
        batches: list[list[Example]] = []
        for start in range(0, len(order), 4096):
            chunk = sorted(
                (examples[index] for index in order[start : start + 4096]), key=lambda e: len(e.ids)
            )
            batch: list[Example] = []
            for example in chunk:
                if (len(batch) + 1) * len(example.ids) > recipe.train.batch_tokens:
                    batches.append(batch)
                    batch = []
                batch.append(example)
            batches.append(batch)
        random.shuffle(batches)
        yield from batches


def _groups(model: Encoder, *, recipe: Recipe) -> list[dict[str, Any]]:
    """Parameter groups with a learning rate that falls layer by layer towards the embeddings."""
    layers = model.bert.config.num_hidden_layers
    groups = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith(("cls.", "output.")):
            depth = -1
        elif ".layer." in name:
            depth = layers - 1 - int(name.split(".layer.")[1].split(".")[0])
        else:
            depth = layers
        rate = recipe.train.learning_rate * (2.0 if depth < 0 else recipe.train.layer_decay**depth)
        groups.append({"params": [parameter], "lr": rate, "peak": rate})
    return groups


def _step(
    model: Encoder, batch: list[Example], *, optimizer: torch.optim.Optimizer, done: float, recipe: Recipe
) -> float:
    warmup = recipe.train.warmup_share
    slope = done / warmup if done < warmup else max(0.02, (1 - done) / (1 - warmup))
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * slope
    model.train()
    device = next(model.parameters()).device
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=recipe.train.bfloat16):
        logits = model(*_padded([example.ids for example in batch], device=device)).float()
    targets = torch.tensor([example.targets for example in batch], device=device)
    weights = torch.tensor([example.weights for example in batch], device=device)
    losses = torch.nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    loss = (losses * weights).sum() / weights.sum() + _any_harm_loss(logits, batch)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def _any_harm_loss(logits: Tensor, batch: list[Example]) -> Tensor:
    """Cross-entropy of the noisy-or of the categories without profanity against "harmful at all".

    Many sources say only that: the encoder then finds the category by itself.
    """
    known = [place for place, example in enumerate(batch) if not np.isnan(example.harmful)]
    if not known:
        return logits.sum() * 0.0
    others = [column for column in range(len(CATEGORIES)) if column != _PROFANITY]
    none = torch.nn.functional.logsigmoid(-logits[known][:, others]).sum(dim=1)
    harmful = torch.tensor([batch[place].harmful for place in known], device=logits.device)
    trust = torch.tensor([batch[place].trust for place in known], device=logits.device)
    # log(1 - exp(none)), without the cancellation near none = 0.
    some = torch.log(-torch.expm1(none.clamp(max=-1e-6)))
    losses = -(harmful * some + (1 - harmful) * none)
    return (losses * trust).sum() / len(batch)


def _padded(ids: list[list[int]], *, device: torch.device) -> tuple[Tensor, Tensor]:
    length = max(map(len, ids))
    padded = torch.tensor([row + [0] * (length - len(row)) for row in ids], device=device)
    mask = torch.tensor([[1] * len(row) + [0] * (length - len(row)) for row in ids], device=device)
    return padded, mask


@torch.no_grad()
def _fold(average: Encoder, model: Encoder, *, decay: float) -> None:
    for kept, fresh in zip(average.parameters(), model.parameters(), strict=True):
        if fresh.requires_grad:
            kept.lerp_(fresh, 1 - decay)


@torch.no_grad()
def _measure(
    model: Encoder, rows: list[dict[str, Any]], *, tokenizer: Tokenizer, device: str
) -> dict[str, Any]:
    ids = [encoding.ids for encoding in tokenizer.encode_batch([spoken(row["text"]) for row in rows])]
    order = sorted(range(len(ids)), key=lambda index: len(ids[index]))
    logits = np.zeros((len(ids), len(CATEGORIES)), dtype=np.float32)
    for start in range(0, len(order), 64):
        part = order[start : start + 64]
        logits[part] = model(*_padded([ids[i] for i in part], device=torch.device(device))).cpu().numpy()
    figures: dict[str, Any] = {}
    for column, category in enumerate(CATEGORIES):
        known = [i for i, row in enumerate(rows) if row["certain"][column]]
        truth = [rows[i]["targets"][column] > 0.5 for i in known]
        figures[category.value] = {
            "auroc": round(float(roc_auc_score(truth, logits[known, column])), 4),
            "auprc": round(float(average_precision_score(truth, logits[known, column])), 4),
            "positives": int(sum(truth)),
        }
    return figures


def _save(path: Path, **parts: Any) -> None:  # noqa: ANN401 modules, optimizer and progress alike
    state = {
        name: part.state_dict() if hasattr(part, "state_dict") else [part.batch, part.tokens, part.curve]
        for name, part in parts.items()
    }
    torch.save(state, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)


def _restore(path: Path, *, model: Encoder, average: Encoder, optimizer: torch.optim.Optimizer) -> Progress:
    state = torch.load(path)
    model.load_state_dict(state["model"])
    average.load_state_dict(state["average"])
    optimizer.load_state_dict(state["optimizer"])
    return Progress(*state["progress"])


if __name__ == "__main__":
    main()
