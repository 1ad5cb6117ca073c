"""Boxes for a step of one's own script: what each kind of block asks for, and the step they make."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from jiejian.services.built import services
from jiejian.ui.i18n import _, language, pgettext

PREFIX = "own_step_"
KINDS = ("poll", "discussion", "quiz", "lesson", "sandbox", "cue", "debrief")
MOST_OPTIONS = 6


def kind_words(kind: str) -> str:
    """What a kind of step is called."""
    words = {
        "poll": pgettext("step", "Poll"),
        "prediction": pgettext("step", "Prediction"),
        "discussion": pgettext("step", "Discussion"),
        "quiz": pgettext("step", "Quiz"),
        "lesson": pgettext("step", "Lesson page"),
        "sandbox": pgettext("step", "Sandbox task"),
        "cue": pgettext("step", "Shared event"),
        "decision": pgettext("step", "Decision of the seats"),
        "debrief": pgettext("step", "Debrief"),
    }
    return words.get(kind, kind)


def boxes(kind: str, earlier: Mapping[str, str]) -> None:
    """The boxes of a kind; earlier are the ids and titles of the steps so far."""
    st.text_input(_("Title"), key=f"{PREFIX}title", max_chars=80)
    st.number_input(_("Minutes"), 1, 90, 5, key=f"{PREFIX}minutes")
    st.text_area(
        _("What you want to say (only you see it)"), key=f"{PREFIX}say", max_chars=2000, height=80
    )
    _BOXES[kind](earlier)


def made(kind: str) -> dict[str, Any]:
    """The step as the boxes have it; what is missing is told by whoever keeps it."""
    step = {
        "id": f"{kind}-{secrets.token_hex(3)}",
        "kind": kind,
        "minutes": int(_value("minutes") or 5),
        "title": _both(_value("title") or kind_words(kind)),
        "say": _both(_value("say") or _("Free conversation.")),
    }
    return step | _MADE[kind]()


def _poll(_earlier: Mapping[str, str]) -> None:
    st.text_input(_("Question"), key=f"{PREFIX}question", max_chars=200)
    st.text_area(_("Options, one a line (2 to 6)"), key=f"{PREFIX}options", height=120)
    st.checkbox(_("More than one may be chosen"), key=f"{PREFIX}several")


def _made_poll() -> dict[str, Any]:
    lines = _lines("options")[:MOST_OPTIONS]
    options = [{"id": f"option-{n}", "text": _both(line)} for n, line in enumerate(lines, 1)]
    several = bool(_value("several"))
    return {"question": _both(_value("question")), "options": options, "several": several}


def _discussion(_earlier: Mapping[str, str]) -> None:
    st.text_input(_("Question"), key=f"{PREFIX}question", max_chars=200)


def _made_discussion() -> dict[str, Any]:
    return {"question": _both(_value("question"))}


def _quiz(_earlier: Mapping[str, str]) -> None:
    quizzes = services().library.quizzes
    names = {f"{quiz.id}/{item.id}": item.stem.say(language())
             for quiz in quizzes.values() for item in quiz.items if item.kind != "case"}  # fmt: skip
    st.multiselect(
        _("Questions (all of one lesson's quiz)"),
        list(names),
        format_func=names.__getitem__,
        key=f"{PREFIX}items",
        placeholder=_("Choose"),
        max_selections=10,
    )


def _made_quiz() -> dict[str, Any]:
    chosen = [str(name).split("/", 1) for name in _value("items") or []]
    quiz = chosen[0][0] if chosen else ""
    return {"quiz": quiz, "items": [item for of, item in chosen if of == quiz]}


def _lesson(_earlier: Mapping[str, str]) -> None:
    lessons = services().library.lessons
    titles = {name: lesson.versions[language()].title for name, lesson in lessons.items()}
    st.selectbox(_("Lesson"), list(titles), format_func=titles.__getitem__, key=f"{PREFIX}lesson")


def _made_lesson() -> dict[str, Any]:
    return {"lesson": str(_value("lesson") or "")}


def _sandbox(_earlier: Mapping[str, str]) -> None:
    lending = services().lending
    people = {name: one.title.say(language()) for name, one in lending.book.personas.items()}
    faults = {name: one.label.say(language()) for name, one in lending.words.faults.items()}
    product = lending.book.product
    st.text_input(_("The task"), key=f"{PREFIX}task", max_chars=200)
    st.selectbox(_("Who they play"), list(people), format_func=people.__getitem__,
                 key=f"{PREFIX}persona")  # fmt: skip
    st.multiselect(_("What is wrong today"), list(faults), format_func=faults.__getitem__,
                   key=f"{PREFIX}faults", placeholder=_("Nothing"))  # fmt: skip
    st.number_input(_("Amount (yuan)"), int(product.amount_min), int(product.amount_max),
                    int(product.amount_min), step=500, key=f"{PREFIX}amount")  # fmt: skip
    st.selectbox(_("Term (months)"), list(product.terms), key=f"{PREFIX}term")


def _made_sandbox() -> dict[str, Any]:
    return {
        "task": _both(_value("task")),
        "persona": str(_value("persona") or ""),
        "faults": [str(name) for name in _value("faults") or []],
        "amount": int(_value("amount") or 0),
        "term_months": int(_value("term") or 0),
    }


def _cue(_earlier: Mapping[str, str]) -> None:
    cues = services().directing.cues.cues
    titles = {name: cue.title.say(language()) for name, cue in cues.items()}
    st.selectbox(_("Event"), list(titles), format_func=titles.__getitem__, key=f"{PREFIX}cue")


def _made_cue() -> dict[str, Any]:
    return {"cue": str(_value("cue") or "")}


def _debrief(earlier: Mapping[str, str]) -> None:
    st.text_area(_("Questions, one a line"), key=f"{PREFIX}questions", height=100)
    st.multiselect(
        _("Results to look at together"),
        list(earlier),
        format_func=earlier.__getitem__,
        key=f"{PREFIX}looks_at",
        placeholder=_("None"),
    )


def _made_debrief() -> dict[str, Any]:
    questions = [_both(line) for line in _lines("questions")[:6]]
    return {"questions": questions, "looks_at": [str(name) for name in _value("looks_at") or []]}


_BOXES: Mapping[str, Callable[[Mapping[str, str]], None]] = {
    "poll": _poll,
    "discussion": _discussion,
    "quiz": _quiz,
    "lesson": _lesson,
    "sandbox": _sandbox,
    "cue": _cue,
    "debrief": _debrief,
}
_MADE: Mapping[str, Callable[[], dict[str, Any]]] = {
    "poll": _made_poll,
    "discussion": _made_discussion,
    "quiz": _made_quiz,
    "lesson": _made_lesson,
    "sandbox": _made_sandbox,
    "cue": _made_cue,
    "debrief": _made_debrief,
}


def _value(name: str) -> Any:
    return st.session_state.get(f"{PREFIX}{name}")


def _lines(name: str) -> list[str]:
    return [line.strip() for line in str(_value(name) or "").splitlines() if line.strip()]


def _both(words: object) -> dict[str, str]:
    """Words typed once stand in both languages: the room is taught in the one they are in."""
    text = str(words or "").strip()
    return {"zh": text, "en": text}
