"""Tables of figures as HTML: readable by a screen reader, and scrolling inside on a phone."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

Cell = str | int | Decimal | date | None
Row = Sequence[Cell]


def figures_table(label: str, columns: Sequence[str], rows: Sequence[Row]) -> str:
    """A table whose first column names each row; label tells a screen reader what it is."""
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in columns)
    body = "".join(_line(row) for row in rows)
    return (
        f'<div class="table-scroll" role="region" aria-label="{html.escape(label)}" tabindex="0">'
        f'<table class="figures"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _line(row: Row) -> str:
    first, *rest = (html.escape(shown(cell)) for cell in row)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{text}</td>" for text in rest)}</tr>'


def shown(cell: Cell) -> str:
    """A cell as a reader sees it: 1,079.20, 2026-02-15, words as they are, "–" for nothing."""
    if cell is None:
        return "–"
    if isinstance(cell, Decimal):
        places = max(0, -int(cell.as_tuple().exponent))
        return f"{cell:,.{places}f}"
    return str(cell)
