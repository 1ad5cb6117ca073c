"""What a request is judged on: the request, the applicant, the account's past, the platform."""

from __future__ import annotations

from pydantic import Field

from sandbox.lender.facts.credit import CreditReport
from sandbox.lender.facts.device import Device, Form, Permission, Settings
from sandbox.lender.facts.fact import Better, Change, Facts, Source, Yuan
from sandbox.lender.facts.identity import Identity
from sandbox.lender.facts.memory import Account, Evidence, History, Incident, Platform
from sandbox.lender.facts.person import (
    Income,
    Industry,
    Occupation,
    Person,
    ProfileField,
    Region,
)
from sandbox.lender.facts.request import LoanRequest, Method, Purpose

__all__ = [
    "Account",
    "Applicant",
    "Better",
    "Case",
    "Change",
    "Evidence",
    "History",
    "Incident",
    "Industry",
    "LoanRequest",
    "Method",
    "Occupation",
    "Permission",
    "Platform",
    "ProfileField",
    "Purpose",
    "Region",
    "Source",
    "Yuan",
]


class Applicant(Form, Settings, Device, Identity, CreditReport, Income, Person):
    """What the lender knows of the person, from the form, the bureau, the device and checks."""


class Case(Facts):
    """One request with everything it is judged on; every key may be left out."""

    request: LoanRequest = Field(default_factory=LoanRequest, description="The loan request.")
    applicant: Applicant = Field(
        default_factory=Applicant, description="The applicant; defaults are the default persona."
    )
    account: Account = Field(
        default_factory=Account, description="The account with this lender; defaults to unused."
    )
    history: History = Field(
        default_factory=History, description="Earlier requests; defaults to none."
    )
    platform: Platform = Field(
        default_factory=Platform, description="The platform; defaults to working normally."
    )
    seed: int = Field(
        0,
        ge=0,
        le=2**53,
        strict=True,
        description="Decides by a fixed hash what chance decides: whether a request that timed out"
        " had arrived.",
    )
