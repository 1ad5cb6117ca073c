"""The second factor: a code of six digits from the owner's telephone, new every 30 seconds.

An account's secret is nowhere stored. It is derived from the server's key and a random number that
is, so that whoever has a copy of the records alone cannot make codes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp

from jiejian.clock import Clock
from jiejian.errors import DocumentExists, InvalidInput, NotFound, StoreUnreadable
from jiejian.services.actor import Actor
from jiejian.services.identity.audit import Audit
from jiejian.services.identity.backupcodes import BackupCodes, new_backup_codes
from jiejian.services.identity.codes import bare
from jiejian.services.identity.ownpassword import OwnPassword
from jiejian.services.identity.staff import Staff
from jiejian.services.permissions import require
from jiejian.store.keyfile import KeyFile
from jiejian.store.port import Documents

FACTORS, OFFERS = "second_factors", "second_factor_offers"
USED_STEPS, USED_BACKUP = "second_factor_steps_used", "backup_codes_used"
# Keys there are "<account>-<step or hash>": written where there is none yet, so that of two who use
# a code at the same moment one comes in.

DIGITS, STEP = 6, 30
DRIFT = 1
"""Steps: a clock may be half a minute off, either way."""
SECRET_BYTES = 20
"""As RFC 4226 recommends; 32 letters to type."""
OFFER_LASTS = timedelta(minutes=15)
USED_KEPT = 24 * 3600 // STEP
"""Steps, a day of them: longer than any is good for, so that a clock set back revives none."""
ISSUER = "Jiejian"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Offer:
    """What an authenticator needs: the secret in Base32, and the same as an otpauth address."""

    secret: str
    uri: str


@dataclass(frozen=True)
class Standing:
    """An account's second factor: since when, and how many backup codes are unused."""

    since: datetime
    backup_left: int


class SecondFactors:
    """Turned on by their owners, with a code as proof; turned off with the password."""

    def __init__(
        self,
        documents: Documents,
        clock: Clock,
        key: KeyFile,
        staff: Staff,
        own_password: OwnPassword,
        audit: Audit,
    ) -> None:
        self._documents = documents
        self._clock = clock
        self._key = key
        self._staff = staff
        self._own_password = own_password
        self._audit = audit

    def is_on(self, account: str) -> bool:
        """Whether signing in to this account takes a code."""
        return self._documents.get(FACTORS, account) is not None

    def standing(self, actor: Actor) -> Standing | None:
        """The own second factor, None if there is none."""
        require(actor, "factor.see", actor.account)
        account = str(actor.account)
        held = self._documents.get(FACTORS, account)
        if held is None:
            return None
        left = len(held["backup"]["hashes"]) - len(self._of(USED_BACKUP, account))
        return Standing(datetime.fromisoformat(held["since"]), left)

    def offer(self, actor: Actor) -> Offer:
        """A new secret to put into an authenticator, good for 15 minutes; an earlier one ends.

        Raises InvalidInput("factor", "already_on"): else an open page could replace the owner's.
        """
        require(actor, "factor.set", actor.account)
        account = str(actor.account)
        if self.is_on(account):
            raise InvalidInput("factor", "already_on")
        name = self._staff.known(account).name
        key, nonce = self._key.made(), secrets.token_hex(16)
        self._documents.put(OFFERS, account, {"nonce": nonce, "made": self._now().isoformat()})
        secret = _secret(key, account, nonce)
        return Offer(secret, _totp(secret).provisioning_uri(name=name, issuer_name=ISSUER))

    def confirm(self, actor: Actor, code: str) -> tuple[str, ...]:
        """Turn it on by a code of the offered secret; ten backup codes, shown once.

        Raises InvalidInput: code/wrong_code, factor/offer_over, factor/already_on.
        """
        require(actor, "factor.set", actor.account)
        account = str(actor.account)
        offered = self._documents.get(OFFERS, account)
        if offered is None or self._now() - datetime.fromisoformat(offered["made"]) > OFFER_LASTS:
            raise InvalidInput("factor", "offer_over")
        key, nonce = self._key.made(), str(offered["nonce"])
        step = _step(_secret(key, account, nonce), code, self._now())
        if step is None:
            raise InvalidInput("code", "wrong_code")
        codes, kept = new_backup_codes()
        value: dict[str, Any] = {
            "nonce": nonce,
            "key": _mark(key),
            "since": self._now().isoformat(),
        }
        value["backup"] = kept.to_keep()
        try:
            self._documents.put(FACTORS, account, value, expect_absent=True)
        except DocumentExists:
            raise InvalidInput("factor", "already_on") from None
        self._use_step(account, step)
        self._documents.delete(OFFERS, account)
        self._audit.note("factor.on", who=account)
        return codes

    def accepts(self, account: str, code: str, address: str = "") -> bool:
        """Whether the code opens the account now. It is used up by that: it does so once."""
        held = self._documents.get(FACTORS, account)
        if held is None:
            return False
        secret = self._secret_of(account, held)
        step = _step(secret, code, self._now()) if secret else None
        if step is not None:
            return self._use_step(account, step)
        backup = BackupCodes.kept(held["backup"]).hash_of(code)
        if backup is None or not self._use(USED_BACKUP, account, backup):
            return False
        self._audit.note("factor.backup", who=account, address=address)
        return True

    def turn_off(self, actor: Actor, password: str, address: str = "") -> None:
        """Do without it again. Raises as OwnPassword.confirm."""
        require(actor, "factor.off", actor.account)
        self._own_password.confirm(actor, password, "factor.off", address)
        self._remove(str(actor.account))
        self._audit.note("factor.off", who=str(actor.account), address=address)

    def with_one(self, actor: Actor) -> frozenset[str]:
        """The accounts that have a second factor."""
        require(actor, "staff.list")
        return frozenset(self._documents.keys(FACTORS))

    def lift(self, actor: Actor, account: str) -> None:
        """Take it off another's account, whose telephone is lost.

        Raises InvalidInput("account", "own_factor"), as the own one takes the password, and NotFound.
        """
        require(actor, "factor.lift", account)
        if actor.is_self(account):
            raise InvalidInput("account", "own_factor")
        if account not in self._documents.keys(FACTORS):
            raise NotFound("factor", account)
        self._remove(account)
        self._audit.note("factor.lift", who=actor.account or "", what=account)

    def _remove(self, account: str) -> None:
        self._documents.delete(FACTORS, account)
        self._documents.delete(OFFERS, account)
        # The next secret has other codes: none of its steps was used.
        for collection in (USED_STEPS, USED_BACKUP):
            for key in self._of(collection, account):
                self._documents.delete(collection, key)

    def _use_step(self, account: str, step: int) -> bool:
        """Use up a step; False if it was used."""
        if not self._use(USED_STEPS, account, str(step)):
            return False
        for key in self._of(USED_STEPS, account):
            if int(key.partition("-")[2]) < step - USED_KEPT:
                self._documents.delete(USED_STEPS, key)
        return True

    def _use(self, collection: str, account: str, what: str) -> bool:
        used = {"at": self._now().isoformat()}
        try:
            self._documents.put(collection, f"{account}-{what}", used, expect_absent=True)
        except DocumentExists:
            return False
        return True

    def _of(self, collection: str, account: str) -> list[str]:
        found = self._documents.keys(collection)
        return [key for key in found if key.startswith(f"{account}-")]

    def _secret_of(self, account: str, held: dict[str, Any]) -> str | None:
        """The secret; None, and a line in the log, where it was made under another key."""
        try:
            key = self._key.read()
        except StoreUnreadable:
            logger.exception("the server's key cannot be read")
            key = None
        if key is None or not hmac.compare_digest(_mark(key), str(held["key"])):
            logger.error(
                "account %s has its second factor from another server key: only its backup codes"
                " open it, or an operator who lifts it",
                account[:16],
            )
            return None
        return _secret(key, account, str(held["nonce"]))

    def _now(self) -> datetime:
        return self._clock.now().astimezone(UTC)


def _secret(key: bytes, account: str, nonce: str) -> str:
    text = f"jiejian second factor v1 {account} {nonce}".encode()
    return base64.b32encode(hmac.new(key, text, hashlib.sha256).digest()[:SECRET_BYTES]).decode()


def _mark(key: bytes) -> str:
    """Tells one key from another and nothing about either."""
    return hmac.new(key, b"jiejian server key mark", hashlib.sha256).hexdigest()[:16]


def _totp(secret: str) -> pyotp.TOTP:
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP)


def _step(secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is, of the present one and its neighbours."""
    typed = bare(code)
    if len(typed) != DIGITS or not typed.isascii():
        return None
    try:
        return _totp(secret).verify_and_get_timecode(typed, for_time=now, valid_window=DRIFT)
    except pyotp.OTPVerificationError:
        return None
