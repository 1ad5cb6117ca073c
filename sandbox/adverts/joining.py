"""Two or more numbers that belong together: a range (5%-36%, 3到5万) or a list (3/6/12期)."""

from __future__ import annotations

import re
from dataclasses import replace

from sandbox.adverts.quantities import Quantity

_RANGE = re.compile(r" ?(?:-|~|至|到|to) ?", re.ASCII)
_LIST = re.compile(r" ?(?:/|、|,|，|或|or|, or) ?", re.ASCII)
_LONGEST_JOINT = 5
_LARGEST_CHOICE = 120


def joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities with ranges and lists made one; the order is kept."""
    result: list[Quantity] = []
    for quantity in found:
        if result:
            before = result[-1]
            joint = text[before.end : quantity.start]
            both = None
            if len(joint) <= _LONGEST_JOINT and _RANGE.fullmatch(joint):
                both = _range(before, quantity)
            elif len(joint) <= _LONGEST_JOINT and _LIST.fullmatch(joint):
                both = _list(before, quantity)
            if both:
                result[-1] = both
                continue
        result.append(quantity)
    return result


def _range(low: Quantity, high: Quantity) -> Quantity | None:
    if low.high is not None or low.options or high.kind in ("other", "folk"):
        return None
    if low.kind == high.kind and low.kind != "number" and low.value < high.value:
        return replace(high, value=low.value, start=low.start, high=high.value)
    if low.kind not in ("number", high.kind):
        return None
    scaled = low.value / low.scale * high.scale
    value = scaled if scaled < high.value else low.value
    if not 0 < value < high.value:
        return None
    currency = low.currency or high.currency
    return replace(high, value=value, start=low.start, high=high.value, currency=currency)


def _list(before: Quantity, last: Quantity) -> Quantity | None:
    """A list is bare counts that rise, only the last of which carries the unit."""
    counts = ("number", "instalments", "days", "weeks", "months")
    if before.kind not in counts or last.kind not in counts or before.currency:
        return None
    if before.kind != "number" and before.kind != last.kind:
        return None
    if before.high is not None or last.high is not None:
        return None
    # A year in a list of years is twelve months, whatever the place in the list.
    factor = last.scale if before.kind == "number" else 1
    options = tuple(value * factor for value in (before.options or (before.value,)))
    if not options[-1] < last.value <= _LARGEST_CHOICE or options[-1] % 1:
        return None
    return replace(last, value=options[0], start=before.start, options=(*options, last.value))
