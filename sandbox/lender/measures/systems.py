"""The lender's own systems, and requests that have no answer yet."""

from __future__ import annotations

from decimal import Decimal

from sandbox.lender.measures.registry import Assessment, Params, Value, flag, measure

OVERLOAD = 150
"""Load, in percent, that the incident "overload" stands for where no figure is given."""


@measure("percent", "platform.load_percent", "platform.incident", better="less")
def load_percent(a: Assessment, _: Params) -> Value:
    """Load of the intake system in percent of what it can take."""
    platform = a.case.platform
    least = OVERLOAD if platform.incident == "overload" else 0
    return Decimal(max(platform.load_percent, least))


@measure("yes_no", "platform.incident", better="more")
def database_works(a: Assessment, _: Params) -> Value:
    """1 unless the platform cannot write its records."""
    return flag(a.case.platform.incident != "database_error")


@measure("yes_no", "platform.incident", better="more")
def open_for_requests(a: Assessment, _: Params) -> Value:
    """1 unless the platform is closed for maintenance."""
    return flag(a.case.platform.incident != "maintenance")


@measure("yes_no", "platform.incident", better="more")
def answer_arrives(a: Assessment, _: Params) -> Value:
    """1 unless the network loses the answer on its way back."""
    return flag(a.case.platform.incident != "timeout")


@measure("yes_no", "platform.incident", better="more")
def bureau_reachable(a: Assessment, _: Params) -> Value:
    """1 unless the credit bureau cannot be asked."""
    return flag(a.case.platform.incident != "bureau_unreachable")


@measure("yes_no", "platform.incident", better="more")
def payout_rail_works(a: Assessment, _: Params) -> Value:
    """1 unless the card network cannot pay out."""
    return flag(a.case.platform.incident != "payout_rail_down")


@measure("count", "history.unresolved_requests", better="less")
def unresolved_requests(a: Assessment, _: Params) -> Value:
    """Earlier requests with an unknown outcome that nobody has looked up."""
    return Decimal(a.case.history.unresolved_requests)


@measure("count", "history.same_key_requests", better="less")
def same_key_requests(a: Assessment, _: Params) -> Value:
    """Requests already received under this one's idempotency key."""
    return Decimal(a.case.history.same_key_requests)


@measure("minutes", "history.review_left_minutes", better="less", clock="falls")
def review_left(a: Assessment, _: Params) -> Value:
    """Minutes until a running manual review is finished."""
    return Decimal(a.case.history.review_left_minutes)
