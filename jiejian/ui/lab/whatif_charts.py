"""The charts of the what-if tool, each with its sentence, table and downloads."""

from __future__ import annotations

from jiejian.services.comparing import Lateness
from jiejian.ui.charts.card import chart_card
from jiejian.ui.charts.courses import courses
from jiejian.ui.format import money
from jiejian.ui.i18n import _, language
from jiejian.ui.lab.whatif_form import KEY
from sandbox.loans.plans import months_until_free
from sandbox.loans.whatif import Change, EarlyRepayment, owed_by_month
from sandbox.money import ZERO


def savings(found: EarlyRepayment, month: int) -> None:
    """What repaying everything saves, by the month in which it is done."""
    saved = found.by_month
    says = _(
        "Repaying everything after 1 month saves {first}, after {n} months {last}. Below zero it"
        " costs more than going on."
    ).format(first=money(saved[0]), n=len(saved), last=money(saved[-1]))
    name = _("Saved (yuan)")
    chart_card(
        f"{KEY}_savings",
        _("What repaying everything saves, month by month"),
        courses(
            language(),
            _("Repaid after (months)"),
            name,
            {name: saved},
            marked=month,
            level=ZERO if min(saved) < 0 else None,
        ),
        says,
        (_("Repaid after (months)"), name),
        tuple(enumerate(saved, start=1)),
        name="saved-by-month",
    )


def lateness(found: Lateness) -> None:
    """What being late adds, day by day."""
    name = _("Added by being late (yuan)")
    says = _("One day late adds {first}, {n} days {last}.")
    chart_card(
        f"{KEY}_late",
        _("What being late adds, day by day"),
        courses(language(), _("Days late"), name, {name: found.by_days}),
        says.format(
            first=money(found.by_days[0]), n=len(found.by_days), last=money(found.by_days[-1])
        ),
        (_("Days late"), name),
        tuple(enumerate(found.by_days, start=1)),
        name="cost-of-lateness",
    )


def owed(change: Change, names: tuple[str, str] | None = None) -> None:
    """What is still owed, month by month, without and with the step."""
    names = names or (_("As agreed"), _("With this step"))
    lengths = [months_until_free(course) for course in (change.before, change.after)]
    months = max(lengths)
    paths = [owed_by_month(course, months) for course in (change.before, change.after)]
    says = _("{before}: nothing is owed any more after {a} months. {after}: after {b} months.")
    chart_card(
        f"{KEY}_owed",
        _("Still owed, month by month"),
        courses(
            language(),
            _("Month"),
            _("Still owed (yuan)"),
            dict(zip(names, paths, strict=True)),
            first=0,
            shape="step-after",
        ),
        says.format(before=names[0], a=lengths[0], after=names[1], b=lengths[1]),
        (_("Month"), *names),
        tuple((month, *column) for month, column in enumerate(zip(*paths, strict=True))),
        name="still-owed",
    )
