"""What the borrower sees: the seat, a stored request, two requests held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.lender.case import Account, Applicant
from sandbox.lender.difference import Difference
from sandbox.lender.facts.catalogue import Fact
from sandbox.lender.life import Life, Sent
from sandbox.lender.life.loans import TakenLoan


@dataclass(frozen=True)
class Seat:
    """What the borrower sees before the next request.

    applicant and account are the person's facts at this minute. window_minutes and window_limit
    are the velocity rule's own: the request number window_limit inside the window trips it. fixes
    are the actions without a figure that would change something now; goals those met so far.
    """

    life: Life
    applicant: Applicant
    account: Account
    in_window: int
    window_minutes: int
    window_limit: int
    fixes: tuple[str, ...] = ()
    goals: frozenset[str] = frozenset()

    @property
    def unresolved(self) -> tuple[Sent, ...]:
        """Requests whose outcome nobody has looked up."""
        return tuple(sent for sent in self.life.sent if sent.unresolved)

    @property
    def latest(self) -> Sent | None:
        """The newest request of this life."""
        return self.life.sent[-1] if self.life.sent else None

    @property
    def open_loans(self) -> tuple[TakenLoan, ...]:
        """Loans of this life not yet repaid."""
        return tuple(loan for loan in self.life.loans if loan.is_open(self.life.minute))


@dataclass(frozen=True)
class StoredRequest:
    """A request as it was decided, from any of the learner's lives.

    minute is simulated, at is real time; offer_taken tells whether it was paid out.
    """

    sent: Sent
    at: datetime
    life_number: int
    offer_taken: bool


@dataclass(frozen=True)
class Shift:
    """A fact that differs between two requests."""

    fact: Fact
    before: Any
    after: Any


@dataclass(frozen=True)
class Comparison:
    """Two stored requests: what was different about them, and what came of it."""

    first: StoredRequest
    second: StoredRequest
    facts: tuple[Shift, ...]
    outcome: Difference
