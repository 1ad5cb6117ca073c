"""The scenes of questions: the lender's trace, the message with its phrases, the mini-case so far."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import streamlit as st

from jiejian.content.items import PHRASE, CaseItem, TrapItem, TrippedItem
from jiejian.content.posing import Posed, lender_book
from jiejian.content.questions import Choosing
from jiejian.content.scenes import NOTHING
from jiejian.services.question import Question, StepTaken
from jiejian.ui.decision_view import limit_words
from jiejian.ui.format import measured
from jiejian.ui.i18n import _, language
from sandbox.lender.decision import Check


def control_names(item: TrippedItem, posed: Posed) -> dict[str, str]:
    """What each control to choose from is called."""
    names = {}
    for choice in item.choices:
        rule = lender_book().rule(choice.control)
        text = choice.text or (rule.title if rule else None)
        names[choice.control] = posed.say(text).say(language()) if text else choice.control
    return names


def trace(item: TrippedItem, posed: Posed, *, verdict: bool) -> None:
    """What each control to choose from saw and lets pass; the other checks made are folded away.

    With the verdict also which one tripped.
    """
    decision = posed.decision
    if decision is None:
        return
    made = [check for stage in decision.stages for check in stage.checks]
    offered = [c.control for c in item.choices if c.control != NOTHING]
    rows = [_check(check, verdict) for check in made if check.rule in offered]
    reached = {check.rule for check in made}
    later = [rule for rule in lender_book().rules if rule.id in offered and rule.id not in reached]
    rows += [_unreached(rule.question.say(language())) for rule in later]
    others = [_check(check, verdict) for check in made if check.rule not in offered]
    label = html.escape(_("What the controls saw"))
    more = html.escape(_("Other checks made: {n}").format(n=len(others)))
    st.html(
        f'<div class="trace" role="group" aria-label="{label}"><p class="trace-title">{label}</p>'
        f"{''.join(rows)}<details><summary>{more}</summary>{''.join(others)}</details></div>"
    )


def _check(check: Check, verdict: bool) -> str:
    book = lender_book()
    rule = book.rule(check.rule)
    seen = measured(check.value, check.unit, book.choices, rule.measure if rule else "")
    chip = ""
    if verdict:
        word = _("Passed") if check.status == "passed" else _("Tripped")
        chip = f' <span class="chip chip-{check.status}">{html.escape(word)}</span>'
    question = rule.question.say(language()) if rule else check.rule
    saw, passes = _("Seen"), _("Passes")
    return _row(question, f"{saw}: {seen}", f"{passes}: {limit_words(check, book)}", chip)


def _unreached(question: str) -> str:
    return _row(question, _("Not reached"), "", "")


def _row(question: str, seen: str, passes: str, chip: str) -> str:
    facts = "".join(f"<span>{html.escape(fact)}</span>" for fact in (seen, passes) if fact)
    return (
        f'<div class="trace-row"><p class="trace-question">{html.escape(question)}{chip}</p>'
        f'<p class="trace-facts">{facts}</p></div>'
    )


def phrases_in_order(item: TrapItem, posed: Posed) -> Iterator[tuple[str, str]]:
    """Id and words of each phrase, in the order of the message in this language."""
    texts = {phrase.id: phrase.text for phrase in item.phrases}
    for name in re.findall(PHRASE, item.message.text.say(language())):
        yield name, posed.say(texts[name]).say(language())


def message(item: TrapItem, posed: Posed, *, traps: frozenset[str] | None) -> None:
    """The message with its phrases numbered; with `traps` those are marked as such."""
    numbered = list(phrases_in_order(item, posed))
    numbers = {code: place for place, (code, _text) in enumerate(numbered, start=1)}
    texts = dict(numbered)

    def phrase(matched: re.Match[str]) -> str:
        code = matched[1]
        css = "phrase phrase-trap" if traps and code in traps else "phrase"
        return f'<span class="{css}"><sup>{numbers[code]}</sup>{html.escape(texts[code])}</span>'

    text = html.escape(posed.say(item.message.text).say(language()), quote=False)
    body = re.sub(PHRASE, phrase, text).replace("\n", "<br>")
    sender = item.message.sender
    head = html.escape(_form_words(item.message.form))
    if sender:
        head += " · " + html.escape(posed.say(sender).say(language()))
    st.html(
        f'<figure class="message message-{item.message.form}"><figcaption>{head}</figcaption>'
        f"<p>{body}</p></figure>"
    )


def _form_words(form: str) -> str:
    return {
        "advertisement": _("An advertisement"),
        "message": _("A message"),
        "call": _("A phone call"),
        "notice": _("A notice"),
        "contract": _("From a contract"),
    }[form]


def story(question: Question, item: CaseItem) -> None:
    """The scene of a mini-case, the steps behind the learner, and what happened since."""
    posed, spoken = question.posed, language()
    parts = [f"<p>{html.escape(posed.say(item.stem).say(spoken))}</p>"]
    parts += [_taken(item, posed, step) for step in question.taken]
    here = item.step(question.step or "")
    if here and here.say:
        parts.append(f"<p>{html.escape(posed.say(here.say).say(spoken))}</p>")
    st.html(f'<div class="story">{"".join(parts)}</div>')


def _taken(item: CaseItem, posed: Posed, taken: StepTaken) -> str:
    step = item.step(taken.step)
    if step is None:
        return ""
    before = f"<p>{html.escape(posed.say(step.say).say(language()))}</p>" if step.say else ""
    mark = "right" if taken.grade.correct else "wrong"
    words = html.escape(_("Right") if taken.grade.correct else _("Not right"))
    answer = html.escape(answer_words(posed.steps[taken.step], taken.answer))
    stem = html.escape(posed.say(step.stem).say(language()))
    return (
        f'{before}<p class="taken taken-{mark}"><span>{stem}</span><br>'
        f"<strong>{answer}</strong> ({words})</p>"
    )


def answer_words(posed: Posed, answer: object) -> str:
    """An answer of a step as it was given."""
    if isinstance(posed.item, Choosing) and isinstance(answer, list):
        texts = {choice.id: choice.text for choice in posed.item.choices}
        said = [posed.say(texts[code]).say(language()) for code in answer if code in texts]
        return ("；" if language() == "zh" else "; ").join(said)
    return str(answer)
