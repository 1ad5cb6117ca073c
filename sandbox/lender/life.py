"""The borrower's simulated life, computed from what happened: clock, journal, restrictions, loans.

Minutes are simulated minutes since the life began.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sandbox.lender.case import Applicant, Case, History, LoanRequest, Platform
from sandbox.lender.decision import Decision, LookUp
from sandbox.lender.product import offer_for, offered
from sandbox.loans import quote

# Older requests cannot weigh on any counter; leaving them out keeps a long life's case small.
REMEMBERED_MINUTES = 30 * 24 * 60


@dataclass(frozen=True)
class Sent:
    """One request of this life: when it was sent, what it was judged on, what was decided.

    behind is the truth behind a time-out, there from the start; looked_up says whether the
    borrower has seen it.
    """

    id: str
    minute: int
    case: Case
    decision: Decision
    behind: LookUp | None = None
    looked_up: bool = False

    @property
    def unresolved(self) -> bool:
        """Whether the borrower still does not know what became of it."""
        return self.decision.outcome == "unknown" and not self.looked_up


@dataclass(frozen=True)
class TakenLoan:
    """A loan paid out in this life: its request, principal and largest regular instalment."""

    request_id: str
    principal: Decimal
    monthly: Decimal


@dataclass(frozen=True)
class Life:
    """State at the present simulated minute; every change returns a new life."""

    persona: str
    minute: int = 0
    sent: tuple[Sent, ...] = ()
    loans: tuple[TakenLoan, ...] = ()
    cool_down_until: int = 0
    frozen_until: int = 0
    episode: int = 1
    refused_offers: frozenset[str] = field(default_factory=frozenset)

    @property
    def cool_down_left(self) -> int:
        """Minutes left of a cool-down; a freeze takes its place."""
        return 0 if self.freeze_left else max(0, self.cool_down_until - self.minute)

    @property
    def freeze_left(self) -> int:
        """Minutes left of an account freeze."""
        return max(0, self.frozen_until - self.minute)

    def request(self, request_id: str) -> Sent | None:
        """The request with this id, None if this life has none."""
        return next((sent for sent in self.sent if sent.id == request_id), None)

    def in_window(self, minutes: int) -> int:
        """Requests already inside the rolling window that ends now."""
        return sum(1 for sent in self.sent if self.minute - sent.minute < minutes)

    def history(self) -> History:
        """What the lender remembers at this minute."""
        ages = (self.minute - sent.minute for sent in self.sent)
        return History(
            requests_minutes_ago=tuple(age for age in ages if age < REMEMBERED_MINUTES)[-500:],
            cool_down_left_minutes=self.cool_down_left,
            freeze_left_minutes=self.freeze_left,
            unresolved_requests=min(100, sum(1 for sent in self.sent if sent.unresolved)),
        )

    def case(
        self, request: LoanRequest, applicant: Applicant, platform: Platform, seed: int
    ) -> Case:
        """The case a request sent now is judged on: loans of this life weigh on the applicant."""
        owed = sum((loan.principal for loan in self.loans), Decimal(0))
        monthly = sum((loan.monthly for loan in self.loans), Decimal(0))
        present = aged(applicant, self.minute)
        burdened = present.model_copy(
            update={
                "outstanding_debt": present.outstanding_debt + owed,
                "monthly_debt_payments": present.monthly_debt_payments + monthly,
            }
        )
        return Case(
            request=request,
            applicant=burdened,
            history=self.history(),
            platform=platform,
            seed=seed,
        )

    def advanced(self, minutes: int) -> Life:
        """The life after that many minutes. Raises ValueError unless minutes is positive."""
        if minutes <= 0:
            raise ValueError("the clock only runs forward")
        return replace(self, minute=self.minute + minutes)

    def after(self, request_id: str, case: Case, decision: Decision, behind: LookUp | None) -> Life:
        """The life after a request was decided; behind is the truth behind a time-out."""
        sent = Sent(request_id, self.minute, case, decision, behind)
        binding = behind.decision if behind and behind.decision else decision
        frozen_until = self.frozen_until
        if binding.freeze_minutes:
            frozen_until = max(frozen_until, self.minute + binding.freeze_minutes)
        cool_down_until = self.cool_down_until
        if binding.cool_down_minutes:
            cool_down_until = max(cool_down_until, self.minute + binding.cool_down_minutes)
        life = replace(
            self,
            sent=(*self.sent, sent),
            frozen_until=frozen_until,
            cool_down_until=0 if frozen_until > self.minute else cool_down_until,
        )
        # A request that arrived before the line broke was paid out all the same: that nobody
        # saw the answer does not undo the loan.
        return life._with_loan(sent, binding) if binding is not decision else life

    def accepted(self, request_id: str) -> Life:
        """The life after an approved offer was taken; unchanged if there is no open offer."""
        sent = self.request(request_id)
        if sent is None or not self.offer_open(sent):
            return self
        return self._with_loan(sent, sent.decision)

    def walked_away(self, request_id: str) -> Life:
        """The life after an offer was turned down."""
        return replace(self, refused_offers=self.refused_offers | {request_id})

    def looked_up(self, request_id: str) -> Life:
        """The life after the status of a request was looked up."""
        sent = tuple(
            replace(entry, looked_up=True) if entry.id == request_id else entry
            for entry in self.sent
        )
        return replace(self, sent=sent)

    def offer_open(self, sent: Sent) -> bool:
        """Whether an approval still waits for the borrower's answer."""
        answered = sent.id in self.refused_offers or self.has_loan(sent.id)
        return sent.decision.approved and not answered

    def has_loan(self, request_id: str) -> bool:
        """Whether this request was paid out."""
        return any(loan.request_id == request_id for loan in self.loans)

    def _with_loan(self, sent: Sent, decision: Decision) -> Life:
        if decision.price is None:
            return self
        request = offered(sent.case.request, decision.amount)
        rows = quote(offer_for(request, decision.price.annual_rate)).rows
        regular = rows[:-1] if len(rows) > 1 else rows
        monthly = max(row.payment for row in regular)
        loan = TakenLoan(sent.id, request.amount, monthly)
        return replace(self, loans=(*self.loans, loan))


def aged(applicant: Applicant, minutes: int) -> Applicant:
    """The same person that many simulated minutes later.

    The phone becomes known, the document nears its end, an unpaid instalment gets later, and
    enquiries from before the life began leave the 30-day count after 30 days.
    """
    hours, days = minutes // 60, minutes // (24 * 60)
    late = applicant.days_past_due
    return applicant.model_copy(
        update={
            "device_hours_known": min(1_000_000, applicant.device_hours_known + hours),
            "document_days_left": max(-40_000, applicant.document_days_left - days),
            "days_past_due": min(10_000, late + days) if late else 0,
            "hard_enquiries_30d": 0 if days >= 30 else applicant.hard_enquiries_30d,
        }
    )


def fold(happened: Iterable[tuple[str, Mapping[str, object]]], persona: str) -> Life:
    """Compute the present life from (kind, data) pairs in the order they happened.

    Kinds that are not the sandbox's are passed over, so that a learner's whole stream can be given.
    A stored decision is taken as it was made, never made again.
    """
    life = Life(persona=persona)
    cases: dict[str, Case] = {}
    for kind, data in happened:
        key = str(data.get("request", ""))
        if kind == "life_started":
            life = Life(persona=str(data["persona"]), episode=life.episode + 1)
        elif kind == "clock_advanced":
            life = life.advanced(int(str(data["minutes"])))
        elif kind == "request_sent":
            cases[key] = Case.model_validate(data["case"])
        elif kind == "decision_made":
            decision = Decision.model_validate(data["decision"])
            behind = LookUp.model_validate(data["behind"]) if data.get("behind") else None
            life = life.after(key, cases[key], decision, behind)
        elif kind == "offer_accepted":
            life = life.accepted(key)
        elif kind == "offer_declined":
            life = life.walked_away(key)
        elif kind == "status_looked_up":
            life = life.looked_up(key)
    return life
