"""My progress: lessons, quizzes, requests; the recovery code, the export, the end."""

from __future__ import annotations

import html
import json
from functools import partial

import streamlit as st

from jiejian.content.lessons import Lesson
from jiejian.errors import JiejianError
from jiejian.services.built import services
from jiejian.services.lending import StoredRequest
from jiejian.services.progress import Overview
from jiejian.ui import decision_view, errors, mastery_view, navigation, state
from jiejian.ui.borrow.inside import request_view
from jiejian.ui.borrow.journal import comparison
from jiejian.ui.format import clock, date, money
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.lab import exercises
from jiejian.ui.rooms import attended_view
from jiejian.ui.tables import figures_table

CODE = "recovery_code"
ERROR = "progress_error"
GONE = "forgotten"


def overview(progress: Overview) -> None:
    """Everything done here, newest requests first."""
    if problem := state.shown(ERROR):
        errors.show(problem)
    if state.shown(GONE):
        st.success(_("Everything held about you was deleted."), icon=":material/check:")
    if progress.notice:
        st.warning(_notice_words(progress.notice), icon=":material/history:")
        st.button(_("I have seen it"), key="notice_seen", on_click=_notice_seen)
    if not state.remembered():
        st.warning(
            _("Your browser keeps no cookies, so what you do lasts until you close this page."),
            icon=":material/cookie_off:",
        )
    _lessons(progress)
    _predictions(progress)
    _requests(progress)
    attended_view.attended(progress.workshops)
    _keep(progress)


def _notice_words(notice: str) -> str:
    if notice == "started_anew":
        return _("Your record begins anew. The damaged one was kept; ask whoever runs this site.")
    return _("Your record was damaged and was put back from its last good copy. Please check it.")


def _notice_seen() -> None:
    try:
        services().progress.notice_seen(state.actor(), state.attempt("notice"))
    except JiejianError as error:
        state.show(ERROR, error)
    else:
        state.done("notice")


def _lessons(progress: Overview) -> None:
    st.header(_("Lessons and quizzes"), anchor=False)
    begun = [standing for standing in progress.lessons if standing.begun]
    rest = [standing.lesson for standing in progress.lessons if not standing.begun]
    for standing in begun:
        lesson = standing.lesson
        done = _("Read") if standing.read else _("Started") if standing.opened else _("Not started")
        with st.container(border=True, key=f"card_progress_{lesson.id}", gap="xsmall"):
            st.page_link(
                navigation.LESSON,
                label=lesson.versions[language()].title,
                icon=":material/menu_book:",
                query_params={"id": lesson.id},
            )
            st.html("<p>" + html.escape(_("Lesson: {state}").format(state=done)) + "</p>")
            if standing.quiz:
                words = _("Quiz: {right} of {n} right, {first} at the first try").format(
                    right=standing.quiz.right,
                    n=standing.quiz.total,
                    first=standing.quiz.first_try,
                )
                st.page_link(
                    navigation.QUIZ,
                    label=words,
                    icon=":material/quiz:",
                    query_params={"id": standing.quiz.quiz.id},
                )
                mastery_view.level(progress.mastery[standing.quiz.quiz.id])
    _not_begun(rest)
    mastery_view.review_and_tests(progress)


def _not_begun(lessons: list[Lesson]) -> None:
    """Links to what waits; as cards they would stand between a reader and what was done."""
    if not lessons:
        return
    words = ngettext("{n} lesson not started", "{n} lessons not started", len(lessons))
    with st.expander(
        words.format(n=len(lessons)), key="fold_not_begun", icon=":material/menu_book:"
    ):
        for lesson in lessons:
            st.page_link(
                navigation.LESSON,
                label=lesson.versions[language()].title,
                query_params={"id": lesson.id},
            )


def _predictions(progress: Overview) -> None:
    """Guesses beside the truth; nothing until one was made."""
    if not progress.predictions:
        return
    st.header(_("Guesses"), anchor=False)
    columns = (_("Exercise"), _("You guessed"), _("The real answer"), _("Day"))
    rows = [
        (
            exercises.title(made.exercise),
            exercises.figure(made.exercise, made.guess, made.unit),
            exercises.figure(made.exercise, made.truth, made.unit),
            date(made.at),
        )
        for made in progress.predictions[:100]
    ]
    with st.container(border=True, key="card_guesses", gap="small"):
        st.html(figures_table(_("Guesses"), columns, rows))
        st.page_link(navigation.LAB, label=_("To the cost lab"), icon=":material/calculate:")


def _requests(progress: Overview) -> None:
    st.header(_("Requests"), anchor=False)
    if not progress.requests:
        st.html("<p>" + html.escape(_("No request sent yet.")) + "</p>")
        st.page_link(navigation.BORROW, label=_("Try to borrow"), icon=":material/deployed_code:")
    with st.container(key="past_requests", gap="xsmall"):
        for stored in progress.requests[:100]:
            name, _meaning = decision_view.outcome_words(stored.sent.decision.outcome)
            amount = money(stored.sent.case.request.amount, cents=False)
            st.page_link(
                navigation.REQUEST,
                label=f"{date(stored.at)} · {amount} · {name}",
                icon=":material/replay:",
                query_params={"id": stored.sent.id},
            )


def _keep(progress: Overview) -> None:
    st.header(_("Keep it, move it, delete it"), anchor=False)
    with st.container(border=True, key="card_keep", gap="small"):
        st.html(
            "<p>"
            + html.escape(
                _(
                    "This browser finds your progress by itself. For another device, make a recovery code and write it down."
                )
            )
            + "</p>"
        )
        attended_view.what_is_kept()
        if code := state.shown(CODE):
            label = html.escape(_("Your recovery code. It is shown only now:"))
            st.html(
                f'<p>{label}</p><p class="recovery" role="status">{html.escape(code[language()])}</p>'
            )
        label = (
            _("Make a new recovery code")
            if progress.has_recovery_code
            else _("Make a recovery code")
        )
        st.button(label, key="make_code", icon=":material/key:", on_click=_make_code)
        if progress.has_recovery_code and not state.shown(CODE):
            st.caption(_("A new code replaces the one you made before."))
        link = html.escape(_("I have a code from another device"))
        other = html.escape(_("Somebody else is using this device"))
        nickname = html.escape(_("Choose a nickname and a passphrase instead of a code"))
        back = html.escape(_("Come back by my nickname"))
        ways = (
            ("/recover", link),
            ("/nickname", nickname),
            ("/comeback", back),
            ("/handover", other),
        )
        st.html("".join(f'<p><a href="{address}">{words}</a></p>' for address, words in ways))
        st.download_button(
            _("Download all that is held about me"),
            data=partial(_export, state.visitor_token()),
            file_name="jiejian.json",
            mime="application/json",
            on_click="ignore",
            icon=":material/download:",
            key="export",
        )
        if st.button(_("Delete everything"), key="delete", icon=":material/delete:"):
            _confirm_delete()


def _export(token: str) -> bytes:
    # Pressed later, without a run of the script: whose record it is has to be asked anew.
    return services().progress.export(services().accounts.actor(token))


def _make_code() -> None:
    try:
        state.show(CODE, services().accounts.new_recovery_code(state.actor()))
    except JiejianError as error:
        state.show(ERROR, error)


def _confirm_delete() -> None:
    @st.dialog(_("Delete everything?"))
    def ask() -> None:
        st.html(
            "<p>"
            + html.escape(
                _(
                    "Lessons, answers, requests, the recovery code and your part in workshops are deleted for good. This cannot be undone."
                )
            )
            + "</p>"
        )
        if st.button(_("No, keep everything"), key="delete_no"):
            st.rerun()
        if st.button(_("Yes, delete it all"), type="primary", key="delete_yes"):
            try:
                services().progress.forget(state.actor())
            except JiejianError as error:
                errors.show(error)
            else:
                state.clear(CODE)
                state.show(GONE, True)
                st.rerun()

    ask()


def replay(stored: StoredRequest) -> None:
    """A past request, shown as it was decided, and decided again by today's rules."""
    sent, lending = stored.sent, services().lending
    request = sent.case.request
    with st.container(key="page_head", gap="xsmall"):
        st.html('<p class="eyebrow">' + html.escape(_("A past request")) + "</p>")
        st.title(money(request.amount, cents=False), anchor=False)
        choices = lending.book.choices
        facts = [
            clock(sent.minute),
            _("{n} months").format(n=request.term_months),
            choices.method[request.method].label.say(language()),
            choices.purpose[request.purpose].label.say(language()),
        ]
        st.html(f'<p class="lead">{html.escape(" · ".join(facts))}</p>')
    request_view(sent, lending.book, loan_taken=stored.offer_taken)
    today = lending.same_today(sent)
    if today.ruleset == sent.decision.ruleset:
        same = _("Decided again just now by the same rules: the same result.")
    else:
        name, _meaning = decision_view.outcome_words(today.outcome)
        same = _("The rules have changed since. Today the result would be: {outcome}.")
        same = same.format(outcome=name)
    st.caption(same)
    st.download_button(
        _("Download this case as a file"),
        data=json.dumps(sent.case.model_dump(mode="json"), ensure_ascii=False, indent=2),
        file_name="case.json",
        mime="application/json",
        on_click="ignore",
        icon=":material/download:",
    )
    st.page_link(navigation.PROGRESS, label=_("My progress"), icon=":material/arrow_back:")


def compared(stored: StoredRequest, other: str) -> None:
    """Two past requests side by side."""
    lending = services().lending
    try:
        found = lending.compare(state.actor(), stored.sent.id, other)
    except JiejianError as error:
        errors.show(error)
        return
    with st.container(key="page_head", gap="xsmall"):
        st.html('<p class="eyebrow">' + html.escape(_("Two past requests")) + "</p>")
        st.title(_("What made the difference"), anchor=False)
    comparison(found, lending.book, lending.words)
    st.page_link(navigation.BORROW, label=_("Back to the seat"), icon=":material/arrow_back:")
