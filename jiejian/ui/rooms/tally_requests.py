"""A sandbox step: how the requests ended, why, what hammering cost, what was paid for the loans."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from jiejian.content.library import Library
from jiejian.content.workshops.blocks import SandboxBlock
from jiejian.services.built import services
from jiejian.services.rooms import tallies
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.tallies import HAMMERED, Requests
from jiejian.ui.decision_view import outcome_words
from jiejian.ui.format import percent
from jiejian.ui.i18n import _, ngettext
from jiejian.ui.rooms import dots
from jiejian.ui.rooms.bars import Row, bars
from jiejian.ui.rooms.voice import Voice

REASONS = 5
"""Reasons shown, those met by most people first."""


def markup(look: Look, block: SandboxBlock, library: Library, voice: Voice) -> str:
    """Figures, outcomes, reasons and costs as HTML."""
    found = tallies.tally(look, block, library)
    if not isinstance(found, Requests):
        return ""
    if not found.people:
        none = voice.say(lambda: _("Nobody has sent a request yet."))
        return f'<p class="fig-note">{none}</p>'
    outcomes = [
        Row(voice.say(partial(_outcome, code)), count)
        for code, count in sorted(found.outcomes.items(), key=lambda pair: -pair[1])
    ]
    head = voice.say(lambda: _("How the newest request of each person ended"))
    return (
        f'{_facts(found, voice)}<div class="fig-cols">'
        f"<section><h3>{head}</h3>{bars(outcomes, found.people, voice)}</section>"
        f"{_reasons(found, voice)}{_costs(found, voice)}</div>"
    )


def _outcome(code: str) -> str:
    return outcome_words(code)[0]  # type: ignore[arg-type]


def _facts(found: Requests, voice: Voice) -> str:
    shown = (
        (found.requests, voice.say(lambda: _("requests sent"))),
        (found.granted, voice.say(lambda: _("people approved"))),
        (
            found.hammered,
            voice.say(lambda: _("pressed {n} times or more without waiting").format(n=HAMMERED)),
        ),
        (found.restricted, voice.say(lambda: _("stopped or frozen for it"))),
    )
    items = "".join(
        f"<li><strong>{count}</strong> <span>{words}</span></li>" for count, words in shown
    )
    return f'<ul class="fig-facts">{items}</ul>'


def _reasons(found: Requests, voice: Voice) -> str:
    book = services().lending.book
    rows = [
        Row(voice.text(words.title), count)
        for code, count in list(found.reasons.items())[:REASONS]
        if (words := book.words(code)) is not None
    ]
    if not rows:
        return ""
    head = voice.say(lambda: _("What stopped them: people who met each reason"))
    return f"<section><h3>{head}</h3>{bars(rows, found.people, voice)}</section>"


def _costs(found: Requests, voice: Voice) -> str:
    """What the loans taken cost a year; the dots say how far apart the choices lie."""
    rates = sorted(rate * 100 for _amount, rate in found.costs)
    if not rates:
        return ""
    middle = (rates[(len(rates) - 1) // 2] + rates[len(rates) // 2]) / 2
    line = dots.line(rates, (middle,))
    marks = (
        ("median", voice.main(lambda: _("Middle {value}").format(value=_rate(middle))), middle),
    )
    head = voice.say(lambda: _("Interest a year of the loans taken"))
    words = voice.say(
        lambda: ngettext(
            "{n} loan, from {low} to {high}, the middle one {middle}",
            "{n} loans, from {low} to {high}, the middle one {middle}",
            len(rates),
        ).format(n=len(rates), low=_rate(rates[0]), high=_rate(rates[-1]), middle=_rate(middle))
    )
    return (
        f"<section><h3>{head}</h3>{dots.drawn(line, marks)}"
        f'<p class="fig-note">{words}</p></section>'
    )


def _rate(points: Decimal) -> str:
    return percent(points / 100, 1)
