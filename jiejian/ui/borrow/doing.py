"""What a press of a button does: one recorded attempt, its refusal kept to be shown."""

from __future__ import annotations

from collections.abc import Callable

from jiejian.errors import JiejianError
from jiejian.ui import state

ERROR = "borrow_error"
LIFE_ERROR = "new_life_error"
FOLLOWED = "borrow_followed"


def write(name: str, act: Callable[[str], object], key: str = "", place: str = ERROR) -> bool:
    """Do something that is recorded, once for the attempt the button was drawn with.

    Returns whether it was done; a refusal is kept to be shown at the place of the press.
    """
    for other in (ERROR, LIFE_ERROR):
        state.clear(other)
    try:
        act(key or state.attempt(name))
    except JiejianError as error:
        state.show(place, error)
        return False
    state.done(name)
    return True
