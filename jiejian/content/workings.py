"""What a lesson computes: loans, figures, curves and requests, named once in its front matter.

Nothing a learner reads as a result is typed: a figure names a call of `sandbox.answers`, and both
languages show it as {{name}}.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from jiejian.content import units
from sandbox.answers import ANSWERS, Call, Unit
from sandbox.answers.lender import book, case_of
from sandbox.datafiles import DataFileError
from sandbox.input_error import InputError
from sandbox.lender.case import Case
from sandbox.lender.decide import decide
from sandbox.lender.decision import Decision, Outcome
from sandbox.loans import Offer
from sandbox.text import Language

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
PLACEHOLDER = re.compile(r"\{\{\s*([^{}|]*?)\s*(?:\|\s*([^{}]*?)\s*)?\}\}")
MOST_POINTS = 60
_FAILURES = (ArithmeticError, LookupError, TypeError, ValueError, DataFileError, InputError)


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class FigureSpec(_Entry):
    """A number to compute. Without unit: the call's own; places: decimals at most."""

    call: str
    args: dict[str, Any] = Field(default_factory=dict)
    unit: Unit | None = None
    places: int | None = Field(None, ge=0, le=6)


class CurveSpec(_Entry):
    """A call drawn over one of its arguments, from one value to another in steps."""

    call: str
    args: dict[str, Any] = Field(default_factory=dict)
    over: str
    from_: Decimal = Field(alias="from")
    to: Decimal
    step: Decimal = Field(gt=0)
    unit: Unit | None = None


class Expected(_Entry):
    """What the lesson says becomes of a request; held against the lender."""

    outcome: Outcome
    reasons: tuple[str, ...] | None = None


class RequestSpec(BaseModel):
    """A request to the lender: `persona`, whatever differs, and what is expected of it."""

    model_config = ConfigDict(frozen=True, extra="allow")

    persona: str | None = None
    expect: Expected

    @property
    def facts(self) -> dict[str, Any]:
        """What the case is made of."""
        return {"persona": self.persona, **(self.model_extra or {})}


class WorkingError(Exception):
    """Something cannot be computed: where in the front matter, and why."""

    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


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


@dataclass(frozen=True)
class Curve:
    """A call over one argument: its points, None where it cannot be computed."""

    name: str
    figure: Figure
    over: str
    points: tuple[tuple[Decimal, Decimal], ...]

    def changed(self, changes: Mapping[str, Decimal | int]) -> tuple[tuple[Decimal, Decimal], ...]:
        """The points with other arguments; those that cannot be computed are left out."""
        found = []
        for x, _ in self.points:
            try:
                found.append((x, self.figure.with_changed({**changes, self.over: _tidy(x)})))
            except _FAILURES:
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
    except _FAILURES as error:
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


def _tidy(number: Decimal) -> Decimal | int:
    return int(number) if number == number.to_integral_value() else number


class Worker:
    """Works out a front matter's loans, figures, curves and requests, each when it is needed."""

    def __init__(
        self,
        loans: Mapping[str, Mapping[str, Any]],
        figures: Mapping[str, FigureSpec],
        curves: Mapping[str, CurveSpec],
        requests: Mapping[str, RequestSpec],
    ) -> None:
        self._loans, self._figures = loans, figures
        self._curves, self._requests = curves, requests
        self._terms: dict[str, dict[str, Any]] = {}
        self._done: dict[str, Figure] = {}
        self._open: list[str] = []
        self.used: set[str] = set()

    def work(self) -> tuple[Workings, list[WorkingError]]:
        """Everything that can be worked out, and what cannot."""
        errors: list[WorkingError] = []

        def each(names: Mapping[str, Any], make: Callable[[str], Any]) -> dict[str, Any]:
            made = {}
            for name in names:
                try:
                    made[name] = make(name)
                except WorkingError as error:
                    errors.append(error)
            return made

        return (
            Workings(
                loans=each(self._loans, self._loan),
                figures=each(self._figures, self._figure),
                curves=each(self._curves, self._curve),
                requests=each(self._requests, self._request),
                inputs=self._inputs(),
            ),
            list({str(error.path) + error.message: error for error in errors}.values()),
        )

    def _loan_terms(self, name: str) -> dict[str, Any]:
        """A loan's terms with those of the loan it is `like` filled in."""
        if name not in self._loans:
            known = ", ".join(self._loans) or "none"
            raise WorkingError(("loans", name), f"there is no loan {name!r}; known are {known}")
        if name not in self._terms:
            if name in self._open:
                raise WorkingError(("loans", name), "is like itself")
            self._open.append(name)
            terms = dict(self._loans[name])
            like = terms.pop("like", None)
            if like is not None:
                self.used.add(f"loans.{like}")
            base = self._loan_terms(str(like)) if like is not None else {}
            self._open.remove(name)
            self._terms[name] = {**base, **terms}
        return self._terms[name]

    def _loan(self, name: str) -> Offer:
        try:
            return Offer.model_validate(self._loan_terms(name))
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            path = ("loans", name, *(step for step in problem["loc"]))
            raise WorkingError(path, problem["msg"]) from None

    def _figure(self, name: str) -> Figure:
        if name in self._done:
            return self._done[name]
        path = ("figures", name)
        if name not in self._figures:
            raise WorkingError(path, f"there is no figure {name!r}")
        if name in self._open:
            raise WorkingError(path, f"needs itself: {' > '.join([*self._open, name])}")
        self._open.append(name)
        try:
            spec = self._figures[name]
            self._done[name] = self._worked(path, name, spec.call, spec.args, spec.unit)
        finally:
            self._open.remove(name)
        return self._done[name]

    def _worked(
        self,
        path: tuple[str | int, ...],
        name: str,
        call_name: str,
        given: Mapping[str, Any],
        unit: Unit | None,
    ) -> Figure:
        call = ANSWERS.get(call_name)
        if call is None:
            message = (
                f"there is no call {call_name!r}; `python -m jiejian.content calls` lists them"
            )
            raise WorkingError((*path, "call"), message)
        args = self._args((*path, "args"), call, given)
        try:
            value = computed(call, args)
        except ValueError as error:
            raise WorkingError(
                (*path, "args"), f"{call_name} cannot be computed: {error}"
            ) from None
        shown = unit or call.unit
        if shown is None:
            raise WorkingError(path, f"unit: {call_name} has none of its own; give one")
        if call.unit not in (None, shown) and {call.unit, shown} != {"percent", "points"}:
            raise WorkingError((*path, "unit"), f"{call_name} gives {call.unit}")
        places = self._figures[name].places if path[0] == "figures" else None
        return Figure(name, call, args, shown, places, value)

    def _args(
        self, path: tuple[str | int, ...], call: Call, given: Mapping[str, Any]
    ) -> dict[str, Any]:
        args = {key: self._put_in(path, value) for key, value in given.items()}
        if not call.takes_loan:
            return args
        loan = args.get("loan")
        if isinstance(loan, str):
            self.used.add(f"loans.{loan}")
            try:
                args["loan"] = self._loan_terms(loan)
            except WorkingError as error:
                raise WorkingError((*path, "loan"), error.message) from None
        elif loan is None:
            own = call.takes.model_fields
            terms = {key: value for key, value in args.items() if key not in own}
            args = {**{k: v for k, v in args.items() if k in own}, "loan": terms}
        return args

    def _put_in(self, path: tuple[str | int, ...], value: Any) -> Any:
        """{figure: name} becomes that figure's number, at any depth."""
        if isinstance(value, Mapping):
            if set(value) == {"figure"}:
                self.used.add(f"figures.{value['figure']}")
                try:
                    return self._figure(str(value["figure"])).value
                except WorkingError as error:
                    raise WorkingError(path, error.message) from None
            return {key: self._put_in(path, inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self._put_in(path, inner) for inner in value]
        return value

    def _curve(self, name: str) -> Curve:
        spec, path = self._curves[name], ("curves", name)
        if spec.to <= spec.from_ or (spec.to - spec.from_) / spec.step >= MOST_POINTS:
            message = (
                f"from {spec.from_} to {spec.to} by {spec.step} must give 2 to {MOST_POINTS} points"
            )
            raise WorkingError((*path, "step"), message)
        call = ANSWERS.get(spec.call)
        if call is not None and not takes(call, spec.over):
            raise WorkingError((*path, "over"), f"{spec.call} takes no {spec.over!r}")
        args = {**spec.args}
        xs = grid(spec.from_, spec.to, spec.step)
        first = self._worked(
            path, name, spec.call, _over(call, args, spec.over, _tidy(xs[0])), spec.unit
        )
        points = []
        for x in xs:
            try:
                points.append((x, first.with_changed({spec.over: _tidy(x)})))
            except ValueError as error:
                raise WorkingError((*path, "over"), f"at {spec.over} {x}: {error}") from None
        return Curve(name, first, spec.over, tuple(points))

    def _request(self, name: str) -> Asked:
        spec, path = self._requests[name], ("requests", name)
        try:
            case = case_of({k: v for k, v in spec.facts.items() if v is not None})
            decision = decide(case, book())
        except _FAILURES as error:
            raise WorkingError(path, " ".join(str(error).split())) from None
        if decision.outcome != spec.expect.outcome:
            message = f"the lender's answer is {decision.outcome}, not {spec.expect.outcome}"
            raise WorkingError((*path, "expect", "outcome"), message)
        codes = tuple(reason.code for reason in decision.reasons)
        if spec.expect.reasons is not None and codes != spec.expect.reasons:
            message = f"the lender's reasons are {', '.join(codes) or 'none'}"
            raise WorkingError((*path, "expect", "reasons"), message)
        return Asked(name, case, decision)

    def _inputs(self) -> frozenset[Decimal]:
        """Every number that something is computed from; a fraction counts as percent too."""
        found: set[Decimal] = set()

        def walk(value: Any) -> None:
            if isinstance(value, Mapping):
                for inner in value.values():
                    walk(inner)
            elif isinstance(value, list | tuple):
                for inner in value:
                    walk(inner)
            elif (isinstance(value, int | Decimal) and not isinstance(value, bool)) or (
                isinstance(value, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value)
            ):
                found.update((Decimal(value), Decimal(value) * 100))

        walk(self._loans)
        walk([spec.args for spec in (*self._figures.values(), *self._curves.values())])
        walk([spec.facts for spec in self._requests.values()])
        return frozenset(found)


def _over(call: Call | None, args: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """Arguments as written with the swept one put in; a loan's name cannot hold it."""
    if call is None or key in call.takes.model_fields or not call.takes_loan:
        return {**args, key: value}
    loan = args.get("loan")
    if isinstance(loan, str):
        return args
    if isinstance(loan, Mapping):
        return {**args, "loan": {**loan, key: value}}
    return {**args, key: value}
