"""What a shared event does, in words."""

from __future__ import annotations

from jiejian.services.built import services
from jiejian.ui.format import span
from jiejian.ui.i18n import _, language
from sandbox.world import Cue, Effect

SIGNS = {"trouble": "⚠", "rule": "§", "talk": "…", "recovery": "✓"}
"""A sign for each kind, so that colour never speaks alone."""


def effect_words(cue: Cue) -> str:
    """What it does to the world, in one sentence after the other."""
    joint = " " if language() == "en" else ""
    return joint.join(_parts(cue.effect)) or _("Words only; the platform stays as it is.")


def _parts(effect: Effect) -> list[str]:
    book = services().lending.book
    parts = []
    if effect.incident == "none":
        parts.append(_("The fault ends."))
    elif effect.incident is not None:
        label = book.choices.incident[effect.incident].label.say(language())
        parts.append(_("Requests meet a fault: {fault}.").format(fault=label))
    if effect.load_percent is not None:
        parts.append(_("Load goes to {n}%.").format(n=effect.load_percent))
    if effect.storm_percent:
        parts.append(
            _("Each request of the last minute adds {n}% more.").format(n=effect.storm_percent)
        )
    if effect.calms:
        parts.append(_("Load falls by {n}%.").format(n=effect.calms))
    if effect.left_minutes:
        parts.append(_("Announced to last {span}.").format(span=span(effect.left_minutes)))
    if effect.regime is not None and effect.regime in book.regimes:
        title = book.regimes[effect.regime].title.say(language())
        parts.append(_("Rules in force: {rules}.").format(rules=title))
    return parts
