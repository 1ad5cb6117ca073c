"""A workshop on a participant's phone: the door, every kind of step, the end, in both languages."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from jiejian.content.questions import Single
from jiejian.services import built
from jiejian.services.lending.asking import Ask
from jiejian.services.rooms.joining import participant
from tests.screens.app import WHO, opened
from tests.screens.workshop import TEACHER, Workshop, links, press, said

LIVE = "screens/live.py"
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
JOIN = ("Join the room", "加入房间")
SEND = ("Send my answer", "提交回答")
CHANGE = ("Change my answer", "修改我的回答")
KEPT = {"en": "Kept", "zh": "已保存"}
START = {"en": "EN ", "zh": "中文"}


@LANGUAGES
def test_the_code_of_the_link_leads_in_with_a_name_already_there(language: str) -> None:
    room = Workshop(language)
    app = opened(LIVE, language, join=room.code.lower())
    assert app.query_params["room"] == room.id
    assert "join" not in app.query_params
    name = app.text_input[0].value
    assert name
    words = said(app)
    for told in {
        "en": ("sees your answers", "no real money", "real name", "delete your answers"),
        "zh": ("主持人能看到", "没有真钱", "不要用真名", "删掉自己的回答"),
    }[language]:
        assert told in words
    press(app, *JOIN)
    assert room.place().person.name == name
    assert {"en": "You are in", "zh": "你已经进来了"}[language] in said(app)
    assert f"{name} · #1" in said(app)


@LANGUAGES
def test_a_wrong_code_is_explained_and_can_be_typed_again(language: str) -> None:
    room = Workshop(language)
    app = opened(LIVE, language, join="222222")
    assert {"en": "No open room has this code", "zh": "没有开放的房间用这个码"}[
        language
    ] in app.error[0].value
    assert app.text_input[0].value == "222222"
    app.text_input[0].set_value("???")
    press(app, "Go to the room", "进入房间")
    assert {"en": "six letters", "zh": "六位"}[language] in app.error[0].value
    app.text_input[0].set_value(f"{room.code[:3]} {room.code[3:]}")
    press(app, "Go to the room", "进入房间")
    assert not app.error
    assert app.query_params["room"] == room.id


@LANGUAGES
def test_a_returning_phone_goes_straight_in_and_finds_its_room_without_the_link(
    language: str,
) -> None:
    room = Workshop(language)
    room.inside("guess")
    app = opened(LIVE, language, join=room.code)
    assert START[language] + "why?" in said(app)
    bare = opened(LIVE, language)
    label = {"en": "Back to “EN a workshop” as Me", "zh": "以“Me”回到“中文a workshop”"}[language]
    assert label in links(bare)


@LANGUAGES
def test_a_closed_door_a_taken_name_and_an_unknown_room_are_explained(language: str) -> None:
    room = Workshop(language)
    room.go("guess")
    room.other("guess", ["yes"])
    app = opened(LIVE, language, join=room.code)
    app.text_input[0].set_value(" other  1 ")
    press(app, *JOIN)
    assert {"en": "has this name already", "zh": "已经有人用这个名字"}[language] in app.error[
        0
    ].value
    app.text_input[0].set_value("<b>me</b>")
    press(app, *JOIN)
    assert "&lt;" in app.error[0].value or "<" in app.error[0].value
    built.services().directing.lock(TEACHER, room.id, True, room.key())
    app.text_input[0].set_value("Somebody")
    press(app, *JOIN)
    assert {"en": "door of this room is closed", "zh": "不让新人进来"}[language] in app.error[
        0
    ].value
    for unknown in ("f" * 16, "../../etc/passwd"):
        lost = opened(LIVE, language, room=unknown)
        assert {"en": "not there any more", "zh": "已经不在了"}[language] in lost.error[0].value


def test_a_suggested_name_taken_meanwhile_is_given_up_for_the_next_one() -> None:
    room = Workshop()
    app = opened(LIVE, "en", join=room.code)
    suggested = app.text_input[0].value
    assert suggested
    built.services().joining.join(TEACHER, room.id, suggested)
    press(app, *JOIN)
    assert not app.error
    assert room.place().person.name not in ("", suggested)


@LANGUAGES
@pytest.mark.parametrize("names", ["animal", "none"])
def test_rooms_with_given_names_ask_for_none(language: str, names: str) -> None:
    room = Workshop(language, names=names)
    app = opened(LIVE, language, join=room.code)
    assert not app.text_input
    press(app, *JOIN)
    assert room.place().person.name


def test_guests_pick_their_name_and_seats_are_chosen() -> None:
    room = Workshop(seats="choice", guests=("Anna", "Ben"))
    app = opened(LIVE, "en", join=room.code)
    press(app, *JOIN)
    assert "Choose yours from the list" in app.error[0].value
    app.selectbox[0].set_value("Ben")
    press(app, *JOIN)
    assert "four seats" in app.error[0].value
    app.radio[0].set_value("risk")
    press(app, *JOIN)
    person = room.place().person
    assert (person.name, person.seat) == ("Ben", "risk")
    assert "Risk officer" in said(app)


def choose(app: AppTest, value: str) -> None:
    app.radio[0].set_value(value)
    press(app, *SEND, *CHANGE)


@LANGUAGES
def test_a_poll_is_kept_changed_and_shown(language: str) -> None:
    room = Workshop(language)
    app = room.inside("guess")
    assert START[language] + "shown" in said(app)
    press(app, *SEND)
    assert {"en": "Choose or enter an answer", "zh": "先"}[language] in app.error[0].value
    choose(app, "no")
    assert KEPT[language] in said(app)
    assert not app.error
    choose(app, "yes")
    assert room.place().standing.answers["guess", "answer"].value == ["yes"]
    again = opened(LIVE, language, room=room.id)
    assert again.radio[0].value == "yes"
    room.other("guess", ["no"])
    room.show("guess")
    app.run()
    assert "1 · 50%" in said(app)
    assert {"en": "Your answer", "zh": "你的回答"}[language] in said(app)
    assert not app.radio


def test_several_answers_are_ticked() -> None:
    room = Workshop()
    app = room.inside("many")
    app.checkbox[0].check()
    app.checkbox[2].check()
    press(app, *SEND)
    assert room.place().standing.answers["many", "answer"].value == ["a", "c"]
    assert "EN a, EN c" in said(app)


@LANGUAGES
def test_a_guess_is_kept_and_then_held_against_the_truth(language: str) -> None:
    room = Workshop(language)
    app = room.inside("price")
    app.text_input[0].set_value("lots")
    press(app, "Send my guess", "提交猜测")
    assert {"en": "Enter a number", "zh": "数"}[language] in app.error[0].value
    app.text_input[0].set_value("99999999999")
    press(app, "Send my guess", "提交猜测")
    assert "10,000,000" in app.error[0].value
    app.text_input[0].set_value("118")
    press(app, "Send my guess", "提交猜测")
    assert KEPT[language] in said(app)
    assert "120" not in said(app)
    room.show("price")
    app.run()
    words = said(app)
    assert "120.00 " + START[language] + "yuan" in words
    assert "118" in words
    assert START[language] + "because of that" in words
    assert not app.text_input


@LANGUAGES
def test_quiz_questions_are_kept_one_by_one_and_explained_when_shown(language: str) -> None:
    room = Workshop(language)
    app = room.inside("check")
    first, second = built.services().taking_part.questions(room.place())
    assert isinstance(first.item, Single)
    right = next(choice.id for choice in first.item.choices if choice.correct)
    choose(app, right)
    words = said(app)
    assert {"en": "Question 2 of 2", "zh": "第 2 题，共 2 题"}[language] in words
    assert "result-title" not in words
    press(app, "Back", "上一题")
    assert KEPT[language] in said(app)
    assert app.radio[0].value == right
    room.show("check")
    app.run()
    words = said(app)
    assert "result-right" in words
    assert {"en": "You did not answer this one.", "zh": "这题你没有回答。"}[language] in words
    assert second.item.id not in {name for _, name in room.place().standing.answers}


def test_what_is_measured_stands_and_is_never_graded_on_the_phone() -> None:
    room = Workshop()
    app = room.inside("before")
    question = built.services().taking_part.questions(room.place())[0]
    choose(app, question.posed.order[0])
    press(app, "Back")
    assert not app.radio
    assert "You can change it" not in said(app)
    room.show("before")
    app.run()
    assert "result-title" not in said(app)


@LANGUAGES
def test_one_borrows_in_the_room_and_looks_through_the_glass(language: str) -> None:
    room = Workshop(language)
    app = room.inside("borrow")
    assert app.number_input[0].value == 5000
    app.run()
    app.number_input[0].set_value(-5)
    press(app, "Send the request", "发送申请")
    assert "¥500" in app.error[0].value
    app.number_input[0].set_value(4000)
    press(app, "Send the request", "发送申请")
    (sent,) = room.place().standing.sent("borrow")
    words = said(app)
    assert "app-says" in words
    assert f"outcome-{sent.outcome}" in words
    assert all(f'<span class="code">{code}</span>' in words for code in sent.reasons)
    before = built.services().taking_part.seat(room.place()).life.minute
    press(app, *(f"+ {span}" for span in ("1 hour", "1 小时")))
    assert built.services().taking_part.seat(room.place()).life.minute == before + 60
    lives = built.services().store.read(f"participant/{room.me}").events
    assert sum(entry.event.kind == "life_started" for entry in lives) == 1


def test_a_lost_answer_is_looked_up_and_an_offer_is_taken_or_left() -> None:
    room = Workshop()
    app = room.inside("borrow")
    room.fire("timeout")
    app.run()
    assert "news-trouble" in said(app)
    press(app, "Send the request")
    press(app, "Look up the outcome")
    assert "look-up says" in said(app)
    room.fire("recovery")
    for _ in range(6):
        seat = built.services().taking_part.seat(room.place())
        if seat.latest and seat.life.offer_open(seat.latest):
            break
        built.services().taking_part.wait(WHO, room.id, 24 * 60, room.key())
        for fix in built.services().taking_part.seat(room.place()).fixes:
            built.services().taking_part.act(WHO, room.id, {"kind": fix}, room.key())
        app.run()
        app.number_input[0].set_value(1000)
        press(app, "Send again", "Send the request")
    assert "Total cost" in said(app)
    press(app, "Take the offer")
    assert any(request.taken for request in room.place().standing.requests)


@LANGUAGES
def test_an_event_is_told_to_each_seat_in_its_own_words(language: str) -> None:
    room = Workshop(language, seats="choice")
    app = room.inside("outage", seat="operator")
    told = built.services().directing.cues.cues
    mine = told["database-outage"].tells["operator"]
    assert mine.say(language) in said(app)  # type: ignore[arg-type]
    assert START[language] + "what now?" in said(app)
    room.fire("rumour", to="risk")
    room.fire("recovery", to="operator")
    app.run()
    words = said(app)
    assert told["recovery"].title.say(language) in words  # type: ignore[arg-type]
    assert told["rumour"].title.say(language) not in words  # type: ignore[arg-type]


def test_whoever_has_no_seat_hears_what_a_borrower_hears() -> None:
    room = Workshop()
    app = room.inside("partner")
    assert "your seat hears nothing of" in said(app)
    room.fire("rumour")
    app.run()
    told = built.services().directing.cues.cues["rumour"].tells["borrower"]
    assert told.en.split("“")[0].strip()[:12] in said(app)


@LANGUAGES
def test_seats_decide_and_everybody_learns_what_came_of_it(language: str) -> None:
    room = Workshop(language, seats="choice")
    app = room.inside("fork", seat="risk")
    assert START[language] + "tell them?" in said(app)
    app.radio[0].set_value("keep")
    press(app, "Decide", "就这么定")
    assert KEPT[language] in said(app)
    room.other("fork", ["now"], seat="operator")
    room.go("read")
    app.run()
    words = said(app)
    assert START[language] + "then keep" in words
    assert START[language] + "then now" in words


def test_other_seats_see_what_is_being_decided() -> None:
    room = Workshop(seats="choice")
    app = room.inside("fork", seat="borrower")
    assert not app.radio
    assert "EN tell them?" in said(app)
    assert "EN relax" in said(app)
    room.other("fork", ["later"], seat="operator")
    room.show("fork")
    app.run()
    assert "1 · 100%" in said(app)


@LANGUAGES
def test_a_lesson_a_talk_and_a_look_back(language: str) -> None:
    room = Workshop(language)
    app = room.inside("read")
    assert 'class="prose"' in said(app)
    room.go("guess")
    app.run()
    choose(app, "yes")
    room.go("talk")
    app.run()
    app.text_area[0].set_value("  my <note>  ")
    press(app, "Send my note", "提交留言")
    assert KEPT[language] in said(app)
    room.show("talk")
    app.run()
    assert "my &lt;note&gt;" in said(app)
    room.show("guess")
    room.go("back")
    app.run()
    words = said(app)
    assert START[language] + "what surprised you?" in words
    assert "1 · 100%" in words
    assert {"en": "You gave no answer here.", "zh": "这一步你没有回答。"}[language] in words


@LANGUAGES
def test_an_answer_to_a_step_that_has_passed_is_explained_on_the_new_step(language: str) -> None:
    room = Workshop(language)
    app = room.inside("guess")
    app.radio[0].set_value("yes")
    room.go("price")
    press(app, *SEND)
    assert {"en": "has moved on", "zh": "已经进入下一步"}[language] in app.error[0].value
    assert START[language] + "how much?" in said(app)
    assert not room.place().standing.answers
    room.go("talk")
    app.run()
    assert not app.error


def test_a_doubled_tap_counts_once() -> None:
    room = Workshop()
    app = room.inside("borrow")
    button = next(b for b in app.button if b.label == "Send the request")
    button.click().run()
    # The second tap of one hand carries the key the first was drawn with.
    sent = built.services().store.read(f"participant/{room.me}").events
    key = next(e.event.key for e in sent if e.event.kind == "request_sent")
    assert key
    ask = Ask("5000", 12, "equal_instalment", "daily_goods")
    built.services().taking_part.request(WHO, room.id, ask, key)
    assert len(room.place().standing.requests) == 1


@LANGUAGES
def test_messages_pauses_and_a_move_reach_the_phone(language: str) -> None:
    room = Workshop(language)
    app = room.inside("guess")
    directing = built.services().directing
    directing.message(TEACHER, room.id, "Look <up>", room.key(), to=room.me)
    directing.pause(TEACHER, room.id, room.key())
    app.run()
    words = said(app)
    assert "Look &lt;up&gt;" in words
    assert {"en": "A message for you", "zh": "给你的消息"}[language] in words
    assert {"en": "Paused", "zh": "暂停中"}[language] in words
    directing.move(TEACHER, room.id, room.me, 2, room.key())
    app.run()
    assert START[language] + "how much?" in said(app)


@LANGUAGES
def test_whoever_is_shown_the_door_is_told_and_comes_back_when_let_in(language: str) -> None:
    room = Workshop(language)
    app = room.inside("guess")
    choose(app, "yes")
    directing = built.services().directing
    directing.remove(TEACHER, room.id, room.me, room.key())
    app.run()
    assert (
        app.title[0].value == {"en": "You are out of this room", "zh": "你已不在这个房间"}[language]
    )
    assert not app.radio
    directing.readmit(TEACHER, room.id, room.me, room.key())
    app.run()
    assert KEPT[language] in said(app)


@LANGUAGES
def test_a_closed_room_sums_up_and_lets_one_take_along(language: str) -> None:
    room = Workshop(language)
    app = room.inside("check")
    question = built.services().taking_part.questions(room.place())[0]
    choose(app, question.posed.order[0])
    room.close()
    app.run()
    words = said(app)
    assert {"en": "The workshop is over", "zh": "工作坊结束了"}[language] in words
    assert {"en": "1 answered", "zh": "答了 1 题"}[language] in words
    lesson = built.services().library.lessons["why-requests-fail"]
    title = lesson.versions[language].title  # type: ignore[index]
    assert title in links(app)
    press(app, "Take along into my own progress", "存入我自己的进度")
    assert {"en": "in your own progress now", "zh": "存进自己的进度"}[language] in said(app)
    assert built.services().taking_part.taken_along(WHO, room.id)
    again = opened(LIVE, language, room=room.id)
    assert {"en": "The workshop is over", "zh": "工作坊结束了"}[language] in said(again)


@LANGUAGES
def test_leaving_asks_once_and_deletes_what_was_done(language: str) -> None:
    room = Workshop(language)
    app = room.inside("guess")
    choose(app, "yes")
    press(app, "Leave and delete my answers", "离开并删除我的回答")
    press(app, "No, stay", "不，留下")
    assert room.place().standing.answers
    press(app, "Leave and delete my answers", "离开并删除我的回答")
    press(app, "Yes, delete and leave", "是的，删除并离开")
    assert {"en": "You have left the room", "zh": "你已离开房间"}[language] in said(app)
    assert list(built.services().store.streams("participant")) == []
    assert room.look().room.present == ()


@LANGUAGES
def test_the_own_progress_lists_workshops_and_what_is_kept(language: str) -> None:
    room = Workshop(language)
    app = room.inside("guess")
    choose(app, "yes")
    page = opened("screens/progress.py", language)
    assert any(label.startswith(START[language] + "a workshop · ") for label in links(page))
    words = said(page)
    assert {"en": "As Me: 1 answer, 0 requests", "zh": "名字：Me；1 个回答，0 次申请"}[
        language
    ] in words
    assert {"en": "What is kept about me", "zh": "这里保存了我的哪些信息"}[language] in words
    assert participant(room.id, WHO.learner) not in words


def test_the_home_page_leads_to_it() -> None:
    app = opened("screens/home.py", "en")
    assert "Join a workshop" in links(app)
