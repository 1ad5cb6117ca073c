"""The figures against the textbook: flows written down by hand, solved by an independent library."""

from __future__ import annotations

from decimal import Decimal as D

import numpy_financial
import pytest

from sandbox.adverts import AdvertBook, Answers, read, true_cost


def yearly(flows: list[float], a_year: int) -> float:
    return float(numpy_financial.irr(flows)) * a_year


BY_HAND = [
    ("到手9000 还12期每期1000", {}, [-9000.0] + [1000.0] * 12, 12),
    ("借12000，0利息，手续费0.6%/期，12期", {}, [-12000.0] + [1072.0] * 12, 12),
    ("borrow $5,000, 10 instalments of $550", {}, [-5000.0] + [550.0] * 10, 12),
    ("You get $1,000. $28 a week for 52 weeks", {}, [-1000.0] + [28.0] * 52, 52),
    ("月供仅199元，36期", {"amount": 5000}, [-5000.0] + [199.0] * 36, 12),
    ("借10000，一次性手续费500，0利息，10期", {}, [-9500.0] + [1000.0] * 10, 12),
    ("每天3块", {"daily_meaning": "repayment", "amount": 1000, "periods": 12},
     [-1000.0] + [91.25] * 12, 12),
    ("先息后本，月息8厘，借10000，6期", {}, [-10000.0] + [80.0] * 5 + [10080.0], 12),
    ("borrow 1000, interest 2% a month, 1 payment", {"periods": 1}, [-1000.0, 1020.0], 12),
    ("借9000，3个月一次还清，利息共450", {"method": "bullet"}, [-9000.0, 0.0, 0.0, 9450.0], 12),
]  # fmt: skip


@pytest.mark.parametrize(("text", "answers", "flows", "a_year"), BY_HAND)
def test_the_yearly_cost_is_that_of_the_flows(
    book: AdvertBook, text: str, answers: dict[str, object], flows: list[float], a_year: int
) -> None:
    truth = true_cost(read(text, book), Answers.model_validate(answers))
    assert truth.quote is not None, truth
    assert truth.simple is not None
    assert truth.compound is not None
    assert float(truth.quote.totals.payment) == pytest.approx(sum(flows[1:]), abs=0.02)
    rate = yearly(flows, a_year)
    if truth.quote.offer.method == "bullet" and len(flows) > 2:  # one long period, not compounded
        rate = (flows[-1] / -flows[0] - 1) * 12 / (len(flows) - 1)
    assert float(truth.simple) == pytest.approx(rate, abs=2e-4)


def test_stated_payments_are_kept_to_the_cent(book: AdvertBook) -> None:
    truth = true_cost(read("借10000，12期，每期还1000", book), Answers())
    assert truth.quote is not None
    assert [row.payment for row in truth.quote.rows] == [D(1000)] * 12


def test_a_total_that_cannot_be_split_evenly_is_still_repaid_exactly(book: AdvertBook) -> None:
    truth = true_cost(read("借10000，分7期，一共还10000.05元", book), Answers())
    assert truth.quote is not None
    assert truth.quote.totals.payment == D("10000.05")


def test_the_advertised_figure_is_put_beside_the_true_one(book: AdvertBook) -> None:
    for text, yearly_figure in (
        ("0利息 手续费0.6%/期，12期", "0.072"),
        ("日息万五，12期", "0.1825"),
        ("月息1分，12期", "0.12"),
        ("0.2% a week interest, 12 weeks, borrow 500", "0.104"),
        ("borrow 1000 interest 1% per instalment, 6 instalments", "0.12"),
        ("借1万每天利息低至2元", "0.073"),
        ("年化利率7.2%，12期", "0.072"),
        ("0利息，12期", "0"),
    ):
        truth = true_cost(read(text, book), Answers())
        assert truth.advertised is not None, text
        assert truth.advertised.yearly == D(yearly_figure), text


def test_no_advertised_figure_is_invented(book: AdvertBook) -> None:
    truth = true_cost(read("borrow 1000 repay 1400 in 30 days", book), Answers())
    assert truth.advertised is None
    assert truth.simple is not None
    assert float(truth.simple) == pytest.approx(0.4 * 365 / 30)
    assert truth.compound is not None
    assert float(truth.compound) == pytest.approx(1.4 ** (365 / 30) - 1, rel=1e-6)


def test_every_assumption_is_marked_and_an_answer_takes_its_place(book: AdvertBook) -> None:
    reading = read("日息万五", book)
    assumed = {use.field: use.source for use in true_cost(reading, Answers()).workings.used}
    assert assumed == {
        "rate": "stated", "amount": "assumed", "periods": "assumed", "pay_every": "assumed",
        "method": "assumed", "other_fees": "assumed",
    }  # fmt: skip
    given = Answers(
        amount=D(5000), periods=6, pay_every="month", method="equal_principal", other_fees=D(50)
    )
    sources = {use.field: use.source for use in true_cost(reading, given).workings.used}
    assert set(sources.values()) == {"stated", "answer"}
    codes = [question.code for question in true_cost(reading, given).workings.questions]
    assert codes == [question.code for question in true_cost(reading, Answers()).workings.questions]


def test_a_daily_repayment_is_shown_as_the_monthly_one_it_is_counted_as(book: AdvertBook) -> None:
    given = Answers(daily_meaning="repayment", amount=D(1000), periods=12)
    used = {use.field: use for use in true_cost(read("每天只要3块", book), given).workings.used}
    assert (used["instalment"].value, used["instalment"].source) == (D("91.25"), "assumed")


def test_the_lowest_price_is_called_the_best_case(book: AdvertBook) -> None:
    for text, best in (
        ("日息低至0.02%，12期", True),
        ("年化7.2%-24%，12期", True),
        ("借1万每天利息低至2元", True),
        ("年化7.2%，3-36个月", False),
        ("日息0.02%，12期", False),
    ):
        assert true_cost(read(text, book), Answers()).workings.best_case is best, text
    chosen = true_cost(read("年化7.2%-24%，12期", book), Answers(rate=D("0.24")))
    assert not chosen.workings.best_case


def test_fees_without_a_price_make_the_cost_at_least_so_much(book: AdvertBook) -> None:
    reading = read("0利息，借5000，10期，收服务费", book)
    assert true_cost(reading, Answers()).workings.at_least
    priced = true_cost(reading, Answers(other_fees=D(200)))
    assert not priced.workings.at_least
    assert priced.quote is not None
    assert priced.quote.received == D(4800)


def test_what_is_kept_back_is_not_counted_twice(book: AdvertBook) -> None:
    for text in (
        "借10000，先扣服务费1000，到手9000，12期，每期还940",
        "先扣服务费1000，到手9000，12期，每期还940",
        "借10000，到手9000，12期，每期还940",
    ):
        truth = true_cost(read(text, book), Answers())
        assert truth.quote is not None
        assert (truth.quote.received, truth.quote.totals.payment) == (D(9000), D(11280)), text


def test_a_fee_with_every_payment_is_not_a_fee_once(book: AdvertBook) -> None:
    reading = read("0利息，借1000，10期，服务费20元", book)
    assert true_cost(reading, Answers()).workings.open == ("fee_when",)
    costs = {}
    for when in ("withheld", "separate", "instalment", "last"):
        truth = true_cost(reading, Answers.model_validate({"fee_when": when}))
        assert truth.quote is not None
        costs[when] = truth.quote.totals.cost
    assert costs == {"withheld": D(20), "separate": D(20), "instalment": D(200), "last": D(20)}


def test_what_the_engine_refuses_is_reported(book: AdvertBook) -> None:
    truth = true_cost(read("日利率50%，借1000，12期", book), Answers())
    assert truth.quote is None
    assert truth.problem is not None
    assert (truth.problem.field, truth.problem.reason) == ("daily_rate", "too_large")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("借10000，12期，每期还500", "repays_less"),
        ("借1000，12期，每期还100，一共还2000", "totals_disagree"),
        ("借1000，到手1500，12期，每期还150", "received_above_amount"),
        ("borrow $1,000, repay £1,200 in 30 days", "two_currencies"),
    ],
)
def test_figures_that_cannot_be_true_together_are_refused(
    book: AdvertBook, text: str, code: str
) -> None:
    reading = read(text, book)
    truth = true_cost(reading, Answers())
    assert truth.workings.refused == code
    assert truth.quote is None
    assert code in {doubt.code for doubt in reading.ambiguities}
