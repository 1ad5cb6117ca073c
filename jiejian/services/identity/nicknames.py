"""A learner's nickname and passphrase: another way back, for who would lose a recovery code.

The nickname is kept as a hash only: it is asked for, never shown.
"""

from __future__ import annotations

import hashlib
import unicodedata

from jiejian.clock import Clock
from jiejian.errors import DocumentExists, InvalidInput
from jiejian.services.accounts import tie
from jiejian.services.actor import Actor
from jiejian.services.identity.audit import Audit
from jiejian.services.identity.passwords import Passwords, judge
from jiejian.services.identity.staff import proper_name
from jiejian.services.identity.throttle import Throttle, address_key
from jiejian.services.permissions import require
from jiejian.store.port import Documents

NICKNAMES, OWNERS = "nicknames", "nickname_owners"
SHORTEST = 8
"""Characters of a passphrase: what it guards is a learner's practice, and tries are limited."""
TRIES_PER_ADDRESS = 30
"""A class behind one address mistypes more than one person does."""


class Nicknames:
    """One nickname a learner; a new one replaces it."""

    def __init__(
        self, documents: Documents, clock: Clock, passwords: Passwords, audit: Audit
    ) -> None:
        self._documents = documents
        self._clock = clock
        self._passwords = passwords
        self._audit = audit
        self._by_name = Throttle(clock)
        self._by_address = Throttle(clock, TRIES_PER_ADDRESS)

    def set(self, actor: Actor, nickname: str, passphrase: str, address: str) -> None:
        """Tie a nickname to the learner, or give the own one a new passphrase.

        Raises InvalidInput: name/taken, and what proper_name and judge raise; TooManyTries.
        """
        require(actor, "nickname.set", actor.learner)
        shown = proper_name(nickname)
        judge(passphrase, (shown,), field="passphrase", least=SHORTEST)
        # Counted like a try: else this form would tell fast which nicknames there are.
        self._by_address.begin(address_key(address))
        key, earlier = _key(shown), self._documents.get(OWNERS, actor.learner)
        value = {"learner": actor.learner, "argon2": self._passwords.hash(passphrase)}
        if earlier is not None and earlier["nickname"] == key:
            self._documents.put(NICKNAMES, key, value)
        else:
            try:
                self._documents.put(NICKNAMES, key, value, expect_absent=True)
            except DocumentExists:
                raise InvalidInput("name", "taken") from None
            self._documents.put(OWNERS, actor.learner, {"nickname": key})
            if earlier is not None:
                self._documents.delete(NICKNAMES, str(earlier["nickname"]))
        self._by_address.take_back(address_key(address))

    def come_back(self, nickname: str, passphrase: str, address: str) -> str:
        """A new visitor token for the learner of this nickname.

        Raises InvalidInput("name", "wrong_nickname") whatever was wrong, in the same time, and
        TooManyTries, for nicknames that do not exist as well.
        """
        key = _key(nickname)
        self._by_address.begin(address_key(address))
        self._by_name.begin(key)
        held = self._documents.get(NICKNAMES, key)
        if not self._passwords.matches(str(held["argon2"]) if held else None, passphrase):
            self._audit.note("nickname.signin", "refused", address=address)
            raise InvalidInput("name", "wrong_nickname")
        assert held is not None  # noqa: S101 - nothing matches where there is no hash
        self._by_name.succeeded(key)
        self._by_address.take_back(address_key(address))
        self._audit.note("nickname.signin", who=str(held["learner"]), address=address)
        return tie(self._documents, self._clock, str(held["learner"]))

    def forget(self, actor: Actor) -> None:
        """Remove the learner's nickname and passphrase."""
        require(actor, "record.delete", actor.learner)
        owner = self._documents.get(OWNERS, actor.learner)
        if owner is not None:
            self._documents.delete(NICKNAMES, str(owner["nickname"]))
            self._documents.delete(OWNERS, actor.learner)


def _key(nickname: str) -> str:
    text = " ".join(unicodedata.normalize("NFKC", nickname).split()).casefold()
    return hashlib.sha256(f"jiejian nickname {text}".encode(errors="replace")).hexdigest()
