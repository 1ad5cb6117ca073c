"""Roles and what the audit notes, in the reader's words."""

from __future__ import annotations

from jiejian.ui.i18n import N_, _, pgettext

AUDITED = {
    "staff.signin": N_("Signed in"),
    "staff.signout": N_("Signed out"),
    "session.end": N_("Ended a sign-in on another device"),
    "staff.join": N_("Used an invitation code"),
    "staff.invite": N_("Made an invitation"),
    "staff.list": N_("Looked at the accounts"),
    "staff.disable": N_("Disabled an account"),
    "staff.enable": N_("Opened an account again"),
    "company.signin": N_("Signed in with a school or company account"),
    "company.account": N_("First sign-in of a school or company account"),
    "company.role": N_("Role changed by the school or company"),
    "password.change": N_("Changed the own password"),
    "password.reset": N_("Made a reset code"),
    "password.renew": N_("Used a reset code"),
    "factor.on": N_("Turned the own second step on"),
    "factor.off": N_("Turned the own second step off"),
    "factor.lift": N_("Switched somebody's second step off"),
    "factor.signin": N_("Second step of signing in"),
    "factor.backup": N_("Used a backup code"),
    "audit.read": N_("Looked at this list"),
    "nickname.signin": N_("A learner came back by nickname"),
    "record.export": N_("Downloaded a learner's own record"),
    "record.delete": N_("Deleted a learner's own record"),
    "room.look": N_("Looked at the people of a workshop"),
    "room.delete": N_("Deleted a workshop"),
}


def role(code: str) -> str:
    """A role's name."""
    names = {
        "educator": pgettext("role", "Educator"),
        "organizer": pgettext("role", "Organizer"),
        "operator": pgettext("role", "Operator"),
    }
    return names.get(code, code)


def duties(code: str) -> str:
    """What somebody with this role does."""
    words = {
        "educator": _("Educator: teaches with this site"),
        "organizer": _("Organizer: prepares and runs workshops"),
        "operator": _("Operator: invites others and runs this site"),
    }
    return words[code]


def audited(action: str) -> str:
    """What was done; an action of a later version is shown by its code."""
    return _(AUDITED[action]) if action in AUDITED else action
