"""A budget's answer in sentences: what is safe, what it carries, when it fails, and the formulas."""

from __future__ import annotations

from jiejian.services.affording import Carrying
from jiejian.ui.format import money, percent, plain
from jiejian.ui.i18n import _, ngettext
from jiejian.ui.loan_view import cost_line
from sandbox.affordability import CashPath


def safe(found: Carrying) -> str:
    """The safe instalment in one sentence."""
    if not found.safe.amount:
        return _("By this model, the month has no room for another instalment.")
    words = _("By this model, there is room for an instalment of up to {amount} a month.")
    return words.format(amount=money(found.safe.amount))


def carried(found: Carrying) -> list[str]:
    """Which limit decides, and the loan it carries."""
    budget, lines = found.budget, []
    if not found.safe.amount:
        lines.append(
            _(
                "After living costs, running instalments and what you keep back, nothing is left."
                " Before any loan, look for what can be moved: a spending, a due date, a debt that"
                " could run longer. Talk to the lender you already have before a date is missed."
            )
        )
        return lines
    if found.safe.bound == "share_of_income":
        words = _(
            "What decides is the share of income: at most {share} of it goes to instalments, the"
            " running ones included."
        )
        lines.append(words.format(share=f"{plain(budget.share * 100)}%"))
    else:
        lines.append(
            _(
                "What decides is what your month leaves over after living costs, running"
                " instalments and the part you keep back."
            )
        )
    if found.loan is None:
        lines.append(_("It does not carry even one yuan over so many instalments."))
        return lines
    loan = found.loan
    words = _(
        "Over {n} months at {rate} a year it repays a loan of up to {principal}, which costs {cost}"
        " in interest. One yuan more and an instalment is over the line."
    )
    lines.append(
        words.format(
            n=len(loan.rows),
            rate=percent(loan.offer.annual_rate),
            principal=money(loan.offer.principal, cents=False),
            cost=money(loan.totals.cost),
        )
    )
    lines.append(_("That is the most, not the aim: a smaller loan leaves room for bad luck."))
    return lines


def shocks(found: Carrying) -> list[str]:
    """When the money no longer reaches, in each of the three courses."""
    names = path_names(found)
    paths = (found.steady, found.less, found.gap)
    return [_course(name, path) for name, path in zip(names, paths, strict=True)]


def _course(name: str, path: CashPath) -> str:
    failed = path.first_failure
    if failed is None:
        words = _("{name}: it holds for all {n} months; the least you have is {lowest}.")
        return words.format(name=name, n=len(path.months), lowest=money(path.lowest))
    words = _(
        "{name}: in month {month} {short} is missing for the first time. With {missing} more in"
        " savings it would hold for all {n} months."
    )
    return words.format(
        name=name,
        month=failed.month,
        short=money(-failed.cash),
        missing=money(path.missing),
        n=len(path.months),
    )


def path_names(found: Carrying) -> tuple[str, str, str]:
    """What the three courses are called."""
    fall = f"{plain((1 - found.less.shock.factor) * 100)}%"
    gap = found.gap.shock.months or 0
    none = ngettext("{n} month without income", "{n} months without income", gap)
    return (
        _("As planned"),
        _("Income {fall} lower").format(fall=fall),
        none.format(n=gap),
    )


def cash_summary(found: Carrying) -> str:
    """The chart in a sentence."""
    words = _(
        "You start with {opening}. At the end of month {n} there is, as planned, {steady}; with"
        " less income {less}; after the months without income {gap}. Below zero the money does not"
        " reach."
    )
    return words.format(
        opening=money(found.steady.opening),
        n=len(found.steady.months),
        steady=money(found.steady.months[-1].cash),
        less=money(found.less.months[-1].cash),
        gap=money(found.gap.months[-1].cash),
    )


def formulas(found: Carrying) -> list[str]:
    """The model with the numbers put in, and what it assumes."""
    budget, safe_ = found.budget, found.safe
    share = _("Limit 1, share of income: {share} × {income} − {debts} = {limit}.")
    rest = _("Limit 2, what is left: {income} − {spending} − {debts} − {buffer} = {limit}.")
    least = _("Safe instalment = the smaller of the two, never below 0: {amount}.")
    lines = [
        share.format(
            share=f"{plain(budget.share * 100)}%",
            income=money(budget.income),
            debts=money(budget.debts),
            limit=money(safe_.by_share),
        ),
        rest.format(
            income=money(budget.income),
            spending=money(budget.spending),
            debts=money(budget.debts),
            buffer=money(budget.buffer),
            limit=money(safe_.by_rest),
        ),
        least.format(amount=money(safe_.amount)),
    ]
    if found.loan is not None:
        lines.append(
            _(
                "Largest loan: whole yuan are tried until the largest instalment just stays within"
                " the safe one."
            )
        )
        lines.append(cost_line(found.loan))
    lines += [
        _(
            "Cash at the end of a month = cash before + income − living costs − running instalments"
            " − this instalment. What you keep back stays in the cash."
        ),
        _(
            "Assumptions: living costs and running instalments stay the same all the time, the loan"
            " itself is spent on its purpose, the shock begins in month 1, and nobody lends more"
            " once the money is gone. It is a teaching model, not advice and no lender's rule."
        ),
    ]
    return lines
