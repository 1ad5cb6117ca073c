"""Accounts of educators, organizers and operators: invited, joined, listed, disabled.

What different people write is kept in different documents, so that two of them writing at once
cannot undo each other: the account itself, a password set later, whether it is disabled, and the
claim that makes an invitation good for one person.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import get_args

from jiejian.clock import Clock
from jiejian.errors import DocumentExists, InvalidInput, NotFound
from jiejian.services.actor import Actor, StaffRole
from jiejian.services.identity.audit import Audit
from jiejian.services.identity.codes import code_hash, new_code
from jiejian.services.identity.passwords import Passwords, judge
from jiejian.services.permissions import require
from jiejian.store.port import Documents

STAFF, DISABLED, PASSWORDS = "staff", "staff_disabled", "staff_passwords"
INVITATIONS, CLAIMED = "invitations", "invitations_claimed"

INVITATION_LASTS = timedelta(days=7)
LONGEST_NAME = 40


@dataclass(frozen=True)
class StaffAccount:
    """An account as others see it: id (32 hex), name to sign in with, role, since when.

    shut tells when it was last disabled, whether or not it was enabled again: what it was signed
    in to before that stays ended. company names the provider by whose word the account is here.
    """

    id: str
    name: str
    role: StaffRole
    made: datetime
    disabled: bool = False
    shut: datetime | None = None
    company: str = ""


class Staff:
    """Accounts and invitations. Nothing here tells who is signed in; see sessions."""

    def __init__(
        self, documents: Documents, clock: Clock, passwords: Passwords, audit: Audit
    ) -> None:
        self._documents = documents
        self._clock = clock
        self._passwords = passwords
        self._audit = audit
        self._setup: str | None = None

    def setup_code(self) -> str | None:
        """A new code for the first operator, None where one can sign in with a password.

        Good until it is used, the process ends or another is made; only its hash is kept.
        """
        if self._has_operator():
            return None
        code = new_code()
        self._setup = code_hash(code)
        return code

    def invite(self, actor: Actor, role: str) -> str:
        """A code that lets one person make an account of this role within a week; shown once."""
        require(actor, "staff.invite")
        if role not in get_args(StaffRole):
            raise InvalidInput("role", "unknown_choice")
        code, now = new_code(), self._now()
        value = {"role": role, "made": now.isoformat(), "by": actor.account}
        self._documents.put(INVITATIONS, code_hash(code), value, expect_absent=True)
        self._audit.note("staff.invite", who=actor.account or "", what=role)
        return code

    def join(self, code: str, name: str, password: str, address: str = "") -> StaffAccount:
        """Make an account with an invitation's or the set-up code, and use the code up.

        Raises InvalidInput: code/unknown_code, name/empty, too_long, unprintable or taken, and
        what passwords.judge raises. A code is used up only when everything else was right.
        """
        digest = code_hash(code)
        role = self._role_of(digest)
        if role is None:
            self._audit.note("staff.join", "refused", address=address)
            raise InvalidInput("code", "unknown_code")
        shown = proper_name(name)
        judge(password, (shown,))
        account = account_id(shown)
        if self._documents.get(STAFF, account) is not None:
            raise InvalidInput("name", "taken")
        kept = self._passwords.hash(password)
        try:
            self._documents.put(CLAIMED, digest, {"account": account}, expect_absent=True)
        except DocumentExists:
            raise InvalidInput("code", "unknown_code") from None
        made = self._now()
        value = {"name": shown, "role": role, "made": made.isoformat(), "argon2": kept}
        try:
            self._documents.put(STAFF, account, value, expect_absent=True)
        except DocumentExists:
            self._documents.delete(CLAIMED, digest)
            raise InvalidInput("name", "taken") from None
        self._documents.delete(INVITATIONS, digest)
        self._setup = None
        self._audit.note("staff.join", who=account, what=role, address=address)
        return StaffAccount(account, shown, role, made)

    def come_by(
        self, company: str, account: str, role: StaffRole, address: str = ""
    ) -> StaffAccount:
        """The account of somebody whom a provider has just named, made at the first time.

        Its role is what the provider says now. It has no password, and a name that tells no more
        than the provider's and the beginning of its id.
        """
        held = self._documents.get(STAFF, account)
        if held is None:
            name, made = f"{company}-{account[:8]}", self._now().isoformat()
            held = {"name": name, "role": role, "made": made, "company": company}
            self._documents.put(STAFF, account, held)
            self._audit.note("company.account", who=account, what=role, address=address)
        elif held["role"] != role:
            self._documents.put(STAFF, account, {**held, "role": role})
            self._audit.note("company.role", who=account, what=role, address=address)
        found = self.find(account)
        assert found is not None  # noqa: S101 - written above
        return found

    def drop(self, account: str) -> None:
        """Remove an account that was here by a provider's word only; disabled stays disabled."""
        held = self._documents.get(STAFF, account)
        if held is not None and "argon2" not in held:
            self._documents.delete(STAFF, account)

    def accounts(self, actor: Actor) -> tuple[StaffAccount, ...]:
        """Every account, by name."""
        require(actor, "staff.list")
        self._audit.looked("staff.list", actor.account or "")
        found = (self.find(key) for key in self._documents.keys(STAFF))
        return tuple(sorted(filter(None, found), key=lambda account: account.name.casefold()))

    def disable(self, actor: Actor, account: str) -> None:
        """Shut an account: it is signed out everywhere and cannot sign in.

        Raises InvalidInput for the own one, so that an operator always remains, and NotFound.
        """
        require(actor, "staff.disable", account)
        if actor.is_self(account):
            raise InvalidInput("account", "own_account")
        self.known(account)
        shut = {"at": self._now().isoformat(), "disabled": True}
        self._documents.put(DISABLED, account, shut)
        self._audit.note("staff.disable", who=actor.account or "", what=account)

    def enable(self, actor: Actor, account: str) -> None:
        """Open a disabled account again; it has to sign in anew."""
        require(actor, "staff.enable", account)
        self.known(account)
        shut = self._documents.get(DISABLED, account)
        if shut is not None:
            self._documents.put(DISABLED, account, {**shut, "disabled": False})
        self._audit.note("staff.enable", who=actor.account or "", what=account)

    def find(self, account: str) -> StaffAccount | None:
        """The account of this id, None if there is none."""
        held = self._documents.get(STAFF, account)
        if held is None:
            return None
        made = datetime.fromisoformat(held["made"])
        shut = self._documents.get(DISABLED, account)
        company = str(held.get("company", ""))
        if shut is None:
            return StaffAccount(account, held["name"], held["role"], made, company=company)
        when, disabled = datetime.fromisoformat(shut["at"]), bool(shut["disabled"])
        return StaffAccount(account, held["name"], held["role"], made, disabled, when, company)

    def is_password(self, account: str, password: str) -> bool:
        """Whether this is the account's password; an unknown account takes as long as a known one."""
        found = self._documents.get(STAFF, account)
        held = self._documents.get(PASSWORDS, account) if found else None
        kept = held or found or {}
        return self._passwords.matches(kept.get("argon2"), password)

    def proof(self, account: str) -> str:
        """Which password the account has, as a random mark: "" for its first.

        What was opened by an earlier one carries its mark, and ends with it, whatever the clock.
        """
        held = self._documents.get(PASSWORDS, account)
        return str(held["mark"]) if held else ""

    def set_password(self, account: str, password: str) -> None:
        """Replace the password; for a service that has seen a proof. Raises as passwords.judge."""
        judge(password, (self.known(account).name,))
        kept, made = self._passwords.hash(password), self._now().isoformat()
        value = {"argon2": kept, "mark": secrets.token_hex(8), "made": made}
        self._documents.put(PASSWORDS, account, value)

    def known(self, account: str) -> StaffAccount:
        """The account of this id. Raises NotFound, also for what is no id at all."""
        found = self.find(account) if account in self._documents.keys(STAFF) else None
        if found is None:
            raise NotFound("account", account)
        return found

    def _role_of(self, digest: str) -> StaffRole | None:
        if self._setup is not None and compare_digest(self._setup, digest):
            # Another process may have had its own code used meanwhile.
            return None if self._has_operator() else "operator"
        held = self._documents.get(INVITATIONS, digest)
        if held is None:
            return None
        age = self._now() - datetime.fromisoformat(held["made"])
        role: StaffRole = held["role"]
        return role if age <= INVITATION_LASTS else None

    def _has_operator(self) -> bool:
        # One who comes by a provider's word does not count: the provider may be gone tomorrow.
        found = (self.find(key) for key in self._documents.keys(STAFF))
        return any(
            one and one.role == "operator" and not one.disabled and not one.company for one in found
        )

    def _now(self) -> datetime:
        return self._clock.now().astimezone(UTC)


def proper_name(name: str) -> str:
    """The name as it is kept. Raises InvalidInput: empty, too_long, unprintable."""
    text = " ".join(unicodedata.normalize("NFKC", name[: LONGEST_NAME * 8]).split())
    if not text:
        raise InvalidInput("name", "empty")
    if len(text) > LONGEST_NAME:
        raise InvalidInput("name", "too_long", most=LONGEST_NAME)
    # Control, bidi and zero-width signs would let one name look like another.
    if not text.isprintable() or any(unicodedata.category(sign) == "Cf" for sign in text):
        raise InvalidInput("name", "invisible")
    return text


def account_id(name: str) -> str:
    """The id of the account with this name, whatever its case; one name is one account."""
    text = " ".join(unicodedata.normalize("NFKC", name).split()).casefold()
    return hashlib.sha256(f"jiejian staff {text}".encode(errors="replace")).hexdigest()[:32]
