"""Attacks on the served product: cookies, guesses, floods, broken messages, ids that are paths."""

from __future__ import annotations

import secrets
import threading
from contextlib import suppress

import pytest
import websocket
from streamlit.proto.BackMsg_pb2 import BackMsg

from jiejian.errors import VisitEnded
from jiejian.rehearsal.wire import Closed, Tab, pressed, valued
from jiejian.services.accounts import VISITOR_COOKIE, new_token
from jiejian.services.identity.sessions import STAFF_COOKIE
from tests.wire.people import House

NASTY_IDS = (
    "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "a%00b", "%00", "%ff%fe",
    "a" * 3000, "%F0%9F%98%80", "%E2%80%AE", "<script>alert(1)</script>", "' OR 1=1 --", "..\\app.py",
)  # fmt: skip
GARBAGE = ("x", "null", "../../x", "é" * 43, "a" * 42 + "<", '"; rm', "%00", "A" * 3000)


# Cookies ------------------------------------------------------------------------------------


@pytest.mark.parametrize("garbage", GARBAGE)
def test_a_garbage_cookie_is_nobody_of_ours(house: House, garbage: str) -> None:
    operator = house.operator()
    with house.no_fault(), house.unchanged():
        for jar in (
            {STAFF_COOKIE: garbage},
            {VISITOR_COOKIE: garbage, STAFF_COOKIE: garbage},
            {VISITOR_COOKIE: operator.device.jar[VISITOR_COOKIE], STAFF_COOKIE: garbage},
        ):
            encoded = {name: value.encode().decode("latin-1") for name, value in jar.items()}
            tab = Tab(house.server.url, encoded)
            tab.goto("account")
            assert "Learning needs no account" in tab.words()
            tab.close()


def test_a_foreign_and_a_replayed_cookie_open_nothing(house: House) -> None:
    person = house.person("operator")
    stolen = dict(person.device.jar)
    open_tab = person.device.tab()
    open_tab.goto("account")
    assert open_tab.find("button", "invite")
    assert person.device.fill("/signout", press="here").status == 303
    for staff in (stolen[STAFF_COOKIE], new_token()):
        tab = Tab(house.server.url, {**stolen, STAFF_COOKIE: staff})
        tab.goto("account")
        assert "Learning needs no account" in tab.words()
        assert not tab.find("button", "invite")
    open_tab.rerun()
    assert not open_tab.find("button", "invite")


def test_an_ended_visit_is_over_in_every_tab_and_by_its_cookie(house: House) -> None:
    person = house.person("learner")
    stolen, tab = dict(person.device.jar), person.device.tab()
    tab.goto("progress")
    control = tab.one("button", "make_code")
    assert person.device.fill("/handover", press="other").status == 303
    with pytest.raises(VisitEnded):
        house.services.accounts.actor(stolen[VISITOR_COOKIE])
    with house.no_fault(), house.unchanged():
        for shown in (tab, Tab(house.server.url, stolen)):
            shown.goto("progress")
            shown.rerun(pressed(control.id))
            assert "Somebody else uses this device now" in shown.words()


def test_a_cookie_of_a_megabyte_is_turned_away_and_nobody_else_is(house: House) -> None:
    other = house.known("learner").device.tab()
    with house.no_fault():
        with pytest.raises((websocket.WebSocketException, OSError)):
            Tab(house.server.url, {VISITOR_COOKIE: "A" * 1_000_000})
        other.goto("progress")
    assert "What you have done here" in other.words()


def test_another_persons_session_is_not_taken_up_by_guessing_its_name(house: House) -> None:
    operator = house.operator().device.tab()
    operator.goto("account")
    stranger = Tab(house.server.url, {}, reconnect=secrets.token_hex(16))
    stranger.goto("account")
    assert not stranger.find("button", "invite")


# Guesses ------------------------------------------------------------------------------------


def test_two_hundred_wrong_passwords_and_passphrases_are_few_guesses(house: House) -> None:
    person, device = house.person("educator"), house.device()
    for path, field, name in (
        ("/signin", "password", person.name),
        ("/comeback", "passphrase", f"nobody {secrets.token_hex(4)}"),
    ):
        device.get(path)
        token = device.fill(path, name="", **{field: "x"}).text.split('name="token" value="')[1][
            :64
        ]
        statuses = []
        for number in range(200):
            device.address = f"198.18.{number}.1"
            fields = {"token": token, "name": name, field: f"guess {number}"}
            statuses.append(device.post(path, fields).status)
        assert set(statuses) == {400, 429}
        assert statuses.count(400) < 20
    assert "guess 1" not in house.log


def test_the_ways_back_work_and_leave_no_secret_in_the_log(house: House) -> None:
    """The code on the screen and a passphrase: typed right, typed wrong, on another device."""
    person = house.person("learner")
    tab = person.device.tab()
    tab.goto("progress")
    tab.press(tab.one("button", "make_code"))
    code = tab.words().split('role="status">')[1].split("<")[0]
    nickname, passphrase, slip = house.secret("n")[:30], house.secret(), house.secret()
    house.secrets.update((code, nickname))
    fields = {"name": nickname, "passphrase": passphrase}
    assert person.device.fill("/nickname", **fields).status == 303
    learner = house.actor(person).learner
    for path, wrong_ones, right_ones in (
        ("/recover", {"code": f"{code} x"}, {"code": code}),
        ("/comeback", {"name": nickname, "passphrase": slip}, fields),
    ):
        device = house.device()
        device.get("/")
        assert device.fill(path, **wrong_ones).status == 400
        assert device.fill(path, **right_ones).status == 303
        house.secrets.update(device.jar.values())
        back = house.services.accounts.actor(device.jar[VISITOR_COOKIE])
        assert back.learner == learner
    log = house.log
    assert not [secret for secret in house.secrets if secret in log]
    held = b"".join(house.kept().values()).decode()
    kept = (code, nickname, passphrase, slip, *person.device.jar.values())
    assert not [secret for secret in kept if secret in held]


def test_two_hundred_wrong_recovery_codes_are_few_guesses(house: House) -> None:
    device = house.device()
    statuses = [device.fill("/recover", code=f"abandon {n}").status for n in range(200)]
    assert set(statuses) == {400, 429}
    assert statuses.count(400) <= 20


# Messages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [b"\xff" * 100, b"\x00", b"\x0a\xff\xff\xff\xff\x0f", secrets.token_bytes(10_000), "text"],
)
def test_a_broken_message_ends_its_own_connection_and_no_other(
    house: House, raw: bytes | str
) -> None:
    tab, other = house.known("learner").device.tab(), house.known("learner").device.tab()
    tab.send(raw)
    with pytest.raises((Closed, OSError, websocket.WebSocketException)):
        tab.rerun()
    other.goto("progress")
    assert "What you have done here" in other.words()


def test_a_message_over_the_limit_ends_its_own_connection_and_no_other(house: House) -> None:
    tab, other = house.known("learner").device.tab(), house.known("learner").device.tab()
    with suppress(OSError, websocket.WebSocketException):
        tab.send(b"\x00" * 11_000_000)
    with pytest.raises((Closed, OSError, websocket.WebSocketException)):
        tab.rerun()
    other.goto("progress")
    assert "What you have done here" in other.words()


def test_unknown_pages_widgets_and_fragments_do_nothing(house: House) -> None:
    tab = house.known("learner").device.tab()
    with house.no_fault(), house.unchanged():
        for nasty in (*NASTY_IDS, "f" * 32):
            tab.rerun(hash_=nasty)
            tab.rerun(hash_=tab.pages["progress"], page=nasty)
            tab.rerun(pressed(nasty), hash_=tab.pages["progress"])
            # An unknown fragment is not answered at all.
            tab.rerun(fragment=nasty, sent=True)
        tab.goto("progress")
    assert "What you have done here" in tab.words()


def test_messages_for_developers_are_not_obeyed(house: House) -> None:
    tab = house.known("learner").device.tab()
    with house.unchanged():
        for name in ("debug_shutdown_runtime", "debug_disconnect_websocket", "clear_cache",
                     "load_git_info", "set_run_on_save", "stop_script"):  # fmt: skip
            back = BackMsg()
            setattr(back, name, True)
            tab.send(back.SerializeToString())
    fresh = house.known("learner").device.tab()
    fresh.goto("progress")
    assert "What you have done here" in fresh.words()


def test_what_a_client_names_cannot_forge_a_line_of_the_log(house: House) -> None:
    tab = house.known("learner").device.tab()
    forged = "x\n2030-01-01T00:00:00+0000 INFO jiejian: all is well\n" + "y" * 1_000_000
    at = len(house.log)
    assert tab.fetch(forged) == "refused: Failed to generate file for download"
    new = house.log[at:]
    assert "x\\n2030" in new
    assert not [line for line in new.splitlines() if line.startswith("2030-")]
    assert len(new) < 20_000


def test_a_flood_from_one_session_leaves_another_its_right_answers(house: House) -> None:
    """Fifty runs a second for as long as the other one works."""
    flooding, worker = house.person("learner"), house.person("learner")
    flood, tab = flooding.device.tab(), worker.device.tab()
    flood.goto("borrow")
    over, sent = threading.Event(), 0

    def send() -> None:
        nonlocal sent
        while not over.wait(0.02):
            flood.rerun(sent=True)
            sent += 1

    thread = threading.Thread(target=send)
    thread.start()
    try:
        for amount in (1000, 2000, 3000, 4000):
            tab.goto("borrow")
            box = tab.one("number_input")
            tab.values[box.id] = valued(box, amount)
            control = next(b for b in tab.all("button") if b.msg.type == "primary")
            tab.rerun(pressed(control.id), fragment=control.fragment)
    finally:
        over.set()
        thread.join()
    made = house.services.lending.requests(house.actor(worker))
    amounts = sorted(int(one.sent.case.request.amount) for one in made)
    assert amounts == [1000, 2000, 3000, 4000]
    assert sent > 10
    assert house.services.lending.requests(house.actor(flooding)) == ()


# Ids in addresses ---------------------------------------------------------------------------


@pytest.mark.parametrize("nasty", NASTY_IDS)
def test_ids_that_are_paths_lead_nowhere(house: House, nasty: str) -> None:
    device = house.known("learner").device
    quoted = nasty.replace(" ", "%20").replace("<", "%3C").replace("\\", "%5C")
    with house.no_fault(), house.unchanged():
        for path in ("/plan/{}", "/print?id={}", "/books/{}-zh.epub", "/books/x-{}.epub",
                     "/lessons/{}", "/assets/{}", "/media/{}", "/{}", "/static/{}"):  # fmt: skip
            answer = device.get(path.format(quoted))
            assert answer.status in (200, 303, 307, 400, 404, 414)
            for sign in ("root:", "Traceback", "import streamlit", "site-packages"):
                assert sign not in answer.text
            assert "<script>alert(1)" not in answer.text
