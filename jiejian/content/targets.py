"""The pages a lesson can lead into, and the presets each takes: targets.yaml beside this module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

from sandbox.answers.lender import book
from sandbox.datafiles import read_model


class Key(BaseModel):
    """What one key of a preset may be."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    kind: Literal["choice", "persona", "number", "free"]
    of: str | tuple[int | str, ...] | None = None
    from_: int | None = Field(None, alias="from")
    to: int | None = None

    def problem(self, value: object) -> str | None:
        """Why the value is not taken, None if it is."""
        if self.kind == "number":
            return self._number_problem(value)
        if self.kind == "free":
            return None if len(str(value)) <= 40 else "must be shorter than 40 characters"
        names = self._names()
        if value in names:
            return None
        return f"should be one of {', '.join(map(str, names))}"

    def _names(self) -> tuple[object, ...]:
        if self.kind == "persona":
            return tuple(book().personas)
        if isinstance(self.of, tuple):
            return self.of
        return tuple(getattr(book().choices, str(self.of), {}))

    def _number_problem(self, value: object) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int):
            return "must be a whole number"
        if isinstance(self.of, tuple) and value not in self.of:
            return f"should be one of {', '.join(map(str, self.of))}"
        if (self.from_ is not None and value < self.from_) or (
            self.to is not None and value > self.to
        ):
            return f"must lie between {self.from_} and {self.to}"
        return None


class Targets(RootModel[dict[str, dict[str, Key]]]):
    """Keys by page."""


@cache
def targets() -> Mapping[str, Mapping[str, Key]]:
    """Keys by page, as the data file has them."""
    return read_model(Path(__file__).with_name("targets.yaml"), Targets).root


def keys_of(target: str) -> tuple[str, ...]:
    """The keys a page takes."""
    return tuple(targets()[target])


def preset_problems(target: str, preset: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Key and what is wrong with it, for a page that is known."""
    keys = targets()[target]
    for name, value in preset.items():
        key = keys.get(name)
        if key is None:
            yield name, f"the page {target} takes no such key; it takes {', '.join(keys) or 'none'}"
        elif problem := key.problem(value):
            yield name, problem
