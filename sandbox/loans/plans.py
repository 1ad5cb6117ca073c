"""What a borrower means to do with an offer, carried out by the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from sandbox.dates import add_months
from sandbox.loans.instalment import Instalment
from sandbox.loans.offer import Offer
from sandbox.loans.quoting import Quote, quote
from sandbox.loans.terms import Prepayment, Terms
from sandbox.money import ZERO, ExactDecimal

PlanKind = Literal["keep", "repay", "late"]
Applied = Literal["as_planned", "ended_before", "not_possible"]
"""Whether the plan could be carried out: the loan may end before, or know no such step."""


class Leaving(Terms):
    """What the contract says about repaying everything before the end."""

    fee: ExactDecimal = Field(Decimal(0), ge=0, le=10**12, description="Fixed fee, money units.")
    fee_rate: ExactDecimal = Field(
        Decimal(0), ge=0, le=1, description="Fee as a fraction of the principal repaid ahead."
    )
    fee_months_interest: ExactDecimal = Field(
        Decimal(0), ge=0, le=24, description="Fee as so many months' interest on that principal."
    )
    refund_unearned: bool = Field(
        False,
        strict=True,
        description="Whether flat charges of the time not used fall away, and fees paid at the"
        " start come back in proportion.",
    )

    def prepayment(
        self,
        on: date,
        amount: Decimal | None = None,
        effect: Literal["shorter_term", "lower_instalment"] = "shorter_term",
    ) -> Prepayment:
        """Money repaid ahead on a day under these terms; without an amount, everything owed."""
        return Prepayment(on=on, amount=amount, effect=effect, **self.model_dump())


class Candidate(Terms):
    """An offer with a name and the terms of leaving it early."""

    name: str = Field(min_length=1, max_length=80, description="What the learner calls it.")
    offer: Offer = Field(default_factory=Offer, description="The offer as the lender words it.")
    leaving: Leaving = Field(default_factory=Leaving, description="Terms of early repayment.")


class Plan(Terms):
    """What the borrower means to do: keep to the schedule, repay everything early, or pay late."""

    kind: PlanKind = Field("keep", description="keep, repay (everything, early) or late.")
    after_months: int = Field(
        4,
        ge=1,
        le=1200,
        strict=True,
        description="With repay: calendar months after the payout; an instalment due that day is"
        " paid first.",
    )
    instalment: int = Field(
        1, ge=1, le=1200, strict=True, description="With late: number of the late instalment."
    )
    days: int = Field(10, ge=1, le=3660, strict=True, description="With late: days it is late.")


@dataclass(frozen=True)
class Carried:
    """An offer carried out under a plan. agreed: the same offer kept to its schedule."""

    candidate: Candidate
    plan: Plan
    agreed: Quote
    quote: Quote
    applied: Applied

    @property
    def cost(self) -> Decimal:
        """Everything paid beyond what was received."""
        return self.quote.totals.cost

    @property
    def saved(self) -> Decimal:
        """Cost of keeping to the schedule less the cost under the plan; negative if dearer."""
        return self.agreed.totals.cost - self.cost

    @property
    def largest_instalment(self) -> Decimal:
        """The largest payment that is no early repayment."""
        return largest_instalment(self.quote)

    @property
    def on_leaving(self) -> Decimal | None:
        """Money needed on the day everything is repaid, an instalment of that day included."""
        last = self.quote.rows[-1]
        if last.kind != "settlement":
            return None
        return sum((row.payment for row in self.quote.rows if row.day == last.day), ZERO)

    @property
    def months(self) -> int:
        """Calendar months until the last payment, begun ones counted whole."""
        return months_until_free(self.quote)

    def by_month(self) -> tuple[Decimal, ...]:
        """What is paid in each calendar month after the payout: the monthly burden."""
        return tuple(
            sum((row.payment for row in self.quote.rows if after < row.day <= until), ZERO)
            for after, until in _months(self.quote.offer.start, self.months)
        )

    def cost_by_month(self) -> tuple[Decimal, ...]:
        """Interest, fees and penalties charged so far: at the payout and after each month.

        The first is what is taken at the start, the last the total cost.
        """
        so_far = self.quote.upfront.all + self.quote.advance_interest
        rows = self.quote.rows
        start = self.quote.offer.start
        so_far += sum((_charged(row) for row in rows if row.day <= start), ZERO)
        path = [so_far]
        for after, until in _months(start, self.months):
            so_far += sum((_charged(row) for row in rows if after < row.day <= until), ZERO)
            path.append(so_far)
        return tuple(path)


def carry_out(candidate: Candidate, plan: Plan, agreed: Quote | None = None) -> Carried:
    """The offer under the plan, which replaces early and late payments in the offer's own terms.

    A plan the loan cannot know (a revolving balance, interest taken in advance) or that begins
    after its end leaves the agreed course, and `applied` says so. agreed: its quote if it is known.
    Raises InputError if the offer itself cannot be carried out.
    """
    offer = candidate.offer
    if offer.prepayments or offer.late_payments:
        offer = with_terms(offer, {"prepayments": (), "late_payments": ()})
    agreed = agreed or quote(offer)
    if plan.kind == "keep":
        return Carried(candidate, plan, agreed, agreed, "as_planned")
    if offer.method == "revolving" or (plan.kind == "repay" and offer.interest_in_advance):
        return Carried(candidate, plan, agreed, agreed, "not_possible")
    if plan.kind == "repay":
        day = add_months(offer.start, plan.after_months)
        if day >= agreed.rows[-1].due_date:
            return Carried(candidate, plan, agreed, agreed, "ended_before")
        change: dict[str, Any] = {"prepayments": (candidate.leaving.prepayment(day),)}
    else:
        if plan.instalment > len(agreed.rows):
            return Carried(candidate, plan, agreed, agreed, "ended_before")
        change = {"late_payments": ({"instalment": plan.instalment, "days": plan.days},)}
    return Carried(candidate, plan, agreed, quote(with_terms(offer, change)), "as_planned")


def with_terms(offer: Offer, change: Mapping[str, Any]) -> Offer:
    """The offer with some of its terms replaced, checked anew. Raises pydantic.ValidationError."""
    return Offer.model_validate({**offer.model_dump(exclude_unset=True), **change})


def largest_instalment(course: Quote) -> Decimal:
    """The largest payment of a schedule that is no early repayment."""
    early = ("prepayment", "settlement")
    return max((row.payment for row in course.rows if row.kind not in early), default=ZERO)


def months_until_free(course: Quote) -> int:
    """Calendar months from the payout to the last payment, a begun one counted whole."""
    begins, ends = course.offer.start, max(row.day for row in course.rows)
    months = (ends.year - begins.year) * 12 + ends.month - begins.month
    return months + (ends > add_months(begins, months))


def _charged(row: Instalment) -> Decimal:
    return row.interest + row.fees + row.penalty + row.capitalised


def _months(start: date, count: int) -> Iterator[tuple[date, date]]:
    """Each month after the start: the day it begins after, and its last day."""
    for number in range(count):
        yield add_months(start, number), add_months(start, number + 1)
