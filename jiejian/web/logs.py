"""Logging: one line an event on standard error, with nothing secret in it.

What is logged may hold what somebody sent (a path, an id, the text of an exception), so no record
may look like two, whoever logs it: Streamlit's loggers have handlers of their own.
"""

import logging
import logging.config
import traceback
from typing import Any

# Streamlit's word for an error that app.py's handler has already logged under its id.
ALREADY_LOGGED = "Uncaught app execution"

LONGEST = 2_000
"""Signs of a message, and of a line of a traceback."""
INSIDE = "  | "
"""Begins every line of a traceback, and so no line that a record begins with."""


class PlainRecord(logging.LogRecord):
    """A record whose message is one printable line of bounded length, its traceback set off."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if self.exc_info and self.exc_info[1]:
            lines = "".join(traceback.format_exception(self.exc_info[1])).splitlines()
            self.exc_text = "\n".join(INSIDE + plain(line) for line in lines)

    def getMessage(self) -> str:  # noqa: N802 - the name is the library's
        """The message with its arguments, as one line."""
        return plain(super().getMessage())


def plain(text: str) -> str:
    """The text with every sign that does not print as its escape, cut where it is too long."""
    cut = text[:LONGEST] + ("…" if len(text) > LONGEST else "")
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in cut)


def is_news(record: logging.LogRecord) -> bool:
    """Whether a record of Streamlit's says more than our own log does."""
    return record.msg != ALREADY_LOGGED


def without_persons(record: logging.LogRecord) -> bool:
    """Leave of Streamlit's words on a failed sign-in what names nobody.

    A provider's error, and the answer an exception quotes, may hold an e-mail address.
    """
    kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
    words = str(record.msg).replace("%s", "...")
    record.msg = f"{words} ({kind})" if kind else words
    record.args, record.exc_info, record.exc_text = (), None, None
    return True


def configure(level: str) -> None:
    """Log `level` and above of ours, warnings and above of the libraries'.

    Requests are not logged: addresses carry join codes in their query. May be called again; the
    last level holds.
    """
    server = {"level": "WARNING", "handlers": [], "propagate": True}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
                    "datefmt": "%Y-%m-%dT%H:%M:%S%z",
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"level": "WARNING", "handlers": ["stderr"]},
            "loggers": {
                "jiejian": {"level": level},
                "sandbox": {"level": level},
                "uvicorn": server,
                "uvicorn.access": server,
                "uvicorn.error": server,
            },
        }
    )
    logging.setLogRecordFactory(PlainRecord)
    streamlit = logging.getLogger("streamlit.error_util")
    if is_news not in streamlit.filters:
        streamlit.addFilter(is_news)
    signing_in = logging.getLogger("streamlit.web.server.starlette.starlette_auth_routes")
    if without_persons not in signing_in.filters:
        signing_in.addFilter(without_persons)
