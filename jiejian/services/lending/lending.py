"""The borrower's seat: send a request, let time pass, act, follow advice, answer an offer."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from jiejian.errors import InvalidInput, NotFound
from jiejian.services.actor import Actor
from jiejian.services.journal import Journal, Past
from jiejian.services.lending import asking
from jiejian.services.lending.asking import Ask
from jiejian.services.lending.seat import Comparison, Seat, Shift, StoredRequest
from jiejian.store.records import Event
from sandbox.lender.book import LenderBook, Persona
from sandbox.lender.case import Case, LoanRequest, Platform
from sandbox.lender.decide import decide, look_up
from sandbox.lender.decision import Decision, LookUp
from sandbox.lender.difference import Difference, difference
from sandbox.lender.facts.catalogue import FACTS
from sandbox.lender.goals import met
from sandbox.lender.life import Life, Sent, fold
from sandbox.lender.life.possible import possible
from sandbox.lender.product import offer_for, offered
from sandbox.lender.regimes import BASELINE
from sandbox.lender.remedies import Act, Advice, AskFor, Situation, Wait, remedies
from sandbox.lender.seatwords import SeatWords
from sandbox.loans import Quote, quote

# Two clicks of one hand lie closer together than anyone can have meant as two requests.
DOUBLE_CLICK = timedelta(seconds=1)
STEPS = (10, 60, 6 * 60, 24 * 60, 3 * 24 * 60, 30 * 24 * 60)
LONGEST_LIFE = 20 * 365 * 24 * 60
ADVICE_KEPT = 512


class Lending:
    """All a borrower can do at the glass-box lender."""

    def __init__(self, journal: Journal, book: LenderBook, words: SeatWords) -> None:
        self._journal = journal
        self.book = book
        self.words = words
        self._advice: OrderedDict[tuple[object, ...], Advice] = OrderedDict()

    def seat(self, actor: Actor) -> Seat:
        """The present state of the learner's simulated life."""
        return self._seat(self._journal.read(actor))

    def submit(self, actor: Actor, ask: Ask, key: str, platform: Platform | None = None) -> Seat:
        """Send one request and record the decision.

        platform: the state it meets in a world others share; by default the one asked for. The
        same key, or the same request within a second, is one request. Raises InvalidInput naming
        the field, NotFound for a request to repeat that is not there.
        """
        request, asked_for = asking.checked_request(ask, self.book.product)
        met = asked_for if platform is None else platform

        def happen(past: Past) -> Iterable[Event]:
            life = self._life(past)
            first = life.request(ask.same_as) if ask.same_as else None
            if ask.same_as and first is None:
                raise NotFound("request", ask.same_as)
            seed = _seed(actor, key)
            case = self._case(life, request, met, seed, first.key if first else "")
            if not self._double_click(past, case):
                yield from self._sent(key, life, case, first.key if first else key)

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

        return self._record(actor, key, happen)

    def act(self, actor: Actor, given: Mapping[str, Any], key: str) -> Seat:
        """Do something in the life; it takes its simulated time. Raises InvalidInput."""
        action = asking.checked_action(given)
        minutes = self.book.actions[action.kind].minutes

        def happen(past: Past) -> Iterable[Event]:
            if self._life(past).minute + minutes > LONGEST_LIFE:
                raise InvalidInput("minutes", "life_too_long")
            yield self._acted(action.model_dump(mode="json"), minutes, key)

        return self._record(actor, key, happen)

    def follow(self, actor: Actor, request_id: str, option: int, key: str) -> Seat:
        """Do every step of an option of the advice and send the request again.

        Raises NotFound if the request is not the newest, InvalidInput if there is no such option.
        """

        def happen(past: Past) -> Iterable[Event]:
            life = self._life(past)
            sent = life.sent[-1] if life.sent else None
            if sent is None or sent.id != request_id:
                raise NotFound("request", request_id)
            options = self._advise(actor, life, sent).options
            if not 0 <= option < len(options):
                raise InvalidInput("option", "not_offered")
            situation = self._situation(life, sent)
            # The first event carries the key, so that following twice is following once.
            carried: str | None = key
            for step in options[option].steps:
                if isinstance(step, Wait):
                    data = {"minutes": step.minutes}
                    yield self._journal.event("clock_advanced", data, carried)
                elif isinstance(step, Act):
                    action = step.action.model_dump(mode="json")
                    yield self._acted(action, step.minutes, carried)
                if not isinstance(step, AskFor):
                    carried = None
                situation = situation.stepped(step)
            seed = _seed(actor, key)
            case = situation.case().model_copy(update={"seed": seed})
            yield from self._sent(f"{key}-sent", situation.life, case, f"{key}-sent", carried)

        return self._record(actor, key, happen)

    def look_up(self, actor: Actor, request_id: str, key: str) -> Seat:
        """Look up what became of a timed-out request. Raises NotFound."""

        def happen(past: Past) -> Iterable[Event]:
            if self._known(past, request_id).unresolved:
                yield self._journal.event("status_looked_up", {"request": request_id}, key)

        return self._record(actor, key, happen)

    def answer_offer(self, actor: Actor, request_id: str, take: bool, key: str) -> Seat:
        """Take an approved offer or walk away from it. Raises NotFound."""

        def happen(past: Past) -> Iterable[Event]:
            if self._life(past).offer_open(self._known(past, request_id)):
                kind = "offer_accepted" if take else "offer_declined"
                yield self._journal.event(kind, {"request": request_id}, key)

        return self._record(actor, key, happen)

    def start_life(
        self,
        actor: Actor,
        persona: str,
        key: str,
        faults: Sequence[str] = (),
        own: Mapping[str, Any] | None = None,
    ) -> Seat:
        """Begin a new simulated life; earlier requests stay in the journal.

        faults are what is wrong with the person today, own facts that replace the persona's.
        Raises NotFound, InvalidInput.
        """
        if persona not in self.book.personas:
            raise NotFound("persona", persona)
        person = self.book.personas[persona]
        made = asking.made_to_measure(person, faults, own or {}, self.words)

        def happen(_: Past) -> Iterable[Event]:
            data = {"persona": persona, "faults": list(faults), **(made or {})}
            yield self._journal.event("life_started", data, key)

        return self._record(actor, key, happen)

    def set_regime(self, actor: Actor, regime: str, key: str) -> Seat:
        """Another set of rules comes into force in this life. Raises NotFound."""
        asking.known_regime(self.book, regime)

        def happen(past: Past) -> Iterable[Event]:
            if self._life(past).regime != regime:
                yield self._journal.event("regime_changed", {"regime": regime}, key)

        return self._record(actor, key, happen)

    def advice(self, actor: Actor, seat: Seat) -> Advice:
        """What would change the newest request's outcome; empty if it was approved in full."""
        sent = seat.latest
        if sent is None or sent.decision.outcome in ("approved", "duplicate"):
            return Advice()
        if seat.unresolved:
            return Advice(look_up_first=True)
        return self._advise(actor, seat.life, sent)

    def under_present_rules(self, seat: Seat, sent: Sent) -> Difference | None:
        """How the request would fare under the rules now in force; None if they are the same."""
        if seat.life.regime == sent.decision.regime:
            return None
        return difference(
            decide(sent.case, self._book(sent.decision.regime)),
            decide(sent.case, self._book(seat.life.regime)),
        )

    def requests(self, actor: Actor) -> tuple[StoredRequest, ...]:
        """Every request of every life, newest first."""
        past = self._journal.read(actor)
        found: list[StoredRequest] = []
        for number, (life, chapter) in enumerate(self._chapters(past), 1):
            at = {e.data["request"]: e.at for e in chapter if e.kind == "request_sent"}
            found += [
                StoredRequest(
                    sent, datetime.fromisoformat(at[sent.id]), number, life.has_loan(sent.id)
                )
                for sent in life.sent
            ]
        return tuple(reversed(found))

    def request(self, actor: Actor, request_id: str) -> StoredRequest:
        """One stored request of this learner. Raises NotFound."""
        for stored in self.requests(actor):
            if stored.sent.id == request_id:
                return stored
        raise NotFound("request", request_id)

    def compare(self, actor: Actor, first: str, second: str) -> Comparison:
        """Two stored requests of this learner held against each other. Raises NotFound."""
        one, other = self.request(actor, first), self.request(actor, second)
        shifts = tuple(
            Shift(fact, before, after)
            for fact in FACTS.values()
            if (before := fact.of(one.sent.case)) != (after := fact.of(other.sent.case))
        )
        return Comparison(one, other, shifts, difference(one.sent.decision, other.sent.decision))

    def rehearsal(self) -> Life:
        """A fresh life that nobody records, to try things out in a lesson."""
        return Life(persona=self._default_persona())

    def rehearse(self, life: Life) -> Life:
        """The life five minutes and one ordinary request later; nothing is recorded."""
        later = life.advanced(5) if life.sent else life
        case = self._case(later, LoanRequest(), Platform(), 0, "")
        return later.after(f"rehearsal-{len(life.sent)}", case, decide(case, self.book), None)

    def same_today(self, sent: Sent) -> Decision:
        """The same case decided again by today's book; the stored decision stays as it is."""
        return decide(sent.case, self._book(sent.decision.regime))

    def offer(self, case: Case, decision: Decision) -> Quote | None:
        """The schedule and cost of an approved request, None if there is no price."""
        if decision.price is None:
            return None
        return quote(offer_for(offered(case.request, decision.amount), decision.price.annual_rate))

    def velocity(self) -> tuple[int, int]:
        """Window and tripping count of the velocity rule, as its file has them now."""
        rule = self.book.rule("velocity-1h")
        if rule is None:
            return 60, 0
        trip = next((band.low for band in rule.bands if band.outcome != "pass"), None)
        return rule.params["window_minutes"], int(trip or 0)

    def persona_of(self, life: Life) -> Persona:
        """The persona a life began with."""
        return self.book.personas.get(life.persona) or self.book.personas[self._default_persona()]

    def _record(self, actor: Actor, key: str, happen: Callable[[Past], Iterable[Event]]) -> Seat:
        past, _ = self._journal.record(actor, key, happen)
        return self._seat(past)

    def _sent(
        self, request_id: str, life: Life, case: Case, same: str, key: str | None = None
    ) -> Iterator[Event]:
        """The two events of one request; the first carries the key."""
        sent = {
            "request": request_id,
            "case": case.model_dump(mode="json"),
            "minute": life.minute,
            "key": same,
        }
        yield self._journal.event("request_sent", sent, key or request_id)
        yield self._journal.event("decision_made", self._decided(request_id, case, life))

    def _decided(self, request_id: str, case: Case, life: Life) -> dict[str, Any]:
        book = self._book(life.regime)
        decision = decide(case, book)
        behind: LookUp | None = look_up(case, book) if decision.outcome == "unknown" else None
        return {
            "request": request_id,
            "decision": decision.model_dump(mode="json"),
            "behind": behind.model_dump(mode="json") if behind else None,
        }

    def _acted(self, action: dict[str, Any], minutes: int, key: str | None) -> Event:
        return self._journal.event("life_acted", {"action": action, "minutes": minutes}, key)

    def _case(
        self, life: Life, request: LoanRequest, platform: Platform, seed: int, key: str
    ) -> Case:
        persona = self.persona_of(life)
        return life.case(
            request,
            persona.applicant,
            platform,
            seed,
            account=persona.account,
            key=key,
            policy=self.book.product.limit_policy,
        )

    def _advise(self, actor: Actor, life: Life, sent: Sent) -> Advice:
        """The search takes a tenth of a second, so what it found is kept for the next redraw."""
        name = (actor.learner, sent.id, life.minute, len(life.acts), life.regime, len(life.sent))
        if name not in self._advice:
            self._advice[name] = remedies(self._situation(life, sent), self._book(life.regime))
            while len(self._advice) > ADVICE_KEPT:
                self._advice.popitem(last=False)
        return self._advice[name]

    def _situation(self, life: Life, sent: Sent) -> Situation:
        persona, case = self.persona_of(life), sent.case
        return Situation.now(
            life, persona.applicant, case.request, persona.account, case.platform, self.book
        )

    def _book(self, regime: str) -> LenderBook:
        return self.book.under(regime if regime in self.book.regimes else BASELINE)

    def _known(self, past: Past, request_id: str) -> Sent:
        sent = self._life(past).request(request_id)
        if sent is None:
            raise NotFound("request", request_id)
        return sent

    def _chapters(self, past: Past) -> Iterator[tuple[Life, list[Event]]]:
        """Every life with its events, in order."""
        chapter: list[Event] = []
        for event in past:
            if event.kind == "life_started" and chapter:
                yield self._folded(chapter), chapter
                chapter = []
            chapter.append(event)
        yield self._folded(chapter), chapter

    def _folded(self, events: Iterable[Event]) -> Life:
        return fold(((e.kind, e.data) for e in events), self._default_persona())

    def _default_persona(self) -> str:
        return next(iter(self.book.personas))

    def _life(self, past: Past) -> Life:
        return fold(past.pairs(), self._default_persona())

    def _seat(self, past: Past) -> Seat:
        lives = [life for life, _ in self._chapters(past)]
        life = lives[-1]
        now = self._case(life, LoanRequest(), Platform(), 0, "")
        window, limit = self.velocity()
        return Seat(
            life=life,
            applicant=now.applicant,
            account=now.account,
            in_window=life.in_window(window),
            window_minutes=window,
            window_limit=limit,
            fixes=possible(now.applicant, now.account, life),
            goals=met(lives),
        )

    def _double_click(self, past: Past, case: Case) -> bool:
        newest = max(past.of("request_sent"), key=lambda event: event.at, default=None)
        if newest is None:
            return False
        age = self._journal.now() - datetime.fromisoformat(newest.at)
        # Not the platform: in a shared world its load moves between two clicks of one hand.
        same = newest.data["case"]["request"] == case.model_dump(mode="json")["request"]
        return timedelta(0) <= age < DOUBLE_CLICK and same


def _seed(actor: Actor, key: str) -> int:
    """Chance, fixed by who sends which request."""
    return int.from_bytes(hashlib.sha256(f"{actor.learner}:{key}".encode()).digest()[:6])
