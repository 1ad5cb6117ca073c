"""Figures as a reader sees them."""

from __future__ import annotations

from decimal import Decimal

from jiejian.ui.format import money


def test_a_minus_cannot_be_left_alone_at_the_end_of_a_line() -> None:
    assert money(Decimal("-1997.49")) == "-\u2060¥1,997.49"
    assert money(Decimal("1997.49")) == "¥1,997.49"
