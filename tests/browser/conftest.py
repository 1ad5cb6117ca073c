"""A real server in a process of its own, and Chromium from the system to play it with."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
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

PATIENCE = 180
"""Seconds a server may take to answer: a crowded machine starts it slowly."""


class Server:
    """The product as `make run` serves it, on a free port and a data folder of its own."""

    def __init__(self, folder: Path, module: str = "jiejian.serve", **environment: str) -> None:
        self.folder = folder
        self.environment = environment
        self.module = module
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder.parent / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """What is started."""
        return [sys.executable, "-m", self.module]

    def start(self) -> None:
        """Start and wait until it answers; its output is in the error if it does not."""
        env = {**os.environ, "JIEJIAN_DATA_DIR": str(self.folder), "PORT": str(self.port)}
        env |= self.environment
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command(), cwd=ROOT, env=env, stdout=log, stderr=log
            )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=1):  # noqa: S310 - our own server
                    return
            except OSError:
                time.sleep(0.1)
        self.stop(signal.SIGKILL)
        raise RuntimeError(f"the server does not answer:\n{self.log.read_text()}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait(15)


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
