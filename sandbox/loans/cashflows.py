"""A bare list of cash flows: rates alone, and a settlement by the 2004 regulations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sandbox.aprc import Interval, eu_aprc
from sandbox.dates import CalendarDay
from sandbox.input_error import InputError
from sandbox.loans.consistency import FIRST_YEAR, LAST_YEAR, Conflict
from sandbox.loans.figures import figures_json
from sandbox.loans.rebate import settlement_2004
from sandbox.loans.terms import Terms, key
from sandbox.money import ExactDecimal, Whole, plain, total
from sandbox.periods import STEPS, Period, stepped
from sandbox.rates import RateFigure, irr_compound, irr_simple, solve, xirr
from sandbox.us_apr import us_apr

MOST_FLOWS = 5000


class CashFlow(Terms):
    """Money received (positive) or paid (negative) by the borrower, at a date or a period."""

    date: CalendarDay | None = key(None, "date", "Day (YYYY-MM-DD, years 1900 to 2400).")
    at: ExactDecimal | None = key(
        None,
        "periods",
        "Instead of a date: regular periods after the first advance, e.g. 0, 1, 2.5.",
        ge=0,
        le=40000,
    )
    amount: ExactDecimal = key(
        ...,
        "money",
        "Money units: received by the borrower positive, paid negative.",
        ge=-(10**15),
        le=10**15,
    )
    times: Whole = key(1, "flows", "How often the flow comes, one period apart.", ge=1, le=1200)


class Settlement(Terms):
    """Settling the agreement early by the UK regulations of 2004."""

    at: ExactDecimal = key(
        ...,
        "periods",
        "Settlement, in periods after the first advance (12, or 12.5).",
        ge=0,
        le=40000,
    )
    days: Whole = key(0, "days", "Further days, each 1/30 month or 1/7 week.", ge=0, le=366)
    apr: ExactDecimal = key(
        ..., "fraction a year", "The agreement's APR, a fraction.", ge=0, le=1000
    )


class CashFlows(Terms):
    """Flows without a product: every rate that their times allow."""

    flows: tuple[CashFlow, ...] = key(
        ..., "terms", "The flows, all by date or all by period.", min_length=2, max_length=2000
    )
    period: Period = key(
        "month", "choice", "The regular period: of `at`, and of flows that repeat."
    )
    interval: Interval = key(
        "auto",
        "choice",
        "EU rate, dated flows: intervals counted in whole months, weeks or years with the"
        " rest in days, in days only, or in days of a 365.25-day year. auto: by the dates.",
    )
    settle: Settlement | None = key(None, "terms", "With `at`: what settles the agreement early.")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for conflict in self._conflicts():
            raise PydanticCustomError("conflict", "{message}", conflict._asdict())
        return self

    def _conflicts(self) -> Iterator[Conflict]:
        by_date = self.flows[0].date is not None
        for index, flow in enumerate(self.flows):
            at = f"flows.{index}.date"
            if (flow.date is None) == (flow.at is None):
                yield Conflict(at, "missing", "give a date or a period (at), one of them")
            elif (flow.date is not None) != by_date:
                yield Conflict(at, "conflict", "all flows by date, or all by period")
            elif flow.date is not None and not FIRST_YEAR <= flow.date.year <= LAST_YEAR:
                message = f"years {FIRST_YEAR} to {LAST_YEAR} are supported"
                yield Conflict(at, "out_of_range", message)
            elif flow.date is not None and flow.times > 1 and self.period == "semimonth":
                message = "dates do not repeat by the semimonth: which two days is not said"
                yield Conflict(f"flows.{index}.times", "conflict", message)
        if sum(flow.times for flow in self.flows) > MOST_FLOWS:
            yield Conflict("flows", "too_long", f"at most {MOST_FLOWS} flows, repetitions counted")
        if self.settle is not None and by_date:
            yield Conflict("settle", "conflict", "needs flows by period")


def cash_flow_rates(given: CashFlows) -> dict[str, RateFigure]:
    """Every rate of the flows by name; a figure without a root says so in `problem`.

    By date: xirr, us_apr, eu_aprc. By period: irr (of one period), irr_simple, irr_compound;
    the US APR of regular periods is irr_simple, the EU rate irr_compound.
    Raises InputError no_sign_change when money only comes in or only goes out.
    """
    amounts = [flow.amount for flow in given.flows]
    if not any(amount > 0 for amount in amounts) or not any(amount < 0 for amount in amounts):
        raise InputError("flows", "no_sign_change", "a rate needs money received and money paid")
    by_date = dated(given)
    if by_date:
        return {
            "xirr": xirr(by_date),
            "us_apr": us_apr(by_date),
            "eu_aprc": eu_aprc(by_date, given.interval),
        }
    per_year = STEPS[given.period].per_year
    solution = solve((float(at), float(amount)) for at, amount in timed(given))
    return {
        "irr": irr_simple(solution, 1, per=given.period, convention="irr_per_period"),
        "irr_simple": irr_simple(solution, per_year),
        "irr_compound": irr_compound(solution, per_year),
    }


def timed(given: CashFlows) -> list[tuple[Decimal, Decimal]]:
    """Periods and amounts, repetitions written out; empty for flows by date."""
    return [
        (flow.at + step, flow.amount)
        for flow in given.flows
        if flow.at is not None
        for step in range(flow.times)
    ]


def dated(given: CashFlows) -> list[tuple[date, Decimal]]:
    """Dates and amounts in order, repetitions written out; empty for flows by period."""
    flows = [
        (stepped(flow.date, given.period, step), flow.amount)
        for flow in given.flows
        if flow.date is not None
        for step in range(flow.times)
    ]
    return sorted(flows, key=lambda flow: flow[0])


def cash_flows_json(given: CashFlows) -> dict[str, Any]:
    """Sums, rates and, if asked for, the settlement, as plain JSON values."""
    rates = cash_flow_rates(given)
    amounts = [flow.amount * flow.times for flow in given.flows]
    answer: dict[str, Any] = {
        "received": plain(total(amount for amount in amounts if amount > 0)),
        "paid": plain(total(-amount for amount in amounts if amount < 0)),
        "cost": plain(total(-amount for amount in amounts)),
        "rates": figures_json(rates),
    }
    if given.settle is not None:
        answer["settlement"] = _settlement(given, given.settle)
    return answer


def _settlement(given: CashFlows, settle: Settlement) -> dict[str, Any]:
    """Settlement amount and rebate; repayments at the settled period itself are paid."""
    flows = timed(given)
    per_year = Decimal(STEPS[given.period].per_year)
    unit_days = Decimal(360) / per_year if per_year <= 24 else Decimal(364) / per_year
    paid = [(at, -amount) for at, amount in flows if amount < 0 and at <= settle.at]
    left = total(-amount for at, amount in flows if amount < 0 and at > settle.at)
    amount = settlement_2004(
        [(at, amount) for at, amount in flows if amount > 0 and at <= settle.at],
        paid,
        apr=settle.apr,
        per_year=per_year,
        settled_at=settle.at + settle.days / unit_days,
    )
    return {"amount": plain(amount), "rebate": plain(left - amount), "outstanding": plain(left)}
