"""One's own certificate of a track, and checking one that somebody shows."""

from __future__ import annotations

import html
from functools import partial

import streamlit as st

from jiejian.errors import JiejianError
from jiejian.services.built import services
from jiejian.services.certificates import LONGEST_NAME, Certificate, TrackCompletion
from jiejian.services.learning import LessonStanding
from jiejian.ui import errors, navigation, state
from jiejian.ui.format import day
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.labels import paragraph, plain_label

NAME = "certificate_name"
MADE = "certificate_made"
ERROR = "certificate_error"


def mine(completion: TrackCompletion) -> None:
    """What is still to do, or the certificate itself."""
    track = completion.track
    with st.container(border=True, key="card_certificate", gap="small"):
        st.header(track.title.say(language()), anchor=False)
        if not completion.complete and not completion.codes:
            _to_do(completion)
            return
        paragraph(_("You have read all of it, and every question is right. Well done."))
        with st.form("certificate", border=False):
            st.text_input(
                _("Name to print on it"),
                key=NAME,
                max_chars=LONGEST_NAME + 1,
                autocomplete="name",
                help=_("Leave it empty to write it by hand."),
            )
            st.form_submit_button(
                _("Make the certificate"),
                type="primary",
                icon=":material/workspace_premium:",
                on_click=_issue,
                args=(track.id,),
            )
        st.caption(
            _(
                "The name is printed and not kept here. The code on it can be checked by anybody you"
                " show it to; deleting your progress makes the code worthless."
            )
        )
        if problem := state.shown(ERROR):
            errors.show(problem)
        made = state.shown(MADE)
        if made and made[0] == track.id:
            _ready(made[1], made[2])


def _to_do(completion: TrackCompletion) -> None:
    """Lessons to read and questions to answer, each a link to where it is done."""
    unread, unanswered = completion.unread, completion.unanswered
    if not completion.lessons:
        paragraph(_("This track is still being written."))
        return
    words = ngettext("{n} lesson still to read.", "{n} lessons still to read.", len(unread))
    quizzes = ngettext(
        "{n} quiz not yet all right.", "{n} quizzes not yet all right.", len(unanswered)
    )
    told = [words.format(n=len(unread))] if unread else []
    told += [quizzes.format(n=len(unanswered))] if unanswered else []
    paragraph(" ".join(told))
    for standing in completion.lessons:
        if not standing.read:
            _link(standing, navigation.LESSON, standing.lesson.id, ":material/menu_book:")
        elif standing.quiz and not standing.quiz.done:
            _link(standing, navigation.QUIZ, standing.quiz.quiz.id, ":material/quiz:")


def _link(standing: LessonStanding, page: str, name: str, icon: str) -> None:
    title = standing.lesson.versions[language()].title
    if page == navigation.QUIZ:
        title = _("Quiz: {title}").format(title=title)
    st.page_link(page, label=plain_label(title), icon=icon, query_params={"id": name})


def _issue(track: str) -> None:
    state.clear(ERROR)
    state.clear(MADE)
    name = str(st.session_state.get(NAME) or "")
    attempt = f"certificate_{track}"
    try:
        made = services().certificates.issue(state.actor(), track, name, state.attempt(attempt))
    except JiejianError as error:
        state.show(ERROR, error)
        return
    state.done(attempt)
    state.show(MADE, (track, made.code, name))


def _ready(code: str, name: str) -> None:
    paragraph(_("Your certificate is ready. Its code: {code}").format(code=code), status=True)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            _("Download (PDF)"),
            data=partial(_sheet, code, name),
            file_name=f"jiejian-{code}.pdf",
            mime="application/pdf",
            on_click="ignore",
            icon=":material/download:",
        )
        st.page_link(
            navigation.CERTIFICATE,
            label=_("See what others see"),
            icon=":material/verified:",
            query_params={"code": code},
        )


def _sheet(code: str, name: str) -> bytes:
    public = services().settings.public_url or str(st.context.url or "").split("/certificate")[0]
    address = f"{public.rstrip('/')}/certificate?code={code}"
    return services().certificates.sheet(code, name, language(), address)


def check(code: str) -> None:
    """The form to check a code, and what it stands for."""
    with st.container(border=True, key="card_check_certificate", gap="small"):
        st.header(_("Check a certificate"), anchor=False)
        with st.form("check_certificate", border=False):
            typed = st.text_input(
                _("The code on it"),
                value=code,
                max_chars=60,
                placeholder="2345-6789-ABCD-EFGH",
                autocomplete="off",
            )
            name = st.text_input(
                _("The name on it, if you want to check that too"),
                max_chars=LONGEST_NAME + 1,
                autocomplete="off",
            )
            st.form_submit_button(_("Check it"), icon=":material/verified:")
        if not typed.strip():
            return
        with errors.explained():
            found, same_name = services().certificates.check(typed, name)
            _found(found, same_name)


def _found(found: Certificate, same_name: bool | None) -> None:
    said = language()
    rows = (
        (_("Track"), found.title.say(said)),
        (_("Completed"), day(found.completed)),
        (_("Lessons read"), _list(found)),
        (_("Questions right in the end"), str(found.questions)),
        (_("Issued"), day(found.issued)),
    )
    st.success(_("This code is genuine. It was issued here for:"), icon=":material/verified:")
    st.html(
        '<dl class="told-facts">'
        + "".join(f"<dt>{html.escape(k)}</dt><dd>{html.escape(v)}</dd>" for k, v in rows)
        + "</dl>"
    )
    if same_name is True:
        st.success(_("It was issued for this name."), icon=":material/check:")
    elif same_name is False:
        st.warning(
            _("It was issued for another name, or the name is written otherwise."),
            icon=":material/warning:",
        )
    st.caption(
        _(
            "The learner typed the name; nobody's identity was checked. A certificate shows that"
            " lessons were read and questions answered. It is no degree and no licence."
        )
    )


def _list(found: Certificate) -> str:
    between = "、" if language() == "zh" else ", "
    return between.join(lesson.say(language()) for lesson in found.lessons)
