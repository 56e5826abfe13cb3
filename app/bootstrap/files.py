"""What is read from files: the lexicon, the policy, the card's figures, and the key that is made once."""

import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote

from app.classifiers.gguf import card_path_of
from app.core.card import NO_FIGURES, CardFigures, EncoderCard, parse_card
from app.core.errors import CardInvalid, PolicyInvalid, StorageError
from app.core.lexicon import Lexicon, parse_lexicon
from app.core.policy import Policy, parse_policy
from app.db.engine import make_engine
from app.services.lexicon import read_files, read_texts
from app.settings import ROOT, Settings

BENIGN = ROOT / "tests" / "corpus" / "benign.jsonl"
_SECRET_BYTES = 32


def read_lexicon(folder: Path) -> Lexicon:
    """Read every TOML file of a folder as one lexicon."""
    return parse_lexicon(read_files(folder))


def read_benign() -> list[str]:
    """Innocent texts to try a term on: those of the tests, where they are installed."""
    return read_texts(BENIGN) if BENIGN.is_file() else []


def read_policy(path: Path) -> Policy:
    """Read a policy file."""
    if not path.is_file():
        raise PolicyInvalid(f"There is no policy at {str(path)!r}. Set PLAINSPEAK_POLICY.")
    try:
        return parse_policy(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyInvalid(
            f"The policy {str(path)!r} cannot be read ({error}). Save it as UTF-8, where the service may "
            "read it."
        ) from error


def read_figures(model: Path) -> CardFigures:
    """What the card of a model says to compare with; nothing where there is no card that can be used."""
    card = card_path_of(model)
    try:
        found = parse_card(card.read_bytes(), name=model.name)
    except (CardInvalid, OSError):
        # The model is not loaded either, and `/readyz` says why.
        return NO_FIGURES
    return found.figures if isinstance(found, EncoderCard) else NO_FIGURES


def prepare_folder(database_url: str) -> None:
    """Make the folder of a SQLite file, so that a fresh clone starts."""
    path = sqlite_path(database_url)
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {str(path.parent)!r} for the database cannot be made: {error}."
        ) from error


def read_secret(settings: Settings, *, make: bool = True) -> bytes:
    """The key of the settings, or one that is made once and kept beside the database for its owner only."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    # A URL that cannot be used is told before a key that it does not need. Nothing is opened.
    make_engine(settings.database_url).dispose()
    database = sqlite_path(settings.database_url)
    if database is None:
        raise StorageError(
            "Set PLAINSPEAK_SECRET_KEY: with a database server there is no folder to keep a key in."
        )
    path = database.with_suffix(".key")
    try:
        if make and not path.exists():
            _make_secret(path)
        return path.read_bytes()
    except OSError as error:
        raise StorageError(
            f"The key {str(path)!r} cannot be made or read ({error.strerror}). Give the service access "
            "to its folder, or set PLAINSPEAK_SECRET_KEY."
        ) from error


def _make_secret(path: Path) -> None:
    """Write a new key whole, readable by its owner only; where another process was first, its key stays."""
    with tempfile.NamedTemporaryFile(dir=path.parent) as file:
        file.write(secrets.token_hex(_SECRET_BYTES).encode())
        file.flush()
        with suppress(FileExistsError):
            path.hardlink_to(file.name)


def sqlite_path(database_url: str) -> Path | None:
    """The file of a SQLite URL, which may have `%20` for a space; None for a database server."""
    head, _, path = database_url.partition(":///")
    return Path(unquote(path.partition("?")[0])) if head.startswith("sqlite") and path else None


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file, whatever characters are in its path."""
    return f"sqlite:///{quote(str(path))}"
