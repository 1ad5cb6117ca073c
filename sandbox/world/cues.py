"""Cues: the shared events an educator can fire, in data/cues.yaml."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.datafiles import (
    DataFileError,
    Mistake,
    line_of,
    parse_yaml,
    read_text,
    shown_path,
    validate,
)
from sandbox.lender.lenderbook import DATA
from sandbox.text import Text
from sandbox.world.effects import Effect, Seat

FILE = "cues.yaml"

CueKind = Literal["trouble", "rule", "talk", "recovery"]


class Cue(BaseModel):
    """A shared event: what each seat is told, and what it does to the world.

    tells holds the words for each seat; a seat that is left out hears nothing of it. lesson is
    the one that explains it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: CueKind
    title: Text
    tells: Mapping[Seat, Text] = Field(min_length=1)
    effect: Effect = Effect()
    lesson: str | None = None


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Literal["cues"]
    cues: Mapping[str, Cue] = Field(min_length=1)


@dataclass(frozen=True)
class CueBook:
    """Every cue by id, in the order of the file, and what is wrong with it."""

    cues: Mapping[str, Cue] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()


def load_cues(root: Path = DATA, regimes: Collection[str] | None = None) -> CueBook:
    """Read the cues; regimes, where given, are those an effect may name.

    A file that cannot be read gives an empty book that names its mistakes.
    """
    file = f"{root.parent.name}/{root.name}/{FILE}"
    try:
        data = parse_yaml(read_text(root / FILE, base=root.parent.parent), file=file)
        found = validate(_File, data, file=file)
    except DataFileError as error:
        return CueBook(mistakes=error.mistakes)
    mistakes = tuple(
        Mistake(file, line_of(data, path), shown_path(path), f"there is no regime {wanted!r}")
        for name, cue in found.cues.items()
        if regimes is not None and (wanted := cue.effect.regime) and wanted not in regimes
        for path in (("cues", name, "effect", "regime"),)
    )
    return CueBook(found.cues, mistakes)
