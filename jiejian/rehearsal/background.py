"""A rehearsal beside a server that goes on serving: one at a time in a process."""

from __future__ import annotations

import logging
import threading
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass

from jiejian.content.workshops.script import Script
from jiejian.errors import InvalidInput, JiejianError
from jiejian.rehearsal.playing import rehearse
from jiejian.rehearsal.report import Report
from jiejian.services.actor import Actor
from jiejian.services.built import Services

logger = logging.getLogger(__name__)

BOTS = 12
_ONE = threading.Lock()


@dataclass
class Rehearsal:
    """One that runs or has run. report, error: None while it runs; error is what stopped it."""

    script: Script
    done: int = 0
    report: Report | None = None
    error: JiejianError | None = None

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.report is not None or self.error is not None


def begin(
    services: Services, actor: Actor, script: Script, addresses: Sequence[str], bots: int = BOTS
) -> Rehearsal:
    """Start one in a thread, on the first of these addresses that answers.

    Raises InvalidInput("rehearsal", "one_at_a_time") while another runs.
    """
    if not _ONE.acquire(blocking=False):
        raise InvalidInput("rehearsal", "one_at_a_time")
    begun = Rehearsal(script)

    def told(done: int, _count: int) -> None:
        begun.done = done

    def happen() -> None:
        try:
            url = _answering(addresses)
            begun.report = rehearse(services, actor, script, url, bots, told=told)
        except JiejianError as error:
            begun.error = error
        except Exception:
            logger.exception("a rehearsal broke off")
            begun.error = InvalidInput("rehearsal", "broke_off")
        finally:
            _ONE.release()

    threading.Thread(target=happen, name="rehearsal", daemon=True).start()
    return begun


def _answering(addresses: Sequence[str]) -> str:
    """Where the server answers. Raises InvalidInput("rehearsal", "not_reached")."""
    for address in addresses:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):  # noqa: S310 - ourselves
                return address
        except (OSError, ValueError):
            continue
    raise InvalidInput("rehearsal", "not_reached")
