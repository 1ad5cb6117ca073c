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
from jiejian.web.companyfile import providers
from jiejian.web.theme_once import remember_theme

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
    remember_theme()
    gc.collect()
    gc.freeze()


def setup_words(code: str) -> str:
    """How the first operator makes an account, in both languages."""
    return (
        "\n  还没有管理员账号。打开 /invitation，用这个一次性邀请码开通（重启后失效）："
        "\n  There is no operator yet. Open /invitation and use this code (once, until restart):"
        f"\n\n      {code}\n"
    )


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[None]:
    """Set up logging, read who may be signed in by, and warm the process up."""
    logs.configure(load_settings().log_level)
    providers()
    await run_in_threadpool(warm_up)
    code = await run_in_threadpool(services().staff.setup_code)
    if code:
        # For whoever started the server, on the terminal and in no log.
        print(setup_words(code), flush=True)
    logger.info("ready")
    yield
