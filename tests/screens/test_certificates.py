"""The certificate page: what is missing, the name, the code, and checking one."""

from __future__ import annotations

import pytest

from jiejian.services.built import services
from jiejian.ui import navigation
from tests.right_answers import right
from tests.screens.app import WHO, opened

TRACK = "behind-the-counter"


def words(app: object) -> str:
    return " ".join(str(part.proto.body) for part in app.get("html"))  # type: ignore[attr-defined]


def complete(track: str) -> None:
    """Read every lesson of a track and answer every quiz."""
    for lesson in services().library.of_track(track):
        services().learning.finish_lesson(WHO, lesson.id)
        for number in range(100):
            question = services().quizzing.at_hand(WHO, str(lesson.quiz))[1]
            if question is None:
                break
            key = f"{lesson.id}-{number:04}"
            services().quizzing.answer(WHO, question, right(question.at_hand), "sure", key)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_says_what_is_still_to_do(language: str) -> None:
    app = opened(navigation.CERTIFICATE, language, track="why-it-fails")
    links = [str(link.proto.label) for link in app.get("page_link")]
    lessons = services().library.of_track("why-it-fails")
    assert len(links) == len(lessons)
    assert not [box for box in app.text_input if box.key == "certificate_name"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_track_there_is_not_and_a_code_there_is_not(language: str) -> None:
    assert len(opened(navigation.CERTIFICATE, language, track="nonsense").error) == 1
    assert len(opened(navigation.CERTIFICATE, language, code="2345-6789-ABCD-EFGH").error) == 1
    assert not opened(navigation.CERTIFICATE, language).error


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_made_and_checked(language: str) -> None:
    complete(TRACK)
    app = opened(navigation.CERTIFICATE, language, track=TRACK)
    app.text_input(key="certificate_name").set_value("王😀")
    press(app, "Make the certificate", "生成证明")
    assert len(app.error) == 1
    assert "😀" in app.error[0].value
    app.text_input(key="certificate_name").set_value("Wang Xiaoming")
    press(app, "Make the certificate", "生成证明")
    assert not app.error
    code = services().certificates.completion(WHO, TRACK).codes[0]
    assert code in words(app)
    assert len(app.get("download_button")) == 1

    shown = opened(navigation.CERTIFICATE, language, code=code.lower())
    assert len(shown.success) == 1
    assert services().library.tracks[TRACK].title.say(language) in words(shown)  # type: ignore[arg-type]
    boxes = [box for box in shown.text_input if box.key != "certificate_name"]
    boxes[1].set_value("Somebody Else")
    press(shown, "Check it", "核对")
    assert len(shown.warning) == 1
    boxes = [box for box in shown.text_input if box.key != "certificate_name"]
    boxes[1].set_value("wang xiaoming")
    press(shown, "Check it", "核对")
    assert len(shown.warning) == 1
    boxes = [box for box in shown.text_input if box.key != "certificate_name"]
    boxes[1].set_value("Wang Xiaoming ")
    press(shown, "Check it", "核对")
    assert len(shown.success) == 2


def press(app: object, *labels: str) -> None:
    button = next(b for b in app.button if b.label in labels)  # type: ignore[attr-defined]
    button.click().run()
    assert not app.exception  # type: ignore[attr-defined]
