"""Names of streams and documents: the only way from an id given from outside to a path."""

from __future__ import annotations

import re
from pathlib import PurePath

from jiejian.errors import InvalidName

# Lower case only: two ids never meet in one file where a file system ignores case.
# No dot, so an id cannot look like one of the files kept beside the main one.
_IDENTIFIERS = {
    "learner": re.compile(r"[0-9a-f]{32}"),
    "participant": re.compile(r"[0-9a-f]{32}"),
    "room": re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?"),
}
FOLDERS = {"learner": "learners", "participant": "participants", "room": "rooms"}
_COLLECTION = re.compile(r"[a-z](?:[a-z_]{0,38}[a-z])?")
_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,126}[a-z0-9])?")


def stream_path(stream: str) -> PurePath:
    """The main file of a stream below the data folder. Raises InvalidName."""
    kind, _, identifier = stream.partition("/")
    pattern = _IDENTIFIERS.get(kind)
    if pattern is None or not pattern.fullmatch(identifier):
        raise InvalidName(f"no stream name: {stream[:80]!r}")
    return PurePath(FOLDERS[kind], identifier[:2], f"{identifier}.json")


def stream_kind_folder(kind: str) -> PurePath:
    """The folder of all streams of a kind. Raises InvalidName."""
    if kind not in FOLDERS:
        raise InvalidName(f"no kind of stream: {kind[:80]!r}")
    return PurePath(FOLDERS[kind])


def is_stream(name: str) -> bool:
    """Whether this names a stream."""
    try:
        stream_path(name)
    except InvalidName:
        return False
    return True


def collection_folder(collection: str) -> PurePath:
    """The folder of a collection of documents. Raises InvalidName."""
    if not _COLLECTION.fullmatch(collection):
        raise InvalidName(f"no collection name: {collection[:80]!r}")
    return PurePath("documents", collection)


def document_path(collection: str, key: str) -> PurePath:
    """The main file of a document below the data folder. Raises InvalidName."""
    folder = collection_folder(collection)
    if not _KEY.fullmatch(key):
        raise InvalidName(f"no document key: {key[:80]!r}")
    return folder / key[:2] / f"{key}.json"
