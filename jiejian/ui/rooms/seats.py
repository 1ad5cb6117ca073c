"""What the four seats at the table are called."""

from __future__ import annotations

from jiejian.ui.i18n import _, pgettext
from sandbox.world import Seat


def seat_title(seat: Seat | None) -> str:
    """A seat, or everybody."""
    if seat is None:
        return _("Everybody")
    return {
        "borrower": pgettext("seat", "Borrower"),
        "operator": pgettext("seat", "Platform operator"),
        "risk": pgettext("seat", "Risk officer"),
        "project": pgettext("seat", "Project CFO"),
    }[seat]
