"""Rooms of others straight over the websocket, people who were shown the door, guesses of codes."""

from __future__ import annotations

import re
import secrets

import pytest

from jiejian.rehearsal.wire import Tab, pressed
from jiejian.services.actor import Role
from jiejian.services.rooms.codes import new_code
from jiejian.services.rooms.joining import participant
from tests.wire import workshops
from tests.wire.deeds import DEEDS, Deed, act, forge
from tests.wire.people import House
from tests.wire.test_roles import REFUSED

KEPT_APART = ("room.direct", "room.look", "room.report", "room.delete")
"""What is done to a room that is one's own."""


def test_one_sees_ones_own_rooms_and_no_others(house: House) -> None:
    owner, code = house.known("educator"), "code {}"
    room = workshops.opened(house, house.actor(owner))
    held = house.services.documents.get("rooms", room)
    assert held
    shown = code.format(held["code"])
    for person in (owner, house.known("organizer"), house.operator(), house.known("learner")):
        tab = person.device.tab()
        tab.goto("rooms")
        assert (shown in tab.words()) is (person is owner)
        assert (tab.find("button", f"room_delete_{room}") is not None) is (person is owner)


@pytest.mark.parametrize("role", ["educator", "operator"])
@pytest.mark.parametrize("action", KEPT_APART)
def test_anothers_room_is_nobodys_business(house: House, action: str, role: Role) -> None:
    """Whoever may do this to a room of their own, with the ids of its owner's controls."""
    deed = DEEDS[action]
    assert isinstance(deed, Deed)
    owner, stranger = house.known("organizer"), house.known(role)
    room = deed.prepare(house, owner)
    parts = deed.find(owner.device.tab(), room)
    tab = stranger.device.tab()
    before, at = deed.done(house, owner, room), len(house.log)
    seen = deed.done(house, stranger, room)
    with house.no_fault(), house.unchanged():
        deed.force(tab, parts, room)
        for page in ("room", "projector"):
            tab.goto(page, room=room)
            assert REFUSED in tab.words()
            assert "A made-up workshop" not in tab.words()
            tab.rerun(*(pressed(part.id) for part in parts))
    assert deed.done(house, owner, room) == before
    assert deed.done(house, stranger, room) == seen
    assert f"refused room.look to {role}" in house.log[at:]


def test_a_colleague_directs_a_shared_room_and_no_other(house: House) -> None:
    owner, colleague = house.known("organizer"), house.known("educator")
    by = house.actor(owner)
    shared, other = workshops.opened(house, by), workshops.opened(house, by)
    house.services.directing.share(by, shared, colleague.name, secrets.token_hex(8))
    tab = colleague.device.tab()
    tab.goto("room", room=shared)
    control, before = tab.one("button", "room_go_next"), workshops.happened(house, shared)
    tab.press(control)
    assert workshops.happened(house, shared) == before + 1
    with house.unchanged():
        tab.goto("room", room=other)
        forge(tab, control)
    assert REFUSED in tab.words()


def test_anothers_script_is_not_reached_by_its_key(house: House) -> None:
    owner, stranger = house.known("organizer"), house.known("educator")
    theirs = house.services.own_scripts.copy(house.actor(owner), "why-refused")
    mine = house.services.own_scripts.copy(house.actor(stranger), "why-refused")
    assert theirs.script
    own = owner.device.tab()
    own.goto("script", key=theirs.key)
    assert own.find("text_input", "own_title_words")
    parts = [*own.all("button", "own_drop"), *own.all("button", "FormSubmitter")]
    own.goto("script")
    parts += own.all("button", "own_remove")
    assert len(parts) > len(theirs.script.steps)
    tab = stranger.device.tab()
    with house.no_fault(), house.unchanged():
        for key in (theirs.key, theirs.key.upper(), f"../{theirs.key}", mine.key[:33], "x"):
            tab.goto("script", key=key)
            assert not tab.find("text_input", "own_title_words")
            tab.rerun(*(pressed(part.id) for part in parts))
    tab.goto("script")
    assert not tab.find("button", f"own_remove_{theirs.key[-12:]}")
    with house.unchanged():
        tab.rerun(*(pressed(part.id) for part in parts))


@pytest.mark.parametrize("action", ["room.answer", "room.leave", "room.take"])
def test_anothers_part_of_a_room_is_not_reached(house: House, action: str) -> None:
    """From outside the room, and from inside it: a press is always the presser's own."""
    deed = DEEDS[action]
    assert isinstance(deed, Deed)
    victim, attacker = house.person("learner"), house.known("learner")
    room = deed.prepare(house, victim)
    seat = victim.device.tab()
    parts = deed.find(seat, room)
    me = participant(room, house.actor(victim).learner)
    before = workshops.done_by(house, victim, room)
    tab = attacker.device.tab()
    with house.no_fault(), house.unchanged():
        deed.force(tab, parts, room)
        for query in ({"room": me}, {"room": f"{room}/{me}"}, {"room": room, "person": me}):
            tab.goto("live", **query)
            tab.rerun(*(pressed(part.id) for part in parts))
    assert workshops.done_by(house, victim, room) == before
    assert "Person 0" not in tab.words()


def test_who_was_shown_the_door_does_nothing_more(house: House) -> None:
    owner, person = workshops.educator(), house.person("learner")
    room = workshops.opened(house, owner, person, at="guess")
    deed = DEEDS["room.answer"]
    assert isinstance(deed, Deed)
    tab, late = person.device.tab(), person.device.tab()
    control = deed.find(tab, room)[-1]
    options = tab.one("radio", "live_")
    me = participant(room, house.actor(person).learner)
    house.services.directing.remove(owner, room, me, secrets.token_hex(8))
    _until_out(late, room)
    with house.no_fault(), house.unchanged():
        tab.put(options, options.msg.options[0])
        act(tab, control)
        late.rerun(pressed(control.id))
        # Coming back by the code does not help, nor does a forged press of the door's button.
        late.goto("live", join=house.services.documents.get("rooms", room)["code"])  # type: ignore[index]
        late.rerun(pressed("FormSubmitter:join-Join the room"))
    for shown in (tab, late):
        assert "You are out of this room" in shown.words()
    assert workshops.done_by(house, person, room) == 0


def _until_out(tab: Tab, room: str) -> None:
    """The server learns within half a second what another process wrote."""
    for _ in range(200):
        tab.goto("live", room=room)
        if "You are out of this room" in tab.words():
            return
    raise AssertionError("never shown the door")


def test_two_hundred_guesses_of_a_code_are_few(house: House) -> None:
    """And whoever sits behind the same address comes in meanwhile, by typing and by scanning."""
    guesser, other = house.person("learner").device.tab(), house.person("learner").device.tab()
    room = workshops.opened(house)
    code = house.services.documents.get("rooms", room)["code"]  # type: ignore[index]
    guesser.goto("live")
    waits: list[int] = []
    tried = 0
    with house.no_fault(), house.unchanged():
        for number in range(200):
            if number % 2:
                guesser.goto("live", join=new_code())
            else:
                guesser.put(guesser.one("text_input", "live_join_code"), new_code())
                guesser.press(guesser.one("button", "FormSubmitter:join"))
            found = re.search(r"Please wait (\d+) seconds", guesser.words())
            if found is None:
                assert "code" in guesser.words()
                tried += 1
            elif len(waits) < tried:
                waits += [int(found[1])] * (tried - len(waits))
        assert 8 <= tried < 30
        first = waits[7:]
        assert first == sorted(first)
        assert first[-1] > first[0]
        # The right code does not help either while one waits.
        guesser.goto("live", join=code)
        assert "Please wait" in guesser.words()
    other.goto("live", join=code.lower())
    assert other.find("button", "FormSubmitter:join", "Join the room")
    other.goto("live")
    other.put(other.one("text_input", "live_join_code"), f"{code[:3]} {code[3:]}")
    other.press(other.one("button", "FormSubmitter:join"))
    assert other.find("button", "FormSubmitter:join", "Join the room")
