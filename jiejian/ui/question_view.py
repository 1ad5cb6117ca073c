"""A question on the page: its scene, its options, how sure one is, and the button."""

from __future__ import annotations

import html
from collections.abc import Callable

import streamlit as st

from jiejian.content.items import CaseItem, MatchingItem, OrderingItem, TrapItem, TrippedItem
from jiejian.content.posing import Posed
from jiejian.content.questions import Multiple, Numeric, Single
from jiejian.services.given import Raw
from jiejian.services.question import Question
from jiejian.services.standing import CERTAINTIES, Certainty
from jiejian.ui import scene_view
from jiejian.ui.i18n import _, language
from jiejian.ui.labels import carried, chosen, paragraph, plain_label
from sandbox.text import Text

PREFIX = "answer_"
_CIRCLED = "①②③④⑤⑥⑦"

OnSubmit = Callable[[Question, str], None]


def ask(
    question: Question, key: str, on_submit: OnSubmit, label: str, *, sure: bool = True
) -> None:
    """The question and its button, which calls on_submit(question, key).

    sure: whether to ask how sure one is.
    """
    posed = question.at_hand
    name = PREFIX + question.name
    if isinstance(question.item, CaseItem):
        scene_view.story(question, question.item)
    stem = _say(posed, posed.item.stem)
    if isinstance(posed.item, Numeric):
        # A form, so that Enter sends the number.
        with st.form(f"form_{name}", border=False):
            paragraph(stem, "stem", focus=question.name)
            _number(posed.item, name)
            if sure:
                _certainty(name)
            _submit(question, key, on_submit, label, st.form_submit_button)
        return
    paragraph(stem, "stem", focus=question.name)
    _options(posed, name, stem)
    if sure:
        _certainty(name)
    _submit(question, key, on_submit, label, st.button)


def _submit(
    question: Question, key: str, on_submit: OnSubmit, label: str, button: Callable[..., bool]
) -> None:
    button(
        label,
        key=f"check_{question.name}",
        type="primary",
        width="stretch",
        on_click=on_submit,
        args=(question, key),
    )


def given(question: Question) -> Raw:
    """What is answered on the page just now, as the service takes it."""
    posed, name = question.at_hand, PREFIX + question.name
    item = posed.item
    if isinstance(item, Numeric):
        return str(st.session_state.get(name) or "")
    if isinstance(item, OrderingItem):
        return list(_placed(name))
    if isinstance(item, MatchingItem):
        return {pair.id: chosen(f"{name}_{pair.id}") or "" for pair in item.pairs}
    if isinstance(item, Single | TrippedItem):
        picked = chosen(name)
        return [picked] if picked else []
    return [code for code in posed.order if st.session_state.get(f"{name}_{code}")]


def certainty(question: Question) -> Certainty | None:
    """How sure the learner said to be, None if nothing was said."""
    said = chosen(f"{PREFIX}{question.name}_certainty")
    return next((word for word in CERTAINTIES if word == said), None)


def certainty_words(word: Certainty) -> str:
    """How sure, in words."""
    return {"sure": _("Sure"), "think": _("I think so"), "guess": _("A guess")}[word]


def unit_words(unit: str) -> str:
    """The unit a number is asked for in."""
    return {
        "yuan": _("in yuan"),
        "percent": _("in percent"),
        "minutes": _("in minutes"),
        "hours": _("in hours"),
        "days": _("in days"),
        "months": _("in months"),
        "years": _("in years"),
        "count": _("a count"),
    }[unit]


def _say(posed: Posed, text: Text) -> str:
    return posed.say(text).say(language())


def _options(posed: Posed, name: str, stem: str) -> None:
    item = posed.item
    if isinstance(item, OrderingItem):
        _ordering(item, posed, name)
    elif isinstance(item, MatchingItem):
        _matching(item, posed, name)
    elif isinstance(item, Single):
        texts = {choice.id: _say(posed, choice.text) for choice in item.choices}
        _one_of(stem, posed, name, texts)
    elif isinstance(item, TrippedItem):
        scene_view.trace(item, posed, verdict=False)
        _one_of(stem, posed, name, scene_view.control_names(item, posed))
    elif isinstance(item, TrapItem):
        scene_view.message(item, posed, traps=None)
        numbered = scene_view.phrases_in_order(item, posed)
        texts = {code: f"{n}  {text}" for n, (code, text) in enumerate(numbered, start=1)}
        _any_of(_("Tick every phrase that is a trap."), name, texts)
    elif isinstance(item, Multiple):
        texts = {choice.id: _say(posed, choice.text) for choice in item.choices}
        words = {code: texts[code] for code in posed.order}
        _any_of(_("More than one answer can be right."), name, words)


def _one_of(stem: str, posed: Posed, name: str, texts: dict[str, str]) -> None:
    st.radio(
        plain_label(stem),
        posed.order,
        index=None,
        format_func=lambda code: plain_label(texts[code]),
        key=carried(name),
        label_visibility="collapsed",
        width="stretch",
        on_change="ignore",
    )


def _any_of(hint: str, name: str, texts: dict[str, str]) -> None:
    st.caption(hint)
    for code, text in texts.items():
        st.checkbox(plain_label(text), key=f"{name}_{code}", width="stretch", on_change="ignore")


def _number(item: Numeric, name: str) -> None:
    st.text_input(
        _("Your answer, {unit}").format(unit=unit_words(item.unit)),
        key=name,
        max_chars=40,
        autocomplete="off",
    )


def _matching(item: MatchingItem, posed: Posed, name: str) -> None:
    targets = {target.id: _say(posed, target.text) for target in item.targets}
    for pair in item.pairs:
        st.selectbox(
            plain_label(_say(posed, pair.text)),
            posed.order,
            index=None,
            format_func=lambda code: targets[code],
            placeholder=_("Choose"),
            key=carried(f"{name}_{pair.id}"),
            filter_mode=None,
            on_change="ignore",
        )


def _placed(name: str) -> list[str]:
    """Ids in the order they were tapped so far."""
    placed: list[str] = st.session_state.setdefault(f"{name}_placed", [])
    return placed


def _ordering(item: OrderingItem, posed: Posed, name: str) -> None:
    placed = _placed(name)
    st.caption(_("Tap them in the order you would take them. Tap again to take one back."))
    texts = {stage.id: _say(posed, stage.text) for stage in item.sequence}
    with st.container(key=f"order_{name}", gap="xsmall"):
        for code in posed.order:
            sign = _CIRCLED[placed.index(code)] if code in placed else "◯"
            st.button(
                f"{sign}  {plain_label(texts[code])}",
                key=f"{name}_{code}",
                width="stretch",
                on_click=_place,
                args=(name, code),
            )
    words = _("{n} of {total} in place").format(n=len(placed), total=len(posed.order))
    st.html(f'<p class="placed" role="status">{html.escape(words)}</p>')


def _place(name: str, code: str) -> None:
    placed = _placed(name)
    if code in placed:
        placed.remove(code)
    else:
        placed.append(code)


def _certainty(name: str) -> None:
    labels = {word: certainty_words(word) for word in CERTAINTIES}
    st.pills(
        _("How sure are you? (if you like)"),
        CERTAINTIES,
        format_func=lambda word: labels[word],
        key=carried(f"{name}_certainty"),
        on_change="ignore",
    )
