"""Restrictions that run at the moment of the request."""

from __future__ import annotations

from decimal import Decimal

from sandbox.lender.measures.registry import Assessment, Params, Value, measure


@measure("minutes", "history.freeze_left_minutes", better="less", clock="falls")
def freeze_left(a: Assessment, _: Params) -> Value:
    """Minutes left of an account freeze."""
    return Decimal(a.case.history.freeze_left_minutes)


@measure("minutes", "history.cool_down_left_minutes", better="less", clock="falls")
def cool_down_left(a: Assessment, _: Params) -> Value:
    """Minutes left of a running cool-down."""
    return Decimal(a.case.history.cool_down_left_minutes)


@measure("count", "history.freezes_since_reactivation", better="less")
def freezes_since_reactivation(a: Assessment, _: Params) -> Value:
    """Freezes since identity was last proved again to reactivate the account."""
    return Decimal(a.case.history.freezes_since_reactivation)
