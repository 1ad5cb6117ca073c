"""The advert's loan as presets of the price tool, so that it can be opened there."""

from __future__ import annotations

from decimal import Decimal

from sandbox.adverts import Truth
from sandbox.adverts.offers import OfferMapping

_SIMPLE = {
    "principal",
    "method",
    "annual_rate",
    "period_rate",
    "daily_rate",
    "periods",
    "period",
    "fees",
}
_TOTAL = {"principal", "annual_rate", "instalment", "periods", "period", "fees"}
_ONCE = {"principal", "method", "annual_rate", "daily_rate", "term_days", "fees"}
_START = ("withheld", "separate")


def presets(truth: Truth) -> dict[str, str] | None:
    """Names and values for `offer_form.prefill`; None if the form cannot hold this loan.

    Free instalments at the start and irregular dates have no box there.
    """
    offer, quote = truth.workings.offer, truth.quote
    if offer is None or quote is None:
        return None
    given = {"principal": _text(offer["principal"])}
    given |= {name: str(offer[name]) for name in ("periods", "period") if name in offer}
    if offer.keys() <= _TOTAL and "instalment" in offer:
        given |= {"price": "total", "rate": _text(quote.totals.payment)}
        beside = [fee for fee in offer.get("fees", ()) if fee["when"] in _START]
    elif offer.keys() <= _SIMPLE and "periods" in offer:
        given |= _price(offer)
        beside = list(offer.get("fees", ()))
    elif offer.keys() <= _ONCE and "term_days" in offer and "period_rate" not in offer:
        given |= _price(offer) | {"method": "days", "term_days": str(offer["term_days"])}
        beside = list(offer.get("fees", ()))
    else:
        return None
    fees = _fees(beside)
    return None if fees is None else given | fees


def _price(offer: OfferMapping) -> dict[str, str]:
    method = str(offer.get("method", "equal_instalment"))
    if method == "flat_fee":
        return {"price": "flat", "rate": _text(offer["period_rate"], 2)}
    for name, price, places in (
        ("period_rate", "period", 2),
        ("daily_rate", "daily", 4),
        ("annual_rate", "annual", 2),
    ):
        if name in offer:
            return {"price": price, "rate": _text(offer[name], places), "method": method}
    return {"price": "annual", "rate": "0", "method": method}


def _fees(listed: list[dict[str, str]]) -> dict[str, str] | None:
    """All fees as the form's boxes; what is kept back and what is paid beside cost the same."""
    sums: dict[str, Decimal] = {}
    for fee in listed:
        name = "upfront_fee" if fee["when"] in _START else f"{fee['when']}_fee"
        if name not in ("upfront_fee", "instalment_fee") or "from_instalment" in fee:
            return None
        for part, box in (("amount", name), ("rate", f"{name}_rate")):
            if part in fee:
                value = Decimal(fee[part]) * (100 if part == "rate" else 1)
                sums[box] = sums.get(box, Decimal(0)) + value
    return {box: _text(value) for box, value in sums.items()}


def _text(value: str | Decimal, places: int = 0) -> str:
    return f"{Decimal(value).scaleb(places).normalize():f}"
