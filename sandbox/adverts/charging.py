"""The fees of an advert: how much, and when they are paid."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sandbox.adverts.desk import Desk
from sandbox.adverts.offers import Charges
from sandbox.adverts.reading import Reading, Stated
from sandbox.adverts.refusal import Refused
from sandbox.adverts.terms import Term

WHEN = ("withheld", "separate", "instalment", "last")
_MONEY = ("fee", "upfront_fee", "instalment_fee")
_SHARES = ("fee_rate", "upfront_fee_rate", "instalment_fee_rate")


def named_without_price(reading: Reading) -> bool:
    """Whether a fee is named of which the advert gives no price."""
    return bool(reading.all("named_fee"))


def charges_of(desk: Desk, amount: Decimal | None, term: Term | None, skipped: set[str]) -> Charges:
    """Every fee beside the price itself; skipped: fields that are the price.

    What is kept back of the amount stands for all fees at the start.
    """
    amounts: dict[str, Decimal] = {}
    rates: dict[str, Decimal] = {}
    base = desk.reading.one("base")  # 每万元手续费60元: a share, whatever the amount
    for fields, sums in ((_MONEY, amounts if base is None else rates), (_SHARES, rates)):
        for field in fields:
            for item in desk.reading.all(field) if field not in skipped else ():
                _add(desk, item, term, sums, base)
    if not desk.reading.one("fees"):
        other = desk.number("other_fees", "money", Decimal(0))
        if other:
            amounts["separate"] = amounts.get("separate", Decimal(0)) + other
    kept = _kept_back(desk, amount)
    if kept is not None:
        amounts["withheld"] = kept
        rates.pop("withheld", None)
    return Charges(amounts, rates)


def _add(
    desk: Desk, item: Stated, term: Term | None, sums: dict[str, Decimal], base: Stated | None
) -> None:
    """Put a fee to the time it is paid at."""
    if item.field.startswith("upfront"):
        when: str | None = "withheld"
    elif item.field.startswith("instalment"):
        when = "instalment"
    else:
        when = desk.choice("fee_when", WHEN, "last" if term is not None and term.single else None)
    if when is None or term is None:
        return
    value = desk.note(item)
    if base is not None and item.field in _MONEY:
        value /= base.number
    if when == "instalment":
        value, when = _each(item, value, term)
    sums[when] = sums.get(when, Decimal(0)) + value


def _each(item: Stated, value: Decimal, term: Term) -> tuple[Decimal, str]:
    """A fee with every instalment; if all is repaid at once, for the whole time with that payment."""
    per = item.unit.removeprefix("per_") if item.unit.startswith("per_") else "instalment"
    value = value / term.in_a(per)
    return (
        (value * term.months_long, "last")
        if term.single and per != "instalment"
        else (value, "instalment")
    )


def _kept_back(desk: Desk, amount: Decimal | None) -> Decimal | None:
    """What is missing between the amount and the money in hand, None if that is not said."""
    received = desk.reading.one("received")
    named: Mapping[str, object] = {use.field: use for use in desk.used}
    if received is None or amount is None or "received" in named:
        return None
    if received.number > amount:
        raise Refused("received_above_amount")
    return amount - desk.note(received)
