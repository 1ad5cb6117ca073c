"""Who acts. Every service call takes an actor; a service never learns it from anywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["learner", "educator", "organizer", "operator"]
StaffRole = Literal["educator", "organizer", "operator"]
Kind = Literal["learner", "participant"]
STAFF_ROLES: tuple[StaffRole, ...] = ("educator", "organizer", "operator")


@dataclass(frozen=True)
class Actor:
    """A person in front of a page; learner is the 32-hex id of the own stream.

    kind says what that stream is: a learner's record, or what somebody does in one workshop room,
    which is kept apart from it.

    Whoever has signed in also has an account, its role, and the session it was reached by. All
    three come from the sign-in's cookie by way of the store, and from nowhere else.
    """

    learner: str
    role: Role = "learner"
    account: str | None = None
    session: str | None = None
    kind: Kind = "learner"

    @property
    def stream(self) -> str:
        """The stream this actor may read and add to: the own one and no other."""
        return f"{self.kind}/{self.learner}"

    def is_self(self, owner: str) -> bool:
        """Whether `owner` is the id of this actor's own record or account."""
        return owner in (self.learner, self.account)
