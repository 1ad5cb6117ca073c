"""An answer explained: what was answered, whether it is right, why, and when it comes back."""

from __future__ import annotations

import html
from collections.abc import Callable

import streamlit as st

from jiejian.content.items import CaseItem, MatchingItem, OrderingItem, TrapItem, TrippedItem
from jiejian.content.parameters import shown
from jiejian.content.posing import Posed
from jiejian.content.questions import Choosing, Numeric, Single
from jiejian.services.grading import Grade, Line, explanation, near_miss_value
from jiejian.services.quizzing import Verdict
from jiejian.ui import scene_view
from jiejian.ui.format import span
from jiejian.ui.i18n import _, language
from jiejian.ui.labels import focus_mark, paragraph
from jiejian.ui.question_view import unit_words


def explain(verdict: Verdict, on_next: Callable[[], None]) -> None:
    """The question as it was answered, and the result where the button was."""
    question, posed = verdict.question, verdict.question.at_hand
    if isinstance(question.item, CaseItem):
        scene_view.story(question, question.item)
    paragraph(posed.say(posed.item.stem).say(language()), "stem")
    answered(posed, verdict.answer, verdict.grade)
    _result(verdict)
    because(posed, verdict.grade)
    if verdict.whole is not None:
        _whole_case(verdict)
    st.button(
        _("Next"),
        type="primary",
        key=f"next_{question.name}",
        width="stretch",
        on_click=on_next,
    )


def answered(posed: Posed, answer: object, grade: Grade) -> None:
    """What was answered, each option with its sign."""
    item = posed.item
    if isinstance(item, Numeric):
        words = _("Your answer, {unit}").format(unit=unit_words(item.unit))
        paragraph(f"{words}: {answer}")
        return
    if isinstance(item, TrippedItem):
        scene_view.trace(item, posed, verdict=True)
    if isinstance(item, TrapItem):
        scene_view.message(item, posed, traps=posed.right)
    names = _names(posed)
    rows = "".join(_row(line, names, posed) for line in grade.lines)
    st.html(f'<ul class="options">{rows}</ul>')


def _row(line: Line, names: dict[str, str], posed: Posed) -> str:
    """An option with what the learner made of it; a word stands beside each sign."""
    words = {
        "hit": _("You chose this, rightly"),
        "wrong": _("You chose this"),
        "missed": _("This is the right one")
        if isinstance(posed.item, Single | TrippedItem)
        else _("This one is right too"),
        "clear": "",
    }[line.mark]
    text = names[line.id]
    if isinstance(posed.item, OrderingItem):
        text = f"{line.given}. {text}"
        words = "" if line.mark == "hit" else _("belongs in place {n}").format(n=line.wanted)
    elif isinstance(posed.item, MatchingItem):
        targets = {t.id: posed.say(t.text).say(language()) for t in posed.item.targets}
        text = f"{text} → {targets[line.given or '']}"
        if line.mark != "hit":
            words = _("belongs to: {target}").format(target=targets[line.wanted or ""])
        else:
            words = ""
    note = f'<span class="option-note">{html.escape(words)}</span>' if words else ""
    return f'<li class="option option-{line.mark}"><span>{html.escape(text)}</span>{note}</li>'


def _names(posed: Posed) -> dict[str, str]:
    """What each option is called, by id."""
    item, spoken = posed.item, language()
    if isinstance(item, TrippedItem):
        return scene_view.control_names(item, posed)
    if isinstance(item, TrapItem):
        numbered = scene_view.phrases_in_order(item, posed)
        return {code: f"{n}  {text}" for n, (code, text) in enumerate(numbered, start=1)}
    if isinstance(item, OrderingItem):
        return {stage.id: posed.say(stage.text).say(spoken) for stage in item.sequence}
    if isinstance(item, MatchingItem):
        return {pair.id: posed.say(pair.text).say(spoken) for pair in item.pairs}
    if isinstance(item, Choosing):
        return {choice.id: posed.say(choice.text).say(spoken) for choice in item.choices}
    return {}


def _result(verdict: Verdict) -> None:
    """Right or not, with what the certainty makes of it; announced, and given the focus."""
    correct = verdict.grade.correct
    title, remark = _right_words(verdict) if correct else _wrong_words(verdict)
    tone = "right" if correct else "wrong"
    text = html.escape(remark) + _comes_back(verdict)
    mark = focus_mark(f"verdict_{verdict.question.name}")
    st.html(
        f'<div class="result result-{tone}" role="status"{mark}>'
        f'<p class="result-title">{html.escape(title)}</p><p>{text}</p></div>'
    )


def _right_words(verdict: Verdict) -> tuple[str, str]:
    match verdict.certainty:
        case "sure":
            return _("Right, and you knew it."), ""
        case "think":
            return _("Right."), _("You can trust that thought a little more.")
        case "guess":
            return _("Right."), _("A guess, you said. Read why, and it is yours.")
        case _:
            return _("Right."), ""


def _wrong_words(verdict: Verdict) -> tuple[str, str]:
    match verdict.certainty:
        case "sure":
            return (
                _("Not quite, and you were sure."),
                _(
                    "That is worth a moment: what surprises us here is what we remember best. It is"
                    " far better met here than with real money."
                ),
            )
        case "guess":
            return _("Not quite."), _("You knew that you were guessing. That is worth something.")
        case _:
            return _("Not quite."), ""


def _comes_back(verdict: Verdict) -> str:
    if verdict.back_in_minutes is None:
        return ""
    when = span(verdict.back_in_minutes)
    words = _("It comes back for review in {span}.").format(span=when)
    return " " + html.escape(words)


def because(posed: Posed, grade: Grade) -> None:
    """Why what was chosen is right or wrong, and what else would have been right."""
    names = _names(posed)
    parts = []
    for key in grade.because:
        more = {}
        near = near_miss_value(posed, key)
        if near is not None and isinstance(posed.item, Numeric):
            more["value"] = shown(near, posed.item.unit)
        text = html.escape(posed.say(explanation(posed.item, key), **more).say(language()))
        head = f"<strong>{html.escape(names[key])}</strong><br>" if key in names else ""
        parts.append(f"<li>{head}{text}</li>")
    st.html(f'<ul class="because">{"".join(parts)}</ul>')


def _whole_case(verdict: Verdict) -> None:
    steps = [*(entry.grade for entry in verdict.question.taken), verdict.grade]
    right = sum(step.correct for step in steps)
    words = _("The whole case: {right} of {n} steps right.").format(right=right, n=len(steps))
    paragraph(words, "stem")
