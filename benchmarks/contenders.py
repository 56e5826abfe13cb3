"""Everything whose speed is compared, by name, and how each scores texts in its own process."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from app import bootstrap
from app.core.types import Content
from app.settings import read_settings

Score = Callable[[Sequence[str]], object]
"""Scores texts in whatever groups suit it; done when it returns."""

PIECE_WORDS = 25
"""The raw loop reads the first 64 tokens of what it is given; a longer text goes to it in such pieces."""


class Contender(StrEnum):
    """What is compared."""

    PRODUCTS = "matrix products alone"
    RAW = "raw llama.cpp loop"
    JUDGE = "plainspeak, judge"
    MODERATION = "plainspeak, durable"
    TORCH = "PyTorch"
    ONNX = "ONNX Runtime"
    ONNX_INT8 = "ONNX Runtime int8"
    PROFANITY_CHECK = "alt-profanity-check"
    BETTER_PROFANITY = "better-profanity"
    PLAINSPEAK_SERVED = "plainspeak, served"
    TORCH_SERVED = "PyTorch, served"
    ONNX_SERVED = "ONNX Runtime, served"
    ONNX_INT8_SERVED = "ONNX Runtime int8, served"


ENGINES = {
    Contender.TORCH: "torch",
    Contender.ONNX: "onnx",
    Contender.ONNX_INT8: "onnx-int8",
    Contender.TORCH_SERVED: "torch",
    Contender.ONNX_SERVED: "onnx",
    Contender.ONNX_INT8_SERVED: "onnx-int8",
}
"""What `benchmarks.peers` calls the engine of a contender."""
SERVED = (
    Contender.PLAINSPEAK_SERVED,
    Contender.TORCH_SERVED,
    Contender.ONNX_SERVED,
    Contender.ONNX_INT8_SERVED,
)
IN_PROCESS = tuple(each for each in Contender if each not in SERVED)
_PEERS_NEED = (
    "torch",
    "transformers",
    "safetensors",
    "tokenizers",
    "gguf",
    "onnx",
    "onnxscript",
    "onnxruntime",
    "sklearn",
    "threadpoolctl",
)
_NEEDS = dict.fromkeys((*ENGINES, Contender.PRODUCTS), _PEERS_NEED) | {
    Contender.PROFANITY_CHECK: ("profanity_check",),
    Contender.BETTER_PROFANITY: ("better_profanity",),
}


def lacking(contender: Contender) -> str | None:
    """The first module that a contender needs and that is not installed here."""
    return next((name for name in _NEEDS.get(contender, ()) if find_spec(name) is None), None)


@contextmanager
def opened(contender: Contender, folder: Path) -> Iterator[Score]:
    """Open a contender that runs in process; `folder` is what `benchmarks.peers` prepared."""
    settings = read_settings()
    match contender:
        case Contender.RAW:
            with bootstrap.open_raw_loop(settings) as loop:
                yield lambda texts: loop.score([piece for text in texts for piece in _pieces(text)])
        case Contender.JUDGE:
            judge = bootstrap.build_judge(settings)
            with closing(judge.classifier):
                yield judge.judge
        case Contender.MODERATION:
            with tempfile.TemporaryDirectory() as fresh:
                own = settings.model_copy(update={"database_url": f"sqlite:///{fresh}/bench.db"})
                with closing(bootstrap.build(own)) as runtime:
                    moderate = runtime.moderation.moderate_many
                    yield lambda texts: moderate([(Content(text), True) for text in texts])
        case Contender.PROFANITY_CHECK:
            from profanity_check import predict_prob  # noqa: PLC0415 an optional contender

            yield predict_prob
        case Contender.BETTER_PROFANITY:
            from better_profanity import profanity  # noqa: PLC0415 an optional contender

            profanity.load_censor_words()
            yield lambda texts: [profanity.contains_profanity(text) for text in texts]
        case Contender.PRODUCTS:
            from benchmarks.floor import products  # noqa: PLC0415 needs the tokenizer of the peers

            yield products(settings.model, folder, threads=settings.engine_threads)
        case _:
            from benchmarks.peers import Peer  # noqa: PLC0415 an optional contender

            yield Peer(ENGINES[contender], folder, threads=settings.engine_threads).probabilities


def _pieces(text: str) -> Iterator[str]:
    words = text.split()
    for start in range(0, len(words), PIECE_WORDS):
        yield " ".join(words[start : start + PIECE_WORDS])
