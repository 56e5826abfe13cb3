"""Stage 4: what the packaged model is worth, through the path that serves requests.

    python -m training.evaluate --dev DATA/dev --run runs/mini --model MODEL.gguf --page PAGE.md

Measures the labelled files of DATA/dev, the texts of `training/held_back` and the hand-written texts that the
run kept back; disguised copies with and without the normalizer; copies amid innocent sentences; sentences
that name groups; the file before quantization; and a word and character n-gram baseline trained on the same
rows. Writes figures.json to the run folder, the main figures into the model's card, the tables between the
markers of the page, and a plot.
"""

import argparse
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from random import Random
from typing import Any

from app import bootstrap
from app.classifiers.gguf import card_path_of, sha256_of
from app.core.card import scores_entry
from app.core.metrics import Threshold
from app.core.types import Verdict
from app.services.evaluation import Evaluation, LabelledText, evaluate, judge_all, read_labelled
from app.services.judge import Judge
from app.settings import Settings
from app.terminal import finite
from training import baseline, gates
from training.package import NAME
from training.page import metrics_page
from training.plots import reliability_plot
from training.prepare import RECIPE
from training.probes import CLEAN, HELD_BACK, RUN_ON, copies_in_company, disguised_copies, identity_probes
from training.recipe import read_recipe

BEGIN, END = "<!-- metrics: written by training.evaluate -->", "<!-- end of metrics -->"
OBFUSCATED_ROWS = 160
"""Harmful and as many benign texts that are disguised in every way."""
OBFUSCATED_CHARS = 300
"""Longest text that is disguised: without the normalizer a disguised letter is a token of its own."""
COMPANY_WORDS = 20
"""Longest text that is put amid innocent sentences: what one sentence says."""
EVERYDAY = "jigsaw_test_subset"
"""Comments that nobody chose for what they say."""
SHORT = ("identity", "obfuscation", "company", "benign", "quantization")
"""Figures that the card has besides those of each file."""
QUANTIZATION_ROWS = 200
"""Most rows of a file that are read with both files."""

Figures = dict[str, Any]
Measure = Callable[[Sequence[LabelledText]], Evaluation]


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--page", type=Path, required=True)
    parser.add_argument("--without-baseline", action="store_true")
    parser.add_argument("--rows", type=int, help="most rows of a file of DEV, drawn by chance; else all")
    arguments = parser.parse_args()
    figures = measure(
        dev=arguments.dev,
        run=arguments.run,
        model=arguments.model,
        baselines=not arguments.without_baseline,
        most_rows=arguments.rows,
    )
    write(figures, run=arguments.run, model=arguments.model, page=arguments.page)
    print(gates.gates_table(gates.check(figures, gates.read_gates(gates.GATES))))


def measure(*, dev: Path, run: Path, model: Path, baselines: bool, most_rows: int | None = None) -> Figures:
    """Every figure of one model, on all rows or on some of each file."""
    sets = {
        path.name.split(".")[0]: _some(read_labelled(path), most_rows)
        for path in sorted(dev.glob("*.jsonl*"))
    }
    own = {
        "handmade_held_back": read_labelled(run / "rows-held.jsonl"),
        "benign_held_back": read_labelled(HELD_BACK / "benign.jsonl"),
        "severity_held_back": read_labelled(HELD_BACK / "severity.jsonl"),
    }
    probes = identity_probes(HELD_BACK / "identity_probes.toml")
    copies = disguised_copies(_to_disguise(sets, own["benign_held_back"]), seed=read_recipe(RECIPE).seed)
    short = [row for row in own["handmade_held_back"] if len(row.text.split()) <= COMPANY_WORDS]
    seated = copies_in_company(short, path=HELD_BACK / "company.toml", seed=read_recipe(RECIPE).seed)
    with _measuring(model) as found:
        figures: Figures = {
            "model": model.name,
            "sets": {name: asdict(found(rows)) for name, rows in (sets | own).items()},
            "identity": _identity(found(probes)),
            "obfuscation": _obfuscation(found(copies)),
            "company": _company(found(seated)),
        }
    with _measuring(model, as_written=True) as found:
        figures["obfuscation_without_normalizer"] = _obfuscation(found(copies))
    figures["scores"] = _spread(model, sets[EVERYDAY])
    figures["benign"] = {
        group["name"]: group["reviewed"]["false_positive_rate"]
        for group in figures["sets"]["benign_held_back"]["groups"]
    }
    whole = run / f"{NAME}.F16.gguf"
    figures["quantization"] = _quantization(sets, whole=whole, model=model)
    if baselines:
        figures["baseline"] = baseline.measure(run / "rows-train.jsonl", sets | own)
    whole_figures: Figures = finite(figures)
    return whole_figures


def _spread(model: Path, rows: Sequence[LabelledText]) -> dict[str, object]:
    """How scores are spread on everyday comments, which a dashboard compares its own with."""
    judge = bootstrap.build_judge(Settings(model=model))
    with closing(judge.classifier):
        return scores_entry(EVERYDAY, [verdict.score for verdict in _verdicts(judge, rows)])


def _some(rows: list[LabelledText], most: int | None) -> list[LabelledText]:
    return rows if most is None or len(rows) <= most else Random(1).sample(rows, most)


@contextmanager
def _measuring(model: Path, *, as_written: bool = False) -> Iterator[Measure]:
    judge = replace(bootstrap.build_judge(Settings(model=model)), as_written=as_written)

    def found(rows: Sequence[LabelledText]) -> Evaluation:
        print(f"  {len(rows)} texts", flush=True)
        return evaluate(rows, _verdicts(judge, rows), policy=judge.policy)

    try:
        yield found
    finally:
        judge.classifier.close()


def _verdicts(judge: Judge, rows: Sequence[LabelledText]) -> list[Verdict]:
    return [verdict for chunk in judge_all(judge, [row.text for row in rows]) for verdict in chunk]


def _to_disguise(sets: dict[str, list[LabelledText]], benign: Sequence[LabelledText]) -> list[LabelledText]:
    """Harmful texts from all dev files alike, and benign texts."""
    random = Random(1)
    harmful = [
        row for rows in sets.values() for row in rows if row.harmful and len(row.text) <= OBFUSCATED_CHARS
    ]
    return [
        *random.sample(harmful, min(OBFUSCATED_ROWS, len(harmful))),
        *random.sample(list(benign), min(OBFUSCATED_ROWS, len(benign))),
    ]


def _company(found: Evaluation) -> Figures:
    """Recall and false positive rate alone and in company, and the least recall beside that alone."""
    by_number = {group.name: group.reviewed for group in found.groups}
    alone = by_number.pop(CLEAN)
    ended = [each.recall for name, each in by_number.items() if not name.endswith(RUN_ON)]
    run_on = [each.recall for name, each in by_number.items() if name.endswith(RUN_ON)]
    return {
        "alone": _rates(alone),
        "amid": {name: _rates(each) for name, each in by_number.items()},
        "worst_recall_kept": min(ended) / alone.recall,
        "worst_recall_kept_run_on": min(run_on) / alone.recall,
    }


def _rates(found: Threshold) -> Figures:
    return {"recall": found.recall, "false_positive_rate": found.false_positive_rate}


def _obfuscation(found: Evaluation) -> Figures:
    """Recall and false positive rate by family, and the worst against the texts as written."""
    by_family = {group.name: group.reviewed for group in found.groups}
    clean = by_family.pop(CLEAN)
    single = {name: each for name, each in by_family.items() if " and " not in name}
    stacked = {name: each for name, each in by_family.items() if " and " in name}
    return {
        "clean": _rates(clean),
        "families": {name: _rates(each) for name, each in by_family.items()},
        "worst_recall_kept": min(each.recall for each in single.values()) / clean.recall,
        "worst_recall_kept_stacked": min(each.recall for each in stacked.values()) / clean.recall,
        "most_false_positives_added": max(
            each.false_positive_rate - clean.false_positive_rate for each in by_family.values()
        ),
    }


def _identity(found: Evaluation) -> Figures:
    rates = {group.name: group.reviewed.false_positive_rate for group in found.groups}
    return {
        "false_positive_rate": found.reviewed.false_positive_rate,
        "gap": max(rates.values()) - min(rates.values()),
        "groups": dict(sorted(rates.items(), key=lambda item: -item[1])),
    }


def _quantization(sets: dict[str, list[LabelledText]], *, whole: Path, model: Path) -> Figures:
    """AUROC that the quantized file loses against the whole one, on the same rows of each file."""
    card = json.loads(card_path_of(model).read_text(encoding="utf-8"))
    card |= {"file": whole.name, "sha256": sha256_of(whole), "metrics": {}}
    card_path_of(whole).write_text(json.dumps(card), encoding="utf-8")
    beside = card["second_opinion"]["file"]
    shutil.copyfile(model.with_name(beside), whole.with_name(beside))
    some = {
        name: _some(rows, QUANTIZATION_ROWS)
        for name, rows in sets.items()
        if {row.harmful for row in rows} >= {True, False}
    }
    values = []
    for path in (model, whole):
        with _measuring(path) as found:
            values.append({name: found(rows).auroc.value for name, rows in some.items()})
    small, large = values
    lost = {name: large[name] - small[name] for name in some}
    return {"rows_of_each": QUANTIZATION_ROWS, "auroc_lost": lost, "most": max(lost.values())}


def write(figures: Figures, *, run: Path, model: Path, page: Path) -> None:
    """Put the figures where people and programs look for them."""
    (run / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    card_path = card_path_of(model)
    card = json.loads(card_path.read_text(encoding="utf-8"))
    card["metrics"] = {name: _short(each) for name, each in figures["sets"].items()}
    card["scores"] = figures["scores"]
    card["metrics"] |= {key: figures[key] for key in SHORT}
    card_path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    plot = page.with_name(f"{page.stem}-reliability.svg")
    shown = ("jigsaw_test_subset", "handmade_held_back", "severity_held_back")
    reliability_plot(plot, {name: figures["sets"][name]["reliability"] for name in shown})
    text = page.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    page.write_text(
        f"{head}{BEGIN}\n\n{metrics_page(figures, plot=plot.name)}\n{END}{rest.partition(END)[2]}",
        encoding="utf-8",
    )


def _short(figures: Figures) -> Figures:
    left_out = ("reliability", "lengths", "groups", "model", "lexicon", "policy")
    return {key: value for key, value in figures.items() if key not in left_out}


if __name__ == "__main__":
    main()
