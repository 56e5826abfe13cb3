"""What the benchmarks measure on: the lexicon of this repository, its corpus, and a folder of the user's."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from app.core.lexicon import Lexicon, parse_lexicon

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "corpus"


def lexicon_of_repository() -> Lexicon:
    """The terms under policies/lexicon."""
    files = sorted((ROOT / "policies" / "lexicon").glob("*.toml"))
    return parse_lexicon({file.name: file.read_text(encoding="utf-8") for file in files})


def texts_of(folder: Path, *, harmful: bool, pattern: str = "*.jsonl*") -> Iterator[str]:
    """The texts of the rows that are labelled so, from the files in order of name, gzip or not."""
    files = sorted(folder.glob(pattern))
    if not files:
        raise SystemExit(f"No {pattern} is in {str(folder)!r}. Name a folder that has some.")
    for file in files:
        opener = gzip.open if file.suffix == ".gz" else open
        with opener(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row.get("harmful") is harmful:
                    yield str(row["text"])
