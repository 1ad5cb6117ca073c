"""Changing a password and resetting it by an operator's code: what ends, what stays, who may."""

from __future__ import annotations

import threading

import pytest

from jiejian.errors import InvalidInput, NotAllowed, NotFound, TooManyTries
from jiejian.services.actor import Actor
from jiejian.services.identity.halfway import CodeNeeded
from jiejian.services.identity.newpassword import CLAIMED, RESETS
from jiejian.services.identity.sessions import SESSIONS
from tests.unit.identity.conftest import ADDRESS, GOOD, VISITOR, House
from tests.unit.identity.test_second_factor import turned_on
from tests.unit.identity.test_staff import refusal

BETTER = "nine kettles on a slow train"


@pytest.fixture
def hua(house: House) -> Actor:
    return house.invited(house.operator("Ming"), "educator", "Hua")


def ming(house: House) -> Actor:
    return house.signed_in("Ming")


def test_changing_it_ends_all_sessions_but_the_new_one(house: House, hua: Actor) -> None:
    before = house.sessions.sign_in("Hua", GOOD, ADDRESS)
    token = house.new_password.change(hua, GOOD, BETTER, ADDRESS)
    assert house.sessions.actor(before, VISITOR) == VISITOR
    now = house.sessions.actor(token, VISITOR)
    assert (now.account, now.role) == (hua.account, "educator")
    assert len(house.sessions.sessions(now)) == 1
    assert refusal(house.sessions.sign_in, "Hua", GOOD, ADDRESS) == ("name", "wrong_sign_in")
    assert house.sessions.sign_in("Hua", BETTER, ADDRESS)
    assert ming(house).role == "operator"


def test_a_session_of_the_old_password_that_outlives_the_change_is_worth_nothing(
    house: House, hua: Actor
) -> None:
    """As if it was begun by somebody whose old password was being checked at that moment."""
    old = house.staff.proof(str(hua.account))
    house.new_password.change(hua, GOOD, BETTER, ADDRESS)
    late = house.sessions.begin(str(hua.account), ADDRESS, proof=old)
    assert house.sessions.actor(late, VISITOR) == VISITOR
    house.passes(days=-1)
    assert house.sessions.actor(late, VISITOR) == VISITOR


def test_changing_it_takes_the_current_one_and_a_good_new_one(house: House, hua: Actor) -> None:
    change = house.new_password.change
    assert refusal(change, hua, GOOD, "short") == ("password", "too_short")
    assert refusal(change, hua, GOOD, "password1234") == ("password", "too_easy")
    for _try in range(5):
        assert refusal(change, hua, "wrong", BETTER) == ("current", "wrong_password")
    with pytest.raises(TooManyTries):
        change(hua, GOOD, BETTER)
    assert house.sessions.sign_in("Hua", GOOD, ADDRESS)


def test_a_reset_code_sets_a_password_once_and_signs_nobody_in(house: House, hua: Actor) -> None:
    code = house.new_password.reset_code(ming(house), str(hua.account))
    before = house.sessions.sign_in("Hua", GOOD, ADDRESS)
    weak = refusal(house.new_password.reset, code, "Hua", ADDRESS)
    assert weak == ("password", "too_short")
    house.new_password.reset(code.lower().replace("-", " "), BETTER, ADDRESS)
    assert house.sessions.actor(before, VISITOR) == VISITOR
    account = str(hua.account)
    assert account not in {
        (house.documents.get(SESSIONS, k) or {})["account"] for k in house.documents.keys(SESSIONS)
    }
    assert house.sessions.sign_in("Hua", BETTER, ADDRESS)
    again = refusal(house.new_password.reset, code, GOOD, ADDRESS)
    assert again == ("code", "unknown_reset")


def test_unknown_used_replaced_late_and_shut_codes_get_one_answer(house: House, hua: Actor) -> None:
    account, reset = str(hua.account), house.new_password.reset
    answers = [refusal(reset, code, BETTER, ADDRESS) for code in ("", "no", "x" * 9999, "\ud800")]
    replaced = house.new_password.reset_code(ming(house), account)
    late = house.new_password.reset_code(ming(house), account)
    answers.append(refusal(reset, replaced, BETTER, ADDRESS))
    house.passes(hours=24, seconds=1)
    answers.append(refusal(reset, late, BETTER, ADDRESS))
    overtaken = house.new_password.reset_code(ming(house), account)
    house.new_password.change(hua, GOOD, BETTER, ADDRESS)
    answers.append(refusal(reset, overtaken, GOOD, ADDRESS))
    shut = house.new_password.reset_code(ming(house), account)
    house.staff.disable(ming(house), account)
    answers.append(refusal(reset, shut, GOOD, ADDRESS))
    assert set(answers) == {("code", "unknown_reset")}


def test_reset_codes_cannot_be_guessed_at_speed(house: House, hua: Actor) -> None:
    code = house.new_password.reset_code(ming(house), str(hua.account))
    for n in range(20):
        assert refusal(house.new_password.reset, f"GUESS-{n}", BETTER, ADDRESS)[0] == "code"
    with pytest.raises(TooManyTries):
        house.new_password.reset(code, BETTER, ADDRESS)
    house.new_password.reset(code, BETTER, "198.51.100.7")


def test_of_people_who_use_one_code_at_once_one_sets_a_password(house: House, hua: Actor) -> None:
    code = house.new_password.reset_code(ming(house), str(hua.account))
    done: list[str] = []
    refused: list[str] = []

    def reset(password: str) -> None:
        try:
            house.new_password.reset(code, password, ADDRESS)
            done.append(password)
        except InvalidInput as error:
            refused.append(error.reason)

    threads = [threading.Thread(target=reset, args=(f"{BETTER} {n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    assert refused == ["unknown_reset"] * 5
    assert house.sessions.sign_in("Hua", done[0], ADDRESS)


def test_a_reset_leaves_the_second_factor_on_and_ends_the_wait(house: House, hua: Actor) -> None:
    app, _codes = turned_on(house, hua)
    for n in range(5):
        assert refusal(house.sessions.sign_in, "Hua", "wrong", f"198.51.100.{n}")[0] == "name"
    house.new_password.reset(
        house.new_password.reset_code(ming(house), str(hua.account)), GOOD + "!", ADDRESS
    )
    with pytest.raises(CodeNeeded) as caught:
        house.sessions.sign_in("Hua", GOOD + "!", ADDRESS)
    code = app.at(house.clock.now())
    assert house.sessions.second_step(caught.value.ticket, code, ADDRESS)


def test_old_codes_and_claims_are_swept(house: House, hua: Actor) -> None:
    account = str(hua.account)
    house.new_password.reset(house.new_password.reset_code(ming(house), account), BETTER)
    house.passes(hours=25)
    house.new_password.reset_code(ming(house), account)
    assert len(list(house.documents.keys(RESETS))) == 1
    assert list(house.documents.keys(CLAIMED)) == []


def test_only_operators_make_codes_and_only_for_others(house: House, hua: Actor) -> None:
    operator = ming(house)
    for other in (VISITOR, hua):
        with pytest.raises(NotAllowed):
            house.new_password.reset_code(other, str(operator.account))
    with pytest.raises(NotAllowed):
        house.new_password.change(VISITOR, GOOD, BETTER)
    own = refusal(house.new_password.reset_code, operator, operator.account)
    assert own == ("account", "own_password")
    for unknown in ("f" * 32, "../../etc", "", "\x00"):
        with pytest.raises(NotFound):
            house.new_password.reset_code(operator, unknown)
    code = house.new_password.reset_code(operator, str(hua.account))
    held = str([house.documents.get(RESETS, key) for key in house.documents.keys(RESETS)])
    assert code not in held
    house.new_password.reset(code, BETTER, ADDRESS)
    noted = [(entry.action, entry.outcome) for entry in house.audit.newest(operator)]
    assert ("password.reset", "done") in noted
    assert ("password.renew", "done") in noted
