"""The commands as a person or a pipe meets them: results apart from notes, honest exit codes."""

import gzip
import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from app.commands.serve import address_of
from app.core.errors import DatasetInvalid
from app.services.evaluation import read_labelled

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

LABELLED = [
    ("have a lovely day", None),
    ("thank you so much for your help", None),
    ("the match was moved to saturday", None),
    ("does anybody know a good recipe for bread", None),
    ("what a beautiful garden", None),
    ("see you at six", None),
    ("I want to unalive myself", "self_harm"),
    ("k!ll y0urs3lf you worthless idiot", "harassment"),
    ("I will find you and kill you", "threat"),
    ("you are a stupid fucking bitch", "harassment"),
    ("i want to cut myself tonight", "self_harm"),
    ("go to hell you piece of shit", "harassment"),
]


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run a command to its end; keywords are settings."""

    def run(*arguments: str, stdin: bytes = b"", **settings: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [sys.executable, "-m", "app.cli", *arguments],
            input=stdin,
            env=environment | {f"PLAINSPEAK_{name.upper()}": value for name, value in settings.items()},
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )

    return run


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.jsonl"
    rows = [
        {"text": text, "harmful": harm is not None, "harm": {"self_harm": harm == "self_harm"}}
        for text, harm in LABELLED
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def lines_of(output: bytes) -> list[Any]:
    return [json.loads(line) for line in output.decode().splitlines()]


def assert_refused(result: "subprocess.CompletedProcess[bytes]", *words: str) -> None:
    """A known error: status 1, nothing on standard output, one line that says what and what next."""
    said = result.stderr.decode()
    assert result.returncode == 1, said
    assert result.stdout == b""
    assert said.startswith("plainspeak: ")
    assert said.count("\n") == 1
    assert all(word in said for word in words), said


def test_judges_a_post_and_exports_what_it_kept(run: Run, tmp_path: Path) -> None:
    given = run("moderate", "I want to unalive myself")
    piped = run("moderate", "-", "--no-store", stdin=b"I want to unalive myself\n")
    exported = run("export")
    written = run("export", "out.jsonl")

    answers = [json.loads(result.stdout) for result in (given, piped)]
    assert [result.returncode for result in (given, piped, exported, written)] == [0, 0, 0, 0]
    assert (given.stderr, piped.stderr) == (b"", b"")
    for answer in answers:
        assert (answer["label"], answer["category"]) == ("extremely_harmful", "self_harm")
        assert answer["normalized_text"] == "I want to kill myself"
        assert answer["review"]["state"] == "open"
    rows = lines_of(exported.stdout)
    assert [row["id"] for row in rows] == [answer["id"] for answer in answers]
    assert [row["text"] for row in rows] == ["I want to unalive myself", None]
    assert rows[0]["text_hash"] == rows[1]["text_hash"]
    assert rows[0]["rulings"] == []
    assert exported.stderr == b"2 decisions written.\n"
    assert written.stdout == b""
    assert (tmp_path / "out.jsonl").read_bytes() == exported.stdout


def test_an_export_for_training_leaves_nothing_of_an_older_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    old = tmp_path / "rows" / "moderators_overridden.jsonl"
    old.write_text('{"text": "a post that was erased since"}\n')

    exported = run("export", "rows", "--for", "training")

    assert (exported.returncode, exported.stdout) == (0, b"")
    assert exported.stderr == b"0 overridden, 0 confirmed: rows written.\n"
    assert old.read_bytes() == (old.parent / "moderators_confirmed.jsonl").read_bytes() == b""


def test_an_export_that_fails_says_so_and_leaves_the_one_before(run: Run, tmp_path: Path) -> None:
    assert run("moderate", "x").returncode == 0
    before = tmp_path / "out.jsonl"
    before.write_text("the export of yesterday")
    before.chmod(0o600)
    (tmp_path / "moderators_confirmed.jsonl").write_text("the lessons of yesterday")
    (tmp_path / "plan").mkdir()
    no_policy = {"policy": str(tmp_path / "none.toml")}
    refused = {
        "out.jsonl": no_policy,
        ". --for training": no_policy,
        "no/folder/a": {},
        "no/folder --for training": {},
        "plan": {},
        "/dev/full": {},
    }

    with ThreadPoolExecutor() as pool:
        results = list(pool.map(lambda each: run("export", *each[0].split(), **each[1]), refused.items()))
    assert_refused(results[0], "There is no policy")
    assert_refused(results[1], "There is no policy")
    for result in results[2:]:
        assert_refused(result, "cannot be written", "name another place")
    assert before.read_text() == "the export of yesterday"
    assert (tmp_path / "moderators_confirmed.jsonl").read_text() == "the lessons of yesterday"

    assert run("export", "out.jsonl").returncode == 0
    assert len(lines_of(before.read_bytes())) == 1
    # Nobody can read it who could not before.
    assert before.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob(".part-*")) == []


@pytest.mark.parametrize("arguments", ["", "/dev/stdout"])
def test_an_export_goes_to_what_is_no_file_as_it_is(
    arguments: str, run: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    assert run("moderate", "x").returncode == 0
    command = [sys.executable, "-m", "app.cli", "export", *arguments.split()]
    log = tmp_path / "log"
    log.write_text("a line of another program\n")

    with log.open("a") as out, Path("/dev/full").open("w") as full:
        added = subprocess.run(command, env=environment, stdout=out, check=False)
        failed = subprocess.run(command, env=environment, stdout=full, stderr=subprocess.PIPE, check=False)

    assert added.returncode == 0
    assert b'"text":"x"' in run("export", *arguments.split()).stdout
    if not arguments:
        assert log.read_text().startswith("a line of another program\n{")
    assert failed.returncode == 1
    assert re.fullmatch(
        r"plainspeak: .* cannot be written \(No space left on device\)\. .*\n", failed.stderr.decode()
    )


def test_measures_a_labelled_file(run: Run, labelled: Path) -> None:
    with ThreadPoolExecutor() as pool:
        table, figures = pool.map(lambda more: run("eval", str(labelled), *more), [(), ("--json",)])

    assert (table.returncode, figures.returncode) == (0, 0)
    shown = table.stdout.decode()
    for word in ("AUROC", "AUPRC", "F1", "precision", "recall", "false positive rate", "calibration error"):
        assert word in shown
    assert "12 (12, 6)" in shown
    assert "Self-harm" in shown
    assert b"Judging labelled.jsonl: 12 of 12" in table.stderr
    found = json.loads(figures.stdout)
    assert (found["rows"], found["labelled"], found["positives"]) == (12, 12, 6)
    assert found["auroc"]["value"] > 0.8
    assert [each["category"] for each in found["categories"]] == ["self_harm"]
    assert found["model"].startswith("plainspeak-mini@")
    assert b"Judging labelled.jsonl: 12 of 12" in figures.stderr


def test_a_measurement_says_that_a_model_did_not_answer(run: Run, tmp_path: Path) -> None:
    texts = ["have a lovely day", "Поезд опять опоздал, и чай в буфете был холодный"]
    rows = [json.dumps({"text": text, "harmful": False}) for text in texts]
    (tmp_path / "two.jsonl").write_text("\n".join(rows))
    measured = run("eval", str(tmp_path / "two.jsonl"), scorer="ollama:none", ollama_url="http://127.0.0.1:9")
    said = " ".join(measured.stdout.decode().split())
    assert "1 of 2 rows were not answered by every model and went to a person" in said


def test_names_what_is_wrong_with_a_labelled_file(run: Run, tmp_path: Path) -> None:
    paths = [str(tmp_path / "missing.jsonl"), str(tmp_path / "broken.jsonl")]
    Path(paths[1]).write_text('{"text": "fine", "harmful": false}\n\n{"text": "no label"\n')

    with ThreadPoolExecutor() as pool:
        missing, broken = pool.map(lambda path: run("eval", path), paths)

    assert_refused(missing, "There is no file", paths[0], "Give a .jsonl")
    assert_refused(broken, f"{paths[1]} line 3", "not a labelled row")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jsonl", b'{"text": "fine", "harmful": "yes"}\n', "line 1 .*'yes'"),
        ("a.jsonl", b'{"text": "fine", "harmful": true}\n{"text": " "}\n', "line 2: .*visible character"),
        ("a.jsonl", b'{"text": "123456", "harmful": true}\n', "line 1: .*6 characters; at most 5"),
        ("a.jsonl", b'{"text": 5, "harmful": true}\n', "line 1: text is 5"),
        ("a.jsonl", b'{"text": "x", "harm": ' + b"[" * 100_000 + b"\n", "line 1 is not"),
        ("a.jsonl", b"\n", "no rows"),
        ("a.jsonl", b'\xef\xbb\xbf{"text": "fine\xe2\x80\xa8", "harmful": true}\n1', "line 2 is not"),
        ("a.jsonl", b'{"text": "\xff"}\n', "is not UTF-8: its byte 11 is 0xff"),
        ("a.jsonl.gz", b'{"text": "x"}\n', "cannot be read .*gzip"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "x"}\n')[:-9], "cannot be read "),
    ],
)
def test_names_the_line_that_is_wrong(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(DatasetInvalid, match=f"{name}.* {words}"):
        read_labelled(path, max_chars=5)


def test_lists_the_models_and_whether_each_can_be_used(run: Run, tmp_path: Path, bundled_model: Path) -> None:
    for name in ("good", "bad"):
        (tmp_path / f"{name}.gguf").write_bytes(bundled_model.read_bytes())
    (tmp_path / "good.card.json").write_bytes(bundled_model.with_suffix(".card.json").read_bytes())
    (tmp_path / "link.gguf").symlink_to(tmp_path / "elsewhere.gguf")

    listed = run("models", "list", "--json", model=str(tmp_path / "good.gguf"))

    assert (listed.returncode, listed.stderr) == (0, b"")
    bad, good, link = json.loads(listed.stdout)
    size = bundled_model.stat().st_size
    assert {key: good[key] for key in ("file", "active", "kind", "bytes")} == {
        "file": "good.gguf",
        "active": True,
        "kind": "encoder",
        "bytes": size,
    }
    assert good["state"].startswith("ready: plainspeak-mini@")
    assert (bad["file"], bad["active"], bad["kind"]) == ("bad.gguf", False, "?")
    assert "has no card" in bad["state"]
    assert "There is no model" in link["state"]


def test_makes_the_database_and_says_when_it_cannot_write_it(run: Run, database_file: Path) -> None:
    made = run("db", "upgrade")
    read_only = run(
        "moderate",
        "x",
        database_url=f"sqlite:///file:{database_file}?mode=ro&uri=true",
        secret_key="0123456789abcdef0123456789abcdef",
    )

    assert (made.returncode, made.stdout, made.stderr) == (0, b"", b"The database is up to date.\n")
    # Nobody else on the machine reads the posts.
    modes = {path.suffix: path.stat().st_mode & 0o777 for path in database_file.parent.glob("plainspeak.*")}
    assert modes.keys() >= {".db", ".key"}
    assert set(modes.values()) == {0o600}
    assert_refused(read_only, "cannot be written", "Give this user write access")


def test_refuses_to_serve_with_a_setting_it_cannot_use(run: Run) -> None:
    wrong = [{"port": "abc"}, {"host": "0.0.0.0"}]  # noqa: S104 it is refused

    with ThreadPoolExecutor() as pool:
        port, host = pool.map(lambda setting: run("serve", **setting), wrong)

    assert_refused(port, "PLAINSPEAK_PORT is 'abc'", "docs/settings.md")
    assert_refused(host, "PLAINSPEAK_HOST is '0.0.0.0'", "no API key in use", "plainspeak keys create")


def test_makes_lists_and_revokes_keys(run: Run) -> None:
    made = run("keys", "create", "--name", "the forum", "--scope", "moderate")
    key_id = made.stdout.decode()[: len("ps_12345678")]
    listed = run("keys", "list")
    revoked = run("keys", "revoke", key_id)
    again = run("keys", "revoke", key_id)
    unsafe = run("serve", require_keys="true")
    (row,) = json.loads(run("keys", "list", "--json").stdout)

    assert (made.returncode, listed.returncode, revoked.returncode) == (0, 0, 0)
    assert made.stdout.startswith(b"ps_")
    assert made.stdout.count(b"\n") == 1
    assert b"not shown again" in made.stderr
    secret = made.stdout.strip()[len(key_id) + 1 :]
    assert secret not in made.stderr + listed.stdout + listed.stderr
    assert all(
        word in listed.stdout.decode() for word in (key_id, "the forum", "moderate", "never", "in use")
    )
    assert {name: row[name] for name in ("id", "name", "scope")} == {
        "id": key_id,
        "name": "the forum",
        "scope": "moderate",
    }
    assert row["revoked_at"]
    assert "hash" not in row
    assert_refused(again, key_id, "plainspeak keys list")
    assert_refused(unsafe, "PLAINSPEAK_REQUIRE_KEYS is set", "no API key in use")


def test_lists_the_whole_address_of_a_webhook_however_narrow_the_terminal(run: Run) -> None:
    run("webhooks", "add", "https://forum.example/hooks/of/the/first/board", "--event", "decision.created")
    listed = run("webhooks", "list").stdout.decode()

    assert "…" not in listed
    columns = [[cell.strip() for cell in line.split("│")] for line in listed.splitlines() if "│" in line]
    assert "".join(cells[2] for cells in columns) == "https://forum.example/hooks/of/the/first/board"
    assert "".join(cells[4] for cells in columns) == "decision.created"


def test_says_in_one_sentence_that_there_is_no_model(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "none.gguf")

    assert_refused(run("moderate", "x", model=path), path, "PLAINSPEAK_MODEL")


@pytest.mark.parametrize(("setting", "name"), [("policy", "policy.toml"), ("lexicon", "terms/a.toml")])
def test_names_a_policy_and_terms_that_are_not_utf_8(
    run: Run, tmp_path: Path, setting: str, name: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes("# für uns\n".encode("latin-1"))
    value = path.parent if setting == "lexicon" else path

    assert_refused(run("moderate", "x", **{setting: str(value)}), str(path), "0xfc", "Save", "UTF-8")


def test_prints_utf_8_where_the_terminal_has_another_encoding(run: Run, environment: dict[str, str]) -> None:
    environment["PYTHONIOENCODING"] = "latin-1"

    assert json.loads(run("moderate", "🌽 good morning").stdout)["normalized_text"].startswith("🌽")
    assert run("keys", "create", "--name", "🌽", "--scope", "moderate").returncode == 0
    assert "🌽" in run("keys", "list").stdout.decode()


def test_reads_a_post_as_a_file_is_read(run: Run) -> None:
    result = run("moderate", "-", stdin=b"\xef\xbb\xbfgood\r\nmorning\r\n")

    assert json.loads(result.stdout)["normalized_text"] == "good\r\nmorning"


@pytest.mark.parametrize(("post", "place"), [(b"a\xff", 2), (b"\xef\xbb\xbfa\xff", 5)])
def test_refuses_input_that_is_not_utf_8(run: Run, post: bytes, place: int) -> None:
    assert_refused(run("moderate", "-", stdin=post), f"not UTF-8: its byte {place} is 0xff")


@pytest.mark.parametrize(
    "url", ["foo", "data/x.db", "mysql://ann:hidden@host/name", "sqlite://", "sqlite:///:memory:"]
)
def test_a_url_that_cannot_be_used_is_told_before_the_key_it_lacks(
    run: Run, tmp_path: Path, url: str
) -> None:
    result = run("db", "upgrade", database_url=url)

    assert_refused(result, "The database URL", "Give one like 'sqlite:///plainspeak.db'")
    assert b"hidden" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_told_in_one_sentence(run: Run) -> None:
    assert run("keys", "create", "--name", "a", "--scope", "admin").returncode == 0
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor() as pool:
        port = str(server.getsockname()[1])
        # The second is an address of nobody, for documents (RFC 5737).
        hosts = ("127.0.0.1", "203.0.113.5")
        taken, elsewhere = pool.map(lambda host: run("serve", host=host, port=port), hosts)

    assert_refused(taken, f"The port {port} of '127.0.0.1' is taken", "PLAINSPEAK_PORT")
    assert_refused(elsewhere, "of '203.0.113.5' (", "Set PLAINSPEAK_HOST to an address of this machine")


def test_an_address_is_one_that_a_browser_takes() -> None:
    assert address_of("::1", 8000) == "http://[::1]:8000"
    assert address_of("127.0.0.1", 80) == "http://127.0.0.1:80"


def test_a_wrong_use_exits_with_2(run: Run, tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text("text\nI will find you and kill you\n")
    wrong = {
        "moderate posts.csv": "--out",
        "moderat": "No such command",
        "eval": "Missing argument",
        "export --for training": "Name a folder",
        "keys create --scope moderate --name=": "printable characters",
        "keys create --scope moderate --name=a\x1b[31m": "printable characters",
        "keys create --scope moderate --name=" + "a" * 101: "printable characters",
    }

    with ThreadPoolExecutor() as pool:
        results = list(pool.map(lambda arguments: run(*arguments.split()), wrong))

    for result, words in zip(results, wrong.values(), strict=True):
        said = result.stderr.decode()
        assert (result.returncode, result.stdout) == (2, b"")
        # Wrong use is told in a box, which breaks lines.
        assert words in " ".join(said.replace("│", " ").split())
        assert "Traceback" not in said


def test_people_are_added_listed_and_disabled(run: Run) -> None:
    added = run("users", "add", "Ada", "--role", "admin", stdin=b"seven green apples\n")
    weak = run("users", "add", "ben", "--role", "viewer", stdin=b"short\n")
    garbled = run("users", "add", "ben", "--role", "viewer", stdin="sieben grüne Äpfel\n".encode("latin-1"))
    listed = run("users", "list", "--json")
    last = run("users", "disable", "ada")

    assert added.returncode == 0
    assert_refused(weak, "5 characters", "12 to 200")
    # Without the letters that cannot be read it would be a password that nobody has.
    assert_refused(garbled, "not UTF-8")
    (user,) = json.loads(listed.stdout)
    assert (user["name"], user["role"], user["disabled_at"]) == ("ada", "admin", None)
    assert b"argon2" not in listed.stdout
    assert_refused(last, "last admin")
