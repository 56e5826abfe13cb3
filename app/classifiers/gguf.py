"""Opens a GGUF: checks it against its card and picks the classifier for its kind."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.classifiers.early import Early
from app.classifiers.encoder import Encoder
from app.classifiers.ngrams import NgramModel
from app.classifiers.scorer import Scorer
from app.core.card import EncoderCard, ModelCard, ScorerCard, parse_card
from app.core.classify import Classifier, LanguageModel
from app.core.errors import CardInvalid, ModelError, ModelMismatch, ModelMissing

_CHUNK = 1 << 20


def open_classifier(
    path: Path, *, threads: int, queue_size: int, expanded: bool = True, early: float = 0.0
) -> Classifier:
    """Load a model and start what owns it.

    Args:
        path: of the GGUF.
        threads: cores to compute on.
        queue_size: most texts that may wait.
        expanded: compute with 16-bit weights where an encoder's file has fewer bits.
        early: up to this probability the n-gram model beside an encoder decides alone; 0 never.

    Raises:
        ModelMissing, CardInvalid, ModelMismatch, ModelCorrupt, EngineFailed: it cannot be used; the message
            says why and what next.
    """
    card = read_card(path)
    match card:
        case EncoderCard():
            second = read_second_opinion(path, card=card)
            encoder = Encoder(
                path, card=card, second=second, threads=threads, queue_size=queue_size, expanded=expanded
            )
            if second is None or card.second_opinion is None or not early:
                return encoder
            source = f"{Path(card.second_opinion.file).stem}@{card.second_opinion.sha256[:12]}"
            return Early(encoder, words=second, categories=card.labels, source=source, limit=early)
        case ScorerCard():
            return Scorer(path, card=card, threads=threads, queue_size=queue_size)


def open_scorer(path: Path, *, threads: int, queue_size: int, alone: bool) -> LanguageModel:
    """Load a language model and start what owns it.

    Raises:
        ModelMissing, CardInvalid, ModelMismatch, ModelCorrupt, EngineFailed: it cannot be used; the message
            says why and what next.
    """
    if not path.is_file():
        raise ModelMissing(
            f"There is no model at {str(path)!r}. Set PLAINSPEAK_SCORER to a GGUF with a card beside it, to "
            "ollama:NAME, or to an address that begins with http."
        )
    card = read_card(path)
    if not isinstance(card, ScorerCard):
        raise CardInvalid(
            f"{str(path)!r} is an encoder by its card. "
            "Set PLAINSPEAK_SCORER to a language model, or leave it out."
        )
    return Scorer(path, card=card, threads=threads, queue_size=queue_size, alone=alone)


def read_scorer_card(path: Path) -> ScorerCard:
    """Read the card of a language model whose file is elsewhere.

    Raises:
        CardInvalid: there is no such card, or it is none of a language model.
        ModelError: it cannot be read.
    """
    if not path.is_file():
        raise CardInvalid(f"There is no card at {str(path)!r}. Correct PLAINSPEAK_SCORER_CARD.")
    with _reading(path):
        raw = path.read_bytes()
    card = parse_card(raw, name=path.name)
    if not isinstance(card, ScorerCard):
        raise CardInvalid(f"{str(path)!r} is the card of an encoder. Correct PLAINSPEAK_SCORER_CARD.")
    return card


def read_card(path: Path) -> ModelCard:
    """Read the card beside a model and check the file's hash against it.

    Raises:
        ModelError: it or its card cannot be read.
        ModelMissing: there is no file at the path.
        CardInvalid: there is no card beside it, or it lacks something.
        ModelMismatch: the file is not the one the card describes.
    """
    if not path.is_file():
        raise ModelMissing(
            f"There is no model at {str(path)!r}. Set PLAINSPEAK_MODEL to a GGUF with a card beside it."
        )
    card_path = card_path_of(path)
    if not card_path.is_file():
        raise CardInvalid(
            f"{str(path)!r} has no card. Put {card_path.name!r} beside it, or package the model again."
        )
    with _reading(card_path):
        raw = card_path.read_bytes()
    card = parse_card(raw, name=path.name)
    _check_hash(path, sha256=card.sha256)
    return card


def read_second_opinion(path: Path, *, card: EncoderCard) -> NgramModel | None:
    """The n-gram model that an encoder's card names, if it names one.

    Raises:
        ModelMissing, ModelMismatch, ModelCorrupt: it is named and cannot be used.
    """
    if card.second_opinion is None:
        return None
    beside = path.with_name(card.second_opinion.file)
    if not beside.is_file():
        raise ModelMissing(
            f"{str(path)!r} needs {beside.name!r} beside it. Copy both and the card from the same place."
        )
    _check_hash(beside, sha256=card.second_opinion.sha256)
    return NgramModel(beside, outputs=len(card.labels))


def _check_hash(path: Path, *, sha256: str) -> None:
    with _reading(path):
        digest = sha256_of(path)
    if digest != sha256:
        raise ModelMismatch(
            f"{str(path)!r} has sha256 {digest[:12]}..., its card says {sha256[:12]}... "
            "Copy the file and its card again from the same place."
        )


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ModelError(
            f"{str(path)!r} is there and cannot be read ({error.strerror}). "
            "Let the user that Plainspeak runs as read it, or copy it again."
        ) from error


def card_path_of(path: Path) -> Path:
    """`models/x.gguf` has its card at `models/x.card.json`."""
    return path.with_suffix(".card.json")


def sha256_of(path: Path) -> str:
    """Hash of a file in hexadecimal, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
