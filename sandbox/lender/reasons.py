"""What a reason code means to the borrower, in both languages."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.lender.facts.memory import Evidence
from sandbox.text import Text

When = Literal[
    "after_fix", "after_wait", "after_incident", "after_look_up", "other_request", "not_here"
]


class Entry(BaseModel):
    """Base of everything written in a rule file: frozen, and a misspelt key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Retry(Entry):
    """When another try makes sense; `say` is shown to the borrower.

    wait_hours is the longest wait after which time alone has healed it, for counters whose dates
    a single case does not hold.
    """

    when: When
    say: Text
    wait_hours: int | None = Field(None, ge=1, le=24 * 366 * 5)


class ReasonWords(Entry):
    """Words of one reason.

    contest: how to object, where the general way for the datum's source does not fit. evidence:
    what a reviewer accepts to set this reason aside. adverse_action: the corresponding reason of
    Regulation B, sample form C-1 (12 CFR 1002), as a key of the choices; left out if none fits.
    """

    title: Text
    explain: Text
    do: Text
    avoid: Text
    retry: Retry
    lesson: str = Field(pattern=r"^[a-z0-9-]+(#[a-z0-9-]+)?$")
    rank: int = Field(50, ge=1, le=99, description="1 is named first in a notice.")
    contest: Text | None = None
    evidence: Evidence | None = None
    adverse_action: str | None = None


class Source(Entry):
    """Where a limit comes from."""

    title: str = Field(min_length=1)
    date: str = Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
