"""Read an advert: plain text, tokens, then what each number and word says, where, and how firmly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from sandbox.adverts.advertbook import AdvertBook
from sandbox.adverts.answers import Answers
from sandbox.adverts.doubts import doubts
from sandbox.adverts.folding import Folded, fold
from sandbox.adverts.forms import DROPPED, LATER, Context, Form, context
from sandbox.adverts.quantities import Quantity
from sandbox.adverts.reading import Doubt, Hedge, Reading, Span, Stated, Trap
from sandbox.adverts.tokens import Token, Word, tokenise
from sandbox.adverts.unsaid import derived_traps, unsaid
from sandbox.adverts.workings import work_out
from sandbox.input_error import InputError

LONGEST = 10_000
_HEDGES: tuple[Hedge, ...] = ("best_case", "up_to", "about")
_FEES = (
    "fee",
    "fee_rate",
    "upfront_fee",
    "upfront_fee_rate",
    "instalment_fee",
    "instalment_fee_rate",
)
_NEAR = 3
# Without a word of lending, only these are worth a question.
_PRICES = (
    "instalment", "daily_amount", "daily_cost", "rate", "instalment_fee_rate", "interest", "free_periods", "named_fee"
)  # fmt: skip


def read(text: str, book: AdvertBook) -> Reading:
    """What an advert states, leaves open and hides.

    Never guesses: what could mean two things is named in `ambiguities`. Raises InputError only
    for a text over 10,000 characters or with characters that are no text.
    """
    if len(text) > LONGEST:
        message = f"at most {LONGEST} characters are read; give only the part about the price"
        raise InputError("text", "too_long", message)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise InputError("text", "not_text", "the text holds characters that cannot be written")
    folded = fold(text, book.variants)
    tokens, too_many = tokenise(folded.text, book.lexicon, book.units)
    sheet = _Sheet(text, folded, tokens)
    for index, token in enumerate(tokens):
        if isinstance(token, Quantity) and not token.tells_nothing:
            sheet.number(index, token, book.forms[token.kind])
    for word in sheet.words():
        sheet.word(word, book)
    return sheet.reading(book, too_many)


class _Sheet:
    """What has been found so far, in one reading."""

    def __init__(self, text: str, folded: Folded, tokens: Sequence[Token]) -> None:
        self.text, self.folded, self.tokens = text, folded, tokens
        self.stated: list[Stated] = []
        self.doubts: list[Doubt] = []
        self.used: set[int] = set()  # starts of words that gave a number its meaning
        self.denied = {
            token.end for token in tokens if isinstance(token, Word) and "not" in token.classes
        }
        thens = (t.start for t in self.words() if LATER in t.classes)
        self.last_then = max(thens, default=0)
        self.taken = 0  # where the last word behind a number ends

    def words(self) -> Iterator[Word]:
        """Every word of the lexicon in the text."""
        return (token for token in self.tokens if isinstance(token, Word))

    def span(self, start: int, end: int) -> Span:
        """A stretch of the plain text as a stretch of the advert."""
        first, last = self.folded.original(start, end)
        return Span(first, last, self.text[first:last])

    def number(self, index: int, quantity: Quantity, forms: Sequence[Form]) -> None:
        """State what the quantity tokens[index] says, if a form fits it."""
        around = context(self.folded.text, self.tokens, index, self.taken, self.last_then)
        fit = _fitting(forms, quantity, around)
        if fit is None:
            return
        form, used = fit
        hedge, hedging = _hedge(quantity, around)
        named = tuple(_names_of(form.field, around))
        marked = (*used, *hedging, *named)
        span = self.span(
            min([quantity.start, *(word.start for word in marked)]),
            max([quantity.end, *(word.end for word in marked)]),
        )
        self.used.update(word.start for word in used)
        self.used.update(word.start for word in named)
        self.taken = max([self.taken, *(w.end for w in marked if w.start >= quantity.end)])
        if form.field == DROPPED:
            return
        if self._is_denied(used):
            self.doubts.append(Doubt("denied", form.field, (span,)))
            return
        for item in _stated(form, quantity, around, span, hedge):
            self._add(item)

    def _is_denied(self, words: Sequence[Word]) -> bool:
        """Whether a "not" stands right before the first of these words."""
        first = min((word.start for word in words), default=-1)
        return first in self.denied or first - 1 in self.denied

    def _add(self, item: Stated) -> None:
        zero = isinstance(item.value, Decimal) and item.value == 0
        if zero and item.field == "late_rate":
            return
        if zero and item.field == "rate":
            item = replace(item, field="interest", value="free", unit="code", hedge="", high=None)
        elif zero:
            item = replace(item, field="fees", value="none", unit="code", hedge="", high=None)
        if item.field == "amount" and item.high is not None:
            item = replace(item, field="limit")
        if item.unit == "folk_year":
            self.doubts.append(Doubt("folk_year", "rate", (item.span,)))
            item = replace(item, unit="per_year")
        elif item.unit == "folk_unclear":
            self.doubts.append(Doubt("folk_unclear", "rate", (item.span,)))
            item = replace(item, unit="unclear")
        elif item.unit == "unclear":
            self.doubts.append(Doubt("rate_without_period", "rate", (item.span,)))
        self.stated.append(item)

    def word(self, word: Word, book: AdvertBook) -> None:
        """State what a word says by itself."""
        span = self.span(word.start, word.end)
        spoken_for = word.start in self.used
        for statement in book.statements:
            if statement.word not in word.classes or (spoken_for and statement.field != "method"):
                continue
            if self._is_denied((word,)):
                self.doubts.append(Doubt("denied", statement.field, (span,)))
                continue
            value = Decimal(statement.value) if statement.value.isdigit() else statement.value
            self.stated.append(Stated(statement.field, value, statement.unit, span))
        named = "fee" in word.classes and "zero_fee" not in word.classes
        if named and not spoken_for and not self._is_denied((word,)):
            self.stated.append(Stated("named_fee", "named", "code", span))

    def reading(self, book: AdvertBook, too_many: bool) -> Reading:
        """Everything together, with what it contradicts, hides and leaves out."""
        classes = {name for word in self.words() for name in word.classes}
        stated = tuple(
            _once(sorted(self.stated, key=lambda item: (item.span.start, item.span.end)))
        )
        found = list(self.doubts)
        if self.folded.turned:
            found.append(Doubt("turned_text"))
        if too_many:
            found.append(Doubt("too_many_numbers"))
        if not classes & book.about_loans:
            found.append(Doubt("no_loan_words"))
            if not any(item.field in _PRICES for item in stated):
                stated = ()
        found.extend(doubts(stated))
        traps = [
            Trap(code, self.span(word.start, word.end))
            for word in self.words()
            for name, code in book.word_traps.items()
            if name in word.classes and not self._is_denied((word,))
        ]
        first = Reading(self.text, stated, tuple(found), (), unsaid(stated, classes, book), ())
        traps.extend(derived_traps(first))
        kept = {trap.code: trap for trap in sorted(traps, key=lambda t: -t.span.start)}
        whole = replace(
            first, traps=tuple(sorted(kept.values(), key=lambda t: (t.span.start, t.code)))
        )
        return replace(whole, missing=tuple(q.code for q in work_out(whole, Answers()).questions))


def _fitting(
    forms: Sequence[Form], quantity: Quantity, around: Context
) -> tuple[Form, tuple[Word, ...]] | None:
    for form in forms:
        for way in form.ways:
            used = around.used(way)
            if used is not None:
                return form, used
    return None


def _names_of(field: str, around: Context) -> Iterator[Word]:
    """The name of a fee: it is priced, even if other words told the number's meaning."""
    if field in _FEES:
        yield from (word for word in (*around.left, *around.right) if "fee" in word.classes)


def _hedge(quantity: Quantity, around: Context) -> tuple[Hedge, tuple[Word, ...]]:
    """How far the words next to a number bind it, and those words."""
    for hedge in _HEDGES:
        for word in around.left:
            if hedge in word.classes and _binds(word, quantity, around):
                return hedge, (word,)
        for word in around.right:
            if f"{hedge}_after" in word.classes:
                return hedge, (word,)
    return ("range", ()) if quantity.high is not None else ("", ())


def _binds(word: Word, quantity: Quantity, around: Context) -> bool:
    return quantity.start - word.end <= _NEAR + max(
        (w.end - w.start for w in around.left if w.start >= word.end), default=0
    )


def _stated(
    form: Form, quantity: Quantity, around: Context, span: Span, hedge: Hedge
) -> Iterator[Stated]:
    value, high, unit = quantity.value, quantity.high, form.unit or _UNIT_OF.get(quantity.kind, "")
    if form.field in _SHARES:
        unit = form.unit or "of_amount"
    if quantity.kind == "folk":
        scale, unit = _folk(unit, value)
        value *= scale
    if unit == "per_year" and form.field == "rate":
        classes = {name for word in (*around.left, *around.right) for name in word.classes}
        unit += "_compound" if "compound" in classes else "_simple" if "simple" in classes else ""
    if quantity.kind == "weeks" and quantity.unit == "fortnight":
        unit = "weeks"
    yield Stated(form.field, value, unit, span, hedge, high, quantity.options, quantity.currency)


_UNIT_OF = {
    "money": "money",
    "number": "money",
    "instalments": "instalments",
    "months": "months",
    "days": "days",
    "weeks": "weeks",
}
_SHARES = ("fee_rate", "upfront_fee_rate", "late_rate")


def _folk(unit: str, value: Decimal) -> tuple[Decimal, str]:
    """What one 分 is, by the period it is said of.

    一分 is 1 % by the month and 0.1 % by the day. By the year it is 10 % in the old books and, as
    people speak, a month's 1 %: that cannot be told, except for 厘 alone, which is 1 % a year.
    """
    if unit == "per_day":
        return Decimal("0.001"), unit
    if unit == "per_year":
        return Decimal("0.1"), unit if value < 1 else "folk_year"
    return Decimal("0.01"), "folk_unclear" if unit == "unclear" else unit


def _once(items: Sequence[Stated]) -> Iterator[Stated]:
    """The same thing said twice is one statement, shown where it was said first."""
    seen: set[tuple[object, ...]] = set()
    for item in items:
        name = item.span.text.lower() if item.field == "named_fee" else ""
        key = (item.field, item.value, item.unit, item.high, item.options, name)
        if key not in seen:
            seen.add(key)
            yield item
