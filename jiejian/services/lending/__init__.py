"""All a borrower can do at the glass-box lender."""

from jiejian.services.lending.asking import Ask
from jiejian.services.lending.lending import STEPS, Lending
from jiejian.services.lending.seat import Comparison, Seat, Shift, StoredRequest

__all__ = ["STEPS", "Ask", "Comparison", "Lending", "Seat", "Shift", "StoredRequest"]
