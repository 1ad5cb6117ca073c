"""What comes out of an address is no id until it is seen to be one."""

from __future__ import annotations

import pytest

from jiejian.errors import NotFound

from .conftest import TEACHER, RoomHouse

NASTY = ("", "x", "0" * 16, "0" * 3000, "../x", "\0", "我", "A" * 16, "0123456789abcdef/x", "*")


@pytest.mark.parametrize("room", NASTY)
def test_no_room_under_a_nasty_id(house: RoomHouse, room: str) -> None:
    service, person = house.services, house.person(1)
    for ask in (
        lambda: service.directing.look(TEACHER, room),
        lambda: service.directing.mark(TEACHER, room),
        lambda: service.directing.close(TEACHER, room, house.key()),
        lambda: service.opening.delete(TEACHER, room),
        lambda: service.reporting.pdf(TEACHER, room, "zh"),
        lambda: service.reporting.replay(TEACHER, room, "zh"),
        lambda: service.joining.door(person, room),
        lambda: service.joining.join(person, room, "Anna"),
        lambda: service.taking_part.place(person, room),
        lambda: service.own_part.leave(person, room, house.key()),
    ):
        with pytest.raises(NotFound):
            ask()
    assert service.taking_part.mark(person, room) == ""


@pytest.mark.parametrize("key", NASTY)
def test_no_script_under_a_nasty_key(house: RoomHouse, key: str) -> None:
    own = house.services.own_scripts
    for name in (key, f"{TEACHER.account}-{key}"):
        with pytest.raises(NotFound):
            own.get(TEACHER, name)
        with pytest.raises(NotFound):
            own.remove(TEACHER, name)
