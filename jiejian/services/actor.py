"""Who acts. Every service call takes an actor; a service never learns it from anywhere else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person in front of a page; learner is the 32-hex id of the own stream."""

    learner: str

    @property
    def stream(self) -> str:
        """The stream this actor may read and add to: the own one and no other."""
        return f"learner/{self.learner}"
