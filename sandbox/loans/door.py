"""The engine behind `python -m sandbox quote`: JSON text in, plain JSON values out."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sandbox.door_error import DoorError
from sandbox.input_error import InputError
from sandbox.loans.answer import EXAMPLES, answer_words
from sandbox.loans.cashflows import CashFlows, cash_flows_json
from sandbox.loans.offer import Offer
from sandbox.loans.quoting import quote


def quote_from_json(text: str) -> dict[str, Any]:
    """The quote of an offer, or the rates of {"flows": [...]}; see `quote_schema`.

    Numbers are read as exact decimals. Raises DoorError with field, reason and message.
    """
    given = read_json(text)
    try:
        if "flows" in given:
            return cash_flows_json(CashFlows.model_validate(given))
        return quote(Offer.model_validate(given)).to_json()
    except (InputError, ValidationError) as error:
        raise DoorError.of(error) from None


def quote_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the input, an offer or a list of cash flows, with examples, and
    the meaning of every part of the answer.
    """
    schema = TypeAdapter(Offer | CashFlows).json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Loan offer or cash flows"
    schema["description"] = (
        "An offer ({} is the default one), or an object with `flows` for rates alone. Amounts and"
        " rates may be JSON numbers or decimal text; both are read exactly. `unit` says what a"
        " value counts; `answer` what comes back."
    )
    schema["examples"] = EXAMPLES
    schema["answer"] = answer_words()
    return schema


def read_json(text: str) -> dict[str, Any]:
    """One JSON object with exact decimals.

    Raises DoorError: not_json, duplicate_field, wrong_type.
    """
    try:
        value = json.loads(
            text,
            parse_float=Decimal,
            parse_int=_integer,
            parse_constant=_not_finite,
            object_pairs_hook=_without_duplicates,
        )
    except RecursionError:
        raise DoorError("", "not_json", "the input is nested too deeply") from None
    except ValueError as error:
        raise DoorError("", "not_json", f"the input is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise DoorError("", "wrong_type", "a JSON object is expected")
    return value


def _integer(digits: str) -> int | Decimal:
    return int(digits) if len(digits) < 1000 else Decimal(digits)


def _not_finite(name: str) -> Decimal:
    """NaN and the infinities, left to the field that holds them, which refuses them by name."""
    return Decimal(name)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise DoorError(name, "duplicate_field", "the field is given twice")
        found[name] = value
    return found
