"""The borrower's simulated life, computed from what happened."""

from sandbox.lender.life.folding import fold
from sandbox.lender.life.life import Life, Own, Sent
from sandbox.lender.life.loans import TakenLoan

__all__ = ["Life", "Own", "Sent", "TakenLoan", "fold"]
