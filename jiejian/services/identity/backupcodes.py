"""Backup codes: ten on paper, for the day the telephone is gone; each opens once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jiejian.services.identity.codes import bare, new_code

HOW_MANY = 10
SIGNS, GROUP = 10, 5
"""10 signs of 30: 49 random bits, too few for a fast hash."""


@dataclass(frozen=True)
class BackupCodes:
    """The hashes of one account's codes, under a salt of their own."""

    salt: str
    hashes: tuple[str, ...]

    @classmethod
    def kept(cls, held: Mapping[str, Any]) -> BackupCodes:
        """As `to_keep` wrote them."""
        return cls(str(held["salt"]), tuple(held["hashes"]))

    def to_keep(self) -> dict[str, Any]:
        """What is stored."""
        return {"salt": self.salt, "hashes": list(self.hashes)}

    def hash_of(self, typed: str) -> str | None:
        """The hash of what was typed if it is one of the codes, else None."""
        code = bare(typed)
        if len(code) != SIGNS:
            return None
        found = _hash(code, self.salt)
        return found if found in self.hashes else None


def new_backup_codes() -> tuple[tuple[str, ...], BackupCodes]:
    """Ten new codes, to be shown once, and what is kept of them."""
    codes, salt = tuple(new_code(SIGNS, GROUP) for _ in range(HOW_MANY)), secrets.token_hex(16)
    return codes, BackupCodes(salt, tuple(_hash(bare(code), salt) for code in codes))


def _hash(code: str, salt: str) -> str:
    text = code.encode(errors="replace")
    return hashlib.scrypt(text, salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32).hex()
