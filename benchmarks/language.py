"""CPU time to tell the language of a post, memory, and English posts taken for another one. Prints JSON.

Run: python benchmarks/language.py
"""

import json
import resource
import sys
from pathlib import Path
from statistics import median
from time import process_time, thread_time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.classifiers.language import LanguageGuesser  # noqa: E402  The repository need not be installed.
from app.core.language import language_of  # noqa: E402

ENGLISH = ("evasion", "in_the_wild")
"""Files of the corpus whose posts are all English, disguised in every way we know."""


def memory_mb() -> float:
    """Most memory this process has had, in MB (10^6 bytes)."""
    kib_or_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kib_or_bytes * (1 if sys.platform == "darwin" else 1024) / 1e6


def main() -> None:
    """Print the figures."""
    texts = [
        json.loads(line)["text"]
        for name in ENGLISH
        for line in (ROOT / "tests" / "corpus" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    guess, before_mb, started = LanguageGuesser(), memory_mb(), process_time()
    guess("the first guess reads the model")
    loading_s = process_time() - started
    times, wrong = [], []
    for text in texts:
        begun = thread_time()
        language = language_of(text, text, guess=guess)
        times.append(thread_time() - begun)
        if language != "en":
            wrong.append(language)
    print(
        json.dumps(
            {
                "texts": len(texts),
                "median_characters": median(map(len, texts)),
                "median_microseconds": round(median(times) * 1e6, 1),
                "mean_microseconds": round(sum(times) / len(times) * 1e6, 1),
                "loading_cpu_s": round(loading_s, 2),
                "memory_mb": round(memory_mb() - before_mb, 1),
                "not_taken_for_english": len(wrong),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
