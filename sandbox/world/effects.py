"""What a shared event or a seat's decision does to the world."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.lender.facts.memory import Incident

Seat = Literal["borrower", "operator", "risk", "project"]
SEATS: tuple[Seat, ...] = ("borrower", "operator", "risk", "project")
"""The four seats at the table: borrower, platform operator, risk officer, project CFO."""


class Effect(BaseModel):
    """What changes; a key that is left out stays as it was.

    load_percent: load of the intake system before anybody in the room presses. storm_percent: what
    each request of the last minute adds to it. left_minutes: how long the incident lasts, as
    announced. regime: the set of rules that comes into force. calms: divides the load by so much
    percent less (50 halves it).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    incident: Incident | None = None
    load_percent: int | None = Field(None, ge=0, le=1000)
    storm_percent: int | None = Field(None, ge=0, le=100)
    left_minutes: int | None = Field(None, ge=0, le=7 * 24 * 60)
    regime: str | None = None
    calms: int = Field(0, ge=0, le=100)
