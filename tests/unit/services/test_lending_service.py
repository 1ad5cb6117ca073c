"""The borrower's seat: one request a key, one a double click, time, look-ups, offers, lives."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from jiejian.clock import SetClock
from jiejian.errors import InvalidInput, NotFound
from jiejian.services.actor import Actor
from jiejian.services.built import ROOT, build
from jiejian.services.lending import Ask, Lending, Seat
from jiejian.settings import Settings

ME, OTHER = Actor("a" * 32), Actor("b" * 32)
ASK = Ask(amount="10000", term_months=12, method="equal_instalment", purpose="home_appliances")
TIMED_OUT = replace(ASK, incident="timeout")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))


@pytest.fixture
def lending(tmp_path: Path, clock: SetClock) -> Lending:
    return build(Settings(data_dir=tmp_path), clock).lending


def _outcomes(seat: Seat) -> list[str]:
    return [sent.decision.outcome for sent in seat.life.sent]


def _send(lending: Lending, clock: SetClock, count: int, ask: Ask = ASK) -> Seat:
    """Requests a minute of real time apart, all in the same simulated minute."""
    seat = lending.seat(ME)
    for _ in range(count):
        clock.moment += timedelta(minutes=1)
        seat = lending.submit(ME, ask, f"request-{clock.moment:%H%M%S}")
    return seat


def test_a_new_learner_has_an_empty_life(lending: Lending) -> None:
    seat = lending.seat(ME)
    assert (seat.life.minute, seat.life.sent, seat.latest) == (0, (), None)
    assert (seat.in_window, seat.window_minutes, seat.window_limit) == (0, 60, 3)
    assert lending.requests(ME) == ()


def test_the_same_key_is_one_request(lending: Lending, clock: SetClock) -> None:
    first = lending.submit(ME, ASK, "key-00000001")
    clock.moment += timedelta(hours=5)
    again = lending.submit(ME, replace(ASK, amount="20000"), "key-00000001")
    assert _outcomes(first) == ["approved"]
    assert again.life == first.life


@pytest.mark.parametrize(("milliseconds", "requests"), [(0, 1), (999, 1), (1000, 2), (5000, 2)])
def test_the_same_ask_within_a_second_is_a_double_click(
    lending: Lending, clock: SetClock, milliseconds: int, requests: int
) -> None:
    lending.submit(ME, ASK, "key-00000001")
    clock.moment += timedelta(milliseconds=milliseconds)
    seat = lending.submit(ME, ASK, "key-00000002")
    assert len(seat.life.sent) == requests


def test_another_ask_within_a_second_is_another_request(lending: Lending, clock: SetClock) -> None:
    lending.submit(ME, ASK, "key-00000001")
    clock.moment += timedelta(milliseconds=300)
    seat = lending.submit(ME, replace(ASK, amount="12000"), "key-00000002")
    assert len(seat.life.sent) == 2


def test_three_requests_cool_down_a_fourth_freezes_and_time_heals(
    lending: Lending, clock: SetClock
) -> None:
    seat = _send(lending, clock, 4)
    assert _outcomes(seat) == ["approved", "approved", "cool_down", "frozen"]
    assert seat.life.freeze_left == 72 * 60
    assert seat.in_window == 4
    seat = lending.advance(ME, 24 * 60, "advance-0001")
    assert (seat.life.minute, seat.life.freeze_left) == (24 * 60, 48 * 60)
    seat = lending.advance(ME, 3 * 24 * 60, "advance-0002")
    assert (seat.life.freeze_left, seat.life.cool_down_left, seat.in_window) == (0, 0, 0)
    assert _outcomes(_send(lending, clock, 1))[-1] == "approved"


def test_time_is_advanced_once_a_key_and_by_offered_steps_only(lending: Lending) -> None:
    lending.advance(ME, 60, "advance-0001")
    assert lending.advance(ME, 60, "advance-0001").life.minute == 60
    for minutes in (0, -60, 7):
        with pytest.raises(InvalidInput) as caught:
            lending.advance(ME, minutes, "advance-0002")
        assert caught.value.field == "minutes"
    assert lending.seat(ME).life.minute == 60


def test_a_timed_out_request_blocks_the_next_until_it_is_looked_up(
    lending: Lending, clock: SetClock
) -> None:
    seat = lending.submit(ME, TIMED_OUT, "timed-out-1")
    assert [sent.id for sent in seat.unresolved] == ["timed-out-1"]
    assert _outcomes(_send(lending, clock, 1))[-1] == "retry_later"
    seat = lending.look_up(ME, "timed-out-1", "look-up-0001")
    assert seat.unresolved == ()
    sent = seat.life.request("timed-out-1")
    assert sent is not None
    assert sent.behind is not None
    assert seat.life.has_loan("timed-out-1") == sent.behind.arrived
    assert lending.look_up(ME, "timed-out-1", "look-up-0002").life == seat.life


def test_what_is_unknown_cannot_be_looked_up_or_answered(lending: Lending) -> None:
    with pytest.raises(NotFound):
        lending.look_up(ME, "nothing-there", "look-up-0001")
    with pytest.raises(NotFound):
        lending.answer_offer(ME, "nothing-there", True, "answer-0001")
    with pytest.raises(NotFound):
        lending.request(ME, "nothing-there")
    with pytest.raises(NotFound):
        lending.start_life(ME, "nobody", "life-000001")


def test_a_taken_offer_weighs_on_the_next_request(lending: Lending, clock: SetClock) -> None:
    before = _send(lending, clock, 1).life.sent[-1]
    seat = lending.answer_offer(ME, before.id, True, "answer-0001")
    assert [loan.principal for loan in seat.life.loans] == [Decimal(10000)]
    assert lending.answer_offer(ME, before.id, True, "answer-0002").life == seat.life
    after = _send(lending, clock, 1).life.sent[-1]
    owed = after.case.applicant.outstanding_debt - before.case.applicant.outstanding_debt
    assert owed == Decimal(10000)
    monthly = (
        after.case.applicant.monthly_debt_payments - before.case.applicant.monthly_debt_payments
    )
    assert monthly == seat.life.loans[0].monthly
    assert lending.request(ME, before.id).offer_taken


def test_an_offer_turned_down_is_closed(lending: Lending, clock: SetClock) -> None:
    sent = _send(lending, clock, 1).life.sent[-1]
    seat = lending.answer_offer(ME, sent.id, False, "answer-0001")
    assert not seat.life.offer_open(sent)
    assert lending.answer_offer(ME, sent.id, True, "answer-0002").life.loans == ()


def test_the_offer_of_an_approval_repays_the_principal(lending: Lending, clock: SetClock) -> None:
    sent = _send(lending, clock, 1).life.sent[-1]
    offer = lending.offer(sent.case, sent.decision)
    assert offer is not None
    assert len(offer.rows) == 12
    assert sum(row.principal for row in offer.rows) == Decimal(10000)
    refused = _send(lending, clock, 2).life.sent[-1]
    assert lending.offer(refused.case, refused.decision) is None


def test_a_new_life_starts_clean_and_keeps_the_earlier_requests(
    lending: Lending, clock: SetClock
) -> None:
    _send(lending, clock, 3)
    seat = lending.start_life(ME, "student", "life-000001")
    assert seat.life.persona == "student"
    assert (seat.life.sent, seat.life.minute, seat.life.cool_down_left) == ((), 0, 0)
    _send(lending, clock, 1)
    assert [stored.life_number for stored in lending.requests(ME)] == [2, 1, 1, 1]


@pytest.mark.parametrize(
    "amount", ["", "abc", "NaN", "Infinity", "-1", "0", "99.99", "499.99", "300000.01", "1000.001"]
)
def test_an_amount_that_cannot_be_used_is_refused_with_the_limits(
    lending: Lending, amount: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        lending.submit(ME, replace(ASK, amount=amount), "key-00000001")
    assert caught.value.field == "amount"
    assert caught.value.details == {"low": Decimal(500), "high": Decimal(300000)}
    assert lending.seat(ME).life.sent == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"term_months": 7}, "term_months"),
        ({"term_months": 0}, "term_months"),
        ({"method": "balloon"}, "method"),
        ({"purpose": "yacht"}, "purpose"),
        ({"incident": "earthquake"}, "incident"),
    ],
)
def test_other_input_is_refused_by_field(
    lending: Lending, change: dict[str, object], field: str
) -> None:
    fields = {
        "amount": "10000",
        "term_months": 12,
        "method": "equal_instalment",
        "purpose": "medical",
    }
    with pytest.raises(InvalidInput) as caught:
        lending.submit(ME, Ask(**(fields | change)), "key-00000001")  # type: ignore[arg-type]
    assert caught.value.field == field


@pytest.mark.parametrize("key", ["", "short", "with space 1", "x" * 81, "schlüssel-1"])
def test_a_malformed_key_is_refused(lending: Lending, key: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        lending.submit(ME, ASK, key)
    assert caught.value.field == "key"


def test_the_page_and_the_headless_door_decide_alike(lending: Lending, clock: SetClock) -> None:
    _send(lending, clock, 2)
    slips = ("no-face-check", "expired-document", "relatives-phone")
    lending.start_life(ME, "new-clerk", "slips-000001", slips)
    sent = _send(lending, clock, 1).life.sent
    timed_out = lending.submit(ME, TIMED_OUT, "timed-out-1").life.sent[-1]
    for one in (sent[0], sent[-1], timed_out):
        done = subprocess.run(
            [sys.executable, "-m", "sandbox", "request"],
            cwd=ROOT,
            input=one.case.model_dump_json(),
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        )
        answer = json.loads(done.stdout)
        decision = one.decision.model_dump(mode="json")
        for told, reason in zip(answer["reasons"], decision["reasons"], strict=True):
            assert told["words"]["title"]["en"]
            for extra in told.keys() - reason.keys():
                del told[extra]
        assert {key: answer[key] for key in decision} == decision
        behind = None if one.behind is None else one.behind.model_dump(mode="json")
        assert answer["look_up"] == behind
        assert lending.same_today(one) == one.decision


def test_two_learners_do_not_meet(lending: Lending, clock: SetClock) -> None:
    seat = _send(lending, clock, 3)
    assert lending.seat(OTHER).life.sent == ()
    assert lending.requests(OTHER) == ()
    with pytest.raises(NotFound):
        lending.request(OTHER, seat.life.sent[0].id)
    assert _outcomes(lending.submit(OTHER, ASK, seat.life.sent[0].id)) == ["approved"]
    assert lending.seat(ME).life == seat.life


def test_a_life_outlives_the_process(tmp_path: Path, clock: SetClock) -> None:
    first = build(Settings(data_dir=tmp_path), clock).lending.submit(ME, ASK, "key-00000001")
    assert build(Settings(data_dir=tmp_path), clock).lending.seat(ME).life == first.life
