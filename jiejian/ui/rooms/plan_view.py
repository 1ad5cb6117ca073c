"""Ready scripts as cards, and a script's whole plan for whoever leads it."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping

import streamlit as st

from jiejian.content.workshops.blocks import Block, DebriefBlock, DecisionBlock, PredictionBlock
from jiejian.content.workshops.script import Script
from jiejian.services.built import services
from jiejian.ui.folds import fold
from jiejian.ui.i18n import _, html_tag, language, ngettext
from jiejian.ui.rooms.seats import seat_title
from jiejian.ui.rooms.step_words import kind, question
from jiejian.ui.rooms.tally_guesses import figure
from sandbox.text import Text


def cards(scripts: Mapping[str, Script], begin: Callable[[str], None] | None) -> None:
    """Every script by its name; begin is called with that of the one to open a room for."""
    with st.grid(columns=2, min_column_width=320, gap="medium"):
        for name, script in scripts.items():
            with st.container(border=True, key=f"card_script_{name}", gap="small"):
                st.html(_head(script))
                if begin is not None:
                    st.button(
                        _("Open a room"),
                        key=f"begin_{name}",
                        type="primary",
                        icon=":material/meeting_room:",
                        on_click=begin,
                        args=(name,),
                    )
                with fold(f"plan_{name}", _("The whole plan"), ":material/list_alt:") as open_:
                    if open_:
                        st.html(plan(script))


def level(code: str) -> str:
    """For whom a script is."""
    words = {
        "beginner": _("for beginners"),
        "intermediate": _("for those who know the basics"),
        "advanced": _("for the advanced"),
    }
    return words.get(code, code)


def facts(script: Script) -> str:
    """Minutes, level, steps and seats, in a line."""
    parts = [
        ngettext("{n} minute", "{n} minutes", script.minutes).format(n=script.minutes),
        level(script.level),
        ngettext("{n} step", "{n} steps", len(script.steps)).format(n=len(script.steps)),
    ]
    if script.seats == "four":
        parts.append(_("four seats"))
    return " · ".join(parts)


def _head(script: Script) -> str:
    aims = "".join(f"<li>{_say(aim)}</li>" for aim in script.objectives)
    label = html.escape(_("What people can do afterwards"))
    return (
        f'<h2 class="plan-title">{_say(script.title)}</h2>'
        f'<p class="plan-facts">{html.escape(facts(script))}</p><p>{_say(script.about)}</p>'
        f'<p class="plan-label">{label}</p>'
        f'<ul class="plan-aims">{aims}</ul>'
    )


def plan(script: Script) -> str:
    """What to prepare, the handouts, and every step with what to say and expect, as HTML."""
    return (
        f'<div class="plan-whole">{_prepare(script)}{handouts(script)}'
        f'<ol class="plan-steps">{"".join(_step(step) for step in script.steps)}</ol></div>'
    )


def _prepare(script: Script) -> str:
    if not script.prepare:
        return ""
    items = "".join(f"<li>{_say(one)}</li>" for one in script.prepare)
    title = html.escape(_("Before you begin"))
    return f"<h3>{title}</h3><ul>{items}</ul>"


def handouts(script: Script) -> str:
    """Links to the printable lessons, with the notes for teachers."""
    links = [
        f'<li><a href="/print?id={html.escape(name)}&amp;lang={html_tag()[:2]}&amp;teach=1">'
        f"{html.escape(lesson.versions[language()].title)}</a></li>"
        for name in script.handouts
        if (lesson := services().library.lessons.get(name)) is not None
    ]
    if not links:
        return ""
    title = html.escape(_("Handouts to print"))
    return f"<h3>{title}</h3><ul>{''.join(links)}</ul>"


def _step(step: Block) -> str:
    minutes = ngettext("{n} minute", "{n} minutes", step.minutes).format(n=step.minutes)
    return (
        f"<li><h3>{_say(step.title)}</h3>"
        f'<p class="plan-facts">{html.escape(kind(step))} · {html.escape(minutes)}</p>'
        f"{notes(step)}</li>"
    )


def notes(step: Block) -> str:
    """What is asked, what to say, what to expect, as HTML."""
    asked = question(step)
    parts = [_line(_("Asked"), asked), _line(_("Say"), step.say), _line(_("Expect"), step.expect)]
    match step:
        case PredictionBlock():
            truth = step.truth.value({}, services().library.compute)
            words = f"{figure(truth, step.places)} {step.unit.say(language())}"
            parts.append(_worded(_("Answer"), words))
            parts.append(_line(_("Why"), step.why))
        case DecisionBlock():
            parts += [
                _worded(seat_title(seat), dilemma.question.say(language()))
                for seat, dilemma in step.seats.items()
            ]
        case DebriefBlock():
            questions = "".join(f"<li>{_say(one)}</li>" for one in step.questions)
            label = html.escape(_("Ask"))
            parts.append(f'<dt>{label}</dt><dd><ul class="plan-aims">{questions}</ul></dd>')
        case _:
            pass
    return f'<dl class="plan-notes">{"".join(parts)}</dl>'


def _line(label: str, words: Text | None) -> str:
    return _worded(label, words.say(language())) if words else ""


def _worded(label: str, words: str) -> str:
    return f"<dt>{html.escape(label)}</dt><dd>{html.escape(words)}</dd>"


def _say(words: Text) -> str:
    return html.escape(words.say(language()))
