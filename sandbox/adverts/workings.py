"""From a reading and the learner's answers to an offer for the exact engine.

Every fact is taken from an answer, else from the advert, else from a named assumption; what is
neither said nor safe to assume is a question that must be answered first.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sandbox.adverts.answers import Answers
from sandbox.adverts.charging import charges_of, named_without_price
from sandbox.adverts.desk import Desk, Question, Used
from sandbox.adverts.interest import free_of, rate_of
from sandbox.adverts.offers import RATE_STEP, OfferMapping, by_flat_fee, by_payments, by_rate
from sandbox.adverts.reading import Reading, Stated
from sandbox.adverts.refusal import Refused
from sandbox.adverts.terms import USUAL_PERIODS, Term, term_of

EXAMPLE_AMOUNT = Decimal(10_000)
_PRICED = ("rate", "instalment")
_SAME_TOTAL = Decimal("0.01")
_DAYS_A_MONTH = Decimal(365) / 12


@dataclass(frozen=True)
class Workings:
    """questions: all that the advert leaves open; open: those of them that must be answered first.

    offer: the mapping for the engine once nothing is open. refused: why the figures cannot be
    true together (repays_less, totals_disagree, received_above_amount, two_currencies), or "".
    at_least: fees are named without a price, so the true cost is at least what is worked out.
    best_case: a figure used is the lowest of a range or "from" so much.
    """

    questions: tuple[Question, ...]
    used: tuple[Used, ...]
    open: tuple[str, ...]
    offer: OfferMapping | None = None
    refused: str = ""
    at_least: bool = False
    best_case: bool = False


def work_out(reading: Reading, answers: Answers) -> Workings:
    """The offer an advert makes, as far as it can be told. Never raises."""
    desk = Desk(reading, answers)
    if not reading.stated:
        return Workings((), (), ())
    offer, refused = None, ""
    try:
        offer = _priced(desk)
    except Refused as problem:
        refused = problem.code
    if any(doubt.code == "two_currencies" for doubt in reading.ambiguities):
        offer, refused = None, "two_currencies"
    return Workings(
        questions=tuple(desk.questions),
        used=tuple(desk.used),
        open=tuple(desk.open),
        offer=None if desk.open else offer,
        refused=refused,
        at_least=named_without_price(reading) and not answers.other_fees,
        best_case=any(_favourable(use, reading) for use in desk.used),
    )


def _favourable(use: Used, reading: Reading) -> bool:
    """Whether this fact is the lowest price the advert names."""
    stated = use.stated
    if stated is None and use.source == "assumed":
        ranged = reading.one(use.field)
        return ranged is not None and ranged.high is not None and use.field in _PRICED
    return stated is not None and (stated.hedge == "best_case" or stated.high is not None)


def _priced(desk: Desk) -> OfferMapping | None:
    """Take the first way in which the learner, or the advert, gives a price."""
    says = desk.reading.all
    if desk.given("instalment"):
        return _payments(desk, None)
    if says("daily_amount") and not says("rate") and not desk.given("rate"):
        return _daily_amount(desk, says("daily_amount")[0])
    if any(says(name) for name in ("instalment", "total_repaid", "total_cost", "cost_share")):
        return _payments(desk, None)
    if says("daily_cost") and not desk.given("rate"):
        return _daily_cost(desk, says("daily_cost")[0])
    if says("rate") or says("free_periods") or says("free_days"):
        return _rate(desk)
    if desk.answers.rate:
        return _rate(desk)
    if says("instalment_fee_rate"):
        return _flat_fee(desk)
    if says("interest") or any(
        says(name)
        for name in ("fee", "fee_rate", "upfront_fee", "upfront_fee_rate", "instalment_fee")
    ):
        return _interest_free(desk)
    _without_price(desk)
    return None


def _without_price(desk: Desk) -> None:
    """The advert names no price at all: the payment settles it, so that is what to ask for."""
    _amount(desk, None)
    _term(desk, None)
    desk.number("instalment", "money")


def _amount(desk: Desk, suggested: Decimal | None) -> Decimal | None:
    """What is borrowed; where only the money in hand is named, that."""
    received, base = desk.reading.one("received"), desk.reading.one("base")
    if not desk.given("amount") and not desk.reading.all("amount"):
        if received and received.high is None:
            taken = (item.number for item in desk.reading.all("upfront_fee"))
            return desk.note(received) + sum(taken, Decimal(0))
        if suggested is not None:
            limits = [item.number for item in desk.reading.all("limit")]
            suggested = base.number if base else min([suggested, *limits])
    return desk.fact("amount", "money", suggested)


def _term(desk: Desk, suggested: Decimal | None) -> Term | None:
    stated = desk.reading.one("method")
    method = desk.answers.method or (stated.value if stated else "")
    return term_of(desk, suggested, single=method == "bullet")


def _method(desk: Desk, term: Term | None) -> str:
    """How it is repaid."""
    options = ("equal_instalment", "equal_principal", "interest_first", "flat_fee")
    if term is not None and term.single:
        return "bullet"
    stated = desk.reading.one("method")
    if stated and not desk.given("method") and stated.value in options:
        desk.note(stated)
        return str(stated.value)
    assumed = None if desk.reading.all("method") and stated is None else options[0]
    chosen = desk.choice("method", options, assumed) or options[0]
    return chosen if chosen in options else options[0]


def _payments(desk: Desk, each: Decimal | None) -> OfferMapping | None:
    """The price as payments: one instalment, or all of them, or the cost on top."""
    reading = desk.reading
    stated = bool(reading.all("instalment"))
    if each is None and (stated or desk.given("instalment")):
        each = desk.fact("instalment", "money")
    whole, cost, share = (
        reading.one(name) for name in ("total_repaid", "total_cost", "cost_share")
    )
    if desk.given("instalment"):
        whole = cost = share = None
    amount, term = _amount(desk, None), _term(desk, _whole_count(whole, each))
    charges = charges_of(desk, amount, term, {"instalment_fee_rate"})
    if desk.open or amount is None or term is None:
        return None
    if each is not None:
        total = each * term.count
        if whole and abs(desk.note(whole) - total) > total * _SAME_TOTAL:
            raise Refused("totals_disagree")
    elif whole:
        total = desk.note(whole)
    elif cost:
        total = amount + desk.note(cost)
    elif share and (base := reading.one("base")):
        total = amount + (amount * desk.note(share) / desk.note(base)).quantize(Decimal("0.01"))
    else:
        raise Refused("totals_disagree")
    if total < amount:
        raise Refused("repays_less")
    return by_payments(amount, term, total, charges)


def _whole_count(whole: Stated | None, each: Decimal | None) -> Decimal | None:
    """The number of payments that makes the total, if it is a whole one."""
    if whole is None or not each or whole.number % each:
        return None
    return whole.number / each


def _daily_amount(desk: Desk, daily: Stated) -> OfferMapping | None:
    """So much "a day": the cost, or the repayment put into small words."""
    meaning = desk.choice("daily_meaning", ("interest", "repayment"))
    if meaning == "interest":
        return _daily_cost(desk, daily)
    if meaning == "repayment":
        each = (desk.note(daily) * 365 / 12).quantize(Decimal("0.01"))
        desk.assume("instalment", each, "per_month")  # a month is a twelfth of a year
        return _payments(desk, each)
    _amount(desk, None)
    _term(desk, None)
    return None


def _daily_cost(desk: Desk, daily: Stated) -> OfferMapping | None:
    """So much a day on so much: a daily rate."""
    base = desk.reading.one("base")
    amount = _amount(desk, EXAMPLE_AMOUNT if base else None)
    term = _term(desk, USUAL_PERIODS)
    method = _method(desk, term)
    charges = charges_of(desk, amount, term, set())
    cost = desk.note(daily)
    if amount is None or term is None:
        return None
    rate = (cost / (desk.note(base) if base else amount)).quantize(RATE_STEP)
    if method == "flat_fee":
        return by_flat_fee(amount, term, term.share_of_day(rate), charges)
    return by_rate(amount, term, method, rate, "day", charges)


def _rate(desk: Desk) -> OfferMapping | None:
    """An interest rate, of which the period must be known."""
    rate, per = rate_of(desk)
    amount = _amount(desk, EXAMPLE_AMOUNT)
    term = _term(desk, USUAL_PERIODS)
    method = _method(desk, term)
    charges = charges_of(desk, amount, term, set())
    if rate is None or per is None or amount is None or term is None:
        return None
    free, share = free_of(desk, term)
    if method == "flat_fee":
        return by_flat_fee(amount, term, rate * share / term.in_a(per), charges, free)
    return by_rate(amount, term, method, rate * share, per, charges, free)


def _flat_fee(desk: Desk) -> OfferMapping | None:
    """A fee in per cent with every instalment, which as a rule is charged on the original amount."""
    fees = desk.reading.all("instalment_fee_rate")
    amount = _amount(desk, EXAMPLE_AMOUNT)
    term = _term(desk, USUAL_PERIODS)
    method = desk.choice("method", ("flat_fee", "equal_instalment"), "flat_fee")
    if not desk.reading.one("interest"):
        desk.number("rate", "per_year", Decimal(0))
    charges = charges_of(desk, amount, term, {"instalment_fee_rate"})
    if amount is None or term is None:
        return None
    rate = sum(
        (desk.note(fee) / term.in_a(fee.unit.removeprefix("per_")) for fee in fees), Decimal(0)
    )
    free, share = free_of(desk, term)
    if method == "equal_instalment":
        return by_rate(amount, term, method, rate * share, "instalment", charges, free)
    return by_flat_fee(amount, term, rate * share, charges, free)


def _interest_free(desk: Desk) -> OfferMapping | None:
    """No interest, or none that is named: what it costs is in the fees."""
    amount = _amount(desk, EXAMPLE_AMOUNT)
    term = _term(desk, USUAL_PERIODS)
    if free := desk.reading.one("interest"):
        desk.note(free)
    else:
        desk.number("rate", "per_year", Decimal(0))
    charges = charges_of(desk, amount, term, set())
    if amount is None or term is None:
        return None
    return by_rate(amount, term, "equal_instalment", Decimal(0), "year", charges)
