"""Staff accounts on stores in memory, a clock to set, and a cheap hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from jiejian.clock import SetClock
from jiejian.services.actor import Actor
from jiejian.services.identity.audit import Audit
from jiejian.services.identity.newpassword import NewPassword
from jiejian.services.identity.ownpassword import OwnPassword
from jiejian.services.identity.passwords import Passwords
from jiejian.services.identity.secondfactor import SecondFactors
from jiejian.services.identity.sessions import Sessions
from jiejian.services.identity.staff import Staff
from jiejian.store.keyfile import KeyFile
from jiejian.store.memory_store import MemoryDocuments

GOOD = "seven lamps by the canal"
ADDRESS = "192.0.2.1"
VISITOR = Actor("a" * 32)


@dataclass
class House:
    """Everything about staff, and short ways to use it."""

    documents: MemoryDocuments
    clock: SetClock
    audit: Audit
    staff: Staff
    sessions: Sessions
    factors: SecondFactors
    new_password: NewPassword

    def operator(self, name: str = "Ming") -> Actor:
        """The first operator, signed in."""
        code = self.staff.setup_code()
        assert code
        self.staff.join(code, name, GOOD)
        return self.signed_in(name)

    def invited(self, operator: Actor, role: str, name: str) -> Actor:
        self.staff.join(self.staff.invite(operator, role), name, GOOD)
        return self.signed_in(name)

    def signed_in(self, name: str) -> Actor:
        return self.sessions.actor(self.sessions.sign_in(name, GOOD, ADDRESS), VISITOR)

    def passes(self, **time: float) -> None:
        self.clock.moment += timedelta(**time)


def house_on(folder: Path, documents: MemoryDocuments, clock: SetClock) -> House:
    audit = Audit(folder, clock)
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    staff = Staff(documents, clock, Passwords(hasher), audit)
    own_password = OwnPassword(clock, staff, audit)
    key = KeyFile(folder / "server.key")
    factors = SecondFactors(documents, clock, key, staff, own_password, audit)
    sessions = Sessions(documents, clock, staff, factors, audit)
    new_password = NewPassword(documents, clock, staff, own_password, sessions, audit)
    return House(documents, clock, audit, staff, sessions, factors, new_password)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return house_on(tmp_path, MemoryDocuments(), SetClock(datetime(2030, 1, 1, tzinfo=UTC)))
