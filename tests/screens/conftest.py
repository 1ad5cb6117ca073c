"""Each test of a page has a data folder and a visitor of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from jiejian.services import built
from jiejian.services.lending import lending
from jiejian.ui import state
from tests.screens.app import WHO


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("JIEJIAN_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(lending, "DOUBLE_CLICK", timedelta(0))
    # The test client has no cookies to tell a visitor by.
    monkeypatch.setattr(state, "actor", lambda: WHO)
    built.services.cache_clear()
    yield
    built.services.cache_clear()
