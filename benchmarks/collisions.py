"""Which words of a word list the normalizer would read as something else: candidates for ORDINARY.

Run: python -m benchmarks.collisions /usr/share/dict/american-english FILE... Prints each word with its
reading.
Whether a term of the lexicon is right about a word is the lexicon's own question, and not asked here.
"""

import argparse
from pathlib import Path

from app.core.vocabulary import EVERYDAY
from benchmarks.material import lexicon_of_repository


def main() -> None:
    """Print word and reading."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lists", type=Path, nargs="+")
    options = parser.parse_args()
    readings = lexicon_of_repository().readings
    words = {
        word.strip().lower()
        for path in options.lists
        for word in path.read_text(encoding="utf-8", errors="replace").splitlines()
    }
    for word in sorted(words):
        if not (word.isascii() and word.isalpha()) or word in EVERYDAY:
            continue
        read = readings.word(word)
        pieces = (read,) if read else readings.parted(word) or readings.parted_doubtfully(word) or (word,)
        if pieces != (word,):
            print(f"{word}\t{' '.join(pieces)}")


if __name__ == "__main__":
    main()
