"""The journal of this life's requests, two of them held against each other, and the goals."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.lending import Comparison, Seat
from jiejian.ui import navigation
from jiejian.ui.borrow import words as say
from jiejian.ui.decision_view import outcome_words
from jiejian.ui.format import clock, money
from jiejian.ui.i18n import _, language, ngettext, pgettext
from sandbox.lender.book import LenderBook
from sandbox.lender.seatwords import SeatWords

SHOWN = 20


def journal(now: Seat) -> None:
    """Every request of this life, each to be opened; the last two to be compared."""
    sent = now.life.sent
    if not sent:
        return
    title = ngettext("{n} request in this life", "{n} requests in this life", len(sent))
    with st.expander(title.format(n=len(sent)), key="fold_journal", icon=":material/history:"):
        for entry in reversed(sent[-SHOWN:]):
            name, _meaning = outcome_words(entry.decision.outcome)
            amount = money(entry.case.request.amount, cents=False)
            st.page_link(
                navigation.REQUEST,
                label=f"{clock(entry.minute)} · {amount} · {name}",
                query_params={"id": entry.id},
            )
        if len(sent) > 1:
            st.page_link(
                navigation.REQUEST,
                label=_("Compare the last two"),
                icon=":material/compare_arrows:",
                query_params={"id": sent[-2].id, "with": sent[-1].id},
            )


def goals(now: Seat, words: SeatWords) -> None:
    """Things worth having seen; no points, no clock."""
    done = len(now.goals & words.goals.keys())
    title = _("Try to break it: {done} of {n} seen").format(done=done, n=len(words.goals))
    with st.expander(title, key="fold_goals", icon=":material/flag:"):
        items = []
        for name, goal in words.goals.items():
            met = name in now.goals
            text = goal.learnt if met else goal.hint
            mark = pgettext("goal", "Seen") if met else _("Not yet")
            items.append(
                f'<li class="goal{" goal-met" if met else ""}"><p class="goal-title">'
                f"{html.escape(goal.title.say(language()))}"
                f' <span class="chip chip-{"passed" if met else "not_reached"}">'
                f"{html.escape(mark)}</span></p>"
                f"<p>{html.escape(text.say(language()))}</p></li>"
            )
        st.html(f'<ul class="goals">{"".join(items)}</ul>')


def comparison(found: Comparison, book: LenderBook, words: SeatWords) -> None:
    """Two requests side by side: what was different, and what came of it."""
    spoken = language()
    head = "".join(
        f'<th scope="col">{html.escape(text)}</th>'
        for text in ("", clock(found.first.sent.minute), clock(found.second.sent.minute))
    )
    outcomes = [outcome_words(outcome)[0] for outcome in found.outcome.outcomes]
    rows = [(_("Result"), *outcomes)]
    regimes = [
        book.regimes[name].title.say(spoken) if name in book.regimes else name
        for name in found.outcome.regimes
    ]
    if regimes[0] != regimes[1]:
        rows.append((_("Set of rules"), *regimes))
    rows += [
        (
            words.facts[shift.fact.path].label.say(spoken),
            say.fact(book, words, shift.fact.path, shift.before),
            say.fact(book, words, shift.fact.path, shift.after),
        )
        for shift in found.facts
        if shift.fact.path in words.facts
    ]
    body = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th>'
        f"<td>{html.escape(before)}</td><td>{html.escape(after)}</td></tr>"
        for name, before, after in rows
    )
    label = html.escape(_("What was different"))
    st.html(
        f'<div class="table-scroll" role="region" aria-label="{label}" tabindex="0">'
        f'<table class="figures compared"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
    changed = [
        pair for pair in found.outcome.checks if _verdict(pair.before) != _verdict(pair.after)
    ]
    if changed:
        st.header(_("Checks that came out differently"), anchor=False)
        items = "".join(
            f"<li>{html.escape(_check_line(pair.rule, pair.before, pair.after, book))}</li>"
            for pair in changed
        )
        st.html(f"<ul>{items}</ul>")


def _verdict(check: object) -> str:
    return str(getattr(check, "status", "not_reached"))


def _check_line(rule_id: str, before: object, after: object, book: LenderBook) -> str:
    rule = book.rule(rule_id)
    names = {
        "passed": _("Passed"),
        "cleared": _("Cleared"),
        "reduced": _("Reduced"),
        "tripped": _("Tripped"),
        "not_reached": _("Not reached"),
    }
    title = rule.title.say(language()) if rule else rule_id
    return f"{title}: {names[_verdict(before)]} → {names[_verdict(after)]}"
