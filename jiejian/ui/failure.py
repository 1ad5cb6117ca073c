"""What a reader sees when a page breaks in a way nobody foresaw."""

import streamlit as st

from jiejian import faults
from jiejian.errors import JiejianError
from jiejian.ui import errors

BOTH = (
    "我们这边出了问题。已保存的内容是安全的。请重新加载；如果再次发生，请把这个代码告诉老师：{fault_id}\n\n"
    "Something went wrong on our side. What you saved is safe. Reload the page; if it happens again,"
    " tell your teacher this code: {fault_id}"
)
"""Where the language cannot be told."""


def show_failure(error: Exception) -> bool:
    """Log `error` unless it is an expected one, and say so in the reader's language, in place of Streamlit's own box.

    Returns True: Streamlit need not show anything itself.
    """
    st.error(_words(error), icon=":material/error:")
    return True


def _words(error: Exception) -> str:
    try:
        if isinstance(error, JiejianError):
            return errors.words(error)
        return errors.unexpected(error)
    except Exception:  # noqa: BLE001 - a forged widget value breaks every look at the session's state
        return BOTH.format(fault_id=faults.record(error, where="script"))
