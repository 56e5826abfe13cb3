"""Which scores of the encoder are worth a second opinion: every band on labelled texts, with what it costs.

    python -m training.band FILE... --scorer models/NAME.gguf|ollama:NAME|https://... [--rows N] [--json]

Both lanes read every text once; then each band is tried on what they said, with the policy of the settings. A
text that the language model is asked about in any case (code, another language) counts with every band.

More texts that go to a person are more harmful ones found, whoever asks for them. So beside each band stands
what the encoder finds alone when its own thresholds are lowered until as many innocent texts go to a person:
`gain` is what the language model adds to that. A band is worth its calls where the gain is more than chance.
`reach` is the share of the harmful texts that the encoder alone lets through which the band asks about: the
most that any language model could find there. A band that was chosen among many looks a little better than it
is: measure it once more on other texts.
"""

import argparse
import json
import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from app import bootstrap
from app.core.calibration import logit
from app.core.classify import Band, Classifier, handover_of, together
from app.core.language import language_of
from app.core.policy import Policy, decide
from app.core.types import Action, Classification, Label, NormalizedText, Verdict
from app.services.evaluation import LabelledText, read_labelled
from app.services.judge import Judge
from app.settings import Settings
from training.page import table

LOWS = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
HIGHS = (0.5, 1.0)
_NOWHERE = Band(low=2.0, high=2.0)
"""No score is in it."""
_CHUNK = 256
_REACH = 0.9
"""Share of what the encoder lets through that a band should ask about, as long as no model says more."""
_SURE = 2.0
"""Standard errors of a gain that is more than chance."""

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heard:
    """What both lanes say of labelled texts; one place in each array for each text."""

    harmful: Flags
    score: Floats
    """Harm as a whole, by the encoder."""
    anyway: Flags
    """Whether the language model is asked in any band."""
    flagged: Flags
    """2 x texts: a label but safe, by the encoder alone and by both lanes."""
    reviewed: Flags
    """2 x texts: any action but allow."""
    margin: Floats
    """By how many logits the encoder alone reaches its nearest threshold for a person."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One band on all texts. Shares are of the harmful or of the innocent texts."""

    low: float
    high: float
    asked: float
    """Share of all texts that the language model is asked about."""
    found: float
    """Harmful texts that go to a person."""
    innocent_reviewed: float
    missed: float
    """Harmful texts that are called safe."""
    innocent_flagged: float
    wrong: float
    """Share of all texts on the wrong side of safe."""
    reach: float
    gain: float
    """Of `found`, against the encoder alone with thresholds that send as many innocent texts to a person."""
    error: float
    """Standard error of the gain."""


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--scorer", required=True)
    parser.add_argument("--rows", type=int, help="most rows of a file, drawn by chance; else all")
    parser.add_argument("--json", action="store_true", help="on one line")
    options = parser.parse_args()
    rows = [row for path in options.files for row in _some(path, options.rows) if row.harmful is not None]
    judge = bootstrap.build_judge(Settings(scorer=options.scorer))
    try:
        heard, ms = listen(judge, rows)
    finally:
        judge.classifier.close()
    tried = [try_band(heard, band) for band in bands_of(judge.policy)]
    if options.json:
        best = chosen(tried)
        facts = {"texts": len(rows), "harmful": int(heard.harmful.sum()), "scorer_ms": round(ms, 1)}
        bands = [asdict(each) for each in tried]
        print(
            json.dumps(
                facts | {"bands": bands, "chosen": best and asdict(best), "reaching": asdict(reaching(tried))}
            )
        )
        return
    print(
        f"{len(rows)} texts, {heard.harmful.sum()} harmful; the language model took {ms:.1f} ms for each.\n"
    )
    print(bands_table([try_band(heard, _NOWHERE), *tried]))
    print(f"\n{advice(tried)}")


def bands_of(policy: Policy) -> list[Band]:
    """Every band that is tried: all pairs of bounds, and up to the score that goes to a person anyway."""
    highs = sorted({*HIGHS, policy.overall.review or 1.0, policy.band.high})
    lows = sorted({*LOWS, policy.band.low})
    return [Band(low, high) for high in highs for low in lows if low < high]


def listen(judge: Judge, rows: Sequence[LabelledText]) -> tuple[Heard, float]:
    """Ask both lanes about every text; also the milliseconds that the language model took for each.

    Raises:
        SystemExit: there is no second lane.
    """
    first, second = judge.first_lane, judge.language_model
    if first is None or second is None:
        raise SystemExit("There is no second lane to measure. Name one with --scorer.")
    texts = [judge.read(row.text) for row in rows]
    early = _classified(first, texts)
    began = time.perf_counter()
    late = _classified(second, texts)
    ms = 1000 * (time.perf_counter() - began) / len(texts)
    languages = [language_of(text.original, text.plain, guess=judge.guess) for text in texts]
    anyway = [_asked_anyway(*each) for each in zip(texts, early, languages, strict=True)]
    both = [together(one, other, why=None) for one, other in zip(early, late, strict=True)]
    verdicts = [
        [_verdict(judge, *each) for each in zip(texts, some, languages, strict=True)]
        for some in (early, both)
    ]
    heard = Heard(
        harmful=np.array([row.harmful for row in rows], dtype=bool),
        score=np.array([verdict.score for verdict in verdicts[0]]),
        anyway=np.array(anyway),
        flagged=np.array([[each.label is not Label.SAFE for each in some] for some in verdicts]),
        reviewed=np.array([[each.action is not Action.ALLOW for each in some] for some in verdicts]),
        margin=np.array([margin_of(verdict, judge.policy) for verdict in verdicts[0]]),
    )
    return heard, ms


def try_band(heard: Heard, band: Band) -> Tried:
    """What a band would do."""
    asked = heard.anyway | ((heard.score >= band.low) & (heard.score <= band.high))
    flagged = np.where(asked, heard.flagged[1], heard.flagged[0])
    reviewed = np.where(asked, heard.reviewed[1], heard.reviewed[0])
    harmful, innocent = heard.harmful, ~heard.harmful
    instead = lowered(heard, reviewed=int((reviewed & innocent).sum()))
    only_here = int((harmful & reviewed & ~instead).sum())
    only_there = int((harmful & instead & ~reviewed).sum())
    let_through = harmful & ~heard.reviewed[0]
    return Tried(
        low=band.low,
        high=band.high,
        asked=_share(asked),
        found=_share(reviewed[harmful]),
        innocent_reviewed=_share(reviewed[innocent]),
        missed=_share(~flagged[harmful]),
        innocent_flagged=_share(flagged[innocent]),
        wrong=_share(flagged != harmful),
        reach=_share(asked[let_through]),
        gain=(only_here - only_there) / max(1, int(harmful.sum())),
        error=math.sqrt(only_here + only_there) / max(1, int(harmful.sum())),
    )


def lowered(heard: Heard, *, reviewed: int) -> Flags:
    """Which texts the encoder alone sends to a person with thresholds that so many innocent ones reach."""
    innocent = ~heard.harmful
    more = reviewed - int((heard.reviewed[0] & innocent).sum())
    ranked = np.sort(heard.margin[innocent & ~heard.reviewed[0]])[::-1]
    least = -math.inf if more >= len(ranked) else np.nextafter(ranked[more], math.inf)
    found: Flags = heard.reviewed[0] | (heard.margin >= least)
    return found


def margin_of(verdict: Verdict, policy: Policy) -> float:
    """By how many logits a verdict reaches its nearest threshold for a person; less than 0 short of it."""
    steps = [(verdict.score, policy.overall.review)]
    steps += [(each.score, policy.thresholds(each.category).review) for each in verdict.categories]
    return max(
        (logit(score) - logit(review) for score, review in steps if review is not None), default=-math.inf
    )


def chosen(tried: Sequence[Tried]) -> Tried | None:
    """Of the bands about as good as the best, the one that asks least; None where none is worth its calls."""
    worth = [each for each in tried if each.gain > _SURE * each.error]
    if not worth:
        return None
    best = max(worth, key=lambda each: each.gain)
    return min((each for each in worth if each.gain >= best.gain - best.error), key=lambda each: each.asked)


def reaching(tried: Sequence[Tried]) -> Tried:
    """Of the bands that ask about enough of what the encoder lets through, the one that asks least."""
    widest = max(each.reach for each in tried)
    return min((each for each in tried if each.reach >= min(_REACH, widest)), key=lambda each: each.asked)


def advice(tried: Sequence[Tried]) -> str:
    """What to do, for people."""
    best, wide = chosen(tried), reaching(tried)
    if best is None:
        return (
            "No band is worth its calls with this model: the encoder alone finds as much with lower "
            "thresholds. Leave PLAINSPEAK_SCORER out. A band to try a better one in, which asks about "
            f"{wide.reach:.0%} of the harmful texts that the encoder lets through: "
            f"{wide.low:g} to {wide.high:g}."
        )
    return f"[cascade]\nlow = {best.low:g}\nhigh = {best.high:g}"


def bands_table(tried: Sequence[Tried]) -> str:
    """A Markdown table; a band that holds nothing is the encoder alone but for texts asked about anyway."""
    head = (
        "band", "asked", "harmful to a person", "innocent to a person", "harmful called safe",
        "innocent flagged", "wrong side", "reach", "gain",
    )  # fmt: skip
    return table(
        head,
        [
            [
                f"{each.low:g} to {each.high:g}" if each.low <= 1 else "none",
                *(f"{share:.1%}" for share in (each.asked, each.found, each.innocent_reviewed, each.missed)),
                *(f"{share:.1%}" for share in (each.innocent_flagged, each.wrong, each.reach)),
                f"{100 * each.gain:+.1f} ± {100 * _SURE * each.error:.1f}",
            ]
            for each in tried
        ],
    )


def _classified(lane: Classifier, texts: Sequence[NormalizedText]) -> list[Classification]:
    parts = (texts[start : start + _CHUNK] for start in range(0, len(texts), _CHUNK))
    return [each for part in parts for each in lane.classify(part)]


def _asked_anyway(text: NormalizedText, first: Classification, language: str) -> bool:
    return handover_of(text, first, band=_NOWHERE, language=lambda _: language) is not None


def _verdict(judge: Judge, text: NormalizedText, found: Classification, language: str) -> Verdict:
    return decide(found, text=text, policy=judge.policy, model="", lexicon="", language=language)


def _share(flags: Flags) -> float:
    return round(float(flags.mean()), 5) if flags.size else math.nan


def _some(path: Path, most: int | None) -> list[LabelledText]:
    rows = read_labelled(path)
    return rows if most is None or len(rows) <= most else Random(1).sample(rows, most)


if __name__ == "__main__":
    main()
