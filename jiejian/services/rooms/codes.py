"""Join codes: six signs nobody mistakes for others, short-lived, worth nothing once a room closes."""

from __future__ import annotations

import secrets
import unicodedata

# Without I, O, 0 and 1; five bits a sign, thirty a code.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SIGNS = 6


def new_code() -> str:
    """A code of thirty random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))


def tidied(typed: str) -> str:
    """A code as typed, in capitals without blanks or dashes; "" if it cannot be one."""
    text = unicodedata.normalize("NFKC", typed[:64]).upper()
    signs = "".join(sign for sign in text if sign.isalnum())
    whole = len(signs) == SIGNS and all(sign in ALPHABET for sign in signs)
    return signs if whole else ""
