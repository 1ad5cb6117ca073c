"""Exact money: Decimal amounts, one named rounding rule, no binary fractions.

An amount is a Decimal built from a string or an integer and quantised to a money unit (0.01 for
currencies with cents, 1 for those without). Binary floats never enter a schedule: the float 2.675
is below 2.675, so rounding it gives 2.67.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

Rounding = Literal["half_up", "half_even", "down", "up"]

ZERO = Decimal(0)
CENT = Decimal("0.01")

EXACT = Context(prec=50, traps=[DivisionByZero, InvalidOperation, Overflow])
"""Working precision of every schedule: 50 digits, so only the named rounding is ever visible."""

MODES = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "down": ROUND_DOWN,
    "up": ROUND_UP,
}
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,4})?", re.ASCII)


def round_to(amount: Decimal, unit: Decimal = CENT, mode: Rounding = "half_up") -> Decimal:
    """The multiple of unit nearest to amount under the named rounding rule.

    unit is any positive step: 0.01, 0.05, 1, 10. The result keeps at least the unit's places.
    """
    digits = unit.as_tuple().digits
    if digits == (1,):
        return amount.quantize(unit, rounding=MODES[mode], context=EXACT)
    steps = EXACT.divide(amount, unit).quantize(Decimal(1), rounding=MODES[mode], context=EXACT)
    return EXACT.multiply(steps, unit)


def total(amounts: Iterable[Decimal], unit: Decimal = CENT) -> Decimal:
    """Exact sum, written with the money unit's places."""
    return sum(amounts, ZERO).quantize(unit, context=EXACT)


def plain(number: Decimal | None) -> str | None:
    """Decimal text without an exponent."""
    return None if number is None else f"{number:f}"


def exact_number(value: object) -> Decimal:
    """A finite Decimal from an int, a Decimal, plain decimal text or a float's shortest text.

    Raises a pydantic error: wrong_type for a bool or a container, not_a_number for other text,
    not_finite for NaN and the infinities.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise PydanticCustomError("wrong_type", "a number is expected, or its decimal text")
    if isinstance(value, float):
        value = repr(value)
    if isinstance(value, str):
        text = value.strip()
        if text.lower().lstrip("+-") in {"nan", "inf", "infinity", "snan"}:
            raise PydanticCustomError("not_finite", "a finite number is expected")
        if len(text) > 80 or not _NUMBER.fullmatch(text):
            raise PydanticCustomError("not_a_number", "a plain decimal number is expected")
        value = text
    if isinstance(value, int) and value.bit_length() > 400:
        raise PydanticCustomError("too_large", "the number is too large")
    number = Decimal(value)
    if not number.is_finite():
        raise PydanticCustomError("not_finite", "a finite number is expected")
    if len(number.as_tuple().digits) > 18:
        raise PydanticCustomError("too_precise", "at most 18 significant digits are supported")
    return number


ExactDecimal = Annotated[Decimal, BeforeValidator(exact_number)]
"""A finite Decimal field: JSON number or its decimal text; bool, NaN and text are refused."""


def whole_number(value: object) -> int:
    """An int from an int or an integral number (12.0); a pydantic error not_an_integer otherwise."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
        if not number.is_finite():
            raise PydanticCustomError("not_finite", "a finite number is expected")
        if number.adjusted() > 18:
            code = "too_large" if number > 0 else "too_small"
            raise PydanticCustomError(code, "the number is too large")
        if number == number.to_integral_value():
            return int(number)
    raise PydanticCustomError("not_an_integer", "a whole number is expected")


Whole = Annotated[int, BeforeValidator(whole_number)]
"""A whole number field: bool, text and fractions are refused."""
