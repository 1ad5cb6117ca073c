"""What a step changes, in sentences, a small table and formulas with the numbers put in."""

from __future__ import annotations

from decimal import Decimal

from jiejian.services.comparing import Lateness
from jiejian.ui.format import money
from jiejian.ui.i18n import _, ngettext
from jiejian.ui.loan_view import cost_line
from jiejian.ui.tables import Row
from sandbox.loans.plans import largest_instalment, months_until_free
from sandbox.loans.whatif import LONGEST_SEARCH, Change, EarlyRepayment, last_day, payments


def early(found: EarlyRepayment, *, whole: bool) -> list[str]:
    """Is it worth the fee, and until when; the first line is the answer."""
    lines = []
    if found.saved > 0:
        lines.append(_("Repaying early saves {saved}.").format(saved=money(found.saved)))
    elif found.saved < 0:
        words = _("Repaying early is not worth it here: it costs {more} more than going on.")
        lines.append(words.format(more=money(-found.saved)))
    else:
        lines.append(_("Repaying early saves nothing here."))
    if found.fee:
        words = _("The fee of {fee} for doing so is already counted in.")
        lines.append(words.format(fee=money(found.fee)))
    before, after = found.change.before, found.change.after
    months = months_until_free(before) - months_until_free(after)
    if months > 0:
        free = ngettext("You are free {n} month sooner.", "You are free {n} months sooner.", months)
        lines.append(free.format(n=months))
    elif not whole:
        words = _("Instalments get smaller: the last one is {after} instead of {before}.")
        lines.append(
            words.format(after=money(after.rows[-1].payment), before=money(before.rows[-1].payment))
        )
    if whole:
        lines.append(_worth(found))
    return lines


def _worth(found: EarlyRepayment) -> str:
    until, last = found.worth_until, len(found.by_month)
    if until is not None and any(saved <= 0 for saved in found.by_month[:until]):
        return _("Whether repaying everything pays off depends on the month; see the chart.")
    if until is None:
        return _("There is no month in which repaying everything would save money.")
    if until < last:
        words = _("Repaying everything pays off up to month {until}; after that it costs more.")
        return words.format(until=until)
    if last == LONGEST_SEARCH:
        words = _("Repaying everything saves money in each of the first {n} months.")
        return words.format(n=last)
    return _("Repaying everything saves money in any month of this loan.")


def early_formulas(found: EarlyRepayment) -> list[str]:
    """Saved = cost as agreed less cost with the step."""
    words = _("Saved = total cost as agreed − total cost with early repayment = {a} − {b} = {c}.")
    before, after = found.change.before.totals.cost, found.change.after.totals.cost
    lines = [words.format(a=money(before), b=money(after), c=money(found.saved))]
    rest = _(
        "With early repayment: what is still owed + interest of the days since the last instalment"
        " + what the contract charges for it. Interest of later months is not charged; a flat fee"
        " may be, if the contract says so."
    )
    return [*lines, rest, *_both(found.change)]


def late(found: Lateness) -> list[str]:
    """What being late costs, and what the figure leaves out."""
    more = found.change.difference.cost
    if more:
        first = _("Paying late costs {more} more.").format(more=money(more))
    else:
        first = _("Within these days the contract charges nothing for being late.")
    return [
        first,
        _(
            "The money is not the whole of it: a late payment can be reported and stay in your"
            " credit report. If you see it coming, talk to the lender before the due date."
        ),
    ]


def late_formulas(found: Lateness) -> list[str]:
    """The rule of the contract's late terms."""
    terms = found.change.after.offer.late
    rule = _(
        "Charged = late fee + overdue principal × the contract's daily rate × {times} × days."
        " Nothing within {grace} days."
    )
    return [
        rule.format(times=f"{terms.penalty_multiplier:f}", grace=terms.grace_days),
        _("You find the late fee, the multiple and the days without charge under “More terms”."),
        *_both(found.change),
    ]


def minimum(change: Change) -> list[str]:
    """How much longer and dearer the minimum is."""
    before, after = change.before, change.after
    words = _(
        "Paying only the minimum takes {after} payments instead of {before} and costs {more} more."
    )
    if len(after.rows) == len(before.rows) and not change.difference.cost:
        return [_("The fixed payment is no more than the minimum, so nothing changes.")]
    lines = [
        words.format(
            after=len(after.rows), before=len(before.rows), more=money(change.difference.cost)
        )
    ]
    falls = _(
        "The minimum is a share of the bill, so it shrinks as the debt shrinks: the last payments"
        " are tiny and the interest keeps running. A fixed sum ends it."
    )
    return [*lines, falls]


def minimum_formulas(change: Change) -> list[str]:
    """How each payment follows."""
    terms = change.after.offer.revolving
    rule = _(
        "Each month: interest = owed × yearly rate ÷ 12; bill = owed + interest; minimum = {share}%"
        " of the bill, at least {floor}; owed afterwards = bill − payment."
    )
    share = f"{(terms.minimum_rate * 100).normalize():f}"
    return [rule.format(share=share, floor=money(terms.minimum_floor)), *_both(change)]


def deferral(change: Change) -> list[str]:
    """What a pause costs, and when it is worth having."""
    lines = []
    difference = change.difference
    if difference.cost > 0:
        lines.append(_("The pause costs {more} more in all.").format(more=money(difference.cost)))
    else:
        lines.append(_("The pause costs nothing more."))
    months = months_until_free(change.after) - months_until_free(change.before)
    if months > 0:
        later = ngettext("You are free {n} month later.", "You are free {n} months later.", months)
        lines.append(later.format(n=months))
    if difference.largest > 0:
        words = _("The largest instalment rises by {more}.")
        lines.append(words.format(more=money(difference.largest)))
    lines.append(
        _(
            "A pause agreed with the lender beforehand is no late payment. Ask for it before the due"
            " date, and get it in writing."
        )
    )
    return lines


def deferral_formulas(change: Change) -> list[str]:
    """What happens to the interest of the pause."""
    rule = _(
        "While the pause lasts no principal is repaid, so interest runs on the whole debt. Added to"
        " the debt, it bears interest itself: debt × (1 + i) each month of the pause."
    )
    return [rule, *_both(change)]


def table(change: Change, names: tuple[str, str]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Before, after, difference: columns, rows."""
    before, after, difference = change.before, change.after, change.difference

    def amounts(name: str, first: Decimal, second: Decimal) -> Row:
        return (name, first, second, second - first)

    rows: tuple[Row, ...] = (
        amounts(_("Paid back in all (yuan)"), before.totals.payment, after.totals.payment),
        amounts(_("Total cost (yuan)"), before.totals.cost, after.totals.cost),
        amounts(
            _("Largest instalment (yuan)"), largest_instalment(before), largest_instalment(after)
        ),
        (_("Number of payments"), payments(before), payments(after), difference.payments),
        (_("Last payment on"), last_day(before), last_day(after), None),
    )
    return (_("Figure"), *names, _("Difference")), rows


def _both(change: Change) -> list[str]:
    return [
        _("Before: {line}").format(line=cost_line(change.before)),
        _("After: {line}").format(line=cost_line(change.after)),
    ]
