"""Borrowers to try: every fact of a case, drawn from what its field allows.

Values near the edges of the book's bands come often, since that is where decisions turn.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, get_args, get_origin

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pydantic.fields import FieldInfo

from sandbox.lender import Case, load_lenderbook
from sandbox.lender.bands import Range
from sandbox.lender.case import Account, Applicant, History, LoanRequest, Platform
from sandbox.lender.facts.fact import Facts
from sandbox.lender.measures import MEASURES

BOOK = load_lenderbook()
CENT = Decimal("0.01")


def _edges() -> dict[str, set[int]]:
    """Whole numbers around every band edge, by the facts the rule's measure reads."""
    found: dict[str, set[int]] = {}
    cuts: list[tuple[str, Range]] = [
        (rule.measure, band) for rule in BOOK.rules for band in rule.bands
    ]
    cuts += [(c.measure, a) for c in BOOK.scorecard.characteristics for a in c.attributes]
    for name, band in cuts:
        for path in MEASURES[name].facts:
            for edge in (band.low, band.high):
                if edge is not None:
                    found.setdefault(path, set()).update({int(edge) + d for d in (-1, 0, 1)})
    return found


EDGES = _edges()


def _limits(field: FieldInfo, low: int, high: int) -> tuple[int, int]:
    for limit in field.metadata:
        low = int(getattr(limit, "ge", low))
        high = int(getattr(limit, "le", high))
    return low, high


def _whole(path: str, low: int, high: int) -> SearchStrategy[int]:
    near = sorted({n for n in EDGES.get(path, set()) if low <= n <= high})
    usual = st.integers(low, min(high, max(low, 0) + 12))
    parts = [usual, usual, st.integers(low, high)]
    return st.one_of(*([st.sampled_from(near)] * 2 if near else []), *parts)


def _value(path: str, kind: Any, field: FieldInfo) -> SearchStrategy[Any]:
    if type(None) in get_args(kind):
        inner = next(part for part in get_args(kind) if part is not type(None))
        return st.none() | _value(path, inner, field)
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if kind is bool:
        return st.booleans()
    if kind is int:
        return _whole(path, *_limits(field, 0, 10_000_000))
    if kind is Decimal:
        low, high = _limits(field, 0, 9_999_999)
        cents = st.decimals(low, high, places=2)
        thousands = st.integers(max(1, low // 1000), 60).map(lambda n: Decimal(n * 1000))
        return thousands | thousands | cents
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        if get_origin(item) is Annotated:
            return st.lists(st.integers(0, 12_000), max_size=8).map(tuple)
        return st.lists(st.sampled_from(get_args(item)), max_size=3).map(tuple)
    return st.sampled_from(get_args(kind))


def group(name: str, model: type[Facts]) -> SearchStrategy[dict[str, Any]]:
    """Some of a group's facts; the others keep their default."""
    fields = {
        field: _value(f"{name}.{field}", info.annotation, info)
        for field, info in model.model_fields.items()
    }
    few = st.lists(st.sampled_from(sorted(fields)), max_size=4, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({n: fields[n] for n in names})
    )
    return st.one_of(few, few, few, st.fixed_dictionaries({}, optional=fields))


CASES: SearchStrategy[Case] = st.fixed_dictionaries(
    {
        "request": group("request", LoanRequest),
        "applicant": group("applicant", Applicant),
        "account": st.just({}) | group("account", Account),
        "history": st.just({}) | st.just({}) | group("history", History),
        "platform": st.just({}) | st.just({}) | group("platform", Platform),
        "seed": st.integers(0, 2**53),
    }
).map(Case.model_validate)
