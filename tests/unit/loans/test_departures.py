"""Holidays, early repayment, restructuring, fees and late payment, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import numpy_financial as npf
import pytest

from sandbox.loans import InputError, Offer, Quote, quote
from sandbox.money import round_to

BASE: dict[str, Any] = {"principal": 12000, "period_rate": "0.01", "periods": 12}


def of(**terms: Any) -> Quote:
    return quote(Offer.model_validate({**BASE, **terms}))


@pytest.mark.parametrize(
    ("treatment", "paid", "capitalised", "balance_after"),
    [
        ("collected", "120.00", "0", "12000.00"),
        ("capitalised", "0", "120.00", "12120.00"),
        ("postponed", "0", "0", "12000.00"),
        ("waived", "0", "0", "12000.00"),
    ],
)
def test_interest_of_a_grace_period(
    treatment: str, paid: str, capitalised: str, balance_after: str
) -> None:
    result = of(grace_periods=1, grace_interest=treatment)
    first = result.rows[0]
    assert (first.kind, first.payment, first.capitalised) == ("grace", D(paid), D(capitalised))
    assert first.balance == D(balance_after)
    assert len(result.rows) == 12
    postponed = D(120) if treatment == "postponed" else D(0)
    assert result.rows[1].interest == (first.balance * D("0.01")).quantize(D("0.01")) + postponed


def test_a_holiday_extends_the_loan() -> None:
    plain, deferred = of(), of(deferrals=[{"from_instalment": 4, "interest": "waived"}])
    assert [row.payment for row in deferred.rows if row.kind == "instalment"] == [
        row.payment for row in plain.rows
    ]
    assert len(deferred.rows) == 13
    assert deferred.rows[3].kind == "deferral"
    assert deferred.rates["irr_simple"].value is not None
    assert deferred.rates["irr_simple"].value < D("0.12")


def test_a_capitalised_holiday_costs_interest_on_interest() -> None:
    plain = of()
    deferred = of(deferrals=[{"from_instalment": 4}])
    assert deferred.totals.capitalised == (plain.rows[2].balance * D("0.01")).quantize(D("0.01"))
    assert deferred.totals.principal == D("12000.00") + deferred.totals.capitalised
    assert deferred.rates["irr_simple"].value == pytest.approx(D("0.12"), abs=D("0.0001"))
    assert deferred.totals.cost > plain.totals.cost


def test_a_holiday_within_the_agreed_end_raises_the_rest() -> None:
    plain = of()
    squeezed = of(deferrals=[{"from_instalment": 4, "extend": False}])
    assert len(squeezed.rows) == 12
    assert squeezed.rows[4].payment > plain.rows[4].payment


def test_restructuring_puts_the_balance_on_new_terms() -> None:
    result = of(
        restructuring={"after_instalment": 6, "periods": 12, "annual_rate": "0.06", "fee": 50}
    )
    balance = result.rows[5].balance
    again = quote(Offer(principal=balance, annual_rate=D("0.06"), periods=12))
    assert [row.interest for row in result.rows[6:]] == [row.interest for row in again.rows]
    assert [row.fees for row in result.rows[6:8]] == [D(50), D(0)]


def test_an_introductory_rate_ends() -> None:
    result = of(
        principal=12000,
        annual_rate=0,
        period_rate=None,
        rate_changes=[{"after_instalment": 3, "annual_rate": "0.24"}],
    )
    assert [row.interest for row in result.rows[:3]] == [D(0)] * 3
    rest = quote(Offer(principal=D(9000), annual_rate=D("0.24"), periods=9))
    assert [row.payment for row in result.rows[3:]] == [row.payment for row in rest.rows]
    kept = of(
        rate_changes=[{"after_instalment": 3, "annual_rate": "0.24", "keep_instalment": True}]
    )
    assert kept.rows[4].payment == kept.instalment
    assert kept.rows[-1].payment > kept.rows[4].payment


def test_a_yearly_membership() -> None:
    yearly = {"kind": "membership", "when": "instalment", "amount": 88, "every": 6}
    result = of(fees=[yearly])
    assert [row.number for row in result.rows if row.fees] == [1, 7]
    assert result.totals.fees == D("176.00")


def test_a_loan_settled_on_the_first_day_has_no_rate() -> None:
    result = of(method="bullet", prepayments=[{"after_instalment": 0}])
    assert result.totals.cost == 0
    assert result.rates["irr_simple"].problem == "no_sign_change"


def test_partial_prepayment_shortens_or_lowers() -> None:
    ahead = {"after_instalment": 6, "amount": 3000}
    shorter = of(prepayments=[ahead])
    lower = of(prepayments=[{**ahead, "effect": "lower_instalment"}])
    assert len(shorter.rows) < 13 == len(lower.rows)
    assert shorter.rows[7].payment == shorter.instalment == D("1066.19")
    left = of().rows[5].balance - 3000
    expected = quote(Offer(principal=left, period_rate=D("0.01"), periods=6)).instalment
    assert lower.rows[7].payment == expected
    assert shorter.totals.cost < lower.totals.cost < of().totals.cost


def test_prepayment_between_due_dates_bears_interest_to_the_day() -> None:
    result = of(start="2026-01-01", prepayments=[{"on": "2026-01-11", "amount": 2000}])
    paid, after = result.rows[0], result.rows[1]
    assert (paid.kind, paid.interest) == ("prepayment", D("38.71"))  # 120 * 10 / 31
    assert after.interest == D("67.74")  # 10,000 * 0.01 * 21 / 31
    assert result.totals.principal == D("12000.00")


@pytest.mark.parametrize(
    ("fee", "charged"),
    [
        ({"fee": 30}, "30.00"),
        ({"fee_rate": "0.03"}, "90.00"),
        ({"fee_months_interest": 2}, "60.00"),
    ],
)
def test_prepayment_fees(fee: dict[str, Any], charged: str) -> None:
    result = of(prepayments=[{"after_instalment": 1, "amount": 3000, **fee}])
    assert result.rows[1].fees == D(charged)


def test_a_flat_charge_stays_due_unless_refunded() -> None:
    terms: dict[str, Any] = {"method": "flat_fee", "period_rate": "0.006"}
    kept = of(**terms, prepayments=[{"after_instalment": 4}])
    refunded = of(**terms, prepayments=[{"after_instalment": 4, "refund_unearned": True}])
    assert kept.totals.cost == of(**terms).totals.cost == D("864.00")
    assert refunded.totals.cost == D("288.00")
    kept_rate, agreed = kept.rates["irr_simple"].value, of(**terms).rates["irr_simple"].value
    assert kept_rate is not None
    assert agreed is not None
    assert kept_rate > agreed


def test_upfront_fees_may_be_refunded_in_proportion() -> None:
    result = of(upfront_fee=240, prepayments=[{"after_instalment": 3, "refund_unearned": True}])
    assert result.rows[-1].fees == D("-180.00")
    assert result.totals.fees == D("60.00")


@pytest.mark.parametrize(
    ("paid", "received", "principal"),
    [
        ("withheld", "11400.00", "12000.00"),
        ("separate", "11400.00", "12000.00"),
        ("financed", "12000.00", "12600.00"),
    ],
)
def test_fees_at_the_start(paid: str, received: str, principal: str) -> None:
    result = of(upfront_fee_rate="0.05", upfront_fee_paid=paid)
    assert result.received == D(received)
    assert result.totals.principal == D(principal)
    assert result.totals.cost == result.totals.interest + D(600)
    rate = result.rates["irr_simple"].value
    assert rate is not None
    assert rate > D("0.2")


def test_only_mandatory_charges_enter_the_rates() -> None:
    insurance = {"name": "insurance", "kind": "insurance", "when": "instalment", "amount": 20}
    must = of(fees=[insurance])
    may = of(fees=[{**insurance, "mandatory": False}])
    assert must.totals == may.totals.__class__(**{**vars(may.totals), "optional_fees": D("0.00")})
    assert may.totals.optional_fees == D("240.00")
    assert may.rates["irr_simple"].value == of().rates["irr_simple"].value
    assert must.rates["irr_simple"].value > D("0.15")  # type: ignore[operator]


def test_fees_on_balance_instalment_and_at_the_end() -> None:
    result = of(
        fees=[
            {"when": "instalment", "rate": "0.001", "base": "balance"},
            {"when": "last", "amount": 100},
        ]
    )
    assert result.rows[0].fees == D("12.00")
    assert result.rows[1].fees == (result.rows[0].balance * D("0.001")).quantize(D("0.01"))
    assert result.rows[-1].fees > D(100)


def test_late_payment_with_grace_fee_cap_and_compounding() -> None:
    late: dict[str, Any] = {"late_payments": [{"instalment": 2, "days": 10}]}
    penalty = of(**late).rows[1].penalty
    part = of().rows[1].principal
    assert penalty == (part * D("0.12") * D("1.5") / 365 * 10).quantize(D("0.01"))
    assert of(**late).rows[1].paid_on == date(2026, 3, 25)
    assert of(**late, late={"grace_days": 10}).rows[1].penalty == 0
    assert of(**late, late={"fee": 25, "cap": 28}).rows[1].penalty == D(28)
    compound = of(**late, late={"compound": True, "penalty_daily_rate": "0.01"})
    simple = of(**late, late={"penalty_daily_rate": "0.01"})
    assert compound.rows[1].penalty > simple.rows[1].penalty == round_to(part / 10)


def test_balloon_stated_as_an_amount() -> None:
    result = of(method="balloon", balloon=6000)
    assert result.rows[-1].payment == pytest.approx(result.instalment + D(6000), abs=D("0.1"))  # type: ignore[operator]
    assert result.rows[-1].balance == 0


def test_a_loan_by_its_repayment_alone() -> None:
    """Borrow 1,000, repay 1,400 in 30 days: 40 % for 30 days is 486.67 % a year, simple."""
    result = quote(
        Offer.model_validate(
            {
                "principal": 1000,
                "annual_rate": 0,
                "method": "bullet",
                "term_days": 30,
                "fees": [{"when": "last", "amount": 400}],
            }
        )
    )
    assert result.rows[0].payment == D("1400.00")
    assert result.rates["irr_simple"].value == pytest.approx(D("4.866667"), abs=D("1e-6"))
    assert result.cost_per_1000 == D("400.00")


def test_the_advertised_plan_costs_nearly_twice() -> None:
    """0.66 % a month, "no interest": 7.92 % advertised, 14.31 % by numpy-financial's rate."""
    plan = of(
        annual_rate=0,
        period_rate=None,
        instalment_fee_rate="0.0066",
    )
    flat = of(method="flat_fee", period_rate="0.0066")
    assert plan.totals.cost == flat.totals.cost == D("950.40")
    assert plan.rates["irr_simple"].value == flat.rates["irr_simple"].value
    assert float(flat.rates["irr_simple"].value or 0) == pytest.approx(
        12 * npf.rate(12, -1079.2, 12000, 0), abs=1e-9
    )
    assert flat.rates["china_simple"].published == D("14.31")
    assert flat.rates["advertised_period"].value == D("0.0066")


def test_postponed_interest_comes_on_top_of_the_next_instalment() -> None:
    result = of(grace_periods=3, grace_interest="postponed")
    level = result.instalment
    assert level is not None
    assert [row.payment for row in result.rows[:4]] == [0, 0, 0, level + 360]
    assert {row.payment for row in result.rows[4:-1]} == {level}
    assert abs(result.rows[-1].payment - level) < D("0.1")


def test_a_balloon_may_be_the_whole_principal() -> None:
    """Then it is interest first, principal at the end."""
    result = of(method="balloon", balloon=12000)
    assert [row.payment for row in result.rows] == [
        row.payment for row in of(method="interest_first").rows
    ]
    odd = of(method="balloon", balloon=12000, period_rate="0.010001", principal=12345)
    assert odd.totals.principal == D("12345.00")
    with pytest.raises(InputError, match="does not exceed"):
        of(method="balloon", balloon=12000, instalment=100)
