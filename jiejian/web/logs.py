"""Logging: one line an event on standard error, without anything secret in it."""

import logging
import logging.config

# Join codes travel in the query of an address, and uvicorn logs whole addresses.
QUERY_PLACE = 2


class WithoutQuery(logging.Filter):
    """Cuts the query off the address in uvicorn's access lines."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, its address shortened."""
        if isinstance(record.args, tuple) and len(record.args) > QUERY_PLACE:
            parts = list(record.args)
            parts[QUERY_PLACE] = str(parts[QUERY_PLACE]).partition("?")[0]
            record.args = tuple(parts)
        return True


def configure(level: str) -> None:
    """Log `level` and above of ours, warnings and above of the libraries'.

    May be called again; the last level holds.
    """
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
                "jiejian": {"level": level.upper()},
                "sandbox": {"level": level.upper()},
            },
        }
    )
    access = logging.getLogger("uvicorn.access")
    if not any(isinstance(one, WithoutQuery) for one in access.filters):
        access.addFilter(WithoutQuery())
