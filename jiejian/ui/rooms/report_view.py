"""What an educator takes along from a room that is over: files, a comparison, the replay."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import streamlit as st

from jiejian.services.actor import Actor
from jiejian.services.built import services
from jiejian.services.rooms.figures import Figures, Share
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.opening import Listed
from jiejian.ui import downloads, errors, state
from jiejian.ui.folds import fold
from jiejian.ui.format import moment
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.labels import paragraph, part_title
from jiejian.ui.tables import Row, figures_table
from sandbox.text import Language

NAMED = "report_named"


@st.fragment
def report(look: Look) -> None:
    """The files, the earlier rooms beside this one, what happened when."""
    part_title(_("Report"))
    with errors.explained():
        _files(look)
        with fold("report_compare", _("Beside my other rooms"), ":material/compare_arrows:") as it:
            if it:
                _compared(look)
        with fold(
            "report_replay", _("What happened, minute by minute"), ":material/history:"
        ) as it:
            if it:
                _replay(look)


def _files(look: Look) -> None:
    room = look.room
    paragraph(
        _(
            "The PDF holds the room's figures and nobody in particular. The workbook holds every"
            " answer; people are numbers in it."
        ),
        "plan-facts",
    )
    named = st.checkbox(_("With names in the workbook (this is put on record)"), key=NAMED)
    name = f"jiejian-{room.script.id}-{room.opened:%Y-%m-%d}"
    with st.container(horizontal=True, gap="small", key="report_files"):
        st.download_button(
            _("Report to print (PDF)"),
            data=partial(_pdf, state.later(), room.id, language()),
            file_name=f"{name}.pdf",
            mime="application/pdf",
            on_click="ignore",
            icon=":material/picture_as_pdf:",
            key="report_pdf",
        )
        st.download_button(
            _("Every answer, with names (Excel)") if named else _("Every answer (Excel)"),
            data=partial(_workbook, state.later(), room.id, language(), named),
            file_name=f"{name}.xlsx",
            mime=downloads.XLSX,
            on_click="ignore",
            icon=":material/table:",
            key="report_xlsx",
        )


def _pdf(who: Callable[[], Actor], room: str, spoken: Language) -> bytes:
    return services().reporting.pdf(who(), room, spoken)


def _workbook(who: Callable[[], Actor], room: str, spoken: Language, named: bool) -> bytes:
    tables = services().reporting.tables(who(), room, spoken, named=named)
    return downloads.workbook((table.name, table.columns, table.rows) for table in tables)


def _compared(look: Look) -> None:
    found = services().reporting.compare(state.actor(), look.room.script.id).rooms
    if all(listed.id == look.room.id for listed, _figures in found):
        paragraph(
            _("You have led this workshop with no other room yet. The next one will stand here.")
        )
        return
    columns = (
        _("Room"),
        _("People"),
        _("Took part"),
        _("Answers given"),
        _("Guesses close to the truth"),
        _("Sent three times or more"),
        _("Right before → after"),
        _("Minutes"),
    )
    rows = [_line(listed, counted, look.room.id) for listed, counted in found]
    # What no room of this workshop measures is no column.
    told = [n for n in range(len(columns)) if any(row[n] is not None for row in rows)]
    st.html(
        figures_table(
            _("My rooms of this workshop"),
            [columns[n] for n in told],
            [[row[n] for n in told] for row in rows],
        )
    )
    paragraph(
        _("Small rooms differ by chance: shares are counted out, in percent only from five on."),
        "plan-facts",
    )


def _line(listed: Listed, counted: Figures, here: str) -> Row:
    day = moment(listed.opened)
    gain = counted.gain
    learned = None
    if gain and gain.before is not None and gain.after is not None:
        learned = f"{round(gain.before * 100)}% → {round(gain.after * 100)}%"
    return (
        _("{day} (this one)").format(day=day) if listed.id == here else day,
        counted.people,
        counted.active,
        _share(counted.answered),
        _share(counted.close),
        _share(counted.hammered),
        learned,
        round(counted.lasted / timedelta(minutes=1)),
    )


def _share(share: Share) -> str | None:
    if share.fraction is None:
        return None
    words = _("{count} of {of}").format(count=share.count, of=share.of)
    return f"{words} ({round(share.fraction * 100)}%)" if share.telling else words


def _replay(look: Look) -> None:
    told = services().reporting.replay(state.actor(), look.room.id, language())
    items = []
    for line in told:
        what = " · ".join(part for part in (line.what, line.detail) if part)
        if line.times > 1:
            times = ngettext("{n} person", "{n} people", line.times).format(n=line.times)
            what = f"{what} · {times}"
        items.append(f"<li><b>{_clock(line.after)}</b> {html.escape(what)}</li>")
    st.html(f'<ol class="cue-past">{"".join(items)}</ol>')


def _clock(after: timedelta) -> str:
    """Minutes and seconds since the opening."""
    minutes, seconds = divmod(int(after.total_seconds()), 60)
    return f"{minutes}:{seconds:02d}"
