"""Directives that ask for a guess before the truth, which is computed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from jiejian.content.directives.body import Body, Code, Surroundings, Wrong, lacking
from jiejian.content.marked import MarkedWords
from jiejian.content.workings import Curve, Name, Workings
from sandbox.lender.decision import Outcome
from sandbox.text import Words

Asks = Literal["highest", "lowest", "crossing", "reaches"]


class Option(Body):
    """A choice of a guess: right if the truth lies below `below` (and not in an earlier one).

    The last option has no `below`. With a request, `outcome` says which answer it stands for.
    """

    text: Words
    below: Decimal | None = None
    outcome: Outcome | None = None


class Predict(Body):
    """A guess, then the truth and why.

    The truth is a figure, guessed as a number or among options, or what the lender makes of a
    request, guessed among options. `within`: how many percent off still counts as right.
    """

    minutes: ClassVar[int] = 1

    id: Code
    title: Words
    prompt: MarkedWords
    figure: Name | None = None
    request: Name | None = None
    options: tuple[Option, ...] = Field((), max_length=6)
    within: Decimal = Field(Decimal(5), ge=0, le=50)
    because: MarkedWords

    @model_validator(mode="after")
    def _one_truth(self) -> Self:
        if (self.figure is None) == (self.request is None):
            raise ValueError("figure: give a figure or a request, one of them")
        if self.request is not None:
            if len(self.options) < 2 or any(o.outcome is None for o in self.options):
                raise ValueError("options: a request needs two or more, each with its outcome")
        elif self.options:
            bounds = [option.below for option in self.options]
            ends = [bound for bound in bounds[:-1] if bound is not None]
            if len(bounds) < 2 or bounds[-1] is not None or len(ends) != len(bounds) - 1:
                raise ValueError("options: each but the last says `below`, and the last does not")
            if ends != sorted(set(ends)):
                raise ValueError("options: `below` must rise")
        return self

    def facts(self) -> object:
        """Everything but the words."""
        options = [(option.below, option.outcome) for option in self.options]
        return self.id, self.figure, self.request, options, self.within

    def uses(self) -> Iterator[str]:
        """The figure or request."""
        if self.figure:
            yield f"figures.{self.figure}"
        if self.request:
            yield f"requests.{self.request}"

    def problems(self, around: Surroundings) -> Iterator[Wrong]:
        """The truth must be there and among the options."""
        workings = around.workings
        if self.figure and self.figure not in workings.figures:
            yield lacking(("figure",), "figures", self.figure, workings.figures)
        elif self.request and self.request not in workings.requests:
            yield lacking(("request",), "requests", self.request, workings.requests)
        elif self.options and self.right(workings) is None:
            yield ("options",), "none of them is what comes out"

    def right(self, workings: Workings) -> int | None:
        """The place of the right option, None if there is none."""
        if self.request:
            outcome = workings.requests[self.request].decision.outcome
            places = [i for i, option in enumerate(self.options) if option.outcome == outcome]
            return places[0] if places else None
        value = workings.figures[self.figure or ""].value
        for place, option in enumerate(self.options):
            if option.below is None or value < option.below:
                return place
        return None


class Line(Body):
    """A curve of the front matter under the words the learner knows it by."""

    curve: Name
    label: Words


class PredictChart(Body):
    """A guess about curves, then the chart.

    ask: which curve is highest or lowest at `at`; where the first crosses the second (crossing);
    where the first reaches `value` (reaches).
    """

    minutes: ClassVar[int] = 1

    id: Code
    title: Words
    prompt: MarkedWords
    x_label: Words
    y_label: Words
    curves: tuple[Line, ...] = Field(min_length=1, max_length=4)
    ask: Asks
    at: Decimal | None = None
    value: Decimal | None = None
    because: MarkedWords

    @model_validator(mode="after")
    def _askable(self) -> Self:
        if (self.at is not None) != (self.ask in ("highest", "lowest")):
            raise ValueError("at: goes with highest and lowest, and only with them")
        if (self.value is not None) != (self.ask == "reaches"):
            raise ValueError("value: goes with reaches, and only with it")
        if len(self.curves) < 2 and self.ask != "reaches":
            raise ValueError(f"curves: {self.ask} needs two")
        if self.ask == "crossing" and len(self.curves) != 2:
            raise ValueError("curves: crossing takes two")
        return self

    def facts(self) -> object:
        """Everything but the words."""
        return self.id, [line.curve for line in self.curves], self.ask, self.at, self.value

    def uses(self) -> Iterator[str]:
        """The curves."""
        for line in self.curves:
            yield f"curves.{line.curve}"

    def problems(self, around: Surroundings) -> Iterator[Wrong]:
        """The curves must be there, run over the same grid, and hold an answer."""
        known = around.workings.curves
        for place, line in enumerate(self.curves):
            if line.curve not in known:
                yield lacking(("curves", place, "curve"), "curves", line.curve, known)
                return
        drawn = self.drawn(around.workings)
        if any([x for x, _ in curve.points] != self.xs(around.workings) for curve in drawn):
            yield ("curves",), "must run over the same values"
        elif self.at is not None and self.at not in self.xs(around.workings):
            yield ("at",), "is none of the values the curves are drawn at"
        elif self.truth(around.workings) is None:
            yield ("ask",), "the curves give no single answer"

    def drawn(self, workings: Workings) -> list[Curve]:
        """The curves in order."""
        return [workings.curves[line.curve] for line in self.curves]

    def xs(self, workings: Workings) -> list[Decimal]:
        """The values the curves are drawn at."""
        return [x for x, _ in self.drawn(workings)[0].points]

    def truth(self, workings: Workings) -> Decimal | None:
        """The place of a curve (from 0), or the first value at which it happens."""
        drawn = self.drawn(workings)
        if self.ask in ("highest", "lowest"):
            ys = [dict(curve.points)[self.at or Decimal(0)] for curve in drawn]
            best = max(ys) if self.ask == "highest" else min(ys)
            return Decimal(ys.index(best)) if ys.count(best) == 1 else None
        first = drawn[0].points
        other = [y for _, y in drawn[1].points] if len(drawn) > 1 else []
        gaps = [
            y - (self.value if self.value is not None else other[n])
            for n, (_, y) in enumerate(first)
        ]
        for (x, _), gap in zip(first, gaps, strict=True):
            if (gap != 0 and gaps[0] != 0 and (gap > 0) != (gaps[0] > 0)) or gap == 0:
                return x
        return None
