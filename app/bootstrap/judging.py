"""What judging takes: the model, the language model beside it, the lexicon and the policy."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import structlog

from app.bootstrap.files import read_lexicon, read_policy
from app.classifiers.gguf import open_classifier, open_scorer, read_scorer_card
from app.classifiers.language import LanguageGuesser
from app.classifiers.remember import Remembering
from app.classifiers.remote import CompletionsEndpoint
from app.classifiers.served import Endpoint, ServedScorer
from app.core.classify import Cascade, LanguageModel
from app.core.errors import ModelError
from app.core.language import language_of
from app.core.lexicon import Lexicon
from app.core.policy import Policy
from app.core.types import Versions
from app.services.judge import Judge
from app.services.meter import UNMETERED, Meter
from app.services.vitals import versions_of
from app.settings import Settings

_LOG = structlog.get_logger()
OLLAMA = "ollama:"
OLLAMA_PARALLEL = 1
"""Ollama's own default: with more, a known fault of its prompt cache can mix conversations up."""
REMOTE_PARALLEL = 8
"""What a server that batches by itself is sent at a time."""


def build_judge(settings: Settings) -> Judge:
    """Only what judging takes, without a database.

    Raises:
        ModelError, LexiconInvalid, PolicyInvalid: the message says what is wrong and what next.
    """
    return load_judge(
        settings,
        lexicon=read_lexicon(settings.lexicon),
        policy=read_policy(settings.policy),
        guess=LanguageGuesser(),
    )


def backfill_judge(settings: Settings) -> Callable[[], Judge]:
    """What gives a worker of a backfill its judge: with one thread, and without secrets it has no use for."""
    own = {"threads": settings.threads or 1, "secret_key": None, "metrics_key": None}
    return partial(build_judge, settings.model_copy(update=own))


def versions_of_judge(load: Callable[[], Judge]) -> Versions:
    """What a judge would answer with; raises ModelError where it cannot be used."""
    judge = load()
    with closing(judge.classifier):
        return versions_of(judge)


def load_judge(
    settings: Settings,
    *,
    lexicon: Lexicon,
    policy: Policy,
    guess: LanguageGuesser,
    meter: Meter = UNMETERED,
) -> Judge:
    """Load the model of the settings; raises ModelError."""
    first = open_classifier(
        settings.model,
        threads=settings.engine_threads,
        queue_size=settings.queue_size,
        expanded=settings.expand_weights,
        early=settings.early_certainty,
    )
    try:
        second = open_language_model(settings)
    except ModelError:
        first.close()
        raise
    cascade = second and Cascade(
        first,
        second,
        band=policy.band,
        language=lambda text: language_of(text.original, text.plain, guess=guess),
    )
    classifier = cascade or first
    return Judge(
        classifier=Remembering(classifier, most=settings.remember_texts)
        if settings.remember_texts
        else classifier,
        lexicon=lexicon,
        policy=policy,
        max_chars=settings.max_chars,
        guess=guess,
        language_model=second or (first if isinstance(first, LanguageModel) else None),
        first_lane=first if cascade else None,
        meter=meter,
    )


def open_language_model(settings: Settings) -> LanguageModel | None:
    """The second lane of the settings, if any. A server need not answer yet.

    Raises:
        ModelError: its file or its card cannot be used.
    """
    if settings.scorer is None:
        return None
    is_ollama = settings.scorer.startswith(OLLAMA)
    if not is_ollama and not settings.scorer.startswith(("http://", "https://")):
        return open_scorer(
            Path(settings.scorer),
            threads=settings.engine_threads,
            queue_size=settings.queue_size,
            alone=settings.scorer_alone,
        )
    card = read_scorer_card(settings.scorer_card) if settings.scorer_card else None
    served = ServedScorer(
        _ollama(settings, settings.scorer) if is_ollama else _remote(settings, settings.scorer),
        card=card,
        parallel=OLLAMA_PARALLEL if is_ollama else REMOTE_PARALLEL,
        queue_size=settings.queue_size,
    )
    try:
        _LOG.info("scorer.ready", model=served.check())
    except ModelError as error:
        _LOG.warning("scorer.unavailable", detail=str(error))
    return served


def _ollama(settings: Settings, scorer: str) -> Endpoint:
    # Its library is a large part of what a start imports, and few ask for it.
    from app.classifiers.ollama import OllamaEndpoint  # noqa: PLC0415

    return OllamaEndpoint(
        scorer.removeprefix(OLLAMA), address=settings.ollama_url, timeout_s=settings.scorer_timeout_s
    )


def _remote(settings: Settings, scorer: str) -> Endpoint:
    return CompletionsEndpoint(
        scorer,
        model=settings.scorer_model,
        key=settings.scorer_key.get_secret_value() if settings.scorer_key else None,
        timeout_s=settings.scorer_timeout_s,
    )
