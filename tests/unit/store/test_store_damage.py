"""Damaged, foreign and newer files: what was good is given back, what was bad is kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jiejian.clock import SetClock
from jiejian.errors import DocumentExists, RevisionConflict, StoreTooNew, StreamDamaged
from jiejian.store.records import Event, StreamView
from jiejian.store.tinydb_store import REPAIR_GAP, TinyDBDocuments, TinyDBStore

ANNA, BEN = "learner/" + "a" * 32, "learner/" + "b" * 32
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def event(kind: str, key: str | None = None) -> Event:
    return Event(kind, {"n": 1}, "2026-01-02T03:04:05+00:00", key)


def kinds(view: StreamView) -> list[str]:
    return [entry.event.kind for entry in view.events]


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def store(tmp_path: Path, clock: SetClock) -> TinyDBStore:
    return TinyDBStore(tmp_path, clock)


@pytest.fixture
def main(tmp_path: Path) -> Path:
    return tmp_path / "learners" / "aa" / ("a" * 32 + ".json")


def set_aside(main: Path) -> list[Path]:
    return sorted(main.parent.glob(f"{main.name}.damaged-*"))


def previous(main: Path) -> Path:
    return main.with_name(f"{main.name}.previous")


@pytest.fixture
def again(tmp_path: Path) -> Callable[[], None]:
    """Back to two saved writes, after whatever was done to the folder."""
    TinyDBStore(tmp_path).append(ANNA, [event("one")], 0)
    TinyDBStore(tmp_path).append(ANNA, [event("two", "key-2")], 1)
    pristine = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def restore() -> None:
        for path in tmp_path.rglob("*"):
            if path.is_file():
                path.unlink()
        for path, data in pristine.items():
            path.write_bytes(data)

    return restore


def check_restored(store: TinyDBStore, main: Path, damaged: bytes) -> None:
    view = store.read(ANNA)
    assert kinds(view) == ["one", "store_restored"]
    assert view.notice == "restored_previous"
    assert [path.read_bytes() for path in set_aside(main)] == [damaged]
    assert store.read(ANNA) == view


def test_cut_at_every_byte_the_previous_copy_comes_back(
    store: TinyDBStore, main: Path, again: Callable[[], None]
) -> None:
    whole = main.read_bytes()
    assert len(whole) > 200
    for length in range(len(whole)):
        again()
        main.write_bytes(whole[:length])
        check_restored(store, main, whole[:length])


def test_with_any_byte_changed_the_previous_copy_comes_back(
    store: TinyDBStore, main: Path, again: Callable[[], None]
) -> None:
    whole = main.read_bytes()
    for place in range(len(whole)):
        again()
        changed = bytearray(whole)
        changed[place] ^= 1
        main.write_bytes(changed)
        check_restored(store, main, bytes(changed))


@pytest.mark.parametrize(
    "garbage",
    [b"", b"\0" * 4096, b"null", b"[]", b"{}", b"[" * 100_000, b'{"format":true}', b"\xff\xfe",
     b'{"format":1,"name":1,"checksum":1,"body":1}', b"9" * 10_000],
)  # fmt: skip
def test_garbage_is_set_aside(
    store: TinyDBStore, main: Path, again: Callable[[], None], garbage: bytes
) -> None:
    again()
    main.write_bytes(garbage)
    check_restored(store, main, garbage)


def test_appending_to_a_damaged_stream_restores_first_and_a_lost_write_can_be_resent(
    store: TinyDBStore, main: Path, again: Callable[[], None]
) -> None:
    again()
    main.write_bytes(b"garbage")
    with pytest.raises(RevisionConflict) as caught:
        store.append(ANNA, [event("stale")], 2)
    store.append(ANNA, [event("two", "key-2")], caught.value.current)
    view = store.read(ANNA)
    assert kinds(view) == ["one", "store_restored", "two"]
    assert [entry.revision for entry in view.events] == [1, 1 + REPAIR_GAP, 2 + REPAIR_GAP]
    assert view.notice == "restored_previous"


def test_after_a_repair_there_is_again_a_copy_to_fall_back_on(
    store: TinyDBStore, main: Path, again: Callable[[], None], clock: SetClock
) -> None:
    again()
    main.write_bytes(b"first")
    store.append(ANNA, [event("three")], None)
    clock.moment -= timedelta(days=400)
    main.write_bytes(b"second")
    assert kinds(store.read(ANNA)) == ["one", "store_restored", "store_restored"]
    assert {path.read_bytes() for path in set_aside(main)} == {b"first", b"second"}


def test_files_set_aside_at_the_same_moment_get_names_of_their_own(
    store: TinyDBStore, main: Path, again: Callable[[], None]
) -> None:
    again()
    for garbage in (b"first", b"second", b"third"):
        main.write_bytes(garbage)
        store.read(ANNA)
    assert [path.read_bytes() for path in set_aside(main)] == [b"first", b"second", b"third"]
    assert set_aside(main)[0].name == f"{main.name}.damaged-20260102T030405.000000Z"


def test_a_lost_main_file_comes_back_from_the_previous_copy(
    store: TinyDBStore, main: Path, again: Callable[[], None]
) -> None:
    again()
    main.unlink()
    assert list(store.streams("learner")) == [ANNA]
    assert kinds(store.read(ANNA)) == ["one", "store_restored"]
    assert set_aside(main) == []


def test_another_learners_file_counts_as_damaged(
    store: TinyDBStore, main: Path, again: Callable[[], None]
) -> None:
    again()
    store.append(BEN, [event("secret")], 0)
    other = main.parent.parent / "bb" / ("b" * 32 + ".json")
    foreign = other.read_bytes()
    shutil.copyfile(other, main)
    check_restored(store, main, foreign)
    assert kinds(store.read(BEN)) == ["secret"]


def test_with_no_good_copy_the_stream_stays_closed_until_started_anew(
    store: TinyDBStore, main: Path, again: Callable[[], None]
) -> None:
    again()
    main.write_bytes(b"main")
    previous(main).write_bytes(b"previous")
    names = set()
    for call in (
        lambda: store.read(ANNA),
        lambda: store.append(ANNA, [event("new")], None),
        lambda: store.read(ANNA),
    ):
        with pytest.raises(StreamDamaged) as caught:
            call()
        names.add(caught.value.kept)
    assert len(names) == 1
    assert (main.parent / names.pop()).read_bytes() == b"main"
    assert {path.read_bytes() for path in set_aside(main)} == {b"main", b"previous"}
    assert list(store.streams("learner")) == [ANNA]

    assert store.start_anew(ANNA) == 1
    assert store.append(ANNA, [event("new")], 1) == 2
    view = store.read(ANNA)
    assert kinds(view) == ["store_started_anew", "new"]
    assert view.notice == "started_anew"
    assert {path.read_bytes() for path in set_aside(main)} == {b"main", b"previous"}


def test_a_first_write_cut_at_every_byte_is_never_taken_for_an_empty_stream(
    store: TinyDBStore, main: Path
) -> None:
    store.append(ANNA, [event("only")], 0)
    whole = main.read_bytes()
    for length in range(len(whole)):
        store.delete(ANNA)
        store.append(ANNA, [event("only")], 0)
        main.write_bytes(whole[:length])
        with pytest.raises(StreamDamaged) as caught:
            store.read(ANNA)
        assert (main.parent / caught.value.kept).read_bytes() == whole[:length]


@pytest.mark.parametrize("which", ["main", "previous"])
def test_a_file_of_a_later_version_is_refused_and_left_untouched(
    store: TinyDBStore, main: Path, again: Callable[[], None], which: str
) -> None:
    again()
    later = json.dumps({"format": 2, "unknown": "layout"}).encode()
    if which == "main":
        main.write_bytes(later)
    else:
        main.write_bytes(b"garbage")
        previous(main).write_bytes(later)
    before = {path: path.read_bytes() for path in (main, previous(main))}
    with pytest.raises(StoreTooNew, match="format 2"):
        store.read(ANNA)
    with pytest.raises(StoreTooNew, match="update the program"):
        store.append(ANNA, [event("new")], None)
    assert {path: path.read_bytes() for path in before} == before


def test_deleting_removes_every_copy_but_nobody_elses(
    store: TinyDBStore, main: Path, again: Callable[[], None]
) -> None:
    again()
    neighbour = "learner/" + "a" * 31 + "b"
    store.append(neighbour, [event("kept")], 0)
    main.write_bytes(b"garbage")
    store.append(ANNA, [event("two")], None)
    assert len(set_aside(main)) == 1
    store.delete(ANNA)
    assert [path.name for path in main.parent.iterdir() if path.name.startswith("a" * 32)] == []
    assert kinds(store.read(neighbour)) == ["kept"]
    assert store.read(ANNA).revision == 0


def test_a_restored_stream_is_among_the_changes(
    store: TinyDBStore, main: Path, again: Callable[[], None]
) -> None:
    again()
    cursor = store.changed_since("")[1]
    main.write_bytes(b"garbage")
    store.read(ANNA)
    assert store.changed_since(cursor)[0] == [ANNA]


def test_a_damaged_document_is_restored_or_reported(tmp_path: Path, clock: SetClock) -> None:
    documents = TinyDBDocuments(tmp_path, clock)
    main = tmp_path / "documents" / "accounts" / "ab" / "abcd.json"
    documents.put("accounts", "abcd", {"n": 1})
    documents.put("accounts", "abcd", {"n": 2})
    main.write_bytes(b"garbage")
    assert documents.get("accounts", "abcd") == {"n": 1}
    main.write_bytes(b"garbage again")
    previous(main).write_bytes(b"garbage too")
    for _ in range(2):
        with pytest.raises(StreamDamaged, match="accounts/abcd is damaged"):
            documents.get("accounts", "abcd")
    with pytest.raises(DocumentExists):
        documents.put("accounts", "abcd", {"n": 3}, expect_absent=True)
    documents.put("accounts", "abcd", {"n": 4})
    assert documents.get("accounts", "abcd") == {"n": 4}
    assert len(set_aside(main)) == 3
    documents.delete("accounts", "abcd")
    assert list(main.parent.iterdir()) == []
