"""A prediction against the truth: dots on a line, and the same in a sentence."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal

from jiejian.content.workshops.blocks import PredictionBlock
from jiejian.services.rooms.tallies import Guesses
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.rooms import dots
from jiejian.ui.rooms.voice import Voice


def markup(found: Guesses, block: PredictionBlock, voice: Voice) -> str:
    """The guesses, their median and the truth, as HTML."""
    truth = found.truth
    said = voice.say(lambda: _("Truth: {value}").format(value=_value(truth, block)))
    why = f'<p class="fig-why">{voice.text(block.why)}</p>'
    median = found.median
    if median is None:
        none = voice.say(lambda: _("Nobody has guessed yet."))
        return f'<p class="fig-truth">{said}</p><p class="fig-note">{none}</p>{why}'
    middle = voice.say(
        lambda: _("Half guessed less, half more than {value}").format(value=_value(median, block))
    )
    line = dots.line(found.values, (truth, median))
    marks = (
        (
            "median",
            voice.main(lambda: _("Middle {value}").format(value=figure(median, block.places))),
            median,
        ),
        (
            "truth",
            voice.main(lambda: _("Truth {value}").format(value=figure(truth, block.places))),
            truth,
        ),
    )
    ends = (
        f'<p class="dot-ends" aria-hidden="true"><span>{figure(line.low, block.places)}</span>'
        f"<span>{figure(line.high, block.places)}</span></p>"
    )
    return (
        f'{dots.drawn(line, marks)}{ends}<p class="fig-truth">{said}</p>'
        f'<p class="fig-note">{middle}</p><p class="fig-note">{_close(found, block, voice)}</p>'
        f"{_beyond(line, voice)}{why}"
    )


def figure(value: Decimal, places: int) -> str:
    """A number with thousands separators and no trailing zeros."""
    pattern = "#,##0" + ("." + "#" * places if places else "")
    return format_decimal(value, pattern, locale="en")


def _value(value: Decimal, block: PredictionBlock) -> str:
    return f"{figure(value, block.places)} {block.unit.say(language())}"


def _close(found: Guesses, block: PredictionBlock, voice: Voice) -> str:
    guesses = len(found.values)

    def words() -> str:
        close = ngettext(
            "{close} of {n} guess within {within}% of the truth",
            "{close} of {n} guesses within {within}% of the truth",
            guesses,
        )
        return close.format(close=found.close, n=guesses, within=block.within)

    return voice.say(words)


def _beyond(line: dots.Line, voice: Voice) -> str:
    beyond = line.below + line.above
    if not beyond:
        return ""
    words = voice.say(
        lambda: ngettext(
            "{n} guess lies beyond the line", "{n} guesses lie beyond the line", beyond
        ).format(n=beyond)
    )
    return f'<p class="fig-note">{words}</p>'
