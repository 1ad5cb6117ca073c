"""What the lender itself remembers: earlier requests, restrictions, the account, its systems."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from sandbox.lender.facts.fact import Facts, Minutes, Yuan, fact

Incident = Literal[
    "none",
    "overload",
    "database_error",
    "maintenance",
    "timeout",
    "payout_rail_down",
    "bureau_unreachable",
]
Evidence = Literal["income_papers", "bank_statements", "own_statement", "identity_papers"]
MANY = 500


class History(Facts):
    """What the lender remembers of earlier requests, seen from the moment of this one."""

    requests_minutes_ago: tuple[Minutes, ...] = fact(
        (), "Age of each earlier request, in minutes.", "platform", "wait", max_length=MANY
    )
    cancels_minutes_ago: tuple[Minutes, ...] = fact(
        (),
        "Age of each request or offer the borrower cancelled, in minutes.",
        "platform",
        "wait",
        max_length=MANY,
    )
    refusals_minutes_ago: tuple[Minutes, ...] = fact(
        (), "Age of each refusal, in minutes.", "platform", "wait", max_length=MANY
    )
    cool_downs_minutes_ago: tuple[Minutes, ...] = fact(
        (), "Age of each cool-down's beginning, in minutes.", "platform", "wait", max_length=MANY
    )
    freezes_minutes_ago: tuple[Minutes, ...] = fact(
        (), "Age of each freeze's beginning, in minutes.", "platform", "wait", max_length=MANY
    )
    cool_down_left_minutes: Minutes = fact(
        0, "Minutes left of a running cool-down.", "platform", "wait", "less"
    )
    freeze_left_minutes: Minutes = fact(
        0, "Minutes left of an account freeze.", "platform", "wait", "less"
    )
    freezes_since_reactivation: int = fact(
        0,
        "Freezes since the account was last reactivated by proving one's identity again.",
        "platform",
        "act",
        "less",
        ge=0,
        le=100,
        strict=True,
    )
    unresolved_requests: int = fact(
        0,
        "Earlier requests whose outcome is unknown and was not looked up.",
        "platform",
        "act",
        "less",
        ge=0,
        le=100,
        strict=True,
    )
    same_key_requests: int = fact(
        0,
        "Requests already received under the idempotency key of this one.",
        "platform",
        "never",
        "less",
        ge=0,
        le=100,
        strict=True,
    )
    review_left_minutes: Minutes = fact(
        0, "Minutes left until a running manual review is finished.", "platform", "wait", "less"
    )
    step_up_minutes_ago: Minutes | None = fact(
        None,
        "Minutes since the extra verification was done; null: it was not.",
        "platform",
        "act",
    )
    evidence: tuple[Evidence, ...] = fact(
        (), "New evidence a reviewer has accepted.", "platform", "act", max_length=10
    )


class Account(Facts):
    """The applicant's account with this lender."""

    own_limit: Yuan = fact(
        Decimal("50000"),
        "Credit limit at this lender, in yuan.",
        "platform",
        "wait",
        "more",
        ge=0,
    )
    own_used: Yuan = fact(
        Decimal("0"),
        "Principal still owed to this lender, in yuan.",
        "platform",
        "act",
        "less",
        ge=0,
    )
    limit_cut_percent: int = fact(
        0,
        "Part of the limit withheld at present after earlier behaviour, in percent.",
        "platform",
        "wait",
        "less",
        ge=0,
        le=100,
        strict=True,
    )
    open_loans: int = fact(
        0,
        "Loans of this lender not yet repaid.",
        "platform",
        "act",
        "less",
        ge=0,
        le=100,
        strict=True,
    )


class Platform(Facts):
    """The state of the lender's systems when the request arrives."""

    incident: Incident = fact(
        "none", "Technical incident going on (a category).", "platform", "wait"
    )
    load_percent: int = fact(
        40,
        "Load of the intake system in percent of what it can take.",
        "platform",
        "wait",
        "less",
        ge=0,
        le=10_000,
        strict=True,
    )
    incident_left_minutes: Minutes = fact(
        0,
        "Minutes until the incident or the overload is over, as announced; 0: not announced.",
        "platform",
        "wait",
    )
