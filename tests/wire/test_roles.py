"""Every role tries every action straight over the websocket: what the table grants, and no more."""

from __future__ import annotations

from typing import get_args

import pytest

from jiejian.rehearsal.wire import Part, Tab, pressed
from jiejian.services.actor import Role
from jiejian.services.permissions import table
from tests.wire.deeds import DEEDS, WITHOUT, Deed, FormDeed, act
from tests.wire.people import House

ROLES: tuple[Role, ...] = get_args(Role)
REFUSED = "Your account may not do this"


def cases(*, granted: bool) -> list[tuple[str, Role]]:
    """Every action and role that the table grants, or does not."""
    return [
        (action, role)
        for action in DEEDS
        for role in ROLES
        if (role in table().get(action, {})) is granted
    ]


def entitled(action: str) -> Role:
    """A role that may do this."""
    return next(role for role in reversed(ROLES) if role in table()[action])


def test_every_action_of_the_table_has_a_way_or_a_reason() -> None:
    assert set(DEEDS) | set(WITHOUT) == set(table()), "see tests/wire/deeds.py"
    assert not set(DEEDS) & set(WITHOUT)
    assert all(WITHOUT.values())


@pytest.mark.parametrize(("action", "role"), cases(granted=True))
def test_what_the_table_grants_is_done(house: House, action: str, role: Role) -> None:
    deed = DEEDS[action]
    person = house.person(role) if deed.once else house.known(role)
    with house.no_fault():
        if isinstance(deed, FormDeed):
            before = deed.done(house, person, "")
            assert person.device.fill(deed.path, **deed.fields(house)).status == 303
            assert deed.done(house, person, "") != before
            return
        target = deed.prepare(house, person)
        before = deed.done(house, person, target)
        deed.do(person.device.tab(), target)
        assert deed.done(house, person, target) != before


@pytest.mark.parametrize(("action", "role"), cases(granted=False))
def test_what_it_does_not_grant_is_not_done_by_forged_messages(
    house: House, action: str, role: Role
) -> None:
    """The ids of an entitled person's controls, sent from a page of the role's own."""
    deed = DEEDS[action]
    assert isinstance(deed, Deed)
    above, person = house.known(entitled(action)), house.known(role)
    target = deed.prepare(house, above)
    parts = deed.find(above.device.tab(), target)
    tab = person.device.tab()
    before = deed.done(house, above, target), deed.done(house, person, target)
    with house.no_fault(), house.unchanged():
        deed.force(tab, parts, target)
        for page in ("account", "progress", ""):
            tab.rerun(*(pressed(part.id) for part in parts), hash_=tab.pages[page])
    assert (deed.done(house, above, target), deed.done(house, person, target)) == before
    assert above.name not in tab.words()


@pytest.mark.parametrize(
    ("action", "role"),
    [(a, r) for a, r in cases(granted=False) if DEEDS[a].controls("")],  # type: ignore[union-attr]
)
def test_a_page_left_open_does_not_outlive_its_right(house: House, action: str, role: Role) -> None:
    """The control is there and pressed, but meanwhile the account was turned into this role."""
    deed = DEEDS[action]
    assert isinstance(deed, Deed)
    person = house.known(entitled(action))
    target = deed.prepare(house, person)
    tab = person.device.tab()
    control = deed.find(tab, target)[-1]
    before, at = deed.done(house, person, target), len(house.log)
    with house.turned(person, role), house.unchanged():
        if control.kind == "download_button":
            # Streamlit logs whatever a download raises, foreseen or not.
            assert tab.fetch(control.msg.deferred_file_id).startswith("refused")
        else:
            with house.no_fault():
                act(tab, control)
    assert deed.done(house, person, target) == before
    if control.kind == "checkbox":
        assert not tab.find(control.kind, control.key)
        return
    assert f"refused {action} to {role}" in house.log[at:]
    if control.kind == "button":
        assert role == "learner" or REFUSED in tab.words()


def test_a_learner_is_shown_nothing_of_accounts(house: House) -> None:
    operator = house.operator()
    seen = operator.device.tab()
    seen.goto("account")
    assert operator.name in seen.words()
    assert seen.find("button", "invite")
    for role in ROLES:
        person = house.known(role)
        tab = person.device.tab()
        tab.goto("account")
        own = "Where you are signed in" in tab.words()
        assert own is (role != "learner")
        assert (operator.name in tab.words()) is (role == "operator")
        assert (tab.find("button", "invite") is not None) is (role == "operator")


def test_anothers_sessions_are_not_ended_by_their_ids(house: House) -> None:
    victim, attacker = house.person("educator"), house.known("educator")
    deed = DEEDS["session.end"]
    assert isinstance(deed, Deed)
    theirs, own = deed.prepare(house, victim), deed.prepare(house, attacker)
    tab = attacker.device.tab()
    control = deed.find(tab, own)[-1]
    with house.no_fault(), house.unchanged():
        for forged in (control.id.replace(own, theirs), f"end_session_{theirs}", theirs):
            tab.rerun(pressed(forged))
    assert len(house.services.sessions.sessions(house.actor(victim))) == 2


def test_anothers_record_is_not_reached_by_any_id(house: House) -> None:
    victim, attacker = house.person("learner"), house.person("learner")
    seat = victim.device.tab()
    seat.goto("borrow")
    ask(seat)
    requests = house.services.lending.requests(house.actor(victim))
    assert len(requests) == 1
    theirs, learner = requests[0].sent.id, house.actor(victim).learner
    own_tab = victim.device.tab()
    own_tab.goto("request", id=theirs)
    assert "Request not found" not in own_tab.words()

    tab = attacker.device.tab()
    with house.no_fault(), house.unchanged():
        for query in ({"id": theirs}, {"id": theirs, "with": theirs}, {"id": learner}):
            tab.goto("request", **query)
            assert "Request not found" in tab.words()
        for page in ("progress", "account", "certificate", "review"):
            tab.goto(
                page, id=learner, learner=learner, visitor=learner, track=learner, code=learner
            )
            assert theirs not in tab.words()
    export = own_tab_export(victim.device.tab())
    assert tab.fetch(export[::-1]).startswith("refused")


def ask(tab: Tab) -> Part:
    """Send the borrower's request as it stands on the page."""
    control = next(b for b in tab.all("button") if b.msg.type == "primary")
    tab.press(control)
    return control


def own_tab_export(tab: Tab) -> str:
    """The id under which the export of one's own record is built when it is asked for."""
    tab.goto("progress")
    return str(tab.one("download_button", "export").msg.deferred_file_id)
