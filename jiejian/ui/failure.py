"""What a reader sees when a page breaks in a way nobody expected."""

import streamlit as st

from jiejian import faults
from jiejian.ui.i18n import _


def show_failure(error: Exception) -> bool:
    """Log `error` and say so in the reader's language, in place of Streamlit's own box.

    Returns True: Streamlit need not show anything itself.
    """
    fault_id = faults.record(error, where="script")
    st.error(
        _(
            "Something went wrong on our side. What you saved is safe. Reload the page; "
            "if it happens again, tell your teacher this code: {fault_id}"
        ).format(fault_id=fault_id),
        icon=":material/error:",
    )
    return True
