"""A rule: one measure held against bands (a number) or cases (a category), with its words."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from sandbox.lender.bands import Band, RuleOutcome, Verdict, band_problem
from sandbox.lender.limits import Limit, nearest, passing_ranges
from sandbox.lender.measures import MEASURES
from sandbox.lender.reasons import Entry, ReasonWords, Source
from sandbox.text import Text

Stage = Literal[
    "intake",
    "completeness",
    "identity",
    "compliance",
    "risk",
    "affordability",
    "pricing",
    "disbursement",
]
Family = Literal["technology", "risk_control", "compliance", "user"]
STAGES: tuple[Stage, ...] = (
    "intake",
    "completeness",
    "identity",
    "compliance",
    "risk",
    "affordability",
    "pricing",
    "disbursement",
)
REDUCING_STAGE: Stage = "affordability"
"""The one stage that may cut the amount; it weighs all its limits together."""


class Example(Entry):
    """A value and the outcome it must have; run as a test."""

    given: Decimal | str | None
    expect: RuleOutcome


class Rule(Entry):
    """One check of the lender."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    stage: Stage
    order: int = Field(ge=1, le=999)
    family: Family
    title: Text
    question: Text
    measure: str
    params: dict[str, int] = Field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    cases: dict[str, Verdict] = Field(default_factory=dict)
    missing: Verdict
    reasons: dict[str, ReasonWords] = Field(default_factory=dict)
    examples: tuple[Example, ...] = Field(min_length=2)
    source: Source | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        self._check_measure()
        if self.bands and (problem := band_problem(self.bands)):
            raise ValueError(f"bands: {problem}")
        self._check_direction()
        verdicts = self.verdicts
        used = {verdict.reason for verdict in verdicts if verdict.reason}
        if unknown := sorted(used - self.reasons.keys()):
            raise ValueError(f"reasons: no words for {', '.join(unknown)}")
        if idle := sorted(self.reasons.keys() - used):
            raise ValueError(f"reasons: {', '.join(idle)} is never given")
        if self.stage != REDUCING_STAGE and any(v.outcome == "reduce" for v in verdicts):
            raise ValueError(f"stage: only {REDUCING_STAGE} can reduce the amount")
        self._check_examples()
        return self

    def _check_measure(self) -> None:
        measure = MEASURES.get(self.measure)
        if measure is None:
            known = ", ".join(sorted(MEASURES))
            raise ValueError(f"measure: unknown measure {self.measure!r}; known are {known}")
        if measure.params != self.params.keys():
            raise ValueError(
                f"params: {self.measure} takes {sorted(measure.params)}, given {sorted(self.params)}"
            )
        wanted, other = ("cases", "bands") if measure.unit == "choice" else ("bands", "cases")
        if not getattr(self, wanted) or getattr(self, other):
            raise ValueError(f"{wanted}: {self.measure} needs {wanted} and takes no {other}")

    def _check_direction(self) -> None:
        """A more favourable value must never have a harder verdict."""
        better = MEASURES[self.measure].better
        if better is None:
            return
        for number, (lower, upper) in enumerate(pairwise(self.bands), start=1):
            worse, milder = (lower, upper) if better == "more" else (upper, lower)
            if milder.burden > worse.burden:
                raise ValueError(
                    f"bands: bands {number} and {number + 1}: {better} {self.measure} is better"
                    " for the borrower, but is judged harder"
                )

    def _check_examples(self) -> None:
        met: set[int] = set()
        for number, example in enumerate(self.examples, start=1):
            try:
                given = example.given
                number_given = Decimal(given) if self.bands and given is not None else given
                verdict = self.verdict(number_given)
            except (KeyError, TypeError, ArithmeticError):
                raise ValueError(f"examples: number {number} is no value of this measure") from None
            if verdict.outcome != example.expect:
                raise ValueError(
                    f"examples: number {number} gives {verdict.outcome}, expected {example.expect}"
                )
            met.add(id(verdict))
        untried = [v for v in [*self.bands, *self.cases.values()] if id(v) not in met]
        if untried:
            raise ValueError(f"examples: {len(untried)} of the bands or cases is never tried")

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Every verdict the rule can give."""
        return (*self.bands, *self.cases.values(), self.missing)

    def verdict(self, value: Decimal | str | None) -> Verdict:
        """The band or case the value falls in.

        Raises KeyError for a category the rule does not list, TypeError for a value of the
        wrong kind.
        """
        if value is None:
            return self.missing
        if self.cases:
            return self.cases[str(value)]
        if not isinstance(value, Decimal):
            raise TypeError(f"{self.id}: {value!r} is no number")
        for band in self.bands:
            if band.holds(value):
                return band
        raise TypeError(f"{self.id}: {value} lies in no band")

    @cached_property
    def passing(self) -> tuple[Limit, ...]:
        """Every range of numbers that passes."""
        return passing_ranges(self.bands)

    @cached_property
    def passing_choices(self) -> tuple[str, ...]:
        """Every category that passes."""
        return tuple(name for name, verdict in self.cases.items() if verdict.outcome == "pass")

    def limit(self, value: Decimal | str | None) -> Limit | None:
        """The passing range nearest to the value, None for a rule on categories."""
        return nearest(self.passing, value if isinstance(value, Decimal) else None)
