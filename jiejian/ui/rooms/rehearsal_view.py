"""Rehearse with bots: a button, how far it is, and what was found."""

from __future__ import annotations

import html
from urllib.parse import urlsplit

import streamlit as st

from jiejian.content.workshops.script import Script
from jiejian.rehearsal.background import BOTS, Rehearsal, begin
from jiejian.rehearsal.report import Report, facts, found, verdict
from jiejian.services.built import services
from jiejian.ui import errors, state
from jiejian.ui.i18n import _, language
from jiejian.ui.labels import paragraph, part_title
from jiejian.ui.rooms import deeds

NAME = "rehearsal"
LOOK_EVERY = 1.0


def rehearsal(wanted: Script | None) -> None:
    """The button for the script one is about to play; a rehearsal that runs, or its result."""
    at: Rehearsal | None = state.shown(NAME)
    if at is None and wanted is None:
        return
    with st.container(border=True, key="card_rehearsal", gap="small"):
        part_title(_("Rehearsal"))
        if at is not None and not at.over:
            _running(at)
            return
        if at is not None:
            _result(at)
        if wanted is not None:
            _button(wanted)


def _button(script: Script) -> None:
    words = _(
        "{n} bots join a room of their own, answer every step, lose their connection, tap twice and"
        " come late. It takes a few minutes; the room is deleted afterwards."
    )
    paragraph(words.format(n=BOTS))
    st.button(
        _("Rehearse with bots"),
        key="rehearse",
        icon=":material/smart_toy:",
        on_click=_begin,
        args=(script,),
    )


def _begin(script: Script) -> None:
    here = urlsplit(st.context.url or "")
    addresses = [f"http://127.0.0.1:{services().settings.port}"]
    if here.netloc:
        addresses.append(f"{here.scheme}://{here.netloc}")
    deeds.do(
        NAME,
        lambda actor, _key: state.show(NAME, begin(services(), actor, script, addresses)),
        state.attempt(f"room_{NAME}"),
    )


@st.fragment(run_every=LOOK_EVERY)
def _running(at: Rehearsal) -> None:
    if at.over:
        st.rerun()
    count = len(at.script.steps)
    words = _("Step {n} of {count}").format(n=min(at.done + 1, count), count=count)
    st.progress(at.done / count, text=words)
    paragraph(_("You can leave this page: the rehearsal goes on."), "muted")


def _result(at: Rehearsal) -> None:
    if at.error is not None:
        errors.show(at.error)
    if at.report is not None:
        _report(at.report)


def _report(report: Report) -> None:
    spoken = language()
    head = f"{report.title.say(spoken)} · {verdict(report, spoken)}"
    (st.success if report.fine else st.warning)(head)
    wrong = "".join(
        f"<li>{html.escape(line.strip())}</li>" for line in found(report.before, spoken)
    )
    items = []
    for step in report.steps:
        inner = "".join(
            f"<li>{html.escape(line.strip())}</li>" for line in found(step.problems, spoken)
        )
        mark = "✓" if step.fine else "!"
        items.append(
            f"<li>{mark} <strong>{html.escape(step.title.say(spoken))}</strong>"
            f'<span class="plan-facts">{html.escape(facts(step, spoken))}</span>'
            f"{f'<ul>{inner}</ul>' if inner else ''}</li>"
        )
    st.html(f'{f"<ul>{wrong}</ul>" if wrong else ""}<ol class="ctl-steps">{"".join(items)}</ol>')
