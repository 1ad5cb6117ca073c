"""For every measure the facts that give it a wanted value, so that a band edge can be tried whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from sandbox.lender import LoanRequest, load_lenderbook
from sandbox.lender.plan import heaviest_instalment

BOOK = load_lenderbook()
Facts = dict[str, dict[str, Any]]
Value = Decimal
REQUEST = LoanRequest()
INSTALMENT = heaviest_instalment(REQUEST, BOOK.product.assessment_rate)
INCOME = Decimal(10_000)


def _whole(group: str, name: str) -> Callable[[Value], Facts]:
    return lambda value: {group: {name: int(value)}}


def _yes(group: str, name: str, yes: bool = True) -> Callable[[Value], Facts]:
    """A measure that is 1 when the fact equals yes."""
    return lambda value: {group: {name: bool(value) is yes}}


def _many(group: str, name: str, item: Any) -> Callable[[Value], Facts]:
    """So many entries of a list."""
    return lambda value: {group: {name: [item] * int(value)}}


def _fields(name: str, items: tuple[str, ...]) -> Callable[[Value], Facts]:
    return lambda value: {"applicant": {name: items[: int(value)]}}


def _incident(name: str) -> Callable[[Value], Facts]:
    return lambda value: {"platform": {"incident": "none" if value else name}}


def _burden(monthly: Decimal, **more: Any) -> Facts:
    """All instalments a month, this loan's included."""
    debts = {"monthly_income": INCOME, "monthly_debt_payments": monthly - INSTALMENT}
    return {"applicant": debts | more}


def _cap(occupied: str) -> Callable[[Value], Facts]:
    """Used so far that the cap of the default occupation leaves this much."""
    return lambda value: {
        "account": {"own_limit": 900_000, "own_used": 300_000 - REQUEST.amount - value}
    }


def _settled(value: Value) -> Facts:
    return {"applicant": {"student": True, "second_repayment_source": bool(value)}}


REACH: Mapping[str, Callable[[Value], Facts]] = {
    "load_percent": _whole("platform", "load_percent"),
    "database_works": _incident("database_error"),
    "open_for_requests": _incident("maintenance"),
    "answer_arrives": _incident("timeout"),
    "bureau_reachable": _incident("bureau_unreachable"),
    "payout_rail_works": _incident("payout_rail_down"),
    "unresolved_requests": _whole("history", "unresolved_requests"),
    "same_key_requests": _whole("history", "same_key_requests"),
    "review_left": _whole("history", "review_left_minutes"),
    "profile_fields_missing": _fields("profile_fields_missing", ("employer", "address")),
    "profile_fields_wrong": _fields("profile_fields_wrong", ("employer", "address")),
    "permissions_denied": _fields("permissions_denied", ("camera", "location")),
    "payout_card_in_own_name": _yes("applicant", "payout_card_in_own_name"),
    "payout_card_active": _yes("applicant", "payout_card_active"),
    "repayment_card_days_left": _whole("applicant", "repayment_card_days_left"),
    "face_check_done": _yes("applicant", "face_check_done"),
    "document_days_left": _whole("applicant", "document_days_left"),
    "name_matches": _yes("applicant", "name_matches"),
    "phone_in_own_name": _yes("applicant", "phone_in_own_name"),
    "months_since_phone_change": _whole("applicant", "months_since_phone_change"),
    "age": _whole("applicant", "age"),
    "repayment_source_settled": _settled,
    "credit_report_consent": _yes("applicant", "credit_report_consent"),
    "data_consent": _yes("applicant", "data_consent"),
    "borrowing_pause_left": _whole("applicant", "borrowing_pause_days_left"),
    "unsecured_debt_after": lambda v: {"applicant": {"outstanding_debt": v - REQUEST.amount}},
    "open_loans": _whole("account", "open_loans"),
    "freeze_left": _whole("history", "freeze_left_minutes"),
    "cool_down_left": _whole("history", "cool_down_left_minutes"),
    "freezes_since_reactivation": _whole("history", "freezes_since_reactivation"),
    "requests_in_window": lambda v: {"history": {"requests_minutes_ago": [0] * (int(v) - 1)}},
    "cancels_in_window": _many("history", "cancels_minutes_ago", 0),
    "refusals_in_window": _many("history", "refusals_minutes_ago", 0),
    "freezes_in_window": _many("history", "freezes_minutes_ago", 0),
    "days_past_due": _whole("applicant", "days_past_due"),
    "late_payments_24m": _whole("applicant", "late_payments_24m"),
    "worst_late_days_24m": lambda v: {
        "applicant": {"worst_late_days_24m": int(v), "late_payments_24m": 1}
    },
    "hard_enquiries_30d": _whole("applicant", "hard_enquiries_30d"),
    "hard_enquiries_90d": _whole("applicant", "hard_enquiries_90d"),
    "lenders": _whole("applicant", "lenders"),
    "utilisation": lambda v: {"applicant": {"credit_limit_total": 10_000, "credit_used": v * 100}},
    "device_hours_known": _whole("applicant", "device_hours_known"),
    "accounts_on_device": _whole("applicant", "accounts_on_device"),
    "usual_place": _yes("applicant", "unusual_place", yes=False),
    "screen_is_private": _yes("applicant", "remote_control_app", yes=False),
    "same_contact_applications": _whole("applicant", "same_contact_applications"),
    "form_seconds": _whole("applicant", "form_seconds"),
    "no_paid_helper": _yes("applicant", "paid_helper", yes=False),
    "amount_on_unproved_income": lambda v: {
        "request": {"amount": v},
        "applicant": {"income_verified": False},
    },
    "income_above_estimate": lambda v: {
        "applicant": {
            "income_verified": False,
            "income_estimate": INCOME,
            "monthly_income": INCOME * (100 + v) / 100,
        }
    },
    "debt_to_income": lambda v: _burden(INCOME * v / 100),
    "debt_to_income_asked": lambda v: _burden(INCOME * v / 100),
    "left_to_live_on": lambda v: _burden(INCOME - v),
    "limit_left_after": lambda v: {"account": {"own_limit": REQUEST.amount + v}},
    "limit_free": lambda v: {"account": {"own_limit": 900 + v, "own_used": 900}},
    "occupation_cap_left": _cap("salaried"),
    "industry_cap_left": _cap("services"),
}
"""Not here: the two costs, which the price list decides, and the score, which is a sum of points."""
