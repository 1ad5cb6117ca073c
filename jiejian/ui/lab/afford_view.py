"""What a budget carries; and, beside it, where borrowing to repay leads."""

from __future__ import annotations

import streamlit as st

from jiejian.ui import choices
from jiejian.ui.i18n import _
from jiejian.ui.lab import budget_view, rolling_view

KEY = "lab_afford"
PART = f"{KEY}_part"


def show() -> None:
    """One of the two parts."""
    st.header(_("What can my month carry?"), anchor=False)
    part = choices.choose(
        PART,
        _("Choose a question"),
        {
            "budget": _("How large an instalment fits?"),
            "rolling": _("Can a new loan repay the old one?"),
        },
        label_visibility="collapsed",
    )
    if part == "budget":
        budget_view.show()
    else:
        rolling_view.show()
        st.button(
            _("Work out how large an instalment fits"),
            key=f"{KEY}_to_budget",
            icon=":material/savings:",
            on_click=choices.put,
            args=(PART, "budget"),
        )
