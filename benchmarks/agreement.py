"""Whether one language model gives one answer: llama.cpp in this process, its server, and PyTorch.

    python -m benchmarks.agreement [--texts 500] [--json]

takes texts of our own (tests/corpus, training/held_back) and gives each of them to three engines, with the
calibration of the card and the thresholds of the policy behind each:

- in_process: `app.classifiers.scorer`, as PLAINSPEAK_SCORER=models/NAME.gguf runs it;
- server: `app.classifiers.remote`, before a real llama-cpp-python server on loopback that this starts;
- pytorch: transformers, where the training extras are installed; else it is left out, and the report says so.

That is done twice. `shipped` is the file as it stands: llama.cpp multiplies its blocks of four bits with
activations rounded to eight, PyTorch the numbers those blocks stand for with unrounded ones. `f16` is a copy
of the same numbers as F16, which all three read, so that only the arithmetic differs. For each pair of
engines it prints the share of texts with the same label and the furthest that a probability is apart; for
llama.cpp and PyTorch also the furthest that a logit of one of the nine answers is.
"""

import argparse
import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from app.bootstrap import read_lexicon, read_policy
from app.classifiers.decoder import LlamaDecoder
from app.classifiers.gguf import read_card, sha256_of
from app.classifiers.remote import CompletionsEndpoint
from app.classifiers.scorer import Scorer
from app.classifiers.scorer_process import BATCH_TOKENS
from app.classifiers.served import ServedScorer
from app.classifiers.signals import signals_of
from app.classifiers.windows import MOST_WINDOWS, windows
from app.core.card import ScorerCard
from app.core.normalize import normalize
from app.core.policy import Policy, decide
from app.core.prompt import BEFORE, VERBALIZERS, prompt_for, prompts_for
from app.core.types import Classification, Label, NormalizedText
from app.settings import ROOT, Settings
from benchmarks.llama_server import llama_server
from training.gguf_file import quantize

NANO = ROOT / "models" / "plainspeak-nano.Q4_K_M.gguf"
_CORPUS, _HELD_BACK = ROOT / "tests" / "corpus", ROOT / "training" / "held_back"
TEXT_FILES = (
    *(_CORPUS / f"{name}.jsonl" for name in ("benign", "disguisable", "evasion", "in_the_wild")),
    *(_HELD_BACK / f"{name}.jsonl" for name in ("benign", "severity")),
)
SERVER_TOKENS = 2048
QUEUE = 64
SEED = 1

Row = NDArray[np.float32]
"""Logits of the nine words."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What one engine says of every text."""

    labels: tuple[Label, ...]
    scores: NDArray[np.float64]
    """Texts x probabilities of the categories, then of any harm."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all engines have in common."""

    path: Path
    card: ScorerCard
    texts: Sequence[NormalizedText]
    policy: Policy
    threads: int

    def answers(self, classifications: Sequence[Classification]) -> Answers:
        """The labels and probabilities that evidence leads to.

        Raises:
            SystemExit: an engine did not answer; nothing is measured then.
        """
        for each in classifications:
            if each.unavailable:
                raise SystemExit(f"An engine did not answer: {each.unavailable[0].reason}")
        return Answers(
            labels=tuple(
                decide(each, text=text, policy=self.policy, model="", lexicon="").label
                for each, text in zip(classifications, self.texts, strict=True)
            ),
            scores=np.array([[signal.score for signal in each.signals] for each in classifications]),
        )


def own_texts(count: int) -> list[NormalizedText]:
    """Texts of the repository, each once, drawn by chance and always the same, in plain words."""
    lines = [line for file in TEXT_FILES for line in file.read_text(encoding="utf-8").splitlines()]
    found = sorted({json.loads(line)["text"] for line in lines})
    lexicon = read_lexicon(Settings().lexicon)
    return [normalize(text, lexicon=lexicon) for text in Random(SEED).sample(found, count)]


def setting_of(path: Path, *, texts: Sequence[NormalizedText], threads: int) -> Setting:
    """What is compared on a file with its card."""
    card = cast("ScorerCard", read_card(path))
    return Setting(path, card, texts, read_policy(Settings().policy), threads)


def in_process(setting: Setting) -> Answers:
    """llama.cpp in this process."""
    with closing(
        Scorer(setting.path, card=setting.card, threads=setting.threads, queue_size=QUEUE)
    ) as scorer:
        return setting.answers(scorer.classify(setting.texts))


@contextmanager
def served(setting: Setting) -> Iterator[ServedScorer]:
    """The adapter before a real server."""
    with llama_server(
        setting.path, threads=setting.threads, context_tokens=SERVER_TOKENS, logprobs=True
    ) as address:
        endpoint = CompletionsEndpoint(address, model="", key=None, timeout_s=600)
        with closing(ServedScorer(endpoint, card=setting.card, parallel=1, queue_size=QUEUE)) as scorer:
            yield scorer


def server(setting: Setting) -> Answers:
    """A real server through the adapter for servers."""
    with served(setting) as scorer:
        return setting.answers(scorer.classify(setting.texts))


def pytorch_logits(setting: Setting) -> list[list[Row]]:
    """PyTorch's logits of the nine words for each window of each text."""
    from training.decoder_torch import TorchDecoder  # noqa: PLC0415 imports torch

    model = TorchDecoder(setting.path)
    return [
        [
            model.logits(prompt, part)
            for prompt in prompts_for(text)
            for part in parts_of(model.tokenize(prompt.text), setting.card)
        ][:MOST_WINDOWS]
        for text in setting.texts
    ]


def pytorch(setting: Setting, logits: Sequence[Sequence[Row]]) -> Answers:
    """What those logits lead to."""
    card = setting.card

    def classification(windows_of_text: Sequence[Row]) -> Classification:
        rows = [card.calibration.probabilities(row.tolist()) for row in windows_of_text]
        return Classification(signals=signals_of(np.max(rows, axis=0).tolist(), source=card.version))

    return setting.answers([classification(each) for each in logits])


def parts_of(tokens: list[int], card: ScorerCard) -> list[list[int]]:
    """The windows of a text that a scorer reads."""
    return [
        tokens[part] for part in windows(len(tokens), room=card.window_tokens, overlap=card.overlap_tokens)
    ]


def most_logit_difference(setting: Setting, logits: Sequence[Sequence[Row]]) -> float:
    """How far a logit of an answer in llama.cpp is from PyTorch's at most, over the first windows."""
    engine = LlamaDecoder(
        setting.path,
        threads=setting.threads,
        before=BEFORE,
        words=VERBALIZERS,
        context_tokens=setting.card.context_tokens,
        batch_tokens=BATCH_TOKENS,
        batch_texts=1,
    )
    furthest = 0.0
    with closing(engine):
        for text, (theirs, *_) in zip(setting.texts, logits, strict=True):
            prompt = prompt_for(text)
            tokens = parts_of(engine.tokenize(prompt.text), setting.card)[0]
            # Words that part at the first token have one fork, in the order of the words.
            (ours,) = engine.logits([[*tokens, *engine.control(prompt.after)]])[0]
            furthest = max(furthest, float(np.abs(ours - theirs).max()))
    return furthest


def has_torch() -> bool:
    """Whether the training extras are installed."""
    return all(importlib.util.find_spec(name) for name in ("torch", "transformers"))


def compare(setting: Setting) -> dict[str, Any]:
    """Every engine on every text, each pair side by side."""
    found = {"in_process": in_process(setting), "server": server(setting)}
    furthest: dict[str, float] = {}
    if has_torch():
        logits = pytorch_logits(setting)
        found["pytorch"] = pytorch(setting, logits)
        furthest = {"most_logit_difference": round(most_logit_difference(setting, logits), 5)}
    pairs = {f"{one}_{other}": (found[one], found[other]) for one, other in combinations(found, 2)}
    return {
        "label_agreement": {
            name: round(float(np.mean([a is b for a, b in zip(one.labels, other.labels, strict=True)])), 4)
            for name, (one, other) in pairs.items()
        },
        "most_probability_difference": {
            name: round(float(np.abs(one.scores - other.scores).max()), 5)
            for name, (one, other) in pairs.items()
        },
        **furthest,
    }


def whole_copy(setting: Setting, folder: Path) -> Setting:
    """The same weights as F16, each number of the file rounded once, with a card like that of the file."""
    path = folder / f"{setting.path.name.split('.')[0]}.F16.gguf"
    quantize(setting.path, path, form="F16", again=True)
    return replace(setting, path=path, card=replace(setting.card, sha256=sha256_of(path)))


def agreement(model: Path, *, texts: int, threads: int) -> dict[str, Any]:
    """The whole report."""
    shipped = setting_of(model, texts=own_texts(texts), threads=threads)
    with tempfile.TemporaryDirectory() as folder:
        report = {"shipped": compare(shipped), "f16": compare(whole_copy(shipped, Path(folder)))}
    labels = in_process(shipped).labels
    return {
        "model": shipped.card.version,
        "texts": texts,
        "unsafe": sum(label is not Label.SAFE for label in labels),
        "pytorch": has_torch(),
        **report,
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=NANO)
    parser.add_argument("--texts", type=int, default=500)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true", help="on one line")
    options = parser.parse_args()
    if not has_torch():
        print("PyTorch is left out: pip install -e '.[train]' brings it.", file=sys.stderr)
    report = agreement(options.model, texts=options.texts, threads=options.threads)
    print(json.dumps(report, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
