"""What is still owed after each instalment."""

from __future__ import annotations

from functools import cache

import altair as alt

from jiejian.ui.charts.base import DATA, Drawing, Spec, bare, money_axis
from jiejian.ui.i18n import _
from sandbox.loans import Quote
from sandbox.text import Language


@cache
def _spec(language: Language, step: str, owed: str) -> Spec:
    """A staircase going down; language keys the cache."""
    return bare(
        alt.Chart(DATA)
        .mark_area(interpolate="step-after", opacity=0.35, line=True)
        .encode(
            x=alt.X("number:Q", title=step, axis=alt.Axis(format="d", tickMinStep=1)),
            y=money_axis(owed),
            tooltip=[
                alt.Tooltip("number:Q", title=step),
                alt.Tooltip("amount:Q", title=owed, format=",.2f"),
            ],
        )
    )


def balance(language: Language, quote: Quote, step: str) -> Drawing:
    """The debt from the payout (0) to the last row."""
    start = quote.offer.principal + quote.upfront.financed
    values = [{"number": 0, "amount": float(start)}]
    values += [{"number": row.number, "amount": float(row.balance)} for row in quote.rows]
    return _spec(language, step, _("Still owed (yuan)")), values
