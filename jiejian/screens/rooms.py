"""Workshops: the ready scripts, opening a room in a minute, and the rooms one has led."""

from jiejian.services.built import services
from jiejian.services.permissions import allowed
from jiejian.ui import account_view, frame, state
from jiejian.ui.i18n import _
from jiejian.ui.labels import paragraph
from jiejian.ui.rooms import deeds, open_view, plan_view, rehearsal_view

actor = state.actor()
scripts = services().scripts.scripts
leads = allowed(actor, "room.open")
frame.head(
    _("Workshops"),
    _("Play it with a whole room"),
    _(
        "One leads from a laptop and a projector, everybody else takes part on their own phone: no"
        " account, no internet, about 45 minutes."
    ),
)
open_view.go_in()
wanted = scripts.get(str(state.shown(open_view.SCRIPT)))
if not leads:
    paragraph(
        _(
            "Leading a workshop needs an account; taking part needs none. The first account is made"
            " with the set-up code that the server prints when it starts for the first time; every"
            " other one with an invitation from an operator of this site."
        )
    )
    account_view.ways_in()
    plan_view.cards(scripts.values(), None)
else:
    if wanted is not None:
        open_view.form(wanted)
    else:
        deeds.problem()
    rehearsal_view.rehearsal(wanted)
    open_view.rooms(services().opening.mine(actor))
    others = [script for script in scripts.values() if script is not wanted]
    plan_view.cards(others, open_view.begin)
