"""The signed head of the audit trail in a file of its own, beside the key.

The head in the database shows that events were cut off. Should somebody put an older copy of the whole
database in its place, head and all, this file still knows how far the trail went.
"""

import os
import tempfile
from pathlib import Path

import orjson

from app.core.audit import Head
from app.core.errors import StorageError


class Witness:
    """Reads and writes the file."""

    def __init__(self, path: Path) -> None:
        """Keep the head at a path. Nothing is read or written yet."""
        self.path = path

    def read(self) -> Head | None:
        """Give the head; None where there is no file.

        Raises:
            StorageError: The file is there and is none of ours.
        """
        try:
            found = orjson.loads(self.path.read_bytes())
            return Head(int(found["sequence"]), str(found["hash"]), str(found["signature"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StorageError(
                f"The head of the audit trail {str(self.path)!r} cannot be read ({type(error).__name__}). "
                "Bring it back from where you keep copies of the key, or remove it if you trust the database."
            ) from error

    def write(self, head: Head) -> None:
        """Put a head in place of the one before, whole and durable.

        Raises:
            StorageError: The file cannot be written.
        """
        try:
            with tempfile.NamedTemporaryFile(dir=self.path.parent, prefix=".head-", delete=False) as file:
                written = Path(file.name)
                try:
                    file.write(orjson.dumps(head))
                    file.flush()
                    os.fsync(file.fileno())
                    written.replace(self.path)
                except OSError:
                    written.unlink()
                    raise
        except OSError as error:
            raise StorageError(
                f"The head of the audit trail {str(self.path)!r} cannot be written ({error.strerror}). "
                "Free some space, or give the service write access to its folder."
            ) from error
