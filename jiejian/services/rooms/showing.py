"""What stands on the projector: the step at hand, or an earlier one whose results were called up. Pure."""

from __future__ import annotations

from jiejian.content.workshops.blocks import Block, DebriefBlock
from jiejian.services.rooms.room import Room


def results_on_screen(room: Room) -> tuple[Block, ...]:
    """The steps whose results the projector shows now, () for none.

    What was called up last since the step began comes first: an educator who reveals an earlier
    step wants to see it now. Else the step at hand; in a debrief the steps it looks at. Only what
    is revealed is shown.
    """
    called = [
        block
        for name in _called_up(room)
        if name in room.shown and (block := room.script.step(name)) is not None
    ]
    at = room.at
    if called:
        return (called[0],)
    if isinstance(at, DebriefBlock):
        looked = (room.script.step(name) for name in at.looks_at if name in room.shown)
        return tuple(block for block in looked if block is not None)
    return (at,) if at is not None and at.id in room.shown else ()


def _called_up(room: Room) -> list[str]:
    """Steps whose results were revealed since the room came to where it is, newest first."""
    names: list[str] = []
    for moment in reversed(room.moments):
        if moment.kind == "step_begun":
            break
        if moment.kind == "results_shown":
            names.append(str(moment.what["step"]))
    return list(dict.fromkeys(names))
