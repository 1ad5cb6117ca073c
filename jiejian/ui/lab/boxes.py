"""Boxes of the lab's tools beside the offer form: typed as text, refused in the reader's words."""

from __future__ import annotations

import streamlit as st

from jiejian.services import typed_terms
from jiejian.services.typed_terms import Value
from jiejian.ui.lab.offer_form import LONGEST, Read
from jiejian.ui.terms import label


def box(
    key: str, field: str, first: str, read: Read = typed_terms.number, *, hint: str | None = None
) -> Value:
    """A box for one figure, labelled as the field is called; empty is zero."""
    st.session_state.setdefault(key, first)
    text = st.text_input(
        label(field),
        key=key,
        max_chars=LONGEST,
        autocomplete="off",
        persist_state="session",
        help=hint,
    )
    return read(text) if text.strip() else 0
