"""Measures: each maps the facts to one number (or category) that a rule holds against its limits.

A new measure is a small pure function in the module of its topic; a rule names it in its file.
"""

from sandbox.lender.measures import (
    account,
    credit,
    device,
    identity,
    income,
    people,
    price,
    restrictions,
    score,
    systems,
    velocity,
)
from sandbox.lender.measures.registry import MEASURES, Assessment, Measure, Params, Unit, Value

__all__ = [
    "MEASURES",
    "Assessment",
    "Measure",
    "Params",
    "Unit",
    "Value",
    "account",
    "credit",
    "device",
    "identity",
    "income",
    "people",
    "price",
    "restrictions",
    "score",
    "systems",
    "velocity",
]
