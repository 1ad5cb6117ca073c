"""The borrower's seat."""

import streamlit as st

from jiejian.ui import errors, frame
from jiejian.ui.borrow.seat import seat as draw
from jiejian.ui.i18n import _

frame.head(
    _("The borrower's seat"),
    _("Send a request through the glass box"),
    _("In life it disappears into a black box. Here you see every check it meets. No real money."),
)


@st.fragment
def seat() -> None:
    with errors.explained():
        draw()


seat()
