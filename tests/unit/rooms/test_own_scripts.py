"""Scripts of one's own: kept, changed step by step, nobody else's, and no trap for the server."""

from __future__ import annotations

import pytest

from jiejian.errors import ContentBroken, InvalidInput, NotAllowed, NotFound
from jiejian.services.actor import Actor
from jiejian.services.rooms.own_scripts import written
from sandbox.datafiles import MAX_BYTES

from .conftest import OTHER, TEACHER, RoomHouse, block, text


@pytest.fixture
def key(house: RoomHouse) -> str:
    return house.services.own_scripts.add(TEACHER, written(house.script).encode()).key


def test_a_script_written_out_and_read_again_is_the_same(house: RoomHouse, key: str) -> None:
    found = house.services.own_scripts.get(TEACHER, key)
    assert found.script == house.script
    for ready in house.services.scripts.scripts.values():
        copied = house.services.own_scripts.copy(TEACHER, ready.id)
        assert copied.script == ready


def test_steps_are_added_replaced_moved_and_taken_out(house: RoomHouse, key: str) -> None:
    own = house.services.own_scripts
    talk = block("discussion", "first-talk", question=text("hello?"))
    ids = lambda found: [step.id for step in found.script.steps]  # noqa: E731
    before = ids(own.get(TEACHER, key))
    assert ids(own.put_step(TEACHER, key, talk, 0)) == ["first-talk", *before]
    longer = own.put_step(TEACHER, key, {**talk, "minutes": 80})
    assert longer.script
    assert longer.script.minutes >= sum(step.minutes for step in longer.script.steps)
    assert ids(own.move_step(TEACHER, key, "first-talk", 1))[:2] == [before[0], "first-talk"]
    assert ids(own.move_step(TEACHER, key, before[0], -1))[0] == before[0]
    after = own.drop_step(TEACHER, key, "guess")
    assert after.script
    assert "guess" not in ids(after)
    assert after.script.steps[-1].looks_at == ()  # type: ignore[union-attr]
    assert own.retitle(TEACHER, key, " 我的 课 ", 120).script.title.zh == "我的 课"  # type: ignore[union-attr]
    with pytest.raises(NotFound):
        own.drop_step(TEACHER, key, "guess")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("id: [", "script.yaml:"),
        ("a: &a [x,x,x]\nb: [*a,*a,*a]", "script.yaml:"),
        ("!!python/object/apply:os.system ['true']", "script.yaml:"),
        ("just words", "script.yaml:"),
        ("id: x\nsteps: []", "steps"),
    ],
)
def test_a_broken_file_is_refused_with_its_mistakes(
    house: RoomHouse, content: str, named: str
) -> None:
    with pytest.raises(ContentBroken) as caught:
        house.services.own_scripts.add(TEACHER, content.encode())
    assert any(named in mistake for mistake in caught.value.mistakes)
    assert house.services.own_scripts.mine(TEACHER) == ()


def test_a_step_that_names_what_is_not_there_leaves_the_script_as_it_was(
    house: RoomHouse, key: str
) -> None:
    own = house.services.own_scripts
    with pytest.raises(ContentBroken, match="no-such-lesson"):
        own.put_step(TEACHER, key, block("lesson", "read", lesson="no-such-lesson"))
    assert own.get(TEACHER, key).script == house.script


def test_size_and_signs_of_a_file_are_limited(house: RoomHouse) -> None:
    own = house.services.own_scripts
    with pytest.raises(InvalidInput, match="too_large"):
        own.add(TEACHER, b"x" * (MAX_BYTES + 1))
    with pytest.raises(InvalidInput, match="not_text"):
        own.add(TEACHER, b"\xff\xfe\x00x")


def test_nobody_reaches_anothers_script(house: RoomHouse, key: str) -> None:
    own = house.services.own_scripts
    for call in (
        lambda: own.get(OTHER, key),
        lambda: own.drop_step(OTHER, key, "guess"),
        lambda: own.remove(OTHER, key),
        lambda: own.remove(TEACHER, f"{TEACHER.account}-nothing"),
    ):
        with pytest.raises(NotFound):
            call()
    assert own.mine(OTHER) == ()
    with pytest.raises(NotAllowed):
        own.mine(Actor("a" * 32))
    own.remove(TEACHER, key)
    assert own.mine(TEACHER) == ()
