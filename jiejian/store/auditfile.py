"""The audit's files: one a day, a line of JSON an entry, only ever added to."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jiejian.store.files import PRIVATE_FILE, PRIVATE_FOLDER, writable

KEPT = timedelta(days=180)


class AuditFiles:
    """Entries below a folder. Those older than KEPT are removed when a new day begins."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def append(self, day: date, entry: Mapping[str, Any]) -> None:
        """Add one entry durably. Raises StoreUnwritable."""
        line = json.dumps(entry, ensure_ascii=True, sort_keys=True, allow_nan=False)
        path = self._folder / f"{day.isoformat()}.jsonl"
        with writable(), self._lock:
            self._folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            begins = not path.exists()
            # One write of one line: entries of several processes do not mix.
            file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE_FILE)
            try:
                # The line's end comes first: what a crash tore then spoils no later entry.
                os.write(file, f"\n{line}".encode())
                os.fsync(file)
            finally:
                os.close(file)
        if begins:
            self._remove_old(day)

    def newest(self, most: int) -> Iterator[dict[str, Any]]:
        """The newest entries, newest first; a line torn by a crash is passed over."""
        left = most
        for path in sorted(self._folder.glob("*.jsonl"), reverse=True):
            for line in reversed(path.read_text(encoding="utf-8").splitlines()):
                if left == 0:
                    return
                with suppress(json.JSONDecodeError):
                    entry: dict[str, Any] = json.loads(line)
                    yield entry
                    left -= 1

    def _remove_old(self, day: date) -> None:
        first = f"{(day - KEPT).isoformat()}.jsonl"
        for path in self._folder.glob("????-??-??.jsonl"):
            if path.name < first:
                with suppress(OSError):
                    path.unlink()
