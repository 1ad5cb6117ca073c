"""What the seats are called."""

from __future__ import annotations

from jiejian.ui.i18n import _, pgettext
from sandbox.world import Seat


def seat_name(seat: Seat) -> str:
    """A seat at the table."""
    return {
        "borrower": pgettext("seat", "Borrower"),
        "operator": pgettext("seat", "Platform operator"),
        "risk": pgettext("seat", "Risk officer"),
        "project": pgettext("seat", "Project CFO"),
    }[seat]


def seat_about(seat: Seat) -> str:
    """What one does in that seat."""
    return {
        "borrower": _("You need the money."),
        "operator": _("You keep the platform running and tell people what is going on."),
        "risk": _("You decide who is stopped, and answer for it."),
        "project": _("Your project waits for the money; every day costs."),
    }[seat]
