"""The world four seats share: what happens to the platform and its rules, and who is told what.

Pure: a world is what the cues fired so far make of an ordinary day.
"""

from sandbox.world.cues import Cue, CueBook, load_cues
from sandbox.world.effects import SEATS, Effect, Seat
from sandbox.world.state import ORDINARY, Happening, World, after

__all__ = [
    "ORDINARY",
    "SEATS",
    "Cue",
    "CueBook",
    "Effect",
    "Happening",
    "Seat",
    "World",
    "after",
    "load_cues",
]
