"""Which streams changed since a cursor: a small append-only journal beside the streams.

Why a journal and not the files' modification times: times go back when the clock is set back,
two changes can share one tick, and looking at every file costs a second per 100,000 streams.

Why nothing is missed, whatever process writes: a writer adds its line while it holds the stream's
lock and before it touches the stream; a reader takes the lines and then waits for the lock of each
stream named (`settle`). By then the change is there, or its writer is dead and never made it. A
line too many does no harm.

Lines survive the death of any process, but only a sync would keep them through a loss of power, and
one for each write costs as much as the write itself. So a journal is of one boot of the machine: the
next boot begins another, and every cursor from before it gets every stream.

The journal is cut in two segments of bounded size. Whoever brings a cursor older than both gets
every stream again.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

SEGMENT_BYTES = 512 * 1024
# The number is the journal's format. Nothing but cursors is lost with a journal, so one of another
# format is put away like a full one.
_HEADER = b"jiejian-changes-1 "
_MARK = 32
_HEADER_BYTES = len(_HEADER) + _MARK + 1


class Changes:
    """The journal in one data folder; every call opens it afresh, so processes can share it.

    boot tells this boot of the machine from others; where that is not known (""), lines are synced.
    """

    def __init__(
        self, folder: Path, segment_bytes: int = SEGMENT_BYTES, boot: str | None = None
    ) -> None:
        self._boot = boot_mark() if boot is None else boot
        self._path = folder / "changes.log"
        self._older = folder / "changes.log.older"
        self._segment_bytes = segment_bytes

    def note(self, name: str) -> None:
        """Add a name. Raises OSError."""
        with self._current(os.O_RDWR | os.O_APPEND | os.O_CREAT, fcntl.LOCK_EX) as descriptor:
            size = os.fstat(descriptor).st_size
            foreign = size >= _HEADER_BYTES and not self._ours(descriptor)
            if size >= self._segment_bytes or foreign:
                self._path.replace(self._older)
            else:
                if size < _HEADER_BYTES:
                    self._begin(descriptor)
                # The leading newline parts this line from one torn by a full disk.
                _write(descriptor, b"\n" + name.encode() + b"\n")
                if not self._boot:
                    os.fsync(descriptor)
                return
        self.note(name)

    def since(self, cursor: str) -> tuple[list[str], bool, str]:
        """Names noted after the cursor, whether that is all of them, and the next cursor.

        Costs what was noted since, not what there is. For a cursor that is not known these are the
        names in both segments, and False. Names come once each, in the order of their first line.
        Raises OSError.
        """
        try:
            with self._current(os.O_RDONLY, fcntl.LOCK_SH) as current, self._second() as older:
                if not self._ours(current):
                    return [], False, ""
                end = os.fstat(current).st_size
                following = f"{_generation(current)}.{end}"
                if (place := _place(cursor, current)) is not None:
                    return _names(_lines(current, place)), True, following
                place = _place(cursor, older) if older is not None and self._ours(older) else None
                start = _HEADER_BYTES if place is None else place
                lines = _lines(older, start) if older is not None else b""
                lines += _lines(current, _HEADER_BYTES)
                return _names(lines), place is not None, following
        except FileNotFoundError:
            return [], False, ""

    @contextmanager
    def _second(self) -> Iterator[int | None]:
        """The older segment, None if there is none; the newest one's lock keeps it in place."""
        try:
            descriptor = os.open(self._older, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            yield None
            return
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _begin(self, descriptor: int) -> None:
        os.ftruncate(descriptor, 0)  # of a header cut short
        generation = f"{self._boot}{secrets.token_hex(8)}"
        _write(descriptor, _HEADER + generation.encode().ljust(_MARK) + b"\n")
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

    def _ours(self, descriptor: int) -> bool:
        """Whether a segment is of this format and this boot."""
        return _generation(descriptor)[:-16] == self._boot

    def _is_newest(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self._path.stat())
        except FileNotFoundError:
            return False


@cache
def boot_mark() -> str:
    """Sixteen signs for this boot of the machine; empty where the system does not tell."""
    with suppress(OSError):
        mark = Path("/proc/sys/kernel/random/boot_id").read_text().replace("-", "")[:16]
        return mark if len(mark) == 16 else ""
    return ""


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _generation(descriptor: int) -> str:
    """The segment's own mark; empty for one without a whole header of this format."""
    head = os.pread(descriptor, _HEADER_BYTES, 0)
    sound = len(head) == _HEADER_BYTES and head.startswith(_HEADER)
    return head[len(_HEADER) : -1].decode("ascii", "replace").strip() if sound else ""


def _place(cursor: str, descriptor: int) -> int | None:
    """Where to read on, None if the cursor is not of this segment."""
    generation, _, offset = cursor.partition(".")
    place = int(offset) if offset.isdecimal() and len(offset) < 12 else 0
    within = _HEADER_BYTES <= place <= os.fstat(descriptor).st_size
    return place if within and generation and generation == _generation(descriptor) else None


def _lines(descriptor: int, start: int) -> bytes:
    """What a segment holds from there on."""
    with os.fdopen(os.dup(descriptor), "rb", buffering=0) as file:
        file.seek(start)
        return file.read()


def _names(lines: bytes) -> list[str]:
    return list(
        dict.fromkeys(line.decode("ascii", "replace") for line in lines.split(b"\n") if line)
    )
