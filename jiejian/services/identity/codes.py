"""Codes that are passed on or kept on paper: made, and kept as a hash only."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS, GROUP = 16, 4
"""16 signs of 30: 78 random bits, in groups of four."""


def new_code(signs: int = SIGNS, group: int = GROUP) -> str:
    """A random code, in groups with a dash between."""
    drawn = [secrets.choice(ALPHABET) for _ in range(signs)]
    return "-".join("".join(drawn[at : at + group]) for at in range(0, signs, group))


def bare(code: str) -> str:
    """What was typed without blanks and dashes, in capitals."""
    return "".join(s for s in unicodedata.normalize("NFKC", code[:200]).upper() if s.isalnum())


def code_hash(code: str) -> str:
    """What is kept of a code of 16 signs: 78 random bits need no salt and no slow hash."""
    return hashlib.sha256(bare(code).encode(errors="replace")).hexdigest()
