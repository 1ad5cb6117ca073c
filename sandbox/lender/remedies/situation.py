"""A borrower about to send a request: the life so far, the request planned, the platform's state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from sandbox.lender.book import LenderBook
from sandbox.lender.case import Account, Applicant, Case, LoanRequest, Platform
from sandbox.lender.decide import look_up
from sandbox.lender.decision import Decision
from sandbox.lender.life.actions import Action, CloseDebts, CloseLoansHere, Pay
from sandbox.lender.life.calendar import MONTH
from sandbox.lender.life.deeds import smallest_loans
from sandbox.lender.life.life import NO_ACCOUNT, USUAL_POLICY, Life, Own
from sandbox.lender.life.memory import Memory
from sandbox.lender.life.person import Person
from sandbox.lender.product import LimitPolicy
from sandbox.lender.remedies.steps import Act, AskFor, Cost, Step, Wait

BORROWING = ("add_lender", "state_income")
USUAL_PLATFORM = Platform()


@dataclass(frozen=True)
class Situation:
    """Everything the next request depends on.

    applicant and account are the facts at the start of the life. incident_until is the minute at
    which the platform works normally again.
    """

    life: Life
    applicant: Applicant
    request: LoanRequest
    account: Account = NO_ACCOUNT
    platform: Platform = USUAL_PLATFORM
    incident_until: int = 0
    seed: int = 0
    policy: LimitPolicy = USUAL_POLICY

    @classmethod
    def of(cls, case: Case, book: LenderBook) -> Situation:
        """The situation behind a single case: a life that begins at this moment."""
        account = case.account.model_copy(update={"limit_cut_percent": 0})
        memory = Memory.of(case.history, case.account.limit_cut_percent)
        life = Life(persona="", own=Own(case.applicant, account), memory=memory)
        return cls.now(life, case.applicant, case.request, account, case.platform, book)

    @classmethod
    def now(
        cls,
        life: Life,
        applicant: Applicant,
        request: LoanRequest,
        account: Account,
        platform: Platform,
        book: LenderBook,
    ) -> Situation:
        """The situation of a life at its present minute."""
        left = platform.incident_left_minutes or book.product.incident_minutes
        if platform == USUAL_PLATFORM:
            left = 0
        return cls(
            life=life,
            applicant=applicant,
            request=request,
            account=account,
            platform=platform,
            incident_until=life.minute + left,
            policy=book.product.limit_policy,
        )

    def case(self) -> Case:
        """The case of a request sent now."""
        return self.life.case(
            self.request,
            self.applicant,
            self.platform_after(0),
            self.seed,
            account=self.account,
            policy=self.policy,
        )

    def person(self) -> Person:
        """The person at this moment."""
        return self.life.person(self.applicant, self.account)

    def platform_after(self, minutes: int) -> Platform:
        """The platform so many minutes from now: an incident ends, then all is as usual."""
        left = self.incident_until - self.life.minute - minutes
        if left <= 0:
            return USUAL_PLATFORM
        return self.platform.model_copy(update={"incident_left_minutes": left})

    def after(self, case: Case, decision: Decision, book: LenderBook) -> Situation:
        """The situation once this case was sent and decided."""
        behind = look_up(case, book) if decision.outcome == "unknown" else None
        sent = f"sent-{len(self.life.sent)}"
        return replace(self, life=self.life.after(sent, case, decision, behind))

    def stepped(self, step: Step) -> Situation:
        """The situation after a step."""
        match step:
            case Wait():
                return replace(self, life=self.life.advanced(step.minutes))
            case AskFor():
                return replace(self, request=step.of(self.request))
            case Act():
                return replace(self, life=self.life.acted(step.action, step.minutes))

    def cost(self, step: Step, book: LenderBook) -> Cost:
        """What a step takes here."""
        match step:
            case Wait():
                return Cost(minutes=step.minutes)
            case AskFor():
                less = self.request.amount - (step.amount or self.request.amount)
                return Cost(less=max(Decimal(0), less))
            case Act():
                fee = book.actions[step.action.kind].fee
                return Cost(yuan=fee + self._price(step.action), minutes=step.minutes)

    def _price(self, action: Action) -> Decimal:
        """The money an action itself moves."""
        match action:
            case Pay():
                return Decimal(0) if action.kind in BORROWING else action.amount
            case CloseDebts():
                return self.person().debt_share(action.count)
            case CloseLoansHere():
                return self._loans_here(action.count)
        if action.kind == "pay_overdue":
            return self._overdue()
        return Decimal(0)

    def _overdue(self) -> Decimal:
        """What is late here and elsewhere; elsewhere one instalment for every month begun."""
        minute, person = self.life.minute, self.person()
        here = sum((loan.overdue(minute) for loan in self.life.loans), Decimal(0))
        since = person.calendar.late_since
        if since is None:
            return here
        months = -((since - minute) // MONTH)
        elsewhere = person.applicant.monthly_debt_payments * max(1, months)
        return here + min(elsewhere, max(person.applicant.outstanding_debt, elsewhere / months))

    def _loans_here(self, count: int) -> Decimal:
        chosen = smallest_loans(self.life, count)
        balances = (loan.balance(self.life.minute) for loan in chosen)
        return sum(balances, self.person().loan_share(count - len(chosen)))

    def turning_points(self, window: int | None) -> tuple[int, ...]:
        """Later minutes at which something changes by itself, rising.

        window is a rolling window's length, for the counters that look through it.
        """
        life, now = self.life, self.life.minute
        found = {self.incident_until, *life.memory.turning_points()}
        found |= set(self.person().calendar.turning_points())
        found |= {read + days * 24 * 60 for read in life.reads for days in (30, 90)}
        if window is not None:
            memory = life.memory
            for moments in (memory.requests, memory.cancels, memory.refusals, memory.freezes):
                found |= {moment + window for moment in moments}
        return tuple(sorted(minute for minute in found if minute > now))
