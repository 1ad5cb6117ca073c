"""A rule: one measure held against bands (a number) or cases (a category), with its words."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sandbox.lender.bands import Band, RuleOutcome, Verdict, band_problem
from sandbox.lender.measures import MEASURES
from sandbox.text import Text

Stage = Literal["intake", "completeness", "identity", "compliance", "risk", "pricing"]
Family = Literal["technology", "risk_control", "compliance", "user"]
STAGES: tuple[Stage, ...] = (
    "intake",
    "completeness",
    "identity",
    "compliance",
    "risk",
    "pricing",
)


class Entry(BaseModel):
    """Base of everything written in a rule file: frozen, and a misspelt key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Retry(Entry):
    """When another try makes sense; `say` is shown to the borrower."""

    when: Literal["after_fix", "after_wait", "after_incident", "after_look_up", "other_request"]
    say: Text


class ReasonWords(Entry):
    """What a reason code means to the borrower."""

    title: Text
    explain: Text
    do: Text
    avoid: Text
    retry: Retry
    lesson: str = Field(pattern=r"^[a-z0-9-]+(#[a-z0-9-]+)?$")
    rank: int = Field(50, ge=1, le=99, description="1 is named first in a notice.")


class Source(Entry):
    """Where a limit comes from."""

    title: str = Field(min_length=1)
    date: str = Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")


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
        verdicts = [*self.bands, *self.cases.values(), self.missing]
        used = {verdict.reason for verdict in verdicts if verdict.reason}
        if unknown := sorted(used - self.reasons.keys()):
            raise ValueError(f"reasons: no words for {', '.join(unknown)}")
        if idle := sorted(self.reasons.keys() - used):
            raise ValueError(f"reasons: {', '.join(idle)} is never given")
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
        return next(band for band in self.bands if band.holds(value))
