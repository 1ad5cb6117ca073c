"""Where the reader must keep silent, or say that it cannot tell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sandbox.adverts import AdvertBook, Answers, read, true_cost
from sandbox.input_error import InputError

NOTHING = [
    "今天天气不错，吃了3碗饭，花了30元",
    "第二杯半价，满30减5，24小时营业",
    "我昨天还了朋友200元，他借给我的书很好看",
    "扫码领50元红包，满100减20",
    "这家店打5折，会员费99元一年",
    "周末爬山，门票30元，来回3小时",
    "借呗花呗这样的产品我不用",
    "为什么程序员分不清万圣节和圣诞节？因为31 OCT等于25 DEC",
    "I have 3 cats and 2 dogs; food is $40 a week in winter, they say",
    "The interest rate of the central bank rose 0.25% in July",
    "Why did the loan cross the road? To get to the other side of 9 to 5.",
    "Chance of rain 30% for 12 hours",
    "Call 0800 123 4567 for a loan today",
    "Rated 4.8 stars by 20,000 borrowers",
    "100% approval rate, 98% of customers satisfied",
    "通过率98%，服务500万用户，已借出300亿",
    "",
    "   \n\t ",
    "🎉🎉🎉",
    "<b>&nbsp;</b>",
]


@pytest.mark.parametrize("text", NOTHING)
def test_a_text_that_states_no_price_states_nothing(book: AdvertBook, text: str) -> None:
    reading = read(text, book)
    prices = [item for item in reading.stated if item.field not in ("term", "instalment")]
    assert prices == []
    assert true_cost(reading, Answers()).quote is None


NOT_FIGURES = [
    ("电话13812345678，借款请拨打", ""),
    ("借款热线：400-820-8820", ""),
    ("借款加微信 12345678", ""),
    ("2026年12月1日前借款", ""),
    ("借款活动截止2026-12-31", ""),
    ("还款日每月15日", ""),
    ("借款24小时放款，3分钟到账", ""),
    ("7×24小时借款", ""),
    ("18-60岁可借", ""),
    ("年满22周岁，工资流水满6个月，贷款", ""),
    ("社保连续缴纳12个月，可贷", ""),
    ("借款第3期起", ""),
    ("借款仅需3步", ""),
    ("loans: call 1-800-555-0199 before 12/31/2026", ""),
    ("loan by Dec 15, 2026, at 9:30", ""),
    ("money in 24 hours, loans decided in 15 minutes", ""),
    ("employed for 6 months? get a loan", ""),
    ("Loans since 1998 at www.example.com/12 or a1@example.com", ""),
    ("iphone15 loan v2.0", ""),
    ("bank loan account 6222021234567890123", ""),
    ("贷款编号 20261234567", ""),
    ("100%通过的贷款", ""),
    ("Pay in 4 with a loan", ""),
    ("① 借款快 ② 还款易", ""),
    ("利率1̶8̶%̶的贷款", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "_why"), NOT_FIGURES)
def test_figures_of_other_things_are_not_read(book: AdvertBook, text: str, _why: str) -> None:
    assert [item for item in read(text, book).stated if item.unit != "code"] == []


def test_a_limit_is_not_the_amount_borrowed(book: AdvertBook) -> None:
    reading = read("额度最高20万，年化利率7.2%，24小时放款", book)
    assert reading.one("amount") is None
    assert reading.one("term") is None
    truth = true_cost(reading, Answers())
    amount = next(use for use in truth.workings.used if use.field == "amount")
    assert (amount.value, amount.source) == (Decimal(10_000), "assumed")


def test_the_assumed_amount_stays_within_the_limit(book: AdvertBook) -> None:
    truth = true_cost(read("额度最高5000元，年化利率7.2%", book), Answers())
    assert truth.quote is not None
    assert truth.quote.offer.principal == 5000


@pytest.mark.parametrize(
    ("text", "doubt", "question"),
    [
        ("年利率7.2%，日利率0.05%", "rates_disagree", "rate_per"),
        ("年利率7.2%，借款年利率18%", "rates_disagree", "rate"),
        ("利率4.35%，借1万", "rate_without_period", "rate_per"),
        ("4% interest, 5 year loan", "rate_without_period", "rate_per"),
        ("年息2分", "folk_year", "rate"),
        ("日利率0.05%，借1万，借3万", "several_values", "amount"),
        ("月供200，分12期，分24期，借2000", "several_values", "periods"),
        ("0利息，借6000，3/6/12期", "several_options", "periods"),
        ("每天只要3块", "daily_meaning", "daily_meaning"),
        ("0利息，借1000，10期，手续费3%", "fee_without_time", "fee_when"),
    ],
)
def test_what_could_mean_two_things_must_be_answered(
    book: AdvertBook, text: str, doubt: str, question: str
) -> None:
    reading = read(text, book)
    truth = true_cost(reading, Answers())
    assert doubt in {found.code for found in reading.ambiguities}
    assert question in truth.workings.open
    assert question in reading.missing
    assert truth.quote is None


def test_a_habit_of_speech_is_an_assumption_that_shows(book: AdvertBook) -> None:
    reading = read("利息2分，借2万，用一年", book)
    assert [doubt.code for doubt in reading.ambiguities] == ["folk_unclear"]
    truth = true_cost(reading, Answers())
    assert truth.simple is not None
    assert round(truth.simple, 4) == Decimal("0.2400")
    per = next(use for use in truth.workings.used if use.field == "rate_per")
    assert (per.value, per.source) == ("month", "assumed")
    by_year = true_cost(reading, Answers(rate_per="year"))
    assert by_year.simple is not None
    assert round(by_year.simple, 3) == Decimal("0.020")


def test_a_denial_is_not_read_as_a_promise(book: AdvertBook) -> None:
    for text in ("不是0利息，手续费每期0.5%", "This is not interest-free, fee 0.5% per instalment"):
        reading = read(text, book)
        assert reading.one("interest") is None
        assert "denied" in {doubt.code for doubt in reading.ambiguities}


def test_no_word_of_lending_is_said_first(book: AdvertBook) -> None:
    reading = read("Only $3 a day!", book)
    assert reading.ambiguities[0].code == "no_loan_words"


def test_hidden_direction_marks_are_named(book: AdvertBook) -> None:
    reading = read("年利率\u202e7.2%\u202c", book)
    assert "turned_text" in {doubt.code for doubt in reading.ambiguities}


def test_invisible_characters_do_not_hide_a_number(book: AdvertBook) -> None:
    item = read("月利率1\u200b8%", book).one("rate")
    assert item is not None
    assert item.value == Decimal("0.18")
    assert item.span.text == "月利率1\u200b8%"


def test_a_comma_that_could_be_a_point_is_left_alone(book: AdvertBook) -> None:
    assert read("interest 7,2 % a year", book).all("rate") == ()
    assert read("借8，000元", book).all("amount") == ()


def test_more_figures_than_an_advert_has_are_not_all_read(book: AdvertBook) -> None:
    reading = read("借100元，" * 100, book)
    assert "too_many_numbers" in {doubt.code for doubt in reading.ambiguities}


@pytest.mark.parametrize(
    ("text", "reason"), [("借" * 10_001, "too_long"), ("日息\ud800万五", "not_text")]
)
def test_what_cannot_be_read_at_all_is_refused(book: AdvertBook, text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text, book)
    assert (caught.value.field, caught.value.reason) == ("text", reason)
