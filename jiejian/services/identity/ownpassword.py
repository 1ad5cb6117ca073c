"""The password once more, from somebody who has signed in: before what an open page must not do."""

from __future__ import annotations

from jiejian.clock import Clock
from jiejian.errors import InvalidInput
from jiejian.services.actor import Actor
from jiejian.services.identity.audit import Audit
from jiejian.services.identity.staff import Staff
from jiejian.services.identity.throttle import Throttle


class OwnPassword:
    """Asks for the password of the own account; wrong ones count by account."""

    def __init__(self, clock: Clock, staff: Staff, audit: Audit) -> None:
        self._staff = staff
        self._audit = audit
        self._tries = Throttle(clock)

    def confirm(self, actor: Actor, password: str, action: str, address: str) -> None:
        """Raise InvalidInput("current", "wrong_password") or TooManyTries unless it is right."""
        account = str(actor.account)
        self._tries.begin(account)
        if not self._staff.is_password(account, password):
            self._audit.note(action, "refused", who=account, address=address)
            raise InvalidInput("current", "wrong_password")
        self._tries.succeeded(account)
