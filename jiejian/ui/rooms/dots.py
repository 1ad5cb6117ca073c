"""Numbers as dots on a line, with the truth and the one in the middle; as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

PLACES = 41
"""Places for dots along the line."""
TALLEST = 8
"""Dots that can stand on each other; taller columns shrink."""
EDGE = Decimal("0.05")
"""Share of the values at each end that may lie beyond the line, so that one slip of a zero does
not press all the others into one dot."""


@dataclass(frozen=True)
class Line:
    """A line from low to high, how many values stand at each place, how many lie beyond."""

    low: Decimal
    high: Decimal
    columns: tuple[int, ...]
    below: int
    above: int

    def at(self, value: Decimal) -> int:
        """Where a value stands on the line, in whole percent of its length, held inside it."""
        if self.high == self.low:
            return 50
        share = (value - self.low) / (self.high - self.low) * 100
        return int(min(max(share, Decimal(0)), Decimal(100)))


def line(values: Sequence[Decimal], keep: Sequence[Decimal] = ()) -> Line:
    """The line for sorted values that must show `keep` whole."""
    few = int(len(values) * EDGE)
    inner = [*values[few : len(values) - few], *keep]
    low, high = min(inner), max(inner)
    room = (high - low) / 12
    low, high = low - room, high + room
    columns = [0] * PLACES
    below = above = 0
    width = high - low
    for value in values:
        if value < low:
            below += 1
        elif value > high:
            above += 1
        else:
            columns[int((value - low) / width * (PLACES - 1)) if width else PLACES // 2] += 1
    return Line(low, high, tuple(columns), below, above)


def drawn(found: Line, marks: Sequence[tuple[str, str, Decimal]]) -> str:
    """The picture: dots, and marks as (css, words as HTML, value). Hidden from screen readers:
    whoever draws it says the same in a sentence."""
    tallest = max(found.columns, default=0)
    unit = min(1.0, TALLEST / tallest) if tallest else 1.0
    dots = "".join(
        f'<i class="dot{" dot-many" if unit < 1 else ""}" '
        f'style="left:{100 * place / (PLACES - 1):.1f}%;height:{count * unit:.2f}em"></i>'
        for place, count in enumerate(found.columns)
        if count
    )
    flags = "".join(
        f'<b class="dot-mark dot-{css}" style="left:{found.at(value)}%">'
        f'<span class="{_side(found.at(value))}">{words}</span></b>'
        for css, words, value in marks
    )
    return f'<div class="dot-line" aria-hidden="true">{dots}{flags}</div>'


def _side(at: int) -> str:
    """A flag near an end leans inwards."""
    return "lean-right" if at < 18 else "lean-left" if at > 82 else "lean"
