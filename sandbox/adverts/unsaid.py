"""What an advert leaves out, and the traps that only its figures show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sandbox.adverts.advertbook import AdvertBook
from sandbox.adverts.reading import Reading, Stated, Trap

_PAY = ("instalment", "total_repaid", "total_cost", "cost_share", "daily_cost", "daily_amount")
_FEES = ("fee", "fee_rate", "upfront_fee", "upfront_fee_rate", "instalment_fee", "instalment_fee_rate", "named_fee")


def unsaid(stated: Sequence[Stated], classes: set[str], book: AdvertBook) -> tuple[str, ...]:
    """Codes of what an honest offer would also say; none for a text that says nothing of a loan."""
    if not stated:
        return ()
    fields = {item.field for item in stated}
    units = {item.unit for item in stated if item.field == "rate"}
    absent = {
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
        code = _alone(item, reading)
        if code:
            yield Trap(code, item.span)
    amount, received = reading.one("amount"), reading.one("received")
    if amount and received and received.number < amount.number:
        yield Trap("kept_back", received.span)
    if (free := reading.one("interest")) and any(reading.all(name) for name in _FEES):
        yield Trap("free_but_fees", free.span)


def _alone(item: Stated, reading: Reading) -> str | None:
    annual = any(rate.unit.startswith("per_year") for rate in reading.all("rate"))
    match item.field:
        case "limit" | "longest_term":
            return "limit"
        case "instalment_fee_rate":
            return "flat_fee"
        case "named_fee":
            return "fees_without_price"
        case "upfront_fee" | "upfront_fee_rate":
            return "kept_back"
        case "free_periods" | "free_days":
            return "teaser"
        case "daily_cost" | "daily_amount":
            return None if annual else "small_unit"
        case "instalment" if not reading.all("rate") and not reading.all("total_repaid"):
            return "instalment_only"
        case "down_payment":
            return "down_payment"
    if item.hedge == "best_case" and item.field in ("rate", "fee_rate", *_PAY):
        return "best_case"
    if item.field == "rate" and item.unit in ("per_day", "per_week", "per_month", "per_instalment") and not annual:
        return "small_unit"
    if item.unit == "per_year_simple":
        return "simple_rate"
    return None
