"""The clinic's book: every symptom, myth and shared text that can be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from jiejian.content.clinic.entries import Advice, Contact, Contacts, Sources, Step, Steps
from jiejian.content.clinic.myths import Myth
from jiejian.content.clinic.symptoms import Symptom
from jiejian.content.frontmatter import Source
from sandbox.datafiles import (
    DataFileError,
    Mistake,
    line_of,
    parse_yaml,
    read_text,
    require_id,
    shown_name,
    shown_path,
    validate,
)
from sandbox.text import Text

FOLDER = "lessons/clinic"
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class ClinicFile:
    """An entry as read; data is the same with line numbers."""

    file: str
    entry: BaseModel
    data: Any

    def mistake(self, message: str, *path: str | int) -> Mistake:
        """A mistake at a value of the file."""
        return Mistake(self.file, line_of(self.data, path), shown_path(path), message)


@dataclass(frozen=True)
class ClinicBook:
    """Symptoms and myths in their order, with everything they name; files are what was read."""

    symptoms: Mapping[str, Symptom] = field(default_factory=dict)
    myths: Mapping[str, Myth] = field(default_factory=dict)
    advice: Mapping[str, Advice] = field(default_factory=dict)
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    steps: Mapping[str, Text] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    files: tuple[ClinicFile, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    def step(self, step: Step) -> Text | None:
        """A step's words; None for a name the book does not have."""
        return step if isinstance(step, Text) else self.steps.get(step)


@lru_cache(maxsize=4)
def load_clinic(root: Path) -> ClinicBook:
    """Read root/lessons/clinic once; a broken file is left out and named in `mistakes`.

    Kept for the life of the process: the files are the program's own and change with it.
    """
    return read_clinic(root)


def read_clinic(root: Path) -> ClinicBook:
    """Read root/lessons/clinic. A folder that is not there is an empty book."""
    folder = root / FOLDER
    if not folder.is_dir():
        return ClinicBook()
    mistakes: list[Mistake] = []

    def read(path: Path, model: type[M]) -> Iterator[tuple[ClinicFile, M]]:
        file = shown_name(path, root)
        try:
            data = parse_yaml(read_text(path, base=root), file=file)
            entry = validate(model, data, file=file)
            require_id(entry, path, root)
        except DataFileError as error:
            mistakes.extend(error.mistakes)
        else:
            yield ClinicFile(file, entry, data), entry

    def read_all(name: str, model: type[M]) -> list[tuple[ClinicFile, M]]:
        paths = sorted((folder / name).glob("*.yaml"))
        return [pair for path in paths for pair in read(path, model)]

    sources = list(read(folder / "sources.yaml", Sources))
    steps = list(read(folder / "steps.yaml", Steps))
    contacts = list(read(folder / "contacts.yaml", Contacts))
    advice = read_all("advice", Advice)
    symptoms = read_all("symptoms", Symptom)
    myths = read_all("myths", Myth)
    return ClinicBook(
        symptoms={entry.id: entry for _, entry in symptoms},
        myths={entry.id: entry for _, entry in sorted(myths, key=lambda pair: pair[1].order)},
        advice={entry.id: entry for _, entry in sorted(advice, key=lambda pair: pair[1].order)},
        contacts=contacts[0][1].contacts if contacts else {},
        steps=steps[0][1].steps if steps else {},
        sources=sources[0][1].sources if sources else {},
        files=tuple(
            file
            for read_in in (sources, steps, contacts, advice, symptoms, myths)
            for file, _ in read_in
        ),
        mistakes=tuple(mistakes),
    )
