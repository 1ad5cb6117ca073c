"""The pure parts behind the educator's side: the doorway, attendance, what the projector shows."""

from __future__ import annotations

import pytest

from jiejian.services.actor import Actor
from jiejian.services.rooms.attendance import attendance
from jiejian.services.rooms.doorway import Doorway, doorway, join_address, spoken
from jiejian.services.rooms.opening import Wishes
from jiejian.services.rooms.showing import results_on_screen
from jiejian.services.rooms.tallies import Notes, tally
from tests.unit.rooms.conftest import TEACHER, RoomHouse

LAN = ("192.168.1.20", "10.0.0.5")


@pytest.mark.parametrize(
    ("public", "opened", "expected"),
    [
        (
            None,
            "http://localhost:8501/room?room=1",
            Doorway(("http://192.168.1.20:8501", "http://10.0.0.5:8501"), local=True),
        ),
        (
            None,
            "http://127.0.0.1:9000/",
            Doorway(("http://192.168.1.20:9000", "http://10.0.0.5:9000"), local=True),
        ),
        (
            None,
            "http://10.0.0.5:8501/room",
            Doorway(("http://10.0.0.5:8501", "http://192.168.1.20:8501"), local=False),
        ),
        (None, "https://learn.example.org/room", Doorway(("https://learn.example.org",), False)),
        ("https://learn.example.org/", "http://localhost:8501", Doorway(
            ("https://learn.example.org",), local=True)),
        (None, "", Doorway(("http://192.168.1.20:8501", "http://10.0.0.5:8501"), local=True)),
        (None, "http://192.168.1.20:99999/", Doorway(
            ("http://192.168.1.20:99999", "http://192.168.1.20:8501", "http://10.0.0.5:8501"),
            local=False)),
    ],
)  # fmt: skip
def test_phones_are_told_addresses_that_can_be_reached(
    public: str | None, opened: str, expected: Doorway
) -> None:
    assert doorway(public, opened, LAN, 8501) == expected


def test_without_a_network_no_address_is_told() -> None:
    assert doorway(None, "http://localhost:8501", (), 8501) == Doorway((), local=True)


def test_the_code_is_in_the_address_a_phone_scans() -> None:
    assert join_address("http://10.0.0.5:8501", "K7P4QX") == "http://10.0.0.5:8501/live?join=K7P4QX"
    assert spoken("https://learn.example.org") == "learn.example.org"


def states(house: RoomHouse, room: str) -> list[str]:
    found = attendance(house.look(room), house.services.library)
    return [one.state for one in found.people]


def test_whoever_does_nothing_while_most_are_through_is_stuck(house: RoomHouse) -> None:
    room = house.open()
    people = house.join(room, 1, 2, 3)
    assert states(house, room) == ["waiting"] * 3
    house.go(room, "guess")
    assert states(house, room) == ["working"] * 3
    house.answer(people[0], room, "guess", ["yes"])
    house.passes(minutes=5)
    assert states(house, room) == ["done", "working", "working"], "most are not through"
    house.answer(people[1], room, "guess", ["no"])
    assert states(house, room) == ["done", "done", "stuck"]
    found = attendance(house.look(room), house.services.library)
    assert found.by_need[0].person.number == 3
    assert (found.here, found.counts["stuck"], found.counts["gone"]) == (3, 1, 0)


def test_latecomers_and_pauses_do_not_make_anybody_stuck(house: RoomHouse) -> None:
    room = house.open()
    first, second = house.join(room, 1, 2)
    house.go(room, "guess")
    for person in (first, second):
        house.answer(person, room, "guess", ["yes"])
    house.passes(minutes=5)
    house.join(room, 3)
    assert states(house, room)[2] == "working"
    house.services.directing.pause(TEACHER, room, house.key(), stop=True)
    house.passes(minutes=10)
    assert states(house, room)[2] == "working"
    house.services.directing.pause(TEACHER, room, house.key(), stop=False)
    house.passes(minutes=2)
    assert states(house, room)[2] == "stuck"


def test_somebody_never_heard_of_is_gone_and_somebody_removed_is_not_counted(
    house: RoomHouse,
) -> None:
    room = house.open()
    house.join(room, 1, 2)
    gone = house.look(room)
    quiet = {person.id: 21.0 for person in gone.room.present}
    away = type(gone)(gone.room, gone.standings, quiet, gone.mark, gone.work, gone.now)
    found = attendance(away, house.services.library)
    assert [one.state for one in found.people] == ["gone", "gone"]
    assert found.here == 0
    person = next(iter(gone.room.people))
    house.services.directing.remove(TEACHER, room, person, house.key())
    assert len(states(house, room)) == 1


def test_pausing_twice_pauses_once(house: RoomHouse) -> None:
    room = house.open()
    house.go(room, "guess")
    for _ in range(2):
        house.services.directing.pause(TEACHER, room, house.key(), stop=True)
    assert house.look(room).room.stopped is not None


def on_screen(house: RoomHouse, room: str) -> list[str]:
    return [block.id for block in results_on_screen(house.look(room).room)]


def test_the_projector_shows_what_was_called_up_last(house: RoomHouse) -> None:
    room, directing = house.open(), house.services.directing
    house.go(room, "guess")
    assert on_screen(house, room) == []
    directing.show(TEACHER, room, "guess", True, house.key())
    assert on_screen(house, room) == ["guess"]
    house.go(room, "price")
    assert on_screen(house, room) == [], "a new step begins with its question"
    directing.show(TEACHER, room, "guess", True, house.key())
    assert on_screen(house, room) == ["guess"], "called up again"
    directing.show(TEACHER, room, "price", True, house.key())
    assert on_screen(house, room) == ["price"]
    directing.show(TEACHER, room, "price", False, house.key())
    assert on_screen(house, room) == ["guess"]
    house.go(room, "look-back")
    assert on_screen(house, room) == ["guess"], "a debrief looks at what was revealed"


def test_a_note_is_left_out_for_the_room_and_let_in_again(house: RoomHouse) -> None:
    room, directing = house.open(), house.services.directing
    (writer,) = house.join(room, 1)
    house.go(room, "talk")
    house.answer(writer, room, "talk", "Rude words")
    person = next(iter(house.look(room).room.people))

    def notes() -> Notes:
        look = house.look(room)
        found = tally(look, look.room.at, house.services.library)  # type: ignore[arg-type]
        assert isinstance(found, Notes)
        return found

    assert [words for _, words in notes().notes] == ["Rude words"]
    directing.show_note(TEACHER, room, "talk", person, False, house.key())
    assert notes().notes == ()
    assert [words for _, words in notes().left_out] == ["Rude words"]
    directing.show_note(TEACHER, room, "talk", person, True, house.key())
    assert [words for _, words in notes().notes] == ["Rude words"]


def test_one_press_of_open_opens_one_room(house: RoomHouse) -> None:
    opening = house.services.opening
    key = house.key()
    first = opening.open(TEACHER, house.script, Wishes(), key=key)
    again = opening.open(TEACHER, house.script, Wishes(), key=key)
    assert (first.id, first.code) == (again.id, again.code)
    assert len(opening.mine(TEACHER)) == 1
    assert opening.open(TEACHER, house.script, Wishes(), key=house.key()).id != first.id


def test_looking_at_people_is_noted_once_a_room(house: RoomHouse) -> None:
    first, second = house.open(), house.open()
    for room in (first, second, first):
        house.look(room)
    operator = Actor("0" * 32, "operator", "3" * 32)
    entries = house.services.audit.newest(operator)
    assert sorted(e.what for e in entries if e.action == "room.look") == sorted([first, second])
