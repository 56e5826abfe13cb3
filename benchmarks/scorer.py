"""How fast a label comes out of a language model: read from one answer position, or generated as JSON.

    python -m benchmarks.scorer --shape 3b

makes a model of the shape of Qwen2.5-3B with random weights (2 GB in a temporary folder, gone afterwards) and
gives the same texts to three ways of getting a label, each in a process of its own:

- ours: `app.classifiers.scorer`, one text after the other, with the engine in a process of its own;
- json: the high-level API of llama-cpp-python, which writes JSON under a grammar and keeps the start of the
  prompt by itself;
- http: the same through its server on loopback.

Random weights have no meaning and cost what real ones cost. Their JSON would never end by itself, so it ends
at the number of tokens of a real answer. The vocabulary knows the words of the texts, so that a text has
about as many tokens as for the real tokenizer. `floor_ratio` is our time over what the multiplications alone
would take at the speed at which numpy multiplies matrices here with as many threads. `--shape small` takes
seconds. `--load 2000` also sends so many requests, eight at a time, and says how far a probability is from
that of the text alone, and how memory grew. Each side is told on standard error when it is done: with the
shape of 3b a busy machine takes half an hour, and `--texts` takes fewer.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
import llama_cpp
import numpy as np

from app.classifiers.decoder import LlamaDecoder
from app.classifiers.scorer import Scorer
from app.classifiers.scorer_process import BATCH_TEXTS, BATCH_TOKENS
from app.classifiers.served import UNCALIBRATED
from app.core.card import Backend, ScorerCard
from app.core.prompt import AFTER, BEFORE, VERBALIZERS, prompt_for
from app.core.types import Category, Label, NormalizedText
from benchmarks.llama_server import llama_server
from benchmarks.random_model import QWEN_3B, SMALL, Shape, write_random_model

SHAPES = {"3b": QWEN_3B, "small": SMALL}
CONTEXT_TOKENS = 2048
CONCURRENCY = 8
JSON_TOKENS = 30
"""Tokens of {"label": "extremely_harmful", "category": "self_harm", "confidence": 0.97} for Qwen2.5."""
TEXTS = (
    "have a lovely day everyone, see you at the match tomorrow",
    "you are a worthless clown and nobody wants you here",
    "i cannot do this anymore, i want it all to end tonight",
    "does anybody know when the library opens on sunday",
    "say that again and i will find you after school",
    "the second boss is far too easy for that loot",
    "dm me for the good pills, cheap and fast delivery",
    "my doctor raised the dose and i finally sleep again",
    "people like them should not be allowed to live here",
    "that was a killer set, the drummer was on fire",
    "send me a picture of yourself without the shirt",
    "the printer only works when nobody is watching it",
    "i hope you lose everything you have ever loved",
    "they closed the road after the shooting on main street",
    "what a stupid update, they broke the whole damn map",
    "my grandmother would have been ninety years old today",
    "we will burn that place down with all of you inside",
    "can you proofread my essay about the civil war",
    "nobody would even notice if you were gone",
    "best recipe for corn chowder i have tried so far",
)
SCHEMA = {
    "type": "object",
    "properties": {
        "label": {"type": "string", "enum": [label.value for label in Label]},
        "category": {"type": "string", "enum": [category.value for category in Category]},
        "confidence": {"type": "number"},
    },
    "required": ["label", "category", "confidence"],
}


def chat(text: str) -> list[dict[str, str]]:
    """The same instruction as a chat, as one would write it for JSON."""
    system = BEFORE.split("system\n")[1].split("<|im_end|>")[0]
    return [
        {"role": "system", "content": f"{system}\nAnswer as JSON with label, category and confidence."},
        {"role": "user", "content": text},
    ]


def words() -> list[str]:
    """What the random vocabulary knows: the words of the prompt and the texts, with and without a space."""
    said = re.findall(r" ?[A-Za-z_]+", " ".join((BEFORE, AFTER, *TEXTS, chat("")[0]["content"])))
    return list(dict.fromkeys([*VERBALIZERS, *said]))


def timed(run: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Seconds for each text, after one to warm up."""
    run("a text to warm up with")
    seconds = []
    for text in texts:
        started = perf_counter()
        run(text)
        seconds.append(perf_counter() - started)
    return seconds


def open_scorer(model: Path, threads: int) -> Scorer:
    """Our lane on a model without meaning."""
    card = ScorerCard(
        name="random",
        sha256="0" * 64,
        backend=Backend.LLAMA,
        context_tokens=CONTEXT_TOKENS,
        window_tokens=256,
        overlap_tokens=64,
        calibration=UNCALIBRATED,
        explains=False,
    )
    return Scorer(model, card=card, threads=threads, queue_size=64)


def ours(model: Path, threads: int, texts: Sequence[str]) -> dict[str, Any]:
    """Score every text, one after the other."""
    with closing(open_scorer(model, threads)) as scorer:
        seconds = timed(lambda text: scorer.classify([plain(text)]), texts)
        engine = rss_mib(scorer.process_id)
        return {"seconds": seconds, "rss_mib": rss_mib() + engine, "engine_rss_mib": engine}


def under_load(model: Path, threads: int, requests: int) -> dict[str, float | int]:
    """Many requests at once: whether one gets the answer of another, and whether memory grows."""
    with closing(open_scorer(model, threads)) as scorer, ThreadPoolExecutor(CONCURRENCY) as pool:

        def scores(text: str) -> list[float]:
            return [signal.score for signal in scorer.classify([plain(text)])[0].signals]

        alone = {text: scores(text) for text in TEXTS}
        list(pool.map(scores, TEXTS))
        before = rss_mib() + rss_mib(scorer.process_id)
        asked = [TEXTS[number % len(TEXTS)] for number in range(requests)]
        shifts = [
            max(abs(one - other) for one, other in zip(found, alone[text], strict=True))
            for text, found in zip(asked, pool.map(scores, asked), strict=True)
        ]
        return {
            "load_requests": requests,
            "load_concurrency": CONCURRENCY,
            "load_most_shift": round(max(shifts), 5),
            "load_rss_growth_mib": round(rss_mib() + rss_mib(scorer.process_id) - before, 1),
        }


def plain(text: str) -> NormalizedText:
    """The text as it is."""
    return NormalizedText(original=text, plain=text)


def as_json(model: Path, threads: int, texts: Sequence[str]) -> dict[str, Any]:
    """Write JSON under a grammar for every text, in process."""
    llama = llama_cpp.Llama(
        str(model), n_ctx=CONTEXT_TOKENS, n_threads=threads, n_threads_batch=threads, verbose=False
    )
    with closing(llama):
        seconds = timed(
            lambda text: llama.create_chat_completion(
                messages=chat(text),
                response_format={"type": "json_object", "schema": SCHEMA},
                max_tokens=JSON_TOKENS,
                temperature=0,
            ),
            texts,
        )
        return {"seconds": seconds, "rss_mib": rss_mib()}


def over_http(model: Path, threads: int, texts: Sequence[str]) -> dict[str, Any]:
    """The same through the server of llama-cpp-python."""
    with (
        llama_server(model, threads=threads, context_tokens=CONTEXT_TOKENS) as address,
        httpx.Client(base_url=address, timeout=600) as client,
    ):
        asked = {"response_format": {"type": "json_object", "schema": SCHEMA}, "max_tokens": JSON_TOKENS}

        def ask(text: str) -> None:
            body = {"messages": chat(text), "temperature": 0, **asked}
            client.post("/v1/chat/completions", json=body).raise_for_status()

        return {"seconds": timed(ask, texts)}


def rss_mib(process_id: int | None = None) -> float:
    """Resident memory of a process, this one if no other is named, the mapped weights included."""
    # Fixed words and a number of our own.
    kib = subprocess.run(  # noqa: S603
        ["ps", "-o", "rss=", "-p", str(process_id or os.getpid())],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return int(kib) / 1024


def flops_per_second(threads: int) -> float:
    """What numpy's matrix product reaches here, times the share of the cores that the engine has."""
    size = 1024
    one = np.ones((size, size), dtype=np.float32)
    fastest = min(_once(one) for _ in range(5))
    return 2 * size**3 / fastest * min(1.0, threads / (os.cpu_count() or 1))


def _once(matrix: "np.ndarray[Any, np.dtype[np.float32]]") -> float:
    started = perf_counter()
    matrix @ matrix
    return perf_counter() - started


def floor_s(model: Path, shape: Shape, *, threads: int) -> float:
    """Seconds that the multiplications for one text take at least."""
    decoder = LlamaDecoder(
        model,
        threads=threads,
        before=BEFORE,
        words=VERBALIZERS,
        context_tokens=CONTEXT_TOKENS,
        batch_tokens=BATCH_TOKENS,
        batch_texts=BATCH_TEXTS,
    )
    with closing(decoder):
        prompts = [prompt_for(plain(text)) for text in TEXTS]
        tokens = [len(decoder.tokenize(each.text)) + len(decoder.control(each.after)) for each in prompts]
    return 2 * (statistics.mean(tokens) * shape.body + shape.head) / flops_per_second(threads)


SIDES = {"ours": ours, "json": as_json, "http": over_http}


def in_a_process(side: str, model: Path, threads: int, *more: str) -> dict[str, Any]:
    """One side alone, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.scorer", "--side", side, "--model", str(model), *more]
    # Our own interpreter and our own module.
    done = subprocess.run(  # noqa: S603
        [*command, "--threads", str(threads)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"The side {side!r} failed:\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if "seconds" in found:
        print(f"{side}: {statistics.median(found['seconds']) * 1000:.0f} ms a text", file=sys.stderr)
    return found


def compare(shape: Shape, *, threads: int, texts: int, load: int) -> dict[str, float | int]:
    """Make the model and run every side on it."""
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "random.gguf"
        write_random_model(model, shape, quantized=True, words=words())
        found = {side: in_a_process(side, model, threads, "--texts", str(texts)) for side in SIDES}
        more = in_a_process("load", model, threads, "--load", str(load)) if load else {}
        floor = floor_s(model, shape, threads=threads)
        size = model.stat().st_size
    ms = {side: statistics.median(each["seconds"]) * 1000 for side, each in found.items()}
    return {
        "texts": texts,
        "threads": threads,
        "file_mib": round(size / 2**20, 1),
        "ours_ms": round(ms["ours"], 1),
        "json_ms": round(ms["json"], 1),
        "http_ms": round(ms["http"], 1),
        "floor_ms": round(floor * 1000, 1),
        "speedup_vs_json": round(ms["json"] / ms["ours"], 2),
        "speedup_vs_http": round(ms["http"] / ms["ours"], 2),
        "floor_ratio": round(ms["ours"] / (floor * 1000), 2),
        "rss_mib": round(found["ours"]["rss_mib"], 1),
        "engine_rss_mib": round(found["ours"]["engine_rss_mib"], 1),
        "json_rss_mib": round(found["json"]["rss_mib"], 1),
        **more,
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shape", choices=SHAPES, default="small")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--texts", type=int, choices=range(1, len(TEXTS) + 1), default=len(TEXTS), metavar="N"
    )
    parser.add_argument("--load", type=int, default=0, help="also send so many requests, eight at a time")
    parser.add_argument("--json", action="store_true", help="on one line")
    parser.add_argument("--side", choices=[*SIDES, "load"], help=argparse.SUPPRESS)
    parser.add_argument("--model", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side == "load":
        print(json.dumps(under_load(options.model, options.threads, options.load)))
        return
    if options.side:
        print(json.dumps(SIDES[options.side](options.model, options.threads, TEXTS[: options.texts])))
        return
    report = compare(SHAPES[options.shape], threads=options.threads, texts=options.texts, load=options.load)
    print(json.dumps(report, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
