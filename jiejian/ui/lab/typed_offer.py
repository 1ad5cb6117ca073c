"""A ready offer as the form's texts: what somebody would type to say the same."""

from __future__ import annotations

from decimal import Decimal

from sandbox.loans import Offer
from sandbox.loans.plans import Leaving


def offer_texts(offer: Offer) -> dict[str, str]:
    """First values of `offer_form.offer_fields`, for the terms that ready offers use."""
    texts = {
        "principal": _text(offer.principal),
        "periods": str(offer.periods),
        "upfront_fee": _text(offer.upfront_fee),
        "upfront_fee_paid": offer.upfront_fee_paid,
        "late_fee": _text(offer.late.fee),
    }
    if offer.method == "flat_fee":
        texts |= {"price": "flat", "rate_flat": _text((offer.period_rate or Decimal(0)) * 100)}
        return texts
    texts["method"] = offer.method
    if offer.daily_rate is not None:
        return {**texts, "price": "daily", "rate_daily": _text(offer.daily_rate * 10_000)}
    if offer.period_rate is not None:
        return {**texts, "price": "period", "rate_period": _text(offer.period_rate * 100)}
    return {**texts, "price": "annual", "rate_annual": _text(offer.annual_rate * 100)}


def leaving_texts(leaving: Leaving | None) -> dict[str, str]:
    """First values of the boxes about early repayment."""
    terms = leaving or Leaving()
    return {
        "unused": "dropped" if terms.refund_unearned else "kept",
        "rate": _text(terms.fee_rate * 100),
    }


def _text(value: Decimal) -> str:
    """Plain digits without trailing zeros and separators: 12000, 0.5."""
    return f"{value.normalize():f}"
