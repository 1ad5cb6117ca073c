"""The scam alarm: stands before everything else until it is answered."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.built import services
from jiejian.services.clinic import Plan
from jiejian.ui.clinic_words import PREFIX, items
from jiejian.ui.i18n import _, language

ANSWERED = PREFIX + "alarm_answered"


def passed(plan: Plan) -> bool:
    """Show the alarm; False while it is unanswered, and nothing else may be shown then.

    Once answered it stays above the page as a reminder, with the emergency steps for those who
    have already given something.
    """
    answer = st.session_state.get(ANSWERED, {}).get(plan.symptom.id)
    if answer is None:
        _alarm(plan)
        return False
    if answer == "harmed":
        _emergency()
    else:
        text = _("Good. Pay nothing, give no code, end the conversation.")
        _strip(f'<p role="status"><strong>{html.escape(text)}</strong></p>')
    return True


def _alarm(plan: Plan) -> None:
    alarm = plan.symptom.alarm
    text = (
        alarm.say(language())
        if alarm
        else _(
            "What you describe sounds like a scam. Whoever wants money before paying out, your"
            " codes, your face on video or your screen is no lender."
        )
    )
    stop = html.escape(_("Stop. This is very likely fraud."))
    with st.container(border=True, key="card_alarm", gap="small"):
        st.html(
            f'<div role="alert"><p class="alarm-title">{stop}</p><p>{html.escape(text)}</p></div>'
        )
        st.html(
            '<p class="alarm-ask"><strong>'
            + html.escape(_("Have you already paid, or given codes or papers?"))
            + "</strong></p>"
        )
        for answer, label in (
            ("safe", _("No, and I will not")),
            ("harmed", _("Yes. What do I do now?")),
        ):
            st.button(
                label,
                key=f"{PREFIX}alarm_{answer}",
                type="primary" if answer == "safe" else "secondary",
                width="stretch",
                on_click=_answer,
                args=(plan.symptom.id, answer),
            )


def _answer(symptom_id: str, answer: str) -> None:
    st.session_state.setdefault(ANSWERED, {})[symptom_id] = answer


def _emergency() -> None:
    advice = services().clinic.emergency()
    if advice is None:
        return
    call = html.escape(_("Call the police"))
    _strip(
        f'<div role="status"><p class="alarm-title">{html.escape(advice.title.say(language()))}</p>'
        f"<p>{html.escape(advice.lead.say(language()))}</p><ol>{items(advice.points)}</ol>"
        f'<p><a class="call" href="tel:110">{call}: 110</a></p></div>'
    )


def _strip(inside: str) -> None:
    with st.container(border=True, key="card_alarm_kept"):
        st.html(inside)
