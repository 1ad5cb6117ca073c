"""A comparison in sentences: the answer, why it is so, and what a fair reader must know."""

from __future__ import annotations

from collections.abc import Sequence

from jiejian.ui.format import money, percent
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.loan_view import cost_line
from jiejian.ui.tables import Row
from sandbox.loans.comparing import Comparison, Ranking, Stretch
from sandbox.loans.plans import Carried, Plan
from sandbox.money import ZERO


def answer(result: Comparison, letters: Sequence[str]) -> str:
    """The one clear sentence: which offer is cheapest under the plan, and by how much."""
    plan = plan_words(result.carried[0].plan)
    ranking = result.decisive
    if ranking is None:
        odd = [
            letter
            for letter, one in zip(letters, result.carried, strict=True)
            if one.applied == "not_possible"
        ]
        words = _(
            "{offer} cannot follow this plan, so there is no fair answer. Choose another plan, or"
            " change how {offer} is repaid."
        )
        return words.format(offer=listed(odd))
    best = listed([letters[place] for place in ranking.best])
    if ranking.margin is None:
        if ranking.measure == "cost":
            words = _("{plan}, all cost the same: {cost}.")
            return words.format(plan=plan, cost=money(result.carried[0].cost))
        return _("{plan}, all cost the same for each ¥1,000 received.").format(plan=plan)
    return _winner(result, ranking).format(plan=plan, offer=best, margin=money(ranking.margin))


def _winner(result: Comparison, ranking: Ranking) -> str:
    if ranking.measure == "per_1000":
        if ranking.tie:
            return _("{plan}, {offer} cost {margin} less than the next for each ¥1,000 received.")
        return _("{plan}, {offer} costs {margin} less for each ¥1,000 received.")
    if ranking.tie:
        return _("{plan}, {offer} cost the same, {margin} less than the next.")
    if len(result.carried) > 2:
        return _("{plan}, {offer} is the cheapest, by {margin}.")
    return _("{plan}, {offer} is cheaper by {margin}.")


def plan_words(plan: Plan) -> str:
    """The plan as the beginning of a sentence."""
    match plan.kind:
        case "repay":
            words = ngettext(
                "If you repay everything after {n} month",
                "If you repay everything after {n} months",
                plan.after_months,
            )
            return words.format(n=plan.after_months)
        case "late":
            words = ngettext(
                "If instalment {k} is paid a day late",
                "If instalment {k} is paid {n} days late",
                plan.days,
            )
            return words.format(k=plan.instalment, n=plan.days)
        case _:
            return _("If you keep to the schedule")


def reasons(result: Comparison, letters: Sequence[str]) -> list[str]:
    """Why: what leaving early or paying late does to each offer, then when the answer turns."""
    lines = []
    for letter, one in zip(letters, result.carried, strict=True):
        if one.applied == "ended_before":
            words = _("{offer} ends before that on its own schedule; it is counted as agreed.")
            lines.append(words.format(offer=letter))
        elif one.plan.kind == "repay" and one.applied == "as_planned":
            lines.append(_leaving(one, letter))
        elif one.plan.kind == "late" and one.applied == "as_planned":
            words = _("{offer}: being late adds {penalty}.")
            lines.append(words.format(offer=letter, penalty=money(-one.saved)))
    turn = turning(result.stretches, letters)
    return [*lines, turn] if turn else lines


def _leaving(one: Carried, letter: str) -> str:
    settled = one.quote.rows[-1]
    if one.saved > 0:
        saved = _("Leaving early saves {saved}.").format(saved=money(one.saved))
    elif one.saved < 0:
        words = _("Leaving early costs {more} more than keeping to the schedule.")
        saved = words.format(more=money(-one.saved))
    else:
        saved = _("Leaving early saves nothing.")
    if settled.kind == "settlement" and settled.interest and one.quote.offer.method == "flat_fee":
        words = _("{offer}: {fees} of fees for months you will not use are due all the same.")
        why = words.format(offer=letter, fees=money(settled.interest))
    elif settled.kind == "settlement" and settled.fees > 0:
        words = _("{offer}: interest ends on the day you repay; {fees} of fees fall due with it.")
        why = words.format(offer=letter, fees=money(settled.fees))
    else:
        why = _("{offer}: interest ends on the day you repay.").format(offer=letter)
    joint = "" if language() == "zh" else " "
    return f"{why}{joint}{saved}"


def turning(stretches: Sequence[Stretch], letters: Sequence[str]) -> str:
    """In which months of repayment each offer is cheapest; empty if it is always the same."""
    if len(stretches) < 2:
        return ""
    parts = []
    for stretch in stretches:
        offers = listed([letters[place] for place in stretch.best])
        if stretch is stretches[-1]:
            words = _("{offer} from month {first} on")
        elif stretch.first == stretch.last:
            words = _("{offer} in month {first}")
        else:
            words = _("{offer} in months {first} to {last}")
        parts.append(words.format(first=stretch.first, last=stretch.last, offer=offers))
    comma = "，" if language() == "zh" else ", "
    words = _("Which is cheapest depends on when you repay: {parts}.")
    return words.format(parts=comma.join(parts))


def caveats(result: Comparison, letters: Sequence[str]) -> list[str]:
    """What a fair reader must know beside the answer."""
    said = {
        "different_principal": _(
            "The offers lend different amounts, so yuan cannot be set against yuan. The fair figure"
            " is the cost for each ¥1,000 received."
        ),
        "different_received": _(
            "They do not put the same money into your hand, because fees are taken at the start."
            " Look at the cost for each ¥1,000 received too."
        ),
        "different_terms": _(
            "They run for different times. A short loan can cost fewer yuan at a dearer rate, so"
            " look at the yearly cost too."
        ),
        "optional_fees": _("The totals include fees you could refuse."),
    }
    lines = [words for caveat, words in said.items() if caveat in result.caveats]
    if "rate_disagrees" in result.caveats and result.decisive and result.yearly:
        words = _(
            "{best} costs least in yuan, {other} has the lowest yearly rate: both are true, because"
            " the money is not kept for the same time."
        )
        best = listed([letters[place] for place in result.decisive.best])
        other = listed([letters[place] for place in result.yearly.best])
        lines.append(words.format(best=best, other=other))
    return lines


def total_only(letters: Sequence[str]) -> str:
    """What to know of offers that name no rate, only a total, when they are repaid early."""
    words = _(
        "{offer} names only a total. What falls away on early repayment stands in its contract; here"
        " the charges of the months left do."
    )
    return words.format(offer=listed(letters))


def table(result: Comparison, letters: Sequence[str]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Every figure of every offer: columns, rows."""
    each = result.carried
    rows: list[Row] = [
        (_("Received (yuan)"), *(one.quote.received for one in each)),
        (_("Paid back in all (yuan)"), *(one.quote.totals.payment for one in each)),
        (_("Total cost (yuan)"), *(one.cost for one in each)),
    ]
    if any(one.on_leaving is not None for one in each):
        rows.append((_("Needed on the day you leave (yuan)"), *(one.on_leaving for one in each)))
        rows.append((_("Saved by leaving early (yuan)"), *(one.saved for one in each)))
    rows += [
        (_("Cost for each ¥1,000 received (yuan)"), *(one.quote.cost_per_1000 for one in each)),
        (_("Yearly cost (IRR × 12)"), *(yearly(one) for one in each)),
        (_("Yearly cost, compounded"), *(yearly(one, "irr_compound") for one in each)),
        (_("First payment (yuan)"), *(one.quote.rows[0].payment for one in each)),
        (_("Largest instalment (yuan)"), *(one.largest_instalment for one in each)),
        (_("Months until free"), *(one.months for one in each)),
    ]
    if any(one.quote.totals.penalty for one in each):
        rows.append((_("Charged for being late (yuan)"), *(-one.saved for one in each)))
    return (_("Figure"), *letters), tuple(rows)


def yearly(one: Carried, figure: str = "irr_simple") -> str | None:
    """The annualised cost as a percentage, None where there is no single one."""
    value = one.quote.rates[figure].value
    return None if value is None else percent(value)


def formulas(result: Comparison, letters: Sequence[str]) -> list[str]:
    """How the figures are worked out, with the numbers put in."""
    lines = [f"{letter}: {cost_line(one.quote)}" for letter, one in _pairs(result, letters)]
    kinds = {one.plan.kind for one in result.carried}
    if "repay" in kinds:
        lines.append(
            _(
                "Needed on the day you leave = the instalment of that day + what is still owed +"
                " interest of the days since + what the contract charges for leaving."
            )
        )
        for letter, one in _pairs(result, letters):
            if (on_leaving := one.on_leaving) is None:
                continue
            last = one.quote.rows[-1]
            words = _("{offer}: {instalment} + {owed} + {interest} + {fee} = {sum}.")
            lines.append(
                words.format(
                    offer=letter,
                    instalment=money(on_leaving - last.payment),
                    owed=money(last.principal),
                    interest=money(last.interest),
                    fee=money(last.fees),
                    sum=money(on_leaving),
                )
            )
    if "late" in kinds:
        lines.append(
            _(
                "Charged for being late = late fee + overdue amount × daily rate × penalty"
                " multiple × days."
            )
        )
    lines.append(_("Cost for each ¥1,000 received = total cost × 1,000 ÷ money received."))
    lines.append(
        _(
            "Yearly cost: the rate i of one period at which all payments together are worth exactly"
            " the money received, received = Σ payment_k ÷ (1 + i)^k, times the periods of a year."
            " Compounded: (1 + i)^periods − 1."
        )
    )
    return lines


def cheapest() -> str:
    """The mark on the winning offer."""
    return _("cheapest")


def listed(names: Sequence[str]) -> str:
    """A; A and B; A, B and C."""
    if len(names) < 2:
        return "".join(names)
    comma = "、" if language() == "zh" else ", "
    return _("{some} and {last}").format(some=comma.join(names[:-1]), last=names[-1])


def all_costs(result: Comparison, letters: Sequence[str]) -> str:
    """A ¥720.00, B ¥508.04: for a chart's text alternative."""
    comma = "，" if language() == "zh" else ", "
    return comma.join(f"{letter} {money(one.cost)}" for letter, one in _pairs(result, letters))


def _pairs(result: Comparison, letters: Sequence[str]) -> list[tuple[str, Carried]]:
    return list(zip(letters, result.carried, strict=True))


def share_of_dearest(result: Comparison) -> list[int]:
    """Each cost in percent of the dearest one, for bars; 0 for what costs nothing or less."""
    most = max(one.cost for one in result.carried)
    return [int(max(ZERO, one.cost) * 100 / most) if most > 0 else 0 for one in result.carried]
