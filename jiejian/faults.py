"""Unexpected exceptions: logged with their traceback under a short id that the reader can quote."""

import logging
import secrets

logger = logging.getLogger("jiejian.faults")

# No vowels, no digits that look like letters: it is read out over the telephone.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def record(error: BaseException, *, where: str) -> str:
    """Log `error` with its traceback and return the id it is logged under.

    `where` names the place in the code (a route, "script"), never what a person typed.
    """
    fault_id = "".join(secrets.choice(ALPHABET) for _ in range(6))
    logger.error("fault %s in %s", fault_id, where, exc_info=error)
    return fault_id
