"""What happens once, before the first page is served."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool
from streamlit.starlette import App

from jiejian.services.built import services
from jiejian.settings import load_settings
from jiejian.web import logs

logger = logging.getLogger(__name__)


def warm_up() -> None:
    """Import what is slow to import, build the services, draw one chart.

    All that is then alive stays for good, so the collector is told not to walk it again: reruns
    are several times faster for it.
    """
    import altair
    import pandas

    frame = pandas.DataFrame({"month": [1, 2], "balance": [2, 1]})
    altair.Chart(frame).mark_line().encode(x="month", y="balance").to_dict()
    services()
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[None]:
    """Set up logging and warm the process up."""
    logs.configure(load_settings().log_level)
    await run_in_threadpool(warm_up)
    logger.info("ready")
    yield
