"""Secrets that must be read again, kept so that the database file alone does not give them away.

They are encrypted with Fernet of the `cryptography` package, under a key that is derived (HKDF) from the
secret of the service, which is kept apart from the database.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core.errors import SecretUnreadable

_PURPOSE = b"plainspeak webhook secrets v1"
_KEY_BYTES = 32


class Sealer:
    """Encrypts and decrypts under the secret of the service."""

    def __init__(self, secret: bytes) -> None:
        derived = HKDF(SHA256(), _KEY_BYTES, salt=None, info=_PURPOSE).derive(secret)
        self._fernet = Fernet(base64.urlsafe_b64encode(derived))

    def seal(self, value: bytes) -> str:
        """Encrypt a value."""
        return self._fernet.encrypt(value).decode()

    def unseal(self, sealed: str) -> bytes:
        """Decrypt a value.

        Raises:
            SecretUnreadable: it was encrypted under another secret.
        """
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise SecretUnreadable(
                "The secret of the endpoint was kept under another PLAINSPEAK_SECRET_KEY. "
                "Bring that key back, or remove the endpoint and add it again."
            ) from None
