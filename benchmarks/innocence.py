"""How many innocent texts the normalizer reads as something else; each one is listed. Prints JSON.

Run: python -m benchmarks.innocence FOLDER, a folder of *.jsonl or *.jsonl.gz files with rows {"text": ...,
"harmful": false}; without a folder only the texts of tests/corpus are read. An edit counts if another word
stands in the plain text afterwards; letters that merely took off another dress (fullwidth, marks, invisible
characters) are the same word. Nothing is taken out: where an innocent row swears in disguise ("what the
f**k"), reading it is right, and counted all the same.
"""

import argparse
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.core.lexicon import Lexicon
from app.core.normalize import normalize
from app.core.types import Edit
from benchmarks.material import CORPUS, lexicon_of_repository, texts_of


@dataclass(frozen=True, slots=True)
class Changed:
    """A text that was read as saying something else."""

    text: str
    edits: tuple[Edit, ...]


def changed(texts: Iterable[str], *, lexicon: Lexicon) -> list[Changed]:
    """The texts that do not keep their words."""
    found = []
    for text in texts:
        edits = tuple(edit for edit in normalize(text, lexicon=lexicon).edits if _says_something_else(edit))
        if edits:
            found.append(Changed(text, edits))
    return found


def _says_something_else(edit: Edit) -> bool:
    return _bare(edit.surface) != _bare(edit.canonical)


def _bare(word: str) -> str:
    """The letters of a word without dress: no marks, no invisible characters, no capitals."""
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(char for char in decomposed if unicodedata.category(char)[0] not in "MC").casefold()


def main() -> None:
    """Print the share and the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a list to read")
    options = parser.parse_args()
    lexicon = lexicon_of_repository()
    texts = list(texts_of(CORPUS, harmful=False, pattern="innocent.jsonl"))
    if options.folder:
        texts += texts_of(options.folder, harmful=False)
    found = changed(texts, lexicon=lexicon)
    steps = Counter(edit.step.value for case in found for edit in case.edits)
    if options.json:
        cases = [
            {
                "text": case.text,
                "edits": [[edit.surface, edit.canonical, edit.step.value] for edit in case.edits],
            }
            for case in found
        ]
        share = round(len(found) / len(texts), 5)
        report = {"texts": len(texts), "changed": len(found), "share": share, "steps": steps, "cases": cases}
        print(json.dumps(report, indent=1, ensure_ascii=False))
        return
    print(f"{len(found)} of {len(texts)} texts, {len(found) / len(texts):.2%}; edits by step: {dict(steps)}")
    for case in found:
        for edit in case.edits:
            start, end = max(edit.start - 30, 0), edit.end + 30
            print(f"{edit.step.value:10} {edit.surface!r} -> {edit.canonical!r}: {case.text[start:end]!r}")


if __name__ == "__main__":
    main()
