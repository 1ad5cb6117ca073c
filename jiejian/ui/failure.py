"""What a reader sees when a page breaks in a way nobody foresaw."""

import streamlit as st

from jiejian.errors import JiejianError
from jiejian.ui import errors


def show_failure(error: Exception) -> bool:
    """Log `error` unless it is an expected one, and say so in the reader's language, in place of Streamlit's own box.

    Returns True: Streamlit need not show anything itself.
    """
    if isinstance(error, JiejianError):
        words = errors.words(error)
    else:
        words = errors.unexpected(error)
    st.error(words, icon=":material/error:")
    return True
