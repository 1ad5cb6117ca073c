"""Workshops: the ready scripts, opening a room in a minute, and the rooms one has led."""

import streamlit as st

from jiejian.services.built import services
from jiejian.services.permissions import allowed
from jiejian.ui import account_view, frame, navigation, state
from jiejian.ui.i18n import _
from jiejian.ui.labels import paragraph
from jiejian.ui.rooms import deeds, open_view, plan_view, rehearsal_view

actor = state.actor()
scripts = services().scripts.scripts
leads = allowed(actor, "room.open")
mine = services().own_scripts.mine(actor) if leads else ()
own = {script.key: script.script for script in mine if script.script is not None}
frame.head(
    _("Workshops"),
    _("Play it with a whole room"),
    _(
        "One leads from a laptop and a projector, everybody else takes part on their own phone: no"
        " account, no internet, about 45 minutes."
    ),
)
open_view.go_in()
name = str(state.shown(open_view.SCRIPT))
wanted = scripts.get(name) or own.get(name)
if not leads:
    paragraph(
        _(
            "Leading a workshop needs an account; taking part needs none. The first account is made"
            " with the set-up code that the server prints when it starts for the first time; every"
            " other one with an invitation from an operator of this site."
        )
    )
    account_view.ways_in()
    if live := navigation.target("live"):
        st.page_link(live, label=_("Take part with a code"), icon=":material/login:")
    plan_view.cards(scripts, None)
else:
    if wanted is not None:
        open_view.form(wanted)
    else:
        deeds.problem()
    rehearsal_view.rehearsal(wanted)
    open_view.rooms(services().opening.mine(actor))
    st.header(_("Ready scripts"), anchor=False)
    plan_view.cards({n: s for n, s in scripts.items() if s is not wanted}, open_view.begin)
    st.header(_("My own scripts"), anchor=False)
    plan_view.cards({n: s for n, s in own.items() if s is not wanted}, open_view.begin)
    st.page_link(
        navigation.SCRIPT,
        label=_("Write, change or bring a script of my own"),
        icon=":material/edit_note:",
    )
