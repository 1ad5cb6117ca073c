"""Why a room refuses something, and what to do, in the reader's words."""

from __future__ import annotations

from decimal import Decimal

from jiejian.errors import InvalidInput
from jiejian.ui.format import plain
from jiejian.ui.i18n import _


def words(error: InvalidInput) -> str | None:
    """What to do about a refusal of the rooms; None for one that is not theirs."""
    details = error.details
    match error.field, error.reason:
        case "name" | "message" | "guests" | "seat" | "seats", _reason:
            return _named(error)
        case "answer", "out_of_range":
            message = _("Enter a number from {low} to {high}.")
            return message.format(low=_figure(details["low"]), high=_figure(details["high"]))
        case "answer", "too_long" if "longest" in details:
            message = _("Shorten your answer to at most {n} characters.")
            return message.format(n=details["longest"])
        case "answer", "invisible":
            return _("Your answer holds signs nobody can see. Please type it again.")
        case "answer", "already_shown":
            return _("This answer stands as you gave it: it cannot be changed any more.")
        case "answer", "not_your_seat":
            return _("This is for another seat to decide. Watch what they choose.")
        case "code", "malformed":
            return _("A code has six letters and figures, for example K7P4QX. Please look again.")
        case "code", "unknown_code":
            return _(
                "No open room has this code. Compare it with the screen; it changes with every"
                " workshop and ends with it."
            )
        case "room", reason:
            return _room(reason)
        case "step", "passed":
            return _(
                "The room has moved on meanwhile, so this was not taken. Here is where it is now."
            )
        case "step", _reason:
            return _("This workshop has no such step. Choose one of its steps.")
        case "title", _reason:
            return _("Give the script a title.")
        case "file", "not_text":
            return _("This file is no text in UTF-8. Save the script as a YAML text file.")
        case "file", "too_many":
            message = _("You keep {most} scripts already. Delete one first.")
            return message.format(most=details["most"])
        case "rehearsal", reason:
            return _rehearsal(reason)
        case "to", _reason:
            return _("Choose whom it is for: everybody or one of the seats.")
        case "minutes", "out_of_range":
            message = _("Enter whole minutes from {low} to {high}.")
            return message.format(low=details["low"], high=details["high"])
        case _:
            return None


def _figure(value: object) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


def _rehearsal(reason: str) -> str:
    match reason:
        case "one_at_a_time":
            return _("Another rehearsal is running on this server. Try again in a few minutes.")
        case "not_reached":
            return _(
                "The bots cannot reach this server. Whoever runs it can rehearse on the command"
                " line: python -m jiejian.rehearse"
            )
        case _:
            return _("The rehearsal broke off. The reason is in the server's log; try again.")


def _room(reason: str) -> str:
    match reason:
        case "locked":
            return _("The door of this room is closed just now. Ask whoever leads the workshop.")
        case "too_many_open":
            return _("Close one of your open rooms first.")
        case "no_code":
            return _("No free code was found. Please try again.")
        case _:
            return _("This workshop is over: nothing more is taken. What you did is kept.")


def _named(error: InvalidInput) -> str | None:
    details = error.details
    match error.field, error.reason:
        case "name", "empty":
            return _("Type a name for this room, or take the one suggested.")
        case "name", "invisible":
            return _("The name holds signs nobody can see. Please type it again.")
        case "name", "markup":
            return _("Leave out signs like < > & $ in the name.")
        case "name", "no_letter":
            return _("Put at least one letter or figure into the name.")
        case "name", "taken":
            return _("Somebody in this room has this name already. Take another.")
        case "name", "not_on_list":
            return _("This name is not on the guest list. Choose yours from the list.")
        case "name", "unknown_account":
            return _("Nobody signs in by this name. Check how it is written.")
        case "message", "too_long":
            return _("Shorten the message to at most {n} characters.").format(n=details["most"])
        case "message", "invisible":
            return _("The message holds signs nobody can see. Please type it again.")
        case "message", _reason:
            return _("Type a message first.")
        case "guests", "too_many":
            return _("A guest list takes at most {n} names.").format(n=details["most"])
        case "guests", "taken":
            message = _("Line {line} of the guest list has a name that stands there already.")
            return message.format(line=details["line"])
        case "guests", _reason:
            message = _(
                "Line {line} of the guest list cannot be used: at most 20 letters, no signs like < >."
            )
            return message.format(line=details.get("line", ""))
        case "seat", _reason:
            return _("Choose one of the four seats.")
        case "seats", "not_of_script":
            return _("Whether there are seats is up to the script. Choose what it allows.")
        case _:
            return None
