"""Calls: a figure in a quiz is never typed but asked of a named calculation of the sandbox."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.datafiles import DataFileError
from sandbox.text import Text

Compute = Mapping[str, Callable[[Mapping[str, object]], Decimal]]
"""Named calculations: the arguments written in the item go in, the number comes out."""

Drawn = Mapping[str, Decimal | Text]
"""What was drawn for an item's parameters, by name."""

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_FAILURES = (ArithmeticError, LookupError, TypeError, ValueError, DataFileError)


class CallFailed(Exception):
    """A calculation does not exist, refuses its arguments, or gives no finite number."""


class Call(BaseModel):
    """A named calculation and its arguments.

    An argument may be a number, text, a list, "{name}" of a parameter, or another call.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    call: str
    args: dict[str, object] = Field(default_factory=dict)

    def value(self, drawn: Drawn, compute: Compute) -> Decimal:
        """The number. Raises CallFailed."""
        return _called(self.call, self.args, drawn, compute)

    def names(self) -> Iterator[str]:
        """Parameters the arguments name."""
        return named(self.args)


def named(value: object) -> Iterator[str]:
    """Every parameter named as "{name}" inside a written value."""
    if isinstance(value, str):
        if matched := PLACEHOLDER.fullmatch(value):
            yield matched[1]
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from named(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from named(inner)


def filled(value: object, drawn: Drawn, compute: Compute) -> object:
    """A written value with its parameters put in and its inner calls made. Raises CallFailed."""
    if isinstance(value, str):
        matched = PLACEHOLDER.fullmatch(value)
        return _parameter(matched[1], drawn) if matched else value
    if isinstance(value, Mapping):
        if "call" in value and value.keys() <= {"call", "args"}:
            return _called(str(value["call"]), value.get("args") or {}, drawn, compute)
        return {str(key): filled(inner, drawn, compute) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [filled(inner, drawn, compute) for inner in value]
    return value


def _called(name: str, args: object, drawn: Drawn, compute: Compute) -> Decimal:
    function = compute.get(name)
    if function is None:
        known = ", ".join(sorted(compute)) or "none"
        raise CallFailed(f"there is no call {name!r}; known are: {known}")
    given = filled(args, drawn, compute)
    if not isinstance(given, dict):
        raise CallFailed(f"{name}: args must be a mapping (name: value)")
    try:
        number = function(given)
    except _FAILURES as error:
        raise CallFailed(f"{name} cannot be computed: {' '.join(str(error).split())}") from error
    if not number.is_finite():
        raise CallFailed(f"{name} gives {number}, which is no number")
    return number


def _parameter(name: str, drawn: Drawn) -> int | Decimal:
    """The number drawn; a whole one as int, since some calculations count."""
    value = drawn.get(name)
    if not isinstance(value, Decimal):
        raise CallFailed(f"{{{name}}} is no parameter that holds a number")
    return int(value) if value == value.to_integral_value() else value
