"""The exact loan engine: `quote(Offer(...))` gives the schedule, totals and every rate.

Amounts are Decimal in money units, rates Decimal fractions, dates local calendar dates.
"""

from sandbox.input_error import InputError
from sandbox.loans.instalment import Instalment
from sandbox.loans.offer import Offer
from sandbox.loans.quoting import Quote, Totals, quote
from sandbox.rates import RateFigure

__all__ = ["InputError", "Instalment", "Offer", "Quote", "RateFigure", "Totals", "quote"]
