"""The documents say what the program does: settings, commands, requests that can be sent."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic.fields import FieldInfo

from app.cli import app
from app.core.errors import InvalidContent
from app.settings import ROOT, Settings
from app.web.wire import BatchIn, ModerateIn

PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted((ROOT / "docs").rglob("*.md")),
)
SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

_BOUNDS = (
    ("ge", "at least {}"),
    ("gt", "more than {}"),
    ("le", "at most {}"),
    ("min_length", "at least {} characters"),
)


def default_of(field: FieldInfo) -> str:
    """The default as a person writes it: paths from the root of the repository."""
    return "" if field.default is None else str(field.default).replace(f"{ROOT}/", "")


def range_of(field: FieldInfo) -> str:
    bounds = (
        words.format(f"{value:,}".replace(",", " "))
        for key, words in _BOUNDS
        for metadata in field.metadata
        if (value := getattr(metadata, key, None)) is not None
    )
    return ", ".join(bounds)


def blocks_of(*languages: str) -> Iterator[Any]:
    for page in PAGES:
        for number, (language, code) in enumerate(FENCE.findall(page.read_text(encoding="utf-8"))):
            if language in languages:
                yield pytest.param(language, code, id=f"{page.name}-{number}")


def commands_of(group: typer.Typer, *, prefix: str = "plainspeak") -> Iterator[str]:
    for command in group.registered_commands:
        assert command.callback is not None
        yield f"{prefix} {command.name or command.callback.__name__}"
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        yield from commands_of(inner.typer_instance, prefix=f"{prefix} {inner.name}")


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_documented_with_its_default_and_its_range(name: str) -> None:
    field = Settings.model_fields[name]
    default = default_of(field)
    shown = f"`{default}`" if default else "none"

    row = f"| `PLAINSPEAK_{name.upper()}` | {field.description} | {shown} | {range_of(field)} |"

    assert row in SETTINGS.splitlines()


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_in_the_example_with_its_default(name: str) -> None:
    field = Settings.model_fields[name]

    lines = f"# {field.description}\n#PLAINSPEAK_{name.upper()}={default_of(field)}\n"

    assert lines in EXAMPLE


def test_no_setting_is_documented_that_there_is_not() -> None:
    known = {f"PLAINSPEAK_{name.upper()}" for name in Settings.model_fields}

    assert set(re.findall(r"^\| `(PLAINSPEAK_\w+)`", SETTINGS, re.MULTILINE)) == known
    assert set(re.findall(r"^#?(PLAINSPEAK_\w+)=", EXAMPLE, re.MULTILINE)) == known
    for page in PAGES:
        assert set(re.findall(r"PLAINSPEAK_[A-Z_]*[A-Z]", page.read_text(encoding="utf-8"))) <= known, page


def test_the_example_can_be_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(EXAMPLE)
    monkeypatch.chdir(tmp_path)

    assert Settings().model_dump() == {name: field.default for name, field in Settings.model_fields.items()}


def test_every_command_is_documented() -> None:
    documented = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)

    commands = list(commands_of(app))

    assert len(commands) >= 7
    assert [command for command in commands if f"`{command}" not in documented] == []


def test_every_command_that_is_documented_exists() -> None:
    commands = set(commands_of(app))
    groups = {" ".join(command.split()[:2]) for command in commands}
    documented = {
        found
        for page in PAGES
        for found in re.findall(
            r"`(?:\.venv/bin/)?(plainspeak [a-z-]+(?: [a-z]+)?)", page.read_text(encoding="utf-8")
        )
    }

    assert {found for found in documented if " ".join(found.split()[:2]) not in groups} == set()


@pytest.mark.parametrize(("language", "code"), [*blocks_of("json", "jsonl", "toml", "python")])
def test_every_block_of_code_can_be_read(language: str, code: str) -> None:
    match language:
        case "json":
            json.loads(code)
        case "jsonl":
            assert [json.loads(line) for line in code.splitlines()]
        case "toml":
            tomllib.loads(code)
        case "python":
            ast.parse(code)


def requests() -> Iterator[str]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        yield from (code for language, code in FENCE.findall(text) if language == "json")
        yield from re.findall(r"-d '([^']*)'", text)


def test_every_request_in_the_documents_would_be_taken() -> None:
    bodies = [json.loads(request) for request in requests()]
    posts = [body for body in bodies if "text" in body and "label" not in body]
    batches = [body for body in bodies if "items" in body]

    assert len(posts) >= 2
    for post in posts:
        ModerateIn.model_validate(post)
    for batch in batches:
        BatchIn.model_validate(batch)


def test_every_code_of_a_refused_post_is_documented() -> None:
    documented = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")

    assert [each.code for each in InvalidContent.__subclasses__() if f"`{each.code}`" not in documented] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_table_is_whole(page: Path) -> None:
    # An empty line within a table ends it, and what follows is shown as it is written.
    lines = FENCE.sub("", page.read_text(encoding="utf-8")).splitlines()
    heads = [
        number
        for number, line in enumerate(lines)
        if line.startswith("|") and not (number and lines[number - 1].startswith("|"))
    ]

    assert [lines[number] for number in heads if not lines[number + 1].startswith("|---")] == []


def test_every_link_between_the_documents_leads_somewhere() -> None:
    broken = [
        (page.name, link)
        for page in PAGES
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]

    assert broken == []
