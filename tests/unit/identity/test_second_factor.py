"""The second factor: published codes, drift, replay, backup codes, the key, who may do what."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiejian.errors import InvalidInput, NotAllowed, NotFound, TooManyTries
from jiejian.services.actor import Actor
from jiejian.services.identity import secondfactor
from jiejian.services.identity.halfway import CodeNeeded
from jiejian.services.identity.secondfactor import OFFERS, USED_STEPS
from jiejian.services.identity.sessions import SESSIONS
from tests.unit.identity.conftest import ADDRESS, GOOD, VISITOR, House
from tests.unit.identity.test_staff import refusal

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The ASCII key "12345678901234567890" of RFC 6238, appendix B, in Base32."""
RFC_CODES = {
    59: "94287082",
    1111111109: "07081804",
    1111111111: "14050471",
    1234567890: "89005924",
    2000000000: "69279037",
    20000000000: "65353130",
}


def turned_on(house: House, actor: Actor) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    """The authenticator and the backup codes of an account that has just turned it on."""
    app = pyotp.TOTP(house.factors.offer(actor).secret)
    codes = house.factors.confirm(actor, app.at(house.clock.now()))
    house.passes(seconds=60)
    return app, codes


def halfway(house: House, name: str = "Ming") -> str:
    with pytest.raises(CodeNeeded) as caught:
        house.sessions.sign_in(name, GOOD, ADDRESS)
    return caught.value.ticket


@pytest.mark.parametrize(("second", "code"), RFC_CODES.items())
def test_the_codes_are_those_of_rfc_6238(second: int, code: str) -> None:
    """The RFC prints eight digits; six are the last six of them."""
    now = datetime.fromtimestamp(second, UTC)
    assert secondfactor._step(RFC_SECRET, code[2:], now) == second // 30
    assert secondfactor._step(RFC_SECRET, code, now) is None


@given(
    second=st.integers(10**6, 10**10),
    off=st.integers(-5, 5),
    at=st.integers(0, 29),
)
def test_one_step_either_way_is_taken_and_no_more(second: int, off: int, at: int) -> None:
    step = second // 30
    code = pyotp.TOTP(RFC_SECRET).at(step * 30, counter_offset=off)
    near = {pyotp.TOTP(RFC_SECRET).at(step * 30, counter_offset=n) for n in (-1, 0, 1)}
    now = datetime.fromtimestamp(step * 30 + at, UTC)
    found = secondfactor._step(RFC_SECRET, code, now)
    assert (found is not None) is (code in near)
    if -1 <= off <= 1:
        assert found is not None
        assert pyotp.TOTP(RFC_SECRET).at(found * 30) == code


@given(st.text(max_size=30))
def test_no_text_breaks_the_check(text: str) -> None:
    now = datetime.fromtimestamp(59, UTC)
    right = {pyotp.TOTP(RFC_SECRET).at(59, counter_offset=n) for n in (-1, 0, 1)}
    if not any(code in text for code in right):
        assert secondfactor._step(RFC_SECRET, text, now) is None


def test_signing_in_takes_the_code_and_gives_no_session_before(house: House) -> None:
    operator = house.operator("Ming")
    app, _codes = turned_on(house, operator)
    house.sessions.end_all(str(operator.account))
    ticket = halfway(house)
    assert list(house.documents.keys(SESSIONS)) == []
    assert house.sessions.actor(ticket, VISITOR) == VISITOR
    token = house.sessions.second_step(ticket, app.at(house.clock.now()), ADDRESS)
    assert house.sessions.actor(token, VISITOR).role == "operator"


def test_a_ticket_opens_one_session_within_five_minutes(house: House) -> None:
    app, codes = turned_on(house, house.operator("Ming"))
    ticket = halfway(house)
    house.sessions.second_step(ticket, app.at(house.clock.now()), ADDRESS)
    house.passes(seconds=60)
    again = refusal(house.sessions.second_step, ticket, app.at(house.clock.now()), ADDRESS)
    assert again == ("ticket", "over")
    late = halfway(house)
    house.passes(minutes=5, seconds=1)
    assert refusal(house.sessions.second_step, late, codes[0], ADDRESS) == ("ticket", "over")
    for forged in (None, "", "x" * 43, "\ud800"):
        assert refusal(house.sessions.second_step, forged, codes[0], ADDRESS) == ("ticket", "over")


def test_a_used_code_is_refused_again_also_after_the_clock_was_set_back(house: House) -> None:
    app, _codes = turned_on(house, house.operator("Ming"))
    code = app.at(house.clock.now())
    house.sessions.second_step(halfway(house), code, ADDRESS)
    ticket = halfway(house)
    assert refusal(house.sessions.second_step, ticket, code, ADDRESS) == ("code", "wrong_code")
    house.passes(hours=1)
    next_ones = app.at(house.clock.now())
    house.sessions.second_step(halfway(house), next_ones, ADDRESS)
    house.passes(hours=-1)
    back = halfway(house)
    assert refusal(house.sessions.second_step, back, code, ADDRESS) == ("code", "wrong_code")


def test_the_code_that_turned_it_on_is_used(house: House) -> None:
    operator = house.operator("Ming")
    app = pyotp.TOTP(house.factors.offer(operator).secret)
    code = app.at(house.clock.now())
    house.factors.confirm(operator, code)
    assert refusal(house.sessions.second_step, halfway(house), code, ADDRESS)[0] == "code"


def test_used_steps_are_forgotten_after_a_day(house: House) -> None:
    app, _codes = turned_on(house, house.operator("Ming"))
    for _day in range(4):
        house.passes(days=1)
        house.sessions.second_step(halfway(house), app.at(house.clock.now()), ADDRESS)
    assert len(list(house.documents.keys(USED_STEPS))) <= 2


def test_each_backup_code_opens_once(house: House) -> None:
    operator = house.operator("Ming")
    _app, codes = turned_on(house, operator)
    assert len(set(codes)) == 10
    for left, code in enumerate(codes, start=1):
        typed = code.lower().replace("-", " ")
        house.sessions.second_step(halfway(house), typed, ADDRESS)
        assert refusal(house.sessions.second_step, halfway(house), code, ADDRESS)[0] == "code"
        standing = house.factors.standing(operator)
        assert standing
        assert standing.backup_left == 10 - left


def test_guessing_codes_waits_whatever_passwords_were_right_meanwhile(house: House) -> None:
    app, _codes = turned_on(house, house.operator("Ming"))
    right = {app.at(house.clock.now(), counter_offset=n) for n in range(-2, 3)}
    judged = 0
    for n in range(200):
        ticket = halfway(house)
        guess = next(f"{g:06}" for g in range(n * 7, 10**6) if f"{g:06}" not in right)
        try:
            house.sessions.second_step(ticket, guess, f"198.51.{n}.1")
        except InvalidInput:
            judged += 1
        except TooManyTries:
            continue
    assert judged == 5


def test_what_changes_between_the_steps_ends_the_ticket(house: House) -> None:
    operator = house.operator("Ming")
    hua = house.invited(operator, "educator", "Hua")
    app, codes = turned_on(house, hua)
    account = str(hua.account)

    def over(ticket: str) -> bool:
        said = refusal(house.sessions.second_step, ticket, codes[0], ADDRESS)
        return said == ("ticket", "over")

    ticket = halfway(house, "Hua")
    house.staff.disable(operator, account)
    assert over(ticket)
    house.staff.enable(operator, account)
    ticket = halfway(house, "Hua")
    house.new_password.change(hua, GOOD, GOOD + " again", ADDRESS)
    assert over(ticket)
    with pytest.raises(CodeNeeded) as caught:
        house.sessions.sign_in("Hua", GOOD + " again", ADDRESS)
    house.factors.lift(operator, account)
    assert over(caught.value.ticket)
    assert house.sessions.sign_in("Hua", GOOD + " again", ADDRESS)
    assert not house.factors.accepts(account, app.at(house.clock.now()))


def test_turning_it_on_takes_a_code_of_the_newest_offer(house: House) -> None:
    operator = house.operator("Ming")
    assert refusal(house.factors.confirm, operator, "123456") == ("factor", "offer_over")
    first = pyotp.TOTP(house.factors.offer(operator).secret)
    second = pyotp.TOTP(house.factors.offer(operator).secret)
    wrong = refusal(house.factors.confirm, operator, first.at(house.clock.now()))
    assert wrong == ("code", "wrong_code")
    assert not house.factors.is_on(str(operator.account))
    house.passes(minutes=15, seconds=1)
    late = refusal(house.factors.confirm, operator, second.at(house.clock.now()))
    assert late == ("factor", "offer_over")
    turned_on(house, operator)
    assert refusal(house.factors.offer, operator) == ("factor", "already_on")


def test_the_offer_says_the_same_to_a_camera_and_to_a_typist(house: House) -> None:
    offer = house.factors.offer(house.operator("Ming: 明 &?"))
    read = pyotp.parse_uri(offer.uri)
    assert isinstance(read, pyotp.TOTP)
    assert (read.secret, read.name, read.issuer) == (offer.secret, "Ming: 明 &?", "Jiejian")
    assert (read.digits, read.interval) == (6, 30)
    assert len(offer.secret) == 32


def test_turning_it_off_takes_the_password(house: House) -> None:
    operator = house.operator("Ming")
    turned_on(house, operator)
    for _try in range(5):
        wrong = refusal(house.factors.turn_off, operator, "a wrong one")
        assert wrong == ("current", "wrong_password")
    with pytest.raises(TooManyTries):
        house.factors.turn_off(operator, GOOD)
    house.passes(minutes=15)
    house.factors.turn_off(operator, GOOD)
    assert house.factors.standing(operator) is None
    assert house.signed_in("Ming").role == "operator"


def test_a_new_secret_is_not_kept_waiting_by_the_steps_of_the_one_before(house: House) -> None:
    operator = house.operator("Ming")
    app, _codes = turned_on(house, operator)
    ahead = app.at(house.clock.now(), counter_offset=1)
    house.sessions.second_step(halfway(house), ahead, ADDRESS)
    house.factors.turn_off(operator, GOOD)
    again = pyotp.TOTP(house.factors.offer(operator).secret)
    house.factors.confirm(operator, again.at(house.clock.now()))
    code = again.at(house.clock.now(), counter_offset=1)
    assert house.sessions.second_step(halfway(house), code, ADDRESS)


def test_an_operator_lifts_anothers_and_not_the_own(house: House) -> None:
    operator = house.operator("Ming")
    hua = house.invited(operator, "educator", "Hua")
    turned_on(house, operator)
    turned_on(house, hua)
    assert house.factors.with_one(operator) == {operator.account, hua.account}
    own = refusal(house.factors.lift, operator, operator.account)
    assert own == ("account", "own_factor")
    house.factors.lift(operator, str(hua.account))
    assert house.signed_in("Hua").role == "educator"
    for unknown in (str(hua.account), "f" * 32, "../../etc", ""):
        with pytest.raises(NotFound):
            house.factors.lift(operator, unknown)
    noted = [(entry.action, entry.who, entry.what) for entry in house.audit.newest(operator)]
    assert ("factor.lift", str(operator.account)[:16], str(hua.account)[:16]) in noted


def test_others_and_learners_reach_nobodys_second_factor(house: House) -> None:
    operator = house.operator("Ming")
    hua = house.invited(operator, "educator", "Hua")
    turned_on(house, operator)
    for call, values in (
        (house.factors.offer, ()),
        (house.factors.confirm, ("123456",)),
        (house.factors.standing, ()),
        (house.factors.turn_off, (GOOD,)),
        (house.factors.with_one, ()),
        (house.factors.lift, (str(operator.account),)),
    ):
        with pytest.raises(NotAllowed):
            call(VISITOR, *values)
    for call, values in (
        (house.factors.with_one, ()),
        (house.factors.lift, (str(operator.account),)),
    ):
        with pytest.raises(NotAllowed):
            call(hua, *values)
    assert house.factors.is_on(str(operator.account))


def test_a_copy_of_the_records_makes_no_codes(house: House, tmp_path: Path) -> None:
    operator = house.operator("Ming")
    app, codes = turned_on(house, operator)
    with pytest.raises(InvalidInput):
        house.sessions.second_step(halfway(house), "000000", ADDRESS)
    house.sessions.second_step(halfway(house), codes[0], ADDRESS)
    collections = (
        "second_factors",
        "backup_codes_used",
        "second_factor_steps_used",
        "staff_halfway",
    )
    held = [
        (c, key, house.documents.get(c, key))
        for c in collections
        for key in house.documents.keys(c)
    ]
    assert {c for c, _key, _value in held} >= set(collections[:3])
    everything = json.dumps(held) + "".join(f.read_text() for f in (tmp_path / "audit").iterdir())
    for secret in (app.secret, *codes, *(code.replace("-", "") for code in codes)):
        assert secret not in everything
    assert (tmp_path / "server.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("key", [None, "", "ab" * 32, "zz"])
def test_with_another_key_only_backup_codes_open(
    house: House, tmp_path: Path, key: str | None
) -> None:
    app, codes = turned_on(house, house.operator("Ming"))
    if key is None:
        (tmp_path / "server.key").unlink()
    else:
        (tmp_path / "server.key").write_text(key)
    ticket = halfway(house)
    code = app.at(house.clock.now())
    assert refusal(house.sessions.second_step, ticket, code, ADDRESS) == ("code", "wrong_code")
    assert house.sessions.second_step(ticket, codes[0], ADDRESS)


def test_anothers_factor_document_is_worth_nothing(house: House) -> None:
    """The account is part of what the secret is derived from."""
    operator = house.operator("Ming")
    hua = house.invited(operator, "educator", "Hua")
    app, _codes = turned_on(house, hua)
    held = house.documents.get("second_factors", str(hua.account))
    assert held
    house.documents.put("second_factors", str(operator.account), held)
    assert not house.factors.accepts(str(operator.account), app.at(house.clock.now()))
    assert house.factors.accepts(str(hua.account), app.at(house.clock.now()))


def test_offers_leave_nothing_behind(house: House) -> None:
    turned_on(house, house.operator("Ming"))
    assert list(house.documents.keys(OFFERS)) == []
