"""Programs that write to a data folder from processes of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

PRELUDE = """
import os, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from jiejian.errors import RevisionConflict, StoreUnreadable, StoreUnwritable
from jiejian.store.records import Event
from jiejian.store.tinydb_store import TinyDBDocuments, TinyDBStore
ANNA = "learner/" + "a" * 32
AT = "2026-01-02T03:04:05+00:00"
folder, run = Path(sys.argv[1]), int(sys.argv[2])
store = TinyDBStore(folder)
def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())
"""


def start(program: str, folder: Path, run: int = 0) -> subprocess.Popen[str]:
    """Run a program; `run` tells it from its like."""
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + program, str(folder), str(run)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def finish(program: str, folder: Path, run: int = 0) -> list[str]:
    """Run a program to its end; what it said."""
    process = start(program, folder, run)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return said.splitlines()
