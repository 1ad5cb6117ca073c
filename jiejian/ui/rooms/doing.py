"""What a participant's press does: one attempt, kept once; a refusal is kept to be shown."""

from __future__ import annotations

from collections.abc import Callable

from jiejian.errors import JiejianError
from jiejian.services.built import services
from jiejian.services.given import Raw
from jiejian.services.rooms.taking_part import THE_ITEM, Place
from jiejian.ui import errors, state

ERROR = "live_error"
_SHOWN_AT = "live_error_at"


def write(name: str, act: Callable[[str], object], key: str) -> bool:
    """Do something under the key its button was drawn with; whether it was done."""
    forget()
    try:
        act(key)
    except JiejianError as error:
        state.show(ERROR, error)
        return False
    state.done(name)
    return True


def forget() -> None:
    """Say nothing more of what the last press ran into."""
    state.clear(ERROR)
    state.clear(_SHOWN_AT)


def problem(at: str = "") -> None:
    """Say what the last press ran into, as long as one is `at` the same place."""
    found = state.shown(ERROR)
    if not found:
        return
    if (seen := state.shown(_SHOWN_AT)) is not None and seen != at:
        forget()
        return
    state.show(_SHOWN_AT, at)
    errors.show(found)


def attempt_name(place: Place, item: str = THE_ITEM) -> str:
    """The name of an attempt at something in the step at hand."""
    step = place.block.id if place.block else ""
    return f"live_{place.room.id}_{step}_{item}"


def attempt(place: Place, item: str = THE_ITEM) -> tuple[str, str]:
    """Name and key of the next attempt; a doubled tap carries the same key twice."""
    name = attempt_name(place, item)
    return name, state.attempt(name)


def answer(room: str, step: str, item: str, raw: Raw, tried: tuple[str, str]) -> bool:
    """Give an answer in a step."""
    name, key = tried
    taking = services().taking_part
    return write(name, lambda k: taking.answer(state.actor(), room, step, item, raw, k), key)
