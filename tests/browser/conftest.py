"""A real server, and Chromium from the system to play it with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.served import Server

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for every test: each visits it as somebody new, with a browser context of its own."""
    served = Server(tmp_path_factory.mktemp("server") / "data")
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    named = os.environ.get("JIEJIAN_CHROMIUM")
    found = next((path for name in [named, *NAMES] if name and (path := shutil.which(name))), None)
    assert found, "no Chromium found: install it, or set JIEJIAN_CHROMIUM to the program"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def leave(chromium: Browser) -> Iterator[None]:
    """Close what a test left open, so that nobody stays on the server after it."""
    yield
    for context in chromium.contexts:
        context.close()
