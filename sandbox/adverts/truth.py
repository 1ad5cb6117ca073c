"""The honest figures of an advert, beside the one it puts forward."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from sandbox.adverts.answers import Answers
from sandbox.adverts.doubts import PER_YEAR
from sandbox.adverts.reading import Reading, Stated
from sandbox.adverts.workings import Workings, work_out
from sandbox.door_error import DoorError
from sandbox.input_error import InputError
from sandbox.loans import Offer, Quote, quote
from sandbox.loans.timetable import periods_per_year
from sandbox.money import plain


@dataclass(frozen=True)
class Advertised:
    """What the advert's own figure seems to come to in a year: yearly = the figure times `times`."""

    yearly: Decimal
    times: Decimal
    stated: Stated


@dataclass(frozen=True)
class Truth:
    """What was worked out; quote and advertised are None where that cannot be told.

    problem: why the engine refuses the figures as they were read.
    """

    workings: Workings
    quote: Quote | None = None
    advertised: Advertised | None = None
    problem: InputError | None = None

    @property
    def simple(self) -> Decimal | None:
        """Yearly cost without compounding: the rate of one period times the periods of a year."""
        return _unsigned(self.quote, "irr_simple")

    @property
    def compound(self) -> Decimal | None:
        """Yearly cost with compounding."""
        return _unsigned(self.quote, "irr_compound")

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; amounts and rates as text."""
        work = self.workings
        return {
            "questions": [
                {
                    "code": question.code,
                    "options": [_plain(option) for option in question.options],
                    "assumed": _plain(question.suggested),
                    "must_be_answered": question.code in work.open,
                }
                for question in work.questions
            ],
            "used": [
                {
                    "field": use.field,
                    "value": _plain(use.value),
                    "unit": use.unit,
                    "source": use.source,
                    "text": use.stated.span.text if use.stated else None,
                }
                for use in work.used
            ],
            "refused": work.refused or None,
            "at_least": work.at_least,
            "best_case": work.best_case,
            "offer": dict(work.offer) if work.offer else None,
            "figures": self._figures(),
        }

    def _figures(self) -> dict[str, Any] | None:
        if self.quote is None:
            return None
        return {
            "received": plain(self.quote.received),
            "total_repaid": plain(self.quote.totals.payment),
            "cost": plain(self.quote.totals.cost),
            "cost_per_1000": plain(self.quote.cost_per_1000),
            "yearly_simple": plain(self.simple),
            "yearly_compound": plain(self.compound),
            "advertised_yearly": plain(self.advertised.yearly) if self.advertised else None,
        }


def true_cost(reading: Reading, answers: Answers) -> Truth:
    """The honest figures, as far as advert and answers give them. Never raises."""
    workings = work_out(reading, answers)
    if workings.offer is None:
        return Truth(workings)
    try:
        priced = quote(Offer.model_validate(dict(workings.offer)))
    except InputError as error:
        return Truth(workings, problem=error)
    except ValidationError as error:
        said = DoorError.of(error)
        return Truth(workings, problem=InputError(said.field, said.reason, said.message))
    return Truth(workings, priced, advertised(reading, priced.offer))


def advertised(reading: Reading, offer: Offer) -> Advertised | None:
    """The yearly figure a hurried reader takes away, None if the advert puts none forward."""
    rates = reading.all("rate")
    for item in sorted(rates, key=lambda rate: not rate.unit.startswith("per_year")):
        if item.unit == "per_year_compound":
            return Advertised(item.number, Decimal(1), item)
        times = PER_YEAR.get(item.unit)
        if times is None and item.unit == "per_instalment":
            times = _periods_a_year(offer)
        if times is not None:
            return Advertised(item.number * times, times, item)
    for item in reading.all("daily_cost"):
        base = reading.one("base") or reading.one("amount")
        if base is not None:
            return Advertised(item.number / base.number * 365, Decimal(365), item)
    for item in reading.all("instalment_fee_rate"):
        times = PER_YEAR.get(item.unit) or _periods_a_year(offer)
        if times is not None:
            return Advertised(item.number * times, times, item)
    for item in reading.all("interest"):
        return Advertised(Decimal(0), Decimal(1), item)
    return None


def _periods_a_year(offer: Offer) -> Decimal | None:
    regular = None if offer.term_days is not None else periods_per_year(offer)
    return None if regular is None else Decimal(regular)


def _unsigned(priced: Quote | None, name: str) -> Decimal | None:
    """A rate of the quote, a zero without a sign."""
    value = priced.rates[name].value if priced else None
    return None if value is None else value + 0


def _plain(value: Decimal | str | None) -> str | None:
    return plain(value) if isinstance(value, Decimal) else value
