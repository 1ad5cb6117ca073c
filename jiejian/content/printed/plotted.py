"""Curves as an SVG drawing for paper and books: axes, lines told apart by dash, a legend."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from jiejian.content import units

WIDTH, HEIGHT = 480, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 30, 40
INK = "#1E2A2E"
LINES = (("#0E5E5A", ""), ("#B0481E", "7 4"), ("#2C5A8C", "2 3"), ("#6A4A86", "9 3 2 3"))

Points = Sequence[tuple[Decimal, Decimal]]


def chart(curves: Sequence[tuple[str, Points]], x_label: str, y_label: str, alt: str) -> str:
    """The curves over one pair of axes; y begins at zero unless a value lies below it."""
    xs = [x for _, points in curves for x, _ in points]
    ys = [y for _, points in curves for _, y in points]
    low, high = min(Decimal(0), *ys), max(ys)
    if high == low:
        high = low + 1
    first, last = min(xs), max(xs)

    def place(x: Decimal, y: Decimal) -> tuple[Decimal, Decimal]:
        across = (x - first) / (last - first) * (WIDTH - LEFT - RIGHT) + LEFT
        up = (y - low) / (high - low) * (HEIGHT - TOP - BOTTOM)
        return round(across, 1), round(HEIGHT - BOTTOM - up, 1)

    drawn = []
    for (_, points), (colour, dash) in zip(curves, LINES, strict=False):
        path = " ".join(f"{x},{y}" for x, y in (place(*point) for point in points))
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        drawn.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"{dashed}/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_height(curves)}"'
        f' role="img"><title>{escape(alt)}</title>'
        f"{_axes(first, last, low, high, x_label, y_label)}{''.join(drawn)}{_legend(curves)}</svg>"
    )


def _height(curves: Sequence[tuple[str, Points]]) -> int:
    return HEIGHT + 20 * len(curves)


def _axes(
    first: Decimal, last: Decimal, low: Decimal, high: Decimal, x_label: str, y_label: str
) -> str:
    floor, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    line = f'stroke="{INK}" stroke-width="1"'
    text = f'font-family="sans-serif" font-size="12" fill="{INK}"'
    middle = (LEFT + right) // 2
    return (
        f'<line x1="{LEFT}" y1="{floor}" x2="{right}" y2="{floor}" {line}/>'
        f'<line x1="{LEFT}" y1="{TOP}" x2="{LEFT}" y2="{floor}" {line}/>'
        f'<text x="{LEFT - 6}" y="{TOP + 8}" text-anchor="end" {text}>{units.number(high, 0)}</text>'
        f'<text x="{LEFT - 6}" y="{floor}" text-anchor="end" {text}>{units.number(low, 0)}</text>'
        f'<text x="{LEFT}" y="{floor + 16}" {text}>{units.number(first, 2)}</text>'
        f'<text x="{right}" y="{floor + 16}" text-anchor="end" {text}>{units.number(last, 2)}</text>'
        f'<text x="{middle}" y="{floor + 32}" text-anchor="middle" {text}>{escape(x_label)}</text>'
        f'<text x="{LEFT}" y="{TOP - 14}" {text}>{escape(y_label)}</text>'
    )


def _legend(curves: Sequence[tuple[str, Points]]) -> str:
    rows = []
    for number, ((label, _), (colour, dash)) in enumerate(zip(curves, LINES, strict=False)):
        y = HEIGHT + 8 + 20 * number
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        rows.append(
            f'<line x1="{LEFT}" y1="{y}" x2="{LEFT + 36}" y2="{y}" stroke="{colour}"'
            f' stroke-width="2.5"{dashed}/><text x="{LEFT + 44}" y="{y + 4}"'
            f' font-family="sans-serif" font-size="12" fill="{INK}">{escape(label)}</text>'
        )
    return "".join(rows)
