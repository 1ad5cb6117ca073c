"""Choices whose options are shown as words: the code chosen outlives a change of language.

The browser sends such a choice back as the words it showed, which mean nothing once the language
has changed. So each language has a widget of its own, and the code is kept apart under `key`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from jiejian.ui.i18n import language
from sandbox.text import LANGUAGES

Shape = Literal["pills", "select"]


def put(key: str, code: object) -> None:
    """Choose for the reader; before the widget is drawn in this run."""
    st.session_state[key] = code
    for spoken in LANGUAGES:
        st.session_state.pop(f"{key}_{spoken}", None)


def put_once(key: str, code: object) -> None:
    """Choose for the reader unless it is chosen already, which leaves the widget as it is."""
    if st.session_state.get(key) != code:
        put(key, code)


def pressed(key: str) -> str:
    """Inside an on_change callback: the code just chosen."""
    code = str(st.session_state[f"{key}_{language()}"])
    st.session_state[key] = code
    return code


def chosen(key: str) -> str:
    """The code of a choice, "" if none is made; also before the widget is drawn in this run."""
    worded = f"{key}_{language()}"
    return str(st.session_state.get(worded if worded in st.session_state else key) or "")


def choose(
    key: str,
    label: str,
    options: Mapping[str, str],
    *,
    shape: Shape = "pills",
    first: str | None = None,
    **more: Any,
) -> str:
    """Draw the choice and return the code; options: code -> words.

    first: chosen at the start (default: the first option). more: of st.pills or st.selectbox.
    """
    kept = st.session_state.get(key)
    if kept not in options:
        put(key, first if first in options else next(iter(options)))
    worded = f"{key}_{language()}"
    for other in LANGUAGES:
        if other != language():
            st.session_state.pop(f"{key}_{other}", None)
    if st.session_state.get(worded) not in options:
        st.session_state[worded] = st.session_state[key]
    given: dict[str, Any] = {"format_func": options.__getitem__, "key": worded, **more}
    if shape == "pills":
        # A select box cannot be emptied anyway, and would say "(required)" in English.
        code = st.pills(
            label, list(options), required=True, wrap=True, persist_state="session", **given
        )
    else:
        code = st.selectbox(label, list(options), persist_state="session", **given)
    st.session_state[key] = code
    return str(code)
