"""The theme a browser is sent is Streamlit's own, however often it is asked for."""

from __future__ import annotations

import pytest
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from jiejian.web.theme_once import NAME, remember_theme

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar")


def sent() -> bytes:
    """All sections, in one message as a session sends them."""
    make = getattr(app_session, NAME)
    whole = CustomThemeConfig()
    make(whole)
    for part, section in zip(
        (whole.light, whole.dark, whole.sidebar, whole.light.sidebar), SECTIONS[1:], strict=True
    ):
        make(part, section)
    content: bytes = whole.SerializeToString(deterministic=True)
    return content


def test_what_is_kept_is_what_streamlit_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    original = getattr(app_session, NAME)
    asked: list[str] = []

    def counted(message: object, section: str = "theme") -> None:
        asked.append(section)
        original(message, section)

    before = sent()
    monkeypatch.setattr(app_session, NAME, counted)
    remember_theme()
    remember_theme()
    assert [sent(), sent()] == [before, before]
    assert b"#0E5E5A" in before
    assert sorted(asked) == sorted(SECTIONS)
