"""Full and read-only disks, competing processes: what was acknowledged stays."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jiejian.errors import StoreUnreadable, StoreUnwritable
from jiejian.store.records import Event
from jiejian.store.tinydb_store import TinyDBDocuments, TinyDBStore
from tests.unit.store.writers import finish, start

ANNA = "learner/" + "a" * 32

WRITE_FROM_THREADS = """
def write(thread):
    for number in range(15):
        store.append(ANNA, [Event("a", {}, AT, f"{run}-{thread}-{number}")], None)
        while True:
            revision = store.read("room/shared").revision
            try:
                store.append("room/shared", [Event("a", {"seen": revision}, AT)], revision)
                break
            except RevisionConflict:
                pass
        store.append(f"learner/{run:031x}{thread:x}", [Event("a", {}, AT)], number)
with ThreadPoolExecutor(4) as pool:
    list(pool.map(write, range(4)))
"""

LEARN_ALL_AT_ONCE = """
import threading
go = threading.Event()
def learn(learner):
    go.wait()
    for number in range(2):
        store.append(f"learner/{learner:032x}", [Event("a", {}, AT, f"{learner}-{number}")], number)
        say(learner, number)
threads = [threading.Thread(target=learn, args=(learner,)) for learner in range(run, 300, 4)]
for thread in threads:
    thread.start()
go.set()
for thread in threads:
    thread.join()
"""

WRITE_UNTIL_FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
number = 0
while True:
    try:
        store.append(ANNA, [Event("a", {"text": "x" * 100}, AT, f"{run}-{number}")], None)
    except StoreUnwritable as error:
        say("refused", error.reason)
        break
    say(ANNA, f"{run}-{number}")
    number += 1
"""

WRITE_WHERE_ONLY_READING_IS_ALLOWED = """
os.umask(0)
if os.getuid() == 0:
    os.setuid(65534)
say("read", store.read(ANNA).revision)
for act in (
    lambda: store.append(ANNA, [Event("a", {}, AT)], None),
    lambda: store.append("learner/" + "b" * 32, [Event("a", {}, AT)], None),
    lambda: store.delete(ANNA),
):
    try:
        act()
        say("written")
    except StoreUnwritable as error:
        say("refused", error.reason)
say("read", store.read(ANNA).revision)
"""


def event(kind: str, key: str | None = None) -> Event:
    return Event(kind, {}, "2026-01-02T03:04:05+00:00", key)


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.suffix in {".new", ".link"}]


def _keys(store: TinyDBStore, stream: str) -> Iterator[str]:
    return (entry.event.key for entry in store.read(stream).events if entry.event.key)


def test_two_processes_of_four_threads_lose_nothing(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path)
    processes = [start(WRITE_FROM_THREADS, tmp_path, run) for run in (1, 2)]
    cursor = store.changed_since("")[1]
    seen: dict[str, int] = {}
    while any(process.poll() is None for process in processes):
        changed, cursor = store.changed_since(cursor)
        seen |= {stream: store.read(stream).revision for stream in changed}
        time.sleep(0.02)
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    changed, cursor = store.changed_since(cursor)
    seen |= {stream: store.read(stream).revision for stream in changed}

    keys = [entry.event.key for entry in store.read(ANNA).events]
    assert sorted(map(str, keys)) == sorted(
        f"{run}-{thread}-{number}" for run in (1, 2) for thread in range(4) for number in range(15)
    )
    shared = store.read("room/shared")
    assert [entry.event.data["seen"] for entry in shared.events] == list(range(120))
    own = [f"learner/{run:031x}{thread:x}" for run in (1, 2) for thread in range(4)]
    assert [store.read(stream).revision for stream in own] == [15] * 8
    # Whoever follows the changes has looked at each stream after its last write.
    assert seen == {ANNA: 120, "room/shared": 120} | dict.fromkeys(own, 15)


def test_three_hundred_learners_at_once_from_four_processes_lose_nothing(tmp_path: Path) -> None:
    processes = [start(LEARN_ALL_AT_ONCE, tmp_path, run) for run in range(4)]
    said = [
        line for process in processes for line in process.communicate(timeout=120)[0].split("\n")
    ]
    assert sorted(filter(None, said)) == sorted(f"{n} {m}" for n in range(300) for m in range(2))
    store = TinyDBStore(tmp_path)
    for learner in range(300):
        assert list(_keys(store, f"learner/{learner:032x}")) == [f"{learner}-0", f"{learner}-1"]
    assert len(list(store.streams("learner"))) == 300


def test_a_file_size_limit_refuses_and_keeps_all_before(tmp_path: Path) -> None:
    said = finish(WRITE_UNTIL_FULL, tmp_path)
    assert said[-1] == "refused disk_full"
    assert len(said) > 50
    store = TinyDBStore(tmp_path)
    assert [f"{ANNA} {key}" for key in _keys(store, ANNA)] == said[:-1]
    assert leftovers(tmp_path) == []
    assert store.append(ANNA, [event("room again")], None) == len(said)


def test_a_folder_that_only_reads_is_read_and_refuses_writing() -> None:
    # Not below tmp_path: that is closed to other users, and root is bound by no permission.
    folder = Path(tempfile.mkdtemp(prefix="jiejian-store-"))
    try:
        TinyDBStore(folder).append(ANNA, [event("one")], 0)
        for path in (folder, *folder.rglob("*")):
            if os.getuid() == 0:
                os.chown(path, 65534, 65534)
            path.chmod(0o500 if path.is_dir() else 0o400)
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        refused = ["refused read_only"] * 3
        assert finish(WRITE_WHERE_ONLY_READING_IS_ALLOWED, folder) == ["read 1", *refused, "read 1"]
        assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o700)
        shutil.rmtree(folder)


def failing(real: Callable[..., Any], number: int, when: Callable[..., bool]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        if when(*args):
            raise OSError(number, os.strerror(number), str(args[0]))
        return real(*args, **kwargs)

    return call


WRITING = os.O_WRONLY | os.O_RDWR
STEPS: dict[str, tuple[str, Callable[..., bool]]] = {
    "lock": ("open", lambda path, flags, *_: str(path).endswith(".lock") and bool(flags & WRITING)),
    "journal": ("open", lambda path, flags, *_: str(path).endswith(".log") and flags & WRITING),
    "temporary file": ("open", lambda path, *_: str(path).endswith(".new")),
    "sync": ("fsync", lambda *_: True),
    "sync of the file": ("fsync", lambda fd: fcntl.fcntl(fd, fcntl.F_GETFL) & 3 == os.O_WRONLY),
    "previous copy": ("link", lambda *_: True),
    "previous copy's name": ("replace", lambda _old, new: str(new).endswith(".previous")),
    "main name": ("replace", lambda _old, new: str(new).endswith(".json")),
}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("step", STEPS)
def test_whatever_step_fails_the_old_state_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    store, documents = TinyDBStore(tmp_path), TinyDBDocuments(tmp_path)
    for revision in range(2):
        store.append(ANNA, [event("before")], revision)
        documents.put("accounts", "ab", {"n": revision})
    before = store.read(ANNA)
    name, when = STEPS[step]
    with monkeypatch.context() as patch:
        patch.setattr(os, name, failing(getattr(os, name), number, when))
        with pytest.raises(StoreUnwritable) as caught:
            store.append(ANNA, [event("lost", "key-1")], 2)
        if step != "journal":
            with pytest.raises(StoreUnwritable):
                documents.put("accounts", "ab", {"n": 2})
    reasons = {errno.ENOSPC: "disk_full", errno.EROFS: "read_only", errno.EIO: "io_error"}
    assert caught.value.reason == reasons[number]
    assert store.read(ANNA) == before
    if step != "journal":
        assert documents.get("accounts", "ab") == {"n": 1}
    assert leftovers(tmp_path) == []
    assert store.append(ANNA, [event("later")], 2) == 3
    assert leftovers(tmp_path) == []
    main = tmp_path / "learners" / "aa" / ("a" * 32 + ".json")
    main.write_bytes(b"garbage")
    kinds = [entry.event.kind for entry in store.read(ANNA).events]
    assert kinds == ["before", "before", "store_restored"]


def test_a_file_the_system_does_not_hand_out_is_neither_empty_nor_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = TinyDBStore(tmp_path)
    store.append(ANNA, [event("one")], 0)
    store.append(ANNA, [event("two")], 1)
    with monkeypatch.context() as patch:
        refuse = failing(Path.read_bytes, errno.EIO, lambda path: path.suffix == ".json")
        patch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(StoreUnreadable):
            store.read(ANNA)
        with pytest.raises(StoreUnreadable):
            store.append(ANNA, [event("three")], None)
    assert store.read(ANNA).revision == 2
    assert not list(tmp_path.rglob("*.damaged-*"))


def test_without_hard_links_the_previous_copy_is_still_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing(os.link, errno.EOPNOTSUPP, lambda *_: True))
    store = TinyDBStore(tmp_path)
    for revision in range(3):
        store.append(ANNA, [event("one")], revision)
    main = tmp_path / "learners" / "aa" / ("a" * 32 + ".json")
    for garbage in (b"first", b"second"):
        main.write_bytes(garbage)
        assert store.read(ANNA).notice == "restored_previous"
    assert {path.read_bytes() for path in tmp_path.rglob("*.damaged-*")} == {b"first", b"second"}


def test_folder_and_files_are_for_this_user_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    mask = os.umask(0)
    try:
        store = TinyDBStore(folder)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for revision in range(2):
            store.append(ANNA, [event("one")], revision)
        (folder / "learners" / "aa" / ("a" * 32 + ".json")).write_bytes(b"garbage")
        store.read(ANNA)
        TinyDBDocuments(folder).put("accounts", "ab", {})
    finally:
        os.umask(mask)
    found = list(folder.rglob("*"))
    assert len([path for path in found if path.is_file()]) >= 7
    for path in found:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_write_costs_the_streams_own_length_only(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path)
    for number in range(60):
        store.append(f"learner/{number:032x}", [event("one")], 0)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "learners").rglob("*.json")}
    store.append(f"learner/{7:032x}", [event("two")], 1)
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "learners").rglob("*.json")}
    assert [path.stem for path in before if before[path] != after[path]] == [f"{7:032x}"]


def test_a_write_goes_over_a_spare_file_and_makes_none(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path)
    main = tmp_path / "learners" / "aa" / ("a" * 32 + ".json")
    inodes = []
    for number in range(12):
        store.append(ANNA, [event("one")], number)
        inodes.append(main.stat().st_ino)
    assert len(set(inodes[3:])) == 3  # three take turns: main, previous, spare
    assert store.read(ANNA).revision == 12


def test_a_file_with_another_name_is_never_written_over(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path)
    main = tmp_path / "learners" / "aa" / ("a" * 32 + ".json")
    kept: dict[Path, bytes] = {}
    for number in range(12):
        store.append(ANNA, [event("one")], number)
        for suffix in ("", ".previous", ".spare"):
            file = main.with_name(main.name + suffix)
            if number % 4 == 1 and file.exists():
                other = tmp_path / f"other-{number}{suffix}"
                other.hardlink_to(file)
                kept[other] = file.read_bytes()
    assert len(kept) >= 8
    assert {other: other.read_bytes() for other in kept} == kept


def test_a_shorter_body_leaves_nothing_of_a_longer_one(tmp_path: Path) -> None:
    documents = TinyDBDocuments(tmp_path)
    for length in (5000, 4000, 3000, 2000, 1, 7000, 0):
        documents.put("accounts", "ab", {"text": "x" * length})
        assert documents.get("accounts", "ab") == {"text": "x" * length}
