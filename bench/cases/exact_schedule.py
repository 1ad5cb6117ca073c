"""The exact schedule of thirty years, 360 instalments, on one core."""

from __future__ import annotations

import time
from decimal import Decimal

from bench.report import Line, repeated, spread
from sandbox.loans import Offer, quote

TIMES = 300


def measure() -> list[Line]:
    """Schedule and totals; the rates are solved when they are asked for."""
    terms = {"principal": Decimal(1_000_000), "annual_rate": Decimal("0.042"), "periods": 360}
    monthly = Offer.model_validate(terms)
    daily = Offer.model_validate({**terms, "day_count": "actual/365"})
    solved = [quote(monthly) for _ in range(20)]
    wall = repeated(lambda: quote(monthly), TIMES)
    busy = repeated(lambda: quote(monthly), TIMES, time.thread_time)
    return [
        Line("equal instalments", spread(wall), "p50 below 2 ms"),
        Line("processor time of that alone", spread(busy)),
        Line("interest by the day", spread(repeated(lambda: quote(daily), TIMES))),
        Line("all rates of it", spread(repeated(lambda: solved.pop().rates, 15))),
    ]
