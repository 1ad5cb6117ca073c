"""Our own routes and middleware, as `app.py` hands them to Streamlit's ASGI application."""

import os
import re
from pathlib import Path

from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from jiejian.content.prose import FIGURES_URL
from jiejian.settings import load_settings
from jiejian.web.bundles import CompressedBundles
from jiejian.web.company import REFUSED, CompanyCallback, company, refused
from jiejian.web.companyfile import CALLBACK
from jiejian.web.companyways import COMPANY
from jiejian.web.failures import Failures
from jiejian.web.firstpage import OwnStyle
from jiejian.web.handover import PATH as HANDOVER
from jiejian.web.handover import handover
from jiejian.web.headers import ClosedPaths, SecurityHeaders
from jiejian.web.health import health
from jiejian.web.lost import LostVisitors
from jiejian.web.nickname import COMEBACK, NICKNAME, comeback, nickname
from jiejian.web.password import OFF, PASSWORD, change, reset, turn_off
from jiejian.web.plan import PATH as PLAN
from jiejian.web.plan import plan
from jiejian.web.printing import BOOKS, book, printed_lesson
from jiejian.web.printing import PATH as PRINT
from jiejian.web.recover import PATH as RECOVER
from jiejian.web.recover import recover
from jiejian.web.secondstep import second_step
from jiejian.web.signin import INVITATION, RESET, SECOND, SIGNIN, SIGNOUT, join, sign_in, sign_out
from jiejian.web.visitor import VisitorCookie

ROOT = Path(__file__).resolve().parent.parent.parent
OWN = (
    "/health",
    RECOVER,
    SIGNIN,
    SIGNOUT,
    INVITATION,
    HANDOVER,
    NICKNAME,
    COMEBACK,
    PRINT,
    CALLBACK,
    SECOND,
    PASSWORD,
    RESET,
    OFF,
)
"""Addresses of one word that are no screens."""
FIGURE = re.compile(r"[0-9]{3}-[a-z0-9-]+/[a-z0-9-]+\.(svg|png|jpg|webp)")


class Assets(StaticFiles):
    """Files of one folder; a browser asks again after an hour, by ETag."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        answer = super().file_response(full_path, stat_result, scope, status_code)
        answer.headers["Cache-Control"] = "public, max-age=3600"
        return answer


class Figures(Assets):
    """The pictures of the lessons, and nothing else that lies beside them."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        if not FIGURE.fullmatch(Path(path).as_posix()):
            return "", None
        return super().lookup_path(path)


def routes(lessons: Path = ROOT / "lessons") -> list[BaseRoute]:
    """The routes served beside the Streamlit script; `lessons` holds the lessons' pictures."""
    return [
        Mount("/assets", Assets(directory=ROOT / "assets")),
        Mount(FIGURES_URL, Figures(directory=lessons, check_dir=False)),
        Route("/health", health),
        Route(PLAN, plan),
        Route(RECOVER, recover, methods=["GET", "POST"]),
        Route(HANDOVER, handover, methods=["GET", "POST"]),
        Route(NICKNAME, nickname, methods=["GET", "POST"]),
        Route(COMEBACK, comeback, methods=["GET", "POST"]),
        Route(SIGNIN, sign_in, methods=["GET", "POST"]),
        Route(COMPANY, company),
        Route(REFUSED + "/{why}", refused),
        Route(SIGNOUT, sign_out, methods=["GET", "POST"]),
        Route(INVITATION, join, methods=["GET", "POST"]),
        Route(SECOND, second_step, methods=["GET", "POST"]),
        Route(PASSWORD, change, methods=["GET", "POST"]),
        Route(RESET, reset, methods=["GET", "POST"]),
        Route(OFF, turn_off, methods=["GET", "POST"]),
        Route(PRINT, printed_lesson),
        Route(BOOKS, book),
    ]


def middleware() -> list[Middleware]:
    """The middleware around everything, Streamlit's own paths included; outermost first."""
    return [
        Middleware(SecurityHeaders),
        Middleware(Failures),
        Middleware(ClosedPaths),
        Middleware(CompressedBundles),
        Middleware(LostVisitors, own=frozenset(path.strip("/") for path in OWN)),
        Middleware(OwnStyle),
        Middleware(VisitorCookie, settings=load_settings()),
        Middleware(CompanyCallback),
    ]
