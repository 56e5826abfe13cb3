"""What the files for containers and supervisors promise, read from the files themselves."""

import json
import plistlib
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from configparser import RawConfigParser
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.settings import ROOT, Settings

PACKAGING = ROOT / "packaging"
UNIT = PACKAGING / "plainspeak.service"
CLONE = "/opt/plainspeak"
SECRET = re.compile(r"(?i)(password|secret|key|token)")

Instruction = tuple[str, str]


def stages_of(dockerfile: str) -> list[list[Instruction]]:
    """The instructions of each stage, with lines that go on put together."""
    lines = [line for line in dockerfile.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    whole = "\n".join(lines).replace("\\\n", " ")
    stages: list[list[Instruction]] = []
    for line in whole.splitlines():
        name, _, rest = line.partition(" ")
        if name == "FROM":
            stages.append([])
        stages[-1].append((name, rest.strip()))
    return stages


@pytest.fixture(scope="module")
def stages() -> list[list[Instruction]]:
    return stages_of((ROOT / "Dockerfile").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return found


def test_the_image_is_built_from_bases_named_by_a_tag(stages: list[list[Instruction]]) -> None:
    bases = [stage[0][1].split(" ")[0] for stage in stages]

    assert len(bases) >= 2
    for base in bases:
        assert re.fullmatch(r"[a-z]+:\d+\.\d+[a-z0-9.-]*", base), base


def test_what_runs_is_no_root_has_no_compiler_and_tells_whether_it_is_alive(
    stages: list[list[Instruction]],
) -> None:
    last = stages[-1]
    said = dict(last)

    assert "build-essential" not in str(last)
    assert said["USER"].isdigit()
    assert int(said["USER"]) > 0
    names = [name for name, _ in last]
    # Nothing is written after the rights are given away, and only the data is the user's own.
    assert {"RUN", "COPY", "ADD"}.isdisjoint(names[names.index("USER") :])
    assert [rest for _, rest in last if "chown" in rest] == ["mkdir data && chown plainspeak data"]
    assert "/healthz" in said["HEALTHCHECK"]
    assert json.loads(said["CMD"]) == ["plainspeak", "serve"]


def test_what_is_installed_is_locked_by_hash(stages: list[list[Instruction]]) -> None:
    installs = [rest for stage in stages for name, rest in stage if name == "RUN" and "pip install" in rest]

    whole, driver, own = installs
    assert "--require-hashes -r requirements/serve.txt" in whole
    assert "--require-hashes --no-deps -r postgres.txt" in driver
    assert "--no-deps --editable ." in own


def test_the_image_has_what_postgresql_is_reached_with(stages: list[list[Instruction]]) -> None:
    (chosen,) = [
        rest.partition(" > postgres.txt ")[0] for name, rest in stages[0] if name == "RUN" and "awk" in rest
    ]

    lines = subprocess.run(["sh", "-c", chosen], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    extra = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]["postgres"]
    assert [each.partition(">")[0] for each in extra] == ["psycopg[binary]"]
    packages = re.findall(r"^([a-z-]+)==", lines, re.MULTILINE)
    assert packages == ["psycopg", "psycopg-binary"]
    # Without an extra, a package needs what is installed with the service, or the other one.
    needs = [need for name in packages for need in requires(name) or () if "extra ==" not in need]
    there = {name for name, _ in locked("requirements/serve.txt")} | set(packages)
    assert {re.split(r"[^a-z-]", need)[0] for need in needs if "win32" not in need} <= there
    for line in lines.splitlines():
        assert re.match(r"[a-z-]+==|    --hash=sha256:[0-9a-f]{64}|    # via", line), line


def test_nothing_secret_is_copied_into_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()

    assert {".env", "data", ".git", ".venv", "runs"} <= set(ignored)


def test_the_app_stands_alone_and_the_others_are_asked_for(compose: dict[str, Any]) -> None:
    profiles = {name: service.get("profiles") for name, service in compose["services"].items()}

    assert profiles == {"app": None, "ollama": ["ollama"], "postgres": ["postgres"]}
    assert "depends_on" not in compose["services"]["app"]


def test_the_app_has_no_more_rights_than_it_needs(compose: dict[str, Any]) -> None:
    app = compose["services"]["app"]

    assert app["read_only"] is True
    assert app["cap_drop"] == ["ALL"]
    assert [mount.partition(":")[0] for mount in app["tmpfs"]] == ["/tmp"]  # noqa: S108 of the container
    assert [volume.partition(":")[2] for volume in app["volumes"]] == ["/srv/data"]
    assert all(port.startswith("127.0.0.1:") for port in app["ports"])
    for service in compose["services"].values():
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_no_file_holds_a_secret_and_images_have_tags(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        for variable, value in service["environment"].items():
            assert value is None or not SECRET.search(variable), variable
        assert name == "app" or re.fullmatch(r"[a-z/]+:\d+[a-z0-9.-]*", service["image"])


def test_every_setting_reaches_the_container(compose: dict[str, Any]) -> None:
    # Where the container is reached is not for them to say.
    inside = {"PLAINSPEAK_HOST", "PLAINSPEAK_PORT"}
    every = {f"PLAINSPEAK_{name.upper()}" for name in Settings.model_fields}

    assert set(compose["services"]["app"]["environment"]) == every - inside


def test_every_setting_in_the_files_is_one(compose: dict[str, Any]) -> None:
    known = {f"PLAINSPEAK_{name.upper()}" for name in Settings.model_fields}
    files = [ROOT / "Dockerfile", ROOT / "docker-compose.yml", *PACKAGING.iterdir()]

    found = {name for file in files for name in re.findall(r"PLAINSPEAK_[A-Z_]+", file.read_text("utf-8"))}

    assert found <= known
    # What waits on disk elsewhere waits in memory here, so there must be room for it.
    environment, (tmpfs,) = compose["services"]["app"]["environment"], compose["services"]["app"]["tmpfs"]
    room = int(tmpfs.partition("size=")[2].removesuffix("m")) * 1_000_000
    assert int(environment["PLAINSPEAK_MAX_LINES_BYTES"]) < room


def test_the_agent_of_launchd_is_whole() -> None:
    agent = plistlib.loads((PACKAGING / "plainspeak.plist").read_bytes())

    assert agent["ProgramArguments"] == [f"{CLONE}/.venv/bin/plainspeak", "serve"]
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    assert agent["Umask"] == 0o077
    assert agent["RunAtLoad"] is True
    for name in ("WorkingDirectory", "StandardOutPath", "StandardErrorPath"):
        assert agent[name].startswith(CLONE)
    assert "EnvironmentVariables" not in agent


def test_the_unit_gives_its_rights_away() -> None:
    unit = RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    unit.read(UNIT, encoding="utf-8")
    service = unit["Service"]

    assert service["User"] != "root"
    assert (service["ProtectSystem"], service["CapabilityBoundingSet"]) == ("strict", "")
    assert all(service[name] == "yes" for name in ("NoNewPrivileges", "PrivateTmp", "ProtectHome"))
    assert not SECRET.search(service["Environment"])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
def test_systemd_takes_the_unit_and_finds_it_hardly_exposed(tmp_path: Path) -> None:
    program = tmp_path / ".venv" / "bin" / "plainspeak"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text(encoding="utf-8").replace(CLONE, str(tmp_path)))

    def analyze(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)

    verified = analyze("verify", "--man=no", str(unit))
    assert [line for line in verified.stderr.splitlines() if UNIT.name in line] == []
    assert verified.returncode == 0, verified.stderr
    judged = analyze("security", "--offline=true", "--threshold=25", str(unit))
    assert judged.returncode == 0, judged.stdout


def command_of(target: str, program: str) -> list[str]:
    """The words with which `make TARGET` calls a program, which is taken from where these tests run."""
    shown = subprocess.run(
        ["make", "--dry-run", "--always-make", target], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.replace("\\\n", " ")
    (line,) = [line for line in shown.splitlines() if f"/{program} " in line]
    words = shlex.split(line.partition("||")[0])
    return [str(Path(sys.executable).parent / program), *words[1:]]


def locked(*files: str) -> set[tuple[str, str]]:
    """Names and versions of the locked packages."""
    text = "".join((ROOT / file).read_text(encoding="utf-8") for file in files)
    return set(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;]+)", text, re.MULTILINE))


def test_the_audit_is_asked_about_every_locked_package() -> None:
    command = command_of("audit", "pip-audit")
    files = [command[place + 1] for place, word in enumerate(command) if word == "--requirement"]

    assert files == ["requirements/serve.txt", "requirements/dev.txt"]
    # Without this, packages that the service says nothing of pass.
    assert "--strict" in command
    # Everything but asking the service, which may not be reachable here.
    asked = subprocess.run([*command, "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    (count,) = re.findall(r"would have audited (\d+) packages", asked.stderr)
    assert int(count) > len(locked("requirements/serve.txt"))


def test_the_bill_of_materials_names_every_locked_package_with_its_hashes(tmp_path: Path) -> None:
    command, out = command_of("sbom", "cyclonedx-py"), tmp_path / "sbom.json"
    command[command.index("--output-file") + 1] = str(out)

    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)

    bill = json.loads(out.read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "plainspeak")
    components = bill["components"]
    assert {(each["name"], each["version"]) for each in components} == locked("requirements/serve.txt")
    assert all(each["externalReferences"][0]["hashes"] for each in components)


def test_an_environment_that_could_not_be_made_whole_is_made_again(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    # As Debian's Python does without the package python3-venv.
    python = tmp_path / "python"
    python.write_text(
        f'#!/bin/sh\n[ "$1" = -m ] || exec {shlex.quote(sys.executable)} "$@"\n'
        "mkdir -p .venv/bin && touch .venv/bin/python && exit 1\n"
    )
    python.chmod(0o755)

    made = subprocess.run(
        ["make", f"PYTHON={python}", ".venv/bin/python"], cwd=tmp_path, capture_output=True, check=False
    )

    assert made.returncode != 0
    assert not (tmp_path / ".venv").exists()
