"""Offers side by side under the learner's own plan: which is cheaper, and by how much."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from jiejian.errors import InvalidInput
from jiejian.services.built import services
from jiejian.services.total_price import FIELD
from jiejian.ui import errors
from jiejian.ui.downloads import table_downloads
from jiejian.ui.format import money
from jiejian.ui.i18n import _, language
from jiejian.ui.lab import compare_words as words
from jiejian.ui.lab import guess_first
from jiejian.ui.lab.compare_charts import charts
from jiejian.ui.lab.compare_form import KEY, TypedOffer, anew_button, head, offer_cards, plan_fields
from jiejian.ui.tables import figures_table
from sandbox.examples import ComparisonExample
from sandbox.loans.comparing import Comparison

EXERCISE = "four-month-choice"
_OFFER = re.compile(r"offers\.([0-9]+)\.(.+)")


def show() -> None:
    """The plan, the offers, then the answer; a guess comes first while it is the example."""
    example = next(iter(services().comparing.examples.values()))
    st.header(_("Which offer is cheaper for you?"), anchor=False)
    plan, beside = plan_fields()
    typed = offer_cards(example)
    offers = [(one.name, one.given, one.leaving) for one in typed]
    try:
        result = services().comparing.compare(offers, plan)
    except InvalidInput as error:
        _refused(error, typed, beside)
        anew_button()
        return
    for place, carried in enumerate(result.carried):
        ready = _ready(result, example, place)
        if place < len(example.offers) and not ready:
            typed[place] = typed[place].changed
        about = example.offers[place].about.say(language()) if ready else None
        head(typed[place], about, carried.agreed)
    if _is_example(result, example) and not guess_first.settled(EXERCISE):
        _guess(result, typed)
        return
    short = words.answer(result, [one.letter for one in typed])
    beside.html(f'<p class="app-says">{html.escape(short)}</p>')
    _answer(result, typed, guessed=_is_example(result, example))
    anew_button()


def _refused(error: InvalidInput, typed: Sequence[TypedOffer], beside: DeltaGenerator) -> None:
    """What cannot be used, said in the offer's own card and where the answer would stand."""
    matched = _OFFER.fullmatch(error.field)
    at = int(matched[1]) if matched else None
    for place, one in enumerate(typed):
        head(one, None, None)
        if matched and place == at:
            inner = InvalidInput(matched[2], error.reason, **error.details)
            one.head.error(errors.words(inner), icon=":material/error:")
    if matched and at is not None:
        mend = _("There is no answer yet: something in {offer} cannot be used. See its card.")
        beside.warning(mend.format(offer=typed[at].letter), icon=":material/edit:")
    else:
        beside.error(errors.words(error), icon=":material/error:")


def _guess(result: Comparison, typed: Sequence[TypedOffer]) -> None:
    best = result.ranking.best[0] if result.ranking else 0
    question = _("{plan}: which one costs you less, all in all?")
    guess_first.choose(
        EXERCISE,
        question.format(plan=words.plan_words(result.carried[0].plan)),
        {place: one.title for place, one in enumerate(typed, start=1)},
        best + 1,
    )


def _answer(result: Comparison, typed: Sequence[TypedOffer], *, guessed: bool) -> None:
    letters = [one.letter for one in typed]
    titles = [one.title for one in typed]
    with st.container(border=True, key="card_lab_compared", gap="small"):
        if guessed:
            _told(letters)
        st.html(
            f'<p class="app-says" role="status">{html.escape(words.answer(result, letters))}</p>'
            + _bars(result, titles)
            + _list(words.reasons(result, letters))
        )
        notes = words.caveats(result, letters)
        early = result.carried[0].plan.kind == "repay"
        if early and (vague := [one.letter for one in typed if FIELD in one.given]):
            notes.append(words.total_only(vague))
        if notes:
            st.html(_list(notes, "caveats"))
    charts(result, titles, letters)
    columns, rows = words.table(result, letters)
    with st.expander(_("Every figure side by side"), icon=":material/table_rows:"):
        st.html(figures_table(_("The offers side by side"), columns, rows))
        table_downloads(f"{KEY}_table", "offers-compared", columns, rows)
    with st.expander(_("How these figures are worked out"), icon=":material/calculate:"):
        st.html("".join(f"<p>{html.escape(line)}</p>" for line in words.formulas(result, letters)))


def _told(letters: Sequence[str]) -> None:
    """What the guess was and whether it was right, in the visit in which it was made."""
    made = guess_first.made(EXERCISE) if guess_first.fresh(EXERCISE) else None
    if made is None:
        return
    guess, right = letters[int(made.guess) - 1], made.off == 0
    if right:
        text = _("You guessed {offer}, and so it is.")
    else:
        text = _("You guessed {offer}. Its advert shows the smaller number; look at what is due.")
    css = "verdict-right" if right else "verdict-wrong"
    st.html(f'<p class="verdict {css}">{html.escape(text.format(offer=guess))}</p>')


def _bars(result: Comparison, titles: Sequence[str]) -> str:
    """Each offer's total cost with a bar as long as its share of the dearest one."""
    best = result.decisive.best if result.decisive and result.ranking else ()
    lines = []
    chip = f' <span class="chip chip-passed">{html.escape(words.cheapest())}</span>'
    for place, (title, one, share) in enumerate(
        zip(titles, result.carried, words.share_of_dearest(result), strict=True)
    ):
        won = place in best and len(best) < len(titles)
        mark = chip if won else ""
        lines.append(
            f'<li class="bar-{place}"><p><span>{html.escape(title)}{mark}</span>'
            f"<strong>{html.escape(money(one.cost))}</strong></p>"
            f'<div class="bar" style="width:{share}%"></div></li>'
        )
    label = html.escape(_("Total cost"))
    return f'<p class="bars-label">{label}</p><ul class="costbars">{"".join(lines)}</ul>'


def _list(lines: Sequence[str], css: str = "whys") -> str:
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f'<ul class="{css}">{items}</ul>' if items else ""


def _ready(result: Comparison, example: ComparisonExample, place: int) -> bool:
    """Whether the offer in this place is still the example's, so that its advert still fits."""
    if place >= len(example.offers):
        return False
    ready, candidate = example.offers[place], result.carried[place].candidate
    return (
        candidate.offer.model_dump() == ready.offer.model_dump()
        and candidate.leaving == ready.leaving
    )


def _is_example(result: Comparison, example: ComparisonExample) -> bool:
    same = len(result.carried) == len(example.offers)
    plan = result.carried[0].plan
    return (
        same
        and plan.kind == example.plan.kind
        and plan.after_months == example.plan.after_months
        and all(_ready(result, example, place) for place in range(len(example.offers)))
    )
