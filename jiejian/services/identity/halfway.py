"""Between the two steps of signing in: the password was right, the code is still to come.

A ticket is a random token in the browser's cookie. What it stands for lies here, under its hash, so
that nothing the browser sends is believed; it opens one session, within five minutes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from jiejian.clock import Clock
from jiejian.errors import DocumentExists
from jiejian.services.accounts import new_token
from jiejian.store.port import Documents

HALFWAY, TAKEN = "staff_halfway", "staff_halfway_taken"
LASTS = timedelta(minutes=5)


class CodeNeeded(Exception):
    """The password was right and the account has a second factor: the ticket opens the next step.

    No error of anybody's, and no session: whoever does not know of it fails closed.
    """

    def __init__(self, ticket: str) -> None:
        super().__init__("a code is needed")
        self.ticket = ticket


@dataclass(frozen=True)
class Ticket:
    """Whose password was right, and which of the account's passwords it was (Staff.proof)."""

    account: str
    proof: str


class Halfway:
    """Tickets given out and not yet used or over."""

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._documents = documents
        self._clock = clock

    def give(self, account: str, proof: str) -> str:
        """A ticket for an account whose password was just right."""
        self._sweep()
        ticket = new_token()
        value = {"account": account, "proof": proof, "made": self._now().isoformat()}
        self._documents.put(HALFWAY, _hash(ticket), value)
        return ticket

    def held(self, ticket: str | None) -> Ticket | None:
        """What a ticket stands for; None if it is none of ours, over or used."""
        found = self._documents.get(HALFWAY, _hash(ticket)) if ticket else None
        if found is None or self._over(found["made"]):
            return None
        return Ticket(str(found["account"]), str(found["proof"]))

    def use(self, ticket: str) -> bool:
        """Use the ticket up; False if somebody else did, also at this very moment."""
        taken = {"made": self._now().isoformat()}
        try:
            self._documents.put(TAKEN, _hash(ticket), taken, expect_absent=True)
        except DocumentExists:
            return False
        self._documents.delete(HALFWAY, _hash(ticket))
        return True

    def _over(self, made: str) -> bool:
        # A clock set back makes it over as well: it must not last longer.
        return not timedelta(0) <= self._now() - datetime.fromisoformat(made) <= LASTS

    def _sweep(self) -> None:
        """Remove what is over. A taken mark outlives its ticket, as both have the same span."""
        for collection in (HALFWAY, TAKEN):
            for key in list(self._documents.keys(collection)):
                found = self._documents.get(collection, key)
                if found and self._over(found["made"]):
                    self._documents.delete(collection, key)

    def _now(self) -> datetime:
        return self._clock.now().astimezone(UTC)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
