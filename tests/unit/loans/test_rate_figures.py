"""Which rates a quote carries, and what each of them contains."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import numpy_financial as npf
import pytest

from sandbox.loans import Offer, Quote, quote

GUARANTEE = {"name": "guarantee", "kind": "guarantee", "when": "instalment", "amount": 30}
SERVICE = {"name": "service", "kind": "service", "when": "instalment", "amount": 20}
CLUB = {"name": "club", "kind": "membership", "when": "withheld", "amount": 299}


def of(**terms: Any) -> Quote:
    return quote(Offer.model_validate({"principal": 12000, "period_rate": "0.01", **terms}))


def percent(result: Quote, name: str) -> D | None:
    value = result.rates[name].value
    return None if value is None else round(100 * value, 4)


def test_a_daily_rate_four_ways() -> None:
    """0.05 % a day: 18.25 % by 365, 18.00 % by 360, compounded daily 20.0159 %."""
    daily: dict[str, Any] = {
        "principal": 10000, "daily_rate": "0.0005", "method": "bullet", "term_days": 30,
    }  # fmt: skip
    result = quote(Offer.model_validate(daily))
    assert percent(result, "advertised_daily") == D("0.05")
    assert percent(result, "nominal_annual") == D("18.25")
    assert percent(result, "daily_compounded") == D("20.0159")
    by_360 = quote(Offer.model_validate({**daily, "day_count": "actual/360"}))
    assert percent(by_360, "nominal_annual") == D("18")
    assert by_360.rates["daily_compounded"].value == round(D("1.0005") ** 360 - 1, 10)


@pytest.mark.parametrize("day_count", ["30/360", "30E/360", "30/360US", "actual/360"])
def test_a_daily_rate_of_a_year_of_360_days_is_given_back(day_count: str) -> None:
    result = quote(
        Offer.model_validate({"principal": 10000, "daily_rate": "0.0005", "day_count": day_count})
    )
    assert result.rates["advertised_daily"].value == D("0.0005")
    assert result.rates["nominal_annual"].value == D("0.18")


def test_a_flat_charge_has_no_compounded_daily_rate() -> None:
    assert "daily_compounded" not in of(method="flat_fee").rates


def test_a_compounded_rate_beyond_all_measure_is_out_of_range() -> None:
    """300 % a week, compounded every day."""
    figure = of(period_rate=3, period="week", periods=1).rates["daily_compounded"]
    assert (figure.value, figure.problem) == (None, "out_of_range")


def test_the_lenders_rate_leaves_out_what_others_take() -> None:
    """The annualised rate holds interest and the lender's fees, the all-in cost every payee's."""
    result = of(fees=[SERVICE, GUARANTEE, CLUB])
    lender, plain = of(fees=[SERVICE]), of()
    assert result.rates["china_annual_simple"].value == lender.rates["china_simple"].value
    assert result.rates["china_annual_compound"].value == lender.rates["china_compound"].value
    assert plain.rates["china_annual_simple"].value == plain.rates["china_simple"].value
    for name, paid, received in [
        ("china_annual_simple", "1086.19", 12000),
        ("china_simple", "1116.19", 11701),
    ]:
        expected = 12 * npf.rate(12, -float(paid), received, 0)
        assert float(result.rates[name].value or 0) == pytest.approx(expected, abs=2e-5)
    assert percent(result, "china_simple") == percent(result, "irr_simple")


def test_a_premium_that_is_lent_belongs_to_the_all_in_cost() -> None:
    insured = of(fees=[{"kind": "insurance", "when": "financed", "amount": 600}])
    assert percent(insured, "china_annual_simple") == percent(of(), "china_simple")
    simple = insured.rates["china_simple"].value
    assert simple is not None
    assert simple > D("0.21")


def test_optional_fees_enter_no_rate() -> None:
    result = of(fees=[{**SERVICE, "mandatory": False}, {**CLUB, "mandatory": False}])
    for name in ("china_annual_simple", "china_simple", "irr_simple", "xirr", "us_apr", "eu_aprc"):
        assert result.rates[name].value == of().rates[name].value


def test_every_rate_says_its_convention_and_source() -> None:
    for figure in of(fees=[GUARANTEE]).rates.values():
        assert figure.convention
        assert figure.source
        assert figure.basis in ("simple", "compound", "flat")


@pytest.mark.parametrize(
    ("method", "years"),
    [("equal_instalment", "0.5492"), ("equal_principal", "0.5395"), ("interest_first", "1.0000")],
)
def test_average_life_explains_the_interest(method: str, years: str) -> None:
    """At one rate, interest is rate times principal times average life (actual/365: exactly)."""
    result = quote(
        Offer.model_validate(
            {"principal": 12000, "annual_rate": "0.12", "method": method, "day_count": "actual/365"}
        )
    )
    assert result.average_life == D(years)
    assert result.totals.interest == pytest.approx(
        D("0.12") * 12000 * result.average_life, abs=D("0.15")
    )
