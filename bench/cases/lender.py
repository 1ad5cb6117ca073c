"""A decision of the lender with its full trace, and its search for what would change a refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.report import Line, spread, timed
from sandbox.lender import Case, LenderBook, decide, load_lenderbook
from sandbox.lender.crowd import crowd
from sandbox.lender.remedies import advise

SEED, CROWD, WARM_UP = 2026, 600, 20


def measure() -> list[Line]:
    """Both over an invented crowd, the same one each time, each person once."""
    book = load_lenderbook()
    people = list(crowd(SEED, CROWD))
    refused = _refused(people, book)
    decisions = _each(people, lambda case: decide(case, book))
    searches = _each(refused, lambda case: advise(case, book))
    return [
        Line("a decision with its trace", spread(decisions), "p50 below 2 ms"),
        Line("search for what would change it", spread(searches), "p50 below 150 ms"),
        Line("the slowest search", f"{1000 * max(searches):.0f} ms"),
        Line("people, refused of them", f"{len(people)}, {len(refused)}"),
    ]


def _refused(people: Sequence[Case], book: LenderBook) -> list[Case]:
    """Refused people whose search does not end at once at a purpose or a region."""
    found = []
    for case in people:
        outcome = decide(case, book).outcome
        if outcome not in ("approved", "duplicate", "unknown") and advise(case, book).options:
            found.append(case)
    return found


def _each(people: Sequence[Case], ask: Callable[[Case], object]) -> list[float]:
    """Seconds for each, the first ones left out."""
    return [timed(lambda case=case: ask(case)) for case in people][WARM_UP:]  # type: ignore[misc]
