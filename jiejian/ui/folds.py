"""Folds whose content costs nothing until somebody opens them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def fold(key: str, label: str, icon: str) -> Iterator[bool]:
    """A fold; yields whether it is open, and only then is its content worth drawing.

    Opening it redraws the fragment it stands in.
    """
    expander = st.expander(label, key=f"fold_{key}", icon=icon, on_change="rerun")
    with expander:
        yield bool(expander.open)
