"""Writing every record in the newest format, while the folder may be in use."""

from __future__ import annotations

from pathlib import Path

from jiejian.clock import Clock
from jiejian.errors import StreamDamaged
from jiejian.store.files import SealedFile, writable
from jiejian.store.formats import Unsound
from jiejian.store.gate import passing
from jiejian.store.inspection import look, older
from jiejian.store.locks import locked


def migrate(folder: Path, clock: Clock) -> int:
    """How many records were of an older format; each keeps its old file as the previous copy.

    What is damaged is left for its next use to repair. Raises StoreUnwritable, StoreBusy.
    """
    renewed = 0
    for looked in look(folder):
        if not older(looked):
            continue
        file = SealedFile(folder / looked.path, looked.name, clock)
        with writable(), passing(folder), locked(file.path, file.name):
            try:
                renewed += file.renew()
            except (Unsound, StreamDamaged):
                continue  # damaged since it was looked at
    return renewed
