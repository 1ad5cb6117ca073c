"""Plain arithmetic on other figures, and the numbers an example starts from."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import reduce

from pydantic import Field

from sandbox.answers.calls import Arguments, Number, call


class Value(Arguments):
    """One number."""

    value: Number


class Several(Arguments):
    """Numbers of one kind."""

    of: tuple[Number, ...] = Field(min_length=2, max_length=60)


class Pair(Arguments):
    """`of` and what is taken away from it."""

    of: Number
    less: Number


class Fraction(Arguments):
    """`of` divided by `by`."""

    of: Number
    by: Number


class Part(Arguments):
    """A part of a whole."""

    part: Number
    whole: Number


class Growth(Arguments):
    """A sum that grows by the same rate so many times."""

    start: Number
    rate: Number
    times: int = Field(ge=0, le=1200)


@call(Value, None)
def given(args: Value) -> Decimal:
    """A number the example starts from."""
    return args.value


@call(Several, None)
def added(args: Several) -> Decimal:
    """The sum of several numbers."""
    return sum(args.of, Decimal(0))


@call(Several, None)
def multiplied(args: Several) -> Decimal:
    """The product of several numbers."""
    return reduce(lambda a, b: a * b, args.of)


@call(Pair, None)
def difference(args: Pair) -> Decimal:
    """One number less another."""
    return args.of - args.less


@call(Fraction, None)
def quotient(args: Fraction) -> Decimal:
    """One number divided by another."""
    return _divided(args.of, args.by)


@call(Fraction, "times")
def ratio(args: Fraction) -> Decimal:
    """How many times one number is another."""
    return _divided(args.of, args.by)


@call(Part, "percent")
def percent_of(args: Part) -> Decimal:
    """A part as a percentage of the whole."""
    return _divided(args.part * 100, args.whole)


@call(Growth, None)
def compounded(args: Growth) -> Decimal:
    """A start that grows at a rate compounded so many times, to two decimals."""
    grown = args.start * (1 + args.rate) ** args.times
    return grown.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _divided(number: Decimal, by: Decimal) -> Decimal:
    if by == 0:
        raise ValueError("a number cannot be divided by 0")
    return number / by
