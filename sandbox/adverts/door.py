"""The engine behind `python -m sandbox advert`: an advert as JSON in, reading and figures out."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sandbox.adverts.advertbook import AdvertBook, load_advertbook
from sandbox.adverts.answers import Answers
from sandbox.adverts.reader import LONGEST, read
from sandbox.adverts.truth import true_cost
from sandbox.door_error import DoorError
from sandbox.input_error import InputError
from sandbox.loans.door import read_json


class AdvertInput(BaseModel):
    """An advert, and what the learner knows beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(max_length=LONGEST, description="The advert's words, Chinese or English.")
    answers: Answers = Field(
        default_factory=Answers, description="Answers to what the advert leaves open."
    )


def advert_from_json(text: str, book: AdvertBook | None = None) -> dict[str, Any]:
    """The reading of {"text": ..., "answers": {...}} and what the loan truly costs.

    Raises DoorError naming the field and the reason.
    """
    try:
        given = AdvertInput.model_validate(read_json(text))
        reading = read(given.text, book or load_advertbook())
    except (InputError, ValidationError) as error:
        raise DoorError.of(error) from None
    truth = true_cost(reading, given.answers)
    problem = DoorError.of(truth.problem).to_json()["error"] if truth.problem else None
    return {"reading": reading.to_json(), **truth.to_json(), "problem": problem}


def advert_schema() -> dict[str, Any]:
    """JSON Schema of the input, with a description and unit for each key."""
    return AdvertInput.model_json_schema()
