"""Formats of a file of records: which there have been, and what leads from each to the next.

Every file says its format. An older one is carried forward when it is read and written in the
newest at its next save, or by `python -m jiejian.store migrate`; a later one is refused untouched.

A new format is a new entry here with `onward` in the entry before it, and a folder in
tests/unit/store/formats with files of the format that is left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from jiejian.errors import StoreTooNew
from jiejian.store.records import canonical

Body = dict[str, dict[str, Any]]


class Unsound(Exception):
    """These bytes cannot be trusted."""


@dataclass(frozen=True)
class Format:
    """checksum of a name and a body's canonical JSON, as hexadecimal; onward makes the next
    format's body of one."""

    checksum: Callable[[str, bytes], str]
    onward: Callable[[str, Body], Body] | None = None


def _of_name_and_body(name: str, body: bytes) -> str:
    """SHA-256 of both, so that a file under another's name is as good as damaged."""
    return hashlib.sha256(b"[%b,%b]" % (_quoted(name), body)).hexdigest()


@lru_cache(4096)
def _quoted(name: str) -> bytes:
    return canonical(name).encode()


# 1: {"format", "name", "checksum", "body"}; the body is TinyDB's tables: "events" of a stream by
# revision, "document" of a document under "1", or "set_aside".
FORMATS: dict[int, Format] = {1: Format(_of_name_and_body)}


# The standard library's JSON took a sixth of an append. Not every fast one will do: this one keeps
# integers of any length.
_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder()

# The keys of a file stand in this order. So a body is written once for its checksum and for the
# file, and is not written again to check what was read: that was most of an append's arithmetic.
_BODY = b'{"body":'


def _after_body(checksum: str, number: int, name: str) -> bytes:
    """What follows the body in a file."""
    return b',"checksum":"%b","format":%d,"name":%b}' % (checksum.encode(), number, _quoted(name))


def _body_text(data: bytes, after: bytes) -> bytes | None:
    """The body as it stands in a file; None if the file is laid out in another way."""
    if data.startswith(_BODY) and data.endswith(after):
        return data[len(_BODY) : -len(after)]
    return None


def newest() -> int:
    """The format that is written."""
    return max(FORMATS)


def seal(name: str, body: Body) -> bytes:
    """The bytes of a file of plain JSON data (records.plain makes sure of it)."""
    text = _ENCODER.encode(body)
    number = newest()
    checksum = FORMATS[number].checksum(name, text)
    return _BODY + text + _after_body(checksum, number, name)


def unseal(name: str, data: bytes) -> tuple[Body, int]:
    """The body in the newest format, and the format it was stored in.

    Raises Unsound, and StoreTooNew for a format this version does not know yet.
    """
    try:
        held = _DECODER.decode(data)
        stored = held["format"]
        # A later format may know other checksums, so it is told by its number alone.
        if isinstance(stored, int) and stored > newest():
            raise StoreTooNew(name, stored, newest())
        body: Body = held["body"]
        known = FORMATS.get(stored) if type(stored) is int else None
        if not known or held["name"] != name:
            raise Unsound
        text = _body_text(data, _after_body(held["checksum"], stored, name))
        if text is None:
            text = canonical(body).encode()
        if held["checksum"] != known.checksum(name, text):
            raise Unsound
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unsound from None
    for number in range(stored, newest()):
        onward = FORMATS[number].onward
        assert onward is not None, f"format {number} leads nowhere"  # noqa: S101
        body = onward(name, body)
    return body, stored
