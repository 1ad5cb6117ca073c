"""Published repayment schedules, each with the place it is printed in.

"Fineract" are the figures in the tests of Apache Fineract; "EC" the examples for the calculation
of the APRC prepared for DG FISMA (January 2015); "numpy-financial" the docstrings of that library.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from sandbox.loans import Offer, Quote, quote


def of(**terms: Any) -> Quote:
    return quote(Offer.model_validate(terms))


def column(result: Quote, name: str) -> list[str]:
    return [str(getattr(row, name)) for row in result.rows]


def test_equal_instalments_of_a_hundred_at_seven_percent() -> None:
    """Fineract, ProgressiveEMICalculatorTest: instalment and first row; the rest follows."""
    result = of(principal=100, annual_rate="0.07", periods=6, start="2024-01-01")
    assert result.instalment == D("17.01")
    assert column(result, "interest") == ["0.58", "0.49", "0.39", "0.29", "0.20", "0.10"]
    assert column(result, "balance") == ["83.57", "67.05", "50.43", "33.71", "16.90", "0.00"]
    assert result.rows[-1].payment == D("17.00")


def test_equal_instalments_at_an_odd_rate() -> None:
    """Fineract, ProgressiveEMICalculatorTest: every row at 9.4822 %."""
    result = of(principal=100, annual_rate="0.094822", periods=6, start="2024-01-01")
    assert result.instalment == result.rows[-1].payment == D("17.13")
    assert column(result, "interest") == ["0.79", "0.66", "0.53", "0.40", "0.27", "0.13"]
    assert column(result, "balance") == ["83.66", "67.19", "50.59", "33.86", "17.00", "0.00"]


@pytest.mark.parametrize("rounding", ["half_up", "half_even"])
def test_instalment_rounded_to_whole_units(rounding: str) -> None:
    """Fineract RS02: 304.91 is charged as 305, the last takes the residue."""
    result = of(
        principal=5000, period_rate="0.01", periods=18, instalment_unit=1, rounding=rounding
    )
    assert result.instalment == D(305)
    assert result.rows[-1].payment == D("303.22")
    assert result.totals.interest == D("488.22")


def test_rows_ten_to_twelve() -> None:
    """numpy-financial docstring of ppmt and ipmt: 2,500 at 8.24 %, unrounded to the cent."""
    result = of(principal=2500, annual_rate="0.0824", periods=12)
    assert result.instalment == D("217.75")
    assert result.rows[-1].payment == D("217.72")
    assert result.totals.interest == D("112.97")
    assert column(result, "interest")[9:11] == ["4.42", "2.96"]
    fine = of(principal=2500, annual_rate="0.0824", periods=12, money_unit="0.000001")
    assert fine.instalment == D("217.748590")
    rows = [(round(row.principal, 2), round(row.interest, 2)) for row in fine.rows[9:]]
    printed = [("213.32", "4.42"), ("214.79", "2.96"), ("216.26", "1.49")]
    assert rows == [(D(principal), D(interest)) for principal, interest in printed]


def test_equal_principal() -> None:
    """Fineract RS04."""
    result = of(principal=5000, period_rate="0.01", periods=18, method="equal_principal")
    assert result.rows[0].principal == D("277.78")
    assert result.rows[0].payment == D("327.78")
    assert (result.rows[-1].principal, result.rows[-1].payment) == (D("277.74"), D("280.52"))
    assert result.totals.interest == D("475.00")


def test_interest_first() -> None:
    """EC example 8: 1,166.67 a month, APR 7.430479 % with the fee."""
    result = of(
        principal=200000,
        annual_rate="0.07",
        periods=240,
        method="interest_first",
        upfront_fee=4000,
    )
    assert result.rows[0].payment == D("1166.67")
    aprc = result.rates["eu_aprc"]
    assert aprc.value == pytest.approx(D("0.07430479"), abs=D("1e-8"))
    assert aprc.published == D("7.4")


def test_three_methods_cost_differently_at_one_rate() -> None:
    cost = {
        method: of(principal=10000, period_rate="0.015", periods=12, method=method).totals.interest
        for method in ("interest_first", "equal_instalment", "equal_principal")
    }
    assert cost == {
        "interest_first": D("1800.00"),
        "equal_instalment": D("1001.61"),
        "equal_principal": D("975.00"),
    }


def test_daily_interest_for_thirty_days() -> None:
    """万五: 10,000 at 0.05 % a day for 30 days is 150; 18.25 % a year by 365."""
    result = of(principal=10000, daily_rate="0.0005", method="bullet", term_days=30)
    assert result.totals.interest == D("150.00")
    assert result.rates["nominal_annual"].value == D("0.1825")
    by_360 = of(
        principal=10000, daily_rate="0.0005", method="bullet", term_days=30, day_count="actual/360"
    )
    assert by_360.totals.interest == D("150.00")
    assert by_360.rates["nominal_annual"].value == D("0.18")


def test_level_instalments_on_actual_days() -> None:
    """Fineract RS03: actual/365, monthly from 1 November 2022."""
    result = of(
        principal=5000,
        annual_rate="0.12",
        periods=18,
        start="2022-11-01",
        day_count="actual/365",
        instalment_unit=1,
    )
    assert result.instalment == D(305)
    assert result.rows[0].interest == D("49.32")
    march = next(row for row in result.rows if row.due_date == date(2023, 3, 1))
    assert march.interest == D("38.92")
    assert result.rows[-1].payment == D("302.33")
    assert result.totals.interest == D("487.33")


def test_price_cap_of_a_short_loan() -> None:
    """UK price-cap explanations: 100 for 30 days at 0.8 % a day costs 24."""
    assert of(principal=100, daily_rate="0.008", method="bullet", term_days=30).totals.cost == D(
        "24.00"
    )


def test_flat_charge_in_whole_units() -> None:
    """Fineract RS01: 328 a month, 900 of interest; the IRR is 21.66 % simple, 23.94 % compound."""
    result = of(
        principal=5000, annual_rate="0.12", periods=18, method="flat_fee", instalment_unit=1
    )
    assert result.instalment == D(328)
    assert result.rows[-1].payment == D(324)
    assert result.totals.interest == D(900)
    assert result.rates["irr_simple"].value == pytest.approx(D("0.2166"), abs=D("5e-5"))
    assert result.rates["irr_compound"].value == pytest.approx(D("0.2394"), abs=D("5e-5"))


def test_flat_charge_advertised_at_seven_point_two() -> None:
    result = of(principal=12000, period_rate="0.006", periods=12, method="flat_fee")
    assert (result.instalment, result.totals.cost) == (D("1072.00"), D("864.00"))
    assert result.rates["nominal_annual"].value == D("0.072")
    assert result.rates["irr_simple"].value == pytest.approx(D("0.130342"), abs=D("5e-7"))
    assert result.rates["irr_compound"].value == pytest.approx(D("0.138418"), abs=D("5e-7"))


def test_balloon_from_the_unrounded_instalment() -> None:
    """EC example 7: instalment 1,199.10, balloon 142,097.69, APR 6.409523 %."""
    terms: dict[str, Any] = {
        "principal": 200000,
        "annual_rate": "0.06",
        "periods": 180,
        "method": "balloon",
        "amortisation_periods": 360,
        "upfront_fee": 4000,
    }
    result = of(**terms, balloon_from="unrounded")
    assert result.instalment == D("1199.10")
    assert result.rows[-1].payment == D("1199.10") + D("142097.69")
    aprc = result.rates["eu_aprc"]
    assert aprc.value == pytest.approx(D("0.06409523"), abs=D("1e-8"))
    assert aprc.published == D("6.4")
    rounded = of(**terms)
    assert rounded.totals.principal == D("200000.00")
    assert rounded.rows[-1].balance == 0


def test_interest_and_fee_kept_back() -> None:
    """EC example 41: six months, 7.5 % interest and 2 % fee kept back, APR 12.573788 %."""
    result = of(
        principal=200000,
        annual_rate="0.075",
        periods=6,
        method="bullet",
        interest_in_advance=True,
        upfront_fee_rate="0.02",
    )
    assert result.advance_interest == D("7500.00")
    assert result.received == D("188500.00")
    assert result.rows[0].payment == D("200000.00")
    aprc = result.rates["eu_aprc"]
    assert aprc.value == pytest.approx(D("0.12573788"), abs=D("1e-8"))
    assert aprc.published == D("12.6")


def test_annuity_with_fee_at_the_start() -> None:
    """EC example 1: 1,432.86 a month, APR 6.4; with cents per row the last one is 1,433.76."""
    result = of(principal=200000, annual_rate="0.06", periods=240, upfront_fee=4000)
    assert result.instalment == D("1432.86")
    assert result.rows[-1].payment == D("1433.76")
    assert result.totals.interest == D("143887.30")
    assert result.rates["eu_aprc"].published == D("6.4")


def test_late_fee_on_the_principal_part() -> None:
    """Fineract FEE04: 1.5 % of the 1,000 principal part, 15.00 on each of three late rows."""
    result = of(
        principal=3000,
        annual_rate="0.12",
        periods=3,
        method="flat_fee",
        late={"fee_rate": "0.015", "penalty_multiplier": 0},
        late_payments=[{"instalment": number, "days": 1} for number in (1, 2, 3)],
    )
    assert column(result, "penalty") == ["15.00"] * 3
    assert column(result, "payment") == ["1045.00"] * 3
    assert result.totals.payment == D("3135.00")


def test_penalty_interest_replaces_the_contract_rate() -> None:
    """银发〔2003〕251号: 5,000 overdue for 10 days at 0.05 % a day and 1.5 times is 37.50."""
    result = of(
        principal=5000,
        daily_rate="0.0005",
        method="bullet",
        term_days=30,
        late_payments=[{"instalment": 1, "days": 10}],
    )
    assert result.rows[0].penalty == D("37.50")


def test_settlement_within_a_period() -> None:
    """Fineract: 83.57 owed after the first instalment, 14 of 29 days: 0.24."""
    result = of(
        principal=100,
        annual_rate="0.07",
        periods=6,
        start="2024-01-01",
        prepayments=[{"on": "2024-02-15"}],
    )
    last = result.rows[-1]
    assert (last.kind, last.interest, last.payment) == ("settlement", D("0.24"), D("83.81"))
    assert len(result.rows) == 2


@pytest.mark.parametrize(("days", "settled"), [(0, "3984.00"), (28, "4024.81")])
def test_settlement_by_the_2004_regulations(days: int, settled: str) -> None:
    """UK Early Settlement Regulations 2004, example 1: rebates 860.52 and 819.71 of 4,844.52."""
    result = of(
        principal=5000,
        annual_rate="0.131746",
        periods=48,
        instalment="134.57",
        prepayments=[
            {
                "after_instalment": 12,
                "rebate": "uk_2004",
                "rebate_days": days,
                "rebate_apr": "0.14",
            }
        ],
    )
    assert result.rows[-1].payment == D(settled)
    assert D("4844.52") - D(settled) == {0: D("860.52"), 28: D("819.71")}[days]


def test_minimum_payments_until_repaid() -> None:
    """EC example 14: 233 months, 5,000, 4,900 ... 100.80, 59.38; APR 6.81885 %."""
    terms: dict[str, Any] = {
        "principal": 200000,
        "period_rate": "0.005",
        "method": "revolving",
        "revolving": {"minimum_rate": "0.02", "minimum_floor": 100, "minimum_base": "principal"},
        "upfront_fee_rate": "0.02",
    }
    result = of(**terms)
    payments = column(result, "payment")
    assert len(payments) == 233
    assert payments[:2] == ["5000.00", "4900.00"]
    assert payments[-2:] == ["100.80", "59.40"]  # in cents; the source does not round rows
    fine = of(**terms, money_unit="0.000001")
    assert [str(round(row.payment, 2)) for row in fine.rows[-2:]] == ["100.80", "59.38"]
    assert round(fine.totals.interest, 2) == D("49387.50")
    assert fine.rates["eu_aprc"].value == pytest.approx(D("0.0681885"), abs=D("1e-8"))
    assert result.rates["eu_aprc"].published == D("6.8")


@pytest.mark.parametrize(("rule", "billed"), [("from_posting", "170.00"), ("unpaid_rest", "45.00")])
def test_two_interest_rules_of_a_card(rule: str, billed: str) -> None:
    """10,000 posted 5 April, billed on the 10th, 1,000 paid when due on the 30th."""
    result = of(
        principal=10000,
        daily_rate="0.0005",
        method="revolving",
        start="2026-04-05",
        revolving={
            "minimum_rate": "0.1",
            "interest_rule": rule,
            "first_bill": "2026-04-10",
            "due_days": 20,
        },
    )
    assert (result.rows[0].due_date, result.rows[0].payment) == (date(2026, 4, 30), D("1000.00"))
    assert result.rows[1].interest == D(billed)
    assert result.rows[-1].balance == 0
