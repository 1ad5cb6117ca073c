"""Streams kept as last read: never older than the file, and never too many."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiejian.store.readings import Readings, stamp
from jiejian.store.records import Event, Recorded
from jiejian.store.tinydb_store import TinyDBStore

NAME = "learner/" + "a" * 32


def event(number: int) -> Event:
    return Event("told", {"n": number}, "2026-01-05T09:00:00+00:00", f"key-{number:05d}")


def test_a_second_reading_takes_nothing_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = TinyDBStore(tmp_path)
    store.append(NAME, [event(1)], 0)
    first = store.read(NAME)
    with monkeypatch.context() as patch:
        patch.setattr("jiejian.store.files.unseal", None)
        assert store.read(NAME) == first
        assert store.read(NAME, after=1).events == ()
    assert first.revision == 1


def test_what_another_process_writes_is_seen_at_once(tmp_path: Path) -> None:
    here, there = TinyDBStore(tmp_path), TinyDBStore(tmp_path)
    for number in range(1, 20):
        there.append(NAME, [event(number)], number - 1)
        assert here.read(NAME).revision == number


def test_a_deleted_stream_is_gone(tmp_path: Path) -> None:
    here, there = TinyDBStore(tmp_path), TinyDBStore(tmp_path)
    here.append(NAME, [event(1)], 0)
    assert here.read(NAME).revision == 1
    there.delete(NAME)
    assert here.read(NAME).revision == 0


def test_a_file_damaged_after_it_was_read_is_noticed(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path)
    store.append(NAME, [event(1)], 0)
    store.append(NAME, [event(2)], 1)
    assert store.read(NAME).notice is None
    (file,) = (path for path in tmp_path.rglob("*.json") if "a" * 32 in path.name)
    file.write_bytes(file.read_bytes().replace(b"told", b"tolk"))
    assert store.read(NAME).notice == "restored_previous"


def test_the_streams_read_longest_ago_go_first(tmp_path: Path) -> None:
    kept = Readings(most=4)
    pair = (Recorded(event(1), 1), Recorded(event(2), 2))
    seen = (1, 2, 3)
    kept.keep("one", seen, pair)
    kept.keep("two", seen, pair)
    assert kept.get("one", seen) == pair
    kept.keep("three", seen, pair)
    assert kept.get("two", seen) is None
    assert kept.get("one", seen) == pair
    assert kept.get("one", (1, 2, 4)) is None
    assert stamp(tmp_path / "nowhere") is None
