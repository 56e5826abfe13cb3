"""How fast Plainspeak is beside the alternatives: `python -m benchmarks`.

Measures, side by side on the same posts: the raw llama.cpp loop, Plainspeak in process and served, the same
weights in PyTorch and ONNX Runtime in process and behind a plain FastAPI application, filters of profanity,
and the matrix products alone. What is not installed is left out, and said to be. Takes about ten minutes.
"""

import argparse
import json
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import report
from benchmarks.compare import compare, plan


def main() -> None:
    """Measure, print, and keep the figures where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about two minutes, with wider spreads")
    parser.add_argument("--json", action="store_true", help="print JSON in place of tables")
    parser.add_argument("--out", type=Path, help="also write compare.json into this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        note = partial(print, file=sys.stderr, flush=True)
        figures = compare(plan(quick=options.quick), Path(folder), note=note)
    if options.out:
        report.keep(options.out, "compare", figures)
    print(json.dumps(figures, indent=1) if options.json else report.compared(figures))


if __name__ == "__main__":
    main()
