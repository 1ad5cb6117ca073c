"""A room from opening to closing, through the services, on real files."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from threading import Thread

import pytest

from jiejian.content.workshops.blocks import DecisionBlock
from jiejian.errors import InvalidInput, NotAllowed, NotFound, TooManyTries
from jiejian.services.actor import Actor
from jiejian.services.built import build
from jiejian.services.lending.asking import Ask
from jiejian.services.rooms import room as rooms
from jiejian.services.rooms.joining import participant
from jiejian.services.rooms.tallies import Choices, Guesses, Requests, progress, tally
from sandbox.world import Effect

from .conftest import ADDRESS, OTHER, TEACHER, RoomHouse

ASK = Ask("5000", 12, "equal_instalment", "daily_goods")


def test_a_whole_script_is_played_and_counted(house: RoomHouse) -> None:
    room, service = house.open(), house.services
    code = house.look(room).room.code
    assert (
        service.joining.find(house.person(1), f" {code[:3]}-{code[3:].lower()} ", ADDRESS) == room
    )
    anna, ben, cleo = house.join(room, 1, 2, 3)
    house.go(room, "guess")
    house.answer(anna, room, "guess", ["yes"])
    house.answer(ben, room, "guess", ["no"])
    house.answer(ben, room, "guess", ["yes"])
    poll = house.look(room).room.script.steps[0]
    found = tally(house.look(room), poll, service.library)
    assert isinstance(found, Choices)
    assert (found.counts, found.people) == ({"yes": 2, "no": 0}, 2)
    assert progress(house.look(room), poll, service.library).done == 2

    house.go(room, "price")
    for actor, guess in ((anna, "100"), (ben, "121"), (cleo, "1,000")):
        house.answer(actor, room, "price", guess)
    guesses = tally(house.look(room), house.look(room).room.script.steps[1], service.library)
    assert isinstance(guesses, Guesses)
    assert (guesses.median, guesses.truth, guesses.close) == (121, 120, 1)

    house.go(room, "borrow")
    service.taking_part.begin(anna, room, "borrow", house.key())
    assert service.taking_part.request(anna, room, ASK, house.key()).latest
    house.go(room, "outage")
    house.go(room, "again")
    for number in range(4):
        service.taking_part.begin(anna, room, "again", house.key())
        house.passes(seconds=5)
        service.taking_part.request(anna, room, ASK, f"again-{number}-key")
    sandbox = tally(house.look(room), house.look(room).room.script.steps[5], service.library)
    assert isinstance(sandbox, Requests)
    assert (sandbox.requests, sandbox.people, sandbox.hammered) == (4, 1, 1)
    assert "retry_later" in {r.outcome for r in house.look(room).standing(anna_id(room)).requests}

    service.directing.close(TEACHER, room, house.key())
    with pytest.raises(InvalidInput, match="closed"):
        house.answer(anna, room, "again", ["yes"])
    with pytest.raises(InvalidInput, match="unknown_code"):
        service.joining.find(house.person(9), code, ADDRESS)


def anna_id(room: str) -> str:
    return participant(room, f"{1:032x}")


def test_joining_twice_at_once_from_many_phones_makes_each_person_once(house: RoomHouse) -> None:
    room = house.open()
    threads = [Thread(target=house.join, args=(room, number % 20 + 1)) for number in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    people = house.look(room).room.people.values()
    assert sorted(person.number for person in people) == list(range(1, 21))
    assert len({person.name for person in people}) == 20


def test_another_process_and_a_restart_find_everybody_in_place(house: RoomHouse) -> None:
    room = house.open()
    anna, _ = house.join(room, 1, 2)
    house.go(room, "guess")
    other = build(house.services.settings, house.clock)
    assert other.directing.look(TEACHER, room).room.step == 0
    other.taking_part.answer(anna, room, "guess", "answer", ["no"], house.key())
    tick = house.services.directing.look(TEACHER, room)
    found = tally(tick, tick.room.script.steps[0], other.library)
    for _ in range(100):
        tick = house.services.directing.look(TEACHER, room)
        found = tally(tick, tick.room.script.steps[0], other.library)
        if isinstance(found, Choices) and found.people:
            break
        time.sleep(0.02)
    assert isinstance(found, Choices)
    assert found.counts["no"] == 1
    place = build(house.services.settings, house.clock).taking_part.place(anna, room)
    assert place.standing.answers["guess", "answer"].value == ["no"]


def test_an_event_reaches_every_sandbox_and_is_undone(house: RoomHouse) -> None:
    room, directing = house.open(), house.services.directing
    (anna,) = house.join(room, 1)
    house.go(room, "borrow")
    before = house.services.taking_part.mark(anna, room)
    directing.fire(TEACHER, room, "limit-cut", "fire-key-1")
    directing.fire(TEACHER, room, "limit-cut", "fire-key-1")
    look = house.look(room)
    assert [cue.cue for cue in look.room.cues] == ["limit-cut"]
    assert look.room.world(look.now).regime == "limits-cut"
    assert house.services.taking_part.mark(anna, room) != before
    house.services.taking_part.begin(anna, room, "borrow", house.key())
    seat = house.services.taking_part.request(anna, room, ASK, house.key())
    assert seat.latest
    assert seat.latest.decision.regime == "limits-cut"
    directing.undo(TEACHER, room, look.room.cues[0].number, house.key())
    look = house.look(room)
    assert not look.room.world(look.now).disturbed


def test_a_scheduled_event_changes_the_mark_when_it_falls_due(house: RoomHouse) -> None:
    room, directing = house.open(), house.services.directing
    (anna,) = house.join(room, 1)
    directing.fire(TEACHER, room, "overload", house.key(), in_minutes=5)
    mark = house.services.taking_part.mark(anna, room)
    assert not house.services.taking_part.place(anna, room).world.disturbed
    house.passes(minutes=4)
    assert house.services.taking_part.mark(anna, room) == mark
    house.passes(minutes=2)
    assert house.services.taking_part.mark(anna, room) != mark
    assert house.services.taking_part.place(anna, room).world.load_percent == 90


def test_two_presses_of_next_take_the_room_on_once(house: RoomHouse) -> None:
    room, directing = house.open(), house.services.directing
    turn = house.look(room).room.turns
    directing.go(TEACHER, room, 0, turn)
    directing.go(TEACHER, room, 0, turn)
    directing.go(TEACHER, room, 1, turn)
    assert (house.look(room).room.step, house.look(room).room.turns) == (0, 1)
    events = Counter(moment.kind for moment in house.look(room).room.moments)
    assert events["step_begun"] == 1


def test_an_answer_to_a_step_that_has_passed_is_refused(house: RoomHouse) -> None:
    room = house.open()
    (anna,) = house.join(room, 1)
    house.go(room, "guess")
    house.go(room, "price")
    with pytest.raises(InvalidInput, match="passed"):
        house.answer(anna, room, "guess", ["yes"])


@pytest.mark.parametrize(
    ("step", "raw", "reason"),
    [
        ("guess", [], "empty"),
        ("guess", ["maybe"], "unknown_choice"),
        ("guess", ["yes", "no"], "unknown_choice"),
        ("guess", "yes", "unknown_choice"),
        ("price", "", "empty"),
        ("price", "lots", "not_a_number"),
        ("price", "1e400", "not_a_number"),
        ("price", "-3", "out_of_range"),
        ("talk", " \n ", "empty"),
        ("talk", "x" * 281, "too_long"),
        ("talk", "a\u202eb", "invisible"),
    ],
)
def test_what_is_no_answer_is_refused_by_name(
    house: RoomHouse, step: str, raw: object, reason: str
) -> None:
    room = house.open()
    (anna,) = house.join(room, 1)
    house.go(room, step)
    with pytest.raises(InvalidInput, match=reason):
        house.answer(anna, room, step, raw)
    assert not house.look(room).standing(anna_id(room)).answers


def test_somebody_shown_the_door_stays_out_and_can_be_let_in_again(house: RoomHouse) -> None:
    room, service = house.open(), house.services
    anna, _ben = house.join(room, 1, 2)
    house.go(room, "guess")
    house.answer(anna, room, "guess", ["yes"])
    service.directing.remove(TEACHER, room, anna_id(room), house.key())
    with pytest.raises(NotAllowed):
        service.taking_part.place(anna, room)
    with pytest.raises(NotAllowed):
        service.joining.join(anna, room, "Another name")
    look = house.look(room)
    found = tally(look, look.room.script.steps[0], service.library)
    assert isinstance(found, Choices)
    assert found.people == 0
    service.directing.readmit(TEACHER, room, anna_id(room), house.key())
    assert service.taking_part.place(anna, room).standing.answers
    with pytest.raises(NotFound):
        service.directing.remove(TEACHER, room, "f" * 32, house.key())


def test_names_are_clean_and_nobody_takes_anothers(house: RoomHouse) -> None:
    room, joining = house.open(), house.services.joining
    joining.join(house.person(1), room, "  小\u3000明 ")
    assert house.look(room).room.present[0].name == "小 明"
    for given, reason in {
        "小 明": "taken",
        "": "empty",
        "x" * 10_000: "too_long",
        "<b>hi</b>": "markup",
        "a\u200bb": "invisible",
        "!!!": "no_letter",
    }.items():
        with pytest.raises(InvalidInput, match=reason):
            joining.join(house.person(2), room, given)


def test_a_guest_list_lets_in_its_names_once_each(house: RoomHouse) -> None:
    room = house.open(guests=("Anna", "Ben"))
    joining = house.services.joining
    joining.join(house.person(1), room, " anna ")
    assert joining.door(house.person(2), room).free_guests == ("Ben",)
    with pytest.raises(InvalidInput, match="taken"):
        joining.join(house.person(2), room, "Anna")
    with pytest.raises(InvalidInput, match="not_on_list"):
        joining.join(house.person(2), room, "Cleo")


def test_codes_are_not_to_be_guessed(house: RoomHouse) -> None:
    room, joining = house.open(), house.services.joining
    code = house.look(room).room.code
    anna = house.person(1)
    for _ in range(8):
        with pytest.raises(InvalidInput, match="unknown_code"):
            joining.find(anna, "222222", ADDRESS)
    with pytest.raises(TooManyTries):
        joining.find(anna, code, ADDRESS)
    assert joining.find(house.person(2), code, ADDRESS) == room
    house.passes(hours=13)
    with pytest.raises(InvalidInput, match="unknown_code"):
        joining.find(house.person(3), code, ADDRESS)


def test_nobody_but_its_educators_directs_or_sees_a_room(house: RoomHouse) -> None:
    room, directing = house.open(), house.services.directing
    (anna,) = house.join(room, 1)
    operator = Actor("c" * 32, "operator", "3" * 32)
    for stranger in (OTHER, operator, anna, Actor("d" * 32, "educator")):
        for call in (
            lambda who: directing.look(who, room),
            lambda who: directing.mark(who, room),
            lambda who: directing.go(who, room, 0, 0),
            lambda who: directing.fire(who, room, "overload", house.key()),
            lambda who: directing.remove(who, room, anna_id(room), house.key()),
            lambda who: directing.close(who, room, house.key()),
            lambda who: house.services.opening.delete(who, room),
        ):
            with pytest.raises(NotAllowed):
                call(stranger)
    assert house.look(room).room.step == rooms.LOBBY


def test_deleting_a_room_leaves_nothing_of_it(house: RoomHouse) -> None:
    room, service = house.open(), house.services
    (anna,) = house.join(room, 1)
    house.go(room, "guess")
    house.answer(anna, room, "guess", ["yes"])
    service.opening.delete(TEACHER, room)
    assert not list(service.store.streams("participant"))
    assert not list(service.store.streams("room"))
    assert service.opening.mine(TEACHER) == ()
    with pytest.raises(NotFound):
        service.taking_part.place(anna, room)


def test_quiz_answers_can_be_taken_along_once(house: RoomHouse) -> None:
    room, service = house.open(), house.services
    (anna,) = house.join(room, 1)
    house.go(room, "check")
    place = service.taking_part.place(anna, room)
    question = service.taking_part.questions(place)[0]
    right = [choice.id for choice in question.item.choices if choice.correct]  # type: ignore[union-attr]
    house.answer(anna, room, "check", right, question.item.id)
    service.directing.close(TEACHER, room, house.key())
    assert not service.taking_part.taken_along(anna, room)
    assert service.taking_part.take_along(anna, room) == 1
    assert service.taking_part.take_along(anna, room) == 1
    kept = [
        e.event for e in service.store.read(anna.stream).events if e.event.kind == "answer_given"
    ]
    assert [(e.data["item"], e.data["correct"]) for e in kept] == [(question.item.id, True)]
    assert service.quizzing.at_hand(anna, "why-requests-fail")[0].right == 1
    assert service.taking_part.taken_along(anna, room)


def test_the_clock_set_back_takes_no_time_away(house: RoomHouse) -> None:
    room, directing = house.open(), house.services.directing
    house.go(room, "guess")
    directing.pause(TEACHER, room, house.key())
    house.passes(minutes=-30)
    directing.pause(TEACHER, room, house.key())
    look = house.look(room)
    assert look.room.waited == timedelta(0)
    directing.extend(TEACHER, room, 3, house.key())
    assert house.look(room).room.extra == timedelta(minutes=3)


def test_a_doubled_tap_on_an_answer_that_stands_is_no_refusal(house: RoomHouse) -> None:
    steps = [
        step.model_copy(update={"moment": "before"}) if step.id == "check" else step
        for step in house.script.steps
    ]
    house.script = house.script.model_copy(update={"steps": tuple(steps)})
    room, taking = house.open(), house.services.taking_part
    (anna,) = house.join(room, 1)
    house.go(room, "check")
    question = taking.questions(taking.place(anna, room))[0]
    raw = list(question.posed.order[:1])
    for _tap in range(2):
        taking.answer(anna, room, "check", question.item.id, raw, "tapped-twice")
    with pytest.raises(InvalidInput) as error:
        taking.answer(anna, room, "check", question.item.id, raw, house.key())
    assert error.value.reason == "already_shown"
    assert len(house.look(room).standings) == 1


def test_an_event_that_begins_with_a_step_comes_after_what_was_decided_before_it(
    house: RoomHouse,
) -> None:
    four = house.services.scripts.scripts["four-seats"]
    decision = next(step for step in four.steps if step.kind == "decision")
    assert isinstance(decision, DecisionBlock)
    seat, dilemma = next((s, d) for s, d in decision.seats.items() if d.ways)
    way = dilemma.ways[0].model_copy(update={"effect": Effect(load_percent=55)})
    made = decision.model_copy(
        update={"seats": {seat: dilemma.model_copy(update={"ways": (way, *dilemma.ways[1:])})}}
    )
    overload = house.script.step("outage").model_copy(update={"cue": "overload"})  # type: ignore[union-attr]
    house.script = four.model_copy(update={"steps": (made, overload)})
    room = house.open(seats="choice")
    anna = house.person(1)
    house.services.joining.join(anna, room, "Anna", seat)
    house.go(room, made.id)
    house.answer(anna, room, made.id, [way.id])
    house.passes(seconds=1)
    house.go(room, "outage")
    look = house.look(room)
    assert [decided.way for decided in look.room.decided] == [way.id]
    assert look.room.world(look.now).load_percent == 90
