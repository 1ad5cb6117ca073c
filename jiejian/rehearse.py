"""Rehearse a workshop with bots: `python -m jiejian.rehearse why-refused --bots 12`.

Starts a server of its own on a temporary data folder, or plays on a running one (--url and
--data-dir). Exit status 1 if something would go wrong.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from jiejian.clock import SystemClock
from jiejian.errors import JiejianError
from jiejian.rehearsal.playing import rehearse
from jiejian.rehearsal.report import words
from jiejian.serve import bind
from jiejian.services.actor import Actor
from jiejian.services.built import SHIPPED, build
from jiejian.settings import Settings
from sandbox.text import LANGUAGES

PATIENCE = 120.0
"""Seconds a server may take to start."""
MOST_BOTS = 100
"""One process plays them all beside the server: more would measure the bots."""


def parser() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    made = argparse.ArgumentParser(prog="python -m jiejian.rehearse", description=__doc__)
    made.add_argument("script", help="the id of a workshop script")
    made.add_argument("--bots", type=int, default=12, help=f"1 to {MOST_BOTS}; 12 unless said")
    made.add_argument("--seed", default="rehearsal", help="the same seed, the same choices")
    made.add_argument("--language", choices=LANGUAGES, default="en", help="of the report")
    made.add_argument("--url", help="a running server; needs --data-dir")
    made.add_argument("--data-dir", type=Path, help="the running server's data folder")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Play it and print the report; 0 all well, 1 something would go wrong, 2 nothing was played."""
    given = parser().parse_args(arguments)
    if not 1 <= given.bots <= MOST_BOTS:
        return _refused(f"--bots: 1 to {MOST_BOTS}")
    if (given.url is None) != (given.data_dir is None):
        return _refused("--url and --data-dir go together")
    try:
        if given.url:
            return _play(given, given.url.rstrip("/"), given.data_dir)
        with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as url:
            return _play(given, url, Path(folder))
    except (JiejianError, OSError) as error:
        return _refused(str(error))


def _play(given: argparse.Namespace, url: str, folder: Path) -> int:
    services = build(Settings(data_dir=folder), SystemClock())
    script = services.scripts.scripts.get(given.script)
    if script is None:
        return _refused(
            f"no script {given.script!r}; there are: {', '.join(services.scripts.scripts)}"
        )
    educator = Actor(secrets.token_hex(16), "educator", secrets.token_hex(16))

    def told(done: int, count: int) -> None:
        sys.stderr.write(f"\r{done}/{count} ")
        sys.stderr.flush()

    report = rehearse(services, educator, script, url, given.bots, seed=given.seed, told=told)
    sys.stderr.write("\n")
    for line in words(report, given.language):
        print(line)
    return 0 if report.fine else 1


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A server of its own on this data folder; its address. Raises OSError."""
    with bind(0) as probe:
        port = probe.getsockname()[1]
    env = {
        **os.environ,
        "JIEJIAN_DATA_DIR": str(folder),
        "PORT": str(port),
        "JIEJIAN_LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "-m", "jiejian.serve"]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, cwd=SHIPPED, env=env, stdout=quiet)  # noqa: S603 - ourselves
    try:
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + PATIENCE
        while not _answers(url):
            if server.poll() is not None or time.monotonic() > until:
                raise OSError("the server does not start; see its words above")
            time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(15)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=1):  # noqa: S310 - our own server
            return True
    except OSError:
        return False


def _refused(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
