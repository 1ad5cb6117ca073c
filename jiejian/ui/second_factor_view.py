"""The own account's safety: the password, and the second step at sign-in with its picture."""

from __future__ import annotations

import html

import segno
import streamlit as st

from jiejian.errors import JiejianError
from jiejian.services.built import services
from jiejian.services.identity.secondfactor import Offer, Standing
from jiejian.ui import errors, state
from jiejian.ui.format import date
from jiejian.ui.i18n import _, ngettext
from jiejian.ui.labels import paragraph

OFFER, BACKUP, ERROR = "factor_offer", "factor_backup", "factor_error"
CODE = "factor_code"
# A module of the picture is this many pixels; with the white border a phone needs around it.
SCALE, BORDER = 6, 4


def safety(standing: Standing | None) -> None:
    """The password's page, and the second step: off, being turned on, just on, or on."""
    st.header(_("Password and second step"), anchor=False)
    _link("/password", _("Change the password"))
    with st.container(border=True, key="card_second_step", gap="small"):
        title = _("A second step at sign-in")
        st.html(f"<h3>{html.escape(title)}</h3>")
        if problem := state.shown(ERROR):
            errors.show(problem)
            state.clear(ERROR)
        if standing is None:
            state.clear(BACKUP)
            offer = state.shown(OFFER)
            _being_turned_on(offer) if offer else _off()
        elif codes := state.shown(BACKUP):
            _just_on(codes)
        else:
            _on(standing)


def _off() -> None:
    paragraph(
        _(
            "Off. With it, signing in also takes six digits from an authenticator app on your phone,"
            " so that a stolen password alone opens nothing."
        )
    )
    st.button(_("Set it up"), key="factor_begin", type="primary", on_click=_begin)


def _being_turned_on(offer: Offer) -> None:
    paragraph(
        _(
            "1. Open an authenticator app on your phone (any that makes six-digit time-based codes)"
            " and scan this picture with it."
        )
    )
    image = segno.make_qr(offer.uri, error="m").png_data_uri(scale=SCALE, border=BORDER)
    words = _("QR code that holds the secret written below it")
    st.html(f'<p><img src="{image}" alt="{html.escape(words)}"></p>')
    paragraph(_("Or type this secret into the app:"))
    grouped = " ".join(offer.secret[at : at + 4] for at in range(0, len(offer.secret), 4))
    st.code(grouped, language=None, wrap_lines=True)
    paragraph(_("2. Type the six digits the app now shows."))
    with st.form("factor_confirm", border=False):
        st.text_input(_("Six-digit code"), key=CODE, max_chars=20, autocomplete="one-time-code")
        st.form_submit_button(_("Turn it on"), type="primary", on_click=_confirm)
    st.button(_("Leave it off"), key="factor_cancel", on_click=state.clear, args=(OFFER,))


def _just_on(codes: tuple[str, ...]) -> None:
    paragraph(_("It is on. Now keep these backup codes, on paper or in a password manager."))
    paragraph(
        _(
            "Each opens your account once when the phone is not at hand. They are shown this one"
            " time only."
        )
    )
    st.code("\n".join(codes), language=None)
    st.button(
        _("I have kept them"),
        key="factor_kept",
        type="primary",
        on_click=state.clear,
        args=(BACKUP,),
    )


def _on(standing: Standing) -> None:
    left = ngettext(
        "On since {day}. {n} backup code is left.",
        "On since {day}. {n} backup codes are left.",
        standing.backup_left,
    )
    paragraph(left.format(day=date(standing.since), n=standing.backup_left))
    paragraph(_("For a new phone or new backup codes, turn it off and set it up again."))
    _link("/second-step-off", _("Turn it off"))


def _link(address: str, words: str) -> None:
    st.html(f'<p><a href="{address}">{html.escape(words)}</a></p>')


def _begin() -> None:
    try:
        state.show(OFFER, services().factors.offer(state.actor()))
    except JiejianError as error:
        state.show(ERROR, error)


def _confirm() -> None:
    code = str(st.session_state.get(CODE, ""))
    st.session_state[CODE] = ""
    try:
        state.show(BACKUP, services().factors.confirm(state.actor(), code))
        state.clear(OFFER)
    except JiejianError as error:
        state.show(ERROR, error)
