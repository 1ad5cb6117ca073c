"""An advert's loan opened in the price tool costs the same there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jiejian.content.targets import keys_of
from jiejian.services.total_price import with_total
from jiejian.ui.lab.advert_link import presets
from sandbox.adverts import Answers, Truth, read, shipped_advertbook, true_cost
from sandbox.loans import Offer, quote

BOOK = shipped_advertbook()
LINKED = [
    "日息万五，12期",
    "0利息 手续费0.6%/期，借12000，12期",
    "借1万每天利息低至2元",
    "月利率1.2%，等额本金，36个月，借20万",
    "先息后本，月息8厘，借1万，6期",
    "年化利率7.2%，借5000，服务费3%一次性收取，12期",
    "到手9000 还12期每期1000",
    "借10000，先扣1000，到手9000，12期每期还1000",
    "You get $1,000. $28 a week for 52 weeks",
    "borrow 1000 for 7 months, total interest 77",
    "借5000，10期，0利息，担保费每期10元，管理费每月0.2%",
    "借6000，月息1%，到期一次还清，6个月",
]
NOT_LINKED = [
    "borrow 1000 repay 1400 in 30 days",
    "前3期免息，之后月利率1.5%，12期",
    "借1000，30天，分4期，一共还1100",
    "没有借款",
]


def truth_of(text: str) -> Truth:
    return true_cost(read(text, BOOK), Answers())


def typed_in(given: dict[str, str]) -> dict[str, object]:
    """What the form makes of the presets (see ui/lab/offer_form)."""
    terms: dict[str, object] = {"principal": given["principal"], "periods": int(given["periods"])}
    rate, price = Decimal(given["rate"]), given["price"]
    match price:
        case "annual" | "period" | "flat":
            terms["annual_rate" if price == "annual" else "period_rate"] = rate / 100
        case "daily":
            terms["daily_rate"] = rate / 10000
        case "total":
            terms["repay_total"] = rate
    if price == "flat":
        terms["method"] = "flat_fee"
    for name in ("method", "period", "upfront_fee", "instalment_fee"):
        if name in given:
            terms[name] = given[name]
    for name in ("upfront_fee_rate", "instalment_fee_rate"):
        if name in given:
            terms[name] = Decimal(given[name]) / 100
    return terms


@pytest.mark.parametrize("text", LINKED)
def test_the_link_carries_the_whole_loan(text: str) -> None:
    truth = truth_of(text)
    given = presets(truth)
    assert truth.quote is not None
    assert given is not None
    assert given.keys() <= set(keys_of("lab"))
    there = quote(Offer.model_validate(with_total(typed_in(given))))
    assert there.received == truth.quote.received
    assert there.totals.payment == truth.quote.totals.payment
    assert there.rates["irr_simple"].value == pytest.approx(truth.simple, abs=Decimal("1e-6"))


@pytest.mark.parametrize("text", NOT_LINKED)
def test_a_loan_the_form_cannot_hold_is_not_linked(text: str) -> None:
    assert presets(truth_of(text)) is None
