"""Borrowing anew to repay the old (以贷养贷), month by month until it collapses.

A deterministic teaching model. Each month: income comes in, living costs go out, instalments fall
due. What is missing is borrowed at the next lender that still lends, in steps, so that the payout
after its fee covers the gap; the new instalments begin a month later. Every loan's schedule is the
engine's. When nobody lends the missing sum, an instalment goes unpaid: the collapse.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

from sandbox.input_error import InputError
from sandbox.loans.offer import Offer
from sandbox.loans.quoting import Quote, quote
from sandbox.money import EXACT, ZERO, round_to
from sandbox.rolling_terms import MOST_MONTHS, Lender, Rolling

Refusal = Literal["burden", "refusals"]
Ending = Literal["collapsed", "free", "still_going"]


@dataclass(frozen=True)
class NewLoan:
    """A loan taken to pay instalments. received: principal less the fee withheld."""

    month: int
    lender: str
    quote: Quote

    @property
    def principal(self) -> Decimal:
        """What must be repaid, beside interest."""
        return self.quote.offer.principal

    @property
    def received(self) -> Decimal:
        """What arrived."""
        return self.quote.received


@dataclass(frozen=True)
class Turned:
    """A lender that refused, for good: the burden would pass its line, or too many refused."""

    lender: str
    why: Refusal


@dataclass(frozen=True)
class Month:
    """One month. cash = cash before + income - spending + borrowed - paid.

    due: instalments of all loans that fall due. gap: what was missing. borrowed: payouts of new
    loans. unpaid: due less paid. owed: principal of all loans after it. cost: interest and fees
    charged so far (fees withheld included). debts: loans still running. burden: due / income, four
    decimals.
    """

    number: int
    income: Decimal
    spending: Decimal
    due: Decimal
    gap: Decimal
    borrowed: Decimal
    paid: Decimal
    cash: Decimal
    owed: Decimal
    cost: Decimal
    debts: int
    lenders: int
    burden: Decimal
    loans: tuple[NewLoan, ...] = ()
    refusals: tuple[Turned, ...] = ()

    @property
    def unpaid(self) -> Decimal:
        """Instalments that could not be paid."""
        return self.due - self.paid


@dataclass(frozen=True)
class Story:
    """The whole course. first: the loan that already ran; months: up to its ending."""

    terms: Rolling
    first: Quote
    months: tuple[Month, ...]
    ending: Ending

    @property
    def collapse(self) -> Month | None:
        """The month in which an instalment goes unpaid, None if there is none in sight."""
        return self.months[-1] if self.ending == "collapsed" else None

    @property
    def loans(self) -> tuple[NewLoan, ...]:
        """Every new loan in order."""
        return tuple(loan for month in self.months for loan in month.loans)


@dataclass
class _Course:
    """What is running: the loans with the month they were paid out in, and who refused."""

    terms: Rolling
    running: list[tuple[int, str | None, Quote]]
    cash: Decimal
    closed: set[str] = field(default_factory=set)
    refused: int = 0

    def due(self, month: int) -> Decimal:
        """Instalments of all loans in a month."""
        return sum((_payment(taken, course, month) for taken, _, course in self.running), ZERO)

    def owed(self, month: int, lender: str | None = None) -> Decimal:
        """Principal owed after a month's instalments, to one lender or to all."""
        return sum(
            (
                _balance(taken, course, month)
                for taken, name, course in self.running
                if lender is None or name == lender
            ),
            ZERO,
        )


def simulate(terms: Rolling) -> Story:
    """The course of borrowing anew to repay the old, until it ends.

    collapsed: an instalment cannot be paid. free: every loan is repaid. still_going: neither
    within the months looked at. Raises InputError if a loan's terms never repay it.
    """
    first = quote(
        Offer(principal=terms.debt, annual_rate=terms.debt_rate, periods=terms.debt_periods)
    )
    course = _Course(terms, [(0, None, first)], terms.cash)
    months: list[Month] = []
    for number in range(1, terms.months + 1):
        month = _lived(course, number)
        months.append(month)
        if month.unpaid:
            return Story(terms, first, tuple(months), "collapsed")
        if not month.owed:
            return Story(terms, first, tuple(months), "free")
    return Story(terms, first, tuple(months), "still_going")


def _lived(course: _Course, number: int) -> Month:
    terms = course.terms
    due = course.due(number)
    at_hand = course.cash + terms.income - terms.spending
    gap = max(ZERO, due - at_hand)
    loans, refusals = _borrow(course, number, gap) if gap else ([], [])
    borrowed = sum((loan.received for loan in loans), ZERO)
    covered = borrowed >= gap
    # Who cannot pay in full pays what there is; living costs come first.
    paid = due if covered else max(ZERO, min(due, at_hand + borrowed))
    course.cash = at_hand + borrowed - paid
    running = [loan for loan in course.running if _balance(loan[0], loan[2], number)]
    return Month(
        number=number,
        income=terms.income,
        spending=terms.spending,
        due=due,
        gap=gap,
        borrowed=borrowed,
        paid=paid,
        cash=course.cash,
        owed=course.owed(number) + (due - paid),
        cost=_cost(course, number),
        debts=len(running),
        lenders=len({name for _, name, _ in running}),
        burden=EXACT.divide(due, terms.income).quantize(Decimal("0.0001")),
        loans=tuple(loans),
        refusals=tuple(refusals),
    )


def _borrow(course: _Course, number: int, gap: Decimal) -> tuple[list[NewLoan], list[Turned]]:
    """New loans that cover the gap as far as anybody lends, and who refused on the way."""
    loans: list[NewLoan] = []
    refusals: list[Turned] = []
    for lender in course.terms.lenders:
        if gap <= 0:
            break
        if lender.name in course.closed:
            continue
        wanted = _principal(gap, lender.fee_rate, course.terms.step)
        room = _floored(lender.limit - course.owed(number, lender.name), course.terms.step)
        principal = min(wanted, room)
        if principal <= 0:
            continue
        why = _refusal(course, lender, number, principal)
        if why is not None:
            course.closed.add(lender.name)
            course.refused += 1
            refusals.append(Turned(lender.name, why))
            continue
        loan = NewLoan(number, lender.name, _offered(lender, principal))
        course.running.append((number, lender.name, loan.quote))
        loans.append(loan)
        gap -= loan.received
    return loans, refusals


def _refusal(course: _Course, lender: Lender, number: int, principal: Decimal) -> Refusal | None:
    if course.refused >= course.terms.refusals_allowed:
        return "refusals"
    next_month = course.due(number + 1) + _offered(lender, principal).rows[0].payment
    allowed = EXACT.multiply(lender.burden_line, course.terms.income)
    return "burden" if next_month > allowed else None


def _offered(lender: Lender, principal: Decimal) -> Quote:
    return quote(
        Offer(
            principal=principal,
            annual_rate=lender.annual_rate,
            periods=lender.periods,
            upfront_fee_rate=lender.fee_rate,
        )
    )


def _principal(gap: Decimal, fee_rate: Decimal, step: Decimal) -> Decimal:
    """The least multiple of step that leaves at least the gap after the fee is withheld.

    P - round(P * f) >= gap, so P is near gap / (1 - f).
    """
    steps = EXACT.divide(gap, EXACT.multiply(step, 1 - fee_rate))
    principal = EXACT.multiply(steps.quantize(Decimal(1), ROUND_FLOOR, EXACT), step)
    while principal - round_to(EXACT.multiply(principal, fee_rate)) < gap:
        principal += step
    return principal


def _floored(amount: Decimal, step: Decimal) -> Decimal:
    steps = EXACT.divide(amount, step).quantize(Decimal(1), ROUND_FLOOR, EXACT)
    return EXACT.multiply(steps, step)


def _payment(taken: int, course: Quote, month: int) -> Decimal:
    """What a loan taken in a month demands in a later one."""
    index = month - taken - 1
    return course.rows[index].payment if 0 <= index < len(course.rows) else ZERO


def _balance(taken: int, course: Quote, month: int) -> Decimal:
    """Principal still owed on a loan after a month's instalment."""
    paid = month - taken
    if paid <= 0:
        return course.offer.principal
    return course.rows[paid - 1].balance if paid <= len(course.rows) else ZERO


def _cost(course: _Course, month: int) -> Decimal:
    """Interest of the instalments that fell due, and fees withheld, of every loan so far."""
    total = ZERO
    for taken, _, loan in course.running:
        total += loan.upfront.all
        total += sum((row.interest for row in loan.rows[: max(0, month - taken)]), ZERO)
    return total


@dataclass(frozen=True)
class Easing:
    """The first loan over more months instead: what talking to its lender could bring.

    A calculation, no promise of any lender. None where living costs leave nothing for it.
    """

    periods: int
    quote: Quote


def easing(terms: Rolling) -> Easing | None:
    """The shortest longer term at which the first loan's instalment fits without borrowing."""
    rest = terms.income - terms.spending
    if rest <= 0 or _over(terms, MOST_MONTHS, rest) is None:
        return None
    for periods in range(terms.debt_periods, MOST_MONTHS):
        if (longer := _over(terms, periods, rest)) is not None:
            return Easing(periods, longer)
    longest = _over(terms, MOST_MONTHS, rest)
    return None if longest is None else Easing(MOST_MONTHS, longest)


def _over(terms: Rolling, periods: int, rest: Decimal) -> Quote | None:
    """The first loan over so many months, None if it takes more than there is each month."""
    offer = Offer(principal=terms.debt, annual_rate=terms.debt_rate, periods=periods)
    try:
        longer = quote(offer)
    except InputError:  # so many months that an instalment is no more than its interest
        return None
    return longer if max(row.payment for row in longer.rows) <= rest else None
