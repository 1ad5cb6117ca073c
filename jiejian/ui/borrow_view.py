"""The borrower's seat: the clock, the form on the borrower's phone, what the app says back."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from functools import partial
from typing import get_args

import streamlit as st

from jiejian.errors import JiejianError
from jiejian.services.built import services
from jiejian.services.lending import STEPS, Ask, Seat
from jiejian.ui import decision_view, errors, navigation, offer_view, state
from jiejian.ui.format import clock, span
from jiejian.ui.i18n import _, language, ngettext, pgettext
from sandbox.lender.case import Incident, Method, ProfileField, Purpose
from sandbox.lender.decision import Decision
from sandbox.lender.lenderbook import Choice, LenderBook, Persona
from sandbox.lender.life import Sent
from sandbox.text import LANGUAGES, Language

PREFIX = "ask_"
PRESETS = {"incident": get_args(Incident), "method": get_args(Method), "purpose": get_args(Purpose)}
ERROR = "borrow_error"
WORDED = ("method", "purpose", "incident", "profile")


def seat() -> None:
    """The whole seat; one fragment, so that a press redraws this and nothing else."""
    book = services().lending.book
    now = services().lending.seat(state.actor())
    _prepare(book.personas[now.life.persona], book)
    phone, box = st.columns([5, 7], gap="medium")
    with phone:
        _clock_card(now)
        _form(now, book)
        _app_answer(now, book)
        _new_life(now, book)
    with box:
        _inside(now, book)


def _write(name: str, act: Callable[[str], object]) -> None:
    """Do something that is recorded, once for the attempt the button was drawn with."""
    state.clear(ERROR)
    try:
        act(state.attempt(name))
    except JiejianError as error:
        state.show(ERROR, error)
    else:
        state.done(name)


def _prepare(persona: Persona, book: LenderBook) -> None:
    """First values of the form: the persona's request, changed by a preset in the link."""
    request = persona.request
    first = {
        "amount": int(request.amount),
        "term_months": request.term_months,
        "method": request.method,
        "purpose": request.purpose,
        "incident": "none",
        "profile": list(get_args(ProfileField)),
        "face": True,
        "document": True,
        "phone": True,
        "card": True,
        "consent": True,
        "known_phone": True,
        "second_source": persona.applicant.second_repayment_source,
    }
    for name, value in first.items():
        st.session_state.setdefault(PREFIX + name, value)
    for name, allowed in PRESETS.items():
        if st.query_params.get(name) in allowed:
            st.session_state[PREFIX + name] = st.query_params.pop(name)
            for spoken in LANGUAGES:
                st.session_state.pop(f"{PREFIX}{name}_{spoken}", None)
    for name, low, high in (
        ("amount", int(book.product.amount_min), int(book.product.amount_max)),
        ("term_months", book.product.terms[0], book.product.terms[-1]),
    ):
        text = str(st.query_params.get(name, ""))
        if text.isdecimal() and len(text) < 8 and low <= int(text) <= high:
            st.session_state[PREFIX + name] = int(text)
            st.query_params.pop(name)


def _clock_card(now: Seat) -> None:
    life = now.life
    with st.container(border=True, key="card_clock", gap="small"):
        pips = "".join(
            f'<span class="pip{" pip-on" if place < now.in_window else ""}"></span>'
            for place in range(now.window_limit)
        )
        counter = _("{n} of {limit} requests within {span}").format(
            n=now.in_window, limit=now.window_limit, span=span(now.window_minutes)
        )
        st.html(
            '<div class="clock"><p class="clock-label">'
            + html.escape(_("Simulated time"))
            + f"</p>"
            f'<p class="clock-time">{html.escape(clock(life.minute))}</p>'
            f'<p class="counter"><span class="pips" aria-hidden="true">{pips}</span>'
            f" {html.escape(counter)}</p>{_restriction(now)}</div>"
        )
        with st.container(horizontal=True, gap="small", key="clock_steps"):
            for minutes in STEPS:
                st.button(
                    f"+ {span(minutes)}",
                    key=f"advance_{minutes}",
                    on_click=_advance,
                    args=(minutes,),
                )


def _restriction(now: Seat) -> str:
    if left := now.life.freeze_left:
        text = _("Account frozen: {span} left").format(span=span(left))
        return f'<p class="countdown countdown-frozen" role="status">{html.escape(text)}</p>'
    if left := now.life.cool_down_left:
        text = _("Cool-down: {span} left. Sending now would freeze the account.")
        words = html.escape(text.format(span=span(left)))
        return f'<p class="countdown countdown-cool" role="status">{words}</p>'
    if now.window_limit and now.in_window == now.window_limit - 1:
        text = _("One more within the hour trips the velocity check.")
        return f'<p class="countdown countdown-warn">{html.escape(text)}</p>'
    return ""


def _advance(minutes: int) -> None:
    lending = services().lending
    _write("advance", lambda key: lending.advance(state.actor(), minutes, key))


def _form(now: Seat, book: LenderBook) -> None:
    choices, spoken = book.choices, language()
    persona = book.personas[now.life.persona]
    you = _("You play: {who}").format(who=persona.title.say(spoken))
    with st.container(border=True, key="card_phone", gap="small"):
        st.html(
            f'<p class="phone-title">{html.escape(book.product.title.say(spoken))}</p>'
            f'<p class="phone-note"><strong>{html.escape(you)}</strong><br>'
            f"{html.escape(persona.about.say(spoken))}</p>"
        )
        with st.form("ask", border=False):
            st.number_input(
                _("Amount (yuan)"), step=500, key=PREFIX + "amount", persist_state="session"
            )
            st.pills(
                pgettext("loan length", "Term (months)"),
                book.product.terms,
                required=True,
                key=PREFIX + "term_months",
                persist_state="session",
            )
            fields: tuple[tuple[str, str, tuple[str, ...]], ...] = (
                ("method", _("How to repay"), book.product.methods),
                ("purpose", _("What for"), tuple(choices.purpose)),
            )
            for name, label, options in fields:
                group = getattr(choices, name)
                st.selectbox(
                    label,
                    options,
                    format_func=partial(_label, group, spoken),
                    key=_worded(name),
                    persist_state="session",
                )
            _situation(persona, book)
            st.selectbox(
                _("The platform right now"),
                tuple(choices.incident),
                format_func=partial(_label, choices.incident, spoken),
                help=_("Switch a technical incident on and see what it does to your request."),
                key=_worded("incident"),
                persist_state="session",
            )
            st.form_submit_button(
                _("Send the request"),
                type="primary",
                width="stretch",
                icon=":material/send:",
                on_click=_send,
                args=(state.attempt("submit"),),
            )


def _worded(name: str) -> str:
    """The key of a choice whose options are words: one for each language.

    The browser sends such a choice back as the words it showed, which mean nothing once the
    language has changed; the code chosen is kept apart and carried over.
    """
    key = f"{PREFIX}{name}_{language()}"
    for other in LANGUAGES:
        if other != language():
            st.session_state.pop(f"{PREFIX}{name}_{other}", None)
    st.session_state.setdefault(key, st.session_state[PREFIX + name])
    return key


def _label(group: Mapping[str, Choice], spoken: Language, code: str) -> str:
    return group[code].label.say(spoken)


def _situation(persona: Persona, book: LenderBook) -> None:
    with st.expander(_("Identity and information"), icon=":material/badge:"):
        for name, label in (
            ("face", _("I did the live face check")),
            ("document", _("My identity document is valid")),
            ("phone", _("The phone number is in my own name")),
            ("card", _("The payout card is in my own name")),
            ("known_phone", _("I use my usual phone")),
            ("consent", _("The lender may read my credit report")),
        ):
            st.checkbox(label, key=PREFIX + name, persist_state="session")
        if persona.applicant.student:
            label = _("A parent has agreed in writing to repay if I cannot")
            st.checkbox(label, key=PREFIX + "second_source", persist_state="session")
        st.pills(
            _("Parts of the profile I filled in"),
            get_args(ProfileField),
            selection_mode="multi",
            format_func=partial(_label, book.choices.profile_field, language()),
            key=_worded("profile"),
            persist_state="session",
        )


def _ask() -> Ask:
    for name in WORDED:
        key = f"{PREFIX}{name}_{language()}"
        if key in st.session_state:
            st.session_state[PREFIX + name] = st.session_state[key]

    def given(name: str) -> object:
        return st.session_state.get(PREFIX + name)

    filled = st.session_state.get(PREFIX + "profile") or []
    missing = tuple(name for name in get_args(ProfileField) if name not in filled)
    return Ask(
        amount=str(given("amount")),
        term_months=int(str(given("term_months") or 0)),
        method=str(given("method")),
        purpose=str(given("purpose")),
        incident=str(given("incident")),
        face_check_done=bool(given("face")),
        document_valid=bool(given("document")),
        phone_in_own_name=bool(given("phone")),
        payout_card_in_own_name=bool(given("card")),
        credit_report_consent=bool(given("consent")),
        second_repayment_source=bool(given("second_source")),
        known_phone=bool(given("known_phone")),
        profile_fields_missing=missing,
    )


def _send(key: str) -> None:
    """Send with the key the button was drawn with: two clicks on one button are one request."""
    state.clear(ERROR)
    try:
        services().lending.submit(state.actor(), _ask(), key)
    except JiejianError as error:
        state.show(ERROR, error)
    else:
        state.done("submit")


def _app_answer(now: Seat, book: LenderBook) -> None:
    """What an ordinary app would say, blunt as they are, right under the button pressed."""
    if problem := state.shown(ERROR):
        errors.show(problem)
    sent = now.latest
    if sent is None:
        return
    look_inside = _("See what happened inside")
    with st.container(border=True, key="card_answer", gap="small"):
        st.html(
            '<p class="eyebrow">' + html.escape(_("An ordinary app would only say")) + f"</p>"
            f'<p class="app-says" role="status">{html.escape(_blunt(sent))}</p>'
            f'<p class="only-stacked"><a href="#inside">{html.escape(look_inside)}</a></p>'
        )
        for waiting in now.unresolved:
            st.button(
                _("Look up the outcome"),
                key=f"look_{waiting.id}",
                icon=":material/search:",
                type="primary",
                on_click=_look_up,
                args=(waiting.id,),
            )


def _blunt(sent: Sent) -> str:
    match sent.decision.outcome:
        case "approved":
            return _("“Congratulations! Your request was approved.”")
        case "approved_less":
            return _("“Your request was approved for a different amount.”")
        case "declined":
            return _("“You do not meet the requirements at this time.”")
        case "refer":
            return _("“Your request is being processed.”")
        case "step_up":
            return _("“Please verify your identity to continue.”")
        case "duplicate":
            return _("“Please do not submit again.”")
        case "retry_later":
            return _("“The system is busy. Please try again later.”")
        case "unknown":
            return _("“The request timed out.”")
        case "cool_down":
            return _("“Too many attempts. Please try again later.”")
        case "frozen":
            return _("“Your account is restricted for safety reasons.”")


def _look_up(request_id: str) -> None:
    lending = services().lending
    _write("look_up", lambda key: lending.look_up(state.actor(), request_id, key))


def _inside(now: Seat, book: LenderBook) -> None:
    sent = now.latest
    st.header(_("Inside the glass box"), anchor="inside")
    if sent is None:
        st.html(
            "<p>"
            + html.escape(
                _(
                    "Eight stages stand between you and the money. Send a request and watch it pass through them."
                )
            )
            + "</p>"
        )
        decision_view.glass_box(None, book)
        return
    request_view(sent, book, loan_taken=now.life.has_loan(sent.id))
    if now.life.offer_open(sent):
        _offer_buttons(sent)
    _journal(now)


def request_view(sent: Sent, book: LenderBook, loan_taken: bool) -> None:
    """One decided request: outcome, stages, notice or offer, and the truth behind a time-out."""
    decision_view.banner(sent.decision)
    if sent.looked_up and sent.behind:
        _revealed(sent)
    decision_view.glass_box(sent.decision, book)
    if sent.decision.reasons:
        decision_view.notice(sent.decision, book)
    shown: Decision = sent.decision
    if sent.looked_up and sent.behind and sent.behind.decision:
        shown = sent.behind.decision
        st.header(_("What the lender had decided meanwhile"), anchor=False)
        decision_view.banner(shown)
        if shown.reasons:
            decision_view.notice(shown, book)
    quote = services().lending.offer(sent.case, shown)
    if quote and shown.price:
        offer_view.offer(sent.case.request, shown.price, quote)
        if loan_taken:
            st.info(_("This loan was paid out in the story and now weighs on later requests."))


def _revealed(sent: Sent) -> None:
    behind = sent.behind
    if behind is None or not behind.arrived:
        st.success(
            _(
                "The look-up says: the request never arrived. Nothing was booked and you owe"
                " nothing. Now, and only now, it is safe to send it again."
            ),
            icon=":material/search_check:",
        )
    elif behind.decision and behind.decision.approved:
        st.warning(
            _(
                "The look-up says: it had arrived, was approved and paid out. Only the answer was"
                " lost. Had you sent it again elsewhere, you would now owe twice."
            ),
            icon=":material/search_check:",
        )
    else:
        st.info(
            _(
                "The look-up says: it had arrived and was not approved. Nothing was paid out, and"
                " sending it again unchanged would only add to the counter."
            ),
            icon=":material/search_check:",
        )


def _offer_buttons(sent: Sent) -> None:
    with st.container(horizontal=True, gap="small", key="offer_buttons"):
        for take, label, kind in (
            (True, _("Take the offer"), "primary"),
            (False, _("Walk away"), "secondary"),
        ):
            st.button(
                label,
                key=f"offer_{take}_{sent.id}",
                type=kind,  # type: ignore[arg-type]
                on_click=_answer_offer,
                args=(sent.id, take),
            )
    st.caption(_("An approval is no duty. Walking away costs nothing."))


def _answer_offer(request_id: str, take: bool) -> None:
    lending = services().lending
    _write("offer", lambda key: lending.answer_offer(state.actor(), request_id, take, key))


def _journal(now: Seat) -> None:
    count = len(now.life.sent)
    title = ngettext("{n} request in this life", "{n} requests in this life", count)
    with st.expander(title.format(n=count), icon=":material/history:"):
        for sent in reversed(now.life.sent[-20:]):
            name, _meaning = decision_view.outcome_words(sent.decision.outcome)
            st.page_link(
                navigation.REQUEST,
                label=f"{clock(sent.minute)} · {name}",
                query_params={"id": sent.id},
            )


def _persona_title(book: LenderBook, spoken: Language, code: str) -> str:
    return book.personas[code].title.say(spoken)


def _new_life(now: Seat, book: LenderBook) -> None:
    with st.expander(_("Change who you play, or start over"), icon=":material/restart_alt:"):
        st.selectbox(
            _("Who you play"),
            tuple(book.personas),
            format_func=partial(_persona_title, book, language()),
            key=f"new_persona_{language()}",
        )
        st.caption(_("A new simulated life starts on day 1. Past requests stay in My progress."))
        st.button(_("Start a new life"), key="start_life", on_click=_start_life)


def _start_life() -> None:
    lending = services().lending
    persona = str(st.session_state[f"new_persona_{language()}"])
    _write("start_life", lambda key: lending.start_life(state.actor(), persona, key))
    for name in [key for key in st.session_state if str(key).startswith(PREFIX)]:
        del st.session_state[name]
