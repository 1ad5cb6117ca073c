"""What the plan asked for would cost at the rate that the pricing stage has set."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from sandbox.lender.measures.income import BURDEN
from sandbox.lender.measures.registry import Assessment, Params, Value, measure
from sandbox.lender.plan import annual_cost, cost_share

HUNDREDTH = Decimal("0.01")
PLAN = BURDEN
"""The plan asked for, and what its rate was set by."""


@measure("percent", *PLAN, better="less")
def all_in_annual_cost(a: Assessment, _: Params) -> Value:
    """Annualised cost of the plan asked for: IRR of its instalments x 12, in percent.

    None before a price is set, or if the flows have no single rate.
    """
    if a.annual_rate is None:
        return None
    rate = annual_cost(a.asked.request, a.annual_rate)
    return None if rate is None else (rate * 100).quantize(HUNDREDTH, ROUND_HALF_UP)


@measure("percent", *PLAN, better="less")
def total_cost_share(a: Assessment, _: Params) -> Value:
    """Interest and fees over the whole term, in percent of the principal asked for."""
    if a.annual_rate is None:
        return None
    share = cost_share(a.asked.request, a.annual_rate)
    return (share * 100).quantize(HUNDREDTH, ROUND_HALF_UP)
