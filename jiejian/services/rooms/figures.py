"""A room in a few figures, for its summary and to hold one room against another. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from jiejian.content.library import Library
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.tallies import (
    Gain,
    Guesses,
    Requests,
    gain,
    progress,
    tally,
)

FEW = 5
"""People below which a share says nothing about a room, and something about a person."""


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def fraction(self) -> Fraction | None:
        """The share; None of nobody."""
        return Fraction(self.count, self.of) if self.of else None

    @property
    def telling(self) -> bool:
        """Whether there were enough people to speak of a share."""
        return self.of >= FEW


@dataclass(frozen=True)
class Figures:
    """people joined and stayed, active did anything; answered: steps done of those asked.

    close: guesses near the truth. hammered, restricted, granted: people in sandbox steps. gain is
    None where the script does not measure before and after. lasted: from the first step to the
    close or the last thing that happened.
    """

    people: int
    active: int
    answered: Share
    close: Share
    hammered: Share
    restricted: Share
    granted: Share
    requests: int
    gain: Gain | None
    lasted: timedelta


def figures(look: Look, library: Library) -> Figures:
    """The figures of a room as it stands."""
    room = look.room
    close = hammered = restricted = granted = borrowers = requests = guesses = 0
    answered = asked = 0
    for block in room.script.steps:
        done = progress(look, block, library)
        found = tally(look, block, library)
        if found is not None:
            asked += done.people
            answered += done.done
        if isinstance(found, Guesses):
            guesses += len(found.values)
            close += found.close
        elif isinstance(found, Requests):
            borrowers += found.people
            requests += found.requests
            hammered += found.hammered
            restricted += found.restricted
            granted += found.granted
    steps = [block.id for block in room.script.steps]
    return Figures(
        people=len(room.present),
        active=sum(
            1 for person in room.present if any(look.standing(person.id).did(s) for s in steps)
        ),
        answered=Share(answered, asked),
        close=Share(close, guesses),
        hammered=Share(hammered, borrowers),
        restricted=Share(restricted, borrowers),
        granted=Share(granted, borrowers),
        requests=requests,
        gain=gain(look, library),
        lasted=_lasted(look),
    )


def _lasted(look: Look) -> timedelta:
    room = look.room
    begun = [moment.at for moment in room.moments if moment.kind == "step_begun"]
    if not begun:
        return timedelta(0)
    last = room.closed or max(moment.at for moment in room.moments)
    return max(last - begun[0], timedelta(0))
