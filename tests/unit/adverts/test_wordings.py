"""How adverts say it, in both languages: the fields and values each wording must give, no others."""

from __future__ import annotations

import pytest

from sandbox.adverts import AdvertBook, Stated, read

Wanted = dict[str, str]

# field -> "value", or "value unit" where the unit matters; a field said twice: values with |.
RATES: list[tuple[str, Wanted]] = [
    ("日息万五", {"rate": "0.0005 per_day"}),
    ("日利率万分之五", {"rate": "0.0005 per_day"}),
    ("日利率0.05%", {"rate": "0.0005 per_day"}),
    ("日利率０．０５％", {"rate": "0.0005 per_day"}),
    ("每天利率0.5‰", {"rate": "0.0005 per_day"}),
    ("利息按日0.03%计", {"rate": "0.0003 per_day"}),
    ("日息万2.5", {"rate": "0.00025 per_day"}),
    ("月息1分", {"rate": "0.01 per_month"}),
    ("月息一分五厘", {"rate": "0.015 per_month"}),
    ("月息8厘", {"rate": "0.008 per_month"}),
    ("年息8厘", {"rate": "0.08 per_year"}),
    ("日息1厘", {"rate": "0.0001 per_day"}),
    ("月利率千分之六", {"rate": "0.006 per_month"}),
    ("百分之七点二的年利率", {"rate": "0.072 per_year"}),
    ("年化利率12%（复利）", {"rate": "0.12 per_year_compound"}),
    ("年化利率（单利）7.2%", {"rate": "0.072 per_year_simple"}),
    ("年利率7.2%，也就是月利率0.6%", {"rate": "0.006 per_month|0.072 per_year"}),
    ("每周利率2%", {"rate": "0.02 per_week"}),
    ("24.9% APR", {"rate": "0.249 per_year"}),
    ("APR: 9.9%", {"rate": "0.099 per_year"}),
    ("Interest: 0.8 % per day", {"rate": "0.008 per_day"}),
    ("interest of 1.5 percent a month", {"rate": "0.015 per_month"}),
    ("2% monthly interest", {"rate": "0.02 per_month"}),
    ("interest rate 12% p.a.", {"rate": "0.12 per_year"}),
]
FEES: list[tuple[str, Wanted]] = [
    ("手续费0.6%/期", {"instalment_fee_rate": "0.006 per_instalment"}),
    ("每期手续费0.75%", {"instalment_fee_rate": "0.0075 per_instalment"}),
    ("月费率0.38%", {"instalment_fee_rate": "0.0038 per_month"}),
    ("借3000，一次性手续费5%", {"amount": "3000", "upfront_fee_rate": "0.05 of_amount"}),
    ("借款5000元，服务费200元", {"amount": "5000", "fee": "200"}),
    ("借1万，砍头息1000", {"amount": "10000", "upfront_fee": "1000"}),
    ("月供300，会员费19.9元/月", {"instalment": "300", "instalment_fee": "19.9 per_month"}),
    ("Borrow $900, 3% processing fee", {"amount": "900", "fee_rate": "0.03"}),
    ("loan $900, admin fee of $30 deducted upfront", {"amount": "900", "upfront_fee": "30"}),
    (
        "flat rate 1% per month, loan of 2k",
        {"instalment_fee_rate": "0.01 per_month", "amount": "2000"},
    ),
    ("Borrow £100, pay £24 per £100", {"amount": "100", "cost_share": "24", "base": "100"}),
    ("0利息", {"interest": "free"}),
    ("借款0手续费", {"fees": "none"}),
    ("interest-free, no fees", {"interest": "free", "fees": "none"}),
    ("0% interest", {"interest": "free"}),
    ("借5000，服务费、平台费", {"amount": "5000", "named_fee": "named|named"}),
]
MONEY: list[tuple[str, Wanted]] = [
    ("借1万每天利息低至2元", {"amount": "10000", "daily_cost": "2"}),
    ("每万元日息2元", {"base": "10000", "daily_cost": "2"}),
    ("月供仅199元", {"instalment": "199 per_month"}),
    ("每期还1,066.19元", {"instalment": "1066.19 per_instalment"}),
    ("借三万五", {"amount": "35000"}),
    ("借1万2千元", {"amount": "12000"}),
    ("借2万5，分12期", {"amount": "25000", "periods": "12"}),
    ("借1w", {"amount": "10000"}),
    ("借款一百零五元", {"amount": "105"}),
    ("到手9000，还10000", {"received": "9000", "total_repaid": "10000"}),
    ("借一千，利息共两百块", {"amount": "1000", "total_cost": "200"}),
    ("额度最高20万", {"limit": "200000"}),
    ("贷款10到50万", {"limit": "100000"}),
    ("每借1000元每天利息5毛", {"base": "1000", "daily_cost": "0.5"}),
    ("年化12%，首付3000元", {"rate": "0.12 per_year", "down_payment": "3000"}),
    ("借钱先交保证金500元", {"deposit": "500"}),
    ("萬元日息低至2元，還款期12個月", {"base": "10000", "daily_cost": "2", "term": "12 months"}),
    ("Borrow up to $25,000", {"limit": "25000"}),
    ("$1.5k loan", {"amount": "1500"}),
    ("We lend you $1,000", {"amount": "1000"}),
    ("You receive €450 and repay €600", {"received": "450", "total_repaid": "600"}),
    ("repay $1,400 in total", {"total_repaid": "1400"}),
    ("only $3 a day", {"daily_amount": "3"}),
    ("just 99 cents per day", {"daily_amount": "0.99"}),
]
TIME: list[tuple[str, Wanted]] = [
    ("分12期还款", {"periods": "12"}),
    ("借二十四期", {"periods": "24"}),
    ("借半年", {"term": "6 months"}),
    ("借一年半", {"term": "18 months"}),
    ("借三万，借一年", {"amount": "30000", "term": "12 months"}),
    ("逾期按日0.05%计收罚息", {"late_rate": "0.0005 per_day"}),
    ("late payments cost 5%, loan", {"late_rate": "0.05 of_amount"}),
    ("利息2%一个月", {"rate": "0.02 per_month"}),
    ("贷款利率8%一年", {"rate": "0.08 per_year"}),
    ("贷款期限3年", {"term": "36 months"}),
    ("借30天", {"term": "30 days"}),
    ("贷款最长可分36期", {"longest_term": "36"}),
    ("贷款3/6/12期", {"periods": "3"}),
    ("前3期免息，之后月利率1%", {"free_periods": "3", "rate": "0.01 per_month"}),
    ("首月免息", {"free_periods": "1"}),
    ("首借30天免息", {"free_days": "30"}),
    ("a loan over 12 months", {"term": "12 months"}),
    ("12-month loan", {"term": "12 months"}),
    ("repay in twelve instalments", {"periods": "12"}),
    ("12 monthly payments of $90", {"periods": "12", "instalment": "90"}),
    ("12 x $90 a month", {"periods": "12", "instalment": "90 per_month"}),
    ("£27.50 weekly for 52 weeks", {"instalment": "27.5 per_week", "term": "52 weeks"}),
    ("interest-free for 3 instalments, then 1.5% a month",
     {"free_periods": "3", "rate": "0.015 per_month"}),
    ("0% interest for 6 months, after that 24.9% APR",
     {"free_periods": "6 months", "rate": "0.249 per_year"}),
    ("借1万，先息后本", {"amount": "10000", "method": "interest_first"}),
    ("借1万，到期一次还清", {"amount": "10000", "method": "bullet"}),
    ("interest-only loan", {"method": "interest_first"}),
]  # fmt: skip


def told(items: tuple[Stated, ...], field: str, units: bool) -> str:
    """What is stated of a field, written like the tables above."""
    parts = []
    for item in items:
        if item.field == field:
            value = item.value if isinstance(item.value, str) else f"{item.value.normalize():f}"
            parts.append(f"{value} {item.unit}" if units else value)
    return "|".join(sorted(parts))


@pytest.mark.parametrize(("text", "wanted"), [*RATES, *FEES, *MONEY, *TIME])
def test_a_wording_is_read(book: AdvertBook, text: str, wanted: Wanted) -> None:
    stated = read(text, book).stated
    assert {
        field: told(stated, field, " " in wanted.get(field, ""))
        for field in {i.field for i in stated}
    } == wanted


def test_each_statement_shows_its_words(book: AdvertBook) -> None:
    text = "新人福利：借1万，每天利息低至2元；Only £27.50 weekly！"
    for item in read(text, book).stated:
        assert text[item.span.start : item.span.end] == item.span.text
    words = {item.field: item.span.text for item in read(text, book).stated}
    assert words == {
        "amount": "借1万",
        "daily_cost": "每天利息低至2元",
        "instalment": "£27.50 weekly",
    }


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("日息低至0.02%", "best_case"),
        ("年化利率7.2%起", "best_case"),
        ("年利率最低3.6%", "best_case"),
        ("from 5.9% APR", "best_case"),
        ("APR as low as 5.9%", "best_case"),
        ("rates start at 5.9% a year", "best_case"),
        ("年利率最高24%", "up_to"),
        ("up to 36% APR", "up_to"),
        ("年利率约8%", "about"),
        ("年化7.2%-24%", "range"),
        ("APR between 7.9% and 35.9%", ""),
        ("年利率7.2%", ""),
        ("次月起月利率1.8%", ""),
        ("从下月起，年利率7.2%", ""),
    ],
)
def test_how_far_a_rate_binds(book: AdvertBook, text: str, hedge: str) -> None:
    rates = [item for item in read(text, book).stated if item.field == "rate"]
    assert [item.hedge for item in rates] == [hedge]


def test_a_range_keeps_both_ends_and_a_list_every_choice(book: AdvertBook) -> None:
    ranged = read("年化利率7.2%~24%", book).one("rate")
    assert ranged is not None
    assert (str(ranged.value), str(ranged.high)) == ("0.072", "0.24")
    listed = read("借6000，3、6、12期可选", book).one("periods")
    assert listed is not None
    assert [str(option) for option in listed.options] == ["3", "6", "12"]


@pytest.mark.parametrize(
    ("text", "trap"),
    [
        ("0利息，手续费0.6%/期", "free_but_fees"),
        ("月供仅199元", "instalment_only"),
        ("日息低至0.02%", "small_unit"),
        ("月费率0.5%", "flat_fee"),
        ("借1万，到手9000", "kept_back"),
        ("前3期免息", "teaser"),
        ("额度最高20万", "limit"),
        ("年化利率7.2%(单利)", "simple_rate"),
        ("借5000，另收服务费", "fees_without_price"),
        ("黑户可贷", "no_check"),
        ("借钱人人可借，必过", "guaranteed"),
        ("放款前先交验资费", "pay_first"),
        ("贷款名额有限", "urgency"),
        ("额度以实际审批为准", "small_print"),
        ("每月最低还款100元", "minimum_payment"),
        ("手机首付1000元，月供300元", "down_payment"),
        ("guaranteed approval loans", "guaranteed"),
        ("loans with no credit check", "no_check"),
        ("loan: pay a deposit before payout", "pay_first"),
        ("hurry, loan offer ends tonight", "urgency"),
        ("loans subject to status", "small_print"),
    ],
)
def test_a_trap_is_named_with_its_words(book: AdvertBook, text: str, trap: str) -> None:
    reading = read(text, book)
    found = [item for item in reading.traps if item.code == trap]
    assert len(found) == 1
    assert found[0].span.text in text


def test_a_rate_in_per_cent_of_the_principal_to_repay_is_no_interest(book: AdvertBook) -> None:
    assert read("每月只需还1%本金", book).all("rate") == ()
