"""How many disguised words the normalizer reads: one figure per disguise and per two stacked. Prints JSON.

Run: python -m benchmarks.recovery FOLDER, a folder of *.jsonl or *.jsonl.gz files with rows
{"text": ..., "harmful": true}; without a folder the texts of tests/corpus are disguised. Every high-risk word
of a text is disguised, and it is recovered if it stands in the plain text again, as often as before. A
high-risk word is a word of `app.core.vocabulary.RISKY`; one that the lexicon reads as something else although
it is written plainly ("kys") is not asked for.

A second share leaves out the words that were missed because the disguise made another word of them ("birch",
"dumbass"), which no reader could tell. How many became one is printed beside it.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from app.core.lexicon import Lexicon
from app.core.normalize import normalize
from app.core.vocabulary import RISKY
from benchmarks.disguises import DISGUISES, Disguise, disguised, pairs
from benchmarks.material import CORPUS, lexicon_of_repository, texts_of
from benchmarks.other_words import OTHER_WORDS

TEXTS = 1000
TEXTS_PER_PAIR = 100
LONGEST_TEXT = 600
SEED = 11
_WORD = re.compile(r"(?<![^\W_])[A-Za-z]+(?![^\W_]|['’][^\W_])")

Read = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Target:
    """A text and where its high-risk words stand."""

    text: str
    places: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Tally:
    """What came of one stack of disguises."""

    words: int = 0
    recovered: int = 0
    gone: int = 0
    """Disguised words that stand there as another word of English or as another high-risk word."""
    gone_and_missed: int = 0
    misses: list[tuple[str, str, str]] = field(default_factory=list)
    """The word, the disguised text and what was read."""

    @property
    def share(self) -> float:
        """Of the disguised words, how many stood in the plain text."""
        return self.recovered / self.words if self.words else 1.0

    @property
    def share_of_readable(self) -> float:
        """As `share`, without the words that the disguise made into others and that were missed for it."""
        return self.recovered / max(self.words - self.gone_and_missed, 1) if self.words else 1.0


def places_of(text: str) -> list[tuple[int, int]]:
    """Where high-risk words stand in a text, written plainly."""
    return [found.span() for found in _WORD.finditer(text) if found.group().lower() in RISKY]


def targets_of(texts: Iterable[str], *, lexicon: Lexicon) -> list[Target]:
    """The texts that have high-risk words, with those that the normalizer leaves as they are."""
    found = []
    for text in texts:
        edits = normalize(text, lexicon=lexicon).edits
        open_ = [
            (start, end)
            for start, end in places_of(text)
            if not any(edit.start < end and start < edit.end for edit in edits)
        ]
        if open_ and len(text) <= LONGEST_TEXT:
            found.append(Target(text, tuple(open_)))
    return found


def _risky_words(text: str) -> Counter[str]:
    return Counter(text[start:end].lower() for start, end in places_of(text))


def measure(targets: Sequence[Target], stack: tuple[Disguise, ...], *, read: Read, seed: int = SEED) -> Tally:
    """Disguise the high-risk words of every text with the whole stack, and count those read again."""
    random = Random(f"{seed} {' '.join(disguise.name for disguise in stack)}")
    tally = Tally()
    for target in targets:
        written, done = disguised(target.text, list(target.places), stack=stack, random=random)
        asked = Counter(
            target.text[start:end].lower()
            for (start, end), is_done in zip(target.places, done, strict=True)
            if is_done
        )
        others = Counter(
            target.text[start:end].lower()
            for (start, end), shown in zip(target.places, done, strict=True)
            if shown and is_another_word(shown.lower())
        )
        if not asked:
            continue
        plain = read(written)
        # Words that were not disguised stand there anyway, and are no merit.
        missing = asked - (_risky_words(plain) - (_risky_words(target.text) - asked))
        tally.words += asked.total()
        tally.recovered += asked.total() - missing.total()
        tally.gone += others.total()
        tally.gone_and_missed += (missing & others).total()
        tally.misses += [(word, written, plain) for word in missing]
    return tally


def is_another_word(written: str) -> bool:
    """Whether a disguise made a word of its own ("birch", "dumbass"), which no reader takes for another."""
    return written in RISKY or written in OTHER_WORDS


def reader(lexicon: Lexicon) -> Read:
    """The plain reading of a text, as the service gives it to the model."""
    return lambda text: normalize(text, lexicon=lexicon).plain


def singles(targets: Sequence[Target], *, read: Read) -> dict[str, Tally]:
    """A tally for every disguise."""
    return {disguise.name: measure(targets, (disguise,), read=read) for disguise in DISGUISES}


def stacked(targets: Sequence[Target], *, read: Read, per_pair: int = TEXTS_PER_PAIR) -> dict[str, Tally]:
    """A tally for every two that can be stacked, each on texts of its own."""
    tallies = {}
    for number, pair in enumerate(pairs()):
        first = number * per_pair % len(targets)
        texts = (list(targets) * 2)[first : first + per_pair]
        tallies[" + ".join(disguise.name for disguise in pair)] = measure(texts, pair, read=read)
    return tallies


def overall_of_readable(tallies: dict[str, Tally]) -> float:
    """The share over the words of all tallies that the disguise did not make into others."""
    words = sum(tally.words - tally.gone_and_missed for tally in tallies.values())
    return sum(tally.recovered for tally in tallies.values()) / max(words, 1)


def overall(tallies: dict[str, Tally]) -> float:
    """The share over all the words of all tallies."""
    words = sum(tally.words for tally in tallies.values())
    return sum(tally.recovered for tally in tallies.values()) / max(words, 1)


def _figures(tallies: dict[str, Tally], *, misses: int) -> dict[str, dict[str, object]]:
    figures: dict[str, dict[str, object]] = {}
    for name, tally in sorted(tallies.items(), key=lambda item: item[1].share):
        figures[name] = {
            "recovered": round(tally.share, 4),
            "words": tally.words,
            "of_readable": round(tally.share_of_readable, 4),
            "became_other_words": tally.gone,
        }
        if misses:
            figures[name]["misses"] = [
                {"word": word, "text": text, "read": plain} for word, text, plain in tally.misses[:misses]
            ]
    return figures


def _texts(folder: Path | None) -> Iterator[str]:
    """The harmful texts of a folder, or those of this repository."""
    if folder is not None:
        yield from texts_of(folder, harmful=True)
        return
    for line in (CORPUS / "disguisable.jsonl").read_text(encoding="utf-8").splitlines():
        yield str(json.loads(line)["text"])


def main() -> None:
    """Print the figures: recovered, recovered of what did not become another word, words, those that did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--texts", type=int, default=TEXTS)
    parser.add_argument("--misses", type=int, default=0, help="show up to so many of each kind")
    parser.add_argument("--json", action="store_true", help="print every pair, not only the weakest")
    options = parser.parse_args()
    lexicon = lexicon_of_repository()
    targets = targets_of(_texts(options.folder), lexicon=lexicon)
    Random(SEED).shuffle(targets)
    targets = targets[: options.texts]
    read = reader(lexicon)
    single, double = (
        singles(targets, read=read),
        stacked(targets, read=read, per_pair=max(len(targets) // 10, 1)),
    )
    report = {
        "texts": len(targets),
        "single": _figures(single, misses=options.misses),
        "stacked_overall": round(overall(double), 4),
        "stacked_overall_of_readable": round(overall_of_readable(double), 4),
        "stacked": _figures(double, misses=options.misses),
    }
    if options.json:
        print(json.dumps(report, indent=1, ensure_ascii=False))
        return
    for name, tally in sorted(single.items(), key=lambda item: item[1].share):
        print(f"{tally.share:7.1%}  {tally.share_of_readable:7.1%}  {tally.words:5}  {tally.gone:5}  {name}")
    words, gone = (sum(found) for found in zip(*((t.words, t.gone) for t in double.values()), strict=True))
    print(f"{overall(double):7.1%}  {overall_of_readable(double):7.1%}  {words:5}  {gone:5}  two stacked")
    for name, tally in sorted(double.items(), key=lambda item: item[1].share)[:40]:
        print(f"{tally.share:7.1%}  {tally.share_of_readable:7.1%}  {tally.words:5}  {tally.gone:5}  {name}")


if __name__ == "__main__":
    main()
