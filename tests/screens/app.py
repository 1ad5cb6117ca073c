"""The app in Streamlit's own test client, opened on a page as a first run would show it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from jiejian.services.actor import Actor

ROOT = Path(__file__).resolve().parents[2]
WHO = Actor("c" * 32)


def opened(page: str, language: str, **query: str) -> AppTest:
    """The app with this page open, the query as a link would bring it."""
    app = AppTest.from_file(str(ROOT / "jiejian" / "main.py"), default_timeout=20)
    app.session_state["lang"] = language
    app.run()
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(page).run()
    assert not app.exception
    return app
