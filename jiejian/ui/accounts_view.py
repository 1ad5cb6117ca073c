"""For operators: inviting, the accounts of others, and the audit."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

import streamlit as st

from jiejian.errors import JiejianError
from jiejian.services.actor import STAFF_ROLES, Actor
from jiejian.services.built import services
from jiejian.services.identity.staff import StaffAccount
from jiejian.ui import state
from jiejian.ui.account_view import ERROR
from jiejian.ui.format import date, moment
from jiejian.ui.i18n import _
from jiejian.ui.labels import carried, chosen, plain_label
from jiejian.ui.staff_words import audited, duties, role
from jiejian.ui.tables import figures_table

INVITED = "invitation"
ROLE = "invited_role"
RESET = "reset_code"


def accounts(
    found: Sequence[StaffAccount], actor: Actor, with_factor: frozenset[str] = frozenset()
) -> None:
    """Invite, and the accounts there are; those in with_factor have a second factor."""
    st.header(_("Invite somebody"), anchor=False)
    with st.container(border=True, key="card_invite", gap="small"):
        words = {code: duties(code) for code in STAFF_ROLES}
        st.radio(
            _("What they will do"), STAFF_ROLES, format_func=words.__getitem__, key=carried(ROLE)
        )
        st.button(_("Make an invitation code"), key="invite", type="primary", on_click=_invite)
        if code := state.shown(INVITED):
            how = _(
                "Pass this code on to one person. They open /invitation on this site and type it."
                " It works once, within seven days, and is not shown again."
            )
            st.code(code, language=None)
            st.html(f"<p>{html.escape(how)}</p>")
    st.header(_("Accounts"), anchor=False)
    for account in found:
        _account(account, own=actor.is_self(account.id), factor=account.id in with_factor)


def _account(account: StaffAccount, *, own: bool, factor: bool) -> None:
    with st.container(border=True, key=f"card_staff_{account.id}", gap="xsmall"):
        st.html(f"<h3>{html.escape(account.name)}</h3>")
        facts = [role(account.role), _("since {day}").format(day=date(account.made))]
        if account.company:
            facts.append(_("by school or company account"))
        if account.disabled:
            facts.append(_("disabled"))
        if factor:
            facts.append(_("second step on"))
        st.html(f"<p>{html.escape(' · '.join(facts))}</p>")
        if own:
            return
        _help(account, factor=factor)


def _help(account: StaffAccount, *, factor: bool) -> None:
    """What an operator can do for or against another's account."""
    staff, factors = services().staff, services().factors
    if account.disabled:
        buttons = [(_("Open it again"), staff.enable, f"switch_{account.id}_True")]
    else:
        buttons = [(_("Disable"), staff.disable, f"switch_{account.id}_False")]
    if factor:
        words = _("Phone lost: switch the second step off")
        buttons.append((words, factors.lift, f"lift_{account.id}"))
    with st.container(horizontal=True, gap="small"):
        for words, call, key in buttons:
            label = plain_label(f"{words}: {account.name}")
            st.button(label, key=key, on_click=_switch, args=(call, account.id))
        if not account.disabled:
            forgotten = _("Password forgotten: make a reset code")
            label = plain_label(f"{forgotten}: {account.name}")
            st.button(label, key=f"reset_{account.id}", on_click=_reset, args=(account.id,))
    made = state.shown(RESET)
    if made and made[0] == account.id:
        how = _(
            "Make sure that it is really they who ask, then pass this code on. They open /reset on"
            " this site and set a new password. It works once, within 24 hours, and is not shown"
            " again."
        )
        st.code(made[1], language=None)
        st.html(f"<p>{html.escape(how)}</p>")


def _switch(call: Callable[[Actor, str], None], account: str) -> None:
    try:
        call(state.actor(), account)
    except JiejianError as error:
        state.show(ERROR, error)


def _reset(account: str) -> None:
    try:
        code = services().new_password.reset_code(state.actor(), account)
        state.show(RESET, (account, code))
    except JiejianError as error:
        state.show(ERROR, error)


def _invite() -> None:
    try:
        state.show(INVITED, services().staff.invite(state.actor(), chosen(ROLE) or ""))
    except JiejianError as error:
        state.show(ERROR, error)


def audit(actor: Actor) -> None:
    """What was done lately, once it is asked for: looking is noted too."""
    st.header(_("What was done"), anchor=False)
    with st.container(border=True, key="card_audit", gap="small"):
        words = _("Signing in, refused tries, exports and looking at lists. Kept for 180 days.")
        st.html(f"<p>{html.escape(words)}</p>")
        if not st.toggle(_("Show the latest"), key="audit_open"):
            return
        names = {known.id[:16]: known.name for known in services().staff.accounts(actor)}
        rows = [
            (
                audited(entry.action),
                _("done") if entry.outcome == "done" else _("refused"),
                names.get(entry.who, entry.who),
                role(entry.what) if entry.what in STAFF_ROLES else names.get(entry.what, ""),
                moment(entry.at),
                entry.address,
            )
            for entry in services().audit.newest(actor)
        ]
        columns = (_("What"), _("Result"), _("Who"), _("Whom"), _("When"), _("From"))
        st.html(figures_table(_("What was done"), columns, rows))
