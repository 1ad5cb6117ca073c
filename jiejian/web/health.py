"""/health: whether this process can serve learners, which needs a store that takes writes."""

import os
import tempfile
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from jiejian import faults
from jiejian.services.built import services


def check_writable(folder: Path) -> None:
    """Write, sync and remove a small file. Raises OSError where that fails (full, read-only)."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".health-") as probe:
        probe.write(b"ok")
        probe.flush()
        os.fsync(probe.fileno())


def _check() -> None:
    folder = services().settings.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    check_writable(folder)


async def health(_request: Request) -> Response:
    """200 when the store can be written to, 503 otherwise; the reason is in the log only."""
    try:
        await run_in_threadpool(_check)
    except Exception as error:  # noqa: BLE001 - whatever it is, this process cannot serve
        fault_id = faults.record(error, where="health")
        answer = {"status": "unavailable", "store": "not writable", "fault": fault_id}
        return JSONResponse(answer, status_code=503, headers={"Cache-Control": "no-store"})
    answer = {"status": "ok", "store": "writable"}
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})
