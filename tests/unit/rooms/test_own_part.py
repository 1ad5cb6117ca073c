"""Leaving a room, taking its part out, and deleting it with everything else."""

from __future__ import annotations

import json

import pytest

from jiejian.errors import NotAllowed, NotFound
from jiejian.services.actor import Actor
from jiejian.services.built import build
from jiejian.services.lending.asking import Ask
from jiejian.services.rooms.joining import participant
from jiejian.services.rooms.tallies import Choices, progress, tally

from .conftest import TEACHER, RoomHouse

ASK = Ask("5000", 12, "equal_instalment", "daily_goods")


def stream(room: str, actor: Actor) -> str:
    return f"participant/{participant(room, actor.learner)}"


def played(house: RoomHouse) -> tuple[str, Actor, Actor]:
    """Two people with an answer to the poll each."""
    room = house.open()
    anna, ben = house.join(room, 1, 2)
    house.go(room, "guess")
    house.answer(anna, room, "guess", ["yes"])
    house.answer(ben, room, "guess", ["no"])
    return room, anna, ben


def test_whoever_leaves_counts_no_more_and_nothing_is_left_but_a_number(house: RoomHouse) -> None:
    room, anna, ben = played(house)
    part = house.services.own_part
    house.services.directing.message(
        TEACHER, room, "well done", house.key(), to=participant(room, anna.learner)
    )
    part.leave(anna, room, "leave-key")
    part.leave(anna, room, "leave-key")
    look = house.look(room)
    poll = look.room.script.steps[0]
    found = tally(look, poll, house.services.library)
    assert isinstance(found, Choices)
    assert (found.counts, found.people) == ({"yes": 0, "no": 1}, 1)
    assert progress(look, poll, house.services.library).people == 1
    gone = look.room.people[participant(room, anna.learner)]
    assert (gone.number, gone.name, gone.left) == (1, "#1", True)
    assert look.room.messages == ()
    assert "Person 1" not in str([moment.what for moment in look.room.moments])
    assert list(house.services.store.streams("participant")) == [stream(room, ben)]
    with pytest.raises(NotFound):
        house.services.taking_part.place(anna, room)
    assert house.services.joining.rooms_of(anna) == ()


def test_whoever_comes_back_begins_with_nothing_under_the_same_number(house: RoomHouse) -> None:
    room, anna, ben = played(house)
    house.services.own_part.leave(anna, room, house.key())
    assert house.services.joining.door(anna, room).person is None
    house.services.joining.join(anna, room, "Somebody new")
    place = house.services.taking_part.place(anna, room)
    assert (place.person.number, place.person.name) == (1, "Somebody new")
    assert place.standing.answers == {}
    house.answer(anna, room, "guess", ["no"])
    found = tally(house.look(room), place.room.script.steps[0], house.services.library)
    assert isinstance(found, Choices)
    assert found.counts == {"yes": 0, "no": 2}
    assert house.services.joining.rooms_of(anna) == (room,)
    later = build(house.services.settings, house.clock)
    assert later.taking_part.place(anna, room).standing.answers["guess", "answer"].value == ["no"]
    assert [p.number for p in later.directing.look(TEACHER, room).room.present] == [1, 2]
    house.services.own_part.leave(ben, room, house.key())
    house.services.own_part.leave(anna, room, house.key())
    assert list(house.services.store.streams("participant")) == []
    assert house.services.joining.rooms_of(anna) == ()


def test_leaving_is_no_way_around_being_shown_the_door(house: RoomHouse) -> None:
    room, anna, _ = played(house)
    house.services.directing.remove(TEACHER, room, participant(room, anna.learner), house.key())
    house.services.own_part.leave(anna, room, house.key())
    with pytest.raises(NotAllowed):
        house.services.joining.join(anna, room, "Again")
    with pytest.raises(NotAllowed):
        house.services.taking_part.place(anna, room)


def test_a_closed_room_can_be_left_and_a_deleted_one_is_not_listed(house: RoomHouse) -> None:
    room, anna, ben = played(house)
    house.services.directing.close(TEACHER, room, house.key())
    house.services.own_part.leave(anna, room, house.key())
    assert list(house.services.store.streams("participant")) == [stream(room, ben)]
    (listed,) = house.services.own_part.attended(ben)
    assert (listed.name, listed.number, listed.answers, listed.closed) == ("Person 2", 2, 1, True)
    house.services.opening.delete(TEACHER, room)
    assert house.services.own_part.attended(ben) == ()
    with pytest.raises(NotFound):
        house.services.own_part.leave(ben, room, house.key())


def test_an_export_holds_the_part_in_workshops_and_deleting_takes_it_away(
    house: RoomHouse,
) -> None:
    room, anna, ben = played(house)
    (held,) = json.loads(house.services.progress.export(anna))["workshops"]
    assert (held["room"], held["name"], held["number"]) == (room, "Person 1", 1)
    assert [event["data"]["value"] for event in held["events"]] == [["yes"]]
    house.services.progress.forget(anna)
    assert list(house.services.store.streams("participant")) == [stream(room, ben)]
    assert house.look(room).room.people[participant(room, anna.learner)].left
    assert json.loads(house.services.progress.export(anna))["workshops"] == []


def test_a_record_nobody_can_read_is_deleted_with_its_part_in_rooms(house: RoomHouse) -> None:
    room, anna, ben = played(house)
    files = list(house.services.settings.data_dir.rglob(f"*{anna.learner}*"))
    assert files
    for file in files:
        if file.is_file():
            file.write_bytes(b"garbage")
    fresh = build(house.services.settings, house.clock)
    fresh.progress.forget(anna)
    assert list(fresh.store.streams("participant")) == [stream(room, ben)]


def test_nobody_leaves_for_somebody_else(house: RoomHouse) -> None:
    room, _anna, _ben = played(house)
    house.services.own_part.leave(house.person(3), room, house.key())
    assert len(house.look(room).room.present) == 2


def test_who_joins_makes_no_phone_draw_again_but_tells_the_educator(house: RoomHouse) -> None:
    room = house.open()
    (anna,) = house.join(room, 1)
    mark = house.services.taking_part.mark(anna, room)
    work = house.services.directing.mark(TEACHER, room)
    house.join(room, 2)
    assert house.services.taking_part.mark(anna, room) == mark
    assert house.services.directing.mark(TEACHER, room) != work
    house.go(room, "guess")
    assert house.services.taking_part.mark(anna, room) != mark


def test_going_back_to_a_sandbox_step_lets_one_borrow_there_again(house: RoomHouse) -> None:
    room = house.open()
    (anna,) = house.join(room, 1)
    taking = house.services.taking_part
    for step in ("borrow", "again", "borrow"):
        house.go(room, step)
        for _tab in range(2):
            taking.begin(anna, room, step, house.key())
        house.passes(seconds=30)
        assert taking.request(anna, room, ASK, house.key()).latest
    standing = taking.place(anna, room).standing
    assert [request.step for request in standing.requests] == ["borrow", "again", "borrow"]
    lives = [
        e for e in house.services.store.read(stream(room, anna)).events if "life" in e.event.kind
    ]
    assert len(lives) == 2


def test_two_hundred_who_stand_at_the_door_are_hardly_offered_one_name(house: RoomHouse) -> None:
    room = house.open()
    door = house.services.joining.door
    offered = {door(house.person(n), room).suggestion for n in range(1, 201)}
    assert len(offered) > 130


def test_something_is_put_right_in_the_own_sandbox(house: RoomHouse) -> None:
    steps = [
        step.model_copy(update={"faults": ("no-face-check",)}) if step.id == "borrow" else step
        for step in house.script.steps
    ]
    house.script = house.script.model_copy(update={"steps": tuple(steps)})
    room = house.open()
    (anna,) = house.join(room, 1)
    house.go(room, "borrow")
    taking = house.services.taking_part
    taking.begin(anna, room, "borrow", house.key())
    seat = taking.seat(taking.place(anna, room))
    assert seat.fixes
    mended = taking.act(anna, room, {"kind": seat.fixes[0]}, house.key())
    assert seat.fixes[0] not in mended.fixes
