"""The head of every step and the end of a lesson: place, sources, quiz, what comes next."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.content.lessons import Lesson
from jiejian.content.printed import pieces
from jiejian.content.printed.pieces import Paper
from jiejian.services.built import services
from jiejian.services.learning import LessonStanding
from jiejian.ui import navigation, state
from jiejian.ui.i18n import _, language, ngettext


def head(standing: LessonStanding, at: int) -> str:
    """Place and title; on the first step also what the lesson is for and where one was."""
    lesson = standing.lesson
    version = lesson.versions[language()]
    count = len(version.steps)
    place = _("Step {n} of {total}").format(n=at + 1, total=count)
    track = services().learning.library.tracks.get(lesson.track or "")
    where = track.title.say(language()) if track else _("Lesson {n}").format(n=lesson.order)
    pips = "".join(f'<i class="{"on" if n <= at else ""}"></i>' for n in range(count))
    bar = f'<p class="steps-line"><span class="steps-pips" aria-hidden="true">{pips}</span> {place}</p>'
    title = html.escape(version.title)
    if at:
        return (
            f'<header class="lesson-head"><p class="eyebrow">{html.escape(where)}</p>'
            f'<h1 class="lesson-small" tabindex="-1">{title}</h1>{bar}</header>'
        )
    minutes = ngettext("{n} minute", "{n} minutes", lesson.minutes).format(n=lesson.minutes)
    reviewed = _("last reviewed {date}").format(date=lesson.reviewed_on.isoformat())
    eyebrow = html.escape(f"{where} · {minutes} · {reviewed}")
    lead = html.escape(version.summary)
    return (
        f'<header class="lesson-head"><p class="eyebrow">{eyebrow}</p>'
        f'<h1 tabindex="-1">{title}</h1><p class="lead">{lead}</p>{bar}</header>'
        f"{_return(standing)}{_prerequisites(lesson)}{pieces.objectives(Paper(lesson, language()))}"
    )


def _return(standing: LessonStanding) -> str:
    """A way back to the step gone on to last."""
    if not standing.step or standing.read:
        return ""
    version = standing.lesson.versions[language()]
    step = version.steps[standing.step]
    words = _("You were at “{section}”. Go on there").format(section=version.title_of(step))
    address = f"/lesson?id={standing.lesson.id}&amp;at={step.anchor}"
    return f'<p class="go-on"><a href="{address}">{html.escape(words)}</a></p>'


def _prerequisites(lesson: Lesson) -> str:
    known = services().learning.library.lessons
    links = [
        f'<a href="/lesson?id={name}">{html.escape(known[name].versions[language()].title)}</a>'
        for name in lesson.prerequisites
        if name in known
    ]
    if not links:
        return ""
    joint = "、" if language() == "zh" else ", "
    words = html.escape(_("Better after:"))
    return f"<p>{words} {joint.join(links)}</p>"


def foot(standing: LessonStanding) -> str:
    """How the figures came about, the sources, the printed lesson."""
    lesson = standing.lesson
    paper = Paper(lesson, language())
    text = ""
    if worked := pieces.workings(paper):
        text += f"<details><summary>{paper.say('worked_out')}</summary>{worked}</details>"
    teach = "&amp;teach=1" if state.teaching() else ""
    address = f"/print?id={lesson.id}&amp;lang={language()}{teach}"
    whole = html.escape(_("The whole lesson on one page, to print"))
    return f'{text}{pieces.sources(paper)}<p class="whole"><a href="{address}">{whole}</a></p>'


def ending(standing: LessonStanding) -> None:
    """Say that it is read, then the quiz, then the next lesson."""
    lesson = standing.lesson
    following = _next(lesson)
    with st.container(border=True, key="card_ending", gap="small"):
        if standing.read:
            st.html('<p role="status">' + html.escape(_("You have read this lesson.")) + "</p>")
        with st.container(horizontal=True):
            if lesson.quiz:
                label = _("I have read it: to the quiz")
                if st.button(label, type="primary", key="finish", icon=":material/quiz:"):
                    services().learning.finish_lesson(state.actor(), lesson.id)
                    st.switch_page(navigation.QUIZ, query_params={"id": lesson.quiz})
            elif st.button(_("I have read it"), type="primary", key="finish"):
                services().learning.finish_lesson(state.actor(), lesson.id)
                st.rerun()
        if following is not None:
            title = following.versions[language()].title
            st.page_link(
                navigation.LESSON,
                label=_("Next lesson: {title}").format(title=title),
                icon=":material/arrow_forward:",
                query_params={"id": following.id},
            )
        st.page_link(navigation.LEARN, label=_("All lessons"), icon=":material/map:")


def _next(lesson: Lesson) -> Lesson | None:
    """The lesson after this one, in its track or else the first of the next."""
    order = services().learning.library.in_order
    places = [place for place, other in enumerate(order) if other.id == lesson.id]
    after = order[places[0] + 1 :] if places else []
    return after[0] if after else None
