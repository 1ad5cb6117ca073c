"""A backup file: a gzipped tar of records, and last a manifest with the checksum of each.

Being last, the manifest is missing in every backup that was cut short.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path, PurePath

from jiejian.store.files import PRIVATE_FILE
from jiejian.store.layout import Held, held

FORMAT = 1
_MANIFEST = "manifest.json"
_BROKEN = (tarfile.TarError, EOFError, zlib.error, OSError, ValueError, KeyError, TypeError)


class Refused(Exception):
    """A command cannot be carried out, and nothing was changed; the message says what to do."""


def write(target: Path, folder: Path, paths: Sequence[PurePath], made: datetime) -> None:
    """Put these files of a folder into a new backup file, durably. Raises OSError."""
    sums: dict[str, str] = {}
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(target, flags, PRIVATE_FILE), "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
            for path in paths:
                data = (folder / path).read_bytes()
                sums[path.as_posix()] = hashlib.sha256(data).hexdigest()
                _add(tar, path.as_posix(), data, made)
            manifest = {"format": FORMAT, "made": made.isoformat(), "files": sums}
            _add(tar, _MANIFEST, json.dumps(manifest).encode(), made)
        raw.flush()
        os.fsync(raw.fileno())


def read(source: Path) -> Iterator[tuple[Held, bytes]]:
    """Each file of a backup. Raises Refused for one that is not whole or not a backup.

    That is sure only at the end: use nothing before.
    """
    sums: dict[str, str] = {}
    manifest: dict[str, object] = {}
    try:
        with gzip.open(source) as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
            for member in tar:
                stream = tar.extractfile(member) if member.isreg() else None
                if stream is None:
                    raise Refused(
                        f"{source} is no backup of Jiejian: {member.name[:120]!r} is no file"
                    )
                data = stream.read()
                if member.name == _MANIFEST:
                    manifest = json.loads(data)
                    continue
                of = held(PurePath(member.name))
                if of is None or not of.kept or member.name in sums or manifest:
                    raise Refused(
                        f"{source} is no backup of Jiejian: it holds {member.name[:120]!r}"
                    )
                sums[member.name] = hashlib.sha256(data).hexdigest()
                yield of, data
            while plain.read(2**20):
                pass  # to gzip's own checksum, which stands at the very end
        stored = manifest.get("format")
    except FileNotFoundError:
        raise Refused(f"there is no {source}") from None
    except _BROKEN as error:
        raise Refused(f"{source} cannot be read as a backup: {error}") from error
    if isinstance(stored, int) and stored > FORMAT:
        raise Refused(f"{source} has backup format {stored}: update the program")
    if stored != FORMAT or manifest.get("files") != sums:
        raise Refused(f"{source} is not whole: use another backup")


def _add(tar: tarfile.TarFile, name: str, data: bytes, made: datetime) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = len(data), PRIVATE_FILE, int(made.timestamp())
    tar.addfile(entry, io.BytesIO(data))
