"""A room's report: every answer is in it, exactly; nobody's name unless it was asked for."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from jiejian.errors import NotAllowed
from jiejian.services.actor import Actor
from jiejian.services.lending.asking import Ask
from jiejian.ui.downloads import workbook

from .conftest import OTHER, TEACHER, RoomHouse

ASK = Ask("5000", 12, "equal_instalment", "daily_goods")


@pytest.fixture
def room(house: RoomHouse) -> str:
    room = house.open()
    anna, ben = house.join(room, 1, 2)
    house.go(room, "guess")
    house.answer(anna, room, "guess", ["yes"])
    house.answer(anna, room, "guess", ["no"])
    house.go(room, "price")
    house.answer(ben, room, "price", "121.50")
    house.go(room, "borrow")
    for number in range(3):
        house.services.taking_part.begin(ben, room, "borrow", house.key())
        house.passes(seconds=3)
        house.services.taking_part.request(ben, room, ASK, f"request-{number}")
    house.go(room, "talk")
    house.answer(anna, room, "talk", "=1+1 第二")
    house.services.directing.close(TEACHER, room, house.key())
    return room


def test_a_spreadsheet_read_back_holds_every_answer(house: RoomHouse, room: str) -> None:
    tables = house.services.reporting.tables(TEACHER, room, "en", named=True)
    sheets = [(table.name, table.columns, table.rows) for table in tables]
    book = load_workbook(io.BytesIO(workbook(sheets)))
    assert book.sheetnames == ["People", "Answers", "Questions", "Requests", "Time line"]
    rows = list(book["Answers"].iter_rows(min_row=2, values_only=True))
    assert [row[:2] + row[5:7] for row in rows] == [
        (1, "Person 1", "yes", "no"),
        (1, "Person 1", "=1+1 第二", "=1+1 第二"),
        (2, "Person 2", "121.50", "121.50"),
    ]
    assert all(cell.data_type != "f" for row in book["Answers"].iter_rows() for cell in row)
    assert book["Requests"].max_row == 4
    kinds = [row[1] for row in book["Time line"].iter_rows(min_row=2, values_only=True)]
    assert kinds.count("Step begun") == 4
    assert kinds[-1] == "Room closed"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_asking_no_name_is_in_it(house: RoomHouse, room: str, language: str) -> None:
    tables = house.services.reporting.tables(TEACHER, room, language)  # type: ignore[arg-type]
    assert "Person 1" not in repr(tables)
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
    assert house.services.reporting.pdf(TEACHER, room, language).startswith(b"%PDF")  # type: ignore[arg-type]
    operator = Actor("c" * 32, "operator", "3" * 32)
    noted = [entry.action for entry in house.services.audit.newest(operator)]
    assert "room.report" in noted
    assert "room.report.named" not in noted


def test_only_its_educators_have_it(house: RoomHouse, room: str) -> None:
    reporting = house.services.reporting
    for call in (
        lambda: reporting.figures(OTHER, room),
        lambda: reporting.tables(OTHER, room, "zh"),
        lambda: reporting.pdf(OTHER, room, "zh"),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_rooms_of_a_script_stand_side_by_side(house: RoomHouse, room: str) -> None:
    other = house.open()
    house.open()
    (cleo,) = house.join(other, 3)
    house.go(other, "guess")
    house.answer(cleo, other, "guess", ["yes"])
    compared = house.services.reporting.compare(TEACHER, "made-up")
    assert {listed.id for listed, _ in compared.rooms} == {other, room}
    counted = {listed.id: found for listed, found in compared.rooms}[room]
    assert (counted.people, counted.active, counted.requests) == (2, 2, 3)
    assert (counted.hammered.count, counted.hammered.of) == (1, 1)
    assert not counted.hammered.telling
    assert (counted.close.count, counted.close.of) == (1, 1)


def test_the_replay_tells_what_happened_when(house: RoomHouse) -> None:
    room = house.open()
    house.passes(minutes=2)
    house.join(room, 1, 2, 3)
    house.passes(seconds=30)
    house.go(room, "guess")
    house.services.directing.fire(TEACHER, room, "database-outage", house.key())
    cue = house.look(room).room.cues[0].number
    house.services.directing.undo(TEACHER, room, cue, house.key())
    house.join(room, 4)
    told = house.services.reporting.replay(TEACHER, room, "en")
    lines = [(int(t.after.total_seconds()), t.what, t.detail, t.times) for t in told]
    assert lines == [
        (0, "Room opened", "", 1),
        (120, "Somebody joined", "", 3),
        (150, "Step begun", "guess", 1),
        (150, "Shared event", "Database outage", 1),
        (150, "Event taken back", "Database outage", 1),
        (150, "Somebody joined", "#4", 1),
    ]
    assert "Person" not in repr(told)
    with pytest.raises(NotAllowed):
        house.services.reporting.replay(OTHER, room, "en")
