"""The charts of a comparison, each with its sentence, its table and its downloads."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest

from jiejian.ui import choices
from jiejian.ui.charts.card import chart_card
from jiejian.ui.charts.courses import courses
from jiejian.ui.charts.groups import groups
from jiejian.ui.format import money
from jiejian.ui.i18n import _, language
from jiejian.ui.lab import compare_words
from jiejian.ui.lab.compare_form import KEY
from sandbox.loans.comparing import Comparison


def charts(result: Comparison, titles: Sequence[str], letters: Sequence[str]) -> None:
    """One chart at a time: the cost by month of leaving, the cost so far, the monthly burden."""
    kinds = {
        "curve": _("By month of leaving"),
        "cost": _("Cost so far"),
        "burden": _("Paid each month"),
    }
    if not any(result.curve):
        del kinds["curve"]
    first = "curve" if result.carried[0].plan.kind == "repay" else "cost"
    chosen = choices.choose(f"{KEY}_chart", _("Choose a chart"), kinds, first=first)
    if chosen == "curve":
        _by_month_of_leaving(result, titles, letters)
    elif chosen == "cost":
        _cost_so_far(result, titles, letters)
    else:
        _burden(result, titles, letters)


def _by_month_of_leaving(result: Comparison, titles: Sequence[str], letters: Sequence[str]) -> None:
    known = [place for place, curve in enumerate(result.curve) if curve]
    named = {titles[place]: result.curve[place] for place in known}
    plan = result.carried[0].plan
    marked = plan.after_months if plan.kind == "repay" else None
    longest = max(len(curve) for curve in named.values())
    says = _(
        "If everything is repaid after 1 month, the total cost is {first}; after {n} months it is"
        " {last}."
    ).format(
        first=_costs([letters[place] for place in known], [result.curve[p][0] for p in known]),
        n=longest,
        last=_costs([letters[place] for place in known], [result.curve[p][-1] for p in known]),
    )
    turn = compare_words.turning(result.stretches, letters)
    chart_card(
        f"{KEY}_curve",
        _("Total cost, by the month in which everything is repaid"),
        courses(
            language(),
            _("Repaid after (months)"),
            _("Total cost (yuan)"),
            named,
            marked=marked if marked is not None and marked <= longest else None,
        ),
        says + ("" if language() == "zh" else " ") + turn if turn else says,
        (_("Repaid after (months)"), *(letters[place] for place in known)),
        tuple(
            (month, *column)
            for month, column in enumerate(zip(*named.values(), strict=True), start=1)
        ),
        name="cost-by-month-of-leaving",
    )


def _cost_so_far(result: Comparison, titles: Sequence[str], letters: Sequence[str]) -> None:
    paths = [one.cost_by_month() for one in result.carried]
    says = _("Interest, fees and penalties charged so far. They end at {costs}.")
    chart_card(
        f"{KEY}_cost",
        _("Interest and fees charged so far"),
        courses(
            language(),
            _("Month"),
            _("Charged so far (yuan)"),
            dict(zip(titles, paths, strict=True)),
            first=0,
            shape="step-after",
        ),
        says.format(costs=compare_words.all_costs(result, letters)),
        (_("Month"), *letters),
        tuple((month, *column) for month, column in enumerate(zip_longest(*paths))),
        name="cost-so-far",
    )


def _burden(result: Comparison, titles: Sequence[str], letters: Sequence[str]) -> None:
    paid = [one.by_month() for one in result.carried]
    says = _("What leaves your account each month. The most in one month is {most}.")
    most = _costs(letters, [max(course) for course in paid])
    chart_card(
        f"{KEY}_burden",
        _("Paid each month"),
        groups(language(), _("Month"), _("Paid (yuan)"), dict(zip(titles, paid, strict=True))),
        says.format(most=most),
        (_("Month"), *letters),
        tuple((month, *column) for month, column in enumerate(zip_longest(*paid), start=1)),
        name="paid-each-month",
    )


def _costs(letters: Sequence[str], costs: Sequence[Decimal]) -> str:
    comma = "，" if language() == "zh" else ", "
    return comma.join(
        f"{letter} {money(cost)}" for letter, cost in zip(letters, costs, strict=True)
    )
