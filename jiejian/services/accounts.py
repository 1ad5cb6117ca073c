"""Who a visitor is: a token in a cookie, a learner behind it, and a recovery code of words.

Only hashes are stored. A new visitor needs no document at all: the learner id is derived from
the token's hash, and a document is written only when a token is tied to another learner.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from functools import cache

from limits import RateLimitItemPerMinute, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from mnemonic import Mnemonic

from jiejian.clock import Clock
from jiejian.errors import InvalidInput, TooManyTries, VisitEnded
from jiejian.services.actor import Actor
from jiejian.services.permissions import require
from jiejian.store.port import Documents

VISITOR_COOKIE = "jiejian_visitor"
CODE_WORDS = 6
TRIES_PER_ADDRESS = parse("10/minute")
TRIES_IN_ALL = RateLimitItemPerMinute(120)
# One salt for all codes: a code is looked up by its hash, and 66 random bits need no salt
# of their own against tables.
CODE_SALT = b"jiejian recovery code v1"


def new_token() -> str:
    """A visitor token: 256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


@cache
def _words(language: str) -> tuple[str, ...]:
    """2,048 words (en) or characters (zh); the same place means the same 11 bits in both."""
    name = {"en": "english", "zh": "chinese_simplified"}[language]
    return tuple(Mnemonic(name).wordlist)


@cache
def _places() -> dict[str, int]:
    return {word: place for lang in ("en", "zh") for place, word in enumerate(_words(lang))}


class Accounts:
    """Visitors, learners and recovery codes."""

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._documents = documents
        self._clock = clock
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def actor(self, token: str) -> Actor:
        """The actor behind a visitor token. Raises VisitEnded if the token was ended."""
        digest = _hash(token)
        tied = self._documents.get("visitors", digest)
        if tied and "ended" in tied:
            raise VisitEnded
        return Actor(str(tied["learner"]) if tied else digest[:32])

    def end(self, token: str) -> None:
        """End a visitor token for good; the learner behind it keeps record and recovery code."""
        ended = {"ended": self._clock.now().isoformat()}
        self._documents.put("visitors", _hash(token), ended)

    def new_recovery_code(self, actor: Actor) -> dict[str, str]:
        """Make a code, in both languages; it replaces the learner's earlier one.

        Shown once: only its hash is kept.
        """
        require(actor, "recovery.make", actor.learner)
        places = [secrets.randbelow(2048) for _ in range(CODE_WORDS)]
        digest = _code_hash(places)
        earlier = self._documents.get("recovery_owners", actor.learner)
        made = self._clock.now().isoformat()
        self._documents.put("recovery", digest, {"learner": actor.learner, "made": made})
        self._documents.put("recovery_owners", actor.learner, {"code": digest, "made": made})
        if earlier:
            self._documents.delete("recovery", str(earlier["code"]))
        return {
            "en": " ".join(_words("en")[place] for place in places),
            "zh": " ".join(_words("zh")[place] for place in places),
        }

    def has_recovery_code(self, actor: Actor) -> bool:
        """Whether the learner has made a code."""
        return self._documents.get("recovery_owners", actor.learner) is not None

    def recover(self, code: str, address: str) -> str:
        """Tie a new visitor token to the learner of this code and return the token.

        Raises TooManyTries, or InvalidInput for a code that is malformed or unknown (which of
        the two is not told).
        """
        self._limit(address)
        places = _read_code(code)
        found = self._documents.get("recovery", _code_hash(places)) if places else None
        if found is None:
            raise InvalidInput("code", "unknown_code")
        return tie(self._documents, self._clock, str(found["learner"]))

    def forget(self, actor: Actor) -> None:
        """Remove the recovery code and every token tied to the learner."""
        owner = self._documents.get("recovery_owners", actor.learner)
        if owner:
            self._documents.delete("recovery", str(owner["code"]))
            self._documents.delete("recovery_owners", actor.learner)
        for digest in list(self._documents.keys("visitors")):
            tied = self._documents.get("visitors", digest)
            if tied and tied.get("learner") == actor.learner:
                self._documents.delete("visitors", digest)

    def _limit(self, address: str) -> None:
        for item, who in ((TRIES_PER_ADDRESS, address), (TRIES_IN_ALL, "everyone")):
            if not self._limiter.hit(item, "recover", who):
                reset, _ = self._limiter.get_window_stats(item, "recover", who)
                # The limiter's storage keeps the system's time, so its own stats are read here.
                wait = max(1, round(reset - self._clock.now().timestamp()))
                raise TooManyTries(min(wait, 60))


def tie(documents: Documents, clock: Clock, learner: str) -> str:
    """A new visitor token for a learner; only for a service that has seen a proof of who it is."""
    token = new_token()
    made = clock.now().isoformat()
    documents.put("visitors", _hash(token), {"learner": learner, "made": made})
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _code_hash(places: list[int]) -> str:
    text = "-".join(map(str, places)).encode()
    return hashlib.scrypt(text, salt=CODE_SALT, n=2**14, r=8, p=1, dklen=32).hex()


def _read_code(code: str) -> list[int]:
    """Places of the words typed, in either language and with any spacing; [] if it is no code."""
    text = unicodedata.normalize("NFKC", code[:400]).lower()
    for mark in ",.;、，。-_/\n\t":
        text = text.replace(mark, " ")
    words: list[str] = []
    for part in text.split():
        words += [part] if part in _places() else list(part)
    if len(words) != CODE_WORDS or any(word not in _places() for word in words):
        return []
    return [_places()[word] for word in words]
