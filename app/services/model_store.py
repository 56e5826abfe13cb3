"""The use case of getting models: download a known one, or make a card for a file of one's own."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx2

from app.classifiers.gguf import card_path_of, sha256_of
from app.classifiers.scorer import Scorer
from app.core.calibration import Choice
from app.core.card import Backend, ScorerCard
from app.core.errors import DownloadFailed, ModelError, ModelExists, ModelMismatch, ModelMissing
from app.core.fitting import NEUTRAL, fit_choice
from app.core.prompt import VERBALIZERS, prompt_hash
from app.core.types import Category, NormalizedText
from app.services.evaluation import LabelledText
from app.services.whole import whole_file

CONTEXT_TOKENS, WINDOW_TOKENS, OVERLAP_TOKENS = 2048, 256, 64
EMPTY = "N/A"
"""A text without content, as in Zhao et al. 2021."""
_AT_ONCE = 64
_NEUTRAL = Choice(bias=(0.0,) * len(VERBALIZERS), categories=(NEUTRAL,) * len(Category), overall=NEUTRAL)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a known model comes from."""

    repository: str
    file: str
    licence: str


KNOWN = {
    "qwen2.5-3b-instruct": Source(
        repository="Qwen/Qwen2.5-3B-Instruct-GGUF",
        file="qwen2.5-3b-instruct-q4_k_m.gguf",
        licence="Qwen Research License: not for commercial use",
    ),
    "qwen2.5-1.5b-instruct": Source(
        repository="Qwen/Qwen2.5-1.5B-Instruct-GGUF",
        file="qwen2.5-1.5b-instruct-q4_k_m.gguf",
        licence="Apache-2.0",
    ),
}


def pull(source: Source, *, folder: Path, endpoint: str | None = None) -> Path:
    """Download a model, going on where an earlier try stopped, and check it against its hash.

    Args:
        source: what to download.
        folder: where to; made if it is not there.
        endpoint: another address than that of the public hub.

    Raises:
        DownloadFailed: the hub cannot be reached, or does not have the file, or it cannot be written.
        ModelMismatch: what came is not what the hub says it has; it is deleted.
    """
    # Late: it takes a second to import, and only this command needs it.
    from huggingface_hub import get_hf_file_metadata, hf_hub_download, hf_hub_url  # noqa: PLC0415
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError  # noqa: PLC0415

    try:
        address = hf_hub_url(source.repository, source.file, endpoint=endpoint)
        expected = get_hf_file_metadata(address, endpoint=endpoint).etag
        path = Path(hf_hub_download(source.repository, source.file, local_dir=folder, endpoint=endpoint))
    except (HfHubHTTPError, LocalEntryNotFoundError, httpx2.HTTPError) as error:
        raise DownloadFailed(
            f"{source.file!r} could not be downloaded ({type(error).__name__}). Check the network and run "
            "the command again: it goes on where it stopped. Or copy the file here and run "
            "`plainspeak models add`."
        ) from error
    except OSError as error:
        raise DownloadFailed(
            f"{source.file!r} could not be written in {str(folder)!r} ({error.strerror}). Make room "
            "there, or let this user write there, and run the command again: it goes on where it stopped."
        ) from error
    digest = sha256_of(path)
    if digest != expected:
        path.unlink()
        raise ModelMismatch(
            f"{source.file!r} came with sha256 {digest[:12]}..., the hub says {str(expected)[:12]}... "
            "It was deleted; download it again."
        )
    return path


def add(
    path: Path,
    *,
    name: str,
    licence: str,
    rows: Sequence[LabelledText],
    read: Callable[[str], NormalizedText],
    threads: int,
) -> Path:
    """Make the card of a language model; gives its path.

    Its answers are measured on a text without content and, where there are any, on labelled texts.

    Args:
        path: the GGUF.
        name: under which its answers are stored.
        licence: of the weights, for people.
        rows: labelled texts to calibrate on; none leaves the model's own probabilities, less its bias.
        read: says a text in plain words.
        threads: of the engine.

    Raises:
        ModelMissing: there is no file.
        ModelExists: it has a card already.
        ModelCorrupt, EngineFailed: it cannot be used.
        ModelError: the card cannot be written.
    """
    if not path.is_file():
        raise ModelMissing(f"There is no model at {str(path)!r}. Give the path of a GGUF.")
    card_path = card_path_of(path)
    if card_path.exists():
        raise ModelExists(f"{str(path)!r} has the card {card_path.name!r}. Delete the card to make another.")
    card = ScorerCard(
        name=name,
        sha256=sha256_of(path),
        backend=Backend.LLAMA,
        context_tokens=CONTEXT_TOKENS,
        window_tokens=WINDOW_TOKENS,
        overlap_tokens=OVERLAP_TOKENS,
        calibration=_NEUTRAL,
        explains=True,
    )
    scorer = Scorer(path, card=card, threads=threads, queue_size=_AT_ONCE)
    try:
        choice = _calibrated(scorer, rows, read)
    finally:
        scorer.close()
    raw = _card_out(card, choice, licence=licence, rows=len(rows))
    try:
        with whole_file(card_path) as file:
            file.write((json.dumps(raw, indent=1) + "\n").encode())
    except OSError as error:
        raise ModelError(
            f"{str(card_path)!r} could not be written ({error.strerror}). Make room there, or let this "
            f"user write there, and run `plainspeak models add {path}`."
        ) from error
    return card_path


def _calibrated(
    scorer: Scorer, rows: Sequence[LabelledText], read: Callable[[str], NormalizedText]
) -> Choice:
    ((empty,),) = scorer.scores([NormalizedText(original=EMPTY, plain=EMPTY)])
    scores = [
        # The window that looks least safe stands for a text.
        min(windows, key=lambda words: words[0])
        for start in range(0, len(rows), _AT_ONCE)
        for windows in scorer.scores([read(row.text) for row in rows[start : start + _AT_ONCE]])
    ]
    return fit_choice(
        scores, harmful=[row.harmful for row in rows], harm=[row.harm for row in rows], empty=empty
    )


def _card_out(card: ScorerCard, choice: Choice, *, licence: str, rows: int) -> dict[str, object]:
    def rounded(slope: float, intercept: float) -> dict[str, float]:
        return {"slope": round(slope, 5), "intercept": round(intercept, 5)}

    return {
        "name": card.name,
        "sha256": card.sha256,
        "kind": card.kind.value,
        "licence": licence,
        "backend": card.backend.value,
        "context": {"tokens": card.context_tokens},
        "window": {"tokens": card.window_tokens, "overlap": card.overlap_tokens},
        "prompt": {"sha256": prompt_hash()},
        "explains": card.explains,
        "calibrated_on": {"rows": rows},
        "calibration": {
            "bias": {word: round(bias, 5) for word, bias in zip(VERBALIZERS, choice.bias, strict=True)},
            "categories": {
                category.value: rounded(platt.slope, platt.intercept)
                for category, platt in zip(Category, choice.categories, strict=True)
            },
            "overall": {"platt": rounded(choice.overall.slope, choice.overall.intercept)},
        },
    }
