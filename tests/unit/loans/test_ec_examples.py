"""The 44 examples for the calculation of the APRC prepared for DG FISMA (G. M. Soto, January 2015).

Each as its cash flows; the printed rate has six decimals of a percentage. The document's solver
stops early in a few examples, so that its last digits differ from the exact root: TOLERANCES.
Examples 16, 25 and parts of 24 and 33 repeat the flows of another one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal as D

import pytest

from sandbox.aprc import eu_aprc
from sandbox.dates import add_months
from sandbox.loans.door import quote_from_json
from sandbox.money import round_to

Flow = tuple[object, object, int]
LENT, FEE = (0, 200_000, 1), (0, -4_000, 1)


def paid(first: object, amount: str, times: int = 1) -> Flow:
    return first, "-" + amount, times


def monthly(years_rate: str) -> D:
    """The monthly rate equivalent to an effective annual one."""
    return (1 + D(years_rate)) ** (D(1) / 12) - 1


def parts(owed: D, part: D, rate: D, months: range) -> tuple[list[Flow], D]:
    """Equal principal parts with interest, each payment rounded; and what is left."""
    flows = []
    for month in months:
        flows.append(paid(month, str(round_to(part + owed * rate))))
        owed -= part
    return flows, owed


def steps(growth: str) -> Iterator[Flow]:
    """Twenty years of twelve equal payments that grow every year, repaying 200,000 at 6 %."""
    worth = D(0)
    for month in range(1, 241):
        worth += D(growth) ** ((month - 1) // 12) / D("1.005") ** month
    amount = 200_000 / worth
    for year in range(20):
        yield paid(1 + 12 * year, str(round_to(amount)), 12)
        amount *= D(growth)


def revolving(share: str, least: int, months: int, *, inside: bool = False) -> list[Flow]:
    """Payments of a share of the balance; inside: of the balance with interest, which it covers."""
    owed, flows, month = D(200_000), [], 0
    while owed > 0:
        month += 1
        interest = owed * D("0.005")
        if inside:
            owed += interest
        part = owed if month == months else min(max(owed * D(share), D(least)), owed)
        flows.append(paid(month, str(round_to(part if inside else part + interest))))
        owed -= part
    return flows


def drawn_in_parts(later: str) -> list[Flow]:
    """Example 32: 7,500, 7,500 and 15,000 drawn at months 0, 3 and 6, each repaid by month 12."""
    first, owed = parts(D(7500), D(625), monthly("0.07"), range(1, 4))
    part = D(625) + D(7500) / 9
    second, owed = parts(owed + 7500, part, monthly("0.07"), range(4, 7))
    third, _ = parts(owed + 15000, part + 2500, monthly(later), range(7, 13))
    return [(0, 6900, 1), (3, 7500, 1), (6, 15000, 1), *first, *second, *third]


def drawn_again() -> list[Flow]:
    """Example 34: 1,500 repaid over nine months, 1,500 drawn again and repaid over three."""
    first, _ = parts(D(1500), D(1500) / 9, monthly("0.075"), range(1, 10))
    second, _ = parts(D(1500), D(500), monthly("0.075"), range(10, 13))
    return [(0, 1470, 1), (9, 1500, 1), *first, *second]


def card(limit: int, fee: int) -> list[Flow]:
    """Examples 36 and 37: twelve parts at 9 %, a card fee of 25 with the first."""
    flows, _ = parts(D(limit), D(limit) / 12, monthly("0.09"), range(1, 13))
    return [(0, limit - fee, 1), paid(1, "25"), *flows]


def equal_parts(lent: int, fee: int, count: int, rates: list[tuple[str, range]]) -> list[Flow]:
    flows: list[Flow] = [(0, lent - fee, 1)]
    owed = D(lent)
    for rate, months in rates:
        more, owed = parts(owed, D(lent) / count, monthly(rate), months)
        flows += more
    return flows


def interest_then_parts(before: list[Flow], rate: str) -> list[Flow]:
    later, _ = parts(D(30_000), D(250), monthly(rate), range(61, 181))
    return [(0, 29_400, 1), *before, *later]


def exact_parts(part: str, every: int = 0) -> list[Flow]:
    """Equal principal of 200,000 at 6 % nominal; every: a fee of 100 each so many months."""
    owed, flows, month = D(200_000), [], 0
    while owed > D("0.001"):
        month += 1
        due = min(D(part), owed) if part else D(200_000) / 240
        fee = 100 if every and (month - 1) % every == 0 else 0
        flows.append(paid(month, str(round_to(due + owed * D("0.005")) + fee)))
        owed -= due
    return flows


def annuity(*series: Flow) -> Callable[[], list[Flow]]:
    return lambda: [LENT, FEE, *series]


EXAMPLES: dict[str, tuple[str, Callable[[], list[Flow]]]] = {
    "1": ("6.434412", annuity(paid(1, "1432.86", 240))),
    "3": ("6.588554", annuity(paid(1, "1449.53", 240))),
    "4": ("7.946625", annuity(paid(1, "1599.53", 240))),
    "5": ("6.961575", annuity(paid(1, "1490.18", 240))),
    "6": ("6.436359", annuity(paid(1, "1432.86", 240), paid(240, "100"))),
    "7": ("6.409523", annuity(paid(1, "1199.10", 180), paid(180, "142097.69"))),
    "8.1": ("7.430479", annuity(paid(1, "1166.67", 240), paid(240, "200000"))),
    "8.2": (
        "8.869280",
        annuity(paid(1, "1166.67", 6), paid(7, "1398.33", 234), paid(240, "200000")),
    ),
    "9": ("6.406400", lambda: [LENT, FEE, *steps("1.03")]),
    "10": ("6.468360", lambda: [LENT, FEE, *steps("0.97")]),
    "11": ("6.452756", annuity(paid(1, "1500", 220), paid(221, "407.70"))),
    "12": ("6.492533", lambda: [LENT, FEE, *exact_parts("900")]),
    "13": ("6.476009", lambda: [LENT, FEE, *exact_parts("")]),
    "14": ("6.818859", lambda: [LENT, FEE, *revolving("0.02", 100, 0)]),
    "15": ("6.695965", lambda: [LENT, FEE, *revolving("0.02", 300, 0, inside=True)]),
    "17": ("6.822923", lambda: [LENT, FEE, *revolving("0.02", 100, 180)]),
    "19": ("6.523259", lambda: [LENT, FEE, *exact_parts("", 24)]),
    "20": ("6.190654", annuity(paid(1, "1319.91", 24), paid(25, "1423.41", 216))),
    "21.1": ("5.853526", annuity(paid(1, "1319.91", 9), paid(10, "1374.06", 231))),
    "21.2": ("7.199734", annuity(paid(1, "1319.91", 9), paid(10, "1530.61", 231))),
    "22.1.1": ("6.134668", annuity(paid(1, "1349.91", 9), paid(10, "1404.06", 231))),
    "22.1.2": ("7.093592", annuity(paid(1, "1349.91", 9), paid(10, "1515.81", 231))),
    "22.2.1": ("6.041228", annuity(paid(1, "1339.91", 9), paid(10, "1394.06", 231))),
    "22.2.2": ("7.379073", annuity(paid(1, "1339.91", 9), paid(10, "1550.61", 231))),
    "23.1": ("5.370286", annuity(paid(1, "1319.91", 240))),
    "23.2": ("7.597578", annuity(paid(1, "1319.91", 9), paid(10, "1578.43", 231))),
    "24.2": ("5.635609", annuity(paid(1, "1319.91", 60), paid(60, "166909.73"))),
    "26.1": ("6.237362", annuity(paid(1, "1660.94", 180))),
    "26.2": ("6.925014", annuity(paid(1, "1660.94", 6), paid(7, "1734.38", 174))),
    "27": ("6.434402", lambda: [(0, 166_600, 1), paid(1, "1217.93", 240)]),
    "28": ("5.396096", lambda: [LENT, paid(0, "4008"), paid(1, "1322.55", 240)]),
    "29": ("5.682613", lambda: [LENT, paid(0, "4008"), paid(1, "1352.61", 240)]),
    "30.1": ("7.302956", lambda: interest_then_parts([paid(1, "169.62", 60)], "0.07")),
    "30.2": (
        "8.611320",
        lambda: interest_then_parts([paid(1, "169.62", 6), paid(7, "202.09", 54)], "0.0839"),
    ),
    "31.1": ("11.164789", lambda: equal_parts(30_000, 600, 12, [("0.07", range(1, 13))])),
    "31.2": (
        "11.542158",
        lambda: equal_parts(30_000, 600, 12, [("0.07", range(1, 7)), ("0.0839", range(7, 13))]),
    ),
    "32.1": ("13.063818", lambda: drawn_in_parts("0.07")),
    "32.2": ("13.945824", lambda: drawn_in_parts("0.0839")),
    "33.2": ("12.625685", lambda: equal_parts(30_000, 600, 12, [("0.0839", range(1, 13))])),
    "34": ("11.415822", drawn_again),
    "35": ("5.583621", lambda: [(0, 2940, 1), paid(3, "100"), paid(12, "3000")]),
    "36": ("15.10627", lambda: card(3000, 60)),
    "37": ("16.991403", lambda: card(1500, 30)),
    "38": ("19.429412", lambda: [(0, 2940, 1), paid(1, "24.12", 3), paid(3, "3000")]),
    "39": ("13.494231", lambda: [(0, 2940, 1), paid(6, "3132.09")]),
    "40": ("12.206644", annuity(paid(6, "207618.17"))),
    "41": ("12.573788", annuity(paid(0, "7500"), paid(6, "200000"))),
    "42": ("10.039962", annuity(paid(1, "1250", 12), paid(12, "200000"))),
    "44": (
        "3.470057",
        annuity(paid(1, "1111.11", 60), paid(61, "1349.94", 120), paid(180, "32075.08")),
    ),
}


def rate(flows: list[Flow], name: str = "irr_compound", period: str = "month") -> dict[str, object]:
    listed = [{"at": at, "amount": amount, "times": times} for at, amount, times in flows]
    answer = quote_from_json(json.dumps({"period": period, "flows": listed}, default=str))
    figure: dict[str, object] = answer["rates"][name]
    return figure


TOLERANCES = {"32": "1e-5", **dict.fromkeys(("33", "34", "35", "36", "37", "38", "39"), "2e-4")}


@pytest.mark.parametrize("number", EXAMPLES)
def test_rate_of_the_flows(number: str) -> None:
    printed, flows = EXAMPLES[number]
    figure = rate(flows())
    assert figure["problem"] is None
    tolerance = D(TOLERANCES.get(number.split(".")[0], "1e-6"))
    assert D(str(figure["percent"])) == pytest.approx(D(printed), abs=tolerance)


def test_first_instalments_of_growing_annuities() -> None:
    """Examples 9 and 10 print 1,130.33 and 1,778.58."""
    assert [next(steps(growth))[1] for growth in ("1.03", "0.97")] == ["-1130.33", "-1778.58"]


@pytest.mark.parametrize(
    ("number", "start", "first", "step", "count", "amount", "printed"),
    [
        ("2.1", "2012-01-12", "2012-02-15", 1, 240, "1433.57", "6.434185"),
        ("2.2", "2012-12-12", "2013-01-15", 1, 240, "1433.56", "6.434111"),
        ("2.3", "2012-01-12", "2012-02-15", 12, 20, "16541.86", "6.282070"),
        ("18.1", "2015-01-01", "2015-01-15", 1, 240, "1429.01", "6.435937"),
        ("18.2", "2012-06-01", "2012-07-21", 1, 240, "1437.54", "6.432478"),
    ],
)
def test_odd_first_interval(
    number: str, start: str, first: str, step: int, count: int, amount: str, printed: str
) -> None:
    """Months, then days over the 365 or 366 of the year that ends where the months begin."""
    day = date.fromisoformat(first)
    flows = [(date.fromisoformat(start), D(196_000))]
    flows += [(add_months(day, step * k), -D(amount)) for k in range(count)]
    value = eu_aprc(flows).value
    assert value is not None
    assert value * 100 == pytest.approx(D(printed), abs=D("2e-6"))


def test_a_fee_a_year_before_the_loan_leaves_two_rates() -> None:
    """Example 43: 150 at the contract, 30,000 less 450 a year later, 120 times 356.11: 8.269278."""
    figure = rate([paid(0, "150"), (12, 29_550, 1), paid(13, "356.11", 120)])
    assert (figure["value"], figure["problem"]) == (None, "not_unique")
    roots = figure["roots"]
    assert isinstance(roots, list)
    assert 100 * D(roots[0]) == pytest.approx(D("8.269278"), abs=D("1e-5"))
    assert D(roots[1]) > 100
