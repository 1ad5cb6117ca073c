"""Parameters: the numbers and words of an item that are drawn anew for each attempt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from math import prod
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from jiejian.content.calls import Drawn
from sandbox.text import Text

Amount = Annotated[Decimal, Field(allow_inf_nan=False)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Unit = Literal["yuan", "percent", "minutes", "hours", "days", "months", "years", "count"]
ShownUnit = Literal[
    "yuan", "percent", "fraction", "minutes", "hours", "days", "months", "years", "count"
]

RESERVED = ("answer", "value")
LARGEST_ANSWER = Decimal(10) ** 12
MOST_VALUES = 10_000
ALL_DRAWS = 400
SEEDED_DRAWS = 150
_MOST_CORNERS = 64


class Parameter(BaseModel):
    """What may be drawn: numbers `from` .. `to` by `step`, listed `values`, or listed `words`.

    unit says how a number is written in words: yuan as ¥12,000, percent (5 is 5 %) and fraction
    (0.05 is 5 %) with the sign, all others as the bare number.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lowest: Amount | None = Field(None, alias="from")
    highest: Amount | None = Field(None, alias="to")
    step: Annotated[Amount, Field(gt=0)] | None = None
    values: tuple[Amount, ...] = ()
    words: tuple[Text, ...] = ()
    unit: ShownUnit = "count"

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ends = (self.lowest, self.highest, self.step)
        ways = [any(end is not None for end in ends), bool(self.values), bool(self.words)]
        if sum(ways) != 1:
            raise ValueError("needs either from, to and step, or values, or words")
        if ways[0]:
            self._check_range()
        elif len(self.values) == 1 or len(self.words) == 1:
            raise ValueError("one value is no draw; write it into the text")
        if len(set(self.values)) < len(self.values):
            raise ValueError("values: one is listed twice")
        return self

    def _check_range(self) -> None:
        if self.lowest is None or self.highest is None or self.step is None:
            raise ValueError("needs from, to and step together")
        if self.highest <= self.lowest:
            raise ValueError("to: must be above from")
        if (self.highest - self.lowest) % self.step:
            raise ValueError("step: does not lead from `from` to `to`")
        if self.size > MOST_VALUES:
            raise ValueError(f"step: gives more than {MOST_VALUES} values")

    @property
    def size(self) -> int:
        """How many values can be drawn."""
        if self.lowest is not None and self.highest is not None and self.step is not None:
            return int((self.highest - self.lowest) / self.step) + 1
        return len(self.values) or len(self.words)

    def at(self, place: int) -> Decimal | Text:
        """The value at a place, counted from 0."""
        if self.lowest is not None and self.step is not None:
            return self.lowest + place * self.step
        return self.values[place] if self.values else self.words[place]

    def ends(self) -> tuple[Decimal | Text, ...]:
        """The lowest and the highest number; for words the first alone."""
        if self.words:
            return (self.words[0],)
        if self.values:
            return (min(self.values), max(self.values))
        return (self.at(0), self.at(self.size - 1))


Parameters = Mapping[Name, Parameter]


def draw(parameters: Parameters, seed: int) -> Drawn:
    """One value for each parameter; the same seed draws the same."""
    return {
        name: parameter.at(scatter(seed, f"draw:{name}") % parameter.size)
        for name, parameter in parameters.items()
    }


def draws_to_try(parameters: Parameters) -> Iterator[Drawn]:
    """Every draw there is; beyond ALL_DRAWS the corners and SEEDED_DRAWS others."""
    names = list(parameters)
    if prod(parameter.size for parameter in parameters.values()) <= ALL_DRAWS:
        lines = [[p.at(place) for place in range(p.size)] for p in parameters.values()]
        for values in product(*lines):
            yield dict(zip(names, values, strict=True))
        return
    for number, values in enumerate(product(*(p.ends() for p in parameters.values()))):
        if number < _MOST_CORNERS:
            yield dict(zip(names, values, strict=True))
    for seed in range(SEEDED_DRAWS):
        yield draw(parameters, seed)


def scatter(seed: int, purpose: str) -> int:
    """A large number fixed by seed and purpose, alike on every machine and in every version."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{purpose}".encode()).digest()[:8])


def shown(value: Decimal | Text, unit: ShownUnit) -> Text:
    """A drawn or computed value as it is written in both languages."""
    if isinstance(value, Text):
        return value
    match unit:
        case "yuan":
            sign = "-" if value < 0 else ""
            words = f"{sign}¥{_number(abs(value), cents=True)}"
        case "percent":
            words = f"{_number(value, small=4)}%"
        case "fraction":
            words = f"{_number(value * 100, small=4)}%"
        case _:
            words = _number(value)
    return Text(zh=words, en=words)


def _number(value: Decimal, *, cents: bool = False, small: int = 2) -> str:
    """With thousands separators and at most two decimals, `small` ones below 1: 12,000, 14.4."""
    places = small if abs(value) < 1 else 2
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if rounded == rounded.to_integral_value():
        return f"{rounded:,.0f}"
    return f"{rounded:,.2f}" if cents else f"{rounded:,f}".rstrip("0")
