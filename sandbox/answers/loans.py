"""Amounts of one loan: instalments, sums, single cells of its schedule."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pydantic import Field

from sandbox.answers.calls import LoanArguments, call
from sandbox.loans import Offer, Quote, quote

Column = Literal["payment", "principal", "interest", "fees", "penalty", "balance"]


class Cell(LoanArguments):
    """One cell; row is the payment's number, or last."""

    row: int | Literal["last"] = Field(1)
    column: Column = "payment"


class Rows(LoanArguments):
    """A column from one row to another, both included."""

    column: Literal["payment", "principal", "interest", "fees", "penalty"] = "interest"
    first_row: int = Field(1, ge=1)
    last_row: int = Field(ge=1)


class After(LoanArguments):
    """The loan after so many payments; 0 is the day it is paid out."""

    after: int = Field(ge=0)


@lru_cache(maxsize=2048)
def _quoted(terms: str) -> Quote:
    return quote(Offer.model_validate_json(terms))


def quoted(loan: Offer) -> Quote:
    """The quote of a loan; the same terms are worked out once."""
    return _quoted(loan.model_dump_json(exclude_defaults=True))


@call(LoanArguments, "yuan")
def instalment(given: LoanArguments) -> Decimal:
    """The regular level instalment."""
    level = quoted(given.loan).instalment
    if level is None:
        raise ValueError("no instalment of this loan is level; use schedule_cell")
    return level


@call(LoanArguments, "yuan")
def largest_payment(given: LoanArguments) -> Decimal:
    """The largest single payment of the schedule."""
    return max(row.payment for row in quoted(given.loan).rows)


@call(LoanArguments, "count")
def payments(given: LoanArguments) -> Decimal:
    """How many payments there are."""
    return Decimal(len(quoted(given.loan).rows))


@call(LoanArguments, "yuan")
def received(given: LoanArguments) -> Decimal:
    """Money in hand at the start, after fees taken then."""
    return quoted(given.loan).received


@call(LoanArguments, "yuan")
def total_paid(given: LoanArguments) -> Decimal:
    """Everything paid on the due dates."""
    return quoted(given.loan).totals.payment


@call(LoanArguments, "yuan")
def total_interest(given: LoanArguments) -> Decimal:
    """Interest over the whole schedule; with a flat fee, the fee."""
    return quoted(given.loan).totals.interest


@call(LoanArguments, "yuan")
def total_fees(given: LoanArguments) -> Decimal:
    """Fees beside interest, those at the start included."""
    return quoted(given.loan).totals.fees


@call(LoanArguments, "yuan")
def total_cost(given: LoanArguments) -> Decimal:
    """Everything paid less the money received: interest, fees and penalties."""
    return quoted(given.loan).totals.cost


@call(LoanArguments, "yuan")
def cost_per_1000(given: LoanArguments) -> Decimal:
    """Total cost for each 1,000 received."""
    return quoted(given.loan).cost_per_1000


@call(Cell, "yuan")
def schedule_cell(given: Cell) -> Decimal:
    """One cell of the schedule: payment, principal, interest, fees, penalty or balance of a row."""
    rows = quoted(given.loan).rows
    number = len(rows) if given.row == "last" else given.row
    if not 1 <= number <= len(rows):
        raise ValueError(f"row: the schedule has rows 1 to {len(rows)}")
    value: Decimal = getattr(rows[number - 1], given.column)
    return value


@call(Rows, "yuan")
def column_sum(given: Rows) -> Decimal:
    """The sum of one column of the schedule from first_row to last_row."""
    rows = quoted(given.loan).rows
    if not given.first_row <= given.last_row <= len(rows):
        raise ValueError(f"last_row: must lie between first_row and {len(rows)}")
    chosen = rows[given.first_row - 1 : given.last_row]
    return sum((getattr(row, given.column) for row in chosen), Decimal(0))


@call(After, "yuan")
def balance_after(given: After) -> Decimal:
    """Principal still owed after so many payments."""
    rows = quoted(given.loan).rows
    if given.after == 0:
        return given.loan.principal
    if given.after > len(rows):
        raise ValueError(f"after: the schedule has {len(rows)} payments")
    return rows[given.after - 1].balance


@call(After, "yuan")
def paid_after(given: After) -> Decimal:
    """Everything paid with the first so many payments."""
    rows = quoted(given.loan).rows
    if given.after > len(rows):
        raise ValueError(f"after: the schedule has {len(rows)} payments")
    return sum((row.payment for row in rows[: given.after]), Decimal(0))
