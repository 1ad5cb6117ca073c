"""The cost lab's page: which tool is open, and what a link brought along for it.

The tool is in the address (`?tool=price`), so that a link opens it and a reload keeps it. Every
other parameter is a preset of `offer_form`, put into the tool's main form, whose key is `lab_` and
the tool's code. A link counts when the page is arrived at, not again when it is redrawn.
"""

from __future__ import annotations

import streamlit as st

from jiejian.ui import choices, errors, state
from jiejian.ui.i18n import _
from jiejian.ui.lab import offer_form
from jiejian.ui.lab.tools import TOOLS

PARAMETER = "tool"
CHOICE = "lab_tool"
ARRIVED_WITH = "lab_arrived_with"


def show() -> None:
    """The choice of tool, then the tool."""
    tool = _asked()
    if len(TOOLS) > 1:
        labels = {code: entry.label for code, entry in TOOLS.items()}
        with st.container(key="lab_tools"):
            tool = choices.choose(
                CHOICE, _("Choose a tool"), labels, on_change=_chosen, label_visibility="collapsed"
            )
    _open(tool)


@st.fragment
def _open(tool: str) -> None:
    with errors.explained():
        TOOLS[tool].show()


def _asked() -> str:
    """The tool of the address; on arrival what else the address holds goes into its form."""
    given = {name: str(value) for name, value in st.query_params.items()}
    asked = given.pop(PARAMETER, "")
    if asked in TOOLS:
        choices.put_once(CHOICE, asked)
    tool = st.session_state.get(CHOICE)
    if tool not in TOOLS:
        tool = next(iter(TOOLS))
    if state.arrived("lab") or given != st.session_state.get(ARRIVED_WITH):
        st.session_state[ARRIVED_WITH] = given
        offer_form.prefill(f"lab_{tool}", given)
    return str(tool)


def _chosen() -> None:
    """Another tool was pressed: the address follows, and an earlier link's presets leave it."""
    st.query_params.from_dict({PARAMETER: choices.pressed(CHOICE)})
