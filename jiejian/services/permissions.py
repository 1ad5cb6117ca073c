"""The table of roles and actions (permissions.yaml), and the one question services ask of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import RootModel, StringConstraints

from jiejian.errors import NotAllowed
from jiejian.services.actor import Actor, Role
from sandbox.datafiles import read_model

logger = logging.getLogger(__name__)

FILE = Path(__file__).with_name("permissions.yaml")

Action = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z]+$")]
Reach = Literal["own", "all"]


class Table(RootModel[Mapping[Action, Mapping[Role, Reach]]]):
    """Action -> role -> how far it reaches."""


@cache
def table() -> Mapping[str, Mapping[Role, Reach]]:
    """The table. Raises DataFileError: without it nothing may be done."""
    return read_model(FILE, Table).root


def allowed(actor: Actor, action: str, owner: str | None = None) -> bool:
    """Whether the actor may do this to what belongs to `owner` (None: to nobody in particular)."""
    reach = table().get(action, {}).get(actor.role)
    if actor.role != "learner" and actor.account is None:
        return False
    return reach == "all" or (reach == "own" and owner is not None and actor.is_self(owner))


def require(actor: Actor, action: str, owner: str | None = None) -> None:
    """Raise NotAllowed unless the actor may do this; a refusal is logged with part of who it was."""
    if not allowed(actor, action, owner):
        who = (actor.account or actor.learner)[:8]
        logger.warning("refused %s to %s %s", action, actor.role, who)
        raise NotAllowed(action)
