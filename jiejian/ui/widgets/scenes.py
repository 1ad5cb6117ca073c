"""A branching scene, a request in the glass box, the velocity rule to press, a way to a page."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.content.directives import Decide, RetryCounter, SendRequest, TryIt
from jiejian.content.marked import marked
from jiejian.services.built import services
from jiejian.ui import decision_view, navigation, state
from jiejian.ui.decision_view import outcome_words
from jiejian.ui.format import clock, span
from jiejian.ui.i18n import _
from jiejian.ui.labels import requests_counted
from jiejian.ui.widgets.common import Place, again, heading, said
from sandbox.lender.life import Life


@st.fragment
def decide(body: Decide, place: Place) -> None:
    """What would you do? Each choice shows its consequence, each ending what was learnt."""
    way: list[int] = state.shown(place.key) or []
    scene, told = body.scenes[body.start], ""
    for choice in way:
        told += (
            f'<div class="scene-past">{marked(scene.text).html}'
            f"<p>→ <strong>{html.escape(scene.choices[choice].text)}</strong></p></div>"
        )
        scene = body.scenes[scene.choices[choice].to]
    top = heading(body.title, "", _("What would you do?")) + told
    with st.container(border=True, key=f"card_{place.key}", gap="small"):
        now = f'<div class="scene" role="status">{marked(scene.text).html}</div>'
        if scene.ending and scene.learnt:
            name = {"good": _("Well done"), "mixed": _("Mixed"), "bad": _("It went badly")}
            kind = {"good": "right", "mixed": "mixed", "bad": "wrong"}[scene.ending]
            end = (
                f'<div class="verdict verdict-{kind}"><p><strong>'
                f"{html.escape(name[scene.ending])}</strong></p>{marked(scene.learnt).html}</div>"
            )
            st.html(top + now + end)
            st.button(again(), key=f"{place.key}_again", on_click=state.clear, args=(place.key,))
            return
        st.html(top + now)
        for number, choice_ in enumerate(scene.choices):
            st.button(
                choice_.text,
                key=f"{place.key}_{len(way)}_{number}",
                width="stretch",
                on_click=state.show,
                args=(place.key, [*way, number]),
            )


@st.fragment
def send_request(body: SendRequest, place: Place) -> None:
    """Send it, and see every stage, the check that tripped and the notice."""
    asked = place.workings.requests[body.request]
    top = heading(body.title, body.prompt, _("In the glass box"))
    with st.container(border=True, key=f"card_{place.key}", gap="small"):
        st.html(top)
        if not state.shown(place.key):
            st.button(
                _("Send this request"),
                key=f"{place.key}_send",
                type="primary",
                icon=":material/send:",
                on_click=state.show,
                args=(place.key, True),
            )
            return
        book = services().lending.book
        decision_view.banner(asked.decision)
        decision_view.glass_box(asked.decision, book)
        st.html(decision_view.reasons(asked.decision, book) + marked(body.explanation).html)
        st.button(again(), key=f"{place.key}_again", on_click=state.clear, args=(place.key,))


@st.fragment
def retry_counter(counter: RetryCounter, place: Place) -> None:
    """Press retry and watch the real rules count; nothing is kept."""
    lending = services().lending
    life: Life = state.shown(place.key) or lending.rehearsal()
    window, limit = lending.velocity()
    with st.container(border=True, key=f"card_{place.key}", gap="small"):
        count = requests_counted(life.in_window(window), window, limit)
        lines = [f"{clock(life.minute)} · {count}"]
        if life.sent:
            name, meaning = outcome_words(life.sent[-1].decision.outcome)
            lines.append(f"{name}. {meaning}")
        if left := life.freeze_left or life.cool_down_left:
            lines.append(_("{span} left").format(span=span(left)))
        body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        end = f"<p>{said(counter.explanation)}</p>" if life.sent else ""
        top = heading(counter.title, counter.prompt, _("Try it here"))
        st.html(f'{top}<div class="retry" role="status">{body}</div>{end}')
        with st.container(horizontal=True, gap="small"):
            for name, label in (
                ("send", _("Send a request")),
                ("hour", _("Wait 1 hour")),
                ("day", _("Wait 1 day")),
                ("restart", again()),
            ):
                st.button(
                    label,
                    key=f"{place.key}_{name}",
                    type="primary" if name == "send" else "secondary",
                    on_click=_play,
                    args=(place.key, name, life),
                )


def _play(key: str, move: str, life: Life) -> None:
    match move:
        case "send":
            life = services().lending.rehearse(life)
        case "hour":
            life = life.advanced(60)
        case "day":
            life = life.advanced(24 * 60)
        case _:
            state.clear(key)
            return
    state.show(key, life)


def try_it(way_in: TryIt, place: Place) -> None:
    """A link into another page with its form filled in."""
    page = navigation.target(way_in.target)
    with st.container(border=True, key=f"card_{place.key}", gap="small"):
        if way_in.note:
            st.html(f"<p>{said(way_in.note)}</p>")
        if page is not None:
            st.page_link(
                page,
                label=way_in.label,
                icon=":material/deployed_code:",
                query_params={name: str(value) for name, value in way_in.preset.items()},
            )
