"""What comes from the page: a request, a person made to measure, an action; checked here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from jiejian.errors import InvalidInput, NotFound
from sandbox.lender.book import LenderBook, Persona
from sandbox.lender.case import Account, Applicant, LoanRequest, Platform
from sandbox.lender.life.actions import ACTION, Action
from sandbox.lender.product import Product
from sandbox.lender.seatwords import SeatWords

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Ask:
    """What the form holds: amount is yuan as typed; incident is what the platform goes through.

    same_as is the id of an earlier request to send again as the same one, under its idempotency
    key; "" for a new request.
    """

    amount: str | Decimal
    term_months: int
    method: str
    purpose: str
    incident: str = "none"
    same_as: str = ""


def checked_request(ask: Ask, product: Product) -> tuple[LoanRequest, Platform]:
    """The request and the platform's state. Raises InvalidInput naming the field."""
    try:
        request = LoanRequest.model_validate(
            {
                "amount": ask.amount,
                "term_months": ask.term_months,
                "method": ask.method,
                "purpose": ask.purpose,
            }
        )
        platform = Platform.model_validate({"incident": ask.incident})
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        field = str(problem["loc"][0])
        limits = {"low": product.amount_min, "high": product.amount_max}
        raise InvalidInput(
            field, problem["type"], **(limits if field == "amount" else {})
        ) from None
    if not product.amount_min <= request.amount <= product.amount_max:
        raise InvalidInput(
            "amount", "out_of_range", low=product.amount_min, high=product.amount_max
        )
    if request.term_months not in product.terms:
        raise InvalidInput("term_months", "not_offered", allowed=product.terms)
    return request, platform


def checked_action(given: Mapping[str, Any]) -> Action:
    """An action by its kind and figures. Raises InvalidInput naming the field."""
    try:
        return ACTION.validate_python(dict(given))
    except ValidationError as error:
        raise _refused(error, "action") from None


def made_to_measure(
    persona: Persona, faults: Sequence[str], own: Mapping[str, Any], words: SeatWords
) -> dict[str, Any] | None:
    """The facts of a life that differs from its persona, as the event keeps them; None if none do.

    own holds facts of the applicant, and own_limit. Raises InvalidInput, NotFound.
    """
    if not faults and not own:
        return None
    applicant: dict[str, Any] = persona.applicant.model_dump()
    account: dict[str, Any] = persona.account.model_dump()
    for name in faults:
        if name not in words.faults:
            raise NotFound("fault", name)
        applicant |= words.faults[name].applicant
        account |= words.faults[name].account
    for name, value in own.items():
        (account if name in Account.model_fields else applicant)[name] = value
    return {
        "applicant": _facts(Applicant, applicant).model_dump(mode="json"),
        "account": _facts(Account, account).model_dump(mode="json"),
    }


def known_regime(book: LenderBook, regime: str) -> str:
    """The regime's id. Raises NotFound."""
    if regime not in book.regimes:
        raise NotFound("regime", regime)
    return regime


def _facts(model: type[M], given: Mapping[str, Any]) -> M:
    try:
        return model.model_validate(dict(given))
    except ValidationError as error:
        raise _refused(error, "facts") from None


def _refused(error: ValidationError, fallback: str) -> InvalidInput:
    problem = error.errors(include_url=False)[0]
    place = [str(part) for part in problem["loc"] if not str(part).startswith("function")]
    context = problem.get("ctx", {})
    limits = {name: context[name] for name in ("ge", "le", "gt") if name in context}
    return InvalidInput(place[-1] if place else fallback, problem["type"], **limits)
