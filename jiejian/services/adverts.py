"""Loan adverts read aloud: what one says, what the learner adds, what it truly costs.

Nothing of a text or an answer is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pydantic import ValidationError

from jiejian.errors import InvalidInput
from jiejian.services import typed_terms
from jiejian.services.typed_terms import Value
from sandbox.adverts import AdvertBook, Answers, Reading, Truth, read, true_cost
from sandbox.door_error import DoorError
from sandbox.input_error import InputError

NUMBERS = ("amount", "instalment", "other_fees")
COUNTS = ("periods", "term_days")
PERCENTS = ("rate",)
_LIMITS = (("low", ("ge", "gt")), ("high", ("le", "lt")))


@dataclass(frozen=True)
class Told:
    """The cost as far as advert and answers tell it; refused: the answers that cannot be used."""

    truth: Truth
    refused: Mapping[str, InvalidInput]


class Adverts:
    """Reads adverts by the book of `sandbox.adverts`."""

    def __init__(self, book: AdvertBook) -> None:
        self.book = book

    def read(self, text: str) -> Reading:
        """What an advert states, leaves open and hides.

        Raises InvalidInput("text", ...): too_long, not_text.
        """
        try:
            return read(text, self.book)
        except InputError as error:
            raise InvalidInput(error.field, error.reason) from None

    def cost(self, reading: Reading, typed: Mapping[str, str]) -> Told:
        """The true cost with the learner's answers as typed, by the codes of `Answers`.

        Only what this reading asks for is taken, so that an answer to another advert cannot slip
        in; an answer that cannot be used counts as not given and is explained in `refused`.
        """
        refused: dict[str, InvalidInput] = {}
        taken: dict[str, Value] = {}
        truth = true_cost(reading, Answers())
        for _round in range(len(Answers.model_fields)):  # an answer may raise another question
            asked = {question.code for question in truth.workings.questions}
            fresh = {
                code: typed[code]
                for code in asked - taken.keys() - refused.keys()
                if typed.get(code, "").strip()
            }
            if not fresh:
                break
            for code, text in fresh.items():
                try:
                    taken[code] = _answer(code, text)
                except InvalidInput as error:
                    refused[code] = error
            truth = true_cost(reading, Answers.model_validate(taken))
        return Told(truth, refused)


def _answer(code: str, text: str) -> Value:
    """One answer in the engine's terms. Raises InvalidInput with the limit where one is passed."""
    value: Value = text
    if code in NUMBERS:
        value = typed_terms.number(text)
    elif code in COUNTS:
        value = typed_terms.whole(text)
    elif code in PERCENTS:
        value = typed_terms.percent(text)
    try:
        checked: Value = getattr(Answers.model_validate({code: value}), code)
    except ValidationError as error:
        told = DoorError.of(error)
        context = error.errors(include_url=False, include_input=False)[0].get("ctx", {})
        limits = {
            name: Decimal(str(context[kind]))
            for name, kinds in _LIMITS
            for kind in kinds
            if kind in context
        }
        raise InvalidInput(told.field, told.reason, **limits) from None
    return checked
