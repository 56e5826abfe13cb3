"""The comparison of ways to get a label runs from end to end on a small model."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_small_shape_prints_every_figure(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "benchmarks.scorer",
            "--shape",
            "small",
            "--threads",
            "1",
            "--load",
            "40",
            "--json",
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["texts"] == 20
    for name in ("speedup_vs_json", "speedup_vs_http", "floor_ratio", "rss_mib", "floor_ms"):
        assert figures[name] > 0
    assert figures["load_requests"] == 40
    assert figures["load_most_shift"] < 0.01
    # Thirty tokens under a grammar against none: whatever the machine does meanwhile, this is not close.
    assert figures["speedup_vs_json"] > 1
