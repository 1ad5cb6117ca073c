"""Charts, written once in Altair and kept as specifications without data.

Building and validating a chart costs more than a whole page; drawing a ready one with fresh
values is cheap.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from jiejian.ui.i18n import _
from sandbox.text import Language

HEIGHT = 280


@cache
def _instalments_spec(
    language: Language, month: str, payment: str, principal: str, cost: str
) -> dict[str, Any]:
    """Principal and interest of each instalment, stacked; language keys the cache."""
    chart = (
        alt.Chart(alt.NamedData("rows"))
        .mark_bar(cornerRadius=1)
        .encode(
            x=alt.X("number:O", title=month, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("amount:Q", title=payment, axis=alt.Axis(format=",.0f", tickCount=5)),
            color=alt.Color(
                "part:N",
                title=None,
                sort=[principal, cost],
                scale=alt.Scale(domain=[principal, cost]),
                legend=alt.Legend(orient="top", symbolType="square"),
            ),
            order=alt.Order("order:O"),
            tooltip=[
                alt.Tooltip("number:O", title=month),
                alt.Tooltip("part:N", title=" "),
                alt.Tooltip("amount:Q", title=payment, format=",.2f"),
            ],
        )
        .properties(height=HEIGHT)
    )
    spec: dict[str, Any] = chart.to_dict()
    del spec["data"]
    return spec


def instalments(
    language: Language, rows: list[tuple[int, float, float]]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Specification and data of the repayment-cost chart of (number, principal, interest and fees) rows."""
    principal, cost = _("Principal"), _("Interest and fees")
    spec = _instalments_spec(language, _("Month"), _("Payment (yuan)"), principal, cost)
    values = [
        {"number": number, "part": part, "amount": amount, "order": order}
        for number, paid, charged in rows
        for order, (part, amount) in enumerate(((principal, paid), (cost, charged)))
    ]
    return spec, values
