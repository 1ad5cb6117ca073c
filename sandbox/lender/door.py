"""The request half of the headless door: JSON in, decision with its full trace out."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from sandbox.door_error import DoorError
from sandbox.lender.case import Case
from sandbox.lender.decide import decide, look_up
from sandbox.lender.lenderbook import LenderBook, load_lenderbook
from sandbox.lender.product import offer_for, offered
from sandbox.loans import quote


def request_schema() -> dict[str, Any]:
    """JSON Schema of a case, with a description and unit for each key."""
    return Case.model_json_schema()


def request_from_json(text: str, book: LenderBook | None = None) -> dict[str, Any]:
    """Decide the case written in JSON.

    Every key is optional; `{}` is the default persona with the default request. Raises DoorError
    naming the field and the reason.
    """
    case = case_from_json(text)
    return describe(case, book or load_lenderbook())


def case_from_json(text: str) -> Case:
    """Read a case; amounts keep their cents. Raises DoorError."""
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise DoorError("", "not_json", f"not valid JSON: {error.msg} ({where})") from None
    except ValueError as error:
        raise DoorError("", "not_json", f"not usable JSON: {error}") from None
    except RecursionError:
        raise DoorError("", "not_json", "nested too deeply") from None
    if not isinstance(data, dict):
        raise DoorError("", "not_an_object", "the case must be a JSON object, {...}")
    try:
        return Case.model_validate(data)
    except ValidationError as error:
        raise DoorError.of(error) from None


def _refuse_constant(name: str) -> None:
    raise DoorError("", "not_finite", f"{name} is not a finite number")


def describe(case: Case, book: LenderBook) -> dict[str, Any]:
    """The decision as JSON-ready data: outcome, reasons with their words, trace, offer."""
    decision = decide(case, book)
    result: dict[str, Any] = decision.model_dump(mode="json")
    result["case"] = case.model_dump(mode="json")
    for reason in result["reasons"]:
        words = book.words(reason["code"])
        reason["words"] = words.model_dump(mode="json") if words else None
    result["offer"] = None
    if decision.price:
        request = offered(case.request, decision.amount)
        result["offer"] = quote(offer_for(request, decision.price.annual_rate)).to_json()
    result["look_up"] = None
    if decision.outcome == "unknown":
        result["look_up"] = look_up(case, book).model_dump(mode="json")
    return result
