"""What the terms of a loan are called on screen, and the unit each is typed in.

One name for a term wherever it stands: as the label of its box, and in the message that refuses it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from jiejian.ui.format import money, plain
from jiejian.ui.i18n import N_, _

Unit = Literal["yuan", "percent", "ten_thousandths", "count", "days", "date", "words"]


@dataclass(frozen=True)
class Term:
    """A term: its English name (translated when shown) and unit."""

    name: str
    unit: Unit = "words"


TERMS: dict[str, Term] = {
    "principal": Term(N_("Amount you borrow (yuan)"), "yuan"),
    "repay_total": Term(N_("Total you repay (yuan)"), "yuan"),
    "annual_rate": Term(N_("Rate a year (%)"), "percent"),
    "period_rate": Term(N_("Price for each instalment (%)"), "percent"),
    "daily_rate": Term(N_("Rate a day (per 10,000)"), "ten_thousandths"),
    "periods": Term(N_("Number of instalments"), "count"),
    "method": Term(N_("How it is repaid")),
    "period": Term(N_("One instalment every")),
    "start": Term(N_("Day the money is paid out"), "date"),
    "first_due": Term(N_("First due date"), "date"),
    "due_dates": Term(N_("Due dates"), "date"),
    "term_days": Term(N_("Days until it is repaid"), "days"),
    "end_of_month": Term(N_("Due on the last day of the month")),
    "day_count": Term(N_("How days are counted")),
    "odd_days": Term(N_("How odd days are counted")),
    "rounding": Term(N_("Rounding")),
    "money_unit": Term(N_("Smallest amount of money"), "yuan"),
    "instalment_unit": Term(N_("Instalment rounded to"), "yuan"),
    "instalment": Term(N_("Instalment (yuan)"), "yuan"),
    "amortisation_periods": Term(N_("Instalments the plan is worked out from"), "count"),
    "balloon": Term(N_("Left for the last day (yuan)"), "yuan"),
    "balloon_from": Term(N_("How the last payment is rounded")),
    "interest_in_advance": Term(N_("Interest taken at the start")),
    "grace_periods": Term(N_("Instalments without principal at the start"), "count"),
    "grace_interest": Term(N_("Interest of those instalments")),
    "upfront_fee": Term(N_("Fee at the start (yuan)"), "yuan"),
    "upfront_fee_rate": Term(N_("Fee at the start (% of the amount)"), "percent"),
    "upfront_fee_paid": Term(N_("How that fee is paid")),
    "instalment_fee": Term(N_("Fee with each instalment (yuan)"), "yuan"),
    "instalment_fee_rate": Term(N_("Fee with each instalment (% of the amount)"), "percent"),
    "fees": Term(N_("Further fees")),
    "fees.insurance.amount": Term(N_("Insurance with each instalment (yuan)"), "yuan"),
    "fees.membership.amount": Term(N_("Membership at the start (yuan)"), "yuan"),
    "fees.#.name": Term(N_("Name of the fee")),
    "fees.#.kind": Term(N_("Kind of fee")),
    "fees.#.when": Term(N_("When the fee is paid")),
    "fees.#.amount": Term(N_("Fee (yuan)"), "yuan"),
    "fees.#.rate": Term(N_("Fee (%)"), "percent"),
    "fees.#.base": Term(N_("What the fee is a share of")),
    "fees.#.every": Term(N_("Fee every so many instalments"), "count"),
    "fees.#.from_instalment": Term(N_("First instalment with the fee"), "count"),
    "fees.#.mandatory": Term(N_("Whether the fee can be refused")),
    "revolving": Term(N_("Minimum payment")),
    "revolving.minimum_rate": Term(N_("Minimum payment (% of the bill)"), "percent"),
    "revolving.minimum_floor": Term(N_("Least minimum payment (yuan)"), "yuan"),
    "revolving.minimum_base": Term(N_("What the minimum is a share of")),
    "revolving.interest_rule": Term(N_("From which day interest runs")),
    "revolving.first_bill": Term(N_("First bill"), "date"),
    "revolving.due_days": Term(N_("Days from bill to due date"), "days"),
    "revolving.payment": Term(N_("What you pay each time (yuan)"), "yuan"),
    "late": Term(N_("Late payment")),
    "late.fee": Term(N_("Late fee (yuan)"), "yuan"),
    "late.fee_rate": Term(N_("Late fee (% of what is late)"), "percent"),
    "late.base": Term(N_("What late charges are a share of")),
    "late.penalty_multiplier": Term(N_("Penalty interest (times the normal rate)"), "count"),
    "late.penalty_daily_rate": Term(N_("Penalty rate a day (per 10,000)"), "ten_thousandths"),
    "late.grace_days": Term(N_("Days late without a charge"), "days"),
    "late.compound": Term(N_("Penalty on unpaid penalty")),
    "late.cap": Term(N_("Most that lateness can cost (yuan)"), "yuan"),
    "late_payments": Term(N_("Instalments paid late")),
    "late_payments.#.instalment": Term(N_("Instalment paid late"), "count"),
    "late_payments.#.days": Term(N_("Days late"), "days"),
    "prepayments": Term(N_("Repaying early")),
    "prepayments.#.on": Term(N_("Day of the early repayment"), "date"),
    "prepayments.#.after_instalment": Term(N_("Repaid early after instalment"), "count"),
    "prepayments.#.amount": Term(N_("Amount repaid early (yuan)"), "yuan"),
    "prepayments.#.effect": Term(N_("What repaying early changes")),
    "prepayments.#.fee": Term(N_("Fee for repaying early (yuan)"), "yuan"),
    "prepayments.#.fee_rate": Term(N_("Fee for repaying early (%)"), "percent"),
    "prepayments.#.fee_months_interest": Term(
        N_("Fee for repaying early (months of interest)"), "count"
    ),
    "prepayments.#.refund_unearned": Term(N_("Whether unused charges are given back")),
    "prepayments.#.rebate": Term(N_("Rebate by law")),
    "prepayments.#.rebate_days": Term(N_("Days until the settlement counts"), "days"),
    "prepayments.#.rebate_apr": Term(N_("Stated APR (%)"), "percent"),
    "deferrals": Term(N_("Payment holidays")),
    "deferrals.#.from_instalment": Term(N_("First instalment skipped"), "count"),
    "deferrals.#.instalments": Term(N_("How many are skipped"), "count"),
    "deferrals.#.interest": Term(N_("Interest of the holiday")),
    "deferrals.#.extend": Term(N_("Whether the loan then ends later")),
    "rate_changes": Term(N_("Changes of the rate")),
    "rate_changes.#.after_instalment": Term(N_("Rate changes after instalment"), "count"),
    "rate_changes.#.annual_rate": Term(N_("New rate a year (%)"), "percent"),
    "rate_changes.#.keep_instalment": Term(N_("Whether the instalment stays")),
    "restructuring": Term(N_("New terms")),
    "restructuring.after_instalment": Term(N_("New terms after instalment"), "count"),
    "restructuring.periods": Term(N_("New number of instalments"), "count"),
    "restructuring.annual_rate": Term(N_("New rate a year (%)"), "percent"),
    "restructuring.method": Term(N_("New way of repaying")),
    "restructuring.fee": Term(N_("Fee for new terms (yuan)"), "yuan"),
    "flows": Term(N_("Money in and out")),
    "guess": Term(N_("Your guess"), "count"),
    "plan.after_months": Term(N_("I repay everything after (months)"), "count"),
    "step.after_months": Term(N_("I repay ahead after (months)"), "count"),
    "budget.income": Term(N_("Income a month, after tax (yuan)"), "yuan"),
    "budget.spending": Term(N_("What life costs a month (yuan)"), "yuan"),
    "budget.debts": Term(N_("Instalments already running, a month (yuan)"), "yuan"),
    "budget.buffer": Term(N_("Kept back each month (yuan)"), "yuan"),
    "budget.savings": Term(N_("Savings at hand (yuan)"), "yuan"),
    "budget.share": Term(N_("Most of the income that may go to instalments (%)"), "percent"),
    "shock.fall": Term(N_("Income falls by (%)"), "percent"),
    "shock.gap": Term(N_("Months without any income"), "count"),
    "rolling.income": Term(N_("Income a month, after tax (yuan)"), "yuan"),
    "rolling.spending": Term(N_("What life costs a month (yuan)"), "yuan"),
    "rolling.cash": Term(N_("Savings at hand (yuan)"), "yuan"),
    "rolling.debt": Term(N_("Still owed on the first loan (yuan)"), "yuan"),
    "rolling.debt_rate": Term(N_("Its rate a year (%)"), "percent"),
    "rolling.debt_periods": Term(N_("Its instalments still to come"), "count"),
    "rolling.refusals_allowed": Term(N_("Refusals until nobody lends any more"), "count"),
}

_PLACE = re.compile(r"(?<=\.)[0-9]+(?=\.|$)")


METHODS: dict[str, str] = {
    "equal_instalment": N_("The same amount each time"),
    "equal_principal": N_("Equal principal, falling interest"),
    "interest_first": N_("Interest first, all the principal at the end"),
    "bullet": N_("Everything in one payment at the end"),
    "balloon": N_("Small instalments, a large rest at the end"),
    "revolving": N_("Minimum payments, as on a card"),
    "flat_fee": N_("Principal in equal parts, a flat fee each time"),
}
PERIODS: dict[str, str] = {
    "week": N_("week"),
    "fortnight": N_("two weeks"),
    "four_weeks": N_("four weeks"),
    "month": N_("month"),
    "two_months": N_("two months"),
    "quarter": N_("quarter"),
    "half_year": N_("half a year"),
    "year": N_("year"),
}


def term(field: str, kind: str | None = None) -> Term | None:
    """The term behind an engine field ("fees.0.amount"), None if it has no name here.

    kind: of the fee, where a kind of fee has a box of its own.
    """
    return TERMS.get(_PLACE.sub(kind or "#", field)) or TERMS.get(_PLACE.sub("#", field))


def label(field: str, kind: str | None = None) -> str:
    """What the field is called on screen, in the reader's language."""
    known = term(field, kind)
    return _(known.name) if known else _("One of the terms")


def limit(field: str, value: Decimal) -> str:
    """A limit in the unit the reader types: ¥500, 24%, 12."""
    known = term(field)
    match known.unit if known else "count":
        case "yuan":
            return money(value, cents=False)
        case "percent":
            return f"{plain(value * 100)}%"
        case "ten_thousandths":
            return plain(value * 10000)
        case _:
            return plain(value)
