"""`plainspeak backfill`, with a real Ray of two actors, killed in between: every row once."""

import json
import re
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

ROWS, BLOCK_ROWS = 240, 20
WORDS = ("good morning", "k!ll y0urs3lf", "have a lovely day", "I want to unalive myself", "see you at six")
WITHOUT_RAY = """
import sys
sys.modules["ray"] = None
from importlib import util
found, missing = util.find_spec, {"ray", "pyarrow"}
util.find_spec = lambda name: None if name in missing else found(name)
from app.cli import main
main()
"""


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    path = tmp_path / "posts.jsonl"
    texts = [f"{WORDS[number % len(WORDS)]}, {number}" for number in range(ROWS)]
    path.write_text("".join(json.dumps({"n": n, "text": text}) + "\n" for n, text in enumerate(texts)))
    return path


@pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not here: it comes with the extra backfill")
def test_a_backfill_that_is_killed_goes_on_and_every_row_is_there_once(
    environment: dict[str, str], posts: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    options = ["--id-column", "n", "--format", "jsonl", "--block-rows", str(BLOCK_ROWS), "--actors", "2"]
    command = [sys.executable, "-m", "app.cli", "backfill", str(posts), "--out", str(out), *options]

    with subprocess.Popen(command, env=environment, cwd=tmp_path) as process:
        while len(list(out.glob("part-*"))) < 2:
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    kept = {path.name: path.stat().st_mtime_ns for path in out.glob("part-*")}
    assert not (out / "_SUCCESS").exists()
    last = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)

    blocks = ROWS // BLOCK_ROWS
    assert f"{ROWS} rows in" in last.stderr
    assert f"of {blocks} blocks are done already." in last.stderr
    parts = sorted(out.glob("part-*"))
    # What was done is not done again.
    assert {name: at for name, at in kept.items() if (out / name).stat().st_mtime_ns == at} == kept
    found = [json.loads(line) for path in parts for line in path.read_text().splitlines()]
    assert [row["id"] for row in found] == [str(number) for number in range(ROWS)]
    assert {row["action"] for row in found[1::5]} == {"review"}
    assert {row["action"] for row in found[0::5]} == {"allow"}
    assert (out / "_SUCCESS").exists()
    # Done is done: nothing is started for it.
    again = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert f"{blocks} of {blocks} blocks are done already." in again.stderr


@pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not here: it comes with the extra backfill")
@pytest.mark.parametrize(
    ("options", "settings", "said"),
    [
        (
            ["--address", "nowhere"],
            {},
            "The Ray cluster at 'nowhere' cannot be reached: Invalid address format",
        ),
        ([], {"RAY_TMPDIR": "/proc/nowhere"}, "Ray does not start on this machine: .*'/proc/nowhere'"),
    ],
)
def test_a_ray_that_does_not_start_says_what_to_do(
    *,
    environment: dict[str, str],
    posts: Path,
    tmp_path: Path,
    options: list[str],
    settings: dict[str, str],
    said: str,
) -> None:
    words = ["backfill", str(posts), "--out", str(tmp_path / "out"), "--actors", "1", *options]
    result = subprocess.run(
        [sys.executable, "-m", "app.cli", *words],
        env=environment | settings,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert re.search(said, " ".join(result.stderr.split())), result.stderr


def test_without_ray_it_says_what_to_install(
    environment: dict[str, str], posts: Path, tmp_path: Path
) -> None:
    words = ["backfill", str(posts), "--out", str(tmp_path / "out")]
    result = subprocess.run(
        [sys.executable, "-c", WITHOUT_RAY, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert "needs Ray Data, which is not here" in result.stderr
    assert "'.[backfill]'" in result.stderr
    assert not (tmp_path / "out").exists()
