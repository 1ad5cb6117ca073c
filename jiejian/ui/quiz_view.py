"""A quiz on the page: one item at a time, each answer explained, wrong ones offered again."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.content.items import Item, NumericItem, SingleItem
from jiejian.content.posing import pose
from jiejian.content.quizzes import Quiz
from jiejian.errors import JiejianError
from jiejian.services.built import services
from jiejian.services.grading import Grade, explanation
from jiejian.services.learning import QuizStanding
from jiejian.ui import errors, navigation, state
from jiejian.ui.format import plain
from jiejian.ui.i18n import _, language

VERDICT = "quiz_verdict"
ERROR = "quiz_error"


def quiz(standing: QuizStanding) -> None:
    """Headline, progress, and the item at hand in a fragment of its own."""
    with st.container(key="page_head", gap="xsmall"):
        st.page_link(
            navigation.LESSON,
            label=_("Back to the lesson"),
            icon=":material/arrow_back:",
            query_params={"id": standing.quiz.lesson},
        )
        st.title(standing.quiz.title.say(language()), anchor=False)
    _item_at_hand(standing.quiz.id)


@st.fragment
def _item_at_hand(quiz_id: str) -> None:
    with errors.explained():
        standing = services().learning.quiz(state.actor(), quiz_id)
        done = _("{right} of {n} right").format(right=standing.right, n=standing.total)
        st.progress(standing.right / standing.total, done)
        verdict = state.shown(VERDICT)
        if verdict and verdict[0] == quiz_id:
            _explained(standing.quiz, verdict[1], verdict[2])
        elif standing.next_item:
            _ask(standing, standing.next_item)
        else:
            _finished(standing)


def _ask(standing: QuizStanding, item: Item) -> None:
    again = item.id in standing.answers
    fresh = len(standing.answers) + 1
    place = (
        _("Once more: this one was not right yet")
        if again
        else _("Question {n} of {total}").format(n=fresh, total=standing.total)
    )
    tries = len(standing.answers.get(item.id, ()))
    name = f"answer_{item.id}_{tries}"
    with st.container(border=True, key="card_quiz", gap="small"):
        st.html(f'<p class="eyebrow">{html.escape(place)}</p>')
        if problem := state.shown(ERROR):
            errors.show(problem)
        with st.form(f"quiz_{item.id}_{tries}", border=False):
            _input(item, name)
            st.form_submit_button(
                _("Check my answer"),
                type="primary",
                width="stretch",
                on_click=_answer,
                args=(standing.quiz.id, item, name, state.attempt("answer")),
            )


def _input(item: Item, name: str) -> None:
    spoken = language()
    stem = item.stem.say(spoken)
    if isinstance(item, NumericItem):
        st.text_input(
            f"{stem} ({unit_words(item.unit)})", key=name, max_chars=40, autocomplete="off"
        )
        return
    labels = {choice.id: choice.text.say(spoken) for choice in item.choices}
    if isinstance(item, SingleItem):
        st.radio(stem, list(labels), index=None, format_func=lambda code: labels[code], key=name)
        return
    st.html(f'<p class="stem" id="{name}">{html.escape(stem)}</p>')
    st.caption(_("More than one answer can be right."))
    for code, text in labels.items():
        st.checkbox(text, key=f"{name}_{code}")


def unit_words(unit: str) -> str:
    """The unit a number is asked for in."""
    return {
        "yuan": _("in yuan"),
        "percent": _("in percent"),
        "minutes": _("in minutes"),
        "hours": _("in hours"),
        "days": _("in days"),
        "count": _("a count"),
    }[unit]


def _answer(quiz_id: str, item: Item, name: str, key: str) -> None:
    state.clear(ERROR)
    given: str | list[str]
    if isinstance(item, NumericItem):
        given = str(st.session_state.get(name) or "")
    elif isinstance(item, SingleItem):
        chosen = st.session_state.get(name)
        given = [str(chosen)] if chosen else []
    else:
        given = [c.id for c in item.choices if st.session_state.get(f"{name}_{c.id}")]
    try:
        grade = services().learning.answer(state.actor(), quiz_id, item.id, given, key)
    except JiejianError as error:
        state.show(ERROR, error)
        return
    state.done("answer")
    state.show(VERDICT, (quiz_id, item.id, grade))


def _explained(quiz: Quiz, item_id: str, grade: Grade) -> None:
    item = quiz.item(item_id)
    if item is None:
        state.clear(VERDICT)
        return
    spoken = language()
    answer = pose(item, 0, services().learning.library.compute).answer
    with st.container(border=True, key="card_verdict", gap="small"):
        st.html(f'<p class="stem">{html.escape(item.stem.say(spoken))}</p>')
        if grade.correct:
            st.success(_("Right."), icon=":material/check_circle:")
        else:
            st.warning(_("Not quite. It will come back at the end."), icon=":material/replay:")
        for part in grade.because:
            text = explanation(item, part).say(spoken)
            if answer is not None:
                text = text.replace("{answer}", plain(answer))
            label = _choice_label(item, part, grade)
            st.html(f"<p>{label}{html.escape(text)}</p>")
        st.button(_("Next"), type="primary", key="quiz_next", on_click=state.clear, args=(VERDICT,))


def _choice_label(item: Item, part: str, grade: Grade) -> str:
    if isinstance(item, NumericItem):
        return ""
    choice = next(choice for choice in item.choices if choice.id == part)
    mark = _("You chose") if part in grade.chosen else _("Also right")
    text = f"{mark}: {choice.text.say(language())}"
    return f"<strong>{html.escape(text)}</strong><br>"


def _finished(standing: QuizStanding) -> None:
    with st.container(border=True, key="card_done", gap="small"):
        st.header(_("All answered"), anchor=False)
        words = _("{first} of {n} right at the first try; in the end, all of them.")
        text = words.format(first=standing.first_try, n=standing.total)
        st.html(f'<p role="status">{html.escape(text)}</p>')
        with st.container(horizontal=True):
            st.page_link(
                navigation.BORROW, label=_("Now try to borrow"), icon=":material/deployed_code:"
            )
            st.page_link(navigation.PROGRESS, label=_("My progress"), icon=":material/bookmark:")
