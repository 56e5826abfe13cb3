"""Files that are whole or as they were: written beside their place and renamed when all is on the disk."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of an older one when the block ends well.

    What is no file, such as a pipe, or leads to another place, such as /dev/stdout, is written to directly.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        with path.open("wb") as file:
            yield file
        return
    half = path.with_name(f".part-{path.name}.{uuid.uuid4().hex}")
    try:
        with half.open("wb") as file:
            if path.exists():
                # Who could not read the older one is not to read this one either.
                shutil.copymode(path, half)
            yield file
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
