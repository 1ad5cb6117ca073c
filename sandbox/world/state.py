"""The world as it stands: an ordinary day, and everything that happened to it in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sandbox.lender.case import Platform
from sandbox.lender.facts.memory import Incident
from sandbox.lender.regimes import BASELINE
from sandbox.world.effects import Effect, Seat

ORDINARY_LOAD = 40
MOST_LOAD = 10_000


@dataclass(frozen=True)
class Happening:
    """One thing that happened: its effect, and the seat it reached (None: everybody)."""

    effect: Effect
    to: Seat | None = None


@dataclass(frozen=True)
class World:
    """The platform and the rules as one seat meets them."""

    incident: Incident = "none"
    load_percent: int = ORDINARY_LOAD
    storm_percent: int = 0
    left_minutes: int = 0
    regime: str = BASELINE

    @property
    def disturbed(self) -> bool:
        """Whether anything is out of the ordinary."""
        return self != ORDINARY

    def platform(self, requests_last_minute: int = 0) -> Platform:
        """The platform a request meets now, after so many requests in the last minute.

        A retry storm is the sum of everybody's presses: load = base + storm * requests.
        """
        load = min(self.load_percent + self.storm_percent * requests_last_minute, MOST_LOAD)
        return Platform(
            incident=self.incident,
            load_percent=load,
            incident_left_minutes=self.left_minutes,
        )

    def changed(self, effect: Effect) -> World:
        """The world after an effect."""
        given = {
            name: value
            for name in ("incident", "load_percent", "storm_percent", "left_minutes", "regime")
            if (value := getattr(effect, name)) is not None
        }
        later = replace(self, **given)
        if effect.calms:
            kept = 100 - effect.calms
            later = replace(
                later,
                load_percent=later.load_percent * kept // 100,
                storm_percent=later.storm_percent * kept // 100,
            )
        return later


ORDINARY = World()


def after(happenings: Iterable[Happening], seat: Seat | None = None) -> World:
    """The world of a seat after what happened, in order; None: what reached everybody."""
    world = ORDINARY
    for happening in happenings:
        if happening.to is None or happening.to == seat:
            world = world.changed(happening.effect)
    return world
