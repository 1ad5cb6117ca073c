"""The request half of the headless door: JSON in, decision with its full trace out."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from pydantic import Field, ValidationError

from sandbox.door_error import DoorError
from sandbox.lender.case import Case
from sandbox.lender.decide import decide, look_up
from sandbox.lender.decision import Decision
from sandbox.lender.difference import difference
from sandbox.lender.lenderbook import LenderBook, load_lenderbook
from sandbox.lender.product import offer_for, offered
from sandbox.lender.regimes import BASELINE
from sandbox.lender.remedies import Act, Advice, advise
from sandbox.loans import quote


class Question(Case):
    """A case, and what is asked about it."""

    regime: str = Field(
        BASELINE,
        max_length=60,
        description="Policy regime to decide under, by its id; the answer then also holds the"
        " difference from the baseline.",
    )
    explain: bool = Field(
        False,
        strict=True,
        description="Whether to search for the changes that would lead to an approval (`advice`).",
    )

    @property
    def case(self) -> Case:
        """The case alone."""
        return Case.model_construct(**{name: getattr(self, name) for name in Case.model_fields})


def request_schema() -> dict[str, Any]:
    """JSON Schema of a question.

    Each fact has a description with its unit, and as extra keys its source, how a person can
    change it and, where there is one, the direction that is better.
    """
    return Question.model_json_schema()


def request_from_json(text: str, book: LenderBook | None = None) -> dict[str, Any]:
    """Decide the case written in JSON.

    Every key is optional; `{}` is the default persona with the default request. Raises DoorError
    naming the field and the reason.
    """
    question = question_from_json(text)
    base = book or load_lenderbook()
    if question.regime not in base.regimes:
        known = ", ".join(base.regimes)
        raise DoorError("regime", "unknown_choice", f"no such regime; known are {known}")
    case, under = question.case, base.under(question.regime)
    answer = describe(case, under)
    if question.regime != BASELINE:
        changed = difference(decide(case, base), decide(case, under))
        answer["difference"] = changed.model_dump(mode="json")
    if question.explain:
        answer["advice"] = describe_advice(advise(case, under), under)
    return answer


def question_from_json(text: str) -> Question:
    """Read a question; amounts keep their cents. Raises DoorError."""
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
        return Question.model_validate(data)
    except ValidationError as error:
        raise DoorError.of(error) from None


def _refuse_constant(name: str) -> None:
    raise DoorError("", "not_finite", f"{name} is not a finite number")


def describe(case: Case, book: LenderBook) -> dict[str, Any]:
    """The decision as JSON-ready data: outcome, reasons with their words, trace, offer."""
    decision = decide(case, book)
    result: dict[str, Any] = decision.model_dump(mode="json")
    result["case"] = case.model_dump(mode="json")
    result["reasons"] = _reasons(decision, book)
    result["offer"] = None
    if decision.price:
        request = offered(case.request, decision.amount)
        result["offer"] = quote(offer_for(request, decision.price.annual_rate)).to_json()
    result["look_up"] = None
    if decision.outcome == "unknown":
        result["look_up"] = look_up(case, book).model_dump(mode="json")
    return result


def _reasons(decision: Decision, book: LenderBook) -> list[dict[str, Any]]:
    """Each reason with its words: what to do and not, how to contest it, the sample reason."""
    found = []
    for reason in decision.reasons:
        words, contest = book.words(reason.code), book.contest(reason.code, reason.sources)
        sample = book.choices.adverse_action.get(reason.adverse_action or "")
        found.append(
            reason.model_dump(mode="json")
            | {
                "words": words.model_dump(mode="json") if words else None,
                "contest": contest.model_dump() if contest else None,
                "adverse_action_words": sample.label.model_dump() if sample else None,
            }
        )
    return found


def describe_advice(advice: Advice, book: LenderBook) -> dict[str, Any]:
    """The advice as JSON-ready data, each action with its words.

    wait_minutes is set where waiting is all one can do.
    """
    result: dict[str, Any] = advice.model_dump(mode="json")
    result["wait_minutes"] = advice.wait_minutes
    for remedy, option in zip(advice.options, result["options"], strict=True):
        for step, shown in zip(remedy.steps, option["steps"], strict=True):
            if isinstance(step, Act):
                words = book.actions[step.action.kind]
                shown["label"] = words.label.model_dump()
    return result
