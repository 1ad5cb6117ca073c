"""Errors that are expected. Codes and numbers travel; the words are chosen in ui.errors.

JiejianError
├── InvalidInput, NotFound, NotAllowed, VisitEnded, TooManyTries, ContentBroken
└── StoreError
    ├── RevisionConflict, DocumentExists, InvalidName
    ├── StreamDamaged, StoreTooNew
    └── StoreUnwritable, StoreUnreadable, StoreBusy
"""

from __future__ import annotations

from typing import ClassVar


class JiejianError(Exception):
    """Base of every expected error.

    code names the kind of mistake, for logs and exports; details are the values a message needs.
    """

    code: ClassVar[str] = "error"

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.details = details


class InvalidInput(JiejianError):
    """A value that cannot be used: field, reason code, and what would be accepted."""

    code = "invalid_input"

    def __init__(self, field: str, reason: str, **details: object) -> None:
        super().__init__(f"{field}: {reason}", **details)
        self.field = field
        self.reason = reason


class NotFound(JiejianError):
    """There is no such thing, or it is not this actor's."""

    code = "not_found"
    __match_args__ = ("kind",)

    def __init__(self, kind: str, identifier: str) -> None:
        super().__init__(f"no {kind} {identifier[:80]!r}", kind=kind, identifier=identifier)
        self.kind = kind
        self.identifier = identifier


class NotAllowed(JiejianError):
    """This actor may not do that; action is the name in the table of permissions."""

    code = "not_allowed"

    def __init__(self, action: str) -> None:
        super().__init__(f"not allowed: {action}", action=action)
        self.action = action


class VisitEnded(JiejianError):
    """This browser was handed to somebody else; a page opened before shows nothing any more."""

    code = "visit_ended"

    def __init__(self) -> None:
        super().__init__("the visit was ended")


class TooManyTries(JiejianError):
    """A rate limit was reached; try again after wait_seconds."""

    code = "too_many_tries"

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(f"too many tries, wait {wait_seconds} s", wait_seconds=wait_seconds)
        self.wait_seconds = wait_seconds


class ContentBroken(JiejianError):
    """A lesson, quiz or data file asked for has mistakes; `mistakes` are "file:line: ..." lines."""

    code = "content_broken"

    def __init__(self, kind: str, identifier: str, mistakes: tuple[str, ...]) -> None:
        super().__init__(f"{kind} {identifier[:80]!r} is broken: {'; '.join(mistakes)}")
        self.details = {"kind": kind, "identifier": identifier, "mistakes": mistakes}
        self.kind = kind
        self.identifier = identifier
        self.mistakes = mistakes


class StoreError(JiejianError):
    """The store refused; what was stored before is untouched."""

    code = "store_error"


class RevisionConflict(StoreError):
    """Somebody else wrote meanwhile; fold again from `current` and retry."""

    code = "revision_conflict"

    def __init__(self, current: int) -> None:
        super().__init__(f"the stream is at revision {current}", current=current)
        self.current = current


class DocumentExists(StoreError):
    """A document that was to be new is already there."""

    code = "document_exists"

    def __init__(self, collection: str, key: str) -> None:
        super().__init__(f"{collection}/{key} exists", collection=collection, key=key)


class InvalidName(StoreError):
    """A stream, collection or key that is no proper name; a programming error or an attack."""

    code = "invalid_name"

    def __init__(self, message: str) -> None:
        super().__init__(message)


class StreamDamaged(StoreError):
    """A file fails its checksum and there is no good copy; it was set aside under `kept`.

    Nothing is added to the stream until EventStore.start_anew is called for it. A document is
    usable again once it is put or deleted.
    """

    code = "stream_damaged"

    def __init__(self, name: str, kept: str) -> None:
        super().__init__(f"{name} is damaged; kept as {kept}", name=name, kept=kept)
        self.name = name
        self.kept = kept


class StoreTooNew(StoreError):
    """A file was written by a later version of this program; it is left untouched."""

    code = "store_too_new"

    def __init__(self, name: str, found: int, known: int) -> None:
        super().__init__(
            f"{name} has format {found}, this version reads up to {known}: update the program",
            name=name,
            found=found,
            known=known,
        )


class StoreUnwritable(StoreError):
    """The data folder takes no writing; reason is disk_full, read_only or io_error."""

    code = "store_unwritable"

    def __init__(self, reason: str, cause: str = "") -> None:
        super().__init__(f"{reason}: {cause}" if cause else reason, reason=reason)
        self.reason = reason


class StoreUnreadable(StoreError):
    """A file is there but the system does not hand it out (no permission, failing disk)."""

    code = "store_unreadable"

    def __init__(self, name: str, cause: str) -> None:
        super().__init__(f"{name}: {cause}", name=name)
        self.name = name


class StoreBusy(StoreError):
    """Another writer held the file for too long; trying again is safe."""

    code = "store_busy"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is held by another writer", name=name)
        self.name = name
