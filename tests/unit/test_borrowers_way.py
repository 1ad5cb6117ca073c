"""The borrower's way through the services: send, trip, wait, look up, be remembered."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from jiejian.clock import SetClock
from jiejian.errors import InvalidInput, NotFound, TooManyTries
from jiejian.services.actor import Actor
from jiejian.services.built import Services, build
from jiejian.services.lending import Ask
from jiejian.settings import Settings
from sandbox.lender.lenderbook import load_lenderbook
from tests.right_answers import right, wrong

ROOT = Path(__file__).resolve().parents[2]
WHO = Actor("a" * 32)
OTHER = Actor("b" * 32)


class Seat:
    """The services on a data folder of their own, with a clock that moves between requests."""

    def __init__(self, folder: Path) -> None:
        self.clock = SetClock(datetime(2026, 1, 5, 9, tzinfo=UTC))
        self.services: Services = build(Settings(data_dir=folder), self.clock)
        self.count = 0

    def key(self) -> str:
        self.count += 1
        self.clock.moment += timedelta(seconds=5)
        return f"attempt-{self.count:06d}"

    def send(self, **changes: object) -> object:
        ask = Ask(**{**ORDINARY, **changes})  # type: ignore[arg-type]
        return self.services.lending.submit(WHO, ask, self.key()).latest

    def begin(self, *faults: str, persona: str = "new-clerk") -> None:
        self.services.lending.start_life(WHO, persona, self.key(), faults)


ORDINARY = {
    "amount": "10000",
    "term_months": 12,
    "method": "equal_instalment",
    "purpose": "travel",
}


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return Seat(tmp_path)


def test_the_book_has_no_mistake_and_every_example_holds() -> None:
    book = load_lenderbook()
    assert book.mistakes == ()
    assert {rule.family for rule in book.rules} == {
        "technology",
        "risk_control",
        "compliance",
        "user",
    }


def test_third_request_cools_down_and_the_next_freezes(seat: Seat) -> None:
    outcomes = [seat.send().decision.outcome for _ in range(5)]  # type: ignore[attr-defined]
    assert outcomes == ["approved", "approved", "cool_down", "frozen", "frozen"]
    life = seat.services.lending.seat(WHO).life
    assert (life.cool_down_left, life.freeze_left) == (0, 72 * 60)
    seat.services.lending.advance(WHO, 3 * 24 * 60, seat.key())
    assert seat.send().decision.outcome == "approved"  # type: ignore[attr-defined]


def test_after_the_cool_down_a_retry_succeeds(seat: Seat) -> None:
    for _ in range(3):
        seat.send()
    seat.services.lending.advance(WHO, 24 * 60, seat.key())
    assert seat.send().decision.outcome == "approved"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("faults", "changes", "code"),
    [
        ((), {"incident": "overload"}, "S01"),
        ((), {"incident": "timeout"}, "S04"),
        (("profile-gap",), {}, "U01"),
        (("relatives-card",), {}, "U02"),
        (("no-face-check",), {}, "U03"),
        (("expired-document",), {}, "U04"),
        (("relatives-phone",), {}, "U05"),
        ((), {"purpose": "securities"}, "C02"),
        (("no-report-consent",), {}, "C07"),
        (("new-phone",), {}, "R09"),
        ((), {"amount": "20000", "method": "flat_fee"}, "P01"),
    ],
)
def test_each_stage_can_stop_a_request(
    seat: Seat, faults: tuple[str, ...], changes: dict[str, object], code: str
) -> None:
    seat.begin(*faults)
    decision = seat.send(**changes).decision  # type: ignore[attr-defined]
    assert code in [reason.code for reason in decision.reasons]
    assert 1 <= len(decision.reasons) <= 4
    stopped = [stage.status for stage in decision.stages]
    assert stopped.count("tripped") == 1
    after = stopped[stopped.index("tripped") + 1 :]
    assert set(after) <= {"not_reached"}


def test_a_time_out_must_be_looked_up_before_the_next(seat: Seat) -> None:
    first = seat.send(incident="timeout")
    assert seat.send().decision.reasons[0].code == "S05"  # type: ignore[attr-defined]
    found = seat.services.lending.look_up(WHO, first.id, seat.key())  # type: ignore[attr-defined]
    looked = found.life.request(first.id)  # type: ignore[attr-defined]
    assert looked is not None
    assert looked.looked_up
    assert looked.behind is not None
    arrived = looked.behind.arrived
    assert found.life.has_loan(looked.id) is arrived
    assert found.unresolved == ()


def test_the_same_key_and_the_same_moment_are_one_request(seat: Seat) -> None:
    ask = Ask(**ORDINARY)  # type: ignore[arg-type]
    key = seat.key()
    seat.services.lending.submit(WHO, ask, key)
    seat.services.lending.submit(WHO, ask, key)
    now = seat.services.lending.submit(WHO, ask, "another-key")
    assert len(now.life.sent) == 1


@pytest.mark.parametrize("amount", ["-5", "0", "NaN", "1e30", "", "ten", "1000.001", "499"])
def test_an_amount_out_of_reason_is_refused_and_nothing_recorded(seat: Seat, amount: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        seat.send(amount=amount)
    assert refused.value.field == "amount"
    assert seat.services.lending.seat(WHO).life.sent == ()


def test_the_door_decides_as_the_page(seat: Seat) -> None:
    sent = seat.send(amount="30000", purpose="business")
    case = sent.case.model_dump_json()  # type: ignore[attr-defined]
    done = subprocess.run(
        [sys.executable, "-m", "sandbox", "request"],
        input=case,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    told = json.loads(done.stdout)
    decision = sent.decision.model_dump(mode="json")  # type: ignore[attr-defined]
    assert {name: told[name] for name in ("outcome", "stages", "ruleset")} == {
        name: decision[name] for name in ("outcome", "stages", "ruleset")
    }


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{", ""),
        ("[]", ""),
        ('{"seed": ' + "9" * 5000 + "}", ""),
        ('{"seed": NaN}', ""),
        ('{"request": {"amount": -1}}', "request.amount"),
        ('{"request": {"amont": 1}}', "request.amont"),
        ('{"applicant": {"age": true}}', "applicant.age"),
    ],
)
def test_the_door_refuses_with_one_object_and_no_traceback(text: str, field: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sandbox", "request"],
        input=text,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert json.loads(done.stderr)["error"]["field"] == field


def test_nobody_sees_another_learners_request(seat: Seat) -> None:
    sent = seat.send()
    with pytest.raises(NotFound):
        seat.services.lending.request(OTHER, sent.id)  # type: ignore[attr-defined]


def test_a_restart_loses_nothing(seat: Seat, tmp_path: Path) -> None:
    sent = seat.send()
    seat.services.learning.finish_lesson(WHO, "why-requests-fail")
    again = build(Settings(data_dir=tmp_path), seat.clock)
    overview = again.progress.overview(WHO)
    assert overview.requests[0].sent == sent
    assert overview.lessons[0].read


def test_wrong_answers_come_back_until_they_are_right(seat: Seat) -> None:
    quizzing = seat.services.quizzing
    asked = []
    for turn in range(20):
        standing, question = quizzing.at_hand(WHO, "why-requests-fail")
        if question is None:
            break
        if not question.taken:  # a mini-case is asked step by step
            asked.append(question.item.id)
        posed = question.at_hand
        answer = wrong(posed) if turn == 0 else right(posed)
        assert quizzing.answer(WHO, question, answer, None, seat.key()).grade.correct == (turn > 0)
    assert standing.done
    assert (standing.right, standing.first_try) == (standing.total, standing.total - 1)
    assert asked == [*(item.id for item in standing.quiz.items), asked[0]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_recovery_code_brings_the_learner_to_another_device(seat: Seat, language: str) -> None:
    accounts = seat.services.accounts
    code = accounts.new_recovery_code(WHO)[language]
    token = accounts.recover(f"  {code.upper()} ", "192.0.2.7")
    assert accounts.actor(token) == WHO
    accounts.new_recovery_code(WHO)
    with pytest.raises(InvalidInput):
        accounts.recover(code, "192.0.2.7")


def test_guessing_codes_is_slowed_down(seat: Seat) -> None:
    accounts = seat.services.accounts
    for _ in range(10):
        with pytest.raises(InvalidInput):
            accounts.recover("abandon ability able about above absent", "192.0.2.9")
    with pytest.raises(TooManyTries):
        accounts.recover("abandon ability able about above absent", "192.0.2.9")


def test_forgetting_removes_everything(seat: Seat) -> None:
    seat.send()
    code = seat.services.accounts.new_recovery_code(WHO)["en"]
    assert "request_sent" in seat.services.progress.export(WHO).decode()
    seat.services.progress.forget(WHO)
    assert seat.services.progress.overview(WHO).requests == ()
    with pytest.raises(InvalidInput):
        seat.services.accounts.recover(code, "192.0.2.8")


def test_flat_fee_costs_nearly_twice_its_label(seat: Seat) -> None:
    sent = seat.send(amount="5000", method="flat_fee", term_months=24)
    decision = sent.decision  # type: ignore[attr-defined]
    assert decision.outcome == "approved"
    quote = seat.services.lending.offer(sent.case, decision)  # type: ignore[attr-defined]
    assert quote is not None
    true_cost = quote.rates["irr_simple"].value
    assert true_cost is not None
    assert Decimal("1.7") < true_cost / decision.price.annual_rate < Decimal("2")
    assert sum(row.principal for row in quote.rows) == Decimal(5000)
    assert quote.rows[-1].balance == 0
