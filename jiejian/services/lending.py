"""The borrower's seat: send a request, let time pass, look an outcome up, answer an offer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from jiejian.errors import InvalidInput, NotFound
from jiejian.services.actor import Actor
from jiejian.services.journal import Journal, Past
from jiejian.store.records import Event
from sandbox.lender.case import Applicant, Case, LoanRequest, Platform
from sandbox.lender.decide import decide, look_up
from sandbox.lender.decision import Decision, LookUp
from sandbox.lender.lenderbook import LenderBook, Persona
from sandbox.lender.life import Life, Sent, fold
from sandbox.lender.product import offer_for, offered
from sandbox.lender.regimes import BASELINE
from sandbox.loans import Quote, quote

# Two clicks of one hand lie closer together than anyone can have meant as two requests.
DOUBLE_CLICK = timedelta(seconds=1)
STEPS = (10, 60, 6 * 60, 24 * 60, 3 * 24 * 60, 30 * 24 * 60)
LONGEST_LIFE = 20 * 365 * 24 * 60


@dataclass(frozen=True)
class Ask:
    """What the form holds. amount is yuan as typed; the flags are the learner's own situation."""

    amount: str | Decimal
    term_months: int
    method: str
    purpose: str
    incident: str = "none"
    face_check_done: bool = True
    document_valid: bool = True
    phone_in_own_name: bool = True
    payout_card_in_own_name: bool = True
    credit_report_consent: bool = True
    second_repayment_source: bool = False
    known_phone: bool = True
    profile_fields_missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seat:
    """What the borrower sees before the next request.

    window_minutes and window_limit are the velocity rule's own: the request number window_limit
    inside the window trips it.
    """

    life: Life
    in_window: int
    window_minutes: int
    window_limit: int

    @property
    def unresolved(self) -> tuple[Sent, ...]:
        """Requests whose outcome nobody has looked up."""
        return tuple(sent for sent in self.life.sent if sent.unresolved)

    @property
    def latest(self) -> Sent | None:
        """The newest request of this life."""
        return self.life.sent[-1] if self.life.sent else None


@dataclass(frozen=True)
class StoredRequest:
    """A request as it was decided, from any of the learner's lives.

    minute is simulated, at is real time; offer_taken tells whether it was paid out.
    """

    sent: Sent
    at: datetime
    life_number: int
    offer_taken: bool


class Lending:
    """All a borrower can do at the glass-box lender."""

    def __init__(self, journal: Journal, book: LenderBook) -> None:
        self._journal = journal
        self.book = book

    def seat(self, actor: Actor) -> Seat:
        """The present state of the learner's simulated life."""
        return self._seat(self._journal.read(actor))

    def submit(self, actor: Actor, ask: Ask, key: str, same_as: str = "") -> Seat:
        """Send one request and record the decision.

        The same key, or the same request within a second, is one request. same_as is the id of an
        earlier request to send again as the same one, under its idempotency key, which is safe
        while its outcome is unknown. Raises InvalidInput naming the field, NotFound.
        """
        request, platform = self._request(ask)

        def happen(past: Past) -> Iterable[Event]:
            life = self._life(past)
            first = life.request(same_as) if same_as else None
            if same_as and first is None:
                raise NotFound("request", same_as)
            applicant = self._applicant(ask, life)
            seed = int.from_bytes(hashlib.sha256(f"{actor.learner}:{key}".encode()).digest()[:6])
            case = life.case(
                request,
                applicant,
                platform,
                seed,
                account=self._persona(life).account,
                key=first.key if first else "",
                policy=self.book.product.limit_policy,
            )
            if self._double_click(past, case):
                return
            sent = {
                "request": key,
                "case": case.model_dump(mode="json"),
                "minute": life.minute,
                "key": first.key if first else key,
            }
            yield self._journal.event("request_sent", sent, key)
            yield self._journal.event("decision_made", self._decided(key, case, life))

        past, _ = self._journal.record(actor, key, happen)
        return self._seat(past)

    def advance(self, actor: Actor, minutes: int, key: str) -> Seat:
        """Let simulated minutes pass. Raises InvalidInput for a step that is not offered."""
        if minutes not in STEPS:
            raise InvalidInput("minutes", "not_offered", allowed=STEPS)

        def happen(past: Past) -> Iterable[Event]:
            if self._life(past).minute + minutes > LONGEST_LIFE:
                raise InvalidInput("minutes", "life_too_long")
            yield self._journal.event("clock_advanced", {"minutes": minutes}, key)

        past, _ = self._journal.record(actor, key, happen)
        return self._seat(past)

    def look_up(self, actor: Actor, request_id: str, key: str) -> Seat:
        """Look up what became of a timed-out request. Raises NotFound."""

        def happen(past: Past) -> Iterable[Event]:
            sent = self._life(past).request(request_id)
            if sent is None:
                raise NotFound("request", request_id)
            if sent.unresolved:
                yield self._journal.event("status_looked_up", {"request": request_id}, key)

        past, _ = self._journal.record(actor, key, happen)
        return self._seat(past)

    def answer_offer(self, actor: Actor, request_id: str, take: bool, key: str) -> Seat:
        """Take an approved offer or walk away from it. Raises NotFound."""

        def happen(past: Past) -> Iterable[Event]:
            life = self._life(past)
            sent = life.request(request_id)
            if sent is None:
                raise NotFound("request", request_id)
            if life.offer_open(sent):
                kind = "offer_accepted" if take else "offer_declined"
                yield self._journal.event(kind, {"request": request_id}, key)

        past, _ = self._journal.record(actor, key, happen)
        return self._seat(past)

    def start_life(self, actor: Actor, persona: str, key: str) -> Seat:
        """Begin a new simulated life; earlier requests stay in the journal. Raises NotFound."""
        if persona not in self.book.personas:
            raise NotFound("persona", persona)

        def happen(_: Past) -> Iterable[Event]:
            yield self._journal.event("life_started", {"persona": persona}, key)

        past, _ = self._journal.record(actor, key, happen)
        return self._seat(past)

    def requests(self, actor: Actor) -> tuple[StoredRequest, ...]:
        """Every request of every life, newest first."""
        past = self._journal.read(actor)
        found: list[StoredRequest] = []
        chapter: list[Event] = []
        number = 1
        for event in past:
            if event.kind == "life_started":
                found += self._chapter(chapter, number)
                chapter, number = [], number + 1
            chapter.append(event)
        found += self._chapter(chapter, number)
        return tuple(reversed(found))

    def request(self, actor: Actor, request_id: str) -> StoredRequest:
        """One stored request of this learner. Raises NotFound."""
        for stored in self.requests(actor):
            if stored.sent.id == request_id:
                return stored
        raise NotFound("request", request_id)

    def rehearsal(self) -> Life:
        """A fresh life that nobody records, to try things out in a lesson."""
        return Life(persona=self._default_persona())

    def rehearse(self, life: Life) -> Life:
        """The life five minutes and one ordinary request later; nothing is recorded."""
        person = self.book.personas[life.persona].applicant
        later = life.advanced(5) if life.sent else life
        case = later.case(LoanRequest(), person, Platform(), seed=0)
        return later.after(f"rehearsal-{len(life.sent)}", case, decide(case, self.book), None)

    def same_today(self, sent: Sent) -> Decision:
        """The same case decided again by today's book; the stored decision stays as it is."""
        return decide(sent.case, self.book)

    def offer(self, case: Case, decision: Decision) -> Quote | None:
        """The schedule and cost of an approved request, None if there is no price."""
        if decision.price is None:
            return None
        return quote(offer_for(offered(case.request, decision.amount), decision.price.annual_rate))

    def _chapter(self, events: list[Event], number: int) -> list[StoredRequest]:
        life = fold(((e.kind, e.data) for e in events), self._default_persona())
        at = {e.data["request"]: e.at for e in events if e.kind == "request_sent"}
        return [
            StoredRequest(sent, datetime.fromisoformat(at[sent.id]), number, life.has_loan(sent.id))
            for sent in life.sent
        ]

    def _default_persona(self) -> str:
        return next(iter(self.book.personas))

    def _life(self, past: Past) -> Life:
        return fold(past.pairs(), self._default_persona())

    def _seat(self, past: Past) -> Seat:
        life = self._life(past)
        window, limit = self.velocity()
        return Seat(life, life.in_window(window), window, limit)

    def velocity(self) -> tuple[int, int]:
        """Window and tripping count of the velocity rule, as its file has them now."""
        rule = self.book.rule("velocity-1h")
        if rule is None:
            return 60, 0
        trip = next((band.low for band in rule.bands if band.outcome != "pass"), None)
        return rule.params["window_minutes"], int(trip or 0)

    def _request(self, ask: Ask) -> tuple[LoanRequest, Platform]:
        product = self.book.product
        try:
            request = LoanRequest.model_validate(
                {
                    "amount": ask.amount,
                    "term_months": ask.term_months,
                    "method": ask.method,
                    "purpose": ask.purpose,
                }
            )
            platform = Platform.model_validate({"incident": ask.incident})
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            field = str(problem["loc"][0])
            details: dict[str, Any] = {}
            if field == "amount":
                details = {"low": product.amount_min, "high": product.amount_max}
            raise InvalidInput(field, problem["type"], **details) from None
        if not product.amount_min <= request.amount <= product.amount_max:
            limits = {"low": product.amount_min, "high": product.amount_max}
            raise InvalidInput("amount", "out_of_range", **limits)
        if request.term_months not in product.terms:
            raise InvalidInput("term_months", "not_offered", allowed=product.terms)
        return request, platform

    def _persona(self, life: Life) -> Persona:
        return self.book.personas.get(life.persona) or self.book.personas[self._default_persona()]

    def _applicant(self, ask: Ask, life: Life) -> Applicant:
        person = self._persona(life).applicant
        changes: dict[str, Any] = {
            "face_check_done": ask.face_check_done,
            "phone_in_own_name": ask.phone_in_own_name,
            "payout_card_in_own_name": ask.payout_card_in_own_name,
            "credit_report_consent": ask.credit_report_consent,
            "second_repayment_source": ask.second_repayment_source,
            "profile_fields_missing": ask.profile_fields_missing,
        }
        if not ask.document_valid:
            changes["document_days_left"] = -1
        if not ask.known_phone:
            changes["device_hours_known"] = 0
        if "income" in ask.profile_fields_missing:
            changes["monthly_income"] = None
        try:
            return Applicant.model_validate(person.model_dump() | changes)
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            raise InvalidInput(str(problem["loc"][0]), problem["type"]) from None

    def _decided(self, key: str, case: Case, life: Life) -> dict[str, Any]:
        book = self.book.under(life.regime if life.regime in self.book.regimes else BASELINE)
        decision = decide(case, book)
        behind: LookUp | None = look_up(case, book) if decision.outcome == "unknown" else None
        return {
            "request": key,
            "decision": decision.model_dump(mode="json"),
            "behind": behind.model_dump(mode="json") if behind else None,
        }

    def _double_click(self, past: Past, case: Case) -> bool:
        newest = max(past.of("request_sent"), key=lambda event: event.at, default=None)
        if newest is None:
            return False
        age = self._journal.now() - datetime.fromisoformat(newest.at)
        asked = case.model_dump(mode="json")
        return timedelta(0) <= age < DOUBLE_CLICK and all(
            newest.data["case"][part] == asked[part] for part in ("request", "platform")
        )
