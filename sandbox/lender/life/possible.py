"""Which actions would change something for this person at this moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sandbox.lender.case import Account, Applicant
from sandbox.lender.life.life import Life

CARD_SOON_DAYS = 30

_WHEN: Mapping[str, Callable[[Applicant, Account, Life], bool]] = MappingProxyType(
    {
        "look_up": lambda p, a, x: any(sent.unresolved for sent in x.sent),
        "verify_again": lambda p, a, x: bool(x.sent) and x.sent[-1].decision.outcome == "step_up",
        "reactivate": lambda p, a, x: x.memory.freezes_since_reactivation > 0 and not x.freeze_left,
        "complete_profile": lambda p, a, x: bool(p.profile_fields_missing),
        "correct_profile": lambda p, a, x: bool(p.profile_fields_wrong),
        "grant_permissions": lambda p, a, x: bool(p.permissions_denied),
        "link_repayment_card": lambda p, a, x: p.repayment_card_days_left <= CARD_SOON_DAYS,
        "link_payout_card": lambda p, a, x: (
            not (p.payout_card_in_own_name and p.payout_card_active)
        ),
        "do_face_check": lambda p, a, x: not p.face_check_done,
        "renew_document": lambda p, a, x: p.document_days_left <= CARD_SOON_DAYS,
        "correct_name": lambda p, a, x: not p.name_matches,
        "register_phone_number": lambda p, a, x: not p.phone_in_own_name,
        "give_report_consent": lambda p, a, x: not p.credit_report_consent,
        "give_data_consent": lambda p, a, x: not p.data_consent,
        "find_co_payer": lambda p, a, x: p.student and not p.second_repayment_source,
        "correct_income": lambda p, a, x: _overstated(p),
        "use_known_phone": lambda p, a, x: p.device_hours_known < 72,
        "use_own_phone": lambda p, a, x: p.accounts_on_device > 1,
        "return_to_usual_place": lambda p, a, x: p.unusual_place,
        "end_screen_sharing": lambda p, a, x: p.remote_control_app,
        "fill_in_yourself": lambda p, a, x: p.form_seconds < 60,
        "give_own_contact": lambda p, a, x: p.same_contact_applications > 0,
        "leave_helper": lambda p, a, x: p.paid_helper,
        "pay_overdue": lambda p, a, x: p.days_past_due > 0,
    }
)


def _overstated(person: Applicant) -> bool:
    stated, estimate = person.monthly_income, person.income_estimate
    return stated is not None and estimate is not None and stated > estimate


def possible(applicant: Applicant, account: Account, life: Life) -> tuple[str, ...]:
    """The fixes that would change something, in the order a person would see to them."""
    return tuple(name for name, when in _WHEN.items() if when(applicant, account, life))
