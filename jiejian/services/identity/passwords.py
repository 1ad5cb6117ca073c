"""Passwords and passphrases: how strong one must be, how it is kept, how it is checked."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Sequence

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from jiejian.errors import InvalidInput

SHORTEST, LONGEST = 12, 128
"""Characters. Longer ones than zxcvbn is given are judged by their beginning."""
JUDGED = 72
SCORE = 3
"""Of 0 to 4: at least 10^8 guesses for somebody who knows the usual lists."""
AT_ONCE = 2
"""Each hash takes 64 MiB for a moment; more at once could be used to exhaust the memory."""
# Nobody's hash: checked for unknown names so that they take as long as known ones.
_NOBODYS = "nobody has this password"


class Passwords:
    """Argon2id with the parameters of RFC 9106's second recommendation, the library's default."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._slots = threading.BoundedSemaphore(AT_ONCE)
        self._dummy = self._hasher.hash(_NOBODYS)

    def hash(self, password: str) -> str:
        """What is kept in place of the password."""
        with self._slots:
            return self._hasher.hash(normal(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether this is the password behind `kept`; None takes as long, and is never right."""
        typed = normal(password[: LONGEST * 2])
        with self._slots:
            try:
                self._hasher.verify(self._dummy if kept is None else kept, typed)
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None


def normal(password: str) -> str:
    """The password in one spelling: phones and computers write the same letters differently."""
    return unicodedata.normalize("NFKC", password)


def judge(
    password: str, known: Sequence[str] = (), *, field: str = "password", least: int = SHORTEST
) -> None:
    """Refuse what is too short, too long or easily guessed; no sign is asked for or forbidden.

    `known` holds words a guesser would try first (the name, the product). Raises InvalidInput:
    too_short, too_long, too_easy.
    """
    text = normal(password)
    if len(text) < least:
        raise InvalidInput(field, "too_short", least=least)
    if len(text) > LONGEST:
        raise InvalidInput(field, "too_long", most=LONGEST)
    words = [*known, "jiejian", "借鉴"]
    if zxcvbn(text[:JUDGED], user_inputs=words)["score"] < SCORE:
        raise InvalidInput(field, "too_easy")
