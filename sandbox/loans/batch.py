"""Many plain loans at once: the exact schedules in integers, and their rates of return.

For simulations. Amounts are integer minor units (cents), annual rates integers in millionths
(120000 is 12 %), so that every row equals the Decimal engine's to the cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sandbox.input_error import InputError
from sandbox.loans.annuity import level_payment
from sandbox.money import EXACT, round_to
from sandbox.rates import solve
from sandbox.roots import HIGHEST, LOWEST

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
BatchMethod = Literal["equal_instalment", "equal_principal", "interest_first", "flat_fee"]

RATE_SCALE = 1_000_000
"""An annual rate of 1 (100 %) as an integer."""
_CHUNK = 8192
_ERROR = 1e-11
"""Error of ln(1 + rate) per period that may be left."""
_MOST_STEPS = 60


@dataclass(frozen=True)
class Schedules:
    """One line a loan, one column a due date; int64 minor units, zero after a loan's last one.

    instalment: the regular level instalment (first payment where none is level), shape (loans,).
    principal, interest, balance: shape (loans, most periods).
    """

    instalment: Ints
    principal: Ints
    interest: Ints
    balance: Ints

    @property
    def payment(self) -> Ints:
        """Principal and interest of each due date."""
        return self.principal + self.interest


def schedules(
    principal: ArrayLike,
    annual_rate: ArrayLike,
    periods: ArrayLike,
    method: BatchMethod = "equal_instalment",
    periods_per_year: int = 12,
) -> Schedules:
    """The schedules of many loans, equal to `quote` row by row (half-up, cents).

    principal: minor units; annual_rate: millionths; periods: instalments; broadcast together.
    Raises InputError with the same field and reason as the exact engine if any loan cannot be
    repaid so, and too_large beyond the range of exact 64-bit products.
    """
    lent, rates, counts = _checked(principal, annual_rate, periods)
    divisor = RATE_SCALE * periods_per_year
    longest = int(counts.max(initial=0))
    columns = (longest, len(lent))
    parts, charges, left = (np.zeros(columns, dtype=np.int64) for _ in range(3))
    balance = lent.copy()
    regular = _regular(lent, rates, counts, method, periods_per_year)
    for column in range(longest):
        running = counts > column
        final = counts == column + 1
        base = lent if method == "flat_fee" else balance
        interest = np.where(running, _half_up(base * rates, divisor), 0)
        if method == "equal_instalment":
            part = np.maximum(regular - interest, 0)
        else:
            part = regular
        part = np.where(final, balance, np.minimum(part, balance)) * running
        if bool(np.any((balance == 0) & running)):
            raise InputError(
                "principal", "too_small", "too small to be repaid in so many instalments"
            )
        balance = balance - part
        parts[column], charges[column], left[column] = part, interest, balance
    first = parts[0] + charges[0] if longest else np.zeros(0, dtype=np.int64)
    instalment = np.where(counts > 1, regular, first) if method == "equal_instalment" else first
    return Schedules(instalment, parts.T, charges.T, left.T)


def _checked(
    principal: ArrayLike, annual_rate: ArrayLike, periods: ArrayLike
) -> tuple[Ints, Ints, Ints]:
    arrays = []
    limits = {"principal": (1, 10**14), "annual_rate": (0, 36_500_000), "periods": (1, 600)}
    given = (principal, annual_rate, periods)
    for (field, (least, most)), values in zip(limits.items(), given, strict=True):
        array = np.asarray(values)
        if array.dtype.kind not in "iu":
            raise InputError(field, "not_an_integer", "integers are expected")
        if array.size and int(array.min()) < least:
            raise InputError(field, "too_small", f"at least {least}")
        if array.size and int(array.max()) > most:
            raise InputError(field, "too_large", f"at most {most}")
        arrays.append(array.astype(np.int64))
    lent, rates, counts = (np.atleast_1d(array) for array in np.broadcast_arrays(*arrays))
    if lent.size and int(lent.max()) * max(int(rates.max()), 1) > 2**61:
        raise InputError("principal", "too_large", "principal times rate exceeds 64 bits")
    return lent, rates, counts


def _half_up(numerator: Ints, denominator: int | Ints) -> Ints:
    """Non-negative quotient rounded half up, in integers."""
    return (2 * numerator + denominator) // (2 * denominator)


def _regular(lent: Ints, rates: Ints, counts: Ints, method: BatchMethod, per_year: int) -> Ints:
    """The part that stays equal: level instalment, or principal part (zero for interest first)."""
    if method == "interest_first":
        return np.zeros_like(lent)
    if method != "equal_instalment":
        part = _half_up(lent, counts)
        if bool(np.any(part == 0)):
            raise InputError(
                "principal", "too_small", "the principal part of an instalment rounds to zero"
            )
        return part
    i = rates / (RATE_SCALE * per_year)
    with np.errstate(divide="ignore", invalid="ignore"):
        exact = np.where(rates > 0, lent * i / -np.expm1(-counts * np.log1p(i)), lent / counts)
    level = np.floor(exact + 0.5).astype(np.int64)
    unsure = np.abs(exact - np.floor(exact) - 0.5) <= 1e-12 * exact + 1e-9
    for at in np.flatnonzero(unsure):
        level[at] = _exact_level(int(lent[at]), int(rates[at]), int(counts[at]), per_year)
    first = _half_up(lent * rates, RATE_SCALE * per_year)
    if bool(np.any((level <= first) & (counts > 1))):
        raise InputError(
            "principal", "never_amortises", "an instalment does not exceed the interest"
        )
    return level


def _exact_level(lent: int, rate: int, count: int, per_year: int) -> int:
    """The level instalment of one loan in 50 digits, where the float is too near to a half."""
    factor = EXACT.divide(Decimal(rate), Decimal(RATE_SCALE * per_year))
    return int(round_to(level_payment(Decimal(lent), [factor] * count), Decimal(1)))


def period_rates(received: ArrayLike, payments: ArrayLike) -> Floats:
    """Internal rate of return per period of many loans, shape (loans,).

    received: money in hand at the start, shape (loans,). payments: what is paid at the end of each
    period, none negative, shape (loans, periods). NaN where there is no rate: nothing received,
    nothing paid, or a rate outside the range that `sandbox.roots` searches.
    """
    return np.expm1(_forces(received, payments))


def annual_rates(
    received: ArrayLike, payments: ArrayLike, periods_per_year: int = 12
) -> tuple[Floats, Floats]:
    """Annualised rates of many loans: simple (rate * periods) and compound, as fractions.

    Arguments and refusals as for `period_rates`.
    """
    forces = _forces(received, payments)
    return np.expm1(forces) * periods_per_year, np.expm1(forces * periods_per_year)


def _forces(received: ArrayLike, payments: ArrayLike) -> Floats:
    """ln(1 + rate) of each loan, chunk by chunk, so that the arrays stay in the cache."""
    lent, paid = np.atleast_1d(np.asarray(received)), np.atleast_2d(np.asarray(payments))
    for field, array in (("received", lent), ("payments", paid)):
        if array.dtype.kind not in "iuf":
            raise InputError(field, "wrong_type", "numbers are expected")
    if lent.ndim != 1 or paid.ndim != 2 or len(paid) != len(lent):
        raise InputError("payments", "wrong_type", "one line of payments for each loan")
    forces = np.empty(len(lent))
    for start in range(0, len(lent), _CHUNK):
        chunk = slice(start, start + _CHUNK)
        forces[chunk] = _chunk(
            lent[chunk].astype(float), np.ascontiguousarray(paid[chunk].T, dtype=float)
        )
    return forces


def _chunk(lent: Floats, paid: Floats) -> Floats:
    """Those of one chunk; the few that Newton's steps do not reach are solved one by one."""
    total = paid.sum(axis=0)
    if not (np.isfinite(lent).all() and np.isfinite(total).all()):
        raise InputError("payments", "not_finite", "finite amounts are expected")
    if paid.size and float(paid.min()) < 0:
        raise InputError("payments", "too_small", "payments must not be negative")
    with np.errstate(all="ignore"):
        forces = _newton(lent, paid, total)
    forces[~((forces >= LOWEST) & (forces <= HIGHEST))] = np.nan
    for at in np.flatnonzero(np.isnan(forces) & (lent > 0) & (total > 0)):
        rate = solve(enumerate([float(lent[at]), *(-paid[:, at]).tolist()])).rate
        forces[at] = np.nan if rate is None else np.log1p(rate)
    return forces


def _newton(lent: Floats, paid: Floats, total: Floats) -> Floats:
    """u = ln(1 + rate) of each loan, NaN if not reached; paid has one line a period.

    ln(sum(p_k * exp(-u * k))) - ln(received) is convex and falls in u, so Newton's steps end up
    left of the only root and rise to it. The start is the root of its Taylor polynomial of degree
    two at 0, made of mean and variance of the payments' times; of degree one if that has none.
    A step s leaves about s**2 * variance / (2 * mean).
    """
    times = np.arange(1, len(paid) + 1, dtype=float)
    mean = times @ paid / total
    variance = times**2 @ paid / total - mean**2
    excess = np.log(total / lent)
    square = mean**2 - 2 * variance * excess
    u = np.where(square > 0, 2 * excess / (mean + np.sqrt(np.maximum(square, 0))), excess / mean)
    enough = np.sqrt(2 * _ERROR * mean / np.maximum(variance, mean))
    left = np.arange(len(lent))
    found: Floats = u.copy()
    for _ in range(_MOST_STEPS):
        value, slope = paid[-1].copy(), np.zeros_like(u)
        v = np.exp(-u)
        for line in paid[-2::-1]:  # Horner's scheme for the sum and its derivative by v
            slope *= v
            slope += value
            value *= v
            value += line
        slope *= v
        slope /= value
        slope += 1
        value *= v
        value /= lent
        step = np.log(value) / slope
        u += step
        found[left] = u
        going = np.flatnonzero(~(np.abs(step) < enough))
        if not going.size:
            return found
        if going.size < len(u) // 2:  # otherwise copying costs more than it saves
            left, u, lent, paid = left[going], u[going], lent[going], paid[:, going]
            enough = enough[going]
    found[left] = np.nan
    return found
