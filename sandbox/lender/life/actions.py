"""What a borrower can do in a life, beside letting time pass and sending a request.

Each action is data, so that a stream of events can hold it and a remedy can promise it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from sandbox.lender.facts.fact import Yuan
from sandbox.lender.facts.memory import Evidence

Fix = Literal[
    "complete_profile",
    "correct_profile",
    "grant_permissions",
    "link_repayment_card",
    "link_payout_card",
    "do_face_check",
    "renew_document",
    "correct_name",
    "register_phone_number",
    "give_report_consent",
    "give_data_consent",
    "find_co_payer",
    "correct_income",
    "use_known_phone",
    "use_own_phone",
    "return_to_usual_place",
    "end_screen_sharing",
    "fill_in_yourself",
    "give_own_contact",
    "leave_helper",
    "verify_again",
    "reactivate",
    "look_up",
    "pay_overdue",
    "change_phone_number",
    "change_phone",
    "apply_elsewhere",
    "close_card",
    "pay_instalment",
    "miss_instalment",
]
Paying = Literal["repay_debt", "repay_cards", "repay_here", "add_lender", "state_income"]


class _Action(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Do(_Action):
    """An action that needs no figure."""

    kind: Fix


class Pay(_Action):
    """An action with an amount in yuan: repaid, borrowed, or stated as monthly income."""

    kind: Paying
    amount: Yuan = Field(gt=Decimal(0), le=Decimal(10_000_000))


class CloseDebts(_Action):
    """Repay so many lenders in full, the same share of the debt each."""

    kind: Literal["close_debts"] = "close_debts"
    count: int = Field(ge=1, le=100, strict=True)


class CloseLoansHere(_Action):
    """Repay so many loans of this lender in full, the smallest first."""

    kind: Literal["close_loans_here"] = "close_loans_here"
    count: int = Field(1, ge=1, le=100, strict=True)


class SendEvidence(_Action):
    """Appeal to a reviewer with new evidence."""

    kind: Literal["send_evidence"] = "send_evidence"
    evidence: Evidence


class SetPause(_Action):
    """Set a borrowing pause of so many days for oneself; a longer running one is kept."""

    kind: Literal["set_pause"] = "set_pause"
    days: int = Field(ge=1, le=3650, strict=True)


Action = Annotated[
    Do | Pay | CloseDebts | CloseLoansHere | SendEvidence | SetPause, Field(discriminator="kind")
]
ACTION: TypeAdapter[Action] = TypeAdapter(Action)
KINDS: tuple[str, ...] = (
    *get_args(Fix),
    *get_args(Paying),
    "close_debts",
    "close_loans_here",
    "send_evidence",
    "set_pause",
)
