"""What a lesson computes: loans, figures, curves and requests, named once in its front matter.

Nothing a learner reads as a result is typed: a figure names a call of `sandbox.answers`, and both
languages show it as {{name}}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import StringConstraints, ValidationError

from jiejian.content import units
from sandbox.answers import Call, Unit
from sandbox.datafiles import DataFileError
from sandbox.input_error import InputError
from sandbox.lender.case import Case
from sandbox.lender.decision import Decision
from sandbox.loans import Offer
from sandbox.text import Language

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
PLACEHOLDER = re.compile(r"\{\{\s*([^{}|]*?)\s*(?:\|\s*([^{}]*?)\s*)?\}\}")
FAILURES = (ArithmeticError, LookupError, TypeError, ValueError, DataFileError, InputError)


@dataclass(frozen=True)
class Figure:
    """A computed number. args are complete: loans written out, other figures put in."""

    name: str
    call: Call
    args: Mapping[str, Any]
    unit: Unit
    places: int | None
    value: Decimal

    def say(self, language: Language) -> str:
        """The number with its unit."""
        return units.say(self.value, self.unit, language, self.places)

    @property
    def plain(self) -> str:
        """The number alone."""
        return units.plain(self.value, self.unit, self.places)

    def with_changed(self, changes: Mapping[str, Decimal | int]) -> Decimal:
        """The number with other arguments. Raises ValueError where there is none."""
        args = dict(self.args)
        for key, value in changes.items():
            args = replaced(self.call, args, key, value)
        return computed(self.call, args)


@dataclass(frozen=True, eq=False)
class Curve:
    """A call over one argument: its points, None where it cannot be computed.

    A curve is one of its lesson, equal to itself alone.
    """

    name: str
    figure: Figure
    over: str
    points: tuple[tuple[Decimal, Decimal], ...]

    def changed(self, changes: Mapping[str, Decimal | int]) -> tuple[tuple[Decimal, Decimal], ...]:
        """The points with other arguments; those that cannot be computed are left out."""
        return _changed(self, tuple(sorted(changes.items())))


@lru_cache(maxsize=1024)
def _changed(
    curve: Curve, changes: tuple[tuple[str, Decimal | int], ...]
) -> tuple[tuple[Decimal, Decimal], ...]:
    """A slider has few stops and a class moves it at once: each curve is computed once."""
    found = []
    for x, _ in curve.points:
        try:
            found.append((x, curve.figure.with_changed({**dict(changes), curve.over: tidy(x)})))
        except FAILURES:
            continue
    return tuple(found)


@dataclass(frozen=True)
class Asked:
    """A request and what the lender made of it."""

    name: str
    case: Case
    decision: Decision


@dataclass(frozen=True)
class Workings:
    """All that a lesson computes, by name."""

    loans: Mapping[str, Offer] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    curves: Mapping[str, Curve] = field(default_factory=dict)
    requests: Mapping[str, Asked] = field(default_factory=dict)
    inputs: frozenset[Decimal] = frozenset()

    def fill(self, text: str, language: Language) -> str:
        """The text with every {{figure}} and {{figure|plain}} it knows written out."""

        def write(found: re.Match[str]) -> str:
            figure = self.figures.get(found[1])
            if figure is None or found[2] not in (None, "plain"):
                return found[0]
            return figure.plain if found[2] else figure.say(language)

        return PLACEHOLDER.sub(write, text)

    def unknown(self, text: str) -> list[str]:
        """What is wrong with the placeholders of a text."""
        wrong = []
        for found in PLACEHOLDER.finditer(text):
            if found[1] not in self.figures:
                wrong.append(f"there is no figure {found[1]!r} in the front matter of zh.md")
            elif found[2] not in (None, "plain"):
                wrong.append(f"{found[0]}: only |plain may follow the name")
        return wrong


def computed(call: Call, args: Mapping[str, Any]) -> Decimal:
    """The number of a call. Raises ValueError with a message for an author."""
    try:
        value = call(args)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in problem["loc"])
        message = problem["msg"].removeprefix("Value error, ")
        raise ValueError(f"{place}: {message}" if place else message) from None
    except FAILURES as error:
        raise ValueError(" ".join(str(error).split())) from error
    if not value.is_finite():
        raise ValueError(f"gives {value}, which is no number")
    return value


def replaced(call: Call, args: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """The arguments with one replaced; a term of the loan is replaced inside the loan."""
    if call.takes_loan and key not in call.takes.model_fields:
        return {**args, "loan": {**args["loan"], key: value}}
    return {**args, key: value}


def takes(call: Call, key: str) -> bool:
    """Whether a call has an argument, or a term of its loan, of this name."""
    inside = call.takes_loan and key in Offer.model_fields
    return (key in call.takes.model_fields and key != "loan") or inside


def grid(first: Decimal, last: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    """first, first + step, ... up to last."""
    return tuple(first + step * n for n in range(int((last - first) / step) + 1))


def tidy(number: Decimal) -> Decimal | int:
    return int(number) if number == number.to_integral_value() else number
