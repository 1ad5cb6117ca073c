"""Where an advert contradicts itself, or could mean two things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sandbox.adverts.reading import Doubt, Stated

PER_YEAR = {
    "per_day": Decimal(365),
    "per_week": Decimal(52),
    "per_month": Decimal(12),
    "per_year": Decimal(1),
    "per_year_simple": Decimal(1),
}
# 360 days for a year, and a figure rounded to two digits, are no contradiction.
_SAME_RATE = Decimal("1.03")
_SAME_TOTAL = Decimal("0.01")
# A loan has one of each; of fees, limits and deposits there may be several.
_SINGLE = (
    "amount", "received", "base", "instalment", "total_repaid", "total_cost", "cost_share", "daily_cost", "daily_amount",
    "periods", "term", "free_periods", "free_days", "method",
)  # fmt: skip


def doubts(stated: Sequence[Stated]) -> Iterator[Doubt]:
    """Every doubt that the statements raise among themselves."""
    for field in _SINGLE:
        found = [item for item in stated if item.field == field]
        if len({(item.value, item.unit) for item in found}) > 1:
            yield Doubt("several_values", field, tuple(item.span for item in found))
    rates = [item for item in stated if item.field == "rate" and item.unit in PER_YEAR]
    yearly = [item.number * PER_YEAR[item.unit] for item in rates]
    if len(rates) > 1 and max(yearly) > min(yearly) * _SAME_RATE:
        yield Doubt("rates_disagree", "rate", tuple(item.span for item in rates))
    if len({item.currency for item in stated if item.currency}) > 1:
        yield Doubt("two_currencies", "", tuple(item.span for item in stated if item.currency))
    for item in stated:
        if item.hedge == "range" or item.high is not None:
            yield Doubt("range", item.field, (item.span,))
        if item.options:
            yield Doubt("several_options", item.field, (item.span,))
        if item.field == "daily_amount":
            yield Doubt("daily_meaning", item.field, (item.span,))
        if item.field in ("fee", "fee_rate"):
            yield Doubt("fee_without_time", item.field, (item.span,))
    yield from _amounts(stated)


def _amounts(stated: Sequence[Stated]) -> Iterator[Doubt]:
    by_field = {item.field: item for item in stated}
    amount, received = by_field.get("amount"), by_field.get("received")
    if amount and received and received.number > amount.number:
        yield Doubt("received_above_amount", "received", (amount.span, received.span))
    each, count, whole = (by_field.get(name) for name in ("instalment", "periods", "total_repaid"))
    if each and count and whole and not count.options:
        total = each.number * count.number
        if abs(total - whole.number) > total * _SAME_TOTAL:
            yield Doubt("totals_disagree", "total_repaid", (each.span, count.span, whole.span))
    if each and count and not count.options:
        whole, paid = each, each.number * count.number
        spans: tuple[Stated, ...] = (each, count)
    elif whole:
        paid, spans = whole.number, (whole,)
    else:
        return
    lent = amount or received
    if lent and paid < lent.number and not lent.options:
        yield Doubt("repays_less", "", (lent.span, *(item.span for item in spans)))
