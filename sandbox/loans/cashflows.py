"""A bare list of cash flows: rates alone, and a settlement by the 2004 regulations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sandbox.aprc import Interval, eu_aprc
from sandbox.dates import CalendarDay
from sandbox.input_error import InputError
from sandbox.loans.figures import figures_json
from sandbox.loans.rebate import settlement_2004
from sandbox.loans.terms import Terms
from sandbox.money import ExactDecimal, plain, total
from sandbox.rates import RateFigure, irr_compound, irr_simple, solve, xirr
from sandbox.us_apr import us_apr

_PER_YEAR = {
    "day": 365,
    "week": 52,
    "fortnight": 26,
    "four_weeks": 13,
    "semimonth": 24,
    "month": 12,
    "two_months": 6,
    "quarter": 4,
    "half_year": 2,
    "year": 1,
}


class CashFlow(Terms):
    """Money received (positive) or paid (negative) by the borrower, at a date or a period."""

    date: CalendarDay | None = Field(None, description="Day (YYYY-MM-DD, years 1900 to 2400).")
    at: ExactDecimal | None = Field(
        None,
        ge=0,
        le=40000,
        description="Instead of a date: regular periods after the first advance, e.g. 0, 1, 2.5.",
    )
    amount: ExactDecimal = Field(
        ge=-(10**15),
        le=10**15,
        description="Money units: received by the borrower positive, paid negative.",
    )
    times: int = Field(
        1,
        ge=1,
        le=1200,
        strict=True,
        description="With at: the flow repeats this often, one period apart.",
    )


class Settlement(Terms):
    """Settling the agreement early by the UK regulations of 2004."""

    at: ExactDecimal = Field(
        ge=0, le=40000, description="Settlement, in periods after the first advance (12, or 12.5)."
    )
    days: int = Field(
        0, ge=0, le=366, strict=True, description="Further days, each 1/30 month or 1/7 week."
    )
    apr: ExactDecimal = Field(ge=0, le=1000, description="The agreement's APR, a fraction.")


class CashFlows(Terms):
    """Flows without a product: every rate that their times allow."""

    flows: tuple[CashFlow, ...] = Field(
        min_length=2, max_length=2000, description="The flows, all by date or all by period."
    )
    period: Literal[
        "day",
        "week",
        "fortnight",
        "four_weeks",
        "semimonth",
        "month",
        "two_months",
        "quarter",
        "half_year",
        "year",
    ] = Field("month", description="The regular period of flows given by `at`.")
    interval: Interval = Field(
        "auto",
        description="EU rate, dated flows: intervals counted in whole months or weeks with the"
        " rest in days, in days only, or in days of a 365.25-day year. auto: by the dates.",
    )
    settle: Settlement | None = Field(
        None, description="With `at`: what settles the agreement early."
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for index, flow in enumerate(self.flows):
            reason = None
            if (flow.date is None) == (flow.at is None):
                reason = ("date", "missing", "give a date or a period (at), one of them")
            elif (flow.date is None) != (self.flows[0].date is None):
                reason = ("date", "conflict", "all flows by date, or all by period")
            elif flow.date is not None and not 1900 <= flow.date.year <= 2400:
                reason = ("date", "out_of_range", "years 1900 to 2400 are supported")
            elif flow.date is not None and flow.times > 1:
                reason = ("times", "conflict", "only flows given by period repeat")
            if reason is not None:
                context = {"field": f"flows.{index}.{reason[0]}", "reason": reason[1]}
                raise PydanticCustomError(
                    "conflict", "{message}", {**context, "message": reason[2]}
                )
        if self.settle is not None and self.flows[0].at is None:
            context = {"field": "settle", "reason": "conflict", "message": "needs flows by period"}
            raise PydanticCustomError("conflict", "{message}", context)
        return self


def cash_flow_rates(given: CashFlows) -> dict[str, RateFigure]:
    """Every rate of the flows by name; a figure without a root says so in `problem`.

    By date: xirr, us_apr, eu_aprc. By period: irr (of one period), irr_simple, irr_compound;
    the US APR of regular periods is irr_simple, the EU rate irr_compound.
    Raises InputError no_sign_change when money only comes in or only goes out.
    """
    amounts = [flow.amount for flow in given.flows]
    if not any(amount > 0 for amount in amounts) or not any(amount < 0 for amount in amounts):
        raise InputError("flows", "no_sign_change", "a rate needs money received and money paid")
    dated = [(flow.date, flow.amount) for flow in given.flows if flow.date is not None]
    if dated:
        dated.sort(key=lambda flow: flow[0])
        return {
            "xirr": xirr(dated),
            "us_apr": us_apr(dated),
            "eu_aprc": eu_aprc(dated, given.interval),
        }
    per_year = _PER_YEAR[given.period]
    solution = solve((float(at), float(amount)) for at, amount in timed(given))
    return {
        "irr": irr_simple(solution, 1, per=given.period, convention="irr_per_period"),
        "irr_simple": irr_simple(solution, per_year),
        "irr_compound": irr_compound(solution, per_year),
    }


def timed(given: CashFlows) -> list[tuple[Decimal, Decimal]]:
    """Periods and amounts, repetitions written out."""
    return [
        (flow.at + step, flow.amount)
        for flow in given.flows
        if flow.at is not None
        for step in range(flow.times)
    ]


def cash_flows_json(given: CashFlows) -> dict[str, Any]:
    """Sums, rates and, if asked for, the settlement, as plain JSON values."""
    rates = cash_flow_rates(given)
    written = timed(given) or [(Decimal(0), flow.amount) for flow in given.flows]
    answer: dict[str, Any] = {
        "received": plain(total(a for _, a in written if a > 0)),
        "paid": plain(total(-a for _, a in written if a < 0)),
        "cost": plain(total(-a for _, a in written)),
        "rates": figures_json(rates),
    }
    if given.settle is not None:
        answer["settlement"] = _settlement(given, given.settle)
    return answer


def _settlement(given: CashFlows, settle: Settlement) -> dict[str, Any]:
    """Settlement amount and rebate; repayments at the settled period itself are paid."""
    flows = timed(given)
    per_year = Decimal(_PER_YEAR[given.period])
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
