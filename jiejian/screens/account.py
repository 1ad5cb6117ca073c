"""Account: where one is signed in; for operators, who else has an account and what was done."""

from jiejian.services.built import services
from jiejian.ui import account_view, accounts_view, frame, second_factor_view, state
from jiejian.ui.i18n import _
from jiejian.ui.staff_words import role

actor = state.actor()
account = services().staff.find(actor.account) if actor.account else None
if account is None:
    frame.head(
        _("Account"),
        _("For those who have signed in"),
        _("Learning needs no account. Whoever teaches or runs this site signs in first."),
    )
    account_view.ways_in()
else:
    frame.head(
        _("Account"),
        account.name,
        _("Signed in as {role}. Only you see this page.").format(role=role(account.role)),
    )
    account_view.sessions(services().sessions.sessions(actor))
    second_factor_view.safety(services().factors.standing(actor))
    if account.role == "operator":
        with_factor = services().factors.with_one(actor)
        accounts_view.accounts(services().staff.accounts(actor), actor, with_factor)
        accounts_view.audit(actor)
