"""Signing in and out: where an account is signed in, until when, and by what right.

A session is known by the hash of its token; the token is in the browser's HttpOnly cookie only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from jiejian.clock import Clock
from jiejian.errors import InvalidInput, NotFound, TooManyTries
from jiejian.services.accounts import new_token
from jiejian.services.actor import Actor
from jiejian.services.identity.audit import Audit
from jiejian.services.identity.halfway import CodeNeeded, Halfway
from jiejian.services.identity.secondfactor import SecondFactors
from jiejian.services.identity.staff import Staff, account_id
from jiejian.services.identity.throttle import Throttle, address_key
from jiejian.services.permissions import require
from jiejian.store.port import Documents

STAFF_COOKIE = "jiejian_staff"
SESSIONS, SEEN = "staff_sessions", "staff_seen"
# Apart from the session, so that noting its use can never bring an ended one back.
IDLE = timedelta(hours=8)
LONGEST = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)
"""A session in use is written no more often than this."""

TRIES_PER_ADDRESS = 20
BROWSERS = (("edg/", "Edge"), ("firefox/", "Firefox"), ("chrome/", "Chrome"), ("safari/", "Safari"))
DEVICES = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("mac os", "macOS"),
    ("linux", "Linux"),
)


@dataclass(frozen=True)
class Session:
    """A place where an account is signed in. id is part of a hash and opens nothing."""

    id: str
    began: datetime
    seen: datetime
    device: str
    current: bool


class Sessions:
    """Sign-ins of staff accounts."""

    def __init__(
        self,
        documents: Documents,
        clock: Clock,
        staff: Staff,
        factors: SecondFactors,
        audit: Audit,
    ) -> None:
        self._documents = documents
        self._clock = clock
        self._staff = staff
        self._factors = factors
        self._audit = audit
        self._halfway = Halfway(documents, clock)
        self._by_account = Throttle(clock)
        # Apart from passwords: a right password must not make codes free to guess.
        self._by_code = Throttle(clock)
        self._by_address = Throttle(clock, TRIES_PER_ADDRESS)

    def sign_in(self, name: str, password: str, address: str, agent: str = "") -> str:
        """Begin a session and return its token.

        Raises InvalidInput("name", "wrong_sign_in") whatever was wrong, in the same time, and
        TooManyTries, for names that do not exist as well; CodeNeeded where all was right and the
        account has a second factor: there is no session yet.
        """
        account = account_id(name)
        self._begin(f"account:{account}", address_key(address))
        proof = self._staff.proof(account)
        right = self._staff.is_password(account, password)
        found = self._staff.find(account)
        if not right or found is None or found.disabled:
            self._audit.note("staff.signin", "refused", who=account, address=address)
            raise InvalidInput("name", "wrong_sign_in")
        self._by_account.succeeded(f"account:{account}")
        self._by_address.take_back(address_key(address))
        if self._factors.is_on(account):
            raise CodeNeeded(self._halfway.give(account, proof))
        return self.begin(account, address, agent, proof)

    def is_halfway(self, ticket: str | None) -> bool:
        """Whether the ticket of a CodeNeeded still waits for its code."""
        return self._halfway.held(ticket) is not None

    def second_step(self, ticket: str | None, code: str, address: str, agent: str = "") -> str:
        """Begin the session that a ticket and a code open, and return its token.

        Raises InvalidInput: ticket/over for one that is unknown, used or old, or whose account has
        changed since; code/wrong_code, which leaves the ticket; and TooManyTries.
        """
        held = self._halfway.held(ticket)
        found = self._staff.find(held.account) if held else None
        if ticket is None or held is None or found is None or found.disabled:
            raise InvalidInput("ticket", "over")
        if held.proof != self._staff.proof(found.id) or not self._factors.is_on(found.id):
            raise InvalidInput("ticket", "over")
        self._by_address.begin(address_key(address))
        try:
            self._by_code.begin(found.id)
        except TooManyTries:
            self._audit.note("factor.signin", "refused", who=found.id, address=address)
            raise
        if not self._factors.accepts(found.id, code, address):
            self._audit.note("factor.signin", "refused", who=found.id, address=address)
            raise InvalidInput("code", "wrong_code")
        if not self._halfway.use(ticket):
            raise InvalidInput("ticket", "over")
        self._by_code.succeeded(found.id)
        self._by_address.take_back(address_key(address))
        return self.begin(found.id, address, agent, held.proof)

    def begin(self, account: str, address: str, agent: str = "", proof: str | None = None) -> str:
        """A session for an account that has wholly proved itself; the token.

        proof tells by which of its passwords (Staff.proof), the present one if it is not given.
        """
        token, now = new_token(), self._now().isoformat()
        proof = self._staff.proof(account) if proof is None else proof
        value = {"account": account, "began": now, "device": device_of(agent), "proof": proof}
        self._documents.put(SESSIONS, _hash(token), value)
        self._audit.note("staff.signin", who=account, address=address)
        return token

    def count_try(self, address: str) -> None:
        """Count a try at an invitation code. Raises TooManyTries."""
        self._by_address.begin(address_key(address))

    def try_was_right(self, address: str) -> None:
        """Uncount it, so that a room full of invited people is not kept waiting."""
        self._by_address.take_back(address_key(address))

    def actor(self, token: str | None, visitor: Actor) -> Actor:
        """The visitor with the role of the session behind `token`, if it is one that still holds."""
        digest = _hash(token) if token else ""
        held = self._documents.get(SESSIONS, digest) if token else None
        if held is None or not self._holds(digest, held):
            return visitor
        found = self._staff.find(str(held["account"]))
        if found is None or found.disabled or (found.shut and _began(held) <= found.shut):
            return visitor
        if held.get("proof", "") != self._staff.proof(found.id):
            return visitor
        if self._now() - self._seen(digest, held) >= SEEN_EVERY:
            self._documents.put(SEEN, digest, {"at": self._now().isoformat()})
        return Actor(visitor.learner, found.role, found.id, digest[:16])

    def sign_out(self, token: str | None, address: str = "", *, everywhere: bool = False) -> None:
        """End the session behind this token, and with `everywhere` all others of its account."""
        held = self._documents.get(SESSIONS, _hash(token)) if token else None
        if token is None or held is None:
            return
        account = str(held["account"])
        if everywhere:
            self.end_all(account)
        self._delete(_hash(token))
        self._audit.note("staff.signout", who=account, address=address)

    def sessions(self, actor: Actor) -> tuple[Session, ...]:
        """Where the actor's account is signed in, last used first."""
        require(actor, "session.list", actor.account)
        found = [
            Session(
                id=digest[:16],
                began=_began(held),
                seen=self._seen(digest, held),
                device=str(held["device"]),
                current=digest[:16] == actor.session,
            )
            for digest, held in self._of(str(actor.account))
        ]
        return tuple(sorted(found, key=lambda session: session.seen, reverse=True))

    def end(self, actor: Actor, session: str) -> None:
        """End one of the actor's own sessions. Raises NotFound for any other."""
        require(actor, "session.end", actor.account)
        for digest, _held in self._of(str(actor.account)):
            if digest[:16] == session:
                self._delete(digest)
                self._audit.note("session.end", who=str(actor.account), what=session)
                return
        raise NotFound("session", session)

    def end_all(self, account: str) -> None:
        """End every session of an account."""
        for digest, _held in list(self._of(account)):
            self._delete(digest)

    def password_changed(self, account: str) -> None:
        """End every session, and forget the failures of whoever had forgotten the old password."""
        self.end_all(account)
        self._by_account.succeeded(f"account:{account}")

    def _of(self, account: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Sessions of an account that still hold; those that do not are removed on the way."""
        for digest in list(self._documents.keys(SESSIONS)):
            held = self._documents.get(SESSIONS, digest)
            if held is None:
                continue
            if not self._holds(digest, held):
                self._delete(digest)
            elif held["account"] == account:
                yield digest, held

    def _holds(self, digest: str, held: dict[str, Any]) -> bool:
        now = self._now()
        return now - self._seen(digest, held) < IDLE and now - _began(held) < LONGEST

    def _seen(self, digest: str, held: dict[str, Any]) -> datetime:
        later = self._documents.get(SEEN, digest)
        return datetime.fromisoformat(later["at"]) if later else _began(held)

    def _delete(self, digest: str) -> None:
        self._documents.delete(SESSIONS, digest)
        self._documents.delete(SEEN, digest)

    def _begin(self, account: str, address: str) -> None:
        self._by_address.begin(address)
        try:
            self._by_account.begin(account)
        except TooManyTries:
            self._audit.note("staff.signin", "refused", who=account.removeprefix("account:"))
            raise

    def _now(self) -> datetime:
        return self._clock.now().astimezone(UTC)


def _began(held: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(held["began"])


def device_of(agent: str) -> str:
    """A browser and a device in words everybody knows; no more is kept of the User-Agent."""
    text = agent[:500].lower()
    browser = next((name for sign, name in BROWSERS if sign in text), "")
    device = next((name for sign, name in DEVICES if re.search(rf"\b{sign}", text)), "")
    return " · ".join(filter(None, (browser, device)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
