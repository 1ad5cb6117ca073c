"""What every directive has: words, facts equal in both languages, names it must find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, StringConstraints

from jiejian.content.workings import Workings

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$", max_length=60)]
Wrong = tuple[tuple[str | int, ...], str]
"""Where in the body (a path of keys and places), and what is wrong there."""


@dataclass(frozen=True)
class Surroundings:
    """What a directive may refer to: the lesson's workings and folder, and shared pictures."""

    workings: Workings = field(default_factory=Workings)
    folder: Path = field(default_factory=Path)
    shared: Path = field(default_factory=Path)
    language: str = "zh"


class Body(BaseModel):
    """A directive's body. `minutes` is the time its play takes beyond reading its words."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    minutes: ClassVar[int] = 0
    for_teachers: ClassVar[bool] = False
    """Whether learners are not shown it, so that its words cost them no time."""

    def facts(self) -> object:
        """What must be the same in both languages."""
        return None

    def problems(self, around: Surroundings) -> Iterator[Wrong]:
        """Names that are not found and facts that do not hold."""
        yield from ()

    def uses(self) -> Iterator[str]:
        """Names of the front matter this refers to, as `figures.name`."""
        yield from ()


def lacking(
    path: tuple[str | int, ...], kind: str, name: str, known: Mapping[str, object]
) -> Wrong:
    """There is no such thing in the front matter."""
    names = ", ".join(known) or "none"
    return (
        path,
        f"there is no {name!r} under {kind} in the front matter of zh.md; known are {names}",
    )
