"""From the front matter's loans, figures, curves and requests to what a lesson computes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jiejian.content.workings import (
    FAILURES,
    Asked,
    Curve,
    Figure,
    Workings,
    computed,
    grid,
    takes,
    tidy,
)
from sandbox.answers import ANSWERS, Call, Unit
from sandbox.answers.lender import book, case_of
from sandbox.lender.decide import decide
from sandbox.lender.decision import Outcome
from sandbox.loans import Offer

MOST_POINTS = 60


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


class _SaidBefore(WorkingError):
    """What is needed cannot be worked out, which is named where it stands."""


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
        self._broken: set[str] = set()
        self.used: set[str] = set()

    def work(self) -> tuple[Workings, list[WorkingError]]:
        """Everything that can be worked out, and what cannot."""
        errors: list[WorkingError] = []

        def each(names: Mapping[str, Any], make: Callable[[str], Any]) -> dict[str, Any]:
            made = {}
            for name in names:
                try:
                    made[name] = make(name)
                except _SaidBefore:
                    self._broken.add(name)
                except WorkingError as error:
                    self._broken.add(name)
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
            errors,
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
        if str(self._loans[name].get("like")) in self._broken:
            raise _SaidBefore(("loans", name), name)
        try:
            return Offer.model_validate(self._loan_terms(name))
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            path = ("loans", name, *(step for step in problem["loc"]))
            message = problem["msg"][0].lower() + problem["msg"][1:]
            if problem["type"] == "extra_forbidden":
                message = "is not a known key"
            raise WorkingError(path, message) from None

    def _figure(self, name: str) -> Figure:
        if name in self._done:
            return self._done[name]
        path = ("figures", name)
        if name not in self._figures:
            raise WorkingError(path, f"there is no figure {name!r}")
        if name in self._broken:
            raise _SaidBefore(path, name)
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
            if loan in self._broken:
                raise _SaidBefore(path, loan)
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
                return self._needed(path, str(value["figure"]))
            return {key: self._put_in(path, inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self._put_in(path, inner) for inner in value]
        return value

    def _needed(self, path: tuple[str | int, ...], name: str) -> Decimal:
        """A figure another one is made from."""
        if name not in self._figures:
            raise WorkingError(path, f"there is no figure {name!r}")
        try:
            return self._figure(name).value
        except WorkingError as error:
            if error.message.startswith("needs itself"):
                raise
            raise _SaidBefore(path, name) from None

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
            path, name, spec.call, _over(call, args, spec.over, tidy(xs[0])), spec.unit
        )
        points = []
        for x in xs:
            try:
                points.append((x, first.with_changed({spec.over: tidy(x)})))
            except ValueError as error:
                raise WorkingError((*path, "over"), f"at {spec.over} {x}: {error}") from None
        return Curve(name, first, spec.over, tuple(points))

    def _request(self, name: str) -> Asked:
        spec, path = self._requests[name], ("requests", name)
        try:
            case = case_of({k: v for k, v in spec.facts.items() if v is not None})
            decision = decide(case, book())
        except FAILURES as error:
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
        walk([spec.args for spec in self._figures.values()])
        walk([spec.args for spec in self._curves.values()])
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
