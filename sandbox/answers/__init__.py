"""Named calculations that quiz items and lessons may ask for, so that no figure is typed in.

A call is a small function in one of these modules; `python -m jiejian.content calls` lists them.
Rates go in as fractions (0.12) and come out in percent (12).
"""

from collections.abc import Mapping
from types import MappingProxyType

from sandbox.answers import arithmetic, changes, items, lender, loans, rates, revolving
from sandbox.answers.calls import CALLS, Call, LoanArguments, Number, Unit

ANSWERS: Mapping[str, Call] = MappingProxyType(CALLS)

__all__ = [
    "ANSWERS",
    "Call",
    "LoanArguments",
    "Number",
    "Unit",
    "arithmetic",
    "changes",
    "items",
    "lender",
    "loans",
    "rates",
    "revolving",
]
