"""A step towards an approval: something done, time that passes, or another request."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.lender.case import LoanRequest, Method, Yuan
from sandbox.lender.life.actions import Action


class _Step(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Act(_Step):
    """Something the person does; it takes so many simulated minutes."""

    kind: Literal["act"] = "act"
    action: Action
    minutes: int = Field(0, ge=0)


class Wait(_Step):
    """Simulated minutes pass."""

    kind: Literal["wait"] = "wait"
    minutes: int = Field(ge=1)


class AskFor(_Step):
    """The next request asks for something else; what is None stays as it was."""

    kind: Literal["ask"] = "ask"
    amount: Yuan | None = None
    term_months: int | None = None
    method: Method | None = None

    def of(self, request: LoanRequest) -> LoanRequest:
        """The request with these changes."""
        return request.model_copy(update=self.model_dump(exclude={"kind"}, exclude_none=True))


Step = Annotated[Act | Wait | AskFor, Field(discriminator="kind")]


class Cost(_Step):
    """What steps take: yuan paid, simulated minutes, and yuan that will not be borrowed."""

    yuan: Decimal = Decimal(0)
    minutes: int = 0
    less: Decimal = Decimal(0)

    def plus(self, other: Cost) -> Cost:
        """Both together."""
        return Cost(
            yuan=self.yuan + other.yuan,
            minutes=self.minutes + other.minutes,
            less=self.less + other.less,
        )

    @property
    def weight(self) -> Decimal:
        """One figure to compare costs by, a setting of ours.

        An hour weighs a yuan; ten yuan not borrowed weigh as much as one yuan paid.
        """
        return self.yuan + Decimal(self.minutes) / 60 + self.less / 10
