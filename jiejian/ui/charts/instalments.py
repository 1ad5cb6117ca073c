"""What is paid back with each instalment, by what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import altair as alt

from jiejian.ui.charts.base import DATA, Drawing, Spec, bare, money_axis, parts_colour, steps_axis
from jiejian.ui.i18n import _
from sandbox.loans import Instalment
from sandbox.text import Language


@cache
def _spec(language: Language, step: str, payment: str, parts: tuple[str, ...]) -> Spec:
    """Stacked bars; language keys the cache."""
    return bare(
        alt.Chart(DATA)
        .mark_bar(cornerRadius=1)
        .encode(
            x=steps_axis(step),
            y=money_axis(payment),
            color=parts_colour(parts),
            order=alt.Order("order:O"),
            tooltip=[
                alt.Tooltip("number:O", title=step),
                alt.Tooltip("part:N", title=" "),
                alt.Tooltip("amount:Q", title=payment, format=",.2f"),
            ],
        )
    )


def instalments(language: Language, rows: Sequence[Instalment], step: str, charge: str) -> Drawing:
    """Principal, interest, fees of each row, stacked; a part that is nowhere is left out.

    step: what a row is called on the axis ("Month"). charge: what the price of the loan is called.
    """
    columns = [
        (_("Principal"), [float(row.principal) for row in rows]),
        (charge, [float(row.interest) for row in rows]),
        (_("Fees"), [float(row.fees + row.penalty) for row in rows]),
    ]
    # Principal keeps its place, and so its colour, even where nothing is repaid for a while.
    columns = [columns[0], *(column for column in columns[1:] if any(column[1]))]
    values = [
        {"number": row.number, "part": part, "amount": amounts[place], "order": order}
        for place, row in enumerate(rows)
        for order, (part, amounts) in enumerate(columns)
    ]
    names = tuple(part for part, _amounts in columns)
    return _spec(language, step, _("Payment (yuan)"), names), values
