"""US APR: the worked examples of Regulation Z, Appendix J, paragraph (c), and its unit periods."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.dates import add_months
from sandbox.unit_periods import UnitPeriod, clock, months_away, months_back
from sandbox.us_apr import us_apr

Flows = list[tuple[date, D]]


def day(text: str) -> date:
    return date.fromisoformat(text)


def months(first: str, count: int, step: int = 1) -> list[date]:
    return [add_months(day(first), step * k) for k in range(count)]


def weeks(first: str, count: int, step: int = 1) -> list[date]:
    return [day(first) + timedelta(7 * step * k) for k in range(count)]


def loan(advance: str, on: str, days: list[date], amounts: list[str]) -> Flows:
    if len(amounts) == 1:
        amounts = amounts * len(days)
    paid = [(due, -D(amount)) for due, amount in zip(days, amounts, strict=True)]
    return [(day(on), D(advance)), *paid]


HALF_MONTHS = [
    d
    for month in range(12)
    for d in (add_months(date(1978, 3, 1), month), add_months(date(1978, 3, 16), month))
]

EXAMPLES: dict[str, tuple[Flows, str]] = {
    "(b)(9)": (loan("1000", "1978-01-10", months("1978-02-10", 36), ["33.61"]), "12.83"),
    "(c)(1)(i)": (loan("5000", "1978-01-10", months("1978-02-10", 24), ["230"]), "9.69"),
    "(c)(1)(ii)": (loan("6000", "1978-02-10", months("1978-04-01", 36), ["200"]), "11.82"),
    "(c)(1)(iii)": (loan("5000", "1978-02-23", HALF_MONTHS, ["219.17"]), "10.34"),
    "(c)(1)(iv)": (loan("10000", "1978-05-23", months("1978-10-01", 40, 3), ["385"]), "8.97"),
    "(c)(1)(v)": (loan("500", "1978-03-20", weeks("1978-04-21", 30), ["17.60"]), "14.96"),
    "(c)(2)(i)": (
        loan("5000", "1978-01-10", months("1978-02-10", 24), ["250"] + ["230"] * 23),
        "10.08",
    ),
    "(c)(2)(ii)": (
        loan("400", "1978-03-18", weeks("1978-04-20", 12, 4), ["39.50"] + ["38.31"] * 11),
        "28.50",
    ),
    "(c)(3)(i)": (
        loan("5000", "1978-01-10", months("1978-02-10", 24), ["230"] * 23 + ["280"]),
        "10.50",
    ),
    "(c)(3)(ii)": (
        loan("200", "1978-04-03", weeks("1978-04-11", 20, 2), ["9.50"] * 19 + ["30"]),
        "12.22",
    ),
    "(c)(4)(i)": (
        loan("5000", "1978-01-10", months("1978-02-10", 24), ["250"] + ["230"] * 22 + ["280"]),
        "10.90",
    ),
    "(c)(4)(ii)": (
        loan(
            "8000", "1978-01-10", months("1978-03-01", 20, 2), ["449.36"] + ["465"] * 18 + ["200"]
        ),
        "7.30",
    ),
    "(c)(5)(i)": (loan("1000", "1978-01-03", [day("1978-09-15")], ["1080"]), "11.45"),
    "(c)(5)(ii)": (loan("1000", "1978-07-15", [day("1979-01-15")], ["1044"]), "8.80"),
    "(c)(5)(iii)": (loan("1000", "1978-01-17", [day("1979-07-17")], ["1135.19"]), "8.76"),
    "(c)(5)(iv)": (loan("1000", "1978-01-17", [day("1980-01-17")], ["1240"]), "11.36"),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_examples_of_appendix_j(example: str) -> None:
    flows, printed = EXAMPLES[example]
    figure = us_apr(flows)
    assert figure.problem is None
    assert figure.published == D(printed)


def test_the_odd_days_matter() -> None:
    flows = loan("6000", "1978-03-01", months("1978-04-01", 36), ["200"])
    assert us_apr(flows).published == D("12.25")


@pytest.mark.parametrize(
    ("advances", "payments", "unit", "per_year"),
    [
        (["2026-01-31"], ["2026-02-28", "2026-03-31", "2026-04-30"], UnitPeriod("month"), 12),
        (["2026-01-30"], ["2026-02-28", "2026-03-30", "2026-04-30"], UnitPeriod("month"), 12),
        (["2026-01-01"], ["2026-01-15", "2026-01-29", "2026-02-12"], UnitPeriod("week", 2), 26),
        (["2026-01-01"], ["2026-04-01", "2026-07-01"], UnitPeriod("month", 3), 4),
        (["2026-01-01"], ["2027-01-01", "2028-01-01", "2029-01-01"], UnitPeriod("year"), 1),
        (["2026-01-01"], ["2026-01-11", "2026-01-21", "2026-01-31"], UnitPeriod("day", 10), 36.5),
        (["2026-01-01"], ["2026-02-10", "2026-03-05"], UnitPeriod("month"), 12),
        (["2026-01-01", "2026-02-01", "2026-03-01"], ["2026-12-17"], UnitPeriod("month"), 12),
    ],
)
def test_the_unit_period_is_the_commonest_period(
    advances: list[str], payments: list[str], unit: UnitPeriod, per_year: float
) -> None:
    counter = clock([day(text) for text in advances], [day(text) for text in payments])
    assert (counter.unit, float(counter.per_year)) == (unit, per_year)


def test_of_equally_common_periods_the_smaller_counts() -> None:
    """28 February to 28 March 2026 is four weeks and a month: seen twice each, weeks win."""
    counter = clock(
        [day("2026-01-31")], [day(t) for t in ("2026-02-28", "2026-03-28", "2026-04-25")]
    )
    assert counter.unit == UnitPeriod("week", 4)


def test_months_run_backwards_and_the_rest_counts_thirtieths() -> None:
    counter = clock([day("1978-02-10")], months("1978-04-01", 36))
    assert counter.position(day("1978-04-01")) == (1, Fraction(19, 30))
    assert counter.position(day("1978-05-01")) == (2, Fraction(19, 30))


def test_a_series_on_the_thirtieth_passes_february() -> None:
    counter = clock([day("2026-01-30")], [day(t) for t in ("2026-02-28", "2026-03-30")])
    positions = [counter.position(day(t)) for t in ("2026-02-28", "2026-03-30")]
    assert positions == [(1, Fraction(0)), (2, Fraction(0))]


def test_several_advances() -> None:
    """1,000 twice, a month apart, repaid by 12 equal payments: the value at the rate agrees."""
    flows = [
        (day("2026-01-10"), D(1000)),
        (day("2026-02-10"), D(1000)),
        *((due, D(-180)) for due in months("2026-03-10", 12)),
    ]
    figure = us_apr(flows)
    assert figure.value is not None
    i = float(figure.value) / 12
    paid = sum(180 * (1 + i) ** -k for k in range(2, 14))
    assert paid == pytest.approx(1000 + 1000 / (1 + i), abs=1e-6)


def test_no_rate_without_a_change_of_sign() -> None:
    assert us_apr([(day("2026-01-01"), D(5)), (day("2026-02-01"), D(5))]).problem == (
        "no_sign_change"
    )
    assert us_apr([(day("2026-01-01"), D(-5)), (day("2026-02-01"), D(5))]).problem == (
        "not_applicable"
    )


def test_the_commonest_period_may_be_a_day() -> None:
    """Nine periods of a day, two of a week and two of two weeks."""
    paid, gaps = [day("2026-03-02")], [1, 1, 1, 7, 1, 1, 1, 7, 1, 1, 1, 14, 14]
    for gap in gaps:
        paid.append(paid[-1] + timedelta(gap))
    assert clock([day("2026-01-01")], paid).unit == UnitPeriod("day")


def test_a_month_from_a_month_end_is_a_month() -> None:
    """28 days from 31 January, but a whole month: 12 unit-periods a year, not 365 / 28."""
    figure = us_apr(loan("1000", "2026-01-31", [day("2026-02-28")], ["1010"]))
    assert figure.value == D("0.12")


@pytest.mark.parametrize("odd_days", [0, 7])
def test_two_rates_close_together_are_both_found(odd_days: int) -> None:
    """Repaid too much, drawn again: 1 % and 1.1 % a month by construction."""
    low, high = D("0.01"), D("0.011")
    start, paid = day("2026-01-10"), day("2026-02-10") + timedelta(odd_days)
    odd = D(odd_days) / 30

    def grown(i: D) -> D:
        return (1 + odd * i) * (1 + i) ** 4 - (1 + i) ** 2 / 4 - (1 + i) / 4

    # grown(i) - b * (1 + i)**3 + c vanishes at both rates
    b = (grown(high) - grown(low)) / ((1 + high) ** 3 - (1 + low) ** 3)
    c = b * (1 + low) ** 3 - grown(low)
    amounts = (-1000 * b, D(-250), D(-250), 1000 * c)
    flows = [(start, D(1000)), *((add_months(paid, k), x) for k, x in enumerate(amounts))]
    figure = us_apr(flows)
    assert figure.problem == "not_unique"
    assert figure.roots == pytest.approx((12 * low, 12 * high), abs=D("1e-8"))


def test_skipped_payments() -> None:
    """Example (c)(6)(i): every four weeks, the second of a month two weeks later: 12.00."""
    paid = [day("1978-02-20")]
    while len(paid) < 24:
        following = paid[-1] + timedelta(28)
        if following.month == paid[-1].month:
            following += timedelta(14)
        paid.append(following)
    assert us_apr(loan("2135", "1978-01-25", paid, ["100"])).published == D("12.00")


@pytest.mark.parametrize(
    ("flows", "printed"),
    [
        (loan("99000", "2026-04-27", months("2027-04-30", 3, 12), ["40215"]), "10.528415"),
        (loan("99000", "2026-04-27", months("2026-10-31", 6, 6), ["19700"]), "10.569370"),
        (loan("99000", "2026-04-27", months("2026-07-31", 8, 3), ["13946.73"]), "10.859928"),
        (loan("9800", "2026-01-10", months("2026-02-15", 12), ["884.91"]), "14.692036"),
        (loan("9900", "2025-12-06", weeks("2025-12-25", 26, 2), ["394.68"]), "6.7769"),
        (loan("9900", "2025-12-06", weeks("2025-12-13", 52), ["197.25"]), "6.996096"),
        (loan("10000", "2025-12-06", [day("2026-01-17")], ["10170"]), "14.773809"),
        (loan("1000", "2022-01-01", months("2022-02-01", 3), ["340.02"]), "11.996224"),
    ],
)
def test_rates_of_the_ffiec_tool(flows: Flows, printed: str) -> None:
    """Results of the FFIEC's APR tool, as the tests of the library curo record them."""
    value = us_apr(flows).value
    assert value is not None
    step = D(1).scaleb(-len(printed.split(".")[1]))
    assert value * 100 == pytest.approx(D(printed), abs=2 * step)


DAYS = [day("2023-11-30") + timedelta(k) for k in range(5)]
WEEKS = weeks("2023-11-30", 5)


@pytest.mark.parametrize(
    ("flows", "printed"),
    [
        (loan("10000", "1978-06-23", months("1978-10-01", 40, 3), ["385"]), "9.15"),
        (loan("10000", "1978-07-23", months("1978-10-01", 40, 3), ["385"]), "9.32"),
        (loan("1000", "2023-10-26", DAYS, ["220"]), "94.15"),
        (loan("1000", "2023-10-28", WEEKS, ["250"]), "176.52"),
        (loan("1000", "2023-11-23", WEEKS, ["250"]), "412.40"),
        (loan("1000", "2023-11-24", WEEKS, ["250"]), "434.30"),
        (loan("1000", "2023-10-26", months("2023-11-30", 5, 12), ["500"]), "78.34"),
    ],
)
def test_edges_of_the_unit_period(flows: Flows, printed: str) -> None:
    """Variations on the appendix in the tests of FSharp.Finance.Personal, there checked in Excel."""
    assert us_apr(flows).published == D(printed)


@given(
    st.dates(day("2020-01-01"), day("2030-12-31")),
    st.integers(0, 4000),
    st.sampled_from([None, 28, 29, 30, 31]),
)
def test_months_back_leave_less_than_a_month(begins: date, later: int, anchor: int | None) -> None:
    ends = begins + timedelta(later)
    months, rest = months_back(begins, ends, anchor)
    assert months >= 0
    assert 0 <= rest < 32
    reached = months_away(ends, -months, anchor)
    assert begins + timedelta(rest) == reached
    assert months_away(ends, -months - 1, anchor) < begins
