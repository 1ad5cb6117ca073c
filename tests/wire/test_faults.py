"""Faults met on the way: a restart, a lost connection, a swapped file, an exception in a page."""

from __future__ import annotations

import shutil
import signal

import pytest

from jiejian.errors import StreamDamaged
from jiejian.rehearsal.wire import Part, Tab, pressed
from jiejian.services.standing import ANSWERED
from jiejian.store.names import stream_path
from tests.wire.people import House, Person

QUIZ = "credit-report"


def check(tab: Tab) -> Part:
    """The button that sends the answer to the question at hand."""
    tab.goto("quiz", id=QUIZ)
    return tab.one("button", "check_")


def fill(tab: Tab) -> None:
    """Choose something in everything that can be chosen."""
    for part in tab.all("radio"):
        tab.put(part, part.msg.options[0])
    for part in tab.all("selectbox"):
        tab.put(part, part.msg.options[0])
    for part in tab.all("text_input"):
        tab.put(part, "1")
    for part in tab.all("checkbox")[:1]:
        tab.put(part, True)


def answered(house: House, person: Person) -> list[str]:
    """The items answered so far, one entry for each answer that was kept."""
    stream = house.services.store.read(house.actor(person).stream)
    return [str(e.event.data["item"]) for e in stream.events if e.event.kind == ANSWERED]


def answer(tab: Tab, *, sent: bool = False) -> Part:
    """Answer the question at hand; with `sent` without waiting for what comes."""
    control = check(tab)
    fill(tab)
    tab.rerun(pressed(control.id), fragment=control.fragment, sent=sent)
    return control


def test_a_server_killed_in_mid_quiz_keeps_every_answer(house: House) -> None:
    person = house.person("learner")
    answer(person.device.tab())
    answer(person.device.tab())
    kept = answered(house, person)
    assert len(kept) == 2
    house.server.stop(signal.SIGKILL)
    house.server.start()
    assert answered(house, person) == kept
    tab = person.device.tab()
    answer(tab)
    assert answered(house, person)[:2] == kept
    assert len(answered(house, person)) == 3
    assert not tab.find("alert")


def test_an_answer_sent_as_the_connection_drops_and_sent_again_is_kept_once(house: House) -> None:
    person = house.person("learner")
    tab = person.device.tab()
    control = answer(tab, sent=True)
    session = tab.session
    tab.close()
    # The browser takes its session up again and sends what it does not know to have arrived.
    again = Tab(house.server.url, person.device.jar, reconnect=session)
    again.values = dict(tab.values)
    again.goto("")
    again.query = f"id={QUIZ}"
    again.rerun(pressed(control.id), fragment="", hash_=again.pages["quiz"])
    again.goto("quiz", id=QUIZ)
    assert len(answered(house, person)) <= 1
    if not answered(house, person):
        answer(again)
    assert len(answered(house, person)) == 1


def test_one_press_sent_five_times_is_one_answer(house: House) -> None:
    person = house.person("learner")
    tab = person.device.tab()
    control = check(tab)
    fill(tab)
    for _time in range(5):
        tab.rerun(pressed(control.id), fragment=control.fragment, sent=True)
    person.device.tab().goto("quiz", id=QUIZ)
    tab.finish()
    assert len(answered(house, person)) == 1


def test_another_learners_file_in_place_of_ones_own_is_not_shown(house: House) -> None:
    victim, person = house.person("learner"), house.person("learner")
    answer(victim.device.tab())
    answer(person.device.tab())
    theirs, own = house.actor(victim), house.actor(person)
    folder = house.server.folder
    for suffix in ("", ".previous"):
        source = folder / f"{stream_path(theirs.stream)}{suffix}"
        if source.exists():
            shutil.copy(source, folder / f"{stream_path(own.stream)}{suffix}")
    tab = person.device.tab()
    tab.goto("progress")
    assert "its file is damaged" in tab.words()
    assert tab.find("button", "start_anew")
    with pytest.raises(StreamDamaged):
        house.services.store.read(own.stream)
    assert len(answered(house, victim)) == 1


def test_an_exception_inside_a_page_is_told_under_an_id_and_logged(house: House) -> None:
    """A value for the language switch that Streamlit itself fails over."""
    tab, other = (
        house.known("learner").device.tab(language="zh-CN"),
        house.known("learner").device.tab(),
    )
    switch, at = tab.one("button_group", "lang"), len(house.log)
    forged = pressed(switch.id)
    run = tab.rerun(forged)
    words = tab.words()
    assert "我们这边出了问题" in words
    assert "Something went wrong on our side" in words
    assert "Traceback" not in run.came
    code = words.split("tell your teacher this code: ")[1][:6]
    assert f"fault {code} in script" in house.log[at:]
    other.goto("progress")
    assert "What you have done here" in other.words()
