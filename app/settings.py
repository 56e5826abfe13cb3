"""Every setting, read once from the environment and `.env`. Nothing below `app.bootstrap` reads it."""

import ipaddress
import os
import re
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.core.errors import SettingsInvalid
from app.core.types import Action
from app.logs import LogLevel

ROOT = Path(__file__).resolve().parent.parent
"""The repository: where the bundled model, the policies and the migrations are."""
ENV_FILE = ".env"
_PREFIX, _ENCODING = "PLAINSPEAK_", "utf-8-sig"
_HOST_NAME = re.compile(r"\*|\[[0-9A-Fa-f:.]+\]|[\w.-]+", re.ASCII)
"""`*`, an IPv6 address in its brackets, or a name as it stands in a Host header, without its port."""


class Settings(BaseSettings):
    """Settings with the prefix `PLAINSPEAK_`, for instance `PLAINSPEAK_PORT=8001`."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=ENV_FILE,
        env_file_encoding=_ENCODING,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    host: str = Field("127.0.0.1", description="Address to serve on. Any but loopback asks for API keys.")
    port: int = Field(8000, ge=0, le=65535, description="Port to serve on.")
    allowed_hosts: str = Field(
        "",
        description="Names under which the service answers, with commas between them; `*` is any. "
        "When empty: localhost, 127.0.0.1 and [::1] on loopback, any elsewhere.",
    )
    max_connections: int = Field(
        1000,
        ge=10,
        le=100_000,
        description="Most connections that are open at a time. Beyond it the one that waited longest is "
        "closed.",
    )
    database_url: str = Field(
        f"sqlite:///{ROOT / 'data' / 'plainspeak.db'}",
        description="Where decisions are kept. A SQLite file by default; "
        "`postgresql+psycopg://user@host/name` for a PostgreSQL.",
    )
    model: Path = Field(
        ROOT / "models" / "plainspeak-mini.Q4_K_M.gguf",
        description="The GGUF that judges, with its card beside it.",
    )
    scorer: str | None = Field(
        None,
        min_length=1,
        description="A language model that is asked where the model is not sure: a GGUF with its card, "
        "`ollama:NAME`, or the address of a server with OpenAI's completions.",
    )
    scorer_card: Path | None = Field(
        None, description="The card with the calibration of a language model that runs in a server."
    )
    scorer_model: str = Field("", description="Name of the language model at a server that has several.")
    scorer_key: SecretStr | None = Field(None, description="Key for the server of the language model.")
    scorer_timeout_s: float = Field(
        60.0,
        gt=0,
        le=600,
        allow_inf_nan=False,
        description="How long a server may take to answer for the language model, in seconds.",
    )
    scorer_alone: bool = Field(
        False,
        description="Whether the language model in process reads one text at a time, so that equal texts "
        "score equal to the last bit.",
    )
    ollama_url: str = Field("http://127.0.0.1:11434", description="Address of Ollama.")
    policy: Path = Field(
        ROOT / "policies" / "default.toml", description="The thresholds for labels and actions."
    )
    lexicon: Path = Field(ROOT / "policies" / "lexicon", description="Folder with the terms of the lexicon.")
    threads: int = Field(0, ge=0, le=256, description="Threads of the engine. 0 takes every core.")
    expand_weights: bool = Field(
        True,
        description="Whether the encoder computes with 16-bit weights where its file has fewer bits: faster, "
        "and about 25 MB more memory for the bundled model.",
    )
    remember_texts: int = Field(
        4096,
        ge=0,
        le=1_000_000,
        description="How many texts, as keyed hashes in memory, to remember the model's answer to: the same "
        "post again costs next to nothing. 0 remembers none.",
    )
    early_certainty: float = Field(
        0.0,
        ge=0,
        le=0.1,
        allow_inf_nan=False,
        description="Largest probability, in every category, up to which the words of a short post decide "
        "alone that it is innocent and the model is not asked; 0 asks it always. "
        "`python -m benchmarks.early` says what a value spares and what it misses.",
    )
    queue_size: int = Field(512, ge=4, description="Most texts that may wait for the engine.")
    max_in_flight: int = Field(
        256, ge=1, description="Most requests in work at a time; further ones get a 503."
    )
    max_wait_s: float = Field(
        5.0,
        gt=0,
        le=600,
        allow_inf_nan=False,
        description="Longest time that a request may have to wait for those before it, in seconds; where it "
        "would be longer, it gets a 503 at once.",
    )
    max_chars: int = Field(20_000, ge=1, description="Longest text of one post, in characters.")
    max_batch: int = Field(1000, ge=1, le=10_000, description="Most items of one batch request.")
    max_body_bytes: int = Field(8_000_000, ge=1000, description="Largest request body in bytes.")
    max_lines_bytes: int = Field(
        1_000_000_000,
        ge=1000,
        description="Largest request body of lines (NDJSON) in bytes; it waits on disk.",
    )
    database_wait_s: float = Field(
        5.0, gt=0, allow_inf_nan=False, description="How long to wait for a locked database, in seconds."
    )
    idempotency_hours: float = Field(
        24.0,
        gt=0,
        le=8760,
        description="How long a request that is sent again with its Idempotency-Key or content_id gets the "
        "same decision, in hours.",
    )
    require_keys: bool = Field(False, description="Whether to ask for API keys on loopback too.")
    rate_per_key: int = Field(
        6000,
        ge=0,
        description="Most requests a minute with one API key, where keys are asked for. 0 is no limit.",
    )
    rate_per_address: int = Field(
        60,
        ge=0,
        description="Most requests a minute from one address without a good API key, where one is asked for. "
        "0 is no limit.",
    )
    rate_open_per_address: int = Field(
        600,
        ge=0,
        description="Most requests a minute from one address to what needs no API key (health, docs, login, "
        "discovery document, static files), where others need one. 0 is no limit.",
    )
    lease_s: float = Field(
        600.0,
        gt=0,
        le=86_400,
        allow_inf_nan=False,
        description="How long a moderator holds an item they have open, in seconds. An open page renews it.",
    )
    undo_s: float = Field(
        300.0,
        ge=0,
        le=86_400,
        allow_inf_nan=False,
        description="How long a moderator can take back their last ruling, in seconds.",
    )
    webhook_timeout_s: float = Field(
        10.0,
        gt=0,
        le=60,
        allow_inf_nan=False,
        description="How long a receiver of webhooks may take to answer, in seconds.",
    )
    webhook_private_targets: bool = Field(
        False, description="Whether webhooks may go to this machine and to private networks."
    )
    session_hours: float = Field(
        12.0,
        gt=0,
        le=720,
        allow_inf_nan=False,
        description="How long a login lasts after its last use, in hours.",
    )
    metrics_key: SecretStr | None = Field(
        None,
        min_length=32,
        description="Key with which a scraper may read /metrics and nothing else, where keys are asked for.",
    )
    log_level: LogLevel = Field(
        LogLevel.INFO, description="From where on events are logged: debug, info, warning or error."
    )
    keep_allowed_days: int = Field(
        0,
        ge=0,
        le=36_500,
        description="How long the text of posts that the machine allowed is kept, in days. 0 is for good.",
    )
    keep_reviewed_days: int = Field(
        0,
        ge=0,
        le=36_500,
        description="How long the text of posts that the machine held for a person is kept after it was "
        "ruled on, in days. 0 is for good.",
    )
    keep_blocked_days: int = Field(
        0,
        ge=0,
        le=36_500,
        description="How long the text of posts that the machine blocked is kept after it was ruled on, in "
        "days. 0 is for good.",
    )
    secret_key: SecretStr | None = Field(
        None,
        min_length=32,
        description="Secret behind the hashes of texts and of API keys, form tokens, logins and the kept "
        "secrets of webhooks. Made and kept beside the database when not set.",
    )

    @field_validator("allowed_hosts")
    @classmethod
    def _check_names(cls, given: str) -> str:
        """Refuse what no Host header can be: it would let nobody in, and say so nowhere."""
        for name in filter(None, (each.strip() for each in given.split(","))):
            if not _HOST_NAME.fullmatch(name):
                raise PydanticCustomError(
                    "host_name",
                    "{name} is no name of a host. Leave out https:// and ports",
                    {"name": repr(name)},
                )
        return given

    @property
    def keep_days(self) -> dict[Action, int]:
        """How many days the text of a post is kept, by what the machine did with it; 0 is for good."""
        return {
            Action.ALLOW: self.keep_allowed_days,
            Action.REVIEW: self.keep_reviewed_days,
            Action.BLOCK: self.keep_blocked_days,
        }

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def demands_keys(self) -> bool:
        """Whether routes that are not open ask for an API key."""
        return self.require_keys or not self.is_loopback

    @property
    def engine_threads(self) -> int:
        """Threads of the engine: the ones set, or one for each core."""
        return self.threads or os.cpu_count() or 1


def read_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsInvalid: one cannot be used, and the message names it and its value; one has a name that is
            none; or `.env` is not UTF-8.
    """
    try:
        _refuse_unknown({*os.environ, *dotenv_values(ENV_FILE, encoding=_ENCODING)})
        return Settings()
    except UnicodeDecodeError as error:
        raise SettingsInvalid(
            f"The file {ENV_FILE!r} in {str(Path.cwd())!r} is not UTF-8: its byte {error.start + 1} is "
            f"0x{error.object[error.start]:02x}. Save it as UTF-8."
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        # A key is not repeated, and so the cause, which has it too, is left out.
        value = "a secret" if field.endswith("_key") else repr(first["input"])
        raise SettingsInvalid(
            f"PLAINSPEAK_{field.upper()} is {value}: {first['msg']}. See docs/settings.md for what it takes."
        ) from None


def _refuse_unknown(given: set[str]) -> None:
    """Refuse a setting that is misspelt: the service would run without it, open where keys were asked for."""
    known = [name.upper() for name in Settings.model_fields]
    for name in sorted(given):
        own = name.upper().removeprefix(_PREFIX)
        if name.upper() != own and own not in known:
            nearest = get_close_matches(own, known, n=1)
            meant = f"; perhaps {_PREFIX}{nearest[0]} is meant" if nearest else ""
            raise SettingsInvalid(
                f"{name} is no setting{meant}. Correct its name, or take it away. docs/settings.md lists all."
            )
