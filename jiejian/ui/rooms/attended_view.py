"""The learner's workshops on the page of the own progress, and all that is kept, in one list."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from jiejian.services.rooms.own_part import Attended
from jiejian.ui import navigation
from jiejian.ui.format import date
from jiejian.ui.i18n import _, language, ngettext


def attended(rooms: Sequence[Attended]) -> None:
    """Rooms one took part in; nothing without any."""
    if not rooms:
        return
    st.header(_("Workshops"), anchor=False)
    with st.container(border=True, key="card_workshops", gap="xsmall"):
        for room in rooms:
            title = room.title.say(language())
            st.page_link(
                navigation.LIVE,
                label=f"{title} · {date(room.joined)}",
                icon=":material/groups:",
                query_params={"room": room.room},
            )
            answers = ngettext("{n} answer", "{n} answers", room.answers).format(n=room.answers)
            sent = ngettext("{n} request", "{n} requests", room.requests).format(n=room.requests)
            state = _("over") if room.closed else _("still open")
            told = _("As {name}: {answers}, {requests}; {state}").format(
                name=room.name, answers=answers, requests=sent, state=state
            )
            st.html(f'<p class="muted">{html.escape(told)}</p>')
        words = _("Kept apart from your own record. To delete your part of a room, open it.")
        st.html(f"<p>{html.escape(words)}</p>")


def what_is_kept() -> None:
    """All kinds of things the site stores about a learner, in a screenful."""
    points = (
        _("A random number in this browser's cookie, in place of your name."),
        _("Lessons opened and read, quiz answers, guesses, and requests in the sandbox."),
        _(
            "A recovery code, or a nickname and its passphrase, if you made one; neither can be read back."
        ),
        _("Coming back by a nickname: when, and from which network address, against misuse."),
        _("Certificates issued to you. The name on one is not kept, only a check of it."),
        _("In workshops: the name you took there, your answers, notes and requests."),
    )
    items = "".join(f"<li>{html.escape(point)}</li>" for point in points)
    title = html.escape(_("What is kept about me"))
    st.html(f'<details class="fold"><summary>{title}</summary><ul>{items}</ul></details>')
