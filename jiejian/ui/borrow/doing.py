"""What a press of a button does: one recorded attempt, its refusal kept to be shown."""

from __future__ import annotations

from collections.abc import Callable

from jiejian.errors import JiejianError
from jiejian.ui import state

ERROR = "borrow_error"


def write(name: str, act: Callable[[str], object], key: str = "") -> bool:
    """Do something that is recorded, once for the attempt the button was drawn with.

    Returns whether it was done; a refusal is shown where the press was made.
    """
    state.clear(ERROR)
    try:
        act(key or state.attempt(name))
    except JiejianError as error:
        state.show(ERROR, error)
        return False
    state.done(name)
    return True
