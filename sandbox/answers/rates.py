"""Rates of a loan or of bare cash flows, in percent."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from sandbox.answers.calls import Arguments, LoanArguments, call
from sandbox.answers.loans import quoted
from sandbox.loans.cashflows import CashFlow, CashFlows, cash_flow_rates
from sandbox.rates import RateFigure

RateName = Literal["irr", "irr_simple", "irr_compound", "xirr", "us_apr", "eu_aprc"]
Period = Literal["day", "week", "fortnight", "month", "quarter", "half_year", "year"]


class Flows(Arguments):
    """Money received (positive) and paid (negative), by date or by period, and the rate wanted."""

    flows: tuple[CashFlow, ...]
    period: Period = "month"
    rate: RateName = "irr_simple"


def _percent(rate: RateFigure) -> Decimal:
    if rate.value is None:
        raise ValueError(f"there is no such rate: {rate.problem}")
    return rate.value * 100


def _rate(given: LoanArguments, name: str) -> Decimal:
    rates = quoted(given.loan).rates
    if name not in rates:
        raise ValueError("this loan has no regular period")
    return _percent(rates[name])


@call(LoanArguments, "percent")
def nominal_annual(given: LoanArguments) -> Decimal:
    """The yearly rate the offer states; with a flat fee, the yearly fee on the original sum."""
    return _rate(given, "nominal_annual")


@call(LoanArguments, "percent")
def advertised_period(given: LoanArguments) -> Decimal:
    """The rate of one instalment period as an advertisement would state it."""
    return _rate(given, "advertised_period")


@call(LoanArguments, "percent")
def advertised_daily(given: LoanArguments) -> Decimal:
    """The rate of one day as an advertisement would state it."""
    return _rate(given, "advertised_daily")


@call(LoanArguments, "percent")
def irr_simple(given: LoanArguments) -> Decimal:
    """Yearly cost, simple: the internal rate of return of a period times the periods of a year."""
    return _rate(given, "irr_simple")


@call(LoanArguments, "percent")
def irr_compound(given: LoanArguments) -> Decimal:
    """Yearly cost, compounded: (1 + IRR of a period) to the power of the periods, less 1."""
    return _rate(given, "irr_compound")


@call(LoanArguments, "percent")
def xirr(given: LoanArguments) -> Decimal:
    """Effective yearly rate by actual days over 365, as a spreadsheet computes XIRR."""
    return _rate(given, "xirr")


@call(LoanArguments, "percent")
def us_apr(given: LoanArguments) -> Decimal:
    """US annual percentage rate by the actuarial method."""
    return _rate(given, "us_apr")


@call(LoanArguments, "percent")
def eu_aprc(given: LoanArguments) -> Decimal:
    """EU annual percentage rate of charge."""
    return _rate(given, "eu_aprc")


@call(Flows, "percent")
def cash_flow_rate(given: Flows) -> Decimal:
    """A rate of bare cash flows."""
    rates = cash_flow_rates(CashFlows(flows=given.flows, period=given.period))
    if given.rate not in rates:
        raise ValueError(f"rate: these flows give {', '.join(sorted(rates))}")
    return _percent(rates[given.rate])
