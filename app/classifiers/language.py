"""Guesses the language of a text with py3langid: 97 languages, 5 MB, no network, written in Python."""

import threading

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from app.classifiers.remember import Memory, key_of
from app.core.language import Guess

_REMEMBERED = 4096
"""Texts whose guess is kept, as hashes: a guess takes longer than all else around the model."""


class LanguageGuesser:
    """Reads its model at the first guess, and may be called from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._identifier: LanguageIdentifier | None = None
        self._memory: Memory[Guess] = Memory(most=_REMEMBERED)

    def __call__(self, text: str) -> Guess:
        """Guess the language of a text."""
        key = key_of(text)
        known = self._memory.find(key)
        if known is None:
            language, chance = self._loaded().classify(text)
            known = Guess(str(language), float(chance))
            self._memory.keep(key, known)
        return known

    def _loaded(self) -> LanguageIdentifier:
        with self._lock:
            if self._identifier is None:
                self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
            return self._identifier
