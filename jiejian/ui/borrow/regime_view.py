"""The rules in force: switch to another regime and see the same request under it."""

from __future__ import annotations

import html
from functools import partial

import streamlit as st

from jiejian.services.built import services
from jiejian.services.lending import Seat
from jiejian.ui import state
from jiejian.ui.borrow.doing import write
from jiejian.ui.decision_view import outcome_words
from jiejian.ui.format import money, percent
from jiejian.ui.i18n import _, language
from sandbox.lender.book import LenderBook
from sandbox.lender.difference import Difference
from sandbox.text import Language

REGIME = "regime"


def regimes(now: Seat, book: LenderBook) -> None:
    """Choose the rules; below, what they would have made of the newest request."""
    spoken = language()
    wished = st.query_params.get(REGIME)
    if wished in book.regimes:
        st.query_params.pop(REGIME)
        _switch(str(wished))
        st.rerun(scope="app")
    with st.expander(
        _("The rules in force"),
        key="fold_regimes",
        icon=":material/gavel:",
        expanded=now.life.regime != "baseline",
    ):
        key = f"regime_{spoken}_{now.life.regime}"
        st.radio(
            _("Set of rules"),
            tuple(book.regimes),
            index=list(book.regimes).index(now.life.regime)
            if now.life.regime in book.regimes
            else 0,
            format_func=partial(_title, book, spoken),
            key=key,
            on_change=lambda: _switch(str(st.session_state[key])),
        )
        chosen = book.regimes.get(now.life.regime)
        if chosen:
            st.html(f'<p class="muted">{html.escape(chosen.about.say(spoken))}</p>')
        sent = now.latest
        changed = services().lending.under_present_rules(now, sent) if sent else None
        if changed:
            st.html(_difference(changed, book))


def _title(book: LenderBook, spoken: Language, code: str) -> str:
    return book.regimes[code].title.say(spoken)


def _switch(regime: str) -> None:
    lending = services().lending
    write("regime", lambda key: lending.set_regime(state.actor(), regime, key))


def _difference(changed: Difference, book: LenderBook) -> str:
    before, after = (outcome_words(outcome)[0] for outcome in changed.outcomes)
    if changed.same:
        text = _("Your last request would get the same answer under these rules.")
        return f'<p role="status">{html.escape(text)}</p>'
    text = _("The same request, the same person. Before: {before}. Under these rules: {after}.")
    lines = [text.format(before=before, after=after)]
    if changed.amounts[0] != changed.amounts[1] and None not in changed.amounts:
        amounts = [money(a, cents=False) for a in changed.amounts if a is not None]
        lines.append(
            _("Amount: {before}, now {after}.").format(before=amounts[0], after=amounts[1])
        )
    if changed.annual_rates[0] != changed.annual_rates[1] and None not in changed.annual_rates:
        rates = [percent(r) for r in changed.annual_rates if r is not None]
        lines.append(
            _("Yearly rate: {before}, now {after}.").format(before=rates[0], after=rates[1])
        )
    for code in changed.reasons_new:
        if found := book.under(changed.regimes[1]).words(code):
            lines.append(_("New reason: {reason}").format(reason=found.title.say(language())))
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return f'<div class="difference" role="status">{body}</div>'
