"""The registry of named calculations: what a call takes, what it gives, and how it is looked up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sandbox.loans import Offer

Unit = Literal[
    "yuan", "percent", "points", "years", "months", "days", "hours", "minutes", "seconds", "times", "count"
]  # fmt: skip
"""percent: 5 is 5 %. points: percentage points. times: a ratio, 1.8 times. count: a bare number."""


def _no_flag(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a number is expected")
    return value


Number = Annotated[Decimal, BeforeValidator(_no_flag), Field(allow_inf_nan=False)]


class Arguments(BaseModel):
    """What a call takes; an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LoanArguments(Arguments):
    """A call on one loan: `loan` holds the offer's terms, or they stand beside the other keys."""

    loan: Offer

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, given: Any) -> Any:
        if not isinstance(given, Mapping) or "loan" in given:
            return given
        terms = {key: value for key, value in given.items() if key not in cls.model_fields}
        rest = {key: value for key, value in given.items() if key in cls.model_fields}
        return {**rest, "loan": terms}


@dataclass(frozen=True)
class Call:
    """A named calculation. unit is None where it depends on what goes in."""

    name: str
    takes: type[Arguments]
    unit: Unit | None
    about: str
    compute: Callable[[Any], Decimal]

    def __call__(self, args: Mapping[str, object]) -> Decimal:
        """The number. Raises ValueError for arguments that cannot be computed with."""
        return self.compute(self.takes.model_validate(dict(args)))

    @property
    def takes_loan(self) -> bool:
        """Whether it works on a loan."""
        return issubclass(self.takes, LoanArguments)


CALLS: dict[str, Call] = {}

A = TypeVar("A", bound=Arguments)


def call(
    takes: type[A], unit: Unit | None
) -> Callable[[Callable[[A], Decimal]], Callable[[A], Decimal]]:
    """Register a function as a call under its own name."""

    def register(compute: Callable[[A], Decimal]) -> Callable[[A], Decimal]:
        name = compute.__name__
        about = (compute.__doc__ or "").strip()
        CALLS[name] = Call(name, takes, unit, about, compute)
        return compute

    return register
