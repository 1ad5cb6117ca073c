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
from pathlib import Path

from bench.report import Line, spread
from bench.session import Session

ROOT = Path(__file__).resolve().parents[2]
RERUNS, PAUSE = 60, 0.06
LESSONS = {
    "a lesson, its opening": "id=why-requests-fail",
    "a lesson, a step with a slider": "id=early-repayment&at=sooner",
}
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


def _reruns(port: int, page: str | None, query: str = "") -> list[float]:
    """Seconds of each rerun."""
    session = Session(port)
    session.rerun()
    times = []
    for number in range(RERUNS + 5):
        took = session.rerun(page, query)
        if number >= 5:
            times.append(took / 1000)
        time.sleep(PAUSE)
    session.close()
    return times


def measure() -> list[Line]:
    """Each in turn, the floor before and after, so that the machine's drift shows."""
    floor_port, seat_port, plain_port = _free_port(), _free_port(), _free_port()
    python = sys.executable
    floor = [python, "-m", "uvicorn", "bench.floor_app:app", "--port", str(floor_port)]
    seat = [python, "-m", "jiejian.serve"]
    plain = [python, "-m", "streamlit", "run", "bench/floor_script.py"]
    plain += ["--server.port", str(plain_port), "--server.headless", "true"]
    rows: list[tuple[str, list[float]]] = []
    with _served(floor, floor_port) as port:
        rows.append(("one slider, served as the product is", _reruns(port, None)))
        with _served(seat, seat_port) as served:
            for name, query in LESSONS.items():
                rows.append((name, _reruns(served, "lesson", query)))
            rows.append(("borrower's seat, whole page", _reruns(served, "borrow")))
        rows.append(("one slider again", _reruns(port, None)))
    with _served(plain, plain_port, **PLAIN) as port:
        rows.append(("one slider, plain streamlit run", _reruns(port, None)))
    medians = [statistics.median(times) for _, times in rows]
    base = (medians[0] + medians[-2]) / 2
    lines = [
        Line(
            name,
            f"{spread(times)}, {median / base:.2f}x the slider",
            "2x or less" if name in LESSONS else "",
        )
        for (name, times), median in zip(rows, medians, strict=True)
    ]
    return [*lines, Line("drift of the slider meanwhile", f"{medians[-2] / medians[0]:.2f}x")]
