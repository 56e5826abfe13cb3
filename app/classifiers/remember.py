"""Remembers what was made of a text, so that the same text again costs next to nothing.

Spam comes in waves of the same post. What is remembered is exact: the key is a keyed hash of everything a
classifier is shown, so a text that reads otherwise under another lexicon is another text. No text is kept.
"""

import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Generic, TypeVar

from app.core.classify import Classifier
from app.core.types import Classification, NormalizedText

V = TypeVar("V")

_KEY = secrets.token_bytes(32)
_DIGEST_BYTES = 16
_UNIT_SEPARATOR = "\x1f"


class Memory(Generic[V]):
    """A bounded number of values under hashes; the one not asked for longest goes first. Thread-safe."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._values: OrderedDict[bytes, V] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._values)

    def find(self, key: bytes) -> V | None:
        """The value under a key."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def keep(self, key: bytes, value: V) -> None:
        """Remember a value."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)


def key_of(*parts: str) -> bytes:
    """A hash that tells texts apart and that nobody outside this process can compute."""
    joined = _UNIT_SEPARATOR.join((*map(str, map(len, parts)), *parts))
    raw = joined.encode("utf-8", errors="surrogatepass")
    return hashlib.blake2b(raw, key=_KEY, digest_size=_DIGEST_BYTES).digest()


class Remembering:
    """A classifier that asks another about each text once, as long as it is remembered."""

    def __init__(self, classifier: Classifier, *, most: int) -> None:
        """Put it in front of a classifier.

        Args:
            classifier: what is asked.
            most: texts to remember, about 2 kB each.
        """
        self._classifier = classifier
        self._memory: Memory[Classification] = Memory(most=most)

    @property
    def version(self) -> str:
        """Of what is asked."""
        return self._classifier.version

    @property
    def waiting(self) -> int:
        """At what is asked."""
        return self._classifier.waiting

    def check(self) -> str:
        """Check what is asked."""
        return self._classifier.check()

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        """Give the evidence on each text, in order; equal ones are asked about once.

        Raises as what is asked.
        """
        # A server may get another model under the same name.
        version = self._classifier.version
        keys = [_key_of(text, version=version) for text in texts]
        found = {key: answer for key in keys if (answer := self._memory.find(key)) is not None}
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if fresh:
            answers = self._classifier.classify(list(fresh.values()))
            for key, answer in zip(fresh, answers, strict=True):
                found[key] = answer
                # An outage is over some time.
                if not answer.unavailable:
                    self._memory.keep(key, answer)
        return [found[key] for key in keys]

    def close(self) -> None:
        """Close what is asked."""
        self._classifier.close()


def _key_of(text: NormalizedText, *, version: str) -> bytes:
    # A language model is shown the edits too.
    shown = (
        part
        for edit in (*text.edits, *text.hints)
        for part in (str(edit.start), str(edit.end), edit.canonical, str(edit.category), str(edit.ambiguous))
    )
    return key_of(version, text.original, text.plain, str(len(text.edits)), *shown)
