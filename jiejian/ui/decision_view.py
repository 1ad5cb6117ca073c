"""A decision made visible: the outcome, the eight stages with every check, the notice."""

from __future__ import annotations

import html
from collections.abc import Mapping

import streamlit as st

from jiejian.ui import navigation
from jiejian.ui.format import allowed, measured, span
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.labels import focus_mark
from sandbox.lender.decision import Check, Decision, Outcome, Reason, StageTrace
from sandbox.lender.lenderbook import LenderBook
from sandbox.text import Text

ICONS: dict[Outcome, str] = {
    "approved": "check_circle",
    "approved_less": "check_circle",
    "declined": "cancel",
    "refer": "support_agent",
    "step_up": "verified_user",
    "duplicate": "content_copy",
    "retry_later": "schedule",
    "unknown": "help",
    "cool_down": "hourglass_top",
    "frozen": "ac_unit",
}


def outcome_words(outcome: Outcome) -> tuple[str, str]:
    """An outcome's name and what it means in a sentence."""
    match outcome:
        case "approved":
            return _("Approved"), _("Every check passed. Read the offer before you take it.")
        case "approved_less":
            return (
                _("Approved for less"),
                _("A smaller amount passes every check. Read why, and the offer, first."),
            )
        case "refer":
            return _("Manual review"), _("A person will look at it. New evidence can help.")
        case "step_up":
            return _("Verify first"), _("One extra verification, then send it again.")
        case "duplicate":
            return _("Already received"), _("The same request is here already. No second loan.")
        case "declined":
            return _("Declined"), _("A check tripped. Below you see which one, and what helps.")
        case "retry_later":
            return _("Not now"), _("The request was not judged. It can be sent again later.")
        case "unknown":
            return _("Outcome unknown"), _("No answer came back. Look it up before you resend.")
        case "cool_down":
            return _("Cool-down"), _("Too fast. Nothing can be sent until the cool-down is over.")
        case "frozen":
            return _("Account frozen"), _("Everything is stopped until the freeze ends.")


def banner(decision: Decision, focus: str = "") -> None:
    """The outcome in one glance: icon, word and sentence, announced to screen readers."""
    name, meaning = outcome_words(decision.outcome)
    mark = focus_mark(focus) if focus else ""
    st.html(
        f'<div class="outcome outcome-{decision.outcome}" role="status"{mark}>'
        f'<p class="outcome-name">{html.escape(name)}</p>'
        f"<p>{html.escape(meaning)}</p></div>"
    )


def glass_box(decision: Decision | None, book: LenderBook) -> None:
    """The eight stages in order; without a decision, what each will look at."""
    if decision is None:
        cards = [_waiting(stage, book) for stage in book.choices.stage]
    else:
        cards = [_stage(stage, book) for stage in decision.stages]
    label = html.escape(_("The stages of the request"))
    st.html(f'<ol class="stages" aria-label="{label}">{"".join(cards)}</ol>')


def _waiting(stage: str, book: LenderBook) -> str:
    choice = book.choices.stage[stage]
    about = choice.about.say(language()) if choice.about else ""
    return (
        f'<li class="stage stage-waiting"><div class="stage-head">'
        f'<span class="stage-name">{html.escape(choice.label.say(language()))}</span></div>'
        f'<p class="stage-about">{html.escape(about)}</p></li>'
    )


def _stage(trace: StageTrace, book: LenderBook) -> str:
    choice = book.choices.stage[trace.stage]
    names = {
        "passed": _("Passed"),
        "reduced": _("Reduced"),
        "tripped": _("Tripped"),
        "not_reached": _("Not reached"),
    }
    about = choice.about.say(language()) if choice.about else ""
    # What tripped stands open and first; the rest of the stage would be screens away on a phone.
    stopped = [check for check in trace.checks if check.status in ("tripped", "reduced")]
    fine = [check for check in trace.checks if check not in stopped]
    body = "".join(_check(check, book) for check in stopped) + _fine(
        fine, folded=bool(stopped), book=book
    )
    if trace.status == "not_reached":
        titles = [rule.title.say(language()) for r in trace.rules_not_run if (rule := book.rule(r))]
        body = (
            '<p class="unrun">'
            + html.escape(_("Would check:"))
            + f" {html.escape(_joined(titles))}</p>"
        )
    opened = " open" if trace.status in ("tripped", "reduced") else ""
    return (
        f'<li class="stage stage-{trace.status}"><details{opened}><summary class="stage-head">'
        f'<span class="stage-name">{html.escape(choice.label.say(language()))}</span>'
        f'<span class="chip chip-{trace.status}">{html.escape(names[trace.status])}</span>'
        f"</summary>"
        f'<p class="stage-about">{html.escape(about)}</p>{body}</details></li>'
    )


def _fine(checks: list[Check], folded: bool, book: LenderBook) -> str:
    """The checks that did not stand in the way, a line each; folded where others did."""
    if not checks:
        return ""
    lines = "".join(_line(check, book) for check in checks)
    table = f'<ul class="check-lines">{lines}</ul>'
    if not folded:
        return table
    words = ngettext("{n} other check passed", "{n} other checks passed", len(checks))
    summary = html.escape(words.format(n=len(checks)))
    return f'<details class="more-checks"><summary>{summary}</summary>{table}</details>'


def _line(check: Check, book: LenderBook) -> str:
    rule = book.rule(check.rule)
    question = rule.question.say(language()) if rule else check.rule
    seen = measured(check.value, check.unit, book.choices, rule.measure if rule else "")
    word = _("Cleared") if check.status == "cleared" else _("Passed")
    limit = _("passes: {limit}").format(limit=limit_words(check, book))
    return (
        f'<li><span class="line-question">{html.escape(question)}</span>'
        f'<span class="line-seen">{html.escape(seen)}</span>'
        f'<span class="line-limit">{html.escape(limit)}</span>'
        f'<span class="chip chip-{check.status}">{html.escape(word)}</span></li>'
    )


def _joined(words: list[str]) -> str:
    return ("、" if language() == "zh" else ", ").join(words)


def _check(check: Check, book: LenderBook) -> str:
    rule = book.rule(check.rule)
    question = rule.question.say(language()) if rule else check.rule
    seen = measured(check.value, check.unit, book.choices, rule.measure if rule else "")
    words = {
        "passed": _("Passed"),
        "cleared": _("Cleared"),
        "reduced": _("Reduced"),
        "tripped": _("Tripped"),
    }
    word = words[check.status]
    limit = limit_words(check, book)
    code = f'<span class="code">{check.reason}</span>' if check.reason else ""
    return (
        f'<div class="check check-{check.status}">'
        f'<p class="check-question">{html.escape(question)}</p>'
        f'<dl class="check-facts"><div><dt>' + html.escape(_("Seen")) + f"</dt>"
        f"<dd>{html.escape(seen)}</dd></div>"
        f"<div><dt>" + html.escape(_("Passes")) + f"</dt><dd>{html.escape(limit)}</dd></div></dl>"
        f'<span class="chip chip-{check.status}">{html.escape(word)}</span>{code}'
        f"{_points(check, book)}</div>"
    )


def limit_words(check: Check | Reason, book: LenderBook) -> str:
    """What passes a check, in words."""
    if check.limit is not None:
        return allowed(check.limit, check.unit)
    rule = book.rule(check.rule)
    field = rule.measure if rule else ""
    labels = [measured(name, check.unit, book.choices, field) for name in check.choices]
    if len(labels) > 3:
        return _("{names} and others").format(names=_joined(labels[:3]))
    return _joined(labels)


def notice(decision: Decision, book: LenderBook) -> None:
    """The refusal notice: ranked reasons with value, limit, what to do and not, and when."""
    st.header(_("Why, and what now"), anchor=False)
    st.html(reasons(decision, book))
    lessons = {
        words.lesson.split("#")[0] for r in decision.reasons if (words := book.words(r.code))
    }
    for lesson in sorted(lessons):
        st.page_link(
            navigation.LESSON,
            label=_("Read the lesson on this"),
            icon=":material/menu_book:",
            query_params={"id": lesson},
        )


def reasons(decision: Decision, book: LenderBook) -> str:
    """The ranked reasons as HTML cards."""
    return "".join(_reason(place, reason, book) for place, reason in enumerate(decision.reasons, 1))


def _reason(place: int, reason: Reason, book: LenderBook) -> str:
    words = book.words(reason.code)
    if words is None:
        return f'<section class="reason"><p>{html.escape(reason.code)}</p></section>'
    rule = book.rule(reason.rule)
    spoken = language()
    seen = measured(reason.value, reason.unit, book.choices, rule.measure if rule else "")
    family = book.choices.family[reason.family].label.say(spoken)
    when = words.retry.say.say(spoken)
    if reason.retry_after_minutes:
        when = _("{when} (in {span})").format(when=when, span=span(reason.retry_after_minutes))
    facts = [(_("Your value"), seen), (_("What passes"), limit_words(reason, book))]
    if told := [book.choices.source[source].label.say(spoken) for source in reason.sources]:
        facts.append((_("Known from"), _joined(told)))
    advice = [
        ("do", _("Do"), words.do.say(spoken)),
        ("avoid", _("Do not"), words.avoid.say(spoken)),
        ("when", _("Try again"), when),
    ]
    if contest := book.contest(reason.code, reason.sources):
        advice.append(("contest", _("If you think it is wrong"), contest.say(spoken)))
    values = "".join(
        f"<div><dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd></div>"
        for name, value in facts
    )
    steps = "".join(
        f'<div class="advice advice-{kind}"><dt>{html.escape(name)}</dt>'
        f"<dd>{html.escape(text)}</dd></div>"
        for kind, name, text in advice
    )
    return (
        f'<section class="reason"><p class="reason-code"><span class="code">{reason.code}</span>'
        f" {html.escape(family)}</p>"
        f"<h3>{place}. {html.escape(words.title.say(spoken))}</h3>"
        f"<p>{html.escape(words.explain.say(spoken))}</p>"
        f'<dl class="reason-facts">{values}</dl><dl class="reason-advice">{steps}</dl>'
        f"{_sample_reason(reason, book)}</section>"
    )


def _sample_reason(reason: Reason, book: LenderBook) -> str:
    """The wording a United States notice would use, where there is one."""
    choice = book.choices.adverse_action.get(reason.adverse_action or "")
    if choice is None:
        return ""
    words = _("On the sample notice of US Regulation B: {reason}")
    text = words.format(reason=choice.label.say(language()))
    return f'<p class="sample-reason">{html.escape(text)}</p>'


def _points(check: Check, book: LenderBook) -> str:
    """The lines of the scorecard behind a score."""
    if not check.points:
        return ""
    titles = {c.id: c.title for c in book.scorecard.characteristics}
    rows = "".join(
        f'<tr><th scope="row">{html.escape(_title(line.characteristic, titles))}</th>'
        f"<td>{line.points} / {line.most}</td></tr>"
        for line in check.points
    )
    summary = html.escape(_("How the score is made: base {n}").format(n=book.scorecard.base))
    return (
        f'<details class="more-checks"><summary>{summary}</summary>'
        f'<table class="figures"><tbody>{rows}</tbody></table></details>'
    )


def _title(name: str, titles: Mapping[str, Text]) -> str:
    return titles[name].say(language()) if name in titles else name
