"""A symptom's page: what it means, what to check first, the tree, the plan, whom to ask."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.content.clinic.entries import Advice
from jiejian.content.clinic.symptoms import Conclusion, Question, Symptom
from jiejian.errors import InvalidInput
from jiejian.services.built import services
from jiejian.services.clinic import Plan
from jiejian.ui import clinic_alarm, navigation
from jiejian.ui.clinic_words import (
    PREFIX,
    at_top,
    contact_items,
    family_chip,
    go,
    group_words,
    items,
    not_advice,
    rows,
    show_sources,
)
from jiejian.ui.i18n import _, language

ANSWERS = PREFIX + "answers"
UNSURE = -1
"""Stands in the answers for somebody who cannot tell."""


def symptom(plan: Plan) -> None:
    """The whole page; a scam alarm stands before all of it."""
    told, spoken = plan.symptom, language()
    answers = _answers(told)
    end = _conclusion(told, answers)
    with st.container(key="page_head", gap="xsmall"):
        st.button(
            _("All messages"),
            key=PREFIX + "all",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=go,
        )
        st.html(f'<p class="eyebrow">{html.escape(group_words(told.group))}</p>')
        st.title(told.says.say(spoken), anchor=False)
    alarming = told.scam or (isinstance(end, Conclusion) and end.family == "scam")
    if alarming and not clinic_alarm.passed(plan):
        at_top(told.id)
        return
    st.html(f'<p class="lead">{html.escape(told.meaning.say(spoken))}</p>')
    first = html.escape(_("Check this first"))
    with st.container(border=True, key="card_first", gap="xsmall"):
        st.html(
            f'<p class="eyebrow">{first}</p>'
            f'<p class="first-check">{html.escape(told.first.say(spoken))}</p>'
        )
    _tree(told, answers, end)
    _steps(plan)
    for advice in plan.advice:
        _advice(advice)
    _contacts(plan)
    _ways_on(plan)
    _sources(plan)
    at_top(told.id)


def _answers(told: Symptom) -> list[int]:
    kept: dict[str, list[int]] = st.session_state.setdefault(ANSWERS, {})
    return kept.setdefault(told.id, [])


def _conclusion(told: Symptom, answers: list[int]) -> Question | Conclusion:
    clinic = services().clinic
    if answers[-1:] == [UNSURE]:
        return clinic.likeliest(told.id)
    try:
        return clinic.walk(told.id, answers)
    except InvalidInput:
        # The tree has changed since these answers were given.
        answers.clear()
        return clinic.walk(told.id, answers)


def _tree(told: Symptom, answers: list[int], place: Question | Conclusion) -> None:
    spoken = language()
    with st.container(border=True, key="card_tree", gap="small"):
        if isinstance(place, Conclusion):
            unsure, do = answers[-1:] == [UNSURE], html.escape(_("Do this:"))
            heading = _("If you cannot tell, begin here") if unsure else _("The most likely cause")
            st.html(
                f'<div role="status"><p class="eyebrow">{html.escape(heading)}</p>'
                f'<p class="cause">{html.escape(place.cause.say(spoken))}</p>'
                f"<p>{family_chip(place.family)}</p>"
                f'<p class="now"><strong>{do}</strong>'
                f" {html.escape(place.now.say(spoken))}</p></div>"
            )
            if answers:
                st.button(
                    _("Answer again"),
                    key=PREFIX + "again",
                    icon=":material/replay:",
                    on_click=answers.clear,
                )
            return
        number = _("Question {n}: which is it?").format(n=len(answers) + 1)
        st.html(
            f'<div role="status"><p class="eyebrow">{html.escape(number)}</p>'
            f'<p class="stem">{html.escape(place.ask.say(spoken))}</p></div>'
        )
        for index, answer in enumerate(place.answers):
            st.button(
                answer.say.say(spoken),
                key=f"{PREFIX}answer_{place.id}_{index}",
                width="stretch",
                on_click=answers.append,
                args=(index,),
            )
        st.button(
            _("I can't tell"),
            key=f"{PREFIX}unsure_{place.id}",
            type="tertiary",
            on_click=answers.append,
            args=(UNSURE,),
        )


def _steps(plan: Plan) -> None:
    st.header(_("Your plan"), anchor=False)
    parts = (
        ("today", _("Today"), plan.today),
        ("week", _("This week"), plan.week),
        ("months", _("Over the next months"), plan.months),
        ("never", _("Do not"), plan.never),
    )
    cells = "".join(
        f'<section class="plan-part plan-{name}"><h3>{html.escape(title)}</h3>'
        f"<ul>{items(texts)}</ul></section>"
        for name, title, texts in parts
    )
    st.html(f'<div class="plan">{cells}</div>')
    st.link_button(
        _("Print this plan on one page"),
        f"/plan/{plan.symptom.id}?lang={language()}",
        icon=":material/print:",
    )


def _advice(advice: Advice) -> None:
    spoken = language()
    with st.expander(advice.title.say(spoken), icon=":material/info:"):
        told = f"<p>{html.escape(advice.lead.say(spoken))}</p><ul>{items(advice.points)}</ul>"
        if advice.ask:
            heading = html.escape(_("Words you can use"))
            told += f"<p><strong>{heading}</strong></p>"
            told += f'<ul class="say-this">{items(advice.ask)}</ul>'
        st.html(f'<div class="advice-text">{told}</div>')


def _contacts(plan: Plan) -> None:
    if plan.contacts:
        st.header(_("Whom to ask"), anchor=False)
        st.html(f'<ul class="contacts">{contact_items(plan.contacts)}</ul>')


def _ways_on(plan: Plan) -> None:
    spoken, play = language(), plan.symptom.play
    with st.container(border=True, key="card_play", gap="small"):
        st.subheader(_("See the same thing in the glass box"), anchor=False)
        st.html(f"<p>{html.escape(play.how.say(spoken))}</p>")
        with st.container(horizontal=True):
            st.page_link(
                navigation.BORROW,
                label=_("Play it"),
                icon=":material/deployed_code:",
                query_params=play.query,
            )
            st.page_link(
                navigation.LESSON,
                label=_("The lesson"),
                icon=":material/menu_book:",
                query_params={"id": plan.symptom.lesson},
            )
    near = services().clinic.neighbours(plan.symptom.id)
    if near:
        st.header(_("Not quite it?"), anchor=False)
        rows(near, "near")


def _sources(plan: Plan) -> None:
    not_advice()
    reviewed = _("last reviewed {date}").format(date=plan.symptom.reviewed_on.isoformat())
    st.caption(reviewed)
    if plan.sources:
        show_sources(plan.sources)
