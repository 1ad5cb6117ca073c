"""The person behind the requests: facts, dates, and what an action changes in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_UP, Decimal
from functools import lru_cache
from typing import Any

from sandbox.lender.case import Account, Applicant
from sandbox.lender.life.actions import (
    Action,
    CloseDebts,
    CloseLoansHere,
    Pay,
    SendEvidence,
    SetPause,
)
from sandbox.lender.life.calendar import DAY, YEAR, Calendar, LatePayment

CENT = Decimal("0.01")
ZERO = Decimal(0)
DOCUMENT_DAYS = 3650
CARD_DAYS = 1825
CALM_SECONDS = 240
CARD_LIMIT = Decimal(5000)
NEW_DEBT_MONTHS = 12
"""A debt taken elsewhere is taken to be repaid over so many months."""


@lru_cache(256)
def _calendar(applicant: Applicant) -> Calendar:
    """The dates at the start of a life: the same ones each time its present is computed."""
    return Calendar.of(applicant)


@dataclass(frozen=True)
class Person:
    """Facts as the life has made them. The facts of time are read off the calendar."""

    applicant: Applicant
    account: Account
    calendar: Calendar

    @classmethod
    def begin(cls, applicant: Applicant, account: Account) -> Person:
        """The person at minute 0."""
        return cls(applicant, account, _calendar(applicant))

    def at(self, minute: int) -> Applicant:
        """The applicant's facts at this minute."""
        age = min(120, self.applicant.age + minute // YEAR)
        return self.applicant.model_copy(update=self.calendar.facts(minute) | {"age": age})

    def acted(self, action: Action, minute: int) -> Person:
        """The person after an action at this minute; unchanged by one that concerns only the
        account's memory or its loans.
        """
        match action:
            case Pay():
                return _PAYING[action.kind](self, action.amount, minute)
            case CloseDebts():
                return self._without_lenders(action.count)
            case CloseLoansHere():
                return self._without_loans_here(action.count, minute)
            case SetPause():
                until = max(self.calendar.pause_until, minute + action.days * DAY)
                return self._dated(pause_until=until)
            case SendEvidence():
                proved = action.evidence == "income_papers"
                return self._with(income_verified=True) if proved else self
        changes = FIXES.get(action.kind)
        person = self if changes is None else self._with(**changes)
        dated = _DATED.get(action.kind)
        return person if dated is None else dated(person, minute)

    def debt_share(self, count: int) -> Decimal:
        """What it takes to repay so many lenders, in yuan."""
        lenders = self.applicant.lenders
        if lenders == 0:
            return ZERO
        part = self.applicant.outstanding_debt * min(count, lenders) / lenders
        return part.quantize(CENT, ROUND_UP)

    def _with(self, **changes: Any) -> Person:
        return replace(self, applicant=self.applicant.model_copy(update=changes))

    def _dated(self, **changes: Any) -> Person:
        return replace(self, calendar=replace(self.calendar, **changes))

    def _without_lenders(self, count: int) -> Person:
        person = self.applicant
        left = max(0, person.lenders - count)
        if person.lenders == 0:
            return self
        return self._with(
            lenders=left,
            outstanding_debt=max(ZERO, person.outstanding_debt - self.debt_share(count)),
            monthly_debt_payments=_part(person.monthly_debt_payments, left, person.lenders),
        )

    def loan_share(self, count: int) -> Decimal:
        """What it takes to repay so many of the loans the account had when the life began."""
        loans, used = self.account.open_loans, self.account.own_used
        if loans == 0:
            return ZERO
        return used - _part(used, max(0, loans - count), loans)

    def _without_loans_here(self, count: int, minute: int) -> Person:
        left = max(0, self.account.open_loans - count)
        lighter = _repay_here(self, self.loan_share(count), minute)
        account = lighter.account.model_copy(update={"open_loans": left})
        return replace(lighter, account=account)


FIXES: Mapping[str, Mapping[str, Any]] = {
    "complete_profile": {"profile_fields_missing": ()},
    "correct_profile": {"profile_fields_wrong": ()},
    "grant_permissions": {"permissions_denied": ()},
    "link_payout_card": {"payout_card_in_own_name": True, "payout_card_active": True},
    "do_face_check": {"face_check_done": True},
    "correct_name": {"name_matches": True},
    "register_phone_number": {"phone_in_own_name": True},
    "give_report_consent": {"credit_report_consent": True},
    "give_data_consent": {"data_consent": True},
    "find_co_payer": {"second_repayment_source": True},
    "use_own_phone": {"accounts_on_device": 1},
    "return_to_usual_place": {"unusual_place": False},
    "end_screen_sharing": {"remote_control_app": False},
    "fill_in_yourself": {"form_seconds": CALM_SECONDS},
    "give_own_contact": {"same_contact_applications": 0},
    "leave_helper": {"paid_helper": False},
}
"""Plain facts that an action sets."""


def _part(amount: Decimal, numerator: int | Decimal, denominator: int | Decimal) -> Decimal:
    """That fraction of an amount, to the cent and in the borrower's disfavour."""
    return (amount * numerator / denominator).quantize(CENT, ROUND_UP)


def _pay_overdue(person: Person, minute: int) -> Person:
    """The overdue part is paid; that it was late stays on the report."""
    since = person.calendar.late_since
    if since is None:
        return person
    late = LatePayment(minute, (minute - since) // DAY)
    return person._dated(late_since=None, late_payments=(late, *person.calendar.late_payments))


def _correct_income(person: Person, _: int) -> Person:
    """The stated income comes down to what the second source says."""
    stated, estimate = person.applicant.monthly_income, person.applicant.income_estimate
    if stated is None or estimate is None or stated <= estimate:
        return person
    return person._with(monthly_income=estimate)


def _close_card(person: Person, _: int) -> Person:
    limit = max(ZERO, person.applicant.credit_limit_total - CARD_LIMIT)
    return person._with(credit_limit_total=limit)


_DATED: Mapping[str, Callable[[Person, int], Person]] = {
    "renew_document": lambda p, m: p._dated(document_until=m + DOCUMENT_DAYS * DAY),
    "link_repayment_card": lambda p, m: p._dated(repayment_card_until=m + CARD_DAYS * DAY),
    "use_known_phone": lambda p, m: p._dated(device_since=m - YEAR),
    "change_phone": lambda p, m: p._dated(device_since=m),
    "change_phone_number": lambda p, m: p._dated(phone_since=m),
    "register_phone_number": lambda p, m: p._dated(phone_since=m),
    "apply_elsewhere": lambda p, m: p._dated(enquiries=(m, *p.calendar.enquiries)),
    "pay_overdue": _pay_overdue,
    "correct_income": _correct_income,
    "close_card": _close_card,
}


def _repay_debt(person: Person, amount: Decimal, _: int) -> Person:
    """A part of the debt elsewhere is repaid; its instalments shrink in proportion."""
    owed = person.applicant.outstanding_debt
    if owed == 0:
        return person
    left = max(ZERO, owed - amount)
    changes: dict[str, Any] = {
        "outstanding_debt": left,
        "monthly_debt_payments": _part(person.applicant.monthly_debt_payments, left, owed),
    }
    if left == 0:
        changes["lenders"] = 0
    return person._with(**changes)


def _repay_cards(person: Person, amount: Decimal, _: int) -> Person:
    return person._with(credit_used=max(ZERO, person.applicant.credit_used - amount))


def _repay_here(person: Person, amount: Decimal, minute: int) -> Person:
    """A part of what the account owed when the life began is repaid."""
    paid = min(amount, person.account.own_used)
    account = person.account.model_copy(update={"own_used": person.account.own_used - paid})
    return replace(_repay_debt(person, paid, minute), account=account)


def _add_lender(person: Person, amount: Decimal, minute: int) -> Person:
    """A loan is taken elsewhere: one more lender, debt, instalment and enquiry."""
    now = person.applicant
    monthly = (amount / NEW_DEBT_MONTHS).quantize(CENT, ROUND_UP)
    grown = person._with(
        lenders=min(100, now.lenders + 1),
        outstanding_debt=now.outstanding_debt + amount,
        monthly_debt_payments=now.monthly_debt_payments + monthly,
    )
    return grown._dated(enquiries=(minute, *grown.calendar.enquiries))


def _state_income(person: Person, amount: Decimal, _: int) -> Person:
    return person._with(monthly_income=amount, income_verified=False)


_PAYING: Mapping[str, Callable[[Person, Decimal, int], Person]] = {
    "repay_debt": _repay_debt,
    "repay_cards": _repay_cards,
    "repay_here": _repay_here,
    "add_lender": _add_lender,
    "state_income": _state_income,
}
