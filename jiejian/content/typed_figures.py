"""Amounts and percentages typed by hand, in text where they should have been computed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from decimal import Decimal

from jiejian.content.workings import PLACEHOLDER

_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_AMOUNT = re.compile(
    rf"[¥￥$€£]\s?(?P<before>{_NUMBER})\s?(?P<wan_before>万)?"
    rf"|(?P<after>{_NUMBER})\s?(?P<wan>万)?\s?(?:元|块钱|yuan\b|[%％]|percent\b|per cent\b)"
)


def typed_figures(text: str, inputs: Set[Decimal]) -> Iterator[str]:
    """Every number with a currency or percent sign that is neither a {{figure}} nor an input."""
    for found in _AMOUNT.finditer(PLACEHOLDER.sub("", text)):
        digits = found["before"] or found["after"]
        value = Decimal(digits.replace(",", ""))
        if found["wan_before"] or found["wan"]:
            value *= 10_000
        if value not in inputs:
            yield found[0].strip()
