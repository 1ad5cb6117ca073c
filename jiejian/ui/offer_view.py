"""An offer laid open: what it costs, instalment by instalment, and how each figure is made."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from jiejian.ui.charts.instalments import instalments
from jiejian.ui.format import money, percent
from jiejian.ui.i18n import _, language
from jiejian.ui.loan_view import (
    charge_name,
    cost_line,
    method_lines,
    schedule_table,
    step_name,
    summary,
)
from sandbox.loans import Quote


def offer(quote: Quote) -> None:
    """Headline figures, chart, every instalment, and the formulas on demand."""
    st.header(_("The offer"), anchor=False)
    simple = quote.rates["irr_simple"].value
    largest = max(row.payment for row in quote.rows)
    with st.grid(columns=3, min_column_width=170, gap="small"):
        st.metric(_("Largest instalment"), money(largest), border=True)
        st.metric(_("Total cost"), money(quote.totals.cost), border=True)
        if simple is not None:
            st.metric(_("Yearly cost (IRR × 12)"), percent(simple), border=True)
    with st.container(border=True, key="card_chart"):
        st.html('<p class="chart-title">' + html.escape(_("What you pay back each month")) + "</p>")
        spec, values = instalments(
            language(), quote.rows, step_name(quote.offer), charge_name(quote.offer)
        )
        st.vega_lite_chart(pd.DataFrame(values), spec, alt=summary(quote))
        st.caption(summary(quote))
    with st.expander(_("Every instalment"), icon=":material/table_rows:"):
        st.html(schedule_table(quote))
    with st.expander(_("How these figures are worked out"), icon=":material/calculate:"):
        st.html("".join(f"<p>{html.escape(line)}</p>" for line in formulas(quote)))


def formulas(quote: Quote) -> list[str]:
    """How instalment, total cost and annualised rate follow from amount, rate and term."""
    lines = [
        *method_lines(quote.offer),
        cost_line(quote),
        _(
            "Annualised rate: the monthly rate i at which all instalments together are worth"
            " exactly the amount received, P = Σ payment_k ÷ (1 + i)^k, times 12 (simple)."
        ),
    ]
    effective = quote.rates["irr_compound"].value
    if effective is not None:
        compound = _("Compounded, the same monthly rate i gives (1 + i)^12 − 1 = {rate} a year.")
        lines.append(compound.format(rate=percent(effective)))
    return lines
