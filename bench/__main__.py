"""`make bench`: a rerun of the borrower's seat against one slider served the same way, and
against one slider under plain `streamlit run`.
"""

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

from bench.session import Session

ROOT = Path(__file__).resolve().parent.parent
RERUNS, PAUSE = 60, 0.06
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


def _measure(port: int, page: str | None) -> tuple[float, float]:
    """Median and 95th percentile of a rerun in milliseconds."""
    session = Session(port)
    session.rerun()
    times = []
    for number in range(RERUNS + 5):
        took = session.rerun(page)
        if number >= 5:
            times.append(took)
        time.sleep(PAUSE)
    session.close()
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def main() -> None:
    """Measure each in turn, the floor before and after, and print a table."""
    floor_port, seat_port, plain_port = _free_port(), _free_port(), _free_port()
    python = sys.executable
    floor = [python, "-m", "uvicorn", "bench.floor_app:app", "--port", str(floor_port)]
    seat = [python, "-m", "jiejian.serve"]
    plain = [python, "-m", "streamlit", "run", "bench/floor_script.py"]
    plain += ["--server.port", str(plain_port), "--server.headless", "true"]
    rows: list[tuple[str, tuple[float, float]]] = []
    with _served(floor, floor_port) as port:
        rows.append(("one slider, served as the product is", _measure(port, None)))
        with _served(seat, seat_port) as served:
            rows.append(("borrower's seat, whole page", _measure(served, "borrow")))
        rows.append(("one slider again", _measure(port, None)))
    with _served(plain, plain_port, **PLAIN) as port:
        rows.append(("one slider, plain streamlit run", _measure(port, None)))
    base = (rows[0][1][0] + rows[2][1][0]) / 2
    print(f"{'rerun':40} {'p50 ms':>8} {'p95 ms':>8} {'p50 ratio':>10}")
    for name, (median, high) in rows:
        print(f"{name:40} {median:8.1f} {high:8.1f} {median / base:9.2f}x")
    print(f"floor drift between its two measurements: {rows[2][1][0] / rows[0][1][0]:.2f}x")


if __name__ == "__main__":
    main()
