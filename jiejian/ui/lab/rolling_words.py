"""Borrowing to repay, told soberly: what happens, why, and what to do instead."""

from __future__ import annotations

from collections.abc import Mapping

from jiejian.services.affording import Rolled
from jiejian.services.costing import Prediction
from jiejian.ui.format import money, percent, plain
from jiejian.ui.i18n import _, ngettext
from jiejian.ui.tables import Row
from sandbox.money import ZERO
from sandbox.rolling import Story
from sandbox.rolling_terms import Rolling

Table = tuple[tuple[str, ...], tuple[Row, ...]]


def question(story: Story) -> str:
    """The situation and the question, for a guess."""
    first = story.months[0]
    words = _(
        "Each month {left} is left for an instalment of {due}. What is missing is borrowed, month"
        " after month, wherever somebody still lends. How long does that go well?"
    )
    return words.format(left=money(first.income - first.spending), due=money(first.due))


def told(made: Prediction) -> str:
    """The guess beside the truth."""
    if made.off == 0:
        return _("You guessed month {guess}: exactly.").format(guess=plain(made.guess))
    if made.off > 0:
        words = _("You guessed month {guess}. It comes sooner: the instalments grow every month.")
    else:
        words = _("You guessed month {guess}. It drags on longer, and costs more meanwhile.")
    return words.format(guess=plain(made.guess))


def ending(story: Story) -> str:
    """How it ends, in one sentence."""
    last = story.months[-1]
    if story.collapse is not None:
        words = _("In month {n} it cannot go on: {unpaid} of instalments stays unpaid.")
        return words.format(n=last.number, unpaid=money(last.unpaid))
    if story.ending == "free":
        if not story.loans:
            words = _("No new loan is needed: everything is repaid after {n} months.")
        else:
            words = _("This time it ends well: everything is repaid after {n} months.")
        return words.format(n=last.number)
    words = _("After {n} months it is still going on, and {owed} is owed.")
    return words.format(n=last.number, owed=money(last.owed))


def why(story: Story, names: Mapping[str, str]) -> list[str]:
    """What the months add up to."""
    first, last = story.months[0], story.months[-1]
    if not story.loans:
        return (
            [_("What is left after living costs covers each instalment.")]
            if (story.collapse is None)
            else [_("Nobody lends what is missing.")]
        )
    paid = sum((month.paid for month in story.months), ZERO)
    received = sum((loan.received for loan in story.loans), ZERO)
    lines = [
        _(
            "{paid} was repaid meanwhile, {received} of it with money from {loans} new loans."
        ).format(paid=money(paid), received=money(received), loans=len(story.loans))
    ]
    if story.ending != "free":
        lines.append(
            _("Owed at first: {before}. Owed now: {after}, to {lenders} lenders.").format(
                before=money(story.terms.debt), after=money(last.owed), lenders=last.lenders
            )
        )
        lines.append(
            _(
                "The instalments of one month grew from {first} to {last}, while {left} is left for"
                " them."
            ).format(
                first=money(first.due),
                last=money(last.due),
                left=money(last.income - last.spending),
            )
        )
    dearer = last.cost - story.first.totals.cost
    if story.ending == "free" and dearer > 0:
        lines.append(
            _("It cost {cost} in interest and fees, {more} more than the first loan alone.").format(
                cost=money(last.cost), more=money(dearer)
            )
        )
    else:
        lines.append(_("Interest and fees so far: {cost}.").format(cost=money(last.cost)))
    return lines


def instead(rolled: Rolled) -> list[str]:
    """What helps, in order."""
    terms, eased = rolled.story.terms, rolled.instead
    lines = [
        _(
            "Stop new loans at the first month that does not fit. A new loan does not close the gap;"
            " it moves it to next month and makes it larger."
        ),
        _(
            "Talk to the lender before the due date, not after. Say what you can pay each month and"
            " ask for a longer term or a pause. Keep the answer in writing."
        ),
    ]
    if eased is not None and eased.periods > terms.debt_periods:
        words = _(
            "A calculation, no promise: the {debt} of this example over {n} months at the same rate"
            " is {instalment} a month, which fits. It costs {cost} of interest in all. That is"
            " dear, but it ends."
        )
        lines.append(
            words.format(
                debt=money(terms.debt, cents=False),
                n=eased.periods,
                instalment=money(eased.quote.rows[0].payment),
                cost=money(eased.quote.totals.cost),
            )
        )
    elif eased is None:
        lines.append(
            _(
                "Here even a long term would not fit, because living costs leave too little. Then"
                " the month itself must change first: more income, lower costs, or help."
            )
        )
    lines += [
        _(
            "Write down every debt on one sheet: lender, what is owed, rate, due date. Pay nobody"
            " who promises to make debts or records vanish for a fee."
        ),
        _(
            "If this looks like your own months: it is arithmetic, not a failing of yours. The"
            " earlier it stops, the less there is to repay. Tell somebody you trust."
        ),
    ]
    return lines


def lenders_note() -> str:
    """What the table of lenders is."""
    return _(
        "Invented lenders, asked in this order. Each lends up to its limit while all instalments of"
        " the next month stay within its share of income; whoever refuses once is not asked again."
    )


def lenders(terms: Rolling, names: Mapping[str, str]) -> Table:
    """Who would lend, and on what terms."""
    columns = (
        _("Lender"),
        _("Limit (yuan)"),
        _("Rate a year"),
        _("Fee taken from the payout"),
        _("Months"),
        _("Lends up to this share of income"),
    )
    return columns, tuple(
        (
            names[lender.name],
            lender.limit,
            percent(lender.annual_rate, 1),
            percent(lender.fee_rate, 0),
            lender.periods,
            percent(lender.burden_line, 0),
        )
        for lender in terms.lenders
    )


def months(story: Story) -> Table:
    """Every month: columns, rows."""
    columns = (
        _("Month"),
        _("Income"),
        _("Living costs"),
        _("Instalments due"),
        _("What is missing"),
        _("Newly borrowed (received)"),
        _("Paid"),
        _("Cash left"),
        _("Owed"),
        _("Loans running"),
        _("Lenders"),
        _("Instalments ÷ income"),
    )
    return columns, tuple(
        (
            month.number,
            month.income,
            month.spending,
            month.due,
            month.gap,
            month.borrowed,
            month.paid,
            month.cash,
            month.owed,
            month.debts,
            month.lenders,
            percent(month.burden, 1),
        )
        for month in story.months
    )


def loans(story: Story, names: Mapping[str, str]) -> Table:
    """Every new loan: columns, rows."""
    columns = (
        _("Month"),
        _("Lender"),
        _("Borrowed (yuan)"),
        _("Received (yuan)"),
        _("Months"),
        _("First payment (yuan)"),
    )
    return columns, tuple(
        (
            loan.month,
            names[loan.lender],
            loan.principal,
            loan.received,
            len(loan.quote.rows),
            loan.quote.rows[0].payment,
        )
        for loan in story.loans
    )


def refusals(story: Story, names: Mapping[str, str]) -> list[str]:
    """Who refused, when and why."""
    said = {
        "burden": _("Month {n}: {lender} refuses; the instalments would pass its share of income."),
        "refusals": _("Month {n}: {lender} refuses, because so many others have refused."),
    }
    return [
        said[turned.why].format(n=month.number, lender=names[turned.lender])
        for month in story.months
        for turned in month.refusals
    ]


def debt_summary(story: Story) -> str:
    """The chart of the debt in a sentence."""
    first, last = story.months[0], story.months[-1]
    words = ngettext(
        "After month 1 {first} is owed to {few} lenders; after month {n} it is {last} to {many}"
        " lender.",
        "After month 1 {first} is owed to {few} lenders; after month {n} it is {last} to {many}"
        " lenders.",
        last.lenders,
    )
    return words.format(
        first=money(first.owed),
        few=first.lenders,
        n=last.number,
        last=money(last.owed),
        many=last.lenders,
    )


def due_summary(story: Story) -> str:
    """The chart of what falls due in a sentence."""
    first, last = story.months[0], story.months[-1]
    words = _(
        "Instalments of {first} fall due in month 1 and {last} in month {n}; {left} a month is left"
        " for them after living costs."
    )
    return words.format(
        first=money(first.due),
        last=money(last.due),
        n=last.number,
        left=money(last.income - last.spending),
    )


def formulas(story: Story) -> list[str]:
    """The model's rules."""
    return [
        _("Missing = instalments due − (cash + income − living costs), if that is above 0."),
        _(
            "New loan: the smallest multiple of {step} whose payout, after the fee taken from it,"
            " covers what is missing. Its instalments begin a month later and are worked out by the"
            " same engine as every loan here."
        ).format(step=money(story.terms.step, cents=False)),
        _(
            "Cash = cash before + income − living costs + newly borrowed − paid. When nobody lends"
            " what is missing, living costs come first and part of the instalments stays unpaid."
        ),
        _(
            "The model is deterministic and invented. Late fees, collection and the credit report"
            " come on top in life; they are left out here."
        ),
    ]
