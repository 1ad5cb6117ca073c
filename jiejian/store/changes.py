"""Which streams changed since a cursor: a small append-only journal beside the streams.

Why a journal and not the files' modification times: times go back when the clock is set back,
two changes can share one tick, and looking at every file costs a second per 100,000 streams.

Why nothing is missed, whatever process writes: a writer adds its line, durably, while it holds
the stream's lock and before it touches the stream; a reader takes the lines and then waits for
the lock of each stream named (`settle`). By then the change is there, or its writer is dead and
never made it. A line too many does no harm.

The journal is cut in two segments of bounded size. Whoever brings a cursor older than both gets
every stream again.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SEGMENT_BYTES = 512 * 1024
_HEADER = b"jiejian-changes "
_HEADER_BYTES = len(_HEADER) + 16 + 1


class Changes:
    """The journal in one data folder; every call opens it afresh, so processes can share it."""

    def __init__(self, folder: Path, segment_bytes: int = SEGMENT_BYTES) -> None:
        self._path = folder / "changes.log"
        self._older = folder / "changes.log.older"
        self._segment_bytes = segment_bytes

    def note(self, name: str) -> None:
        """Add a name durably. Raises OSError."""
        with self._current(os.O_RDWR | os.O_APPEND | os.O_CREAT, fcntl.LOCK_EX) as descriptor:
            size = os.fstat(descriptor).st_size
            if size >= self._segment_bytes:
                self._path.replace(self._older)
            else:
                if size < _HEADER_BYTES:
                    self._begin(descriptor)
                # The leading newline parts this line from one torn by a full disk.
                _write(descriptor, b"\n" + name.encode() + b"\n")
                os.fsync(descriptor)
                return
        self.note(name)

    def since(self, cursor: str) -> tuple[list[str], bool, str]:
        """Names noted after the cursor, whether that is all of them, and the next cursor.

        For a cursor that is not known these are the names in both segments, and False. Names come
        once each, in the order of their first line. Raises OSError.
        """
        try:
            with self._current(os.O_RDONLY, fcntl.LOCK_SH) as descriptor:
                with os.fdopen(os.dup(descriptor), "rb") as file:
                    current = file.read()
                older = self._older.read_bytes() if self._older.exists() else b""
        except FileNotFoundError:
            return [], False, ""
        end = f"{_generation(current)}.{len(current)}"
        generation, _, offset = cursor.partition(".")
        place = int(offset) if offset.isdecimal() else 0
        if _HEADER_BYTES <= place <= len(current) and generation == _generation(current):
            return _names(current[place:]), True, end
        if _HEADER_BYTES <= place <= len(older) and generation == _generation(older):
            return _names(older[place:] + current[_HEADER_BYTES:]), True, end
        return _names(older[_HEADER_BYTES:] + current[_HEADER_BYTES:]), False, end

    def _begin(self, descriptor: int) -> None:
        os.ftruncate(descriptor, 0)  # of a header cut short
        _write(descriptor, _HEADER + secrets.token_hex(8).encode() + b"\n")
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @contextmanager
    def _current(self, flags: int, lock: int) -> Iterator[int]:
        """The newest segment, locked: no line is half written and none is moved away."""
        while True:
            descriptor = os.open(self._path, flags | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, lock)
                if self._is_newest(descriptor):
                    yield descriptor
                    return
            finally:
                os.close(descriptor)

    def _is_newest(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self._path.stat())
        except FileNotFoundError:
            return False


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _generation(segment: bytes) -> str:
    return segment[len(_HEADER) : _HEADER_BYTES - 1].decode("ascii", "replace")


def _names(lines: bytes) -> list[str]:
    return list(
        dict.fromkeys(line.decode("ascii", "replace") for line in lines.split(b"\n") if line)
    )
