"""The server's key: 256 random bits in a file of its own, made once and never in a backup."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from jiejian.errors import StoreUnreadable
from jiejian.store.files import PRIVATE_FILE, private_folder, second_name, sync_folder, writable

NAME = "server.key"
"""Its name in a data folder, where no other place is set."""
SHORTEST = 32


class KeyFile:
    """A key that several processes share by its file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> bytes | None:
        """The key, None where there is none yet. Raises StoreUnreadable."""
        try:
            key = bytes.fromhex(self._path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            key = b""
        if len(key) < SHORTEST:
            # Not told what is in it: that may be most of the key.
            raise StoreUnreadable(NAME, f"not {SHORTEST} or more bytes as hexadecimal digits")
        return key

    def made(self) -> bytes:
        """The key, made first if there is none. Raises StoreUnwritable and StoreUnreadable."""
        if self.read() is None:
            with writable():
                self._make()
        key = self.read()
        assert key is not None  # noqa: S101 - it was just there, or made
        return key

    def _make(self) -> None:
        """Write it aside and give it its name in one step: of several makers the first one wins."""
        private_folder(self._path.parent)
        new = self._path.with_name(f"{self._path.name}.{secrets.token_hex(8)}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        try:
            with os.fdopen(os.open(new, flags, PRIVATE_FILE), "w", encoding="ascii") as file:
                file.write(secrets.token_hex(SHORTEST))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                second_name(new, self._path)
            sync_folder(self._path.parent)
        finally:
            new.unlink(missing_ok=True)
