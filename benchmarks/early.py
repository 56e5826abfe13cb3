"""What early certainty spares and what it misses: `python -m benchmarks.early FOLDER`, which prints JSON.

FOLDER has *.jsonl or *.jsonl.gz files with rows {"text": ..., "harmful": true or false}; at most `--rows` of
each kind are drawn by chance. For each value of PLAINSPEAK_EARLY_CERTAINTY:

- `innocent_spared`: the share of innocent posts for which the model is not asked;
- `harmful_spared`: the share of harmful posts for which it is not asked either;
- `harmful_missed`: the share of harmful posts that the model would have called something else than safe.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from random import Random

from app import bootstrap
from app.classifiers.early import chances
from app.classifiers.gguf import read_card, read_second_opinion
from app.core.card import EncoderCard
from app.core.normalize import normalize
from app.core.types import Label
from app.settings import read_settings
from benchmarks.material import lexicon_of_repository, texts_of

LIMITS = (0.005, 0.01, 0.02, 0.03, 0.05)
SEED = 20261122


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=5_000, help="most of each kind")
    asked = parser.parse_args()
    settings = read_settings().model_copy(update={"early_certainty": 0.0})
    card = read_card(settings.model)
    words = read_second_opinion(settings.model, card=card) if isinstance(card, EncoderCard) else None
    if words is None:
        raise SystemExit(f"{str(settings.model)!r} has no n-gram model. Name another in PLAINSPEAK_MODEL.")
    lexicon = lexicon_of_repository()

    def worst(texts: Sequence[str]) -> list[float]:
        found = (chances(words, normalize(text, lexicon=lexicon)) for text in texts)
        return [1.0 if each is None else max(each) for each in found]

    innocent, harmful = (_drawn(asked.folder, harmful=kind, most=asked.rows) for kind in (False, True))
    of_innocent, of_harmful = worst(innocent), worst(harmful)
    spared = [text for text, chance in zip(harmful, of_harmful, strict=True) if chance <= max(LIMITS)]
    judge = bootstrap.build_judge(settings)
    with closing(judge.classifier):
        seen = {
            text: judged.verdict.label is not Label.SAFE
            for text, judged in zip(spared, judge.judge(spared), strict=True)
        }
    print(
        json.dumps(
            {
                "innocent": len(innocent),
                "harmful": len(harmful),
                "limits": [
                    {
                        "early_certainty": limit,
                        "innocent_spared": _share(chance <= limit for chance in of_innocent),
                        "harmful_spared": _share(chance <= limit for chance in of_harmful),
                        "harmful_missed": _share(
                            chance <= limit and seen[text]
                            for text, chance in zip(harmful, of_harmful, strict=True)
                        ),
                    }
                    for limit in LIMITS
                ],
            },
            indent=1,
        )
    )


def _drawn(folder: Path, *, harmful: bool, most: int) -> list[str]:
    texts = list(texts_of(folder, harmful=harmful))
    Random(SEED).shuffle(texts)
    return texts[:most]


def _share(hits: Iterable[bool]) -> float:
    found = list(hits)
    return round(sum(found) / max(len(found), 1), 4)


if __name__ == "__main__":
    main()
