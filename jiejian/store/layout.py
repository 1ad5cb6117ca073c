"""What lies in a data folder: whose each file is, and which of them are records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from jiejian.errors import InvalidName
from jiejian.store import names

DOCUMENTS = "documents"
RECORDS = (*names.FOLDERS.values(), DOCUMENTS)
"""The folders of records. Beside them lie locks and the journal of changes, which are not kept."""

_KINDS = {folder: kind for kind, folder in names.FOLDERS.items()}
_MAIN, _PREVIOUS, _DAMAGED = ".json", ".json.previous", ".json.damaged-"


@dataclass(frozen=True)
class Held:
    """A file of a record: its path below the data folder, the record's name, what it is to it.

    role is "main", "previous", "damaged" (set aside), "passing" (a lock, or left by a write).
    """

    path: PurePath
    name: str
    role: str

    @property
    def kept(self) -> bool:
        """Whether it belongs in a backup."""
        return self.role != "passing"


def held(path: PurePath) -> Held | None:
    """What a file below the data folder is; None if no record has such a file."""
    identifier, _, _ = path.name.partition(".")
    try:
        if len(path.parts) == 3 and path.parts[0] in _KINDS:
            name = f"{_KINDS[path.parts[0]]}/{identifier}"
            main = names.stream_path(name)
        elif len(path.parts) == 4 and path.parts[0] == DOCUMENTS:
            name = f"{path.parts[1]}/{identifier}"
            main = names.document_path(path.parts[1], identifier)
        else:
            return None
    except InvalidName:
        return None
    return (
        Held(path, name, _role(path.name[len(identifier) :]))
        if main.parent == path.parent
        else None
    )


def files(folder: Path) -> Iterator[tuple[PurePath, Held | None]]:
    """Every file in the folders of records, sorted; one that no record has comes with None."""
    for top in RECORDS:
        for path in sorted((folder / top).rglob("*")):
            if not path.is_dir():
                below = PurePath(path.relative_to(folder))
                yield below, held(below)


def main_path(folder: Path, of: Held) -> Path:
    """The record's main file."""
    identifier, _, _ = of.path.name.partition(".")
    return folder / of.path.with_name(identifier + _MAIN)


def _role(suffix: str) -> str:
    if suffix.startswith(_DAMAGED):
        return "damaged"
    return {_MAIN: "main", _PREVIOUS: "previous"}.get(suffix, "passing")
