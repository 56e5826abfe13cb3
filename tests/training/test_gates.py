import json
from pathlib import Path

import pytest

from training import gates
from training.gates import Gate, check, gates_table, read_gates

ROOM = Gate(name="room", path="sets/a/auroc/value", floor=0.7, goal=0.9)
NOISE = Gate(name="noise", path="identity/gap", floor=0.2, goal=0.05, at_most=True)


@pytest.mark.parametrize(
    ("auroc", "gap", "results"),
    [
        (0.95, 0.01, ["goal", "goal"]),
        (0.9, 0.05, ["goal", "goal"]),
        (0.8, 0.1, ["floor", "floor"]),
        (0.6, 0.3, ["missed", "missed"]),
        (None, None, ["missed", "missed"]),
    ],
)
def test_a_figure_reaches_the_goal_the_floor_or_neither(
    auroc: float | None, gap: float | None, results: list[str]
) -> None:
    figures = {"sets": {"a": {"auroc": {"value": auroc}}}, "identity": {"gap": gap}}
    assert [each.result for each in check(figures, [ROOM, NOISE])] == results


def test_a_figure_that_is_not_there_is_missed() -> None:
    assert check({"sets": {}}, [ROOM])[0].result == "missed"
    assert "| room | – | ≥ 0.7 | ≥ 0.9 | missed |" in gates_table(check({}, [ROOM]))


def test_the_exit_status_says_which_floor_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figures, table = tmp_path / "figures.json", tmp_path / "gates.toml"
    figures.write_text(json.dumps({"identity": {"gap": 0.5}}), encoding="utf-8")
    table.write_text(
        '[[gate]]\nname = "noise"\npath = "identity/gap"\nfloor = 0.2\ngoal = 0.05\nat_most = true\n',
        encoding="utf-8",
    )
    monkeypatch.setattr("sys.argv", ["gates", str(figures), "--gates", str(table)])
    with pytest.raises(SystemExit, match="Below the floor: noise"):
        gates.main()
    figures.write_text(json.dumps({"identity": {"gap": 0.1}}), encoding="utf-8")
    gates.main()
    assert "| noise | 0.100 |" in capsys.readouterr().out


def test_the_committed_gates_are_read_whole_and_no_goal_is_below_its_floor() -> None:
    found = read_gates(gates.GATES)
    assert len({gate.name for gate in found}) == len(found) > 10
    for gate in found:
        assert gate.goal <= gate.floor if gate.at_most else gate.goal >= gate.floor
