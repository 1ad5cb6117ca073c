"""Signing in and out: one answer for every mistake, growing waits, sessions that end."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from jiejian.errors import InvalidInput, NotAllowed, NotFound, TooManyTries
from jiejian.services.accounts import new_token
from jiejian.services.identity.passwords import Passwords
from jiejian.services.identity.sessions import SEEN, SESSIONS, device_of
from jiejian.services.identity.throttle import Throttle, address_key
from tests.unit.identity.conftest import ADDRESS, GOOD, VISITOR, House

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36"


def test_signing_in_gives_the_role_and_leaves_the_learner_as_it_was(house: House) -> None:
    actor = house.operator()
    assert (actor.learner, actor.role) == (VISITOR.learner, "operator")


@pytest.mark.parametrize("token", [None, "", "x" * 43, "\ud800", "../../x"])
def test_no_token_and_a_foreign_one_are_a_visitor(house: House, token: str | None) -> None:
    house.operator()
    assert house.sessions.actor(token, VISITOR) == VISITOR
    assert house.sessions.actor(new_token(), VISITOR) == VISITOR


def test_an_unknown_name_and_a_wrong_password_get_one_answer(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.operator("Ming")
    hashed: list[str | None] = []
    real = Passwords.matches

    def matches(self: Passwords, kept: str | None, password: str) -> bool:
        hashed.append(kept)
        return real(self, kept, password)

    monkeypatch.setattr(Passwords, "matches", matches)
    answers = []
    for name, password in (("Ming", "wrong"), ("Nobody", GOOD), ("", ""), ("x" * 9999, "y" * 9999)):
        with pytest.raises(InvalidInput) as caught:
            house.sessions.sign_in(name, password, ADDRESS)
        answers.append((str(caught.value), caught.value.details))
    assert len(set(map(str, answers))) == 1
    # Each of them cost a hash, also where there is no account to hash for.
    assert [kept is None for kept in hashed] == [False, True, True, True]


def test_the_wait_doubles_for_known_and_unknown_names_alike(house: House) -> None:
    house.operator("Ming")
    waits: dict[str, list[int]] = {"Ming": [], "Nobody": []}
    for name, told in waits.items():
        for n in range(20):
            address = f"198.51.100.{n}"
            try:
                house.sessions.sign_in(name, "wrong", address)
            except TooManyTries as error:
                told.append(error.wait_seconds)
                house.passes(seconds=error.wait_seconds)
            except InvalidInput:
                continue
    assert waits["Ming"] == waits["Nobody"]
    assert waits["Ming"][:4] == [1, 2, 4, 8]


def test_two_hundred_wrong_passwords_are_not_two_hundred_guesses(house: House) -> None:
    house.operator("Ming")
    judged = 0
    for n in range(200):
        try:
            house.sessions.sign_in("Ming", "wrong", f"198.51.{n}.1")
        except InvalidInput:
            judged += 1
        except TooManyTries:
            house.passes(seconds=1)
    assert judged < 15
    with pytest.raises(TooManyTries) as caught:
        house.sessions.sign_in("Ming", GOOD, "192.0.2.77")
    house.passes(seconds=caught.value.wait_seconds)
    assert house.signed_in("Ming").role == "operator"


def test_one_address_cannot_try_many_names(house: House) -> None:
    refused = 0
    for n in range(40):
        try:
            house.sessions.sign_in(f"name {n}", "wrong", ADDRESS)
        except InvalidInput:
            continue
        except TooManyTries:
            refused += 1
    assert refused == 20


def test_an_own_account_does_not_clear_an_addresss_failures(house: House) -> None:
    house.operator("Ming")
    judged = 0
    for n in range(40):
        try:
            house.sessions.sign_in(f"name {n}", "wrong", ADDRESS)
        except InvalidInput:
            judged += 1
            if judged < 20:
                house.signed_in("Ming")
        except TooManyTries:
            break
    assert judged == 20


def test_an_ipv6_network_counts_as_one_address() -> None:
    assert address_key("2001:db8::1") == address_key("2001:db8::ffff")
    assert address_key("2001:db8::1") != address_key("2001:db8:0:1::1")
    assert address_key("::ffff:192.0.2.1") == address_key("192.0.2.1")
    assert address_key("no address") == address_key("unknown")


def test_the_throttle_forgets_the_longest_quiet_first(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiejian.services.identity.throttle.MOST_KEYS", 3)
    throttle = Throttle(house.clock, free_tries=1)
    for key in "abcd":
        throttle.begin(key)
    throttle.begin("a")
    with pytest.raises(TooManyTries):
        throttle.begin("d")


def test_a_session_ends_after_eight_hours_unused(house: House) -> None:
    house.operator("Ming")
    token = house.sessions.sign_in("Ming", GOOD, ADDRESS)
    for _ in range(3):
        house.passes(hours=7)
        assert house.sessions.actor(token, VISITOR).role == "operator"
    house.passes(hours=8)
    assert house.sessions.actor(token, VISITOR) == VISITOR


def test_a_session_ends_after_seven_days_however_used(house: House) -> None:
    house.operator("Ming")
    token = house.sessions.sign_in("Ming", GOOD, ADDRESS)
    for _ in range(27):
        house.passes(hours=6)
        assert house.sessions.actor(token, VISITOR).role == "operator"
    house.passes(hours=6)
    assert house.sessions.actor(token, VISITOR) == VISITOR


def test_a_replayed_token_is_worth_nothing_after_signing_out(house: House) -> None:
    house.operator("Ming")
    first, second = (house.sessions.sign_in("Ming", GOOD, ADDRESS) for _ in range(2))
    house.sessions.sign_out(first)
    assert house.sessions.actor(first, VISITOR) == VISITOR
    assert house.sessions.actor(second, VISITOR).role == "operator"
    house.sessions.sign_out(first, everywhere=True)
    assert house.sessions.actor(second, VISITOR).role == "operator"
    house.sessions.sign_out(second, everywhere=True)
    assert list(house.documents.keys(SESSIONS)) == []


def test_noting_a_sessions_use_brings_no_ended_one_back(house: House) -> None:
    house.operator("Ming")
    token = house.sessions.sign_in("Ming", GOOD, ADDRESS)
    digest = next(key for key in house.documents.keys(SESSIONS))
    house.sessions.sign_out(token, everywhere=True)
    house.documents.put(SEEN, digest, {"at": house.clock.now().isoformat()})
    assert house.sessions.actor(token, VISITOR) == VISITOR


def test_own_sessions_are_listed_and_ended_and_others_are_not(house: House) -> None:
    operator = house.operator("Ming")
    house.passes(minutes=1)
    hua = house.invited(operator, "educator", "Hua")
    house.passes(minutes=1)
    phone = house.sessions.sign_in("Hua", GOOD, ADDRESS, PHONE)
    listed = house.sessions.sessions(hua)
    assert [(one.device, one.current) for one in listed] == [
        ("Chrome · Android", False),
        ("", True),
    ]
    with pytest.raises(NotFound):
        house.sessions.end(hua, str(operator.session))
    house.sessions.end(hua, listed[0].id)
    assert house.sessions.actor(phone, VISITOR) == VISITOR
    assert house.sessions.actor(None, VISITOR) == VISITOR
    with pytest.raises(NotAllowed):
        house.sessions.sessions(VISITOR)
    with pytest.raises(NotAllowed):
        house.sessions.end(VISITOR, listed[1].id)


@pytest.mark.parametrize("agent", ["", "\x00", "x" * 100_000, "<script>alert(1)</script>"])
def test_a_strange_browser_has_no_name(agent: str) -> None:
    assert device_of(agent) == ""


def test_no_secret_is_stored_audited_or_logged(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    setup = house.staff.setup_code()
    assert setup
    house.staff.join(setup, "Ming", GOOD)
    token = house.sessions.sign_in("Ming", GOOD, ADDRESS)
    operator = house.sessions.actor(token, VISITOR)
    code = house.staff.invite(operator, "educator")
    for name, password in (("Ming", "a wrong pass"), ("Nobody", "another wrong pass")):
        with pytest.raises(InvalidInput):
            house.sessions.sign_in(name, password, ADDRESS)
    with pytest.raises(InvalidInput):
        house.staff.join("WRONG-CODE", "Hua", GOOD)
    house.staff.accounts(operator)
    actions = [(entry.action, entry.outcome) for entry in house.audit.newest(operator)]
    house.sessions.sign_out(token)

    assert ("staff.signin", "done") in actions
    assert actions.count(("staff.signin", "refused")) == 2
    assert ("staff.join", "refused") in actions
    assert ("staff.list", "done") in actions
    written = "".join(path.read_text() for path in tmp_path.rglob("*.jsonl"))
    assert ADDRESS in written
    held = written + caplog.text
    for collection in ("staff", "staff_sessions", "staff_seen", "invitations"):
        for key in house.documents.keys(collection):
            held += key + json.dumps(house.documents.get(collection, key))
    for secret in (setup, code, token, GOOD, "wrong pass", "WRONG-CODE"):
        assert secret not in held
        assert secret.replace("-", "") not in held


def test_audit_files_are_kept_half_a_year(house: House, tmp_path: Path) -> None:
    house.audit.note("record.export")
    house.passes(days=181)
    house.audit.note("record.export")
    assert [path.name for path in (tmp_path / "audit").iterdir()] == ["2030-07-01.jsonl"]


def test_a_torn_line_of_the_audit_is_passed_over(house: House, tmp_path: Path) -> None:
    operator = house.operator()
    file = next((tmp_path / "audit").iterdir())
    with file.open("a") as open_file:
        open_file.write('\n{"at": "2030-')
    house.audit.note("record.export")
    assert [entry.action for entry in house.audit.newest(operator)][1] == "record.export"
    assert house.audit.newest(operator)[-1].action == "staff.join"
