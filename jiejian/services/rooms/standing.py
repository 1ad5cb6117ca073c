"""What one participant did in a room, folded from the own stream. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from jiejian.store.records import Recorded

ANSWERED = "room_answered"
SANDBOX = "room_sandbox_begun"


@dataclass(frozen=True)
class Given:
    """An answer: as it was given first and as it stands now.

    value is what the block takes: ids of options, text typed for a number, a note, the raw answer
    of a quiz item. correct and credit are of a quiz item or a prediction, None otherwise.
    """

    step: str
    item: str
    value: Any
    at: datetime
    first: Any
    correct: bool | None = None
    credit: Decimal | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Requested:
    """A request sent in a sandbox step: its outcome, reasons and price, and whether it was taken."""

    id: str
    step: str
    at: datetime
    outcome: str
    reasons: tuple[str, ...]
    amount: Decimal | None
    annual_rate: Decimal | None
    taken: bool = False


@dataclass(frozen=True)
class Standing:
    """Everything a participant did. answers are by step and item."""

    answers: Mapping[tuple[str, str], Given] = field(default_factory=dict)
    requests: tuple[Requested, ...] = ()
    sandbox: str = ""
    revision: int = 0

    def answered(self, step: str) -> tuple[Given, ...]:
        """Answers given in a step."""
        return tuple(given for (name, _), given in self.answers.items() if name == step)

    def sent(self, step: str) -> tuple[Requested, ...]:
        """Requests sent in a step."""
        return tuple(request for request in self.requests if request.step == step)

    def did(self, step: str) -> bool:
        """Whether anything was done in a step."""
        return bool(self.answered(step) or self.sent(step))


def folded(recorded: Iterable[Recorded], standing: Standing | None = None) -> Standing:
    """The standing after these events, from an earlier one if given."""
    now = standing or Standing()
    answers = dict(now.answers)
    requests = list(now.requests)
    sandbox, revision = now.sandbox, now.revision
    asked: dict[str, tuple[str, datetime]] = {}
    for entry in recorded:
        event, data = entry.event, entry.event.data
        revision = entry.revision
        if event.kind == ANSWERED:
            name = (data["step"], data["item"])
            answers[name] = _given(data, event.at, answers.get(name))
        elif event.kind == SANDBOX:
            sandbox = data["step"]
        elif event.kind == "request_sent":
            asked[data["request"]] = (sandbox, datetime.fromisoformat(event.at))
        elif event.kind == "decision_made":
            step, at = asked.get(data["request"], (sandbox, datetime.fromisoformat(event.at)))
            requests.append(_requested(data, step, at))
        elif event.kind == "offer_accepted":
            requests = [
                replace(one, taken=True) if one.id == data["request"] else one for one in requests
            ]
    return Standing(answers, tuple(requests), sandbox, revision)


def _given(data: Mapping[str, Any], at: str, before: Given | None) -> Given:
    credit = data.get("credit")
    return Given(
        step=data["step"],
        item=data["item"],
        value=data["value"],
        at=datetime.fromisoformat(at),
        first=before.first if before else data["value"],
        correct=data.get("correct"),
        credit=None if credit is None else Decimal(credit),
        data=data,
    )


def _requested(data: Mapping[str, Any], step: str, at: datetime) -> Requested:
    decision = data["decision"]
    price = decision.get("price") or {}
    amount, rate = decision.get("amount"), price.get("annual_rate")
    return Requested(
        id=data["request"],
        step=step,
        at=at,
        outcome=decision["outcome"],
        reasons=tuple(reason["code"] for reason in decision.get("reasons", ())),
        amount=None if amount is None else Decimal(amount),
        annual_rate=None if rate is None else Decimal(rate),
    )
