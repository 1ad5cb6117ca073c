"""Borrowing anew to repay the old: a guess, then the month it collapses, then what to do instead."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from jiejian.errors import InvalidInput
from jiejian.services import typed_terms
from jiejian.services.affording import Rolled
from jiejian.services.built import services
from jiejian.ui import errors, navigation
from jiejian.ui.charts.burden import debt_and_lenders
from jiejian.ui.charts.card import chart_card
from jiejian.ui.charts.courses import courses
from jiejian.ui.i18n import _, language
from jiejian.ui.lab import guess_first
from jiejian.ui.lab import rolling_words as words
from jiejian.ui.lab.boxes import box
from jiejian.ui.tables import figures_table
from sandbox.examples import RollingExample
from sandbox.rolling import Story

KEY = "lab_rolling"
EXERCISE = "rolling-collapse"
AMOUNTS = ("income", "spending", "cash", "debt")


def show() -> None:
    """The household and who would lend; a guess first while it is the example."""
    example = next(iter(services().affording.examples.values()))
    boxes, answer = st.columns([5, 7], gap="medium")
    with boxes, st.container(border=True, key="card_lab_rolling", gap="small"):
        given = _fields(example)
        told = st.container()
    with answer:
        try:
            rolled = services().affording.roll(given)
        except InvalidInput as refused:
            with told:
                errors.show(refused)
            st.caption(_("The months appear here as soon as they can be worked out."))
            return
        ready = rolled.story.terms == example.terms
        if ready and rolled.story.collapse and not guess_first.settled(EXERCISE):
            guess_first.type_in(
                EXERCISE,
                words.question(rolled.story),
                _("In which month can an instalment no longer be paid?"),
                rolled.story.collapse.number,
            )
            return
        _answer(rolled, _names(example), guessed=ready)


def _fields(example: RollingExample) -> dict[str, object]:
    """The boxes, read out as the keys of `Rolling`."""
    terms = example.terms
    st.html(f"<p>{html.escape(example.about.say(language()))}</p>")
    given: dict[str, object] = {
        name: box(f"{KEY}_{name}", f"rolling.{name}", _text(getattr(terms, name)))
        for name in AMOUNTS
    }
    with st.expander(_("The first loan and the lenders"), icon=":material/tune:"):
        rate = _text(terms.debt_rate * 100)
        given["debt_rate"] = box(f"{KEY}_rate", "rolling.debt_rate", rate, typed_terms.percent)
        for name in ("debt_periods", "refusals_allowed"):
            first = str(getattr(terms, name))
            given[name] = box(f"{KEY}_{name}", f"rolling.{name}", first, typed_terms.whole)
        st.html(
            f"<p>{html.escape(words.lenders_note())}</p>"
            + figures_table(_("Who would lend"), *words.lenders(terms, _names(example)))
        )
    return {**given, "lenders": terms.lenders}


def _names(example: RollingExample) -> Mapping[str, str]:
    return {name: text.say(language()) for name, text in example.lenders.items()}


def _text(value: Any) -> str:
    return f"{value.normalize():f}"


def _answer(rolled: Rolled, names: Mapping[str, str], *, guessed: bool) -> None:
    story = rolled.story
    with st.container(border=True, key="card_lab_rolled", gap="small"):
        made = guess_first.made(EXERCISE) if guessed and guess_first.fresh(EXERCISE) else None
        if made is not None:
            css = "verdict-right" if made.off == 0 else ""
            st.html(f'<p class="verdict {css}">{html.escape(words.told(made))}</p>')
        st.html(
            f'<p class="app-says" role="status">{html.escape(words.ending(story))}</p>'
            + _list(words.why(story, names))
        )
    _instead(rolled)
    _charts(story, names)


def _instead(rolled: Rolled) -> None:
    """What helps, in the order in which to do it; kind, and without a promise."""
    with st.container(border=True, key="card_lab_instead", gap="small"):
        st.subheader(_("What to do instead"), anchor=False)
        st.html(_list(words.instead(rolled), ordered=True))
        st.page_link(
            navigation.CLINIC,
            label=_("“I cannot make the next payment”: the next steps, and whom to call"),
            icon=":material/stethoscope:",
            query_params={"id": "cannot-pay"},
        )
        st.page_link(
            navigation.LESSON,
            label=_("The lesson on borrowing to repay"),
            icon=":material/menu_book:",
            query_params={"id": "borrowing-to-repay"},
        )


def _charts(story: Story, names: Mapping[str, str]) -> None:
    columns, rows = words.months(story)
    chart_card(
        f"{KEY}_debt",
        _("What is owed; the number on each bar is how many lenders"),
        debt_and_lenders(language(), story),
        words.debt_summary(story),
        columns,
        rows,
        name="debt-by-month",
    )
    due, left = _("Instalments due"), _("Left for them after living costs")
    paths = {
        due: [month.due for month in story.months],
        left: [month.income - month.spending for month in story.months],
    }
    chart_card(
        f"{KEY}_due",
        _("What falls due each month, and what there is to pay it with"),
        courses(language(), _("Month"), _("Yuan"), paths),
        words.due_summary(story),
        (_("Month"), due, left),
        tuple(
            (month, *column)
            for month, column in enumerate(zip(*paths.values(), strict=True), start=1)
        ),
        name="due-by-month",
    )
    if story.loans or story.collapse:
        _who_lent(story, names)
    with st.expander(_("How these figures are worked out"), icon=":material/calculate:"):
        st.html("".join(f"<p>{html.escape(line)}</p>" for line in words.formulas(story)))


def _who_lent(story: Story, names: Mapping[str, str]) -> None:
    columns, rows = words.loans(story, names)
    refused = _list(words.refusals(story, names))
    with st.expander(_("Every new loan and every refusal"), icon=":material/table_rows:"):
        st.html(figures_table(_("New loans"), columns, rows) + refused)


def _list(lines: Sequence[str], *, ordered: bool = False) -> str:
    kind = "ol" if ordered else "ul"
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f'<{kind} class="whys">{items}</{kind}>' if items else ""
