"""Rolling counters: how often, within a window that moves along with time."""

from __future__ import annotations

from decimal import Decimal

from sandbox.lender.measures.registry import Assessment, Params, Value, measure

WINDOW = ("window_minutes",)


def _inside(ages: tuple[int, ...], params: Params) -> int:
    """How many ages lie inside the window; one exactly window_minutes old has left it."""
    window = params["window_minutes"]
    return sum(1 for age in ages if age < window)


@measure("count", "history.requests_minutes_ago", better="less", params=WINDOW)
def requests_in_window(a: Assessment, params: Params) -> Value:
    """Requests inside the rolling window, this one included."""
    return Decimal(_inside(a.case.history.requests_minutes_ago, params) + 1)


@measure("count", "history.cancels_minutes_ago", better="less", params=WINDOW)
def cancels_in_window(a: Assessment, params: Params) -> Value:
    """Requests and offers cancelled inside the window."""
    return Decimal(_inside(a.case.history.cancels_minutes_ago, params))


@measure("count", "history.refusals_minutes_ago", better="less", params=WINDOW)
def refusals_in_window(a: Assessment, params: Params) -> Value:
    """Refusals inside the window."""
    return Decimal(_inside(a.case.history.refusals_minutes_ago, params))


@measure("count", "history.freezes_minutes_ago", better="less", params=WINDOW)
def freezes_in_window(a: Assessment, params: Params) -> Value:
    """Freezes that began inside the window."""
    return Decimal(_inside(a.case.history.freezes_minutes_ago, params))
