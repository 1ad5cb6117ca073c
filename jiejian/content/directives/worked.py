"""Directives that compute: an example step by step, sliders on a calculation, two offers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from jiejian.content.directives.body import Body, Surroundings, Wrong, lacking
from jiejian.content.marked import MarkedWords
from jiejian.content.workings import Name, Workings, grid, takes
from sandbox.answers import ANSWERS, Unit
from sandbox.answers.loans import quoted
from sandbox.text import Words

MOST_STOPS = 400


class ExampleStep(Body):
    """A step: words, the formula if there is one, the figure that comes out."""

    text: MarkedWords
    formula: Words | None = None
    figure: Name | None = None


class WorkedExample(Body):
    """Numbered steps with computed figures, and the schedule of a loan if that helps.

    rows: which rows of the schedule to print, all of them without it; `last` is the last.
    """

    title: Words
    intro: MarkedWords | None = None
    steps: tuple[ExampleStep, ...] = Field(min_length=2, max_length=10)
    schedule: Name | None = None
    rows: tuple[int | Literal["last"], ...] = ()
    conclusion: MarkedWords | None = None

    def facts(self) -> object:
        """The figures of the steps, the schedule and its rows."""
        return [step.figure for step in self.steps], self.schedule, list(self.rows)

    def uses(self) -> Iterator[str]:
        """The figures and the loan."""
        yield from (f"figures.{step.figure}" for step in self.steps if step.figure)
        if self.schedule:
            yield f"loans.{self.schedule}"

    def problems(self, around: Surroundings) -> Iterator[Wrong]:
        """Figures and loan must be there, and the rows in the schedule."""
        workings = around.workings
        for place, step in enumerate(self.steps):
            if step.figure and step.figure not in workings.figures:
                path = ("steps", place, "figure")
                yield lacking(path, "figures", step.figure, workings.figures)
        if self.schedule is None:
            return
        if self.schedule not in workings.loans:
            yield lacking(("schedule",), "loans", self.schedule, workings.loans)
            return
        length = len(quoted(workings.loans[self.schedule]).rows)
        if any(row != "last" and not 1 <= row <= length for row in self.rows):
            yield ("rows",), f"the schedule has rows 1 to {length}"


class Handle(Body):
    """A slider on one argument of a call, or on one term of its loan."""

    arg: str
    label: Words
    from_: Decimal = Field(alias="from")
    to: Decimal
    step: Decimal = Field(gt=0)
    start: Decimal
    unit: Unit

    @property
    def stops(self) -> tuple[Decimal, ...]:
        """Every value it can take."""
        return grid(self.from_, self.to, self.step)

    @model_validator(mode="after")
    def _startable(self) -> Self:
        if self.to <= self.from_ or (self.to - self.from_) / self.step >= MOST_STOPS:
            raise ValueError(f"step: from, to and step must give 2 to {MOST_STOPS} values")
        if self.start not in self.stops:
            raise ValueError("start: is none of the values from, from + step, ...")
        return self

    def facts(self) -> object:
        """Everything but the words."""
        return self.arg, self.from_, self.to, self.step, self.start, self.unit


class Result(Body):
    """A figure that follows the sliders, under the words the learner knows it by."""

    figure: Name
    label: Words


class Slider(Body):
    """One or two sliders on real calculations, and what comes out.

    chart: `schedule` draws the payments of the first figure's loan; a curve's name draws that.
    """

    minutes: ClassVar[int] = 1

    title: Words
    prompt: MarkedWords
    sliders: tuple[Handle, ...] = Field(min_length=1, max_length=2)
    results: tuple[Result, ...] = Field(min_length=1, max_length=4)
    chart: Name | None = None
    x_label: Words | None = None
    y_label: Words | None = None
    explanation: MarkedWords | None = None

    @model_validator(mode="after")
    def _labelled(self) -> Self:
        named = self.x_label is not None and self.y_label is not None
        if self.chart not in (None, "schedule") and not named:
            raise ValueError("x_label: a curve needs x_label and y_label")
        return self

    def facts(self) -> object:
        """Everything but the words."""
        handles = [handle.facts() for handle in self.sliders]
        return handles, [result.figure for result in self.results], self.chart

    def uses(self) -> Iterator[str]:
        """The figures and the curve."""
        yield from (f"figures.{result.figure}" for result in self.results)
        if self.chart not in (None, "schedule"):
            yield f"curves.{self.chart}"

    def problems(self, around: Surroundings) -> Iterator[Wrong]:
        """Every figure must be there, and each slider must move one at every stop."""
        known = around.workings.figures
        for place, result in enumerate(self.results):
            if result.figure not in known:
                yield lacking(("results", place, "figure"), "figures", result.figure, known)
                return
        if self.chart not in (None, "schedule") and self.chart not in around.workings.curves:
            yield lacking(("chart",), "curves", str(self.chart), around.workings.curves)
        if self.chart == "schedule" and not known[self.results[0].figure].call.takes_loan:
            yield ("chart",), "the first figure has no loan whose schedule could be drawn"
        for place, handle in enumerate(self.sliders):
            moved = [r for r in self.results if takes(known[r.figure].call, handle.arg)]
            if not moved:
                yield ("sliders", place, "arg"), f"none of the figures takes {handle.arg!r}"
        yield from self._stuck(around.workings)

    def _stuck(self, workings: Workings) -> Iterator[Wrong]:
        """The ends of the sliders, together, where a figure cannot be computed."""
        corners: list[dict[str, Decimal]] = [{}]
        for handle in self.sliders:
            ends = (handle.from_, handle.stops[-1], handle.start)
            corners = [{**corner, handle.arg: end} for corner in corners for end in ends]
        for corner in corners:
            try:
                self.values(workings, corner)
            except ValueError as error:
                where = ", ".join(f"{arg} {value}" for arg, value in corner.items())
                yield ("sliders",), f"at {where}: {error}"
                return

    def values(self, workings: Workings, at: dict[str, Decimal]) -> list[Decimal]:
        """The results at these positions. Raises ValueError where one cannot be computed."""
        found = []
        for result in self.results:
            figure = workings.figures[result.figure]
            found.append(figure.with_changed(changes_for(figure.call.name, at)))
        return found


def changes_for(call_name: str, at: dict[str, Decimal]) -> dict[str, Decimal | int]:
    """The positions a call takes; whole numbers as int, since counts are."""
    call = ANSWERS[call_name]
    return {
        arg: int(value) if value == value.to_integral_value() else value
        for arg, value in at.items()
        if takes(call, arg)
    }


class OfferCard(Body):
    """One of two offers: its loan and how it is advertised."""

    loan: Name
    label: Words
    says: MarkedWords


Measure = Literal["total_cost", "irr_simple", "irr_compound", "largest_payment", "cost_per_1000"]


class CompareOffers(Body):
    """Two offers under one plan: which is cheaper? `by` says by what measure.

    settle_after: both are paid off after that many instalments.
    """

    minutes: ClassVar[int] = 1

    title: Words
    prompt: MarkedWords
    offers: tuple[OfferCard, OfferCard]
    by: Measure = "total_cost"
    settle_after: int | None = Field(None, ge=1, le=600)
    because: MarkedWords

    def facts(self) -> object:
        """The loans, the measure and the plan."""
        return [offer.loan for offer in self.offers], self.by, self.settle_after

    def uses(self) -> Iterator[str]:
        """The loans."""
        yield from (f"loans.{offer.loan}" for offer in self.offers)

    def problems(self, around: Surroundings) -> Iterator[Wrong]:
        """The loans must be there and differ by the measure."""
        known = around.workings.loans
        for place, offer in enumerate(self.offers):
            if offer.loan not in known:
                yield lacking(("offers", place, "loan"), "loans", offer.loan, known)
                return
        try:
            first, second = (self.measured(around.workings, place) for place in (0, 1))
        except ValueError as error:
            yield ("offers",), str(error)
            return
        if first == second:
            yield ("by",), f"both offers have the same {self.by}"

    def measured(self, workings: Workings, place: int, by: str | None = None) -> Decimal:
        """An offer's measure under the plan. Raises ValueError where there is none."""
        from sandbox.answers.changes import changed

        loan = workings.loans[self.offers[place].loan]
        if self.settle_after is not None:
            early = {"after_instalment": self.settle_after}
            loan = changed(loan, prepayments=(*loan.prepayments, early))
        return ANSWERS[by or self.by]({"loan": loan})

    def cheaper(self, workings: Workings) -> int:
        """The place of the cheaper offer."""
        return 0 if self.measured(workings, 0) < self.measured(workings, 1) else 1
