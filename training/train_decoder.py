"""Tune a decoder on instructions with LoRA or QLoRA, and merge what was learned into its weights.

    python -m training.train_decoder --run RUN --base FOLDER [--recipe FILE] [--resume]

BASE is a Qwen2 as transformers saves it (Qwen2.5-3B-Instruct, for instance). Reads the instructions of the
run folder; writes RUN/adapter, RUN/merged and decoder.json. The loss is on the tokens of the answer alone,
its end among them. Where CUDA and bitsandbytes are, the base is held in four bits if the recipe says so;
where Unsloth is installed besides, it does the same work in less memory.
"""

import argparse
import importlib.util
import json
import shutil
from pathlib import Path
from random import Random
from typing import Any

import torch
from datasets import Dataset
from peft import LoraConfig, PeftModel
from transformers import AutoModelForCausalLM, BitsAndBytesConfig, EarlyStoppingCallback
from transformers import PreTrainedTokenizerFast as Tokenizer
from trl import SFTConfig, SFTTrainer

from training.decoder_recipe import DecoderRecipe, read_decoder_recipe
from training.decoder_tokens import (
    PromptTokens,
    encode,
    load_tokenizer,
    prompt_tokens,
)
from training.instructions import FACTS, Instruction, read_instructions, with_some_kept_back

RECIPE = Path(__file__).parent / "recipes" / "decoder-gpu.toml"
ADAPTER, MERGED, STEPS = "adapter", "merged", "steps"
IGNORED = -100


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    parser.add_argument("--resume", action="store_true")
    arguments = parser.parse_args()
    train(run=arguments.run, base=arguments.base, recipe_path=arguments.recipe, resume=arguments.resume)


def train(*, run: Path, base: Path, recipe_path: Path, resume: bool) -> None:
    """Tune, keep the adapter of the best measurement, merge it."""
    recipe = read_decoder_recipe(recipe_path)
    if recipe.train.threads and not torch.cuda.is_available():
        torch.set_num_threads(recipe.train.threads)
    tokenizer = load_tokenizer(base)
    prompt = prompt_tokens(tokenizer)
    taught, kept_back = with_some_kept_back(
        *(read_instructions(run / f"instructions-{part}.jsonl") for part in ("train", "dev"))
    )
    parts = {
        part: _dataset(rows, most_rows=most, tokenizer=tokenizer, prompt=prompt, recipe=recipe)
        for part, rows, most in (
            ("train", taught, recipe.train.most_rows),
            ("dev", kept_back, recipe.train.most_dev_rows),
        )
    }
    model, adapter = load_base(base, recipe=recipe)
    trainer = SFTTrainer(
        model,
        args=_settings(run / STEPS, recipe=recipe),
        train_dataset=parts["train"],
        eval_dataset=parts["dev"],
        processing_class=tokenizer,
        peft_config=adapter,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=recipe.train.patience)],
    )
    trainer.train(resume_from_checkpoint=resume)
    trainer.model.save_pretrained(run / ADAPTER)
    tokenizer.save_pretrained(run / ADAPTER)
    _write_facts(run, recipe=recipe, recipe_path=recipe_path, log=trainer.state.log_history)
    merge(base, run / ADAPTER, out=run / MERGED)


def merge(base: Path, adapter: Path, *, out: Path) -> None:
    """Fold an adapter into the weights of its base, in the precision of the base and never in four bits."""
    model = AutoModelForCausalLM.from_pretrained(base, dtype="auto")
    merged = PeftModel.from_pretrained(model, adapter).merge_and_unload()
    half = out.with_suffix(".tmp")
    merged.save_pretrained(half)
    load_tokenizer(base).save_pretrained(half)
    # A folder under that name is whole.
    shutil.rmtree(out, ignore_errors=True)
    half.replace(out)


def load_base(base: Path, *, recipe: DecoderRecipe) -> tuple[Any, LoraConfig | None]:
    """The base model, ready for training, and the adapter to add; None where it is added already."""
    four_bit = recipe.adapter.four_bit and torch.cuda.is_available() and _is_installed("bitsandbytes")
    if torch.cuda.is_available() and _is_installed("unsloth"):
        return _with_unsloth(base, recipe=recipe, four_bit=four_bit), None
    quantization = None
    if four_bit:
        quantization = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=_precision(),
        )
    elif recipe.adapter.four_bit:
        print("no CUDA or no bitsandbytes here: plain LoRA", flush=True)
    model = AutoModelForCausalLM.from_pretrained(
        base, dtype=_precision(), quantization_config=quantization, device_map="auto" if four_bit else None
    )
    model.config.use_cache = False
    return model, adapter_of(recipe)


def adapter_of(recipe: DecoderRecipe) -> LoraConfig:
    """What peft adds to the base."""
    return LoraConfig(
        task_type="CAUSAL_LM",
        r=recipe.adapter.rank,
        lora_alpha=recipe.adapter.alpha,
        lora_dropout=recipe.adapter.dropout,
        target_modules=recipe.adapter.targets,
        bias="none",
    )


def _with_unsloth(base: Path, *, recipe: DecoderRecipe, four_bit: bool) -> Any:  # noqa: ANN401 not installed
    from unsloth import FastLanguageModel  # noqa: PLC0415 optional, and it patches what is imported before

    model, _ = FastLanguageModel.from_pretrained(
        str(base), load_in_4bit=four_bit, max_seq_length=recipe.context, dtype=_precision()
    )
    return FastLanguageModel.get_peft_model(
        model,
        r=recipe.adapter.rank,
        lora_alpha=recipe.adapter.alpha,
        lora_dropout=recipe.adapter.dropout,
        target_modules=recipe.adapter.targets,
        use_gradient_checkpointing="unsloth" if recipe.train.checkpointing else False,
        random_state=recipe.seed,
    )


def _is_installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _precision() -> torch.dtype:
    if not torch.cuda.is_available():
        return torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16


def _settings(folder: Path, *, recipe: DecoderRecipe) -> SFTConfig:
    numbers = recipe.train
    return SFTConfig(
        output_dir=str(folder),
        seed=recipe.seed,
        num_train_epochs=numbers.epochs,
        per_device_train_batch_size=numbers.batch,
        per_device_eval_batch_size=numbers.batch,
        gradient_accumulation_steps=numbers.accumulate,
        learning_rate=numbers.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=numbers.warmup_share,
        weight_decay=numbers.weight_decay,
        gradient_checkpointing=numbers.checkpointing,
        # Rows are cut when they are tokenized, so that an answer is never cut off.
        max_length=None,
        packing=False,
        bf16=_precision() is torch.bfloat16,
        fp16=_precision() is torch.float16,
        use_cpu=not torch.cuda.is_available(),
        logging_steps=max(1, numbers.check_every // 5),
        eval_strategy="steps",
        eval_steps=numbers.check_every,
        save_strategy="steps",
        save_steps=numbers.check_every,
        save_total_limit=2,
        load_best_model_at_end=True,
        metric_for_best_model="eval_loss",
        greater_is_better=False,
        report_to=numbers.report_to,
        disable_tqdm=True,
    )


def _dataset(
    rows: list[Instruction],
    *,
    most_rows: int,
    tokenizer: Tokenizer,
    prompt: PromptTokens,
    recipe: DecoderRecipe,
) -> Dataset:
    if most_rows and len(rows) > most_rows:
        rows = Random(recipe.seed).sample(rows, most_rows)
    return Dataset.from_list(
        [tokens_of(row, tokenizer=tokenizer, prompt=prompt, most=recipe.train.max_tokens) for row in rows]
    )


def tokens_of(
    row: Instruction, *, tokenizer: Tokenizer, prompt: PromptTokens, most: int
) -> dict[str, list[int]]:
    """One row as tokens, its three parts tokenized apart, with a loss on the answer and its end alone."""
    question = [*prompt.before, *encode(tokenizer, row.text)[:most], *prompt.after]
    answer = [*encode(tokenizer, row.answer), prompt.end]
    return {"input_ids": question + answer, "labels": [IGNORED] * len(question) + answer}


def _write_facts(run: Path, *, recipe: DecoderRecipe, recipe_path: Path, log: list[dict[str, Any]]) -> None:
    losses = [entry["eval_loss"] for entry in log if "eval_loss" in entry]
    facts = {
        "name": recipe.name,
        "licence": recipe.base_licence,
        "base": {"name": recipe.base_name, "licence": recipe.base_licence},
        "explains": recipe.explains,
        "context": recipe.context,
        "window": {"tokens": recipe.train.max_tokens, "overlap": recipe.overlap},
        "training": {"recipe": f"training/recipes/{recipe_path.name}", "seed": recipe.seed},
        "held_back": {"loss": min(losses, default=None)},
    }
    (run / FACTS).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    (run / "train-decoder.json").write_text(json.dumps(log, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
