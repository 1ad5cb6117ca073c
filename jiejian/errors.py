"""Errors that are expected. Codes and numbers travel; the words are chosen in ui.errors.

JiejianError
├── InvalidInput, NotFound, TooManyTries
└── StoreError
    ├── RevisionConflict, StreamDamaged, StoreUnwritable, InvalidName
"""

from __future__ import annotations


class JiejianError(Exception):
    """Base of every expected error."""


class InvalidInput(JiejianError):
    """A value that cannot be used: field, reason code, and what would be accepted."""

    def __init__(self, field: str, reason: str, **details: object) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
        self.details = details


class NotFound(JiejianError):
    """There is no such thing, or it is not this actor's."""

    __match_args__ = ("kind",)

    def __init__(self, kind: str, identifier: str) -> None:
        super().__init__(f"no {kind} {identifier[:80]!r}")
        self.kind = kind
        self.identifier = identifier


class TooManyTries(JiejianError):
    """A rate limit was reached; try again after wait_seconds."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(f"too many tries, wait {wait_seconds} s")
        self.wait_seconds = wait_seconds


class StoreError(JiejianError):
    """The store refused; what was stored before is untouched."""


class RevisionConflict(StoreError):
    """Somebody else wrote meanwhile; fold again from `current` and retry."""

    def __init__(self, current: int) -> None:
        super().__init__(f"the stream is at revision {current}")
        self.current = current


class StreamDamaged(StoreError):
    """A file fails its checksum and there is no good copy; it was set aside under `kept`."""

    def __init__(self, name: str, kept: str) -> None:
        super().__init__(f"{name} is damaged; kept as {kept}")
        self.name = name
        self.kept = kept


class StoreUnwritable(StoreError):
    """The data folder takes no writing (read-only, full, no permission)."""


class InvalidName(StoreError):
    """A stream, collection or key that is no proper name; a programming error or an attack."""
