"""Looking at a whole folder: every kind of finding, nothing changed by looking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jiejian.store.inspection import count, look
from jiejian.store.records import Event
from jiejian.store.tinydb_store import TinyDBDocuments, TinyDBStore

ANNA, BEN = "learner/" + "a" * 32, "learner/" + "b" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = TinyDBStore(tmp_path)
    for number in range(3):
        at = f"2026-01-0{number + 1}T00:00:00+00:00"
        store.append(ANNA, [Event("step", {}, at)], number)
    store.append(BEN, [Event("step", {}, "2025-12-31T00:00:00+00:00")], 0)
    store.append("room/blue-7", [Event("opened", {}, "2026-02-01T00:00:00+00:00")], 0)
    TinyDBDocuments(tmp_path).put("visitors", "ab12", {"learner": "a" * 32})
    return tmp_path


def main(folder: Path) -> Path:
    return folder / "learners" / "aa" / ("a" * 32 + ".json")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def previous(path: Path) -> Path:
    return path.with_name(f"{path.name}.previous")


def both_damaged(path: Path) -> None:
    cut(path)
    cut(previous(path))


def only_previous_damaged(path: Path) -> None:
    path.unlink()
    cut(previous(path))


def swapped(path: Path) -> None:
    other = path.parent.parent / "bb" / ("b" * 32 + ".json")
    path.write_bytes(other.read_bytes())


def stray(path: Path) -> None:
    (path.parent / "notes.txt").write_text("mine")


def no_damage_in_a_lock(path: Path) -> None:
    (path.parent / ("a" * 31 + "c.json.new")).write_bytes(b"half of a first write")


HARM: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "cut": (cut, ANNA, "restorable"),
    "swapped": (swapped, ANNA, "restorable"),
    "main lost": (Path.unlink, ANNA, "restorable"),
    "previous lost": (lambda path: previous(path).unlink(), "", ""),
    "both damaged": (both_damaged, ANNA, "lost"),
    "main lost, previous damaged": (only_previous_damaged, ANNA, "lost"),
    "later version": (lambda path: path.write_bytes(b'{"format": 99}'), ANNA, "too_new"),
    "stray": (stray, "learners/aa/notes.txt", "unknown_file"),
    "left by a writer": (no_damage_in_a_lock, "", ""),
}


@pytest.mark.parametrize("harm", HARM)
def test_every_harm_is_named_and_nothing_is_touched(folder: Path, harm: str) -> None:
    do, name, state = HARM[harm]
    do(main(folder))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found = [(looked.name, looked.state) for looked in look(folder)]
    assert [entry for entry in found if entry[1] != "sound"] == ([(name, state)] if name else [])
    sound = {BEN, "room/blue-7", "visitors/ab12"} | ({ANNA} if name != ANNA else set())
    assert {one for one, how in found if how == "sound"} == sound
    count(folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_one_set_aside_is_named_until_it_is_started_anew(folder: Path) -> None:
    both_damaged(main(folder))
    store = TinyDBStore(folder)
    with pytest.raises(Exception, match="damaged"):
        store.read(ANNA)
    assert [one.state for one in look(folder) if one.name == ANNA] == ["set_aside"]
    store.start_anew(ANNA)
    assert [one.state for one in look(folder) if one.name == ANNA] == ["sound"]


def test_a_file_the_system_does_not_hand_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == main(folder):
            raise PermissionError(13, "no")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert [one.name for one in look(folder) if one.state == "unreadable"] == [ANNA]


def test_one_deleted_while_it_is_looked_at_is_no_finding(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def too_late(path: Path) -> bytes:
        if path == main(folder):
            TinyDBStore(folder).delete(ANNA)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", too_late)
    assert {(one.name, one.state) for one in look(folder)} == {
        (BEN, "sound"), ("room/blue-7", "sound"), ("visitors/ab12", "sound")
    }  # fmt: skip


def test_totals(folder: Path) -> None:
    main(folder).write_bytes(b"garbage")
    TinyDBStore(folder).read(ANNA)  # restored to two events and the note of it
    totals = count(folder)
    assert dict(totals.records) == {"learner": 2, "room": 1, "visitors": 1}
    assert totals.events == 5
    assert totals.copies == 1
    assert totals.first == "2025-12-31T00:00:00+00:00"
    assert totals.last is not None
    assert totals.last >= "2026-02-01"
    assert dict(totals.states) == {"sound": 4}
    assert totals.bytes == sum(
        path.stat().st_size
        for top in ("learners", "rooms", "documents")
        for path in (folder / top).rglob("*")
        if path.is_file()
    )
