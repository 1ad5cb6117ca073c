"""The contract of both ports. Another implementation joins by one line in STORES."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiejian.errors import DocumentExists, InvalidName, RevisionConflict
from jiejian.store.memory_store import MemoryDocuments, MemoryStore
from jiejian.store.port import Documents, EventStore
from jiejian.store.records import NOTICE_SEEN, Event
from jiejian.store.tinydb_store import TinyDBDocuments, TinyDBStore

ANNA, BEN = "learner/" + "a" * 32, "learner/" + "b" * 32
ROOM = "room/blue-7"


@dataclass(frozen=True)
class Ports:
    """One implementation of both."""

    events: EventStore
    documents: Documents


STORES: dict[str, Callable[[Path], Ports]] = {
    "tinydb": lambda folder: Ports(TinyDBStore(folder), TinyDBDocuments(folder)),
    "memory": lambda _folder: Ports(MemoryStore(), MemoryDocuments()),
}


@pytest.fixture(params=STORES)
def ports(request: pytest.FixtureRequest, tmp_path: Path) -> Ports:
    return STORES[request.param](tmp_path / "data")


@pytest.fixture
def store(ports: Ports) -> EventStore:
    return ports.events


@pytest.fixture
def documents(ports: Ports) -> Documents:
    return ports.documents


def event(kind: str, key: str | None = None, **data: Any) -> Event:
    return Event(kind, data, "2026-01-02T03:04:05+00:00", key)


def kinds(store: EventStore, stream: str, after: int = 0) -> list[str]:
    return [entry.event.kind for entry in store.read(stream, after).events]


def test_an_unknown_stream_is_empty_and_reading_does_not_create_it(store: EventStore) -> None:
    view = store.read(ANNA)
    assert (view.events, view.revision, view.notice) == ((), 0, None)
    assert list(store.streams("learner")) == []


def test_what_was_appended_is_read_in_order_with_its_revisions(store: EventStore) -> None:
    first = event("opened", lesson="利率", minutes=3, parts=[1, {"x": None}])
    assert store.append(ANNA, [first], 0) == 1
    assert store.append(ANNA, [event("read"), event("answered", "key-1")], 1) == 3
    view = store.read(ANNA)
    assert [entry.revision for entry in view.events] == [1, 2, 3]
    assert view.events[0].event == first
    assert view.events[2].event.key == "key-1"
    assert view.revision == 3
    assert kinds(store, ANNA, after=1) == ["read", "answered"]
    assert store.read(ANNA, after=3).events == ()
    assert store.read(ANNA, after=3).revision == 3


def test_order_holds_beyond_ten_events(store: EventStore) -> None:
    for number in range(25):
        store.append(ANNA, [event("step", n=number)], number)
    assert [entry.event.data["n"] for entry in store.read(ANNA).events] == list(range(25))


def test_another_expected_revision_is_a_conflict_and_writes_nothing(store: EventStore) -> None:
    store.append(ANNA, [event("opened")], None)
    for wrong in (0, 2, 99):
        with pytest.raises(RevisionConflict) as caught:
            store.append(ANNA, [event("lost")], wrong)
        assert caught.value.current == 1
        assert caught.value.details == {"current": 1}
    assert kinds(store, ANNA) == ["opened"]
    with pytest.raises(RevisionConflict):
        store.append(BEN, [event("lost")], 1)
    assert store.append(ANNA, [event("any")], None) == 2


def test_a_resend_is_harmless_even_with_the_revision_of_before(store: EventStore) -> None:
    batch = [event("request_sent", "key-1"), event("decision_made")]
    assert store.append(ANNA, batch, 0) == 2
    assert store.append(ANNA, batch, 0) == 2
    assert store.append(ANNA, batch, None) == 2
    assert kinds(store, ANNA) == ["request_sent", "decision_made"]


def test_of_a_mixed_batch_only_what_is_new_is_added(store: EventStore) -> None:
    store.append(ANNA, [event("one", "key-1")], 0)
    batch = [event("one", "key-1"), event("two", "key-2"), event("two-again", "key-2")]
    with pytest.raises(RevisionConflict):
        store.append(ANNA, batch, 0)
    assert store.append(ANNA, batch, 1) == 2
    assert kinds(store, ANNA) == ["one", "two"]


def test_a_key_counts_in_its_own_stream_only(store: EventStore) -> None:
    store.append(ANNA, [event("one", "key-1")], 0)
    assert store.append(BEN, [event("one", "key-1")], 0) == 1


def test_appending_nothing_changes_nothing(store: EventStore) -> None:
    assert store.append(ANNA, [], None) == 0
    assert list(store.streams("learner")) == []


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"x", "\ud800", object()])
def test_data_that_json_cannot_hold_is_refused_whole(store: EventStore, value: object) -> None:
    store.append(ANNA, [event("before")], 0)
    with pytest.raises((TypeError, ValueError)):
        store.append(ANNA, [event("good"), event("bad", value=value)], 1)
    assert kinds(store, ANNA) == ["before"]


@pytest.mark.parametrize(
    "value", [10**40, -(10**40), 2**63, 0.1, 1e22, 5e-324, -0.0, "\x00\u2028🙂", None, [], {}]
)
def test_every_value_comes_back_as_it_was(ports: Ports, value: object) -> None:
    ports.events.append(ANNA, [event("kept", value=value)], 0)
    ports.documents.put("accounts", "ab", {"value": value})
    held = ports.events.read(ANNA).events[0].event.data["value"]
    assert (repr(held), type(held)) == (repr(value), type(value))
    assert repr(ports.documents.get("accounts", "ab")) == repr({"value": value})


def test_what_is_stored_does_not_change_with_the_callers_objects(store: EventStore) -> None:
    data: dict[str, Any] = {"list": [1]}
    store.append(ANNA, [Event("kept", data, "2026-01-01T00:00:00+00:00")], 0)
    data["list"].append(2)
    store.read(ANNA).events[0].event.data["list"].append(3)
    assert store.read(ANNA).events[0].event.data == {"list": [1]}


def test_streams_lists_one_kind_sorted(store: EventStore) -> None:
    for stream in (BEN, ROOM, ANNA):
        store.append(stream, [event("opened")], 0)
    assert list(store.streams("learner")) == [ANNA, BEN]
    assert list(store.streams("room")) == [ROOM]
    with pytest.raises(InvalidName):
        list(store.streams("../learner"))


def test_deleted_is_gone_and_may_begin_again(store: EventStore) -> None:
    store.append(ANNA, [event("one", "key-1"), event("two")], 0)
    store.append(BEN, [event("kept")], 0)
    store.delete(ANNA)
    store.delete(ANNA)
    assert store.read(ANNA).revision == 0
    assert list(store.streams("learner")) == [BEN]
    assert store.append(ANNA, [event("one", "key-1")], 0) == 1


def test_changes_are_named_since_the_cursor(store: EventStore) -> None:
    store.append(ANNA, [event("one")], 0)
    store.append(ROOM, [event("one")], 0)
    changed, cursor = store.changed_since("")
    assert set(changed) == {ANNA, ROOM}
    assert store.changed_since(cursor) == ([], cursor)
    store.append(BEN, [event("one")], 0)
    store.append(BEN, [event("two")], 1)
    store.delete(ANNA)
    changed, later = store.changed_since(cursor)
    assert sorted(changed) == [ANNA, BEN]
    assert store.changed_since(later)[0] == []
    assert set(store.changed_since(cursor)[0]) == {ANNA, BEN}


@pytest.mark.parametrize("cursor", ["nonsense", "0123456789abcdef.999999", "-1", "٣", "x.y.z"])
def test_an_unknown_cursor_gives_every_stream(store: EventStore, cursor: str) -> None:
    store.append(ANNA, [event("one")], 0)
    assert ANNA in store.changed_since(cursor)[0]


def test_a_stream_that_can_be_read_is_not_started_anew(store: EventStore) -> None:
    store.append(ANNA, [event("one")], 0)
    assert store.start_anew(ANNA) == 1
    assert store.start_anew(BEN) == 0
    assert kinds(store, ANNA) == ["one"]


def test_a_notice_stands_until_it_was_seen(store: EventStore) -> None:
    store.append(ANNA, [event("store_restored"), event("read")], 0)
    assert store.read(ANNA).notice == "restored_previous"
    assert store.read(ANNA, after=2).notice == "restored_previous"
    store.append(ANNA, [event(NOTICE_SEEN)], None)
    assert store.read(ANNA).notice is None


BAD_STREAMS = [
    "", "learner", "learner/", "learner/" + "A" * 32, "learner/" + "a" * 31, "learner/" + "a" * 33,
    "learner/" + "a" * 32 + "\n", "learner/../" + "a" * 29, "learner/" + "٣" * 32, "room/",
    "room/..", "room/a/b", "room/a.json", "room/A", "room/-a", "room/a-", "room/a\0b", "room/a b",
    "room/" + "a" * 65, "/etc/passwd", "documents/abcdef", "learner/" + "a" * 32 + "/x", "room/房间",
]  # fmt: skip


@pytest.mark.parametrize("stream", BAD_STREAMS)
def test_other_names_are_refused_by_every_verb(store: EventStore, stream: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: store.append(stream, [event("one")], None),
        lambda: store.read(stream),
        lambda: store.delete(stream),
        lambda: store.start_anew(stream),
    ]
    for call in calls:
        with pytest.raises(InvalidName):
            call()


@given(name=st.one_of(st.text(max_size=80), st.from_regex(r"[a-z./\\-]{0,8}", fullmatch=True)))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_leads_out_of_the_rooms_folder(tmp_path: Path, name: str) -> None:
    store = TinyDBStore(tmp_path / "data")
    try:
        store.append(f"room/{name}", [event("one", "key-1")], None)
    except InvalidName:
        assert not (tmp_path / "data" / "rooms" / name[:2] / f"{name[:40]}.json").is_file()
    else:
        assert (tmp_path / "data" / "rooms" / name[:2] / f"{name}.json").is_file()
        assert f"room/{name}" in store.streams("room")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert {path.name for path in (tmp_path / "data").iterdir()} <= {
        "rooms",
        "changes.log",
        "gate.lock",
    }


def test_threads_on_one_stream_lose_nothing(store: EventStore) -> None:
    def write(thread: int) -> None:
        for number in range(10):
            store.append(ANNA, [event("step", f"key-{thread}-{number}")], None)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    view = store.read(ANNA)
    assert len({entry.event.key for entry in view.events}) == view.revision == 80
    assert [entry.revision for entry in view.events] == list(range(1, 81))


def test_of_writers_expecting_one_revision_exactly_one_wins(store: EventStore) -> None:
    def write(thread: int) -> bool:
        try:
            store.append(ANNA, [event("won", f"key-{thread}")], 0)
        except RevisionConflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(write, range(8))) == 1
    assert store.read(ANNA).revision == 1


def test_documents_are_put_got_replaced_listed_and_deleted(documents: Documents) -> None:
    assert documents.get("visitors", "ab") is None
    documents.put("visitors", "ab", {"learner": "学", "n": 1})
    documents.put("visitors", "ab", {"learner": "习"})
    documents.put("visitors", "0", {"learner": "x"})
    documents.put("accounts", "ab", {})
    assert documents.get("visitors", "ab") == {"learner": "习"}
    assert documents.get("accounts", "ab") == {}
    assert list(documents.keys("visitors")) == ["0", "ab"]
    documents.delete("visitors", "ab")
    documents.delete("visitors", "ab")
    assert documents.get("visitors", "ab") is None
    assert list(documents.keys("visitors")) == ["0"]
    assert list(documents.keys("sessions")) == []


def test_a_document_expected_absent_is_not_replaced(documents: Documents) -> None:
    documents.put("accounts", "ab", {"n": 1}, expect_absent=True)
    with pytest.raises(DocumentExists):
        documents.put("accounts", "ab", {"n": 2}, expect_absent=True)
    assert documents.get("accounts", "ab") == {"n": 1}


def test_of_many_creators_of_a_document_one_wins(documents: Documents) -> None:
    def create(thread: int) -> bool:
        try:
            documents.put("accounts", "ab", {"by": thread}, expect_absent=True)
        except DocumentExists:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(create, range(8)))
    assert won.count(True) == 1
    assert documents.get("accounts", "ab") == {"by": won.index(True)}


@pytest.mark.parametrize(
    ("collection", "key"),
    [("..", "ab"), ("a/b", "ab"), ("", "ab"), ("A", "ab"), ("a", ""), ("a", "../x"), ("a", "A"),
     ("a", "x.json"), ("a", "x\n"), ("a", "-"), ("a", "x" * 129)],
)  # fmt: skip
def test_other_names_of_documents_are_refused(
    documents: Documents, collection: str, key: str
) -> None:
    calls: list[Callable[[], object]] = [
        lambda: documents.get(collection, key),
        lambda: documents.put(collection, key, {}),
        lambda: documents.delete(collection, key),
    ]
    for call in calls:
        with pytest.raises(InvalidName):
            call()


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, b"x", "\ud800", Decimal(1)])
def test_a_document_that_json_cannot_hold_leaves_the_old_one(
    documents: Documents, value: object
) -> None:
    documents.put("accounts", "ab", {"n": 1})
    with pytest.raises((TypeError, ValueError)):
        documents.put("accounts", "ab", {"n": value})
    assert documents.get("accounts", "ab") == {"n": 1}
