"""Every fact by its path, with what its field declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sandbox.lender.case import Case
from sandbox.lender.facts.fact import Better, Change, Facts, Source


@dataclass(frozen=True)
class Fact:
    """A fact's path ("applicant.age"), source, direction and changeability."""

    path: str
    source: Source
    change: Change
    better: Better | None
    about: str

    def of(self, case: Case) -> Any:
        """The fact's value in this case."""
        group, name = self.path.split(".")
        return getattr(getattr(case, group), name)


def _read() -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for group, holder in Case.model_fields.items():
        kind = holder.annotation
        if not (isinstance(kind, type) and issubclass(kind, Facts)):
            continue
        for name, field in kind.model_fields.items():
            extra = field.json_schema_extra
            if not isinstance(extra, dict):
                raise TypeError(f"{group}.{name} declares no source")
            found[f"{group}.{name}"] = Fact(
                path=f"{group}.{name}",
                source=extra["source"],  # type: ignore[arg-type]
                change=extra["change"],  # type: ignore[arg-type]
                better=extra.get("better"),  # type: ignore[arg-type]
                about=field.description or "",
            )
    return found


FACTS: Mapping[str, Fact] = MappingProxyType(_read())


def sources(paths: tuple[str, ...]) -> tuple[Source, ...]:
    """Who told these facts, each once, in the order of the paths."""
    return tuple(dict.fromkeys(FACTS[path].source for path in paths))
