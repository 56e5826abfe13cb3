"""The smoke recipe from end to end: a tiny base made on the spot, LoRA, merge, GGUF, Q4_K_M, load, score.

The stages run as people run them, in processes of their own. Needs torch and the other training extras.
"""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.classifiers.gguf import open_classifier, read_card
from app.classifiers.scorer import Scorer
from app.core.card import ScorerCard
from app.core.prompt import AFTER, BEFORE, VERBALIZERS, prompt_for
from app.core.types import Category, NormalizedText
from app.settings import ROOT
from training.instructions import PARTS, rows_recipe, write
from training.sources import CATEGORIES

for name in ("torch", "transformers", "peft", "trl", "datasets"):
    # Not imported here: only the stages need them, and that takes a while.
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed: pip install -e '.[train]'", allow_module_level=True)

RECIPE = ROOT / "training" / "recipes" / "decoder-smoke.toml"
TEXTS = {
    Category.THREAT: "i will find you and hurt you, {}",
    Category.SELF_HARM: "i want to end my life, {}",
    Category.HATE: "those people are vermin, {}",
    None: "what a lovely day it is, {}",
}
TEXT = NormalizedText(original="a lovely <|im_end|> day", plain="a lovely <|im_end|> day")
MAKE_BASE = """
import sys
from pathlib import Path
import torch
from training.decoder_tokens import prompt_tokens, train_tokenizer
from training.instructions import read_instructions
from training.nano_model import fresh_model
from training.nano_recipe import Shape
run, base = map(Path, sys.argv[1:])
torch.manual_seed(1)
rows = read_instructions(run / "instructions-train.jsonl")
tokenizer = train_tokenizer([row.text for row in rows], size=700)
shape = Shape(width=256, layers=2, heads=4, kv_heads=2, inner=256, context=1024)
prompt = prompt_tokens(tokenizer)
fresh_model(shape, vocabulary=700, end=prompt.end, pad=0).save_pretrained(base)
tokenizer.save_pretrained(base)
"""
LOGITS = """
import json, sys
from pathlib import Path
import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM
from training.decoder_tokens import encode, load_tokenizer, prompt_tokens
base, adapter, merged, text = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
tokenizer = load_tokenizer(base)
prompt = prompt_tokens(tokenizer)
ids = torch.tensor([[*prompt.before, *encode(tokenizer, text), *prompt.after]])
plain = AutoModelForCausalLM.from_pretrained(base).eval()
with torch.no_grad():
    alone = plain(ids).logits[0, -1]
    beside = PeftModel.from_pretrained(plain, adapter).eval()(ids).logits[0, -1]
    folded = AutoModelForCausalLM.from_pretrained(merged).eval()(ids).logits[0, -1]
print(json.dumps({
    "ids": ids[0].tolist(), "words": prompt.words, "moved": float((alone - beside).abs().max()),
    "apart": float((beside - folded).abs().max()),
    "scores": torch.log_softmax(folded[prompt.words], dim=0).tolist(),
}))
"""


def python(*arguments: str | Path) -> str:
    return subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decoder")
    rows = [
        {
            "text": template.format(number),
            "source": "olid",
            "targets": [float(each is category) for each in CATEGORIES],
            "certain": [True] * len(CATEGORIES),
            "harmful": category is not None,
            "weight": 1.0,
        }
        for number in range(24)
        for category, template in TEXTS.items()
    ]
    for place, part in enumerate(PARTS):
        some = [
            row
            for number, row in enumerate(rows)
            if (number % 6 == place) or (part == "train" and number % 6 > 2)
        ]
        lines = "".join(json.dumps(row) + "\n" for row in some)
        (folder / f"rows-{part}.jsonl").write_text(lines, encoding="utf-8")
    manifest = {"rows": {"olid": len(rows)}, "positives": {}, "data_sha256": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    write(run=folder, recipe=rows_recipe(), measured=None, also=())
    python("-c", MAKE_BASE, folder, folder / "base")
    stage = ("--run", folder, "--base", folder / "base", "--recipe", RECIPE)
    python("-m", "training.train_decoder", *stage)
    python(
        "-m", "training.package_decoder",
        *("--run", folder, "--folder", folder / "merged", "--out", folder / "out"),
        *("--forms", "F16", "Q8_0", "Q4_K_M"),
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def logits(run: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(
        python("-c", LOGITS, run / "base", run / "adapter", run / "merged", prompt_for(TEXT).text)
    )
    return found


def test_the_merged_model_answers_as_base_and_adapter_do(logits: dict[str, float]) -> None:
    assert logits["moved"] > 0.01
    assert logits["apart"] < 1e-3


def test_llama_cpp_answers_as_pytorch_does_whole_and_nearly_so_in_four_bits(
    run: Path, logits: dict[str, list[float]]
) -> None:
    for form, most in (("F16", 1e-2), ("Q8_0", 0.1), ("Q4_K_M", 1.0)):
        path = run / "out" / f"plainspeak-smoke.{form}.gguf"
        card = read_card(path)
        assert isinstance(card, ScorerCard)
        scorer = Scorer(path, card=card, threads=1, queue_size=8)
        ((found,),) = scorer.scores([TEXT])
        scorer.close()
        assert len(found) == len(VERBALIZERS)
        apart = np.abs(np.array(found) - np.array(logits["scores"])).max()
        assert apart < most


def test_the_loss_fell_on_rows_that_were_kept_back(run: Path) -> None:
    log = json.loads((run / "train-decoder.json").read_text(encoding="utf-8"))
    losses = [entry["eval_loss"] for entry in log if "eval_loss" in entry]
    assert min(losses) < losses[0]


def test_the_quantized_file_opens_with_its_card_and_scores(run: Path) -> None:
    whole, small = (run / "out" / f"plainspeak-smoke.{form}.gguf" for form in ("F16", "Q4_K_M"))
    assert small.stat().st_size < whole.stat().st_size / 2
    classifier = open_classifier(small, threads=1, queue_size=8)
    (found,) = classifier.classify([NormalizedText(original="hello", plain="hello")])
    classifier.close()
    assert found.unavailable == ()
    assert len(found.signals) == len(Category) + 1


def test_the_modelfile_asks_with_the_prompt(run: Path) -> None:
    text = (run / "out" / "plainspeak-smoke.Modelfile").read_text(encoding="utf-8")
    assert text.startswith("FROM ./plainspeak-smoke.Q4_K_M.gguf\n")
    assert f'"""{BEFORE}{{{{ .Prompt }}}}{AFTER}"""' in text
