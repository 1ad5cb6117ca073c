"""The tracks of the course: lessons/tracks.yaml, in the order they are shown."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from jiejian.content.frontmatter import Slug
from sandbox.datafiles import DataFileError, Mistake, read_model
from sandbox.text import Text

FILE = "tracks.yaml"


class Track(BaseModel):
    """A run of lessons with one aim."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    title: Text
    summary: Text


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    tracks: tuple[Track, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        ids = [track.id for track in self.tracks]
        if repeated := next((name for n, name in enumerate(ids) if name in ids[:n]), None):
            raise ValueError(f"tracks: id {repeated!r} is used twice")
        return self


def read_tracks(
    folder: Path, *, base: Path | None = None
) -> tuple[dict[str, Track], list[Mistake]]:
    """The tracks by id, in order, and the mistakes of the file."""
    try:
        found = read_model(folder / FILE, _File, base=base)
    except DataFileError as error:
        return {}, list(error.mistakes)
    return {track.id: track for track in found.tracks}, []
