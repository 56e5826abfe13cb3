"""Settings come from the environment and `.env`, and a wrong one is named."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.core.errors import SettingsInvalid
from app.settings import Settings, read_settings

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without a `.env`."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_fresh_clone_needs_no_setting() -> None:
    settings = read_settings()

    assert (settings.host, settings.port, settings.is_loopback) == ("127.0.0.1", 8000, True)
    assert settings.model.is_file()
    assert settings.policy.is_file()
    assert settings.lexicon.is_dir()
    assert settings.database_url.startswith("sqlite:////")


def test_reads_the_environment_before_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("PLAINSPEAK_PORT=8001\nPLAINSPEAK_MAX_BATCH=7\nOTHER=1\n")
    monkeypatch.setenv("PLAINSPEAK_PORT", "8002")

    settings = read_settings()

    assert (settings.port, settings.max_batch) == (8002, 7)


def test_the_file_may_begin_with_a_byte_order_mark_and_is_utf_8(folder: Path) -> None:
    (folder / ".env").write_text("PLAINSPEAK_PORT=8001\n", encoding="utf-8-sig")
    assert read_settings().port == 8001

    (folder / ".env").write_text("PLAINSPEAK_PORT=8001\n", encoding="utf-16")
    with pytest.raises(
        SettingsInvalid, match=r"'\.env' in .* is not UTF-8: its byte 1 is 0xf.*Save it as UTF-8"
    ):
        read_settings()


def test_a_misspelt_setting_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAINSPEAK_REQUIRE_KEY", "true")
    with pytest.raises(SettingsInvalid, match="perhaps PLAINSPEAK_REQUIRE_KEYS is meant"):
        read_settings()

    monkeypatch.delenv("PLAINSPEAK_REQUIRE_KEY")
    (folder / ".env").write_text("PLAINSPEAK_COLOUR=blue\n")
    with pytest.raises(SettingsInvalid, match=r"^PLAINSPEAK_COLOUR is no setting\. Correct its name"):
        read_settings()


def test_an_empty_value_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(f"PLAINSPEAK_{name.upper()}", "")

    assert read_settings() == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("THREADS", "-1"),
        ("QUEUE_SIZE", "0"),
        ("MAX_IN_FLIGHT", "0"),
        ("MAX_CHARS", "1.5"),
        ("MAX_BATCH", "10001"),
        ("MAX_BODY_BYTES", "999"),
        ("DATABASE_WAIT_S", "0"),
        ("DATABASE_WAIT_S", "nan"),
        ("DATABASE_WAIT_S", "inf"),
        ("ALLOWED_HOSTS", "https://forum.example"),
        ("ALLOWED_HOSTS", "forum.example, mod.example:8000"),
        ("ALLOWED_HOSTS", "*.forum.example"),
        ("ALLOWED_HOSTS", "::1"),
    ],
)
def test_names_a_setting_it_cannot_use_and_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"PLAINSPEAK_{name}", value)

    with pytest.raises(SettingsInvalid) as caught:
        read_settings()

    assert str(caught.value).startswith(f"PLAINSPEAK_{name} is {value!r}: ")
    assert "docs/settings.md" in str(caught.value)


def test_never_shows_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAINSPEAK_SECRET_KEY", KEY)
    assert KEY not in repr(read_settings())

    monkeypatch.setenv("PLAINSPEAK_SECRET_KEY", KEY[:10])
    with pytest.raises(SettingsInvalid, match="PLAINSPEAK_SECRET_KEY is a secret: ") as caught:
        read_settings()
    assert KEY[:10] not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("names", ["", "*", " Mod.Example ,,10.0.0.7, [::1]", "my_host"])
def test_names_of_hosts_are_taken(names: str) -> None:
    assert Settings(allowed_hosts=names).allowed_hosts == names


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_loopback_is_only_this_machine(host: str) -> None:
    assert Settings(host=host).is_loopback


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org", "localhost.example.org", ""])  # noqa: S104
def test_any_other_host_is_not_loopback(host: str) -> None:
    assert not Settings(host=host).is_loopback


def test_the_engine_has_the_threads_asked_for_or_all_but_one() -> None:
    assert Settings(threads=3).engine_threads == 3
    assert Settings(threads=0).engine_threads >= 1


def test_settings_do_not_change_after_they_are_read() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]  # that is the point
