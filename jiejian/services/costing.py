"""What a loan costs: offers priced by the exact engine, and guesses kept beside the truth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, get_args

from pydantic import ValidationError

from jiejian.errors import InvalidInput
from jiejian.services.actor import Actor
from jiejian.services.journal import Journal
from jiejian.services.total_price import with_total
from jiejian.services.typed_numbers import parse_number
from sandbox.door_error import DoorError
from sandbox.loans import InputError, Offer, Quote, quote
from sandbox.money import CENT

Unit = Literal["percent", "yuan", "count"]

EXERCISE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 60
HIGHEST_GUESS = Decimal(10**12)
LENGTHS = (1, 3, 6, 9, 12, 18, 24, 36, 48, 60)
_LIMIT = re.compile(r"-?[0-9]+(\.[0-9]+)?(E[+-]?[0-9]+)?")
_FEE = re.compile(r"fees\.([0-9]{1,3})\.")
PREDICTED = "prediction_made"


@dataclass(frozen=True)
class Prediction:
    """A guess made before the truth was shown.

    exercise: its id. guess, truth: in the unit (percent: 7.92 is 7.92 %). at: real time, UTC.
    """

    exercise: str
    guess: Decimal
    truth: Decimal
    unit: Unit
    at: datetime

    @property
    def off(self) -> Decimal:
        """Guess less truth."""
        return self.guess - self.truth


@dataclass(frozen=True)
class Point:
    """An offer with one term changed to `at`.

    rate: its annualised cost, IRR times the periods of a year, a fraction, None if there is no
    single one. cost: in money units. here: whether this is the offer as it stands.
    """

    at: Decimal
    rate: Decimal | None
    cost: Decimal
    here: bool


class Costing:
    """Prices offers; keeps what learners predicted."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def quote(self, given: Mapping[str, object]) -> Quote:
        """Schedule, totals and every rate of an offer.

        given: the keys of `sandbox.loans.Offer`, or `repay_total` in place of a rate. Raises
        InvalidInput with the field and reason of the headless door; details hold low and high
        where a limit was passed.
        """
        try:
            return quote(Offer.model_validate(with_total(given)))
        except (InputError, ValidationError) as error:
            raise refusal(error, given) from None

    def fee_points(self, given: Mapping[str, object]) -> tuple[Point, ...]:
        """The offer with fees at the start from nothing to a tenth of the amount, its own among them.

        Raises InvalidInput as `quote` does.
        """
        now = self.quote(given).offer
        steps = {(now.principal * share / 100).quantize(CENT) for share in range(11)}
        return self._points(given, "upfront_fee", steps | {now.upfront_fee}, now.upfront_fee)

    def length_points(self, given: Mapping[str, object]) -> tuple[Point, ...]:
        """The offer over other numbers of instalments, its own among them; none if it has none.

        Raises InvalidInput as `quote` does.
        """
        now = self.quote(given).offer
        if "periods" not in given:
            return ()
        lengths = {Decimal(count) for count in LENGTHS} | {Decimal(now.periods)}
        return self._points(given, "periods", lengths, Decimal(now.periods))

    def _points(
        self, given: Mapping[str, object], field: str, values: set[Decimal], present: Decimal
    ) -> tuple[Point, ...]:
        """A value at which the offer cannot be carried out is passed over."""
        points = []
        for value in sorted(values):
            changed = {**given, field: int(value) if field == "periods" else value}
            try:
                quoted = self.quote(changed)
            except InvalidInput:
                continue
            rate = quoted.rates["irr_simple"].value
            points.append(Point(value, rate, quoted.totals.cost, value == present))
        return tuple(points)

    def predict(
        self,
        actor: Actor,
        exercise: str,
        guess: str | Decimal,
        truth: Decimal,
        key: str,
        unit: Unit = "percent",
    ) -> Prediction:
        """Keep a guess and the truth it was about; the same key is kept once.

        guess: as typed. Raises InvalidInput for a guess that is no number, or an exercise or unit
        that cannot be.
        """
        if len(exercise) > LONGEST_NAME or not EXERCISE.fullmatch(exercise):
            raise InvalidInput("exercise", "unknown_choice")
        if unit not in get_args(Unit):
            raise InvalidInput("unit", "unknown_choice")
        guessed = guess if isinstance(guess, Decimal) else parse_number(guess)
        if guessed is None or not guessed.is_finite():
            raise InvalidInput("guess", "not_a_number")
        if guessed < 0:
            raise InvalidInput("guess", "too_small", low=Decimal(0))
        if guessed > HIGHEST_GUESS:
            raise InvalidInput("guess", "too_large", high=HIGHEST_GUESS)
        data = {"exercise": exercise, "guess": str(guessed), "truth": str(truth), "unit": unit}
        event = self._journal.event(PREDICTED, data, key)
        past, _ = self._journal.record(actor, key, lambda _: [event])
        kept = past.with_key(key) or event
        return _prediction(kept.data, kept.at)

    def predictions(self, actor: Actor) -> tuple[Prediction, ...]:
        """Every prediction of this learner, newest first."""
        made: Iterable[Any] = self._journal.read(actor).of(PREDICTED)
        return tuple(reversed([_prediction(event.data, event.at) for event in made]))


def _prediction(data: Mapping[str, Any], at: str) -> Prediction:
    return Prediction(
        exercise=data["exercise"],
        guess=Decimal(data["guess"]),
        truth=Decimal(data["truth"]),
        unit=data["unit"],
        at=datetime.fromisoformat(at),
    )


def refusal(error: InputError | ValidationError, given: Mapping[str, object]) -> InvalidInput:
    """The engine's refusal as one of ours: same field, same reason, limits beside it."""
    told = DoorError.of(error)
    details: dict[str, object] = {"kind": _kind(told.field, given)}
    if isinstance(error, ValidationError):
        context = error.errors(include_url=False, include_input=False)[0].get("ctx", {})
        for name, kinds in (("low", ("ge", "gt")), ("high", ("le", "lt"))):
            limit = next((context[kind] for kind in kinds if kind in context), None)
            # pydantic tells a Decimal limit as the text "Decimal('0.1')".
            if limit is not None and (found := _LIMIT.search(str(limit))):
                details[name] = Decimal(found[0])
        details["beyond"] = "gt" in context or "lt" in context
    return InvalidInput(told.field, told.reason, **details)


def _kind(field: str, given: Mapping[str, object]) -> str | None:
    """The kind of the fee that "fees.0.amount" is about, None if it is about something else."""
    matched = _FEE.match(field)
    fees = given.get("fees")
    if matched is None or not isinstance(fees, list | tuple) or int(matched[1]) >= len(fees):
        return None
    fee = fees[int(matched[1])]
    return str(fee["kind"]) if isinstance(fee, Mapping) and "kind" in fee else None
