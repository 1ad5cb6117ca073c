"""An offer laid open: what it costs, instalment by instalment, and how each figure is made."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from jiejian.ui import charts
from jiejian.ui.format import money, percent
from jiejian.ui.i18n import _, language
from sandbox.lender.case import LoanRequest
from sandbox.lender.decision import Price
from sandbox.loans import Quote


def offer(request: LoanRequest, price: Price, quote: Quote) -> None:
    """Headline figures, chart, every instalment, and the formulas on demand."""
    st.header(_("The offer"), anchor=False)
    simple, effective = quote.rates["irr_simple"].value, quote.rates["irr_compound"].value
    largest = max(row.payment for row in quote.rows)
    with st.grid(columns=3, min_column_width=170, gap="small"):
        st.metric(_("Largest instalment"), money(largest), border=True)
        st.metric(_("Total cost"), money(quote.totals.cost), border=True)
        if simple is not None:
            st.metric(_("Yearly cost (IRR × 12)"), percent(simple), border=True)
    with st.container(border=True, key="card_chart"):
        st.html('<p class="chart-title">' + html.escape(_("What you pay back each month")) + "</p>")
        rows = [
            (row.number, float(row.principal), float(row.interest + row.fees)) for row in quote.rows
        ]
        spec, values = charts.instalments(language(), rows)
        st.vega_lite_chart(pd.DataFrame(values), spec, alt=summary(quote))
        st.caption(summary(quote))
    with st.expander(_("Every instalment"), icon=":material/table_rows:"):
        st.html(schedule_table(quote))
    with st.expander(_("How these figures are worked out"), icon=":material/calculate:"):
        lines = formulas(request, price, quote)
        if effective is not None:
            compound = _(
                "Compounded, the same monthly rate i gives (1 + i)^12 − 1 = {rate} a year."
            )
            lines.append(compound.format(rate=percent(effective)))
        st.html("".join(f"<p>{html.escape(line)}</p>" for line in lines))


def summary(quote: Quote) -> str:
    """The chart in a sentence, also its text alternative."""
    first, last = quote.rows[0], quote.rows[-1]
    words = _(
        "You receive {principal} and pay back {paid} in {n} instalments; {cost} of it is interest"
        " and fees. The first instalment is {first}, the last {last}."
    )
    return words.format(
        principal=money(quote.totals.principal),
        paid=money(quote.totals.payment),
        n=len(quote.rows),
        cost=money(quote.totals.cost),
        first=money(first.payment),
        last=money(last.payment),
    )


def formulas(request: LoanRequest, price: Price, quote: Quote) -> list[str]:
    """How instalment, total cost and annualised rate follow from amount, rate and term."""
    monthly = percent(price.annual_rate / 12, 3)
    rate = _("Nominal rate: {year} a year, so {month} a month (divided by 12).")
    lines = [rate.format(year=percent(price.annual_rate), month=monthly)]
    match request.method:
        case "equal_instalment":
            lines.append(
                _(
                    "Each instalment: A = P × i ÷ (1 − (1 + i)^−n), with P the amount, i the"
                    " monthly rate, n the number of months; rounded to the cent once."
                )
            )
        case "equal_principal":
            lines.append(_("Each month: principal P ÷ n, plus interest on what is still owed × i."))
        case "interest_first":
            lines.append(_("Each month: interest P × i. In the last month: the whole P as well."))
        case "flat_fee":
            lines.append(
                _(
                    "Each month: principal P ÷ n, plus a fee of P × i. The fee is charged on the"
                    " original amount, although you owe less every month."
                )
            )
    lines.append(_("The last instalment takes up the cents that rounding left over."))
    total = _("Total cost = everything paid − amount received = {paid} − {principal} = {cost}.")
    lines.append(
        total.format(
            paid=money(quote.totals.payment),
            principal=money(quote.totals.principal),
            cost=money(quote.totals.cost),
        )
    )
    lines.append(
        _(
            "Annualised rate: the monthly rate i at which all instalments together are worth"
            " exactly the amount received, P = Σ payment_k ÷ (1 + i)^k, times 12 (simple)."
        )
    )
    return lines


def schedule_table(quote: Quote) -> str:
    """The whole schedule as an HTML table."""
    names = (_("Month"), _("Payment"), _("Principal"), _("Interest and fees"), _("Still owed"))
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{row.number}</th><td>{money(row.payment)}</td>'
        f"<td>{money(row.principal)}</td><td>{money(row.interest + row.fees)}</td>"
        f"<td>{money(row.balance)}</td></tr>"
        for row in quote.rows
    )
    label = html.escape(_("Repayment schedule"))
    return (
        f'<div class="table-scroll" role="region" aria-label="{label}" tabindex="0">'
        f'<table class="figures"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
