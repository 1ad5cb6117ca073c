"""What the whole room sees, from eight metres: one sheet of HTML, redrawn when something happened."""

from __future__ import annotations

import html
from datetime import timedelta

import streamlit as st

from jiejian.content.workshops.blocks import (
    Block,
    CueBlock,
    DebriefBlock,
    DecisionBlock,
    LessonBlock,
    PollBlock,
    QuizBlock,
    SandboxBlock,
)
from jiejian.content.workshops.scriptbook import items_of
from jiejian.services.actor import Actor
from jiejian.services.built import services
from jiejian.services.rooms.attendance import asks
from jiejian.services.rooms.doorway import join_address, spoken
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.showing import results_on_screen
from jiejian.services.rooms.taking_part import pressed
from jiejian.services.rooms.tallies import progress
from jiejian.ui import state
from jiejian.ui.i18n import _, ngettext
from jiejian.ui.rooms import door_view, pulse, qr, step_words, tally_view
from jiejian.ui.rooms.effects import SIGNS
from jiejian.ui.rooms.seats import seat_title
from jiejian.ui.rooms.voice import Voice, voice
from sandbox.world import SEATS, Seat

NEWEST = 10
"""Names of those who came last."""
NEWS_FOR = timedelta(minutes=10)
"""How long an event stays in the banner once the room has gone on."""


def projector(actor: Actor, room_id: str) -> None:
    """Draw the room for everybody to see."""
    look = services().directing.look(actor, room_id)
    speaker = voice(str(st.query_params.get("lang", "")), look.room.language)
    pulse.drawn(room_id, _mark(look))
    st.html(sheet(look, speaker, _site(str(st.query_params.get("at", "")))))
    pulse.pulse(room_id, lambda: _mark(services().directing.look(state.actor(), room_id)))


def _mark(look: Look) -> object:
    return look.mark, look.work, pressed(look), int(look.now.timestamp() // 60)


def _site(wished: str) -> str | None:
    """The address chosen on the control view, if it is one of ours; else the likeliest."""
    sites = door_view.site().sites
    return wished if wished in sites else next(iter(sites), None)


def sheet(look: Look, speaker: Voice, site: str | None) -> str:
    """The whole picture as HTML."""
    room = look.room
    if room.is_closed(look.now):
        body = _end(speaker)
    elif room.at is None:
        body = _lobby(look, speaker, site)
    else:
        body = _top(look, speaker, site) + _news(look, speaker) + _step(look, room.at, speaker)
    lang = "zh-CN" if speaker.languages[0] == "zh" else "en"
    return f'<div class="projector" lang="{lang}">{body}</div>'


def _end(speaker: Voice) -> str:
    title = speaker.say(lambda: _("That was the workshop. Thank you!"))
    line = speaker.say(lambda: _("Your phone still shows what you did. Take it along."))
    return f'<div class="pj-middle"><h1>{title}</h1><p class="pj-lead">{line}</p></div>'


def _lobby(look: Look, speaker: Voice, site: str | None) -> str:
    room = look.room
    joined = len(room.present)
    count = speaker.say(
        lambda: ngettext("{n} person is here", "{n} people are here", joined).format(n=joined)
    )
    eyebrow = speaker.say(lambda: _("Workshop"))
    newest = [one.name for one in reversed(room.present)][:NEWEST]
    names = "".join(f"<li>{html.escape(name)}</li>" for name in newest)
    return (
        f'<div class="pj-lobby"><div><p class="pj-eyebrow">{eyebrow}</p>'
        f"<h1>{speaker.text(room.script.title)}</h1>{_how(look, speaker, site)}</div>"
        f'<div class="pj-qr">{_qr(look, site)}</div></div>'
        f'<div class="pj-here"><p class="pj-count">{count}</p><ul class="pj-names">{names}</ul></div>'
    )


def _how(look: Look, speaker: Voice, site: str | None) -> str:
    code = f'<span class="pj-code">{html.escape(look.room.code)}</span>'
    if look.room.locked:
        words = speaker.say(lambda: _("The door is closed just now."))
        return f'<p class="pj-lead">{words}</p>'
    if site is None:
        words = speaker.say(lambda: _("No network yet. Code:"))
        return f'<p class="pj-lead">{words}</p><p>{code}</p>'
    scan = speaker.say(lambda: _("Same Wi-Fi as this computer. Scan the code, or open"))
    then = speaker.say(lambda: _("and type"))
    address = html.escape(f"{spoken(site)}/live")
    return (
        f'<p class="pj-lead">{scan}</p><p class="pj-address">{address}</p>'
        f'<p class="pj-lead">{then}</p><p>{code}</p>'
    )


def _qr(look: Look, site: str | None) -> str:
    if site is None or look.room.locked:
        return ""
    return qr.picture(join_address(site, look.room.code), look.room.code)


def _top(look: Look, speaker: Voice, site: str | None) -> str:
    """A narrow strip: where we are, and the way in for those who come late."""
    room = look.room
    place = f"{room.step + 1} / {len(room.script.steps)}"
    paused = ""
    if room.stopped:
        words = speaker.say(lambda: _("Pause"))
        paused = f'<span class="pj-paused">{words}</span>'
    where = f"{html.escape(spoken(site))}/live · " if site else ""
    door = "" if room.locked else f"{where}<b>{html.escape(room.code)}</b>"
    return (
        f'<div class="pj-top"><span>{place} {paused}</span>'
        f'<span class="pj-door">{door}</span></div>'
    )


def _news(look: Look, speaker: Voice) -> str:
    """The newest shared event, while it is news."""
    room = look.room
    began = room.began or room.opened
    recent = [
        cue for cue in room.fired(look.now) if cue.at >= began or look.now - cue.at < NEWS_FOR
    ]
    at_hand = room.at.cue if isinstance(room.at, CueBlock) else ""
    found = [cue for cue in recent if cue.cue != at_hand][-1:]
    known = services().directing.cues.cues
    parts = []
    for fired in found:
        if (cue := known.get(fired.cue)) is None:
            continue
        whom = f" · {_seat(fired.to, speaker)}" if fired.to else ""
        title = speaker.text(cue.title)
        parts.append(
            f'<div class="pj-news pj-{cue.kind}"><span aria-hidden="true">{SIGNS[cue.kind]}</span>'
            f"<div>{title}{whom}</div></div>"
        )
    return "".join(parts)


def _seat(seat: Seat, speaker: Voice) -> str:
    return speaker.main(lambda: seat_title(seat))


def _step(look: Look, block: Block, speaker: Voice) -> str:
    shown = results_on_screen(look.room)
    other = [step for step in shown if step is not block]
    if isinstance(block, DebriefBlock):
        return _debrief(look, block, shown, speaker)
    if other:
        parts = "".join(_results(look, step, speaker, titled=True) for step in other)
        return f'<div class="pj-body">{parts}</div>'
    head = f'<p class="pj-eyebrow">{speaker.text(block.title)}</p>'
    if shown:
        # The question makes room for what the room said.
        return (
            f'<div class="pj-small">{_asked(block, speaker)}</div><div class="pj-body">'
            f"{_results(look, block, speaker)}</div>"
        )
    show = f'<p class="pj-lead">{speaker.text(block.show)}</p>' if block.show else ""
    return (
        f"{head}{_asked(block, speaker)}{show}"
        f'<div class="pj-body">{_before(look, block, speaker)}</div>{_foot(look, block, speaker)}'
    )


def _asked(block: Block, speaker: Voice) -> str:
    """The step's one sentence, as large as it can be; its title where it asks none."""
    asked = step_words.question(block)
    return f'<h1 class="pj-ask">{speaker.text(asked or block.title)}</h1>'


def _before(look: Look, block: Block, speaker: Voice) -> str:
    """What stands there until results are revealed."""
    match block:
        case PollBlock():
            return _list([speaker.text(option.text) for option in block.options])
        case DecisionBlock():
            return _list(
                [
                    f"<b>{_seat(seat, speaker)}</b> {speaker.text(block.seats[seat].question)}"
                    for seat in SEATS
                    if seat in block.seats
                ]
            )
        case QuizBlock():
            n = len(items_of(block, services().library))
            words = speaker.say(
                lambda: ngettext(
                    "{n} question on your phone", "{n} questions on your phone", n
                ).format(n=n)
            )
            return f'<p class="pj-lead">{words}</p>'
        case SandboxBlock():
            return _storm(look, speaker)
        case CueBlock():
            return _told(look, block, speaker)
        case LessonBlock():
            words = speaker.say(lambda: _("Read it on your phone."))
            return f'<p class="pj-lead">{words}</p>'
        case _:
            return ""


def _storm(look: Look, speaker: Voice) -> str:
    """The load everybody makes together, while pressing again makes it worse."""
    world = look.room.world(look.now)
    if not world.storm_percent:
        return ""
    presses = pressed(look)
    load = world.platform(presses).load_percent
    words = speaker.say(
        lambda: _("Load of the platform {load}%: {n} requests in the last minute").format(
            load=load, n=presses
        )
    )
    return (
        f'<p class="pj-lead">{words}</p><span class="fig-track pj-load" aria-hidden="true">'
        f'<i style="width:{min(load, 100)}%"></i></span>'
    )


def _told(look: Look, block: CueBlock, speaker: Voice) -> str:
    """What happened; with seats each reads the own part on the phone."""
    cue = services().directing.cues.cues.get(block.cue)
    if cue is None:
        return ""
    if look.room.seats != "none":
        words = speaker.say(lambda: _("Your phone tells what your seat hears of it."))
        return f'<p class="pj-lead">{words}</p>'
    told = cue.tells.get("borrower")
    return f'<p class="pj-lead">{speaker.text(told)}</p>' if told else ""


def _debrief(look: Look, block: DebriefBlock, shown: tuple[Block, ...], speaker: Voice) -> str:
    questions = "".join(f"<li>{speaker.text(one)}</li>" for one in block.questions)
    # One picture at a time; the educator calls up the next.
    results = "".join(_results(look, step, speaker, titled=True) for step in shown[:1])
    beside = f'<div class="pj-body">{results}</div>' if results else ""
    css = "pj-debrief pj-two" if results else "pj-debrief"
    return (
        f'<h1 class="pj-ask">{speaker.text(block.title)}</h1>'
        f'<div class="{css}"><ol class="pj-questions">{questions}</ol>{beside}</div>'
    )


def _results(look: Look, block: Block, speaker: Voice, *, titled: bool = False) -> str:
    title = f"<h2>{speaker.text(step_words.question(block) or block.title)}</h2>" if titled else ""
    found = tally_view.markup(look, block, services().library, speaker, big=True)
    return f'<section class="pj-results">{title}<div class="figs figs-big">{found}</div></section>'


def _list(items: list[str]) -> str:
    return f'<ul class="pj-list">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def _foot(look: Look, block: Block, speaker: Voice) -> str:
    """How many are through, of how many."""
    if not asks(block):
        return ""
    counted = progress(look, block, services().library)
    percent = round(100 * counted.done / counted.people) if counted.people else 0
    words = speaker.say(
        lambda: _("{done} of {n} are through").format(done=counted.done, n=counted.people)
    )
    return (
        f'<div class="pj-foot"><p>{words}</p><span class="fig-track" aria-hidden="true">'
        f'<i style="width:{percent}%"></i></span></div>'
    )
