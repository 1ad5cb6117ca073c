"""What was read from an advert. Each piece shows the very words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from sandbox.money import plain

Hedge = Literal["", "best_case", "up_to", "about", "range"]


@dataclass(frozen=True)
class Span:
    """A stretch of the advert: text[start:end], and those words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Stated:
    """One thing the advert says.

    value: a fraction for rates, money units for amounts, a count for lengths, or a code. high:
    the upper end of a range; options: the values of a list; hedge: how far the advert binds itself
    (best_case: "from", "as low as"; up_to; about; range). currency: its sign, "" if none is named.
    """

    field: str
    value: Decimal | str
    unit: str
    span: Span
    hedge: Hedge = ""
    high: Decimal | None = None
    options: tuple[Decimal, ...] = ()
    currency: str = ""

    @property
    def number(self) -> Decimal:
        """The value of a field that holds a number; 0 for a code."""
        return self.value if isinstance(self.value, Decimal) else Decimal(0)


@dataclass(frozen=True)
class Trap:
    """A known trick or warning sign, and the words it lies in."""

    code: str
    span: Span


@dataclass(frozen=True)
class Doubt:
    """Why something cannot be told: a code, the field it concerns ("" for the whole text), the places."""

    code: str
    field: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Reading:
    """An advert read.

    missing: codes of the questions that must be answered before anything can be worked out, or
    that rest on an assumption until they are; unsaid: what an honest offer would also say.
    """

    text: str
    stated: tuple[Stated, ...]
    ambiguities: tuple[Doubt, ...]
    missing: tuple[str, ...]
    unsaid: tuple[str, ...]
    traps: tuple[Trap, ...]

    def all(self, field: str) -> tuple[Stated, ...]:
        """Everything stated about a field."""
        return tuple(item for item in self.stated if item.field == field)

    def one(self, field: str) -> Stated | None:
        """What is stated about a field, None if nothing or if it contradicts itself."""
        found = self.all(field)
        if not found or any(
            doubt.field == field and doubt.code in CONTRADICTIONS for doubt in self.ambiguities
        ):
            return None
        return found[0]

    @property
    def currency(self) -> str:
        """The sign of the only currency named, "" if none or several are."""
        signs = {item.currency for item in self.stated if item.currency}
        return signs.pop() if len(signs) == 1 else ""

    @property
    def readable(self) -> bool:
        """Whether anything about a loan was found."""
        return bool(self.stated)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; numbers as text, places as [start, end] in characters."""
        return {
            "stated": [
                {
                    "field": item.field,
                    "value": plain(item.value) if isinstance(item.value, Decimal) else item.value,
                    "unit": item.unit,
                    "currency": item.currency,
                    "hedge": item.hedge,
                    "high": plain(item.high),
                    "options": [plain(option) for option in item.options],
                    **_span(item.span),
                }
                for item in self.stated
            ],
            "ambiguities": [
                {"code": d.code, "field": d.field, "words": [_span(span) for span in d.spans]}
                for d in self.ambiguities
            ],
            "missing": list(self.missing),
            "unsaid": list(self.unsaid),
            "traps": [{"code": trap.code, **_span(trap.span)} for trap in self.traps],
        }


CONTRADICTIONS = frozenset({"several_values", "rates_disagree"})


def _span(span: Span) -> dict[str, Any]:
    return {"span": [span.start, span.end], "text": span.text}
