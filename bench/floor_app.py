"""The floor: a page with one slider, served the way the product is."""

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).parent / "floor_script.py")
