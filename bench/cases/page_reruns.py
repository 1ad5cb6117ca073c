"""Reruns of whole pages, against one slider served alike and under plain streamlit."""

from __future__ import annotations

import contextlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.report import Line, spread
from bench.session import Session

ROOT = Path(__file__).resolve().parents[2]
RERUNS, PAUSE = 60, 0.06
LESSONS = {
    "a lesson, its opening": "id=why-requests-fail",
    "a lesson, a step with a slider": "id=early-repayment&at=sooner",
}
FLOOR = "one slider, served as the product is"
PLAIN = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _served(command: list[str], port: int, **environment: str) -> Iterator[int]:
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "JIEJIAN_DATA_DIR": folder, "PORT": str(port), **environment}
        quiet = subprocess.DEVNULL
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=quiet, stderr=quiet)
        try:
            for _ in range(300):
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
                    break
                time.sleep(0.1)
            yield port
        finally:
            server.terminate()
            server.wait(10)


@dataclass
class _Visited:
    """A page in an open tab, and the seconds of each of its reruns."""

    what: str
    session: Session
    page: str | None = None
    query: str = ""
    wanted: str = ""
    took: list[float] = field(default_factory=list)

    def rerun(self) -> None:
        self.took.append(self.session.rerun(self.page, self.query) / 1000)


def measure() -> list[Line]:
    """All in turn, again and again, so that the machine's moods fall on each alike."""
    floor_port, our_port, plain_port = _free_port(), _free_port(), _free_port()
    python = sys.executable
    floor = [python, "-m", "uvicorn", "bench.floor_app:app", "--port", str(floor_port)]
    ours = [python, "-m", "jiejian.serve"]
    plain = [python, "-m", "streamlit", "run", "bench/floor_script.py"]
    plain += ["--server.port", str(plain_port), "--server.headless", "true"]
    with (
        _served(floor, floor_port),
        _served(ours, our_port),
        _served(plain, plain_port, **PLAIN),
    ):
        visited = [
            _Visited(FLOOR, Session(floor_port)),
            *(
                _Visited(what, Session(our_port), "lesson", query, "at most 2x plain")
                for what, query in LESSONS.items()
            ),
            _Visited("borrower's seat, whole page", Session(our_port), "borrow"),
            _Visited("one slider, plain streamlit run", Session(plain_port)),
        ]
        for tab in visited:
            tab.session.rerun()
        for _ in range(RERUNS + 5):
            for tab in visited:
                tab.rerun()
                time.sleep(PAUSE)
        for tab in visited:
            tab.session.close()
    served, plainly = (statistics.median(visited[place].took[5:]) for place in (0, -1))
    lines = []
    for tab in visited:
        took = tab.took[5:]
        median = statistics.median(took)
        ratios = f"{median / plainly:.2f}x the plain slider, {median / served:.2f}x the served one"
        lines.append(Line(tab.what, f"{spread(took)}, {ratios}", tab.wanted))
    return lines
