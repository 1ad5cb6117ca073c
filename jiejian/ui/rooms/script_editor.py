"""Own scripts: a copy to change step by step, or a file to bring along."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

import streamlit as st

from jiejian.content.workshops.script import Script
from jiejian.errors import ContentBroken, JiejianError
from jiejian.services.built import services
from jiejian.services.rooms.own_scripts import OwnScript
from jiejian.ui import errors, navigation, state
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.labels import carried, chosen, plain_label
from jiejian.ui.rooms import step_forms

ERROR = "script_error"
KIND, READY = "own_step_kind", "own_ready"


def shelf(scripts: Sequence[OwnScript]) -> None:
    """All of one's own scripts, and the two ways to a new one."""
    _refusal()
    for own in scripts:
        _card(own)
    st.header(_("A new script"), anchor=False)
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, key="card_copy", gap="small"):
        ready = services().scripts.scripts
        titles = {name: script.title.say(language()) for name, script in ready.items()}
        st.selectbox(
            _("Begin with a ready script"),
            list(titles),
            format_func=titles.__getitem__,
            key=carried(READY),
        )
        st.button(_("Make my own copy"), type="primary", on_click=_copy, key="own_copy")
    with right, st.container(border=True, key="card_bring", gap="small"):
        file = st.file_uploader(_("Bring a script file (YAML)"), type=["yaml", "yml"])
        content = file.getvalue() if file else b""
        st.button(_("Take it in"), on_click=_bring, args=(content,), disabled=not content,
                  key="own_bring")  # fmt: skip


def editor(own: OwnScript) -> None:
    """One script: its steps in order, a form for one more, the file to take along."""
    _refusal()
    script = own.script
    if script is None:
        _mistakes(own.mistakes)
        return
    with st.form("own_title", border=True):
        st.text_input(_("Title"), script.title.say(language()), key="own_title_words", max_chars=80)
        st.number_input(_("Minutes in all"), 5, 180, script.minutes, key="own_title_minutes")
        st.form_submit_button(_("Save"), on_click=_retitle, args=(own.key,))
    planned = sum(step.minutes for step in script.steps)
    words = ngettext("{n} minute is planned.", "{n} minutes are planned.", planned)
    st.html(f"<p>{html.escape(words.format(n=planned))}</p>")
    for place, step in enumerate(script.steps):
        _step(own.key, script, place, step.id)
    _further(own.key, script)
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            _("Download as a file"),
            own.text,
            file_name=f"{script.id}.yaml",
            mime="application/yaml",
            on_click="ignore",
            icon=":material/download:",
        )
        if rooms := navigation.target("rooms"):
            st.page_link(rooms, label=_("Open a room with it"), icon=":material/groups:")


def _card(own: OwnScript) -> None:
    with st.container(border=True, key=f"card_own_{own.key[-12:]}", gap="xsmall"):
        if own.script is None:
            broken = _("A script that no longer works")
            st.html(f"<h3>{html.escape(broken)}</h3>")
            _mistakes(own.mistakes)
        else:
            script = own.script
            count = ngettext("{n} step", "{n} steps", len(script.steps))
            steps = count.format(n=len(script.steps))
            facts = f"{_minutes(script.minutes)} · {steps}"
            title = html.escape(script.title.say(language()))
            st.html(f"<h3>{title}</h3><p>{html.escape(facts)}</p>")
        with st.container(horizontal=True, gap="small"):
            if own.script is not None:
                st.page_link(
                    navigation.SCRIPT,
                    label=_("Change it"),
                    query_params={"key": own.key},
                    icon=":material/edit:",
                )
            st.button(_("Delete"), key=f"own_remove_{own.key[-12:]}", on_click=_do,
                      args=(lambda: services().own_scripts.remove(state.actor(), own.key),))  # fmt: skip


def _step(key: str, script: Script, place: int, name: str) -> None:
    step = script.steps[place]
    own = services().own_scripts
    with st.container(border=True, key=f"card_own_step_{name}", gap="xsmall"):
        facts = f"{place + 1} · {step_forms.kind_words(step.kind)} · {_minutes(step.minutes)}"
        title = html.escape(step.title.say(language()))
        st.html(f'<p class="eyebrow">{html.escape(facts)}</p><h3>{title}</h3>')
        told = plain_label(step.title.say(language()))
        up, down, out = _("Up: {step}"), _("Down: {step}"), _("Take out: {step}")
        with st.container(horizontal=True, gap="small"):
            st.button(up.format(step=told), key=f"own_up_{name}", disabled=place == 0, on_click=_do,
                      args=(lambda: own.move_step(state.actor(), key, name, -1),))  # fmt: skip
            st.button(down.format(step=told), key=f"own_down_{name}",
                      disabled=place == len(script.steps) - 1, on_click=_do,
                      args=(lambda: own.move_step(state.actor(), key, name, 1),))  # fmt: skip
            st.button(out.format(step=told), key=f"own_drop_{name}",
                      disabled=len(script.steps) == 1, on_click=_do,
                      args=(lambda: own.drop_step(state.actor(), key, name),))  # fmt: skip


def _further(key: str, script: Script) -> None:
    st.header(_("One more step"), anchor=False)
    kinds = {kind: step_forms.kind_words(kind) for kind in step_forms.KINDS}
    st.selectbox(
        _("What kind of step"), list(kinds), format_func=kinds.__getitem__, key=carried(KIND)
    )
    kind = chosen(KIND) or step_forms.KINDS[0]
    earlier = {step.id: step.title.say(language()) for step in script.steps}
    with st.form("own_step", border=True):
        step_forms.boxes(kind, earlier)
        st.form_submit_button(_("Add it at the end"), type="primary", on_click=_add,
                              args=(key, kind))  # fmt: skip


def _minutes(count: int) -> str:
    return ngettext("{n} minute", "{n} minutes", count).format(n=count)


def _refusal() -> None:
    problem = state.shown(ERROR)
    if problem is None:
        return
    if isinstance(problem, ContentBroken):
        _mistakes(problem.mistakes)
    else:
        errors.show(problem)
    state.clear(ERROR)


def _mistakes(mistakes: Sequence[str]) -> None:
    lead = _("This script cannot be used as it is. What is wrong, and where:")
    items = "".join(f"<li><code>{html.escape(line)}</code></li>" for line in mistakes[:20])
    st.html(f'<div class="refusal" role="alert"><p>{html.escape(lead)}</p><ul>{items}</ul></div>')


def _do(act: Callable[[], object]) -> None:
    try:
        act()
    except JiejianError as error:
        state.show(ERROR, error)


def _copy() -> None:
    ready = chosen(READY) or next(iter(services().scripts.scripts), "")
    _do(lambda: services().own_scripts.copy(state.actor(), ready))


def _bring(content: bytes) -> None:
    _do(lambda: services().own_scripts.add(state.actor(), content))


def _retitle(key: str) -> None:
    title = str(st.session_state.get("own_title_words") or "")
    minutes = int(st.session_state.get("own_title_minutes") or 45)
    _do(lambda: services().own_scripts.retitle(state.actor(), key, title, minutes))


def _add(key: str, kind: str) -> None:
    step = step_forms.made(kind)
    _do(lambda: services().own_scripts.put_step(state.actor(), key, step))
