"""`python -m tests.browser.sample_course`: the product with the sample course in place of its own."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st
import uvicorn

from jiejian.services import built

ROOT = Path(__file__).resolve().parents[2]
FULL = ROOT / "tests/content/full"


def main() -> None:
    """Serve on PORT."""
    from jiejian.ui.failure import show_failure
    from jiejian.web.lifespan import lifespan
    from jiejian.web.routes import middleware, routes

    built.ROOT = FULL
    app = st.App(
        ROOT / "jiejian" / "main.py",
        routes=routes(FULL / "lessons"),
        middleware=middleware(),
        lifespan=lifespan,
        on_script_error=show_failure,
    )
    uvicorn.run(app, port=int(os.environ["PORT"]), log_level="warning")


if __name__ == "__main__":
    main()
