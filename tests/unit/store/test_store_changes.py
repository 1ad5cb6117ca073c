"""The journal of changes: bounded, and never behind the streams it tells of."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jiejian.clock import SetClock
from jiejian.store import changes as changes_module
from jiejian.store import tinydb_store
from jiejian.store.changes import Changes, boot_mark
from jiejian.store.files import SealedFile
from jiejian.store.formats import Body
from jiejian.store.locks import settle
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


BOOT, NEXT_BOOT = "1" * 16, "2" * 16


def test_a_cursor_from_before_the_machine_was_started_anew_gets_everything(tmp_path: Path) -> None:
    before = Changes(tmp_path, boot=BOOT)
    before.note("room/0")
    cursor = before.since("")[2]
    before.note("room/1")
    # Lines are not synced: a loss of power may have taken the last ones, so none may be relied on.
    after = Changes(tmp_path, boot=NEXT_BOOT)
    assert after.since(cursor) == ([], False, "")
    after.note("room/2")
    names, complete, later = after.since(cursor)
    assert (names, complete) == (["room/0", "room/1", "room/2"], False)
    after.note("room/3")
    assert after.since(later)[:2] == (["room/3"], True)


@pytest.mark.parametrize(("boot", "synced"), [(BOOT, 0), ("", 2)])
def test_where_the_boot_is_not_known_every_line_is_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, boot: str, synced: int
) -> None:
    changes = Changes(tmp_path, boot=boot)
    changes.note("room/0")
    calls: list[int] = []
    monkeypatch.setattr(os, "fsync", calls.append)
    changes.note("room/1")
    changes.note("room/2")
    assert len(calls) == synced
    assert changes.since("")[0] == ["room/0", "room/1", "room/2"]


def test_this_machine_tells_its_boot_or_says_nothing() -> None:
    assert len(boot_mark()) in {0, 16}
    assert boot_mark() == boot_mark()


def test_following_costs_what_changed_and_not_what_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = TinyDBStore(tmp_path)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(300):
        store.append(f"room/r{number}", [event("one", moment)], 0)
    cursor = store.changed_since("")[1]
    for room in ("room/r7", "room/new", "room/r7"):
        store.append(room, [event("two", moment)], None)

    waited_for: list[Path] = []
    read: list[int] = []
    lines = changes_module._lines

    def counted(descriptor: int, start: int) -> bytes:
        found = lines(descriptor, start)
        read.append(len(found))
        return found

    def waited(path: Path) -> None:
        waited_for.append(path)
        settle(path)

    monkeypatch.setattr(tinydb_store, "settle", waited)
    monkeypatch.setattr(changes_module, "_lines", counted)
    monkeypatch.setattr(TinyDBStore, "streams", None)  # nobody lists the folder
    changed, cursor = store.changed_since(cursor)
    assert changed == ["room/r7", "room/new"]
    assert len(waited_for) == 2
    assert sum(read) == len("\nroom/r7\n\nroom/new\n\nroom/r7\n")
    assert store.changed_since(cursor) == ([], cursor)
    assert sum(read[1:]) == 0


class Finished:
    """How many events each learner has, kept by following the changes."""

    def __init__(self, store: TinyDBStore) -> None:
        self.store, self.cursor, self.counts, self.reads = store, "", dict[str, int](), 0

    def follow(self) -> dict[str, int]:
        changed, self.cursor = self.store.changed_since(self.cursor)
        for stream in changed:
            self.reads += 1
            self.counts[stream] = self.store.read(stream).revision
        return {stream: count for stream, count in self.counts.items() if count}


def test_an_aggregation_over_all_reads_only_what_changed_and_is_never_wrong(
    tmp_path: Path,
) -> None:
    store = TinyDBStore(tmp_path)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    rooms = [f"room/r{number}" for number in range(40)]
    for room in rooms:
        store.append(room, [event("one", moment)], 0)
    following = Finished(store)
    assert following.follow() == dict.fromkeys(rooms, 1)
    following.reads = 0
    store.append(rooms[3], [event("two", moment), event("three", moment)], 1)
    store.delete(rooms[4])
    store.append("room/new", [event("one", moment)], 0)
    counts = following.follow()
    assert following.reads == 3
    assert counts == Finished(TinyDBStore(tmp_path)).follow()
    assert (counts[rooms[3]], counts["room/new"], rooms[4] in counts) == (3, 1, False)


def test_an_old_cursor_gives_every_stream_there_is(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(5):
        store.append(f"room/r{number}", [event("one", moment)], 0)
    for journal in tmp_path.glob("changes.*"):
        journal.unlink()
    store.append("room/r9", [event("one", moment)], 0)
    changed, _ = store.changed_since("0123456789abcdef.60")
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


def test_a_journal_of_another_format_is_put_away(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    store.append("room/one", [event("one", moment)], 0)
    old = b"jiejian-changes 0123456789abcdef\n\nroom/one\n\nroom/elsewhere\n"
    (tmp_path / "changes.log").write_bytes(old)
    assert store.changed_since("0123456789abcdef.33") == (["room/one"], "")
    store.append("room/two", [event("one", moment)], 0)
    assert (tmp_path / "changes.log.older").read_bytes() == old
    changed, cursor = store.changed_since("0123456789abcdef.33")
    assert set(changed) >= {"room/one", "room/two"}
    store.append("room/three", [event("one", moment)], 0)
    assert store.changed_since(cursor)[0] == ["room/three"]
