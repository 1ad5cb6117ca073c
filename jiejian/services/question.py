"""One question before one learner: which item, which attempt, which step, and what was drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from jiejian.content.calls import Compute
from jiejian.content.items import CaseItem, Item
from jiejian.content.posing import Posed, PoseError, pose
from jiejian.errors import ContentBroken
from jiejian.services.given import graded
from jiejian.services.grading import Grade
from jiejian.store.records import Event

Where = Literal["quiz", "review", "before", "after"]
STEP_ANSWERED = "case_step_answered"
_OTHER_DRAWS = 5


@dataclass(frozen=True)
class StepTaken:
    """A step of a mini-case already answered in this attempt."""

    step: str
    answer: Any
    grade: Grade
    certainty: str | None


@dataclass(frozen=True)
class Question:
    """An item posed for one attempt. tries counts the answers given before; source names the quiz
    or test it belongs to. For a mini-case `step` is the one at hand, `taken` those behind it.
    """

    source: str
    item: Item
    posed: Posed
    tries: int
    where: Where
    step: str | None = None
    taken: tuple[StepTaken, ...] = ()

    @property
    def name(self) -> str:
        """Names this attempt and step, for what a page remembers of it."""
        parts = [self.where, self.source, self.item.id, self.item.version[:6], str(self.tries)]
        return "_".join([*parts, self.step] if self.step else parts)

    @property
    def at_hand(self) -> Posed:
        """What is asked just now: the step of a mini-case, else the item."""
        return self.posed.steps[self.step] if self.step else self.posed

    def drawn(self) -> dict[str, Any]:
        """What an event keeps of how the item was shown."""
        posed = self.posed
        orders = {name: list(step.order) for name, step in posed.steps.items() if step.order}
        return {
            "version": self.item.version,
            "try": self.tries,
            "seed": posed.seed,
            "drawn": {
                name: str(value) if isinstance(value, Decimal) else value.model_dump()
                for name, value in posed.drawn.items()
            },
            "order": orders or list(posed.order),
        }


def posed_for(learner: str, source: str, item: Item, tries: int, compute: Compute) -> Posed:
    """The item as this learner meets it at this attempt; the same after a reload.

    Should a calculation fail for what is drawn, the next draws are tried. Raises ContentBroken if
    they fail too.
    """
    digest = hashlib.sha256(f"{learner}:{source}:{item.id}:{tries}".encode()).digest()
    seed = int.from_bytes(digest[:6])
    problem = ""
    for shift in range(_OTHER_DRAWS):
        try:
            return _posed(_Request(item.id, item.version, seed + shift, item, compute))
        except PoseError as error:
            problem = str(error)
    raise ContentBroken("item", item.id, (problem,))


@dataclass(frozen=True)
class _Request:
    """What to pose; told apart by name, version and seed."""

    name: str
    version: str
    seed: int
    item: Item = field(compare=False)
    compute: Compute = field(compare=False)


@lru_cache(maxsize=2048)
def _posed(request: _Request) -> Posed:
    """A question is drawn again in every run of its page; what it asks does not change."""
    return pose(request.item, request.seed, request.compute)


def steps_taken(
    item: CaseItem, posed: Posed, events: Sequence[Event], source: str, tries: int
) -> tuple[StepTaken, ...]:
    """The steps of this attempt that are behind the learner, along the way the answers led."""
    taken: list[StepTaken] = []
    said = _step_answers(events, source, item, tries)
    step = item.steps[0].id if item.steps else None
    while step is not None and step in said:
        data = said[step]
        grade = graded(posed.steps[step], data["answer"])
        taken.append(StepTaken(step, data["answer"], grade, data.get("certainty")))
        step = following(item, step, data["answer"])
    return tuple(taken)


def following(item: CaseItem, step_id: str, answer: Any) -> str | None:
    """The step that follows an answer, None at the end."""
    step = item.step(step_id)
    if step is None:
        return None
    chosen = answer[0] if isinstance(answer, list) and len(answer) == 1 else None
    return item.after(step, chosen)


def _step_answers(
    events: Iterable[Event], source: str, item: CaseItem, tries: int
) -> dict[str, Any]:
    return {
        event.data["step"]: event.data
        for event in events
        if event.kind == STEP_ANSWERED
        and event.data["quiz"] == source
        and event.data["item"] == item.id
        and event.data["try"] == tries
        and event.data["version"] == item.version
    }
