"""Every root of a discounted cash-flow equation: found, bounded, counted, never guessed.

The unknown is u = ln(1 + rate); the equation is f(u) = sum of c_j * exp(-u * t_j). By Descartes'
rule for such sums the number of roots is at most the number of sign changes of c_j in time order.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LOWEST = math.log(1e-9)
"""ln(1 + rate) at the lower end: the borrower repays next to nothing."""
HIGHEST = math.log(1e15)
"""ln(1 + rate) at the upper end: a week's loan of 700 for which 1,000 is repaid costs 1.2e8 a year,
so the end must be far beyond what seems sane.
"""
MOST_SIGN_CHANGES = 40


def brent(function: Callable[[float], float], low: float, high: float) -> float:
    """The root of a continuous function between two points where its signs differ.

    R. Brent, "Algorithms for Minimization without Derivatives" (1973), chapter 4: inverse
    quadratic or secant steps, bisection whenever they do not shrink the bracket. Runs to the
    precision of the float. Raises ValueError if the signs at the ends are equal.
    """
    a, b = low, high
    fa, fb = function(a), function(b)
    if fa == 0:
        return a
    if fb == 0:
        return b
    if (fa > 0) == (fb > 0):
        raise ValueError("no sign change between the ends")
    c, fc = a, fa
    step = last = b - a
    for _ in range(200):
        if (fb > 0) == (fc > 0):
            c, fc, step = a, fa, b - a
            last = step
        if abs(fc) < abs(fb):
            a, b, c = b, c, b
            fa, fb, fc = fb, fc, fb
        tolerance = 4e-16 * abs(b) + 1e-17
        half = (c - b) / 2
        if abs(half) <= tolerance or fb == 0:
            return b
        if abs(last) >= tolerance and abs(fa) > abs(fb):
            p, q = _interpolated(a, b, c, fa, fb, fc, half)
            if 2 * p < min(3 * half * q - abs(tolerance * q), abs(last * q)):
                last, step = step, p / q
            else:
                step = last = half
        else:
            step = last = half
        a, fa = b, fb
        b += step if abs(step) > tolerance else math.copysign(tolerance, half)
        fb = function(b)
    return b


def _interpolated(
    a: float, b: float, c: float, fa: float, fb: float, fc: float, half: float
) -> tuple[float, float]:
    """Numerator and positive denominator of the secant or inverse quadratic step from b."""
    s = fb / fa
    if a == c:
        p, q = 2 * half * s, 1 - s
    else:
        r, t = fb / fc, fa / fc
        p = s * (2 * half * t * (t - r) - (b - a) * (r - 1))
        q = (t - 1) * (r - 1) * (s - 1)
    return (p, -q) if p > 0 else (-p, q)


def scanned_roots(function: Callable[[float], float], points: Sequence[float]) -> list[float]:
    """Roots of a smooth function between rising points: where its sign changes, and where it turns
    between points of one sign and reaches zero on the way.
    """
    values = [function(point) for point in points]
    found = [point for point, value in zip(points, values, strict=True) if value == 0]
    edges = list(zip(points, values, strict=True))
    for (left, before), (_, at), (right, after) in zip(edges, edges[1:], edges[2:], strict=False):
        if abs(at) <= min(abs(before), abs(after)) and before * at > 0 < at * after:
            turn = _turning_point(function, left, right, math.copysign(1.0, at))
            if function(turn) * at <= 0:
                found += [brent(function, left, turn), brent(function, turn, right)]
    for (left, before), (right, after) in pairwise(edges):
        if before * after < 0:
            found.append(brent(function, left, right))
    return sorted(set(found))


def _turning_point(
    function: Callable[[float], float], low: float, high: float, sign: float
) -> float:
    """Where sign * function is least between two points, by golden section; early at a zero."""
    shrink = (math.sqrt(5) - 1) / 2
    a, b = high - shrink * (high - low), low + shrink * (high - low)
    at_a, at_b = sign * function(a), sign * function(b)
    for _ in range(80):
        if min(at_a, at_b) <= 0:
            break
        if at_a < at_b:
            high, b, at_b = b, a, at_a
            a = high - shrink * (high - low)
            at_a = sign * function(a)
        else:
            low, a, at_a = a, b, at_b
            b = low + shrink * (high - low)
            at_b = sign * function(b)
    return a if at_a < at_b else b


def sign_changes(amounts: Sequence[float] | Floats) -> int:
    """How often the sign changes along the amounts, zeros left out."""
    signs = np.sign(np.asarray(amounts, dtype=float))
    signs = signs[signs != 0]
    return int(np.count_nonzero(signs[1:] != signs[:-1]))


def _scaled(amounts: Floats, times: Floats, u: float) -> tuple[float, float]:
    """The sum, scaled by a positive factor so that it cannot overflow, and the sum of sizes."""
    weights = -u * times
    terms = amounts * np.exp(weights - weights.max())
    return float(terms.sum()), float(np.abs(terms).sum())


def discount_roots(times: Sequence[float], amounts: Sequence[float]) -> list[float]:
    """Every distinct root u in [LOWEST, HIGHEST], ascending; rate = exp(u) - 1.

    times must not fall. Roots are isolated exactly: with tau between the times around a sign
    change, the derivative of exp(u * tau) * f(u) has one sign change less, and between two of its
    neighbouring roots f has at most one root (Rolle). Raises ValueError if the amounts change
    sign more than MOST_SIGN_CHANGES times.
    """
    c = np.asarray(amounts, dtype=float)
    t = np.asarray(times, dtype=float)
    kept = c != 0
    c, t = c[kept], t[kept]
    if sign_changes(c) > MOST_SIGN_CHANGES:
        raise ValueError("too many sign changes")
    return _roots(c, t)


def _roots(c: Floats, t: Floats) -> list[float]:
    if sign_changes(c) == 0:
        return []
    stationary: list[float] = []
    if sign_changes(c) > 1:
        first = int(np.argmax(np.sign(c[1:]) != np.sign(c[:-1])))
        tau = (t[first] + t[first + 1]) / 2
        slope = c * (tau - t)
        moved = slope != 0
        stationary = _roots(slope[moved], t[moved])
    found: list[float] = []
    points = [LOWEST, *stationary, HIGHEST]
    values = []
    for u in points:
        value, size = _scaled(c, t, u)
        values.append(0.0 if abs(value) <= 1e-14 * size else value)
    found.extend(u for u, value in zip(points, values, strict=True) if value == 0)
    for (left, at_left), (right, at_right) in pairwise(zip(points, values, strict=True)):
        if at_left * at_right < 0:
            found.append(brent(lambda u: _scaled(c, t, u)[0], left, right))
    return sorted(found)
