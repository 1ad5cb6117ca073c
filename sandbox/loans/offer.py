"""The product language: a loan offer whose terms hold together."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sandbox.loans.consistency import first_conflict
from sandbox.loans.offer_fields import OfferFields


class Offer(OfferFields):
    """A loan offer as the lender words it. {} is 10,000 at 12 % a year in 12 equal instalments."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        conflict = first_conflict(self)
        if conflict is None:
            return self
        raise PydanticCustomError("conflict", "{message}", conflict._asdict())
