"""Whatever text and answers come: no error, words where they are said to be, sound values."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from sandbox.adverts import AdvertBook, Answers, Reading, read, shipped_advertbook, true_cost

BOOK: AdvertBook = shipped_advertbook()
SAID = [
    "借", "1万", "12期", "日息", "万五", "低至", "2元", "每天", "利息", "0利息", "手续费", "0.6%", "/期", "到手", "9000", "还",
    "月供", "分", "厘", "一", "两", "百分之", "千", "起", "最高", "20万", "，", "。", " ", "\n", "borrow ", "$1,000", "repay ",
    "in 30 days", "a day", "interest", "-free", "then ", "1.5%", " per month", "not ", "3/6/12", " instalments", "fee ",
    "\u202e", "\u200b", "😀", "<b>", "0️⃣", "①", "½", "²", "年化", "7.2%-24%", "每", "100元", "半年", "x", "12 x $90",
]  # fmt: skip
texts = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400),
    st.lists(st.sampled_from(SAID), max_size=40).map("".join),
    st.lists(st.one_of(st.sampled_from(SAID), st.text(max_size=3)), max_size=40)
    .map("".join)
    .filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)),
)
money = st.decimals(min_value="0.01", max_value="1000000", places=2)
answers = st.builds(
    Answers,
    amount=st.none() | money,
    periods=st.none() | st.integers(1, 600),
    pay_every=st.sampled_from([None, "week", "month"]),
    term_days=st.none() | st.integers(1, 3650),
    method=st.sampled_from(
        [None, "equal_instalment", "equal_principal", "interest_first", "flat_fee", "bullet"]
    ),
    rate=st.none() | st.decimals(min_value=0, max_value=36, places=4),
    rate_per=st.sampled_from([None, "day", "week", "month", "year", "instalment"]),
    instalment=st.none() | money,
    daily_meaning=st.sampled_from([None, "interest", "repayment"]),
    fee_when=st.sampled_from([None, "withheld", "separate", "instalment", "last"]),
    other_fees=st.none() | money,
)


def sound(reading: Reading) -> None:
    spans = [
        *(item.span for item in reading.stated),
        *(trap.span for trap in reading.traps),
        *(span for doubt in reading.ambiguities for span in doubt.spans),
    ]
    for span in spans:
        assert 0 <= span.start < span.end <= len(reading.text)
        assert reading.text[span.start : span.end] == span.text
    for item in reading.stated:
        numbers = [n for n in (item.value, item.high, *item.options) if isinstance(n, Decimal)]
        assert all(number.is_finite() and number > 0 for number in numbers)
        assert item.high is None or item.high > item.number
        assert isinstance(item.value, Decimal) == (item.unit != "code")


@given(texts)
@example("0%利息的")
@example("⅚月息1分")
@example("借0元")
def test_any_text_is_read_without_error(text: str) -> None:
    reading = read(text, BOOK)
    sound(reading)
    assert read(text, BOOK) == reading


@given(texts, answers)
def test_any_answers_end_in_figures_questions_or_a_reason(
    text: str, given_answers: Answers
) -> None:
    reading = read(text, BOOK)
    truth = true_cost(reading, given_answers)
    work = truth.workings
    assert set(work.open) <= {question.code for question in work.questions}
    if truth.quote is not None:
        assert work.offer is not None
        assert not work.open
        assert truth.quote.totals.payment > 0
        assert all(row.payment >= 0 for row in truth.quote.rows)
    elif reading.stated:
        assert work.open or work.refused or truth.problem is not None, (text, given_answers)


@given(st.lists(st.sampled_from(SAID), min_size=1, max_size=6), st.integers(400, 2000))
def test_a_long_monotonous_text_is_read_too(words: list[str], times: int) -> None:
    sound(read(("".join(words) * times)[:10_000], BOOK))
