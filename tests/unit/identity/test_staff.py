"""Staff accounts: the first operator, invitations good for one person, passwords, disabling."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from jiejian.errors import InvalidInput, NotAllowed, NotFound
from jiejian.services.actor import Actor, Role
from jiejian.services.identity.passwords import judge
from jiejian.services.identity.staff import STAFF
from tests.unit.identity.conftest import ADDRESS, GOOD, VISITOR, House, house_on


def refusal(call: object, *values: object) -> tuple[str, str]:
    assert callable(call)
    with pytest.raises(InvalidInput) as caught:
        call(*values)
    return caught.value.field, caught.value.reason


def test_the_set_up_code_makes_one_operator_and_is_then_worth_nothing(house: House) -> None:
    code = house.staff.setup_code()
    assert code is not None
    made = house.staff.join(code.lower().replace("-", " "), "  Ming  Li ", GOOD)
    assert (made.role, made.name) == ("operator", "Ming Li")
    assert house.staff.setup_code() is None
    assert refusal(house.staff.join, code, "Another", GOOD) == ("code", "unknown_code")


def test_of_two_processes_codes_only_one_is_used(house: House, tmp_path: Path) -> None:
    other = house_on(tmp_path, house.documents, house.clock)
    mine, theirs = house.staff.setup_code(), other.staff.setup_code()
    assert mine
    assert theirs
    house.staff.join(mine, "Ming", GOOD)
    assert refusal(other.staff.join, theirs, "Another", GOOD) == ("code", "unknown_code")


def test_an_older_set_up_code_ends_with_its_process(house: House, tmp_path: Path) -> None:
    code = house.staff.setup_code()
    restarted = house_on(tmp_path, house.documents, house.clock)
    restarted.staff.setup_code()
    assert refusal(restarted.staff.join, code, "Ming", GOOD) == ("code", "unknown_code")


@pytest.mark.parametrize("role", ["educator", "organizer", "operator"])
def test_an_invitation_gives_its_role_to_one_person(house: House, role: Role) -> None:
    operator = house.operator()
    code = house.staff.invite(operator, role)
    assert house.staff.join(code, "Hua", GOOD).role == role
    assert house.signed_in("HUA").role == role
    assert refusal(house.staff.join, code, "Third", GOOD) == ("code", "unknown_code")


def test_an_invitation_ends_after_a_week(house: House) -> None:
    code = house.staff.invite(house.operator(), "educator")
    house.passes(days=7, seconds=1)
    assert refusal(house.staff.join, code, "Hua", GOOD) == ("code", "unknown_code")


def test_nobody_is_invited_to_be_a_learner_or_a_king(house: House) -> None:
    operator = house.operator()
    for role in ("learner", "king", ""):
        assert refusal(house.staff.invite, operator, role) == ("role", "unknown_choice")


def test_people_who_use_one_code_at_once_make_one_account(house: House) -> None:
    code = house.staff.invite(house.operator(), "educator")
    made: list[str] = []
    refused: list[str] = []

    def join(name: str) -> None:
        try:
            made.append(house.staff.join(code, name, GOOD).name)
        except InvalidInput as error:
            refused.append(error.reason)

    threads = [threading.Thread(target=join, args=(f"Hua {n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert refused == ["unknown_code"] * 7
    assert len(list(house.documents.keys(STAFF))) == 2


def test_a_mistake_uses_up_no_code(house: House) -> None:
    code = house.staff.invite(house.operator("Ming"), "educator")
    assert refusal(house.staff.join, code, "ming", GOOD) == ("name", "taken")
    assert refusal(house.staff.join, code, " \t ", GOOD) == ("name", "empty")
    assert refusal(house.staff.join, code, "x" * 41, GOOD) == ("name", "too_long")
    assert refusal(house.staff.join, code, "a\u202eb", GOOD) == ("name", "invisible")
    assert refusal(house.staff.join, code, "a\u200bb", GOOD) == ("name", "invisible")
    assert refusal(house.staff.join, code, "Hua", "short") == ("password", "too_short")
    assert house.staff.join(code, "Hua", GOOD).role == "educator"


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("elevensigns", "too_short"),
        ("x" * 129, "too_long"),
        ("password1234", "too_easy"),
        ("qwertyuiop12", "too_easy"),
        ("aaaaaaaaaaaaaaa", "too_easy"),
        ("jiejianjiejian", "too_easy"),
        ("Wang Xiaoming", "too_easy"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(password: str, reason: str) -> None:
    assert refusal(lambda: judge(password, ("Wang Xiaoming",))) == ("password", reason)


@pytest.mark.parametrize("password", [GOOD, "河边七盏灯照着晚归的木船", "x" * 20 + "Qz7!mW2kRt"])
def test_no_sign_is_asked_for_or_forbidden(password: str) -> None:
    judge(password)


def test_a_password_is_the_same_however_it_is_spelt_and_is_not_kept(house: House) -> None:
    code = house.staff.setup_code()
    assert code
    password = "Cafe\u0301 by the old canal"
    account = house.staff.join(code, "Ming", password)
    assert house.staff.is_password(account.id, "Caf\u00e9 by the old canal")
    assert not house.staff.is_password(account.id, "Cafe by the old canal")
    held = json.dumps(house.documents.get(STAFF, account.id))
    assert "$argon2id$" in held
    assert "canal" not in held


def test_a_disabled_account_is_out_at_once_and_stays_out_where_it_was(house: House) -> None:
    operator = house.operator()
    house.invited(operator, "educator", "Hua")
    token = house.sessions.sign_in("Hua", GOOD, ADDRESS)
    hua = house.sessions.actor(token, VISITOR)
    house.passes(seconds=1)
    house.staff.disable(operator, str(hua.account))
    assert house.sessions.actor(token, VISITOR) == VISITOR
    assert refusal(house.sessions.sign_in, "Hua", GOOD, ADDRESS) == ("name", "wrong_sign_in")
    house.staff.enable(operator, str(hua.account))
    assert house.sessions.actor(token, VISITOR) == VISITOR
    house.passes(seconds=1)
    assert house.signed_in("Hua").role == "educator"


def test_an_operator_remains(house: House) -> None:
    operator = house.operator()
    own = refusal(house.staff.disable, operator, operator.account)
    assert own == ("account", "own_account")
    for unknown in ("f" * 32, "../../etc", "", "\x00"):
        with pytest.raises(NotFound):
            house.staff.disable(operator, unknown)


@pytest.mark.parametrize("role", ["learner", "educator", "organizer"])
def test_only_operators_reach_accounts_and_the_audit(house: House, role: Role) -> None:
    operator = house.operator()
    other = VISITOR if role == "learner" else house.invited(operator, role, "Hua")
    account = str(operator.account)
    before = house.staff.accounts(operator)
    for call, values in (
        (house.staff.accounts, ()),
        (house.staff.invite, ("operator",)),
        (house.staff.disable, (account,)),
        (house.staff.enable, (account,)),
        (house.audit.newest, ()),
    ):
        with pytest.raises(NotAllowed):
            call(other, *values)
    assert house.staff.accounts(operator) == before


def test_a_forged_actor_without_an_account_may_nothing(house: House) -> None:
    house.operator()
    with pytest.raises(NotAllowed):
        house.staff.accounts(Actor("a" * 32, "operator"))
