"""Model files: listed, downloaded, given a card; and the engine alone, to measure beside."""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap.files import read_lexicon
from app.classifiers.gguf import card_path_of, read_card
from app.core.errors import ModelError, ModelMissing
from app.core.normalize import normalize
from app.services import model_store, server_process
from app.services.evaluation import LabelledText
from app.services.server_process import Server
from app.settings import ROOT, Settings

if TYPE_CHECKING:
    from app.classifiers.rawloop import RawLoop


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model file and whether it can be used."""

    file: str
    active: bool
    kind: str
    bytes: int
    state: str


def list_models(settings: Settings) -> list[ListedModel]:
    """The GGUFs beside the active one, each checked against its card."""
    folder = settings.model.parent
    return [_listed(path, active=path == settings.model) for path in sorted(folder.glob("*.gguf"))]


def _listed(path: Path, *, active: bool) -> ListedModel:
    # A link may lead nowhere.
    size = path.stat().st_size if path.exists() else 0
    try:
        card = read_card(path)
    except ModelError as error:
        return ListedModel(file=path.name, active=active, kind="?", bytes=size, state=str(error))
    return ListedModel(
        file=path.name, active=active, kind=card.kind.value, bytes=size, state=f"ready: {card.version}"
    )


def known_models() -> tuple[str, ...]:
    """Names of the models that can be downloaded."""
    return tuple(model_store.KNOWN)


def pull_model(settings: Settings, name: str, *, note: Callable[[str], None]) -> tuple[Path, Path]:
    """Download a model beside the active one and make its card; gives both paths.

    Raises:
        ModelError: it is not known, cannot be downloaded or cannot be used.
    """
    source = model_store.KNOWN.get(name)
    if source is None:
        raise ModelMissing(f"There is no model {name!r} to pull. Take one of {', '.join(known_models())}.")
    note(f"{source.repository}: {source.licence}.")
    path = model_store.pull(source, folder=settings.model.parent)
    card = card_path_of(path)
    if not card.exists():
        note("Making its card.")
        add_model(settings, path, licence=source.licence, rows=())
    return path, card


def add_model(settings: Settings, path: Path, *, licence: str, rows: Sequence[LabelledText]) -> Path:
    """Make the card of a language model; gives its path.

    Raises:
        ModelError: the file cannot be used or has a card.
    """
    lexicon = read_lexicon(settings.lexicon)
    return model_store.add(
        path,
        name=path.stem,
        licence=licence,
        rows=rows,
        read=lambda text: normalize(text, lexicon=lexicon),
        threads=settings.engine_threads,
    )


def open_raw_loop(settings: Settings) -> "RawLoop":
    """llama.cpp alone on the model of the settings, with every core."""
    # Brings llama.cpp into this process, which the service has no use for.
    from app.classifiers.rawloop import RawLoop  # noqa: PLC0415

    card = read_card(settings.model)
    return RawLoop(
        settings.model,
        threads=os.cpu_count() or 1,
        window_tokens=card.window_tokens,
        expanded=settings.expand_weights,
    )


def start_server(settings: Settings) -> AbstractContextManager[Server]:
    """Serve the model of the settings in a process of its own, over a fresh database."""
    return server_process.start_server(os.environ | {"PLAINSPEAK_MODEL": str(settings.model)}, folder=ROOT)
