"""Invented borrowers by the thousand, for measurements and for properties that must always hold.

Most are ordinary with a few things out of order; some are anything at all. A seed tells always
the same crowd.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, get_args, get_origin

from pydantic.fields import FieldInfo

from sandbox.lender.case import Account, Applicant, Case, History, LoanRequest, Platform
from sandbox.lender.facts.fact import Facts

GROUPS: tuple[tuple[str, type[Facts], float], ...] = (
    ("request", LoanRequest, 1.0),
    ("applicant", Applicant, 1.0),
    ("account", Account, 0.4),
    ("history", History, 0.35),
    ("platform", Platform, 0.15),
)
WILD = 0.04
"""Part of the crowd whose every fact is drawn at random."""
CHANGED = 5
"""Up to so many facts of a group are out of the ordinary otherwise."""


def crowd(seed: int, size: int) -> Iterator[Case]:
    """So many borrowers."""
    chance = random.Random(seed)
    for _ in range(size):
        yield borrower(chance)


def borrower(chance: random.Random) -> Case:
    """One borrower; only values the fields allow."""
    wild = chance.random() < WILD
    data: dict[str, Any] = {"seed": chance.randrange(2**32)}
    for name, model, part in GROUPS:
        if chance.random() < part:
            fields = list(model.model_fields)
            count = len(fields) if wild else chance.randint(0, min(CHANGED, len(fields)))
            picked = chance.sample(fields, count)
            data[name] = {f: _drawn(model.model_fields[f], chance) for f in picked}
    return Case.model_validate(data)


def _drawn(field: FieldInfo, chance: random.Random) -> Any:
    kind = field.annotation
    if type(None) in get_args(kind):
        if chance.random() < 0.3:
            return None
        kind = next(part for part in get_args(kind) if part is not type(None))
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if kind is bool:
        return chance.random() < 0.5
    if kind is int:
        return _whole(field, chance)
    if kind is Decimal:
        return _yuan(field, chance)
    if get_origin(kind) is tuple:
        return _several(get_args(kind)[0], chance)
    return chance.choice(get_args(kind))


def _ends(field: FieldInfo, low: int, high: int) -> tuple[int, int]:
    for limit in field.metadata:
        low = int(getattr(limit, "ge", low))
        high = int(getattr(limit, "le", high))
    return low, high


def _whole(field: FieldInfo, chance: random.Random) -> int:
    """Small numbers mostly: that is where counts, days and months are judged."""
    low, high = _ends(field, 0, 10_000)
    reach = chance.choice((3, 12, 40, 120, 1500, high))
    return chance.randint(max(low, -reach), min(high, max(low + 1, reach)))


def _yuan(field: FieldInfo, chance: random.Random) -> Decimal:
    low, high = _ends(field, 0, 400_000)
    reach = chance.choice((3_000, 12_000, 60_000, high))
    cents = chance.choice((1, 100, 100_000))
    drawn = chance.randint(low * 100, max(low, min(high, reach)) * 100)
    return Decimal(max(low * 100, drawn // cents * cents)) / 100


def _several(item: Any, chance: random.Random) -> list[Any]:
    if get_origin(item) is Annotated:
        reach = chance.choice((60, 1_440, 10_080, 100_000))
        return [chance.randrange(reach) for _ in range(chance.randint(0, 7))]
    return chance.sample(get_args(item), chance.randint(0, min(3, len(get_args(item)))))
