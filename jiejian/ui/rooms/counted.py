"""The figures of a step, counted once for all phones that show them at the same moment."""

from __future__ import annotations

from jiejian.content.workshops.blocks import Block
from jiejian.services.built import services
from jiejian.services.rooms import tallies
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.tallies import Tally

MOST = 200
_COUNTED: dict[tuple[str, str, int, str], Tally] = {}


def tally(look: Look, block: Block) -> Tally:
    """What a step came to, as of this look."""
    key = (look.room.id, look.room.opened.isoformat() + look.mark, look.work, block.id)
    if key not in _COUNTED:
        if len(_COUNTED) >= MOST:
            _COUNTED.clear()
        _COUNTED[key] = tallies.tally(look, block, services().library)
    return _COUNTED[key]
