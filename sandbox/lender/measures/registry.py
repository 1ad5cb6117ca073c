"""How a measure is declared: its unit, parameters, the facts it reads and its good direction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from sandbox.lender.case import Case
from sandbox.lender.facts.catalogue import FACTS, sources
from sandbox.lender.facts.fact import Better, Source
from sandbox.lender.product import Product

if TYPE_CHECKING:
    from sandbox.lender.scorecard import Scorecard

Unit = Literal[
    "count",
    "yuan",
    "percent",
    "points",
    "minutes",
    "hours",
    "days",
    "months",
    "years",
    "seconds",
    "yes_no",
    "choice",
]
Clock = Literal["rises", "falls"]
Params = Mapping[str, int]
Value = Decimal | str | None


@dataclass(frozen=True)
class Assessment:
    """The facts of a case plus what the lender has worked out so far.

    case holds the amount as it stands, perhaps reduced by the lender; asked is the case as it
    came. annual_rate is the nominal yearly rate (a fraction) once a pricing rule has set it.
    """

    case: Case
    product: Product
    scorecard: Scorecard
    asked: Case
    annual_rate: Decimal | None = None


Compute = Callable[[Assessment, Params], Value]


@dataclass(frozen=True)
class Measure:
    """A named measure: its unit, the parameters it takes and the function behind it.

    facts are the paths it reads; better is the direction that is more favourable to the borrower,
    None if there is no such direction. clock tells that the value rises or falls by one for every
    unit of time that passes.
    """

    name: str
    unit: Unit
    params: frozenset[str]
    facts: tuple[str, ...]
    better: Better | None
    compute: Compute
    clock: Clock | None = None

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Who told the facts it reads."""
        return sources(self.facts)


MEASURES: dict[str, Measure] = {}


def measure(
    unit: Unit,
    *facts: str,
    better: Better | None = None,
    params: tuple[str, ...] = (),
    clock: Clock | None = None,
) -> Callable[[Compute], Compute]:
    """Register a function as the measure of its own name. Raises KeyError for an unknown fact."""
    for path in facts:
        FACTS[path]

    def register(compute: Compute) -> Compute:
        name = compute.__name__
        MEASURES[name] = Measure(name, unit, frozenset(params), facts, better, compute, clock)
        return compute

    return register


def flag(value: bool) -> Decimal:
    """Yes as 1, no as 0."""
    return Decimal(int(value))
