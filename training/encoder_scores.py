"""What the bundled encoder says of every prepared row, for a decoder to learn from.

    python -m training.encoder_scores --run RUN --model models/plainspeak-mini.Q4_K_M.gguf [--threads 1]

Writes encoder-scores.npy to the run folder: rows of rows-train.jsonl x (categories, then any harm), float16,
nan for a row that is not scored yet. It is saved every few minutes, and a second call goes on from there.
Rows of which least is known come first, so that an ended run is of use too.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np

from app import bootstrap
from app.services.judge import Judge
from app.settings import Settings
from training.sources import CATEGORIES

FILE = "encoder-scores.npy"
CHUNK = 512
SAVE_EVERY_S = 120


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    judge = bootstrap.build_judge(Settings(model=arguments.model, threads=arguments.threads))
    try:
        score(run=arguments.run, judge=judge)
    finally:
        judge.classifier.close()


def score(*, run: Path, judge: Judge) -> None:
    """Score what is not scored yet."""
    with (run / "rows-train.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [row["text"] for row in rows]
    unknown = np.array([{None: 0, True: 1, False: 2}[row["harmful"]] for row in rows])
    path = run / FILE
    if path.is_file():
        scores = np.load(path)
    else:
        scores = np.full((len(texts), len(CATEGORIES) + 1), np.nan, dtype=np.float16)
    saved = time.monotonic()
    left = np.flatnonzero(np.isnan(scores[:, 0]))
    left = left[np.argsort(unknown[left], kind="stable")]
    for start in range(0, len(left), CHUNK):
        places = left[start : start + CHUNK]
        for place, judgement in zip(places, judge.judge([texts[place] for place in places]), strict=True):
            verdict = judgement.verdict
            scores[place] = [*(each.score for each in verdict.categories), verdict.score]
        if time.monotonic() - saved > SAVE_EVERY_S:
            saved = time.monotonic()
            np.save(path, scores)
            print(f"{start + len(places)} of {len(left)}", flush=True)
    np.save(path, scores)


if __name__ == "__main__":
    main()
