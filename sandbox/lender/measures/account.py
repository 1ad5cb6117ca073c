"""The limit at this lender, and caps that depend on occupation or line of business."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import get_args

from sandbox.lender.case import Account, Industry, Occupation
from sandbox.lender.measures.registry import Assessment, Params, Value, measure

CENT = Decimal("0.01")
LIMIT = ("account.own_limit", "account.limit_cut_percent", "account.own_used")


def usable_limit(account: Account) -> Decimal:
    """The limit after what is withheld of it, to the cent, rounded down."""
    return (account.own_limit * (100 - account.limit_cut_percent) / 100).quantize(CENT, ROUND_DOWN)


@measure("yuan", *LIMIT, better="more")
def limit_free(a: Assessment, _: Params) -> Value:
    """What is left of the limit before this request."""
    return usable_limit(a.case.account) - a.case.account.own_used


@measure("yuan", *LIMIT, "request.amount", better="more")
def limit_left_after(a: Assessment, _: Params) -> Value:
    """What would be left of the limit after this loan; below 0 the amount does not fit."""
    account = a.case.account
    return usable_limit(account) - account.own_used - a.case.request.amount


@measure("count", "account.open_loans", better="less")
def open_loans(a: Assessment, _: Params) -> Value:
    """Loans of this lender not yet repaid."""
    return Decimal(a.case.account.open_loans)


@measure(
    "yuan",
    "applicant.occupation",
    "account.own_used",
    "request.amount",
    better="more",
    params=get_args(Occupation),
)
def occupation_cap_left(a: Assessment, params: Params) -> Value:
    """What the cap for the applicant's occupation leaves after this loan.

    The parameters are the caps in yuan, one for each occupation.
    """
    cap = params[a.case.applicant.occupation]
    return Decimal(cap) - a.case.account.own_used - a.case.request.amount


@measure(
    "yuan",
    "applicant.industry",
    "account.own_used",
    "request.amount",
    better="more",
    params=get_args(Industry),
)
def industry_cap_left(a: Assessment, params: Params) -> Value:
    """What the cap for the applicant's line of business leaves after this loan."""
    cap = params[a.case.applicant.industry]
    return Decimal(cap) - a.case.account.own_used - a.case.request.amount
