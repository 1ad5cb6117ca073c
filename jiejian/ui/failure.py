"""What a reader sees when a page breaks in a way nobody foresaw."""

import streamlit as st

from jiejian.ui import errors


def show_failure(error: Exception) -> bool:
    """Log `error` and say so in the reader's language, in place of Streamlit's own box.

    Returns True: Streamlit need not show anything itself.
    """
    st.error(errors.unexpected(error), icon=":material/error:")
    return True
