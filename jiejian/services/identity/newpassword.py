"""A new password: chosen by who knows the present one, or by a code that an operator made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from jiejian.clock import Clock
from jiejian.errors import DocumentExists, InvalidInput, NotFound
from jiejian.services.actor import Actor
from jiejian.services.identity.audit import Audit
from jiejian.services.identity.codes import code_hash, new_code
from jiejian.services.identity.ownpassword import OwnPassword
from jiejian.services.identity.passwords import judge
from jiejian.services.identity.sessions import TRIES_PER_ADDRESS, Sessions
from jiejian.services.identity.staff import Staff, StaffAccount
from jiejian.services.identity.throttle import Throttle, address_key
from jiejian.services.permissions import require
from jiejian.store.port import Documents

RESETS, CLAIMED = "password_resets", "password_resets_claimed"
RESET_LASTS = timedelta(hours=24)


class NewPassword:
    """Both ways end every session of the account. A second factor stays as it is."""

    def __init__(
        self,
        documents: Documents,
        clock: Clock,
        staff: Staff,
        own_password: OwnPassword,
        sessions: Sessions,
        audit: Audit,
    ) -> None:
        self._documents = documents
        self._clock = clock
        self._staff = staff
        self._own_password = own_password
        self._sessions = sessions
        self._audit = audit
        self._by_address = Throttle(clock, TRIES_PER_ADDRESS)

    def change(
        self, actor: Actor, current: str, password: str, address: str = "", agent: str = ""
    ) -> str:
        """Replace the own password; the token of the one session that is left.

        Raises as OwnPassword.confirm, and as passwords.judge.
        """
        require(actor, "password.change", actor.account)
        account = str(actor.account)
        self._own_password.confirm(actor, current, "password.change", address)
        self._staff.set_password(account, password)
        self._sessions.password_changed(account)
        self._audit.note("password.change", who=account, address=address)
        return self._sessions.begin(account, address, agent)

    def reset_code(self, actor: Actor, account: str) -> str:
        """A code by which another person sets a new password within a day; shown once.

        It replaces an earlier one. Raises InvalidInput("account", "own_password") for the own
        account, which takes the present password, and NotFound.
        """
        require(actor, "password.reset", account)
        if actor.is_self(account):
            raise InvalidInput("account", "own_password")
        if self._staff.known(account).disabled:
            raise NotFound("account", account)
        self._sweep(account)
        code = new_code()
        value = {"account": account, "proof": self._staff.proof(account), "by": actor.account}
        value["made"] = self._now().isoformat()
        self._documents.put(RESETS, code_hash(code), value, expect_absent=True)
        self._audit.note("password.reset", who=actor.account or "", what=account)
        return code

    def reset(self, code: str, password: str, address: str = "") -> None:
        """Set a new password by a code, and use the code up. It signs nobody in.

        Raises InvalidInput: code/unknown_reset for an unknown, used, replaced or old one alike,
        and what passwords.judge raises; TooManyTries. A refused password uses no code up.
        """
        self._by_address.begin(address_key(address))
        digest = code_hash(code)
        found = self._account_of(digest)
        if found is None:
            self._audit.note("password.renew", "refused", address=address)
            raise InvalidInput("code", "unknown_reset")
        self._by_address.take_back(address_key(address))
        judge(password, (found.name,))
        claim = {"account": found.id, "made": self._now().isoformat()}
        try:
            self._documents.put(CLAIMED, digest, claim, expect_absent=True)
        except DocumentExists:
            raise InvalidInput("code", "unknown_reset") from None
        self._staff.set_password(found.id, password)
        self._documents.delete(RESETS, digest)
        self._sessions.password_changed(found.id)
        self._audit.note("password.renew", who=found.id, address=address)

    def _account_of(self, digest: str) -> StaffAccount | None:
        held = self._documents.get(RESETS, digest)
        if held is None or self._over(held["made"]):
            return None
        found = self._staff.find(str(held["account"]))
        if found is None or found.disabled or held["proof"] != self._staff.proof(found.id):
            return None
        return found

    def _sweep(self, account: str) -> None:
        """Remove codes of this account, and codes and claims of all that are over."""
        for collection in (RESETS, CLAIMED):
            for digest in list(self._documents.keys(collection)):
                held = self._documents.get(collection, digest)
                replaced = collection == RESETS and held and held["account"] == account
                if held and (replaced or self._over(held["made"])):
                    self._documents.delete(collection, digest)

    def _over(self, made: str) -> bool:
        return self._now() - datetime.fromisoformat(made) > RESET_LASTS

    def _now(self) -> datetime:
        return self._clock.now().astimezone(UTC)
