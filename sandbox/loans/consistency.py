"""What the terms of an offer must satisfy together; the first conflict found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from sandbox.loans.offer_fields import OfferFields as Offer
from sandbox.money import EXACT


class Conflict(NamedTuple):
    """The field to change, a reason code, and a sentence."""

    field: str
    reason: str
    message: str


FIRST_YEAR, LAST_YEAR = 1900, 2400


def first_conflict(offer: Offer) -> Conflict | None:
    """The first conflict between the terms of an offer, or None."""
    for check in _CHECKS:
        for conflict in check(offer):
            return conflict
    return None


def _money(offer: Offer) -> Iterator[Conflict]:
    unit = offer.money_unit
    if unit <= 0 or unit > 1000 or unit.as_tuple().digits != (1,) or unit.adjusted() < -6:
        yield Conflict(
            "money_unit", "unknown_choice", "money_unit must be a power of ten such as 0.01 or 1"
        )
        return
    amounts = {
        "principal": offer.principal,
        "instalment": offer.instalment,
        "upfront_fee": offer.upfront_fee,
        "instalment_fee": offer.instalment_fee,
        "balloon": offer.balloon,
        "instalment_unit": offer.instalment_unit,
        "revolving.minimum_floor": offer.revolving.minimum_floor,
        "revolving.payment": offer.revolving.payment,
        "late.fee": offer.late.fee,
        "late.cap": offer.late.cap,
    }
    for index, fee in enumerate(offer.fees):
        amounts[f"fees.{index}.amount"] = fee.amount
        if fee.when == "financed" and not fee.mandatory:
            yield Conflict(f"fees.{index}.mandatory", "conflict", "a financed fee is mandatory")
        if fee.base != "principal" and fee.when not in ("instalment", "last"):
            yield Conflict(f"fees.{index}.base", "conflict", "at the start the base is principal")
    for index, prepayment in enumerate(offer.prepayments):
        amounts[f"prepayments.{index}.amount"] = prepayment.amount
        amounts[f"prepayments.{index}.fee"] = prepayment.fee
    if offer.restructuring is not None:
        amounts["restructuring.fee"] = offer.restructuring.fee
    for field, amount in amounts.items():
        if amount is not None and EXACT.remainder(amount, unit):
            yield Conflict(field, "too_precise", f"must be a multiple of the money unit {unit}")


def _one_rate(offer: Offer) -> Iterator[Conflict]:
    given = {"annual_rate", "period_rate", "daily_rate"} & offer.model_fields_set
    given -= {name for name in given if getattr(offer, name) is None}
    if len(given) > 1:
        yield Conflict(
            sorted(given)[-1], "conflict", "give one rate: annual, of a period, or daily"
        )
    if offer.period_rate is not None and offer.counting != "periodic":
        yield Conflict(
            "period_rate", "conflict", "the rate of a period needs regular periods (periodic)"
        )
    if offer.counting == "periodic" and (offer.period == "dates" or offer.term_days is not None):
        yield Conflict(
            "day_count", "conflict", "irregular time needs a day count such as actual/365"
        )
    if offer.daily_rate is not None and offer.counting == "periodic":
        yield Conflict(
            "day_count", "conflict", "a daily rate needs a count of days such as actual/365"
        )


def _dates(offer: Offer) -> Iterator[Conflict]:
    for field, day in (("start", offer.start), ("first_due", offer.first_due)):
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield Conflict(
                field, "out_of_range", f"years {FIRST_YEAR} to {LAST_YEAR} are supported"
            )
    if offer.first_due is not None and offer.first_due <= offer.start:
        yield Conflict(
            "first_due", "dates_out_of_order", "the first due date must be after the start"
        )
    if "odd_days" in offer.model_fields_set and (
        offer.first_due is None or offer.counting != "periodic"
    ):
        yield Conflict("odd_days", "conflict", "needs first_due and the day count periodic")
    if offer.period == "dates":
        yield from _given_dates(offer)
    elif offer.due_dates is not None:
        yield Conflict("due_dates", "conflict", "due dates are given with period=dates only")
    if offer.first_due is not None and (offer.period == "dates" or offer.term_days is not None):
        yield Conflict("first_due", "conflict", "the due dates are already stated otherwise")
    if offer.term_days is not None and offer.method != "bullet":
        yield Conflict("term_days", "conflict", "term_days belongs to method=bullet")


def _given_dates(offer: Offer) -> Iterator[Conflict]:
    days: tuple[date, ...] = offer.due_dates or ()
    if not days:
        yield Conflict("due_dates", "missing", "period=dates needs the due dates")
        return
    if days[-1].year > LAST_YEAR:
        yield Conflict("due_dates", "out_of_range", f"years up to {LAST_YEAR} are supported")
    if any(first >= second for first, second in pairwise((offer.start, *days))):
        yield Conflict(
            "due_dates", "dates_out_of_order", "due dates must rise, the first after the start"
        )
    if "periods" in offer.model_fields_set and offer.periods != len(days):
        yield Conflict("periods", "conflict", "periods differs from the number of due dates")
    if offer.method == "revolving":
        yield Conflict("due_dates", "conflict", "a revolving balance needs a regular period")


def _method(offer: Offer) -> Iterator[Conflict]:
    if offer.instalment is not None and offer.method not in ("equal_instalment", "balloon"):
        yield Conflict(
            "instalment", "conflict", "only equal_instalment and balloon state an instalment"
        )
    balloon_terms = {"amortisation_periods", "balloon", "balloon_from"} & offer.model_fields_set
    if offer.method != "balloon":
        for field in sorted(balloon_terms):
            yield Conflict(field, "conflict", "this belongs to method=balloon")
    else:
        if (offer.amortisation_periods is None) == (offer.balloon is None):
            yield Conflict(
                "balloon", "conflict", "give amortisation_periods or balloon, one of them"
            )
        virtual = offer.amortisation_periods
        if virtual is not None and virtual < offer.count:
            yield Conflict(
                "amortisation_periods", "too_small", "must not be below the number of periods"
            )
        if offer.balloon is not None and offer.balloon > offer.principal:
            yield Conflict("balloon", "too_large", "the balloon exceeds the principal")
        if offer.balloon_from == "unrounded" and (
            virtual is None or offer.grace_periods or offer.has_events
        ):
            yield Conflict(
                "balloon_from", "conflict", "unrounded needs amortisation_periods, no events"
            )
    if offer.interest_in_advance and offer.method != "bullet":
        yield Conflict("interest_in_advance", "conflict", "this belongs to method=bullet")
    if offer.interest_in_advance and offer.prepayments:
        yield Conflict("prepayments", "conflict", "interest in advance is not given back")
    if "revolving" in offer.model_fields_set and offer.method != "revolving":
        yield Conflict("revolving", "conflict", "these terms belong to method=revolving")
    if offer.method in ("bullet", "revolving") and (
        offer.grace_periods or offer.deferrals or offer.restructuring or offer.rate_changes
    ):
        yield Conflict(
            "method", "conflict", f"{offer.method} has no grace, deferral or restructuring"
        )
    if offer.method == "revolving" and (offer.prepayments or offer.late_payments):
        yield Conflict("method", "conflict", "pay more or less by revolving.payment")
    yield from _bills(offer)


def _bills(offer: Offer) -> Iterator[Conflict]:
    terms = offer.revolving
    for name in ("first_bill", "due_days"):
        if name in terms.model_fields_set and terms.interest_rule == "periodic":
            message = "bills belong to the interest rules unpaid_rest and from_posting"
            yield Conflict(f"revolving.{name}", "conflict", message)
    if terms.first_bill is not None and terms.first_bill < offer.start:
        yield Conflict("revolving.first_bill", "dates_out_of_order", "before the start")


def _events(offer: Offer) -> Iterator[Conflict]:
    if offer.grace_periods >= offer.count and offer.grace_periods:
        yield Conflict("grace_periods", "too_large", "at least one instalment must repay principal")
    if offer.method == "flat_fee" and (
        offer.grace_periods or offer.deferrals or offer.restructuring
    ):
        yield Conflict("method", "conflict", "flat_fee has no grace, deferral, change")
    for index, prepayment in enumerate(offer.prepayments):
        at = f"prepayments.{index}"
        if (prepayment.on is None) == (prepayment.after_instalment is None):
            yield Conflict(
                f"{at}.on", "missing", "give the day or the instalment after which it is paid"
            )
        if prepayment.on is not None and prepayment.on < offer.start:
            yield Conflict(f"{at}.on", "dates_out_of_order", "before the start of the loan")
        if prepayment.rebate == "uk_2004" and prepayment.amount is not None:
            yield Conflict(f"{at}.rebate", "conflict", "the rebate is for a settlement in full")
        if prepayment.rebate == "uk_2004" and prepayment.rebate_apr is None:
            yield Conflict(f"{at}.rebate_apr", "missing", "the rebate needs the stated APR")
        if prepayment.rebate == "uk_2004" and offer.period == "dates":
            yield Conflict(f"{at}.rebate", "conflict", "the rebate needs regular periods")
    ends = 0
    for index, deferral in enumerate(offer.deferrals):
        at = f"deferrals.{index}.from_instalment"
        if deferral.from_instalment <= ends:
            yield Conflict(at, "dates_out_of_order", "payment holidays must follow each other")
        if deferral.from_instalment <= offer.grace_periods:
            yield Conflict(at, "conflict", "the holiday begins within the grace periods")
        if deferral.extend and offer.period == "dates":
            yield Conflict(
                f"deferrals.{index}.extend", "conflict", "given due dates cannot be extended"
            )
        ends = deferral.from_instalment + deferral.instalments - 1
    reached = 0
    for index, reset in enumerate(offer.rate_changes):
        at = f"rate_changes.{index}.after_instalment"
        if reset.after_instalment <= reached:
            yield Conflict(at, "dates_out_of_order", "rate changes must follow each other")
        if reset.after_instalment >= offer.count:
            yield Conflict(at, "too_large", "nothing is left by then")
        reached = reset.after_instalment
    change = offer.restructuring
    if change is not None:
        if change.after_instalment >= offer.count:
            yield Conflict("restructuring.after_instalment", "too_large", "nothing is left by then")
        if change.after_instalment < offer.grace_periods:
            yield Conflict(
                "restructuring.after_instalment", "too_small", "within the grace periods"
            )
        if change.periods is not None and offer.period == "dates":
            yield Conflict(
                "restructuring.periods", "conflict", "given due dates cannot be extended"
            )
    late = [payment.instalment for payment in offer.late_payments]
    if len(set(late)) != len(late):
        yield Conflict("late_payments", "conflict", "an instalment is listed twice")


_CHECKS: tuple[Callable[[Offer], Iterator[Conflict]], ...] = (
    _money,
    _one_rate,
    _dates,
    _method,
    _events,
)
