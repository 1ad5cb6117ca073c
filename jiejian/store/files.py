"""Files that a crash cannot tear: checksummed, replaced in one step, the previous copy kept.

A file is one JSON object {"format", "name", "checksum", "body"}. Beside `x.json` lie
`x.json.previous` (the copy before the last write), `x.json.spare` (no copy of anything; the next
write goes over it), `x.json.lock`, for the time of a write `x.json.new` and `x.json.link`, and after damage `x.json.damaged-<UTC time>`, which only
`remove` deletes.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from itertools import count
from pathlib import Path

from jiejian.clock import Clock
from jiejian.errors import StoreUnreadable, StoreUnwritable, StreamDamaged
from jiejian.store.formats import Body, Unsound, newest, seal, unseal
from jiejian.store.locks import lock_path

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
# The body of a file that stands for one set aside: {SET_ASIDE: {"1": {"kept": file name}}}.
SET_ASIDE = "set_aside"

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_NO_HARD_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


@contextmanager
def writable() -> Iterator[None]:
    """Tell what the operating system refuses as StoreUnwritable."""
    try:
        yield
    except OSError as error:
        number = error.errno
        reason = (
            "disk_full" if number in _FULL else "read_only" if number in _READ_ONLY else "io_error"
        )
        raise StoreUnwritable(reason, error.strerror or str(error)) from error


class SealedFile:
    """One file with its copies. `load`, `save` and `remove` need the file's lock held."""

    def __init__(self, path: Path, name: str, clock: Clock) -> None:
        self.path = path
        self.name = name
        self._clock = clock
        self._previous, self._spare, self._new, self._link = (
            f"{path}.{ending}" for ending in ("previous", "spare", "new", "link")
        )
        self._sound = False

    def peek(self) -> Body | None:
        """The body, None if there is no file; needs no lock, as a save takes effect in one step.

        Raises Unsound, StreamDamaged for a file set aside earlier, StoreTooNew, StoreUnreadable.
        """
        body = self._unseal(self.path)
        if body is None and os.path.exists(self._previous):
            raise Unsound
        return self._present(body)

    def load(self) -> tuple[Body | None, bool]:
        """The body, and whether it is the previous copy because the main file was unsound.

        Such a body is to be saved before anything else; until then the main name keeps the
        damaged bytes and a crash only means that this happens again. If there is no good copy,
        a file that says so takes the name and StreamDamaged is raised, now and ever after.
        """
        try:
            body = self.peek()
        except Unsound:
            return self._recovered(), True
        self._sound = body is not None
        return body, False

    def save(self, body: Body) -> None:
        """Write the body durably, keeping a sound main file as the previous copy.

        The main name always leads to a whole file. Raises OSError; up to the last replace the
        old state then stands, and after it only the folder's sync can fail: the new one stands.
        """
        data = seal(self.name, body)
        try:
            reused = _write(self._new, data, reusing=self._spare)
            if self._sound:
                self._spare_previous(is_free=reused)
                self._link_main()
                os.replace(self._link, self._previous)
            os.replace(self._new, self.path)
            sync_folder(self.path.parent)
        except BaseException:
            with suppress(OSError):
                _unlink(self._new)
            raise
        finally:
            # After a success `link` can still be there: renaming one of two names of the same
            # file onto the other does nothing.
            with suppress(OSError):
                _unlink(self._link)
        self._sound = True

    def _spare_previous(self, *, is_free: bool) -> None:
        """Keep the file that stops being the previous copy, to be written over next time.

        Making a file and dropping one at each write took longer than all the rest (ext4 looks
        through the inodes it dropped lately).
        """
        with suppress(OSError):
            if not is_free:
                _unlink(self._spare)
            os.link(self._previous, self._spare)

    def _link_main(self) -> None:
        """A second name for the main file, in place of one left by a writer that was killed."""
        try:
            second_name(self.path, self._link)
        except FileExistsError:
            os.unlink(self._link)
            second_name(self.path, self._link)

    def renew(self) -> bool:
        """Write a sound file of an older format in the newest; whether it was one.

        Raises as `peek` does, and OSError.
        """
        body = self.peek()
        if body is None or unseal(self.name, self.path.read_bytes())[1] == newest():
            return False
        self._sound = True
        self.save(body)
        return True

    def remove(self) -> None:
        """Remove the file, its copies and its lock. Raises OSError."""
        folder = self.path.parent
        beside = [
            entry.name
            for entry in os.scandir(folder)
            if entry.name.startswith(f"{self.path.name}.") and entry.path != lock_path(self.path)
        ]
        # The main file goes last: while it is there, no copy is taken for a lost record.
        for name in (*beside, self.path.name):
            (folder / name).unlink(missing_ok=True)
        sync_folder(folder)
        _unlink(lock_path(self.path))

    def _present(self, body: Body | None) -> Body | None:
        if body is not None and SET_ASIDE in body:
            raise StreamDamaged(self.name, str(body[SET_ASIDE]["1"]["kept"]))
        return body

    def _recovered(self) -> Body:
        kept = self._set_aside(self.path) if self.path.exists() else ""
        try:
            body = self._present(self._unseal(self._previous))
        except Unsound:
            body = None
            also_kept = self._set_aside(self._previous)
            kept = kept or also_kept
        if body is None:
            self.save({SET_ASIDE: {"1": {"kept": kept}}})
            self._sound = False
            _unlink(self._previous)
            raise StreamDamaged(self.name, kept)
        return body

    def _set_aside(self, damaged: str | Path) -> str:
        """Give the damaged bytes a name of their own beside the one they have."""
        at = self._clock.now().astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        for number in count(1):
            kept = f"{self.path.name}.damaged-{at}" + (f"-{number}" if number > 1 else "")
            with suppress(FileExistsError):
                second_name(damaged, self.path.with_name(kept))
                return kept
        raise AssertionError  # pragma: no cover - count() does not end

    def _unseal(self, path: str | Path) -> Body | None:
        try:
            data = (path if isinstance(path, Path) else Path(path)).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreUnreadable(self.name, error.strerror or str(error)) from error
        body, _ = unseal(self.name, data)
        return body


def private_folder(folder: Path, *, durable: bool = True) -> None:
    """Make the folder and those above it that are missing, for this user only. Raises OSError."""
    if folder.is_dir():
        return
    private_folder(folder.parent, durable=durable)
    with suppress(FileExistsError):
        folder.mkdir(mode=PRIVATE_FOLDER)
    if durable:
        sync_folder(folder.parent)


def _unlink(path: str) -> None:
    if os.path.lexists(path):
        os.unlink(path)


def _write(path: str, data: bytes, *, reusing: str) -> bool:
    """Write a file durably, over a spare one if there is one that has no other name; whether so.

    With another name it is a record's previous copy still, or in a backup's snapshot.
    """
    flags = os.O_WRONLY | os.O_CLOEXEC
    if reused := _only_name(reusing):
        os.replace(reusing, path)  # and over what a writer left that was killed
    else:
        _unlink(path)
        flags |= os.O_CREAT | os.O_EXCL
    descriptor = os.open(path, flags, PRIVATE_FILE)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        os.ftruncate(descriptor, len(data))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return reused


def _only_name(path: str) -> bool:
    try:
        return os.stat(path).st_nlink == 1
    except OSError:
        return False


def second_name(source: str | Path, target: str | Path) -> None:
    """A second name for the file; a copy where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if os.path.exists(target):
            raise FileExistsError(errno.EEXIST, "exists", str(target)) from error
        shutil.copyfile(source, target)
        os.chmod(target, PRIVATE_FILE)
        with open(target, "rb") as file:
            os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
