"""What was measured, as tables in Markdown, which a terminal shows as they are."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

Figures = dict[str, Any]

SIGNIFICANT = 3


def keep(folder: Path, name: str, figures: Figures) -> None:
    """Write figures into a folder, from which `python -m benchmarks.page` makes docs/speed.md."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with columns of even width, the first to the left and the others to the right."""
    cells = [list(head), *(list(row) for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(head))]
    lines = [
        "| "
        + " | ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in cells
    ]
    rule = (
        "|"
        + "|".join("-" * (width + 1) + (":" if place else "-") for place, width in enumerate(widths))
        + "|"
    )
    return "\n".join([lines[0], rule, *lines[1:]])


def number(value: float) -> str:
    """A number with three digits that mean something.

    >>> [number(value) for value in (0.01234, 12.34, 1234.5)]
    ['0.0123', '12.3', '1,234']
    """
    if value >= 10 ** (SIGNIFICANT - 1) or value == int(value):
        return f"{value:,.0f}"
    return f"{value:#.{SIGNIFICANT}g}"


def compared(figures: Figures) -> str:
    """Every table of a comparison."""
    sections = [
        _machine(figures),
        "One text at a time: median milliseconds (p95, p99)\n\n" + _alone(figures),
        "Texts a second, median of the rounds (lowest to highest)\n\n" + _rates(figures),
        "Milliseconds of processor time of a text, all threads and processes\n\n" + _processor(figures),
        "Milliseconds of a request under load, medium posts: median (p95, p99)\n\n" + _under_load(figures),
        "Milliseconds of one text by those of the other side in the same round, below 1 is faster: "
        "median (lowest to highest)\n\n" + _ratios(figures, "p50", alone=True),
        "Texts a second by those of the other side in the same round, above 1 is faster: "
        "median (lowest to highest)\n\n" + _ratios(figures, "rate", alone=False),
        "Resident memory\n\n"
        + table(("process", "MB"), [(name, number(size)) for name, size in figures["rss_mb"].items()]),
    ]
    if figures["peers"]:
        sections += ["The same weights?\n\n" + _agreement(figures), "The floor\n\n" + _floor(figures)]
    left_out = [f"- {each['contender']}: {each['why']}" for each in figures["left_out"]]
    sections.append("Left out: " + ("\n\n" + "\n".join(left_out) if left_out else "nothing."))
    return "\n\n".join(sections) + "\n"


def judged(figures: Figures) -> str:
    """Whether Plainspeak is as fast as ONNX Runtime at full precision, each served, in every case."""
    sides = [
        each
        for each in figures["ratios"]
        if (each["of"], each["to"]) == ("plainspeak, served", "ONNX Runtime, served")
    ]
    rows = [
        (
            f"{each['kind']}, {each['concurrency']} at a time",
            _spread(each["p50"]),
            _spread(each["rate"]),
            _faster(each["rate"]),
        )
        for each in sides
    ]
    if not rows:
        return "ONNX Runtime was not measured.\n"
    return table(("posts", "median time by ONNX's", "texts a second by ONNX's", "Plainspeak is"), rows) + "\n"


def _faster(rate: Figures) -> str:
    if rate["low"] > 1:
        return "faster"
    return "slower" if rate["high"] < 1 else "as fast, as far as these rounds tell"


def profiled(figures: Figures) -> str:
    """Where the time of a request goes."""
    whole = figures["request_us"]
    rows = [
        (each["part"], f"{each['us']:,}", f"{each['us'] / whole:.1%}")
        for each in sorted(figures["parts"], key=lambda each: -each["us"])
    ]
    rows.append(("a request over HTTP", f"{whole:,}", "100%"))
    threads = figures["engine_threads"]
    return (
        table(("what", "microseconds", "of the request"), rows)
        + f"\n\nThe fastest quarter of {figures['posts']} medium posts is done in these times. The median "
        f"request took {figures['median_us']:,} microseconds. Threads of the engine: {threads}.\n"
    )


def scaled(figures: Figures) -> str:
    """Every series, with the exponents in the last row."""
    machine = f"{figures['at']} UTC, {figures['processor']}, {figures['cores']} cores"
    sections = [f"{machine}, threads of the engine: {figures['engine_threads']}"]
    for part, series in figures["series"].items():
        powers = figures["exponents"].get(part, {})
        head = list(series[0])
        rows = [[number(row[name]) for name in head] for row in series]
        rows.append(
            ["grows with the power", *(f"{powers[name]:.2f}" if name in powers else "" for name in head[1:])]
        )
        sections.append(f"### {part}\n\n" + table([name.replace("_", " ") for name in head], rows))
    return "\n\n".join(sections) + "\n"


def started(figures: Figures) -> str:
    """How long a start takes, and what its imports cost."""
    phases = (
        ("ready, from a fresh database", "fresh_database_ms"),
        ("ready, from a database that is up to date", "ready_ms"),
        ("processor time of Python itself", "python_cpu_ms"),
        ("processor time of importing", "imports_cpu_ms"),
    )
    packages = [(each["package"], number(each["ms"])) for each in figures["packages"]]
    return (
        table(("start", "ms"), [(name, number(figures[key])) for name, key in phases])
        + f"\n\nMedians of {figures['rounds']} starts.\n\n"
        + table(("modules of a package, imported once under `-X importtime`", "ms"), packages)
        + "\n"
    )


def _machine(figures: Figures) -> str:
    machine, peers = figures["machine"], figures["peers"]
    versions = ", ".join(f"{name} {version}" for name, version in (peers or {}).get("versions", {}).items())
    return (
        f"{machine['at']} UTC, {machine['processor']}, {machine['cores']} cores, engine on "
        f"{machine['engine_threads']} threads, load average {machine['load_average']}, "
        f"Python {machine['python']}, {machine['model']}, {figures['rounds']} rounds.\n{versions}"
    ).strip()


def _alone(figures: Figures) -> str:
    cases = _cases(figures, lambda case: case["concurrency"] == 1)
    kinds = list(dict.fromkeys(kind for _, kind, _ in cases))
    rows = [
        (name, *(_times(cases.get((name, kind, 1))) for kind in kinds))
        for name in dict.fromkeys(name for name, _, _ in cases)
    ]
    return table(("", *kinds), rows)


def _rates(figures: Figures) -> str:
    cases = _cases(figures, lambda case: case["concurrency"] > 1)
    columns = list(dict.fromkeys((kind, concurrency) for _, kind, concurrency in cases))
    rows = [
        (name, *(_rate(cases.get((name, *column))) for column in columns))
        for name in dict.fromkeys(name for name, _, _ in cases)
    ]
    return table(("", *(_case_name(*column) for column in columns)), rows)


def _processor(figures: Figures) -> str:
    cases = _cases(figures, lambda case: case["processor_ms"] is not None)
    columns = list(dict.fromkeys((kind, concurrency) for _, kind, concurrency in cases))
    rows = [
        (name, *(_processor_ms(cases.get((name, *column))) for column in columns))
        for name in dict.fromkeys(name for name, _, _ in cases)
    ]
    return table(("", *(_case_name(*column) for column in columns)), rows)


def _processor_ms(case: Figures | None) -> str:
    return "" if case is None else number(case["processor_ms"])


def _under_load(figures: Figures) -> str:
    cases = _cases(figures, lambda case: case["kind"] == "medium" and case["contender"].endswith("served"))
    levels = list(dict.fromkeys(concurrency for _, _, concurrency in cases))
    rows = [
        (name, *(_times(cases.get((name, "medium", level))) for level in levels))
        for name in dict.fromkeys(name for name, _, _ in cases)
    ]
    return table(("", *(f"{level} at a time" for level in levels)), rows)


def _ratios(figures: Figures, key: str, *, alone: bool) -> str:
    """A row for two sides, a column for each kind of posts and number of callers."""
    cells = {
        (f"{each['of']} / {each['to']}", (each["kind"], each["concurrency"])): _spread(each[key])
        for each in figures["ratios"]
        if (each["concurrency"] == 1) is alone
    }
    columns = list(dict.fromkeys(column for _, column in cells))
    rows = [
        (sides, *(cells.get((sides, column), "") for column in columns))
        for sides in dict.fromkeys(sides for sides, _ in cells)
    ]
    return table(("", *(_case_name(*column) for column in columns)), rows)


def _case_name(kind: str, concurrency: int) -> str:
    return kind if concurrency == 1 else f"{kind}, {concurrency} at a time"


def _agreement(figures: Figures) -> str:
    found = figures["peers"]["agreement"]
    rows = [
        (name, f"{each['most_logit_difference']:.4f}", f"{each['most_probability_difference']:.4f}")
        for name, each in found.items()
        if isinstance(each, dict)
    ]
    return (
        table(("beside llama.cpp", "most a logit differs", "most a probability differs"), rows)
        + f"\n\nOn {found['texts']} posts. Probabilities at most {found['tolerance']} apart are taken for "
        "those of the same model; the 8-bit ONNX is not held to it."
    )


def _floor(figures: Figures) -> str:
    floor = figures["floor"]
    rows = [
        (kind, number(each["tokens"]), number(each["million_multiply_adds"]), number(each["floor_ms"]))
        for kind, each in floor["kinds"].items()
    ]
    return (
        table(("posts", "tokens", "million multiply-adds", "floor, ms"), rows)
        + f"\n\nAt {number(floor['giga_multiply_adds_per_s'])} thousand million multiply-adds a second."
    )


def _cases(figures: Figures, wanted: Any) -> dict[tuple[str, str, int], Figures]:  # noqa: ANN401 a predicate
    return {
        (case["contender"], case["kind"], case["concurrency"]): case
        for case in figures["cases"]
        if wanted(case)
    }


def _times(case: Figures | None) -> str:
    if case is None:
        return ""
    return f"{number(case['p50_ms'])} ({number(case['p95_ms'])}, {number(case['p99_ms'])})"


def _rate(case: Figures | None) -> str:
    return (
        f"{number(case['rate'])} ({number(case['rate_low'])} to {number(case['rate_high'])})" if case else ""
    )


def _spread(found: Figures) -> str:
    return f"{found['median']:.2f} ({found['low']:.2f} to {found['high']:.2f})"
