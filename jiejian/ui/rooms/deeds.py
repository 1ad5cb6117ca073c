"""What a press on the educator's pages does: once for a double click, its refusal kept to be shown."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

import streamlit as st

from jiejian.errors import JiejianError
from jiejian.services.actor import Actor
from jiejian.ui import errors, state

DOUBLE_CLICK = 0.6
"""Seconds in which a second press is the same one: after the first the page is redrawn, and what
then lies under the pointer is the next step's button."""
ERROR = "room_deed_error"
_PRESSED = "room_pressed"

Act = Callable[[Actor, str], object]
"""What is done: by whom, under which key."""


def deed(
    label: str,
    name: str,
    act: Act,
    *,
    kind: Literal["primary", "secondary", "tertiary"] = "secondary",
    icon: str | None = None,
    disabled: bool = False,
    guard: str = "",
    then: Callable[[], object] | None = None,
    width: Literal["stretch", "content"] = "stretch",
) -> None:
    """A button that changes the room. Presses of one guard share the double click's time.

    then is done after success, to clear what was typed.
    """
    st.button(
        label,
        key=f"room_{name}",
        type=kind,
        icon=icon,
        disabled=disabled,
        width=width,
        on_click=_press,
        args=(name, act, state.attempt(f"room_{name}")),
        kwargs={"guard": guard, "then": then},
    )


def _press(name: str, act: Act, key: str, *, guard: str, then: Callable[[], object] | None) -> None:
    do(name, act, key, guard=guard, then=then)


def do(
    name: str,
    act: Act,
    key: str,
    *,
    guard: str = "",
    then: Callable[[], object] | None = None,
) -> bool:
    """Do it; whether it was done."""
    pressed: dict[str, float] = st.session_state.setdefault(_PRESSED, {})
    now = time.monotonic()
    if now - pressed.get(guard or name, float("-inf")) < DOUBLE_CLICK:
        return False
    pressed[guard or name] = now
    state.clear(ERROR)
    try:
        act(state.actor(), key)
    except JiejianError as error:
        state.show(ERROR, error)
        return False
    state.done(f"room_{name}")
    if then:
        then()
    return True


def problem() -> None:
    """Say what the last press ran into, if anything."""
    if found := state.shown(ERROR):
        errors.show(found)
