"""The life at the seat: faults put right, advice followed, rules changed, goals met."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jiejian.clock import SetClock
from jiejian.errors import InvalidInput, NotFound
from jiejian.services.actor import Actor
from jiejian.services.built import build
from jiejian.services.lending import Ask, Lending, Seat
from jiejian.settings import Settings
from sandbox.lender.facts.catalogue import FACTS
from sandbox.lender.seatwords import load_seatwords

ME = Actor("a" * 32)
ASK = Ask("10000", 12, "equal_instalment", "travel")


class Player:
    """A learner at the seat with a clock that moves between presses."""

    def __init__(self, folder: Path) -> None:
        self.clock = SetClock(datetime(2026, 1, 5, 9, tzinfo=UTC))
        self.lending: Lending = build(Settings(data_dir=folder), self.clock).lending
        self.count = 0

    def key(self) -> str:
        self.count += 1
        self.clock.moment += timedelta(seconds=5)
        return f"press-{self.count:06d}"

    def send(self, ask: Ask = ASK) -> Seat:
        return self.lending.submit(ME, ask, self.key())

    def begin(self, persona: str, *faults: str, **own: object) -> Seat:
        return self.lending.start_life(ME, persona, self.key(), faults, own)

    def act(self, kind: str, **figures: object) -> Seat:
        return self.lending.act(ME, {"kind": kind, **figures}, self.key())


@pytest.fixture
def player(tmp_path: Path) -> Player:
    return Player(tmp_path)


def outcome(seat: Seat) -> str:
    assert seat.latest is not None
    return seat.latest.decision.outcome


def test_the_words_are_whole() -> None:
    words = load_seatwords()
    assert words.mistakes == ()
    assert words.facts.keys() == FACTS.keys()


def test_every_fault_stops_an_ordinary_request_and_none_is_decoration(player: Player) -> None:
    player.begin("new-clerk")
    assert outcome(player.send()) == "approved"
    for name in player.lending.words.faults:
        player.begin("new-clerk", name)
        assert outcome(player.send()) != "approved", name


def test_a_fault_can_be_put_right_and_is_then_no_longer_offered(player: Player) -> None:
    seat = player.begin("new-clerk", "no-face-check", "relatives-card")
    assert {"do_face_check", "link_payout_card"} <= set(seat.fixes)
    assert outcome(player.send()) == "declined"
    player.act("link_payout_card")
    seat = player.act("do_face_check")
    assert not {"do_face_check", "link_payout_card"} & set(seat.fixes)
    assert outcome(player.send()) == "approved"


@pytest.mark.parametrize(
    ("persona", "faults", "ask"),
    [
        ("new-clerk", ("expired-document",), ASK),
        ("new-clerk", ("many-enquiries",), ASK),
        ("new-clerk", (), Ask("80000", 12, "equal_instalment", "travel")),
        ("gig-worker", (), Ask("12000", 12, "equal_instalment", "daily_goods")),
        ("new-number", (), Ask("8000", 6, "equal_instalment", "daily_goods")),
    ],
)
def test_each_way_offered_leads_to_what_it_promised(
    tmp_path: Path, persona: str, faults: tuple[str, ...], ask: Ask
) -> None:
    first = Player(tmp_path / "first")
    first.begin(persona, *faults)
    seat = first.send(ask)
    options = first.lending.advice(ME, seat).options
    assert options
    for number, option in enumerate(options):
        again = Player(tmp_path / str(number))
        again.begin(persona, *faults)
        seat = again.send(ask)
        assert seat.latest is not None
        end = again.lending.follow(ME, seat.latest.id, number, again.key())
        assert outcome(end) == "approved", option
        assert end.latest is not None
        assert end.latest.decision.amount == option.amount
        assert end.life.minute == seat.life.minute + option.cost.minutes


def test_following_twice_with_one_key_is_following_once(player: Player) -> None:
    player.begin("new-clerk", "expired-document")
    seat = player.send()
    assert seat.latest is not None
    once = player.lending.follow(ME, seat.latest.id, 0, "follow-000001")
    twice = player.lending.follow(ME, seat.latest.id, 0, "follow-000001")
    assert twice.life == once.life
    with pytest.raises(NotFound):
        player.lending.follow(ME, seat.latest.id, 0, player.key())


def test_an_option_that_is_not_there_is_refused(player: Player) -> None:
    player.begin("new-clerk", "expired-document")
    seat = player.send()
    assert seat.latest is not None
    with pytest.raises(InvalidInput):
        player.lending.follow(ME, seat.latest.id, 99, player.key())
    assert player.lending.seat(ME).life == seat.life


def test_the_same_request_sent_again_after_a_time_out_is_no_second_loan(player: Player) -> None:
    for _ in range(8):
        player.begin("new-clerk")
        first = player.send(Ask(*_fields(), incident="timeout")).latest
        assert first is not None
        assert first.behind is not None
        seat = player.send(Ask(*_fields(), same_as=first.id))
        assert len(seat.open_loans) == (1 if first.behind.arrived else 0)
        if first.behind.arrived:
            assert outcome(seat) == "duplicate"
            assert "same-request" in seat.goals
            break
    else:
        pytest.fail("no request arrived in eight tries")


def _fields() -> tuple[str, int, str, str]:
    return "10000", 12, "equal_instalment", "travel"


def test_a_new_rule_changes_the_answer_and_not_the_stored_one(player: Player) -> None:
    ask = Ask("12000", 12, "equal_instalment", "daily_goods")
    player.begin("shop-owner")
    before = player.send(ask)
    assert before.latest is not None
    seat = player.lending.set_regime(ME, "limits-cut", player.key())
    assert seat.latest == before.latest
    changed = player.lending.under_present_rules(seat, before.latest)
    assert changed is not None
    assert not changed.same
    after = player.send(ask)
    assert after.latest is not None
    assert after.latest.decision.regime == "limits-cut"
    assert outcome(after) != outcome(before)
    assert "rule-change" in after.goals


def test_two_requests_are_compared_fact_by_fact(player: Player) -> None:
    player.begin("new-clerk", "no-face-check")
    first = player.send().latest
    player.act("do_face_check")
    second = player.send().latest
    assert first is not None
    assert second is not None
    found = player.lending.compare(ME, first.id, second.id)
    assert "applicant.face_check_done" in [shift.fact.path for shift in found.facts]
    assert found.outcome.outcomes == ("declined", "approved")
    with pytest.raises(NotFound):
        player.lending.compare(Actor("b" * 32), first.id, second.id)


def test_goals_are_met_by_what_they_name(player: Player) -> None:
    assert player.lending.seat(ME).goals == frozenset()
    player.begin("new-clerk", "no-face-check")
    player.send()
    player.act("do_face_check")
    seat = player.send()
    assert {"trip-user", "one-change"} <= seat.goals
    assert seat.latest is not None
    seat = player.lending.answer_offer(ME, seat.latest.id, take=False, key=player.key())
    assert "walk-away" in seat.goals
    seat = player.begin("student")
    assert {"trip-user", "one-change", "walk-away"} <= seat.goals, "goals outlast a life"


def test_an_appeal_with_evidence_is_won_and_seen(player: Player) -> None:
    ask = Ask("6000", 12, "equal_instalment", "daily_goods")
    player.begin("new-clerk", "income-unproved")
    assert outcome(player.send(ask)) == "refer"
    player.act("send_evidence", evidence="income_papers")
    seat = player.send(ask)
    assert outcome(seat) == "approved"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "bribe"}, "action"),
        ({"kind": "repay_debt", "amount": "-5"}, "amount"),
        ({"kind": "repay_debt", "amount": "NaN"}, "amount"),
        ({"kind": "repay_debt", "amount": "1e30"}, "amount"),
        ({"kind": "repay_debt"}, "amount"),
        ({"kind": "send_evidence", "evidence": "a friend"}, "evidence"),
    ],
)
def test_an_action_out_of_reason_is_refused_and_nothing_happens(
    player: Player, given: dict[str, object], field: str
) -> None:
    before = player.lending.seat(ME)
    with pytest.raises(InvalidInput) as caught:
        player.lending.act(ME, given, player.key())
    assert caught.value.field == field
    assert player.lending.seat(ME).life == before.life


@pytest.mark.parametrize(
    ("own", "field"),
    [
        ({"monthly_income": "-1"}, "monthly_income"),
        ({"lenders": "many"}, "lenders"),
        ({"own_limit": "1e20"}, "own_limit"),
        ({"shoe_size": 42}, "shoe_size"),
    ],
)
def test_a_person_out_of_reason_is_refused(
    player: Player, own: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        player.begin("new-clerk", **own)
    assert caught.value.field == field


def test_a_person_made_to_measure_is_judged_by_the_own_figures(player: Player) -> None:
    seat = player.begin("new-clerk", monthly_income="2000", monthly_debt_payments="1500")
    assert seat.applicant.monthly_income == 2000
    assert outcome(player.send()) != "approved"
    with pytest.raises(NotFound):
        player.begin("nobody")
    with pytest.raises(NotFound):
        player.begin("new-clerk", "no-such-fault")


def test_a_followed_way_invents_no_incident(player: Player) -> None:
    """Where the platform works, a step leaves it working: only what was changed is different."""
    seat = player.send(Ask("60000", 12, "equal_instalment", "travel"))
    assert seat.latest is not None
    end = player.lending.follow(ME, seat.latest.id, 0, player.key()).latest
    assert end is not None
    assert end.case.platform == seat.latest.case.platform
