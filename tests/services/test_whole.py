"""A file is whole under its name, or what was there before."""

import os
from pathlib import Path

import pytest

from app.services.whole import whole_file


def test_a_file_takes_its_place_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"before")
    path.chmod(0o600)

    with whole_file(path) as file:
        file.write(b"after")
        file.flush()
        assert path.read_bytes() == b"before"

    assert path.read_bytes() == b"after"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"before")

    with pytest.raises(ZeroDivisionError), whole_file(path) as file:
        file.write(b"%d" % (1 // 0))

    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_leads_elsewhere_or_is_no_file_stays_what_it_is(tmp_path: Path) -> None:
    link, target, pipe = tmp_path / "link", tmp_path / "target", tmp_path / "pipe"
    target.write_bytes(b"before")
    link.symlink_to(target)
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    for path in (link, pipe):
        with whole_file(path) as file:
            file.write(b"after")

    assert (os.read(reader, 10), target.read_bytes()) == (b"after", b"after")
    assert link.is_symlink()
    assert pipe.is_fifo()
    os.close(reader)
