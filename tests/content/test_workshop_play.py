"""What the workshop scripts tell an educator to expect, played with the lender."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

import pytest

from jiejian.content.check import ROOT
from jiejian.content.library import load_library
from jiejian.content.workshops.blocks import CueBlock, DecisionBlock, SandboxBlock
from jiejian.content.workshops.played import decided, misjudged, outcomes
from jiejian.content.workshops.script import Script
from jiejian.content.workshops.scriptbook import Surroundings, load_scripts
from sandbox.answers import ANSWERS
from sandbox.lender.case import Account, Applicant, LoanRequest
from sandbox.lender.decide import decide, look_up
from sandbox.lender.decision import Decision
from sandbox.lender.lenderbook import load_lenderbook
from sandbox.lender.life import Life
from sandbox.lender.life.actions import ACTION
from sandbox.lender.product import offer_for, offered
from sandbox.lender.seatwords import load_seatwords
from sandbox.loans import Quote, quote
from sandbox.world import ORDINARY, World, load_cues

LENDER = load_lenderbook()
CUES = load_cues(regimes=LENDER.regimes)
FAULTS = load_seatwords().faults


@cache
def scripts() -> dict[str, Script]:
    library = load_library(ROOT, compute=ANSWERS)
    book = load_scripts(ROOT, Surroundings(library, LENDER, FAULTS.keys(), CUES))
    assert book.mistakes == ()
    return dict(book.scripts)


@dataclass
class Player:
    """One person in a room that plays a script: in the world of its steps, with an own life."""

    script: Script
    world: World = ORDINARY
    life: Life = field(default_factory=lambda: Life("new-clerk"))
    applicant: Applicant = field(default_factory=Applicant)
    account: Account = field(default_factory=Account)
    step: SandboxBlock | None = None

    def to(self, name: str, **chosen: str) -> Player:
        """Go on to a sandbox step; `chosen` is the way each seat takes in decisions before it."""
        ids = [step.id for step in self.script.steps]
        begin = ids.index(self.step.id) + 1 if self.step else 0
        for step in self.script.steps[begin : ids.index(name) + 1]:
            if isinstance(step, CueBlock):
                self.world = self.world.changed(CUES.cues[step.cue].effect)
            if isinstance(step, DecisionBlock):
                for seat, dilemma in step.seats.items():
                    for way in dilemma.ways:
                        if way.id == chosen.get(seat):
                            self.world = self.world.changed(way.effect)
            if isinstance(step, SandboxBlock):
                self.step = step
                if step.anew or not self.life.sent:
                    self._begin(step)
        assert self.step is not None
        assert self.step.id == name
        return self

    def _begin(self, step: SandboxBlock) -> None:
        persona = LENDER.personas[step.persona]
        applicant, account = persona.applicant.model_dump(), persona.account.model_dump()
        for fault in step.faults:
            applicant |= FAULTS[fault].applicant
            account |= FAULTS[fault].account
        self.life = Life(persona.id)
        self.applicant = Applicant.model_validate(applicant)
        self.account = Account.model_validate(account)

    def send(self, others: int = 0, seed: int = 0, **changed: int) -> Decision:
        """Send what the step asks for; `others` pressed in the last minute."""
        step = self.step
        assert step is not None
        asked = {"amount": step.amount, "term_months": step.term_months, "purpose": step.purpose}
        request = LoanRequest.model_validate(asked | changed)
        self.life = self.life.under(self.world.regime)
        book = LENDER.under(self.world.regime)
        case = self.life.case(
            request, self.applicant, self.world.platform(others), seed, account=self.account
        )
        decision = decide(case, book)
        behind = look_up(case, book) if decision.outcome == "unknown" else None
        self.life = self.life.after(str(len(self.life.sent)), case, decision, behind)
        return decision

    def cost(self) -> Quote:
        """What the newest offer costs."""
        sent = self.life.sent[-1]
        assert sent.decision.price is not None
        request = offered(sent.case.request, sent.decision.amount)
        return quote(offer_for(request, sent.decision.price.annual_rate))

    def act(self, kind: str) -> Player:
        """Put something right."""
        minutes = LENDER.actions[kind].minutes
        self.life = self.life.acted(ACTION.validate_python({"kind": kind}), minutes)
        return self

    def wait(self, minutes: int) -> Player:
        """Let simulated time pass."""
        self.life = self.life.advanced(minutes)
        return self


def player(name: str) -> Player:
    return Player(scripts()[name])


def codes(decision: Decision) -> list[str]:
    return [reason.code for reason in decision.reasons]


@pytest.mark.parametrize("name", scripts())
def test_every_sandbox_step_says_what_it_may_end_with_and_keeps_to_it(name: str) -> None:
    script = scripts()[name]
    steps = [step for step in script.steps if isinstance(step, SandboxBlock)]
    assert all(step.outcomes and step.expect for step in steps)
    assert misjudged(script, LENDER, CUES) == []
    assert [place for place, _ in outcomes(script, LENDER, CUES)] == [
        script.steps.index(step) for step in steps
    ]


@pytest.mark.parametrize("name", scripts())
def test_every_objective_is_served_and_every_cue_on_the_board_can_be_cleared(name: str) -> None:
    script = scripts()[name]
    served = {aim for step in script.steps for aim in step.serves}
    assert served == set(range(len(script.objectives)))
    troubles = [cue for cue in script.cues if CUES.cues[cue].kind == "trouble"]
    assert not troubles or "recovery" in script.cues


def test_why_refused_one_press_and_the_own_card_are_enough() -> None:
    one = player("why-refused").to("first-try")
    assert codes(one.send()) == ["U02"]
    assert one.act("link_payout_card").to("mend").send().outcome == "approved"


def test_why_refused_two_presses_end_in_a_cool_down_though_mended() -> None:
    one = player("why-refused").to("first-try")
    one.send(), one.send()
    decision = one.to("mend").act("link_payout_card").send()
    assert (decision.outcome, codes(decision)) == ("cool_down", ["R01"])
    assert decision.cool_down_minutes == 24 * 60


def test_why_refused_too_much_is_passed_in_one_go_or_not_at_all() -> None:
    one = player("why-refused").to("too-much")
    assert codes(one.send())[0] == "R07"
    assert one.send(amount=19_000).outcome == "approved"
    greedy = player("why-refused").to("too-much")
    greedy.send()
    assert greedy.send(amount=22_000).outcome == "approved_less"
    assert greedy.send(amount=19_000).outcome == "cool_down"


def test_real_price_a_lower_rate_may_cost_more_in_all() -> None:
    one = player("real-price").to("try-it")
    one.send()
    year = one.cost()
    one.send(term_months=24)
    two_years = one.cost()
    smaller = player("real-price").to("try-it")
    smaller.send(amount=10_000)
    rates = [round(offer.offer.annual_rate * 1000) for offer in (year, two_years, smaller.cost())]
    assert rates == [144, 108, 108]
    assert (round(year.totals.cost), round(two_years.totals.cost)) == (956, 1396)
    assert smaller.cost().totals.cost < year.totals.cost


@pytest.mark.parametrize(
    ("presses", "wait", "then"),
    [
        (1, 0, ["approved"]),
        (2, 0, ["cool_down", "R01"]),
        (4, 0, ["cool_down", "R01"]),
        (4, 60, ["approved"]),
        (5, 60, ["cool_down", "R10"]),
        (5, 24 * 60, ["approved"]),
    ],
)
def test_case_outage_presses_of_the_fault_count_for_an_hour(
    presses: int, wait: int, then: list[str]
) -> None:
    one = player("case-outage-drill").to("press")
    assert {(d.outcome, *codes(d)) for d in (one.send() for _ in range(presses))} == {
        ("retry_later", "S02")
    }
    if wait:
        one.wait(wait)
    decision = one.to("after").send()
    assert [decision.outcome, *codes(decision)] == then
    if not decision.approved:
        frozen = one.send()
        assert (frozen.outcome, frozen.freeze_minutes) == ("frozen", 72 * 60)


def test_case_rule_cut_leaves_a_tenth_of_yesterday() -> None:
    one = player("case-rule-cut").to("yesterday")
    assert one.send().amount == 20_000
    decision = one.to("today").send()
    assert (decision.outcome, decision.amount, codes(decision)) == ("approved_less", 2000, ["C10"])
    assert one.send(amount=15_000, term_months=24).amount == 2000


STORMS = [
    ({"borrower": "stop", "operator": "notice"}, 60, "approved", []),
    ({"borrower": "stop", "operator": "notice"}, 70, "retry_later", ["S01"]),
    (
        {"project": "call", "borrower": "stop", "risk": "warn", "operator": "notice"},
        500,
        "approved",
        [],
    ),
    ({"borrower": "press", "operator": "silent"}, 0, "retry_later", ["S01"]),
    ({"operator": "close"}, 0, "retry_later", ["S03"]),
    ({"borrower": "stop", "operator": "notice", "risk": "tighten"}, 0, "declined", ["R06"]),
]


@pytest.mark.parametrize(("ways", "others", "outcome", "reasons"), STORMS)
def test_four_seats_decide_who_gets_in(
    ways: dict[str, str], others: int, outcome: str, reasons: list[str]
) -> None:
    decision = player("four-seats").to("felt-storm", **ways).send(others)
    assert (decision.outcome, codes(decision)) == (outcome, reasons)


RULES = [
    ({"risk": "transition"}, "approved", 20_000, []),
    ({"risk": "at-once"}, "approved_less", 2000, ["C10"]),
    ({"risk": "stricter"}, "declined", None, ["R06"]),
    ({"operator": "vague"}, "retry_later", None, ["S01"]),
]


@pytest.mark.parametrize(("ways", "outcome", "amount", "reasons"), RULES)
def test_four_seats_decide_what_the_rule_leaves(
    ways: dict[str, str], outcome: str, amount: int | None, reasons: list[str]
) -> None:
    decision = player("four-seats").to("felt-rule", **ways).send(20)
    assert (decision.outcome, decision.amount, codes(decision)) == (outcome, amount, reasons)


@pytest.mark.parametrize("name", ["decide-storm", "decide-rule"])
def test_every_choice_of_a_seat_differs_from_its_others(name: str) -> None:
    step = scripts()["four-seats"].step(name)
    assert isinstance(step, DecisionBlock)
    assert len(decided(frozenset({ORDINARY}), step)) > 4
    for dilemma in step.seats.values():
        assert len({way.effect for way in dilemma.ways}) == len(dilemma.ways)


def test_retry_storm_two_get_in_and_the_third_shuts_the_door() -> None:
    got = [player("retry-storm").to("storm").send(others).outcome for others in range(4)]
    assert got == ["approved", "approved", "retry_later", "retry_later"]


@pytest.mark.parametrize(("presses", "then"), [(1, "approved"), (2, "cool_down")])
def test_retry_storm_the_notice_lets_a_row_in_but_not_who_hammered(presses: int, then: str) -> None:
    one = player("retry-storm").to("storm")
    for _ in range(presses):
        assert one.send(others=30).outcome == "retry_later"
    assert one.to("by-turns").send(others=45).outcome == then


def test_before_after_about_half_of_the_time_outs_had_gone_through() -> None:
    arrived = 0
    for seed in range(400):
        one = player("before-after").to("time-out")
        assert one.send(seed=seed).outcome == "unknown"
        behind = one.life.sent[-1].behind
        assert behind is not None
        arrived += behind.arrived
        assert behind.decision is None or behind.decision.outcome == "approved"
    assert 0.4 < arrived / 400 < 0.6


def test_a_wrong_outcome_is_found_both_ways() -> None:
    script = scripts()["case-rule-cut"]
    steps = tuple(
        step.model_copy(update={"outcomes": ("approved",)}) if step.id == "today" else step
        for step in script.steps
    )
    place = [step.id for step in steps].index("today")
    found = misjudged(script.model_copy(update={"steps": steps}), LENDER, CUES)
    assert found == [
        ("a first request can also end with approved_less", ("steps", place, "outcomes")),
        ("no first request ends with approved", ("steps", place, "outcomes")),
    ]


def test_the_world_a_decision_leaves_is_the_one_the_next_step_is_played_in() -> None:
    script = scripts()["four-seats"]
    step = script.step("decide-rule")
    assert isinstance(step, DecisionBlock)
    start = replace(ORDINARY, regime="limits-cut")
    left = {world.regime for world in decided(frozenset({start}), step)}
    assert left == {"limits-cut", "baseline", "fewer-lenders"}
