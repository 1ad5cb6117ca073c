"""What the lender made of a request, in a few printed lines."""

from __future__ import annotations

from decimal import Decimal
from html import escape, unescape

from jiejian.content import units
from jiejian.content.printed.pieces import Paper
from sandbox.answers.lender import book
from sandbox.lender.decision import Decision, Reason
from sandbox.lender.limits import Limit
from sandbox.lender.measures import Unit


def decided(paper: Paper, decision: Decision) -> str:
    """Outcome, the stage that stopped it, and each reason with its advice."""
    lines = [
        f"<p><strong>{paper.say('outcome')}{paper.colon}{paper.say(decision.outcome)}</strong></p>"
    ]
    tripped = [stage.stage for stage in decision.stages if stage.status == "tripped"]
    if tripped:
        label = book().choices.stage[tripped[0]].label.say(paper.language)
        lines.append(f"<p>{paper.say('stopped_at')}{paper.colon}{escape(label)}</p>")
    lines += [_reason(paper, reason) for reason in decision.reasons]
    return f'<div class="decided">{"".join(lines)}</div>'


def _reason(paper: Paper, reason: Reason) -> str:
    words, rule = book().words(reason.code), book().rule(reason.rule)
    if words is None or rule is None:
        return f"<p>{escape(reason.code)}</p>"
    spoken = paper.language
    seen = _value(paper, reason.value, reason.unit, rule.measure)
    passes = _limit(paper, reason.limit, reason.unit) or _named(paper, reason, rule.measure)
    facts = (("seen", seen), ("passes", passes), ("do", words.do.say(spoken)))
    told = "<br/>".join(
        f"{paper.say(key)}{paper.colon}{escape(value)}"
        for key, value in (*facts, ("avoid", words.avoid.say(spoken)))
    )
    return (
        f"<p><strong>{escape(reason.code)} {escape(words.title.say(spoken))}</strong><br/>"
        f"{escape(words.explain.say(spoken))}<br/>"
        f"{told}</p>"
    )


def _value(paper: Paper, value: Decimal | str | None, unit: Unit, measure: str) -> str:
    if value is None:
        return _plain(paper, "missing")
    if isinstance(value, str):
        group = getattr(book().choices, measure, {})
        return str(group[value].label.say(paper.language)) if value in group else value
    if unit == "yes_no":
        return _plain(paper, "yes" if value else "no")
    if unit == "choice":
        return str(value)
    return units.say(value, unit, paper.language)


def _limit(paper: Paper, limit: Limit | None, unit: Unit) -> str:
    if limit is None:
        return ""
    if unit == "yes_no":
        return _plain(paper, "yes")
    low = "" if limit.low is None else _value(paper, limit.low, unit, "")
    high = "" if limit.high is None else _value(paper, limit.high, unit, "")
    parts = []
    if low:
        parts.append(f"{'≥' if limit.low_included else '>'} {low}")
    if high:
        parts.append(f"{'≤' if limit.high_included else '<'} {high}")
    return ", ".join(parts)


def _named(paper: Paper, reason: Reason, measure: str) -> str:
    joint = "、" if paper.language == "zh" else ", "
    return joint.join(_value(paper, name, "choice", measure) for name in reason.choices)


def _plain(paper: Paper, key: str) -> str:
    return unescape(paper.say(key))
