"""The product in a process of its own, for tests that speak to it from outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

PATIENCE = 180
"""Seconds a server may take to answer: a crowded machine starts it slowly."""


class Server:
    """The product as `make run` serves it, on a free port and a data folder of its own."""

    def __init__(self, folder: Path, module: str = "jiejian.serve", **settings: str) -> None:
        self.folder = folder
        self.module = module
        self.settings = settings
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder.parent / "server.log"
        self.printed = folder.parent / "printed.txt"
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """What is started."""
        return [sys.executable, "-m", self.module]

    def start(self) -> None:
        """Start and wait until it answers; its output is in the error if it does not."""
        own = {"JIEJIAN_DATA_DIR": str(self.folder), "PORT": str(self.port)}
        env = {**os.environ, **own, **self.settings}
        with self.log.open("ab") as log, self.printed.open("ab") as printed:
            self._process = subprocess.Popen(
                self.command(), cwd=ROOT, env=env, stdout=printed, stderr=log
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
