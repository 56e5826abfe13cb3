"""Where the log goes and how it looks: lines for people on a terminal, JSON for programs everywhere else.

What the libraries log by Python's own way goes there too, in the same form.
"""

import logging
import sys
from enum import StrEnum

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


class LogLevel(StrEnum):
    """From where on events are kept."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def number(self) -> int:
        """As Python counts them."""
        return logging.getLevelNamesMapping()[self.name]


def be_quiet() -> None:
    """Keep no log: a command says what goes wrong in one sentence."""
    _configure(logging.CRITICAL, keep=False)


def log_to_stderr(level: LogLevel) -> None:
    """Log to standard error for as long as the process runs."""
    _configure(level.number, keep=True)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _line],
            foreign_pre_chain=_common(),
        )
    )
    # Libraries say at lower levels what they were asked, which may hold what a caller sent.
    logging.basicConfig(handlers=[handler], level=max(level.number, logging.WARNING), force=True)


def _configure(level: int, *, keep: bool) -> None:
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *_common(), _line],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=keep,
    )


def _common() -> list[Processor]:
    return [structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)]


def _line(logger: WrappedLogger, method: str, event: EventDict) -> str:
    """One event as it is written."""
    if sys.stderr.isatty():
        return _FOR_PEOPLE(logger, method, event)
    # Several times as fast as Python's own JSON, and what it does not know is written as its text.
    return orjson.dumps(event, default=str).decode()


_FOR_PEOPLE = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
