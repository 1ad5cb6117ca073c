"""The reader's book, read once."""

from __future__ import annotations

import pytest

from sandbox.adverts import AdvertBook, load_advertbook


@pytest.fixture(scope="session")
def book() -> AdvertBook:
    """The book as it is shipped, without a mistake."""
    loaded = load_advertbook()
    assert loaded.mistakes == ()
    return loaded
