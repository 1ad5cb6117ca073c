"""One slider and its value."""

import streamlit as st

st.write(st.slider("n", 0, 100, 10))
