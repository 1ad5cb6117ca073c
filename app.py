"""The server: `make run`, `uvicorn app:app` or `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from jiejian.ui.failure import show_failure
from jiejian.web.lifespan import lifespan
from jiejian.web.routes import middleware, routes

app = st.App(
    Path(__file__).parent / "jiejian" / "main.py",
    routes=routes(),
    middleware=middleware(),
    lifespan=lifespan,
    on_script_error=show_failure,
)
