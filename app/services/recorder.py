"""What the service counts of itself, and how a scraper reads it: Prometheus' text format.

One recorder belongs to one running service and is handed to whatever counts; there are no counters at large.
Label values are a closed set each: routes are templates, methods and statuses those of HTTP, sources the
models that were in use, and no more of any than `MOST_SOURCES`. Nothing here knows a text or an id.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPMethod

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from app.core.types import Classification, Verdict
from app.services.meter import Stage
from app.services.vitals import Desk, Vitals

SECONDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Bounds of the histograms of time."""
TEXTS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000)
"""Bounds of the histogram of texts in one call."""
MOST_SOURCES = 16
"""Models that are told apart; further ones are `other`."""
OTHER = "other"
NONE = "none"
_METHODS = frozenset(HTTPMethod)


class Recorder:
    """Counts, and gives what was counted. Safe to use from many threads."""

    def __init__(self, *, release: str) -> None:
        """Start at zero; `release` is the version of Plainspeak itself."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._release = release
        self._requests = self._counter(
            "plainspeak_requests", "Requests answered.", ("route", "method", "status")
        )
        self._request_seconds = self._histogram(
            "plainspeak_request_seconds", "Time to answer a request whole.", SECONDS, ("route",)
        )
        stages = self._histogram(
            "plainspeak_stage_seconds", "Time of one stage, for all texts of one call.", SECONDS, ("stage",)
        )
        self._stages = {stage: stages.labels(stage.value) for stage in Stage}
        self._call_texts = self._histogram(
            "plainspeak_engine_call_texts", "Texts handed to the model in one call.", TEXTS
        )
        self._in_engine = Gauge(
            "plainspeak_engine_texts",
            "Texts that the model has not answered yet, waiting or in work.",
            registry=self.registry,
        )
        self._texts = self._counter(
            "plainspeak_lane_texts", "Texts by the lane that was asked, and why.", ("lane", "why")
        )
        self._outages = self._counter(
            "plainspeak_unavailable_texts", "Texts that a model could not answer.", ("source",)
        )
        self._decisions = self._counter(
            "plainspeak_decisions", "Posts that were judged and kept.", ("label", "category", "action")
        )
        self._sources: set[str] = set()

    def took(self, stage: Stage, seconds: float) -> None:
        """Count the time of a stage."""
        self._stages[stage].observe(seconds)

    @contextmanager
    def in_engine(self, texts: int) -> Iterator[None]:
        """Count texts as handed to the model until the block ends."""
        self._call_texts.observe(texts)
        self._in_engine.inc(texts)
        try:
            yield
        finally:
            self._in_engine.dec(texts)

    def classified(self, found: Sequence[Classification]) -> None:
        """Count who was asked about texts, and who could not answer."""
        self._texts.labels("first", "every").inc(len(found))
        for each in found:
            if each.handover is not None:
                self._texts.labels("second", each.handover.value).inc()
            for outage in each.unavailable:
                self._outages.labels(self._source(outage.source)).inc()

    def decided(self, verdicts: Iterable[Verdict]) -> None:
        """Count verdicts that are kept."""
        for verdict in verdicts:
            category = verdict.category.value if verdict.category else NONE
            self._decisions.labels(verdict.label.value, category, verdict.action.value).inc()

    def answered(self, route: str, *, method: str, status: int, seconds: float) -> None:
        """Count an answer; `route` is a template or another of a few names."""
        method = method if method in _METHODS else OTHER
        self._requests.labels(route, method, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def exposition(self, vitals: Vitals, *, accept: str) -> tuple[bytes, str]:
        """Everything as a scraper takes it, in the format that it accepts; gives also the content type."""
        encode, content_type = choose_encoder(accept)
        return encode(_Both(self.registry, lambda: families(vitals, release=self._release))), content_type

    def _source(self, source: str) -> str:
        if source not in self._sources and len(self._sources) >= MOST_SOURCES:
            return OTHER
        self._sources.add(source)
        return source

    def _counter(self, name: str, help_text: str, labels: Sequence[str]) -> Counter:
        return Counter(name, help_text, labels, registry=self.registry)

    def _histogram(
        self, name: str, help_text: str, bounds: Sequence[float], labels: Sequence[str] = ()
    ) -> Histogram:
        return Histogram(name, help_text, labels, buckets=bounds, registry=self.registry)


class _Both(Collector):
    """What was counted, and what was looked up for this scrape."""

    def __init__(self, counted: Collector, looked_up: Callable[[], Iterable[Metric]]) -> None:
        self._counted = counted
        self._looked_up = looked_up

    def collect(self) -> Iterable[Metric]:
        yield from self._counted.collect()
        yield from self._looked_up()


def families(vitals: Vitals, *, release: str) -> Iterator[Metric]:
    """What was looked up, as metrics. What could not be had is left out, and a gauge says so."""
    versions = vitals.versions
    yield _gauge("plainspeak_model_up", "Whether there is a model to judge with.", versions is not None)
    yield _gauge("plainspeak_database_up", "Whether the database can be read.", vitals.desk is not None)
    info = {"release": release}
    if versions is not None:
        info |= {"model": versions.model, "lexicon": versions.lexicon, "policy": versions.policy}
    yield InfoMetricFamily("plainspeak_versions", "What answers.", value=info)
    waiting = GaugeMetricFamily("plainspeak_waiting", "Pieces of work that wait.", labels=["queue"])
    for queue, length in vitals.queues.items():
        waiting.add_metric([queue], length)
    yield waiting
    if vitals.desk is not None:
        yield from _desk_families(vitals.desk)


def _desk_families(desk: Desk) -> Iterator[Metric]:
    yield _gauge("plainspeak_review_items", "Review items that wait for a person.", desk.items)
    yield _gauge(
        "plainspeak_review_oldest_seconds", "Age of the oldest of them.", desk.oldest.total_seconds()
    )
    ratio = GaugeMetricFamily(
        "plainspeak_override_ratio", "Share of posts that people ruled against the machine.", labels=["side"]
    )
    posts = GaugeMetricFamily("plainspeak_override_posts", "Posts that the ratio is of.", labels=["side"])
    sides = (
        ("harmful", desk.overrides.too_strict, desk.overrides.harmful),
        ("mild", desk.overrides.too_mild, desk.overrides.mild),
    )
    for side, share, many in sides:
        posts.add_metric([side], many)
        if share is not None:
            ratio.add_metric([side], share)
    yield from (ratio, posts)
    deliveries = GaugeMetricFamily(
        "plainspeak_webhook_deliveries", "Messages to apps, by state.", labels=["state"]
    )
    for state, many in desk.deliveries.items():
        deliveries.add_metric([state.value], many)
    yield deliveries


def _gauge(name: str, help_text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, help_text, value=value)
