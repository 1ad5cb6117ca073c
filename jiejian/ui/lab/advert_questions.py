"""What the advert leaves open, as boxes: what must be answered first, and what is assumed so far."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from jiejian.errors import InvalidInput
from jiejian.services.adverts import NUMBERS, PERCENTS, Told
from jiejian.ui import choices
from jiejian.ui.format import money, plain
from jiejian.ui.i18n import _, language
from jiejian.ui.lab import advert_words
from sandbox.adverts import Answers, Question

PREFIX = "lab_advert_answer_"
LONGEST = 60


def typed() -> dict[str, str]:
    """Every answer given so far, by code; "" where there is none."""
    return {code: choices.chosen(PREFIX + code) for code in Answers.model_fields}


def forget() -> None:
    """Drop the answers: they were about another advert."""
    for code in Answers.model_fields:
        choices.put(PREFIX + code, "")


def must(told: Told, sign: str) -> None:
    """The boxes without which nothing can be worked out; nothing is drawn if there are none."""
    questions = [q for q in told.truth.workings.questions if q.suggested is None]
    if questions:
        title = _("It must say this first")
        about = _("Without these the cost cannot be worked out. Ask the lender, or try a figure.")
        _card("must", title, about, questions, told, sign)


def assumed(told: Told, sign: str) -> None:
    """The boxes of what is assumed until the reader says otherwise."""
    questions = [q for q in told.truth.workings.questions if q.suggested is not None]
    if questions:
        title = _("We assumed this; change it")
        about = _("The advert is silent here. An empty box keeps the assumption.")
        _card("assumed", title, about, questions, told, sign)


def _card(
    name: str, title: str, about: str, questions: Sequence[Question], told: Told, sign: str
) -> None:
    with st.container(border=True, key=f"card_lab_advert_{name}", gap="small"):
        st.header(title, anchor=False)
        st.caption(about)
        _boxes(questions, told, sign)


def _boxes(questions: Sequence[Question], told: Told, sign: str) -> None:
    with st.grid(columns=2, min_column_width=240, gap="small"):
        for question in questions:
            with st.container(gap="xsmall"):
                _box(question, sign)
                if refused := told.refused.get(question.code):
                    st.error(_refusal(refused, sign), icon=":material/error:")
                why = advert_words.meanings().questions[question.code].why.say(language())
                st.caption(_markdown(why))


def _box(question: Question, sign: str) -> None:
    words = advert_words.meanings().questions[question.code]
    label = words.label.say(language())
    assumed = _("Please choose")
    if question.suggested is not None:
        value = advert_words.option_words(question.code, question.suggested, sign)
        assumed = _("Assumed: {value}").format(value=value)
    elif not question.options:
        assumed = _("Please fill in")
    key = PREFIX + question.code
    if question.options:
        options = {"": assumed} | {
            _code(question.code, option): advert_words.option_words(question.code, option, sign)
            for option in question.options
        }
        choices.choose(key, label, options, shape="select", first="")
    else:
        st.text_input(
            label,
            key=key,
            placeholder=assumed,
            max_chars=LONGEST,
            autocomplete="off",
            persist_state="session",
        )


def _code(question: str, option: Decimal | str) -> str:
    """An option as it would be typed."""
    if isinstance(option, str):
        return option
    value = option * 100 if question in PERCENTS else option
    return f"{value.normalize():f}"


def _markdown(text: str) -> str:
    return text.replace("$", "\\$")


def _refusal(error: InvalidInput, sign: str) -> str:
    """What to type instead; the box is right above."""
    low, high = error.details.get("low"), error.details.get("high")

    def limit(value: object) -> str:
        number = value if isinstance(value, Decimal) else Decimal(0)
        if error.field in PERCENTS:
            return f"{plain(number * 100)}%"
        if error.field in NUMBERS:
            return _markdown(advert_words.in_currency(money(number, cents=False), sign))
        return plain(number)

    match error.reason:
        case "too_small" if low:
            return _("Enter {low} or more.").format(low=limit(low))
        case "too_small":
            return _("Enter a number above zero.")
        case "too_large" if high:
            return _("Enter at most {high}.").format(high=limit(high))
        case "not_an_integer":
            return _("Enter a whole number, for example 12.")
        case "unknown_choice":
            return _("Choose one of the options offered.")
        case _:
            return _("Enter a number, for example 1000 or 1,200.50.")
