"""The borrower's simulated life: clock, requests, loans, what the account remembers.

Minutes are simulated minutes since the life began. Every change returns a new life.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sandbox.lender.case import Account, Applicant, Case, History, LoanRequest, Platform
from sandbox.lender.decision import Decision, LookUp
from sandbox.lender.life import deeds
from sandbox.lender.life.actions import Action
from sandbox.lender.life.loans import TakenLoan
from sandbox.lender.life.memory import Memory
from sandbox.lender.life.person import Person
from sandbox.lender.product import LimitPolicy, offer_for, offered
from sandbox.lender.regimes import BASELINE
from sandbox.loans import quote

NO_ACCOUNT = Account()
USUAL_POLICY = LimitPolicy()


@dataclass(frozen=True)
class Sent:
    """One request of this life: when it was sent, what it was judged on, what was decided.

    behind is the truth behind a time-out, there from the start; looked_up says whether the
    borrower has seen it. key is the idempotency key it was sent under, its own id unless it was
    sent again as the same request.
    """

    id: str
    minute: int
    case: Case
    decision: Decision
    behind: LookUp | None = None
    looked_up: bool = False
    key: str = ""

    @property
    def unresolved(self) -> bool:
        """Whether the borrower still does not know what became of it."""
        return self.decision.outcome == "unknown" and not self.looked_up

    @property
    def received(self) -> bool:
        """Whether the lender has a decision under this request's key."""
        if self.decision.outcome == "unknown":
            return self.behind is not None and self.behind.arrived
        return self.decision.outcome not in ("retry_later", "duplicate")


@dataclass(frozen=True)
class Own:
    """Facts of a life that was made to measure: the applicant and the account at its start."""

    applicant: Applicant
    account: Account = NO_ACCOUNT


@dataclass(frozen=True)
class Life:
    """State at the present simulated minute.

    persona is the ready person it began with, own the facts instead, where the learner made them.
    acts are what the person did and when, for the facts of the person; reads the minutes at which
    this lender looked at the credit report.
    """

    persona: str
    minute: int = 0
    sent: tuple[Sent, ...] = ()
    loans: tuple[TakenLoan, ...] = ()
    memory: Memory = field(default_factory=Memory)
    episode: int = 1
    refused_offers: frozenset[str] = field(default_factory=frozenset)
    own: Own | None = None
    acts: tuple[tuple[int, Action], ...] = ()
    reads: tuple[int, ...] = ()
    regime: str = BASELINE

    @property
    def cool_down_left(self) -> int:
        """Minutes left of a cool-down; a freeze takes its place."""
        return self.memory.cool_down_left(self.minute)

    @property
    def freeze_left(self) -> int:
        """Minutes left of an account freeze."""
        return self.memory.freeze_left(self.minute)

    def request(self, request_id: str) -> Sent | None:
        """The request with this id, None if this life has none."""
        return next((sent for sent in self.sent if sent.id == request_id), None)

    def in_window(self, minutes: int) -> int:
        """Requests already inside the rolling window that ends now."""
        return sum(1 for moment in self.memory.requests if self.minute - moment < minutes)

    def history(self, key: str = "") -> History:
        """What the lender remembers at this minute of a request sent under this key.

        Sending the same request again under its own key is safe, so it does not count as open.
        """
        others = [sent for sent in self.sent if not key or sent.key != key]
        same = [sent for sent in self.sent if key and sent.key == key]
        return self.memory.history(
            self.minute,
            sum(1 for sent in others if sent.unresolved),
            sum(1 for sent in same if sent.received),
        )

    def person(self, applicant: Applicant, account: Account = NO_ACCOUNT) -> Person:
        """The person after everything done so far, from the facts at the start of the life."""
        start = self.own or Own(applicant, account)
        person = Person.begin(start.applicant, start.account)
        for minute, action in self.acts:
            person = person.acted(action, minute)
        return person

    def case(
        self,
        request: LoanRequest,
        applicant: Applicant,
        platform: Platform,
        seed: int,
        *,
        account: Account = NO_ACCOUNT,
        key: str = "",
        policy: LimitPolicy = USUAL_POLICY,
    ) -> Case:
        """The case a request sent now is judged on.

        applicant and account are the facts at the start of the life; a life made to measure has
        its own. Loans of this life weigh on both. key is the idempotency key it is sent under.
        """
        person = self.person(applicant, account)
        return Case.model_construct(
            request=request,
            applicant=self._applicant(person),
            account=self._account(person.account, policy),
            history=self.history(key),
            platform=platform,
            seed=seed,
        )

    def _applicant(self, person: Person) -> Applicant:
        """The report with this life's loans, late payments and enquiries on it."""
        now, minute = person.at(self.minute), self.minute
        loans = [loan for loan in self.loans if loan.is_open(minute)]
        if not self.loans and not self.reads:
            return now
        late = [entry for loan in self.loans for entry in loan.late_payments(minute)]
        report = replace(
            person.calendar,
            enquiries=(*person.calendar.enquiries, *self.reads),
            late_payments=(*person.calendar.late_payments, *late),
        ).facts(minute)
        days_late = max((loan.days_late(minute) for loan in loans), default=0)
        monthly = sum((loan.monthly for loan in loans), Decimal(0))
        owed = sum((loan.balance(minute) for loan in loans), Decimal(0))
        return now.model_copy(
            update=report
            | {
                "lenders": min(100, now.lenders + bool(loans)),
                "outstanding_debt": now.outstanding_debt + owed,
                "monthly_debt_payments": now.monthly_debt_payments + monthly,
                "days_past_due": max(now.days_past_due, days_late),
            }
        )

    def _account(self, account: Account, policy: LimitPolicy) -> Account:
        """The limit as payment so far has moved it, and what is used of it."""
        minute, cut = self.minute, self.memory.cut_percent(self.minute)
        if not self.loans and not cut:
            return account
        on_time = sum(loan.on_time(minute) for loan in self.loans)
        missed = sum(loan.ever_missed(minute) for loan in self.loans)
        used = sum((loan.balance(minute) for loan in self.loans), Decimal(0))
        still_open = sum(1 for loan in self.loans if loan.is_open(minute))
        return account.model_copy(
            update={
                "own_limit": policy.limit(account.own_limit, on_time, missed),
                "own_used": account.own_used + used,
                "open_loans": min(100, account.open_loans + still_open),
                "limit_cut_percent": min(100, account.limit_cut_percent + cut),
            }
        )

    def advanced(self, minutes: int) -> Life:
        """The life after that many minutes. Raises ValueError unless minutes is positive."""
        if minutes <= 0:
            raise ValueError("the clock only runs forward")
        return replace(self, minute=self.minute + minutes)

    def after(
        self,
        request_id: str,
        case: Case,
        decision: Decision,
        behind: LookUp | None,
        key: str = "",
    ) -> Life:
        """The life after a request was decided; behind is the truth behind a time-out.

        key is the idempotency key where the request repeats an earlier one as the same.
        """
        key = key or request_id
        sent = Sent(request_id, self.minute, case, decision, behind, key=key)
        binding = behind.decision if behind and behind.decision else decision
        memory = replace(self.memory, requests=(*self.memory.requests, self.minute), same_key=0)
        life = replace(
            self,
            sent=(*self.sent, sent),
            memory=memory.after(binding, self.minute),
            reads=(*self.reads, self.minute) if binding.report_read else self.reads,
        )
        if decision.outcome == "duplicate":
            return life._answered(key)
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
        """The life after an offer was turned down, or a request cancelled."""
        memory = replace(self.memory, cancels=(*self.memory.cancels, self.minute))
        return replace(self, refused_offers=self.refused_offers | {request_id}, memory=memory)

    def looked_up(self, request_id: str) -> Life:
        """The life after the status of a request was looked up."""
        return self._seen(lambda sent: sent.id == request_id)

    def _answered(self, key: str) -> Life:
        """The answer to a duplicate tells what became of the first request."""
        return self._seen(lambda sent: bool(key) and sent.key == key)

    def _seen(self, which: Callable[[Sent], bool]) -> Life:
        sent = tuple(replace(s, looked_up=True) if which(s) else s for s in self.sent)
        return replace(self, sent=sent)

    def acted(self, action: Action, minutes: int = 0) -> Life:
        """The life after an action that took so many minutes."""
        life = self.advanced(minutes) if minutes > 0 else self
        return deeds.done(life, action)

    def under(self, regime: str) -> Life:
        """The life from the day another policy regime is in force."""
        return replace(self, regime=regime)

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
        request, rate = offered(sent.case.request, decision.amount), decision.price.annual_rate
        priced = quote(offer_for(request, rate))
        loan = TakenLoan.of(sent.id, priced, self.minute)
        return replace(self, loans=(*self.loans, loan))
