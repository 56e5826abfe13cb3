"""The tables of a model's page, from the figures of `training.evaluate`."""

from collections.abc import Sequence
from typing import Any

from training import gates

Figures = dict[str, Any]

_AUROC, _AUPRC = "AUROC (95 % interval)", "AUPRC (95 % interval)"


def metrics_page(figures: Figures, *, plot: str) -> str:
    """All tables of the page, as Markdown."""
    sections = [
        ("Any harm", _overall_table(figures["sets"])),
        ("Each category", _category_table(figures["sets"])),
        ("Innocent texts that were sent to a person", _benign_table(figures["benign"])),
        ("Severity", _severity_table(figures["sets"]["severity_held_back"]["severity"])),
        ("By length", _length_table(figures["sets"])),
        ("Disguised copies", _obfuscation_table(figures)),
        ("Amid innocent sentences", _company_table(figures["company"])),
        ("Groups that are named", _identity_table(figures["identity"])),
        ("Quantized and whole", _quantization_table(figures["quantization"])),
    ]
    if "baseline" in figures:
        sections.append(("Against word and character n-grams", _baseline_table(figures)))
    gate_table = gates.gates_table(gates.check(figures, gates.read_gates(gates.GATES)))
    sections.append(("Gates", gate_table))
    body = "\n\n".join(f"### {title}\n\n{table}" for title, table in sections)
    return f"![How far the score can be believed]({plot})\n\n{body}\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _overall_table(sets: Figures) -> str:
    head = (
        "set", "rows", "harmful", _AUROC, _AUPRC, "macro F1", "precision", "recall", "false positives",
        "innocent reviewed", "calibration error",
    )  # fmt: skip
    rows = [
        [
            name,
            str(each["labelled"]),
            str(each["positives"]),
            _interval(each["auroc"]),
            _interval(each["auprc"]),
            _n(each["label"]["macro_f1"]),
            _n(each["label"]["precision"]),
            _n(each["label"]["recall"]),
            _n(each["label"]["false_positive_rate"]),
            _n(each["reviewed"]["false_positive_rate"]),
            _n(each["calibration_error"]),
        ]
        for name, each in sets.items()
    ]
    return table(head, rows)


def _category_table(sets: Figures) -> str:
    head = ("set", "category", "positives", _AUROC, _AUPRC, "precision", "recall")
    rows = [
        [
            name,
            str(category["category"]),
            str(category["positives"]),
            _interval(category["auroc"]),
            _interval(category["auprc"]),
            _n(category["flagged"]["precision"]),
            _n(category["flagged"]["recall"]),
        ]
        for name, each in sets.items()
        for category in each["categories"]
    ]
    return table(head, rows)


def _benign_table(benign: Figures) -> str:
    return table(("kind", "sent to a person"), [[name, _n(rate)] for name, rate in benign.items()])


def _severity_table(severity: Figures) -> str:
    labels = ("safe", "potentially_harmful", "harmful", "extremely_harmful")
    rows = [[label, *map(str, row)] for label, row in zip(labels, severity["confusion"], strict=True)]
    confusion = table(("a person's label", *labels), rows)
    return (
        f"{confusion}\n\nThe same label in {_n(severity['exact'])} of {severity['rows']} texts, "
        f"at most one step away in {_n(severity['within_one_step'])}."
    )


def _length_table(sets: Figures) -> str:
    names = [group["name"] for group in next(iter(sets.values()))["lengths"]]
    rows = [
        [name, *(_n(group["auroc"]["value"]) for group in each["lengths"])] for name, each in sets.items()
    ]
    return table(("AUROC", *names), rows)


def _obfuscation_table(figures: Figures) -> str:
    with_it, without = figures["obfuscation"], figures["obfuscation_without_normalizer"]
    pairs = [("as written", with_it["clean"], without["clean"])]
    pairs += [(name, each, without["families"][name]) for name, each in with_it["families"].items()]
    rows = [
        [name, *(_n(each[key]) for each in (ours, raw) for key in ("recall", "false_positive_rate"))]
        for name, ours, raw in pairs
    ]
    head = ("disguise", "recall", "false positives", "recall without normalizer", "false positives without")
    return table(head, rows)


def _company_table(company: Figures) -> str:
    pairs = [("alone", company["alone"]), *company["amid"].items()]
    rows = [[name, _n(each["recall"]), _n(each["false_positive_rate"])] for name, each in pairs]
    return table(("a sentence", "recall", "false positives"), rows)


def _identity_table(identity: Figures) -> str:
    rows = [[name, _n(rate)] for name, rate in identity["groups"].items()]
    return (
        f"{table(('group', 'neutral sentences sent to a person'), rows)}\n\n"
        f"Over all groups {_n(identity['false_positive_rate'])}; "
        f"from the best to the worst group {_n(identity['gap'])}."
    )


def _quantization_table(quantization: Figures) -> str:
    rows = [[name, f"{lost:+.4f}"] for name, lost in quantization["auroc_lost"].items()]
    return table(("set", "AUROC lost by Q4_K_M against F16"), rows)


def _baseline_table(figures: Figures) -> str:
    rows = []
    for name, each in figures["baseline"].items():
        ours = figures["sets"][name]
        by_category = {category["category"]: category["auprc"]["value"] for category in ours["categories"]}
        mine = {"any harm": ours["auprc"]["value"]} | by_category
        rows += [[name, what, _n(theirs), _n(mine.get(what))] for what, theirs in each.items()]
    return table(("set", "what", "AUPRC n-grams", "AUPRC plainspeak-mini"), rows)


def _interval(figure: Figures) -> str:
    return f"{_n(figure['value'])} ({_n(figure['low'])} to {_n(figure['high'])})"


def _n(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
