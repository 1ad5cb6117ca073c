"""The test before and after a track: questions without comment, then how far one has come."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.errors import JiejianError
from jiejian.services.built import services
from jiejian.services.question import Question
from jiejian.services.tracktests import Outcome, Result, TestStanding
from jiejian.ui import errors, navigation, question_view, state, verdict_view
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.labels import paragraph, plain_label, take_focus

ERROR = "test_error"
STARTED = "test_started"
MOVED = "test_moved"


def placement(standing: TestStanding) -> None:
    """Headline, then the test in a fragment of its own."""
    test = standing.forms.test
    with st.container(key="page_head", gap="xsmall"):
        st.title(test.title.say(language()), anchor=False)
        st.html(f'<p class="lead">{html.escape(test.about.say(language()))}</p>')
    _test(test.id)


@st.fragment
def _test(test_id: str) -> None:
    with errors.explained():
        standing = services().tests.standing(state.actor(), test_id)
        question = standing.question
        if question is None:
            _finished(standing)
        elif standing.answered == 0 and state.shown(STARTED) != (test_id, standing.phase):
            _ready(standing)
        else:
            _ask(standing, question)


def _ready(standing: TestStanding) -> None:
    """Before the first question of a phase; after the first phase also its result."""
    test_id, phase = standing.forms.test.id, standing.phase
    total = len(standing.forms.test.pairs)
    if standing.before:
        _result(standing, standing.before)
    with st.container(border=True, key="card_test_ready", gap="small"):
        if phase == "before":
            paragraph(
                _("This is no exam. Whatever you do not know yet is what the lessons are for.")
            )
            label = _("Start")
        else:
            paragraph(_("When you have read the lessons, answer the other half and compare."))
            label = _("Start the test after the lessons")
        words = ngettext(
            "{n} question, explained at the very end.",
            "{n} questions, explained at the very end.",
            total,
        )
        paragraph(words.format(n=total))
        st.button(
            label,
            key="test_start",
            type="primary" if phase == "before" else "secondary",
            width="stretch",
            on_click=state.show,
            args=(STARTED, (test_id, phase)),
        )


def _ask(standing: TestStanding, question: Question) -> None:
    place = _("Question {n} of {total}").format(
        n=standing.answered + 1, total=len(standing.forms.test.pairs)
    )
    with st.container(border=True, key="card_quiz", gap="small"):
        st.html(f'<p class="eyebrow">{html.escape(place)}</p>')
        if problem := state.shown(ERROR):
            errors.show(problem)
        question_view.ask(question, state.attempt("test_answer"), _answer, _("Next question"))
    if state.shown(MOVED):
        take_focus(question.name)


def _answer(question: Question, key: str) -> None:
    state.clear(ERROR)
    given, certainty = question_view.given(question), question_view.certainty(question)
    try:
        services().tests.answer(state.actor(), question, given, certainty, key)
    except JiejianError as error:
        state.show(ERROR, error)
        return
    state.done("test_answer")
    state.show(MOVED, True)


def _result(standing: TestStanding, result: Result) -> None:
    lessons = services().learning.library.lessons
    with st.container(border=True, key="card_test_result", gap="small"):
        words = _("Before the lessons: {right} of {n} right.")
        mark = f"result_{standing.forms.test.id}"
        paragraph(words.format(right=result.right, n=result.total), "stem", status=True, focus=mark)
        if not result.to_read:
            paragraph(_("You knew all of it. The lessons may still surprise you."))
            return
        paragraph(_("These lessons are for what was not right yet:"))
        for name in result.to_read:
            if name in lessons:
                st.page_link(
                    navigation.LESSON,
                    label=lessons[name].versions[language()].title,
                    icon=":material/menu_book:",
                    query_params={"id": name},
                )
    if state.shown(MOVED):
        take_focus(f"result_{standing.forms.test.id}")


def _finished(standing: TestStanding) -> None:
    before, after = standing.before, standing.after
    if before is None or after is None:
        return
    with st.container(border=True, key="card_done", gap="small"):
        st.header(_("Before and after"), anchor=False)
        words = _("Before the lessons {before} of {n} right, after them {after}.")
        text = words.format(before=before.right, after=after.right, n=after.total)
        paragraph(text, "stem", status=True, focus=f"finished_{standing.forms.test.id}")
        missed = [one for one in (*before.pairs, *after.pairs) if not one.correct]
        if missed:
            paragraph(_("What was not right, explained:"))
        for outcome in missed:
            _explained(outcome)
        st.page_link(navigation.PROGRESS, label=_("My progress"), icon=":material/bookmark:")
    if state.shown(MOVED):
        take_focus(f"finished_{standing.forms.test.id}")


def _explained(outcome: Outcome) -> None:
    if outcome.question is None or outcome.grade is None:
        return
    posed = outcome.question.posed
    with st.expander(plain_label(posed.say(posed.item.stem).say(language()))):
        verdict_view.answered(posed, outcome.answer, outcome.grade)
        verdict_view.because(posed, outcome.grade)


def link(standing: TestStanding) -> None:
    """The way to a test, with what is known of it."""
    test = standing.forms.test
    label = test.title.say(language())
    if standing.before and standing.after:
        words = _("before {before}, after {after} of {n}")
        result = words.format(
            before=standing.before.right, after=standing.after.right, n=standing.after.total
        )
        label = f"{label} · {result}"
    elif standing.before:
        words = _("before {before} of {n}")
        result = words.format(before=standing.before.right, n=standing.before.total)
        label = f"{label} · {result}"
    st.page_link(
        navigation.PLACEMENT,
        label=label,
        icon=":material/flag:",
        query_params={"id": test.id},
    )
