"""Questions of a quiz in a room: one at a time, each kept; explained once the room is shown them."""

from __future__ import annotations

import html
from dataclasses import replace

import streamlit as st

from jiejian.content.items import MatchingItem, OrderingItem, TrippedItem
from jiejian.content.questions import Numeric, Single
from jiejian.content.workshops.blocks import QuizBlock
from jiejian.services.built import services
from jiejian.services.given import graded
from jiejian.services.question import Question
from jiejian.services.rooms.taking_part import Place
from jiejian.ui import question_view, verdict_view
from jiejian.ui.i18n import _, language, pgettext
from jiejian.ui.labels import carried, paragraph
from jiejian.ui.rooms import doing
from jiejian.ui.rooms.pieces import given, kept


def quiz(place: Place, block: QuizBlock) -> None:
    """The question at hand, or the explanations."""
    questions = services().taking_part.questions(place)
    if not questions:
        paragraph(_("These questions are not there any more. Wait for the next step."))
    elif place.revealed and block.reveal != "never":
        for number, question in enumerate(questions, 1):
            _explained(place, question, number, len(questions))
    elif not place.closed:
        _one(place, block, questions)


def own_words(place: Place, block: QuizBlock) -> str:
    """How many were answered and, unless that is kept from the room, right; "" without any."""
    answers = place.standing.answered(block.id)
    if not answers:
        return ""
    if block.reveal == "never" or block.id not in place.room.shown:
        return _("{n} answered").format(n=len(answers))
    right = sum(bool(answer.correct) for answer in answers)
    return _("{right} of {n} right").format(right=right, n=len(answers))


def _one(place: Place, block: QuizBlock, questions: tuple[Question, ...]) -> None:
    at_key = f"live_at_{place.room.id}_{block.id}"
    missing = [n for n, q in enumerate(questions) if given(place, q.item.id) is None]
    at = st.session_state.get(at_key)
    if at is None:
        at = missing[0] if missing else len(questions) - 1
    at = min(at, len(questions) - 1)
    question = questions[at]
    own = given(place, question.item.id)
    fixed = own is not None and block.moment != "none"
    with st.container(border=True, key="card_quiz", gap="small"):
        words = _("Question {n} of {total}").format(n=at + 1, total=len(questions))
        left = _("{n} still open").format(n=len(missing)) if missing else _("all answered")
        st.html(f'<p class="eyebrow">{html.escape(words)} · {html.escape(left)}</p>')
        if fixed:
            # What is measured stands: the question is shown, and no longer asked.
            paragraph(question.posed.say(question.item.stem).say(language()), "stem")
        else:
            mine = replace(question, source=f"{place.room.id}_{block.id}")
            _fill_in(mine, own)
            question_view.ask(
                mine,
                "",
                _sender(place, block, at_key, at, questions),
                _("Send my answer") if own is None else _("Change my answer"),
                sure=False,
            )
        if own is not None:
            st.html(kept(final=fixed))
    _turns(at_key, at, len(questions))


def _turns(at_key: str, at: int, count: int) -> None:
    if count == 1:
        return
    with st.container(horizontal=True, gap="small", key="quiz_turns"):
        st.button(
            pgettext("question", "Back"),
            key="live_quiz_back",
            icon=":material/arrow_back:",
            disabled=at == 0,
            on_click=_turn,
            args=(at_key, at - 1),
        )
        st.button(
            pgettext("question", "Next"),
            key="live_quiz_next",
            icon=":material/arrow_forward:",
            icon_position="right",
            disabled=at + 1 == count,
            on_click=_turn,
            args=(at_key, at + 1),
        )


def _turn(at_key: str, at: int) -> None:
    doing.forget()
    st.session_state[at_key] = at


def _sender(
    place: Place, block: QuizBlock, at_key: str, at: int, questions: tuple[Question, ...]
) -> question_view.OnSubmit:
    tried = doing.attempt(place, questions[at].item.id)
    open_ones = [n for n, q in enumerate(questions) if given(place, q.item.id) is None and n != at]
    room = place.room.id

    def send(question: Question, _key: str) -> None:
        raw = question_view.given(question)
        if doing.answer(room, block.id, question.item.id, raw, tried):
            later = [n for n in open_ones if n > at] or open_ones
            st.session_state[at_key] = later[0] if later else at

    return send


def _explained(place: Place, question: Question, number: int, total: int) -> None:
    own = given(place, question.item.id)
    posed = question.posed
    with st.container(border=True, key=f"card_question_{number}", gap="small"):
        words = _("Question {n} of {total}").format(n=number, total=total)
        st.html(f'<p class="eyebrow">{html.escape(words)}</p>')
        paragraph(posed.say(posed.item.stem).say(language()), "stem")
        if own is None:
            paragraph(_("You did not answer this one."), "muted")
            return
        grade = graded(posed, own)  # type: ignore[arg-type]
        title = _("Right.") if grade.correct else _("Not quite.")
        tone = "right" if grade.correct else "wrong"
        st.html(
            f'<div class="result result-{tone}" role="status">'
            f'<p class="result-title">{html.escape(title)}</p></div>'
        )
        verdict_view.answered(posed, own, grade)
        verdict_view.because(posed, grade)


def _fill_in(question: Question, own: object) -> None:
    """Show what was answered before, after a reload too."""
    name = question_view.PREFIX + question.name
    seen = f"{name}_filled"
    if own is None or st.session_state.get(seen):
        return
    st.session_state[seen] = True
    item = question.at_hand.item
    first: dict[str, object] = {}
    if isinstance(item, Numeric):
        first[name] = own
    elif isinstance(item, OrderingItem) and isinstance(own, list):
        first[f"{name}_placed"] = list(own)
    elif isinstance(item, MatchingItem) and isinstance(own, dict):
        first = {carried(f"{name}_{pair}"): target for pair, target in own.items()}
    elif isinstance(own, list) and isinstance(item, Single | TrippedItem):
        first[carried(name)] = own[0]
    elif isinstance(own, list):
        first = {f"{name}_{code}": True for code in own}
    for key, value in first.items():
        st.session_state.setdefault(key, value)
