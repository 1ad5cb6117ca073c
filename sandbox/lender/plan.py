"""The repayment plan a request becomes at a price: its instalments and what it costs.

Kept for the plans asked for most recently: the search for changes prices the same plan often.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from sandbox.lender.facts.request import LoanRequest
from sandbox.lender.product import offer_for
from sandbox.loans import quote
from sandbox.rates import irr_simple, solve

MONTHS_A_YEAR = 12.0
KEPT = 4096


@lru_cache(KEPT)
def heaviest_instalment(request: LoanRequest, annual_rate: Decimal) -> Decimal:
    """The largest regular instalment in yuan.

    The last row of an interest-first loan holds the whole principal and is left out, as it is no
    monthly burden.
    """
    rows = quote(offer_for(request, annual_rate)).rows
    regular = rows[:-1] if request.method == "interest_first" and len(rows) > 1 else rows
    return max(row.payment for row in regular)


@lru_cache(KEPT)
def annual_cost(request: LoanRequest, annual_rate: Decimal) -> Decimal | None:
    """IRR of the instalments x 12 as a fraction, the quote's `irr_simple`; None if not unique."""
    priced = quote(offer_for(request, annual_rate))
    flows = [(0.0, float(priced.received))]
    flows += [(float(number), -float(row.payment)) for number, row in enumerate(priced.rows, 1)]
    return irr_simple(solve(flows), MONTHS_A_YEAR).value


@lru_cache(KEPT)
def cost_share(request: LoanRequest, annual_rate: Decimal) -> Decimal:
    """Interest and fees over the whole term as a fraction of the principal."""
    return quote(offer_for(request, annual_rate)).totals.cost / request.amount
