"""The teaching scorecard: characteristics, their attributes, and the points each brings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from sandbox.lender.bands import Range, band_problem
from sandbox.lender.limits import Limit
from sandbox.lender.measures.registry import MEASURES, Assessment, Value
from sandbox.lender.reasons import Entry, ReasonWords, Source
from sandbox.text import Text


class Attribute(Range):
    """A range of the characteristic's values and the points it brings."""

    points: int = Field(ge=-1000, le=1000)


class Characteristic(Entry):
    """One characteristic: a measure cut into attributes, and the reason it gives when it weighs."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: Text
    measure: str
    attributes: tuple[Attribute, ...]
    missing: int = Field(ge=-1000, le=1000)
    code: str = Field(pattern=r"^[A-Z][0-9]{2}$")
    words: ReasonWords

    @model_validator(mode="after")
    def _whole(self) -> Self:
        measure = MEASURES.get(self.measure)
        if measure is None:
            raise ValueError(f"measure: unknown measure {self.measure!r}")
        if measure.unit == "choice" or measure.params:
            raise ValueError(f"measure: {self.measure} is no plain number")
        if problem := band_problem(self.attributes):
            raise ValueError(f"attributes: {problem}")
        points = [attribute.points for attribute in self.attributes]
        if measure.better and points != sorted(points, reverse=measure.better == "less"):
            raise ValueError("attributes: a more favourable value must not bring fewer points")
        return self

    @property
    def most(self) -> int:
        """The most points it can bring."""
        return max(self.missing, *(attribute.points for attribute in self.attributes))

    @property
    def best_range(self) -> Limit | None:
        """The values that bring the most points; None if only a missing value does."""
        best = [a for a in self.attributes if a.points == self.most]
        if not best:
            return None
        return Limit(
            low=best[0].low,
            low_included=best[0].above is None,
            high=best[-1].high,
            high_included=best[-1].through is not None,
        )

    def points(self, value: Value) -> int:
        """The points of this value."""
        if not isinstance(value, Decimal):
            return self.missing
        return next(a.points for a in self.attributes if a.holds(value))


class Scorecard(Entry):
    """A scorecard: a base and characteristics. A teaching model, no real lender's."""

    id: str
    title: Text
    about: Text
    base: int
    characteristics: tuple[Characteristic, ...] = Field(min_length=1)
    source: Source | None = None

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        names = [c.id for c in self.characteristics]
        if len(set(names)) != len(names):
            raise ValueError("characteristics: an id is used twice")
        return self

    def values(self, a: Assessment) -> Iterator[tuple[Characteristic, Value, int]]:
        """Each characteristic with the value seen and the points it brings."""
        for characteristic in self.characteristics:
            value = MEASURES[characteristic.measure].compute(a, {})
            yield characteristic, value, characteristic.points(value)

    def total(self, a: Assessment) -> Decimal:
        """The score."""
        return Decimal(self.base + sum(points for _, _, points in self.values(a)))
