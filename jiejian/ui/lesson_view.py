"""Lessons on the page: the catalogue, and one lesson with its parts in order."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.content.directives import KeyPoints, Note, RetryCounter, SortCards, TryIt
from jiejian.content.frontmatter import Source
from jiejian.content.lessons import Lesson, ProsePart, WidgetPart
from jiejian.services.built import services
from jiejian.services.learning import LessonStanding
from jiejian.ui import lesson_widgets, navigation, state
from jiejian.ui.i18n import _, language, ngettext

TARGETS = {
    "borrow": (navigation.BORROW, ":material/deployed_code:"),
    "lab": (navigation.LAB, ":material/calculate:"),
}


def catalogue(standings: tuple[LessonStanding, ...]) -> None:
    """A card for every lesson."""
    if not standings:
        st.info(_("No lesson can be shown just now. Please tell whoever runs this site."))
    with st.grid(columns=3, min_column_width=280, gap="small"):
        for standing in standings:
            lesson_card(standing)


def lesson_card(standing: LessonStanding) -> None:
    """One lesson: number, standing, title, summary, minutes and the way in."""
    lesson = standing.lesson
    version = lesson.versions[language()]
    with st.container(border=True, key=f"card_lesson_{lesson.id}", height="stretch", gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.html(f'<span class="num">{lesson.order:02d}</span>', width="content")
            if standing.read:
                st.badge(_("Read"), color="green", icon=":material/check:")
            elif standing.opened:
                st.badge(_("Started"), color="orange", icon=":material/timelapse:")
        st.subheader(version.title, anchor=False)
        st.html(f"<p>{html.escape(version.summary)}</p>")
        minutes = ngettext("{n} minute", "{n} minutes", lesson.minutes).format(n=lesson.minutes)
        st.page_link(
            navigation.LESSON,
            label="" + _("Open the lesson") + f" · {minutes}",
            icon=":material/arrow_forward:",
            query_params={"id": lesson.id},
        )


def lesson(standing: LessonStanding) -> None:
    """The whole lesson."""
    lesson = standing.lesson
    version = lesson.versions[language()]
    minutes = ngettext("{n} minute", "{n} minutes", lesson.minutes).format(n=lesson.minutes)
    reviewed = _("last reviewed {date}").format(date=lesson.reviewed_on.isoformat())
    place = _("Lesson {n}").format(n=lesson.order)
    with st.container(key="page_head", gap="xsmall"):
        st.html(f'<p class="eyebrow">{html.escape(f"{place} · {minutes} · {reviewed}")}</p>')
        st.title(version.title, anchor=False)
        st.html(f'<p class="lead">{html.escape(version.summary)}</p>')
    with st.container(key="prose"):
        _objectives(version.objectives)
        for number, part in enumerate(version.parts):
            _part(lesson, part, number)
        show_sources(lesson.sources)
    _ending(standing)


def _objectives(objectives: tuple[str, ...]) -> None:
    items = "".join(f"<li>{html.escape(text)}</li>" for text in objectives)
    st.html(
        '<div class="objectives"><p><strong>' + html.escape(_("After this lesson you can")) + f""
        f"</strong></p><ul>{items}</ul></div>"
    )


def _part(lesson: Lesson, part: ProsePart | WidgetPart, number: int) -> None:
    if isinstance(part, ProsePart):
        st.html(part.html)
        return
    key = f"widget_{lesson.id}_{part.index}"
    match part.body:
        case SortCards() as cards:
            lesson_widgets.sort_cards(cards, key)
        case RetryCounter() as counter:
            lesson_widgets.retry_counter(counter, key)
        case TryIt() as way_in:
            _try_it(way_in, key)
        case KeyPoints() as points:
            items = "".join(f"<li>{html.escape(text)}</li>" for text in points.points)
            with st.container(border=True, key=f"card_{key}"):
                st.html(f"<h3>{html.escape(points.title)}</h3><ul>{items}</ul>")
        case Note() as note:
            st.html(f'<aside class="note note-{note.tone}">{note.html}</aside>')


def _try_it(way_in: TryIt, key: str) -> None:
    with st.container(border=True, key=f"card_{key}"):
        if way_in.note:
            st.html(f"<p>{html.escape(way_in.note)}</p>")
        page, icon = TARGETS[way_in.target]
        st.page_link(
            page,
            label=way_in.label,
            icon=icon,
            query_params={name: str(value) for name, value in way_in.preset.items()},
        )


def show_sources(sources: tuple[Source, ...]) -> None:
    """The numbered list of where the facts above come from."""
    items = "".join(f"<li>{_source(source)}</li>" for source in sources)
    st.html(
        '<section class="sources"><h2>'
        + html.escape(_("Sources"))
        + f"</h2><ol>{items}</ol></section>"
    )


def _source(source: Source) -> str:
    title = html.escape(source.title)
    if source.url:
        title = f'<a href="{html.escape(source.url)}" rel="noopener noreferrer">{title}</a>'
    note = f" {html.escape(source.note)}" if source.note else ""
    return f"{title}. {html.escape(source.publisher)}, {html.escape(source.date)}.{note}"


def _ending(standing: LessonStanding) -> None:
    lesson = standing.lesson
    with st.container(border=True, key="card_ending", gap="small"):
        if standing.read:
            st.html('<p role="status">' + html.escape(_("You have read this lesson.")) + "</p>")
        with st.container(horizontal=True):
            if lesson.quiz:
                label = _("I have read it: to the quiz")
                if st.button(label, type="primary", key="finish", icon=":material/quiz:"):
                    _finish(lesson.id)
                    st.switch_page(navigation.QUIZ, query_params={"id": lesson.quiz})
            elif st.button(_("I have read it"), type="primary", key="finish"):
                _finish(lesson.id)
                st.rerun()
            st.page_link(
                navigation.BORROW, label=_("Try to borrow"), icon=":material/deployed_code:"
            )


def _finish(lesson_id: str) -> None:
    services().learning.finish_lesson(state.actor(), lesson_id)
