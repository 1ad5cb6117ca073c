"""The map of the course: where one was, the tracks, and how far each is."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from jiejian.content.tracks import Track
from jiejian.services.learning import Course, LessonStanding, TrackStanding
from jiejian.ui import navigation, state
from jiejian.ui.i18n import _, language, ngettext


def course(found: Course) -> None:
    """Go on, then the tracks, then what is there for teachers."""
    if not found.standings:
        st.info(_("No lesson can be shown just now. Please tell whoever runs this site."))
        return
    if found.left_out:
        words = ngettext(
            "{n} lesson is being mended and is left out for now. The others are complete.",
            "{n} lessons are being mended and are left out for now. The others are complete.",
            found.left_out,
        )
        st.info(words.format(n=found.left_out), icon=":material/construction:")
    if found.latest:
        _go_on(found.latest)
    for place, track in enumerate(found.tracks, start=1):
        _track(track, place)
    _more()


def _go_on(standing: LessonStanding) -> None:
    version = standing.lesson.versions[language()]
    step = version.steps[standing.step]
    with st.container(border=True, key="card_go_on", gap="small"):
        words = _("Continue where you were")
        st.html(
            f'<p class="eyebrow">{html.escape(words)}</p><h3>{html.escape(version.title)}</h3>'
            f"<p>{html.escape(version.title_of(step))} · {html.escape(_left(standing))}</p>"
        )
        if st.button(_("Go on"), type="primary", icon=":material/play_arrow:", key="go_on"):
            query = {"id": standing.lesson.id, "at": step.anchor}
            st.switch_page(navigation.LESSON, query_params=query)


def _left(standing: LessonStanding) -> str:
    left = standing.minutes_left
    return ngettext("{n} minute left", "{n} minutes left", left).format(n=left)


def _track(standing: TrackStanding, place: int) -> None:
    track = standing.track
    with st.container(border=True, key=f"card_track_{place}", gap="small"):
        st.html(_track_head(track, standing, place))
        if track and standing.tested:
            st.page_link(
                navigation.PLACEMENT,
                label=_("A few questions before and after"),
                icon=":material/flag:",
                query_params={"id": track.id},
            )
        for lesson in standing.lessons:
            version = lesson.lesson.versions[language()]
            minutes = lesson.lesson.minutes
            time = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
            told = _("read") if lesson.read else time
            st.page_link(
                navigation.LESSON,
                label=f"{version.title} · {told}",
                icon=_icon(lesson),
                query_params={"id": lesson.lesson.id},
            )
        if track and standing.lessons:
            st.page_link(
                navigation.CERTIFICATE,
                label=_("Certificate of completion"),
                icon=":material/workspace_premium:",
                query_params={"track": track.id},
            )


def _icon(standing: LessonStanding) -> str:
    if standing.read:
        return ":material/check_circle:"
    return ":material/timelapse:" if standing.opened else ":material/radio_button_unchecked:"


def _track_head(track: Track | None, standing: TrackStanding, place: int) -> str:
    title = track.title.say(language()) if track else _("More lessons")
    summary = track.summary.say(language()) if track else ""
    total, read = len(standing.lessons), standing.read
    left = standing.minutes_left
    if total == 0:
        told = _("Being written")
    elif read == total:
        told = _("All read")
    else:
        done = _("{read} of {n} read").format(read=read, n=total)
        time = ngettext("{n} minute left", "{n} minutes left", left).format(n=left)
        told = f"{done} · {time}"
    books = ""
    if track and total:
        epub = html.escape(_("Take this track along (EPUB)"))
        books = f'<p class="book"><a href="/books/{track.id}-{language()}.epub">{epub}</a></p>'
    share = round(100 * read / total) if total else 0
    return (
        f'<div class="track"><span class="num" aria-hidden="true">{place}</span>'
        f'<div><h2 id="{track.id if track else "more"}">{html.escape(title)}</h2>'
        f'<p>{html.escape(summary)}</p><p class="track-told">'
        f'<span class="track-bar" aria-hidden="true"><i style="width:{share}%"></i></span> '
        f"{html.escape(told)}</p>{books}</div></div>"
    )


def _more() -> None:
    with st.container(horizontal=True, key="learn_more", vertical_alignment="center"):
        st.page_link(navigation.GLOSSARY, label=_("Glossary"), icon=":material/dictionary:")
        st.toggle(
            _("I teach: show notes for teachers"), key=state.TEACHING, persist_state="session"
        )


def lesson_cards(standings: Sequence[LessonStanding]) -> None:
    """A few lessons as cards, for the first page."""
    with st.grid(columns=3, min_column_width=280, gap="small"):
        for standing in standings:
            _card(standing)


def _card(standing: LessonStanding) -> None:
    lesson = standing.lesson
    version = lesson.versions[language()]
    minutes = ngettext("{n} minute", "{n} minutes", lesson.minutes).format(n=lesson.minutes)
    with st.container(border=True, key=f"card_lesson_{lesson.id}", height="stretch", gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.html(f'<span class="num">{lesson.order:02d}</span>', width="content")
            if standing.read:
                st.badge(_("Read"), color="green", icon=":material/check:")
            elif standing.opened:
                st.badge(_("Started"), color="orange", icon=":material/timelapse:")
        st.subheader(version.title, anchor=False)
        st.html(f"<p>{html.escape(version.summary)}</p>")
        st.page_link(
            navigation.LESSON,
            label=_("Open the lesson") + f" · {minutes}",
            icon=":material/arrow_forward:",
            query_params={"id": lesson.id},
        )
