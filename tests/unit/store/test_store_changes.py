"""The journal of changes: bounded, and never behind the streams it tells of."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jiejian.clock import SetClock
from jiejian.store.changes import Changes
from jiejian.store.files import SealedFile
from jiejian.store.formats import Body
from jiejian.store.records import Event
from jiejian.store.tinydb_store import TinyDBStore

ANNA = "learner/" + "a" * 32


def event(kind: str, at: datetime) -> Event:
    return Event(kind, {}, at.isoformat())


def test_a_reader_who_keeps_up_misses_nothing_over_many_segments(tmp_path: Path) -> None:
    changes = Changes(tmp_path, segment_bytes=300)
    changes.note("room/0")
    cursor = changes.since("")[2]
    followed: list[str] = []
    for number in range(1, 200):
        changes.note(f"room/{number}")
        if number % 3 == 0:
            names, complete, cursor = changes.since(cursor)
            assert complete
            followed += names
    assert followed == [f"room/{number}" for number in range(1, 199)]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 2 * 330


def test_a_cursor_older_than_both_segments_is_told(tmp_path: Path) -> None:
    changes = Changes(tmp_path, segment_bytes=300)
    changes.note("room/0")
    old = changes.since("")[2]
    for number in range(1, 100):
        changes.note(f"room/{number}")
    names, complete, _ = changes.since(old)
    assert not complete
    assert "room/99" in names
    assert "room/1" not in names


def test_an_old_cursor_gives_every_stream_there_is(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(5):
        store.append(f"room/r{number}", [event("one", moment)], 0)
    for journal in tmp_path.glob("changes.*"):
        journal.unlink()
    store.append("room/r9", [event("one", moment)], 0)
    changed, _ = store.changed_since("0123456789abcdef.40")
    assert sorted(changed) == ["room/r0", "room/r1", "room/r2", "room/r3", "room/r4", "room/r9"]


@pytest.mark.parametrize("torn", [b"\nroom/ha", b"\n", b"\nroom/..", b"\n\0\0\0\0", b"\n\xff\xfe"])
def test_a_line_torn_by_a_full_disk_hides_no_later_one(tmp_path: Path, torn: bytes) -> None:
    store = TinyDBStore(tmp_path)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    store.append("room/one", [event("one", moment)], 0)
    cursor = store.changed_since("")[1]
    with (tmp_path / "changes.log").open("ab") as journal:
        journal.write(torn)
    store.append("room/two", [event("one", moment)], 0)
    assert "room/two" in store.changed_since(cursor)[0]


def test_a_journal_torn_in_its_first_line_begins_again(tmp_path: Path) -> None:
    (tmp_path / "changes.log").write_bytes(b"jiejian-ch")
    store = TinyDBStore(tmp_path)
    assert store.changed_since("")[0] == []
    store.append("room/one", [event("one", datetime(2026, 1, 1, tzinfo=UTC))], 0)
    changed, cursor = store.changed_since("")
    assert changed == ["room/one"]
    assert store.changed_since(cursor)[0] == []


def test_with_the_clock_set_back_nothing_is_missed_or_reordered(tmp_path: Path) -> None:
    clock = SetClock(datetime(2026, 6, 1, tzinfo=UTC))
    store = TinyDBStore(tmp_path, clock)
    store.append(ANNA, [event("summer", clock.now())], 0)
    cursor = store.changed_since("")[1]
    clock.moment -= timedelta(days=365)
    store.append(ANNA, [event("a year before", clock.now())], 1)
    changed, cursor = store.changed_since(cursor)
    assert changed == [ANNA]
    assert store.changed_since(cursor)[0] == []
    assert [entry.event.kind for entry in store.read(ANNA).events] == ["summer", "a year before"]


def test_a_reader_waits_for_the_write_whose_line_it_has_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = TinyDBStore(tmp_path)
    noted, go_on = threading.Event(), threading.Event()
    save = SealedFile.save

    def slow(self: SealedFile, body: Body) -> None:
        noted.set()
        assert go_on.wait(10)
        save(self, body)

    monkeypatch.setattr(SealedFile, "save", slow)
    seen: list[tuple[list[str], int]] = []

    def follow() -> None:
        changed, _ = store.changed_since("")
        seen.append((changed, store.read(ANNA).revision))

    moment = datetime(2026, 1, 1, tzinfo=UTC)
    writer = threading.Thread(target=store.append, args=(ANNA, [event("one", moment)], 0))
    writer.start()
    assert noted.wait(10)
    reader = threading.Thread(target=follow)
    reader.start()
    reader.join(0.2)
    assert reader.is_alive()
    assert store.read(ANNA).revision == 0
    go_on.set()
    writer.join(10)
    reader.join(10)
    assert seen == [([ANNA], 1)]
