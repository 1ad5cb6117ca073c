"""The glass-box lender: a request goes in, a decision with its full trace comes out.

Nothing here reads a file, a clock, a language or a screen: the page, the headless door and the
tests call the same pure functions.
"""

from sandbox.lender.case import Account, Applicant, Case, History, LoanRequest, Platform
from sandbox.lender.decide import decide, look_up
from sandbox.lender.decision import Check, Decision, LookUp, Outcome, Reason, StageTrace
from sandbox.lender.lenderbook import LenderBook, load_lenderbook

__all__ = [
    "Account",
    "Applicant",
    "Case",
    "Check",
    "Decision",
    "History",
    "LenderBook",
    "LoanRequest",
    "LookUp",
    "Outcome",
    "Platform",
    "Reason",
    "StageTrace",
    "decide",
    "load_lenderbook",
    "look_up",
]
