"""Expected errors in the reader's words, each saying what to do; unexpected ones get an id."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import streamlit as st

from jiejian import faults
from jiejian.errors import (
    ContentBroken,
    InvalidInput,
    JiejianError,
    NotAllowed,
    NotFound,
    StoreBusy,
    StoreTooNew,
    StoreUnreadable,
    StoreUnwritable,
    StreamDamaged,
    TooManyTries,
    VisitEnded,
)
from jiejian.services.built import services
from jiejian.ui import refusals, state
from jiejian.ui.format import money
from jiejian.ui.i18n import _
from jiejian.ui.rooms import refusals as room_refusals


@contextmanager
def explained() -> Iterator[None]:
    """Show an expected error in place of the rest of the block; the page around it goes on."""
    try:
        yield
    except JiejianError as error:
        show(error)


def show(error: JiejianError) -> None:
    """Draw an expected error where the reader is looking."""
    st.error(words(error), icon=":material/error:")
    if isinstance(error, StreamDamaged):
        st.button(_("Start a new record"), key="start_anew", on_click=_start_anew)


def _start_anew() -> None:
    with explained():
        services().progress.start_anew(state.actor())


def words(error: JiejianError) -> str:
    """What happened and what to do, in the reader's language."""
    match error:
        case InvalidInput():
            return _invalid(error)
        case NotAllowed(action="room.join" | "room.answer"):
            return _(
                "Whoever leads this workshop has taken you out of the room. If that was a mistake,"
                " speak to them: they can let you in again, with your answers."
            )
        case NotAllowed():
            return _("Your account may not do this. Sign in with one that may, or ask an operator.")
        case VisitEnded():
            return _("Somebody else uses this device now. Load the page again to go on.")
        case NotFound(kind="lesson"):
            return _("There is no lesson under this address. Choose one from the list of lessons.")
        case NotFound(kind="quiz"):
            return _("There is no quiz under this address. Open it from its lesson.")
        case NotFound(kind="symptom"):
            return _("There is no such message in the clinic. Type yours, or choose one below.")
        case NotFound(kind="myth"):
            return _("There is no such myth card. Here is the first one.")
        case NotFound(kind="certificate"):
            return _(
                "No certificate has this code. Compare it sign by sign with the paper; a learner"
                " who deletes their progress also withdraws their certificates."
            )
        case NotFound(kind="session"):
            return _("That sign-in had ended already.")
        case NotFound(kind="account"):
            return _("There is no such account any more.")
        case NotFound(kind="factor"):
            return _("That account has no second step any more.")
        case NotFound(kind="track"):
            return _("There is no such track. Choose one from the list of lessons.")
        case NotFound(kind="test"):
            return _("There is no test under this address. Open it from “My progress”.")
        case NotFound(kind="room"):
            return _("This workshop room is not there any more. Ask for the code on the screen.")
        case NotFound(kind="person"):
            return _("You are not in this room yet. Type the code on the screen to join.")
        case NotFound():
            return _("This is not among your records. It may belong to another device.")
        case ContentBroken():
            return _(
                "This question has a mistake in it and cannot be shown. Please tell your teacher."
            )
        case TooManyTries():
            wait = _("Too many tries. Please wait {seconds} seconds and try again.")
            return wait.format(seconds=error.wait_seconds)
        case StoreUnwritable():
            return _(
                "This could not be saved: the server's storage does not accept writing just now."
                " Nothing you had before is lost. Please tell whoever runs this site, and try"
                " again later."
            )
        case StoreBusy():
            return _("Somebody else is writing just now. Nothing is lost; please try again.")
        case StoreUnreadable() | StoreTooNew():
            return _(
                "Your record cannot be read by this server just now. It is untouched. Please tell"
                " whoever runs this site."
            )
        case StreamDamaged():
            return _(
                "Your record could not be read: its file is damaged. It was set aside, not"
                " deleted. Whoever runs this site may be able to restore it."
            )
        case _:
            return unexpected(error)


def unexpected(error: BaseException) -> str:
    """Log an error nobody foresaw and give the reader an id to quote."""
    message = _(
        "Something went wrong on our side. What you saved is safe. Reload the page; "
        "if it happens again, tell your teacher this code: {fault_id}"
    )
    return message.format(fault_id=faults.record(error, where="service"))


def _invalid(error: InvalidInput) -> str:
    low, high = error.details.get("low"), error.details.get("high")
    if error.field == "amount" and isinstance(low, Decimal) and isinstance(high, Decimal):
        message = _("Enter an amount from {low} to {high}, with at most two decimals.")
        return message.format(low=money(low, cents=False), high=money(high, cents=False))
    if (said := room_refusals.words(error)) is not None:
        return said
    match error.field, error.reason:
        case "term_months", _reason:
            return _("Choose one of the terms offered.")
        case "minutes", "life_too_long":
            return _("This simulated life has lasted 20 years. Start a new one below.")
        case "account", "own_account":
            return _("Ask another operator to disable your account: one must remain.")
        case "account", "own_factor":
            return _("Turn your own second step off with your password, above.")
        case "account", "own_password":
            return _("Change your own password with the current one, above.")
        case "factor", "offer_over":
            return _("This picture is too old. Set it up anew and scan the new one.")
        case "factor", "already_on":
            return _("The second step is on already. Turn it off first.")
        case "code", "wrong_code":
            return _(
                "These are not the digits the app shows now. Wait for the next ones; if they are"
                " refused again, look whether the phone sets its clock by itself."
            )
        case "name", "too_long":
            return _("Shorten the name to at most {n} characters.").format(n=error.details["most"])
        case "name", "unprintable":
            words = _(
                "These signs cannot be printed: {signs}. Write them in pinyin, or leave the name"
                " empty and write it by hand."
            )
            return words.format(signs=error.details["signs"])
        case "name", "not_issued_for":
            return _("This certificate was issued for another name. Make it again.")
        case "track", "incomplete":
            return _("Read every lesson and answer every question right first.")
        case "track", "too_many":
            words = _("You have {n} certificates of this track already. Use one of their names.")
            return words.format(n=error.details["most"])
        case "answer", "empty" | "missing":
            return _("Choose or enter an answer first.")
        case "answer", "unmatched":
            return _("Choose a match for every line first.")
        case "answer", "unplaced":
            return _("Put every step in its place first.")
        case "answer", "changed":
            return _("This question has just been rewritten. Here is the new one.")
        case "answer", "unknown_choice":
            return _("Choose from what is offered, please.")
        case "answer", _reason:
            return _("Enter a number, for example 120 or 1,200.50.")
        case _:
            return refusals.words(error.field, error.reason, error.details)
