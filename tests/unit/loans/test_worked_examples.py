"""Worked examples beyond the published schedules: ground rules, traps, and what rounding does.

Named by topic; together with the other files here they cover every example of the project's
reference on loan mathematics.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

import pytest

from sandbox.loans import InputError, Offer, Quote, quote
from sandbox.loans.annuity import balance_after, level_payment
from sandbox.money import EXACT, exact_number, round_to


def of(**terms: Any) -> Quote:
    return quote(Offer.model_validate(terms))


# Ground rules


def test_money_is_decimal_and_rounds_by_a_named_rule() -> None:
    """The float 2.675 lies below 2.675; as a decimal it is halfway and rounds up."""
    assert round(2.675, 2) == 2.67
    assert round_to(D("2.675")) == D("2.68")
    assert round_to(D("2.665"), mode="half_even") == D("2.66")
    assert round_to(D("2.675"), mode="down") == D("2.67")
    assert round_to(D("2.671"), mode="up") == D("2.68")
    assert round_to(D("2.63"), D("0.05")) == D("2.65")
    assert round_to(D("304.91"), D(10)) == D(300)
    assert exact_number(0.05) == D("0.05") != D(0.05)  # noqa: RUF032 - the trap itself


def test_interest_is_rounded_once_a_period_on_the_rounded_balance() -> None:
    result = of(principal=1000, annual_rate="0.10", periods=3)
    balance = D(1000)
    for row in result.rows:
        assert row.interest == round_to(balance * D("0.10") / 12)
        balance = row.balance


# Equal instalments


def test_cost_of_level_payments_and_of_payments_in_cents() -> None:
    """EC 1: 240 times 1,432.86 cost 143,886.40; with cents per row 143,887.30."""
    result = of(principal=200000, annual_rate="0.06", periods=240)
    level = result.instalment
    assert level is not None
    assert 240 * level - 200000 == D("143886.40")
    assert result.totals.interest == D("143887.30")


def test_the_exact_instalment_behind_a_rounded_one() -> None:
    """Fineract RS02: 304.9102 before it is rounded to 305."""
    assert round(level_payment(D(5000), [D("0.01")] * 18), 4) == D("304.9102")


def test_unrounded_total_interest() -> None:
    """2,500 at 8.24 %: 112.98 unrounded, 112.97 in cents."""
    fine = of(principal=2500, annual_rate="0.0824", money_unit="0.000001")
    assert fine.instalment == D("217.748590")
    assert round(fine.totals.interest, 2) == D("112.98")
    assert of(principal=2500, annual_rate="0.0824").totals.interest == D("112.97")


def test_an_instalment_that_rounds_to_nothing_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        of(principal="0.05", periods=12, annual_rate=0)
    assert (refused.value.field, refused.value.reason) == ("principal", "never_amortises")


def test_less_interest_is_no_lower_rate() -> None:
    """Fineract RS02 and RS04: 488.22 against 475.00 of interest, 12.00 % both."""
    terms: dict[str, Any] = {"principal": 5000, "period_rate": "0.01", "periods": 18}
    level = of(**terms, instalment_unit=1)
    falling = of(**terms, method="equal_principal")
    assert (level.totals.interest, falling.totals.interest) == (D("488.22"), D("475.00"))
    assert falling.totals.interest == D(5000) * D("0.01") * 19 / 2
    assert level.rates["china_simple"].published == D("12.00")
    assert falling.rates["china_simple"].published == D("12.00")


# Flat charges


def test_the_rate_behind_a_flat_charge() -> None:
    """Fineract RS01: 1.8047 % a month; the rule of thumb 2 * f * 12 * n / (n + 1) says 22.7 %."""
    result = of(
        principal=5000, annual_rate="0.12", periods=18, method="flat_fee", instalment_unit=1
    )
    simple = result.rates["irr_simple"].value
    assert simple is not None
    assert round(100 * simple / 12, 4) == D("1.8047")
    assert round(100 * 2 * D("0.12") * 18 / 19, 1) == D("22.7")


def test_add_on_interest_as_a_calculator_manual_has_it() -> None:
    """HP-12C handbook: 12 % add-on over 18 months is 65.56 a month and 21.64 %."""
    result = of(principal=1000, annual_rate="0.12", periods=18, method="flat_fee")
    assert result.instalment == D("65.56")
    assert result.rates["us_apr"].published == D("21.64")


@pytest.mark.parametrize(
    ("principal", "annual", "instalment", "apr"),
    [(160000, "0.055", "908.46", "5.68"), (60000, "0.115", "594.17", "11.76")],
)
def test_two_points_on_a_mortgage(principal: int, annual: str, instalment: str, apr: str) -> None:
    """HP-12C handbook: two points for thirty years."""
    result = of(principal=principal, annual_rate=annual, periods=360, upfront_fee_rate="0.02")
    assert result.instalment == D(instalment)
    assert result.rates["us_apr"].published == D(apr)


# Balloons


def test_balloon_after_the_rounded_instalment() -> None:
    """EC 7: 142,097.69 from the unrounded instalment, 142,097.99 from 1,199.10."""
    rate = EXACT.divide(D("0.06"), D(12))
    exact = level_payment(D(200000), [rate] * 360)
    assert round_to(balance_after(D(200000), exact, [rate] * 180)) == D("142097.69")
    assert round_to(balance_after(D(200000), D("1199.10"), [rate] * 180)) == D("142097.99")
    fine: dict[str, Any] = {"money_unit": "0.000001", "instalment": "1199.10"}
    result = of(
        principal=200000,
        annual_rate="0.06",
        periods=180,
        method="balloon",
        amortisation_periods=360,
        **fine,
    )
    last = result.rows[-1]
    assert round_to(last.payment - D("1199.10")) == D("142097.99")


# Late and early


@pytest.mark.parametrize(("multiplier", "penalty"), [("1", "25.00"), ("1.5", "37.50")])
def test_penalty_against_normal_interest(multiplier: str, penalty: str) -> None:
    """5,000 for ten days at 0.05 %: 25.00 normally, 37.50 at one and a half times."""
    result = of(
        principal=5000,
        daily_rate="0.0005",
        method="bullet",
        term_days=30,
        late={"penalty_multiplier": multiplier},
        late_payments=[{"instalment": 1, "days": 10}],
    )
    assert result.rows[0].penalty == D(penalty)


def test_rebate_without_the_rounding_of_the_periodic_rate() -> None:
    """2004 regulations, example 1: an unrounded periodic rate would give 860.53 and 819.72."""
    rate = EXACT.power(D("1.14"), EXACT.divide(D(1), D(12))) - 1
    for days, rebate in ((0, "860.53"), (28, "819.72")):
        at = 12 + EXACT.divide(D(days), D(30))
        owed = 5000 * EXACT.power(1 + rate, at)
        paid = sum((D("134.57") * EXACT.power(1 + rate, at - k) for k in range(1, 13)), D(0))
        assert round_to(36 * D("134.57") - (owed - paid)) == D(rebate)


def test_principal_and_interest_of_a_rate_change() -> None:
    """Fineract, ProgressiveEMICalculatorTest: 7 % until the first due date, 4 % afterwards."""
    result = of(
        principal=100,
        annual_rate="0.07",
        periods=6,
        start="2024-01-01",
        rate_changes=[{"after_instalment": 1, "annual_rate": "0.04"}],
    )
    assert [str(row.payment) for row in result.rows] == [
        "17.01", "16.88", "16.88", "16.88", "16.88", "16.89",
    ]  # fmt: skip
    assert [str(row.interest) for row in result.rows] == [
        "0.58", "0.28", "0.22", "0.17", "0.11", "0.06",
    ]  # fmt: skip


FINERACT: dict[str, tuple[dict[str, Any], list[str], list[str], list[str]]] = {
    "actual/actual over a leap year": (
        {"start": "2023-12-12", "periods": 6, "day_count": "actual/actual"},
        ["17.13"] * 6,
        ["0.80", "0.67", "0.50", "0.41", "0.26", "0.14"],
        ["83.67", "67.21", "50.58", "33.86", "16.99", "0.00"],
    ),
    "weeks of a year of 364 days": (
        {"start": "2024-01-01", "periods": 6, "period": "week"},
        [*["16.77"] * 5, "16.78"],
        ["0.18", "0.15", "0.12", "0.09", "0.06", "0.03"],
        ["83.41", "66.79", "50.14", "33.46", "16.75", "0.00"],
    ),
    "every fifteen days of 360": (
        {
            "start": "2024-01-01",
            "period": "dates",
            "day_count": "actual/360",
            "due_dates": [str(date(2024, 1, 1) + timedelta(15 * k)) for k in range(1, 7)],
        },
        [*["16.90"] * 5, "16.89"],
        ["0.40", "0.33", "0.26", "0.20", "0.13", "0.07"],
        ["83.50", "66.93", "50.29", "33.59", "16.82", "0.00"],
    ),
}


@pytest.mark.parametrize("case", FINERACT)
def test_fineract_schedules(case: str) -> None:
    """ProgressiveEMICalculatorTest: 100 at 9.4822 %, every row printed.

    (Its fortnights are left out: there Fineract takes a cent off the instalment that rounds to
    33.58, so that the last payment comes nearer to it.)
    """
    terms, payments, interest, balances = FINERACT[case]
    result = of(principal=100, annual_rate="0.094822", **terms)
    assert [str(row.payment) for row in result.rows] == payments
    assert [str(row.interest) for row in result.rows] == interest
    assert [str(row.balance) for row in result.rows] == balances


def test_no_interest_at_all() -> None:
    """Fineract: 1,000 in four parts of 250."""
    result = of(principal=1000, annual_rate=0, periods=4)
    assert [row.payment for row in result.rows] == [D(250)] * 4


# EC examples as products


EC: dict[str, Any] = {
    "principal": 200000, "annual_rate": "0.06", "periods": 240, "upfront_fee": 4000,
}  # fmt: skip


@pytest.mark.parametrize(
    ("example", "terms", "instalment", "aprc"),
    [
        ("3: account fee", {"instalment_fee": "16.67"}, "1432.86", "6.588554"),
        ("4: insurance", {"instalment_fee": "166.67"}, "1432.86", "7.946625"),
        (
            "5: premium lent",
            {"fees": [{"kind": "insurance", "when": "financed", "amount": 8000}]},
            "1490.18",
            "6.961575",
        ),
        ("6: closing fee", {"fees": [{"when": "last", "amount": 100}]}, "1432.86", "6.436359"),
        (
            "8.2: a rate that rises",
            {
                "method": "interest_first",
                "annual_rate": "0.07",
                "rate_changes": [{"after_instalment": 6, "annual_rate": "0.0839"}],
            },
            None,
            "8.869280",
        ),
        ("11: 1,500 a month", {"periods": 221, "instalment": 1500}, "1500.00", "6.452756"),
        (
            "12: parts of 900",
            {"method": "equal_principal", "periods": 223, "instalment_unit": 100},
            None,
            "6.492533",
        ),
        ("13: equal principal", {"method": "equal_principal"}, None, "6.476009"),
        (
            "15: 2 % of the bill, at least 300",
            {
                "method": "revolving",
                "revolving": {"minimum_rate": "0.02", "minimum_floor": 300},
            },
            None,
            "6.695965",
        ),
        (
            "19: a fee every two years",
            {
                "method": "equal_principal",
                "fees": [{"when": "instalment", "amount": 100, "every": 24}],
            },
            None,
            "6.523259",
        ),
        (
            "24.2: a balloon after five years",
            {
                "annual_rate": "0.05",
                "method": "balloon",
                "periods": 60,
                "amortisation_periods": 240,
            },
            "1319.91",
            "5.635609",
        ),
        (
            "42: a bridge of a year",
            {"annual_rate": "0.075", "periods": 12, "method": "interest_first"},
            None,
            "10.039962",
        ),
    ],
)
def test_ec_examples_as_products(
    example: str, terms: dict[str, Any], instalment: str | None, aprc: str
) -> None:
    """The document does not round rows: the rates differ by some residue of cents."""
    result = of(**{**EC, **terms})
    assert result.instalment == (None if instalment is None else D(instalment))
    value = result.rates["eu_aprc"].value
    assert value is not None
    assert 100 * value == pytest.approx(D(aprc), abs=D("3e-5"))


def test_one_payment_with_interest_on_interest() -> None:
    """EC 40: 200,000 at 7.5 % for six months, compounded monthly: 207,618.17 and 12.206644 %."""
    result = of(
        principal=200000,
        annual_rate="0.075",
        periods=6,
        grace_periods=5,
        grace_interest="capitalised",
        upfront_fee=4000,
        money_unit="0.000001",
    )
    assert round_to(result.rows[-1].payment) == D("207618.17")
    assert [row.payment for row in result.rows[:-1]] == [0] * 5
    value = result.rates["eu_aprc"].value
    assert round(100 * (value or 0), 6) == pytest.approx(D("12.206644"), abs=D("2e-6"))
