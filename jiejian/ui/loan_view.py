"""A priced loan laid open, wherever one is shown: its schedule, its sum in a sentence, its formulas."""

from __future__ import annotations

from decimal import Decimal

from jiejian.ui.format import money, percent
from jiejian.ui.i18n import _
from jiejian.ui.tables import Row, figures_table
from sandbox.loans import Instalment, Offer, Quote
from sandbox.loans.timetable import annual_rate, periods_per_year
from sandbox.money import CENT, ZERO


def step_name(offer: Offer) -> str:
    """What one row of the schedule is called."""
    monthly = offer.period == "month" and offer.term_days is None
    return _("Month") if monthly else _("No.")


def charge_name(offer: Offer) -> str:
    """What the price of the loan is called: a plan with a flat fee says it has no interest."""
    return _("Handling fee") if offer.method == "flat_fee" else _("Interest")


def schedule_columns(quote: Quote) -> tuple[str, ...]:
    """The heads of the schedule, fees apart from interest where there are any."""
    names = (step_name(quote.offer), _("Payment"), _("Principal"), charge_name(quote.offer))
    fees = (_("Fees"),) if _has_fees(quote) else ()
    return (*names, *fees, _("Still owed"))


def schedule_rows(quote: Quote) -> tuple[Row, ...]:
    """The schedule's figures under `schedule_columns`."""
    return tuple(_row(row, _has_fees(quote)) for row in quote.rows)


def _row(row: Instalment, fees: bool) -> Row:
    charged = (row.fees + row.penalty,) if fees else ()
    return (row.number, row.payment, row.principal, row.interest, *charged, row.balance)


def _has_fees(quote: Quote) -> bool:
    return any(row.fees or row.penalty for row in quote.rows)


def schedule_table(quote: Quote) -> str:
    """The whole schedule as an HTML table."""
    return figures_table(_("Repayment schedule"), schedule_columns(quote), schedule_rows(quote))


def summary(quote: Quote) -> str:
    """What is received and paid back in a sentence, also the chart's text alternative."""
    first, last = quote.rows[0], quote.rows[-1]
    if first is last:
        once = _("You receive {received} and pay back {paid} in one payment: {cost} more.")
        return once.format(
            received=money(quote.received),
            paid=money(quote.totals.payment),
            cost=money(quote.totals.cost),
        )
    words = _(
        "You receive {received} and pay back {paid} in {n} instalments; {cost} of it is interest"
        " and fees. The first instalment is {first}, the last {last}."
    )
    return words.format(
        received=money(quote.received),
        paid=money(quote.totals.payment),
        n=len(quote.rows),
        cost=money(quote.totals.cost),
        first=money(first.payment),
        last=money(last.payment),
    )


def average_owed(quote: Quote) -> Decimal:
    """What is owed on average over the periods, each counted at its beginning; in cents."""
    start = quote.offer.principal + quote.upfront.financed
    owed = [start, *(row.balance for row in quote.rows[:-1])]
    return (sum(owed, ZERO) / len(owed)).quantize(CENT)


def owed_sentence(quote: Quote) -> str:
    """How the debt shrinks, also the balance chart's text alternative."""
    start = quote.offer.principal + quote.upfront.financed
    middle = quote.rows[(len(quote.rows) - 1) // 2]
    words = _(
        "At first you owe {start}; after instalment {k} of {n} still {left}; at the end nothing."
    )
    return words.format(
        start=money(start), k=middle.number, n=len(quote.rows), left=money(middle.balance)
    )


def cost_line(quote: Quote) -> str:
    """Total cost with its numbers put in."""
    total = _("Total cost = everything paid − amount received = {paid} − {received} = {cost}.")
    return total.format(
        paid=money(quote.totals.payment),
        received=money(quote.received),
        cost=money(quote.totals.cost),
    )


def method_lines(offer: Offer) -> list[str]:
    """How the instalments follow from amount, rate and term."""
    yearly = annual_rate(offer)
    lines = []
    if per_year := periods_per_year(offer):
        share = percent(yearly / per_year, 3)
        if offer.period == "month":
            rate = _("Nominal rate: {year} a year, so {part} a month (divided by 12).")
        else:
            rate = _("Nominal rate: {year} a year, so {part} a period (divided by {n}).")
        lines.append(rate.format(year=percent(yearly), part=share, n=per_year))
    match offer.method:
        case "equal_instalment":
            lines.append(
                _(
                    "Each instalment: A = P × i ÷ (1 − (1 + i)^−n), with P the amount, i the rate"
                    " of one period, n the number of instalments; rounded to the cent once."
                )
            )
        case "equal_principal":
            lines.append(
                _("Each instalment: principal P ÷ n, plus interest on what is still owed × i.")
            )
        case "interest_first":
            lines.append(
                _("Each instalment: interest P × i. In the last one: the whole P as well.")
            )
        case "flat_fee":
            lines.append(
                _(
                    "Each instalment: principal P ÷ n, plus a fee of P × i. The fee is charged on"
                    " the original amount, although you owe less every time."
                )
            )
        case "bullet":
            lines.append(_("One payment at the end: P, and the interest of the whole time on P."))
        case "balloon":
            lines.append(
                _(
                    "Each instalment repays only part of P: A = (P − R ÷ (1 + i)^n) × i ÷"
                    " (1 − (1 + i)^−n), with R the rest left for the last day."
                )
            )
        case "revolving":
            lines.append(
                _(
                    "Each time: interest on what is owed × i joins the bill, and you pay a share"
                    " of the bill until nothing is left."
                )
            )
    lines.append(_("The last instalment takes up the cents that rounding left over."))
    return lines
