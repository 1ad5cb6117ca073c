"""Words of actions, steps and facts in the reader's language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from jiejian.ui.format import measured, money, span
from jiejian.ui.i18n import _, language
from sandbox.lender.book import LenderBook
from sandbox.lender.life.actions import Action
from sandbox.lender.remedies import Act, AskFor, Cost, Step, Wait
from sandbox.lender.seatwords import SeatWords

NONE_YET = "—"


def action(book: LenderBook, kind: str, done: Action | None = None) -> str:
    """What an action is called, with its figure if it has one."""
    label = book.actions[kind].label.say(language())
    amount = getattr(done, "amount", None)
    evidence = getattr(done, "evidence", None)
    return label.format(
        amount=money(amount, cents=False) if amount is not None else "",
        count=getattr(done, "count", ""),
        days=getattr(done, "days", ""),
        evidence=book.choices.evidence[evidence].label.say(language()) if evidence else "",
    )


def step(book: LenderBook, one: Step) -> str:
    """A step of a way to an approval."""
    match one:
        case Wait():
            return _("Wait {span}").format(span=span(one.minutes))
        case Act():
            return action(book, one.action.kind, one.action)
        case AskFor():
            return "; ".join(_asked(book, one))


def _asked(book: LenderBook, one: AskFor) -> list[str]:
    parts = []
    if one.amount is not None:
        parts.append(_("Ask for {amount}").format(amount=money(one.amount, cents=False)))
    if one.term_months is not None:
        parts.append(_("Ask for {n} months").format(n=one.term_months))
    if one.method is not None:
        label = book.choices.method[one.method].label.say(language())
        parts.append(_("Repay by: {method}").format(method=label))
    return parts


def cost(taken: Cost) -> str:
    """What steps take, in words; "" if nothing."""
    parts = []
    if taken.minutes:
        parts.append(_("takes {span}").format(span=span(taken.minutes)))
    if taken.yuan:
        parts.append(_("{amount} to pay").format(amount=money(taken.yuan, cents=False)))
    if taken.less:
        parts.append(_("{amount} less").format(amount=money(taken.less, cents=False)))
    return ("，" if language() == "zh" else ", ").join(parts)


def fact(book: LenderBook, words: SeatWords, path: str, value: Any) -> str:
    """A fact's value as a learner reads it."""
    unit = words.facts[path].unit if path in words.facts else "count"
    if isinstance(value, tuple | list):
        if unit != "choice":
            return str(len(value))
        field = "evidence" if path.endswith("evidence") else _category(path)
        labels = [measured(str(v), "choice", book.choices, field) for v in value]
        return ("、" if language() == "zh" else ", ").join(labels) or NONE_YET
    if value is None:
        return _("not stated") if unit == "yuan" else NONE_YET
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, str):
        return measured(value, "choice", book.choices, _category(path))
    return measured(Decimal(value), unit, book.choices)


def _category(path: str) -> str:
    name = path.split(".")[1]
    if name.startswith("profile_fields"):
        return "profile_field"
    return "permission" if name.startswith("permissions") else name
