"""A quiz on the page: one item at a time, each answer explained, wrong ones offered again."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.content.quizzes import Quiz
from jiejian.errors import JiejianError
from jiejian.services.built import services
from jiejian.services.question import Question
from jiejian.services.quizzing import Verdict
from jiejian.services.standing import QuizStanding
from jiejian.ui import errors, navigation, question_view, state, verdict_view
from jiejian.ui.i18n import _, language
from jiejian.ui.labels import paragraph, take_focus

VERDICT = "quiz_verdict"
ERROR = "quiz_error"
MOVED = "quiz_moved"


def quiz(shown: Quiz) -> None:
    """Headline, progress, and the item at hand in a fragment of its own."""
    with st.container(key="page_head", gap="xsmall"):
        st.page_link(
            navigation.LESSON,
            label=_("Back to the lesson"),
            icon=":material/arrow_back:",
            query_params={"id": shown.lesson},
        )
        st.title(shown.title.say(language()), anchor=False)
    _item_at_hand(shown.id)


@st.fragment
def _item_at_hand(quiz_id: str) -> None:
    with errors.explained():
        standing, question = services().quizzing.at_hand(state.actor(), quiz_id)
        done = _("{right} of {n} right").format(right=standing.right, n=standing.total)
        st.progress(standing.right / standing.total, done)
        place = _place(standing, question) if question else ""
        if not turn("quiz", quiz_id, question, place):
            _finished(standing)


def turn(where: str, source: str, question: Question | None, place: str) -> bool:
    """The explanation of the last answer, or the question; False if there is neither."""
    verdict: Verdict | None = state.shown(VERDICT)
    here = verdict and (verdict.question.where, verdict.question.source) == (where, source)
    if where == "review":
        here = verdict and verdict.question.where == where
    if verdict and here:
        with st.container(border=True, key="card_quiz", gap="small"):
            verdict_view.explain(verdict, _next)
        take_focus(f"verdict_{verdict.question.name}")
        return True
    if question is None:
        return False
    with st.container(border=True, key="card_quiz", gap="small"):
        st.html(f'<p class="eyebrow">{html.escape(place)}</p>')
        if problem := state.shown(ERROR):
            errors.show(problem)
        question_view.ask(question, state.attempt("answer"), answer, _("Check my answer"))
    if state.shown(MOVED):
        take_focus(question.name)
    return True


def _place(standing: QuizStanding, question: Question) -> str:
    if question.item.id in standing.answers:
        return _("Once more: this one was not right yet")
    fresh = len(standing.answers) + 1
    place = _("Question {n} of {total}").format(n=fresh, total=standing.total)
    if question.step and question.taken:
        step = _("step {n}").format(n=len(question.taken) + 1)
        return f"{place} · {step}"
    return place


def answer(question: Question, key: str) -> None:
    """Take what is on the page as the answer; the explanation or the problem is shown next."""
    state.clear(ERROR)
    try:
        verdict = services().quizzing.answer(
            state.actor(),
            question,
            question_view.given(question),
            question_view.certainty(question),
            key,
        )
    except JiejianError as error:
        state.show(ERROR, error)
        return
    state.done("answer")
    state.show(VERDICT, verdict)
    state.show(MOVED, True)


def _next() -> None:
    state.clear(VERDICT)
    state.clear(ERROR)


def _finished(standing: QuizStanding) -> None:
    with st.container(border=True, key="card_done", gap="small"):
        st.header(_("All answered"), anchor=False)
        words = _("{first} of {n} right at the first try; in the end, all of them.")
        text = words.format(first=standing.first_try, n=standing.total)
        paragraph(text, status=True, focus=f"done_{standing.quiz.id}")
        with st.container(horizontal=True):
            st.page_link(
                navigation.BORROW, label=_("Now try to borrow"), icon=":material/deployed_code:"
            )
            st.page_link(navigation.REVIEW, label=_("Review"), icon=":material/event_repeat:")
            st.page_link(navigation.PROGRESS, label=_("My progress"), icon=":material/bookmark:")
    if state.shown(MOVED):
        take_focus(f"done_{standing.quiz.id}")
