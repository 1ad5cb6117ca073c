"""What an advert leaves out, and the traps that only its figures show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sandbox.adverts.advertbook import AdvertBook
from sandbox.adverts.reading import Reading, Stated, Trap

_PAY = ("instalment", "total_repaid", "total_cost", "cost_share", "daily_cost", "daily_amount")
_FEES = (
    "fee",
    "fee_rate",
    "upfront_fee",
    "upfront_fee_rate",
    "instalment_fee",
    "instalment_fee_rate",
    "named_fee",
)


def unsaid(stated: Sequence[Stated], classes: set[str], book: AdvertBook) -> tuple[str, ...]:
    """Codes of what an honest offer would also say; none for a text that says nothing of a loan."""
    if not stated:
        return ()
    fields = {item.field for item in stated}
    units = {item.unit for item in stated if item.field == "rate"}
    absent = {
        "paper_amount": "received" in fields and "amount" not in fields,
        "annual_rate": not any(unit.startswith("per_year") for unit in units),
        "total": "total_repaid" not in fields and "total_cost" not in fields,
        "term": not fields & {"periods", "term"},
        "fees": not fields & {"fees", *_FEES},
        "method": not fields & {"method", "instalment"},
    }
    listed = [code for code, missing in absent.items() if missing]
    listed += [code for code, names in book.said_by.items() if not classes & set(names)]
    return tuple(listed)


def derived_traps(reading: Reading) -> Iterator[Trap]:
    """Traps that lie in what is stated together, each with the words it lies in."""
    for item in reading.stated:
        for code in _alone(item, reading):
            yield Trap(code, item.span)
    amount, received = reading.one("amount"), reading.one("received")
    if amount and received and received.number < amount.number:
        yield Trap("kept_back", received.span)
    if (free := reading.one("interest")) and any(reading.all(name) for name in _FEES):
        yield Trap("free_but_fees", free.span)


_BY_FIELD = {
    "limit": "limit",
    "longest_term": "limit",
    "instalment_fee_rate": "flat_fee",
    "instalment_fee": "flat_fee",
    "named_fee": "fees_without_price",
    "upfront_fee": "kept_back",
    "upfront_fee_rate": "kept_back",
    "free_periods": "teaser",
    "free_days": "teaser",
    "down_payment": "down_payment",
}
_SHORT = ("per_day", "per_week", "per_month", "per_instalment")


def _alone(item: Stated, reading: Reading) -> Iterator[str]:
    """The traps of one statement."""
    annual = any(rate.unit.startswith("per_year") for rate in reading.all("rate"))
    if item.field in _BY_FIELD:
        yield _BY_FIELD[item.field]
    if item.field in ("rate", *_FEES, *_PAY) and item.hedge == "best_case":
        yield "best_case"
    by_day = item.field in ("daily_cost", "daily_amount")
    if not annual and (by_day or (item.field == "rate" and item.unit in _SHORT)):
        yield "small_unit"
    if item.field == "instalment" and not reading.all("rate") and not reading.all("total_repaid"):
        yield "instalment_only"
    if item.unit == "per_year_simple":
        yield "simple_rate"
