"""What an action does to a life: to its loans, to the account's memory, to the person's facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.lender.life.actions import Action, CloseLoansHere, SendEvidence
from sandbox.lender.life.loans import TakenLoan

if TYPE_CHECKING:
    from sandbox.lender.life.life import Life


def done(life: Life, action: Action) -> Life:
    """The life once this was done, at its present minute."""
    if isinstance(action, CloseLoansHere):
        life, left = _without_loans(life, action.count)
        if left == 0:
            return life
        action = CloseLoansHere(count=left)
    if isinstance(action, SendEvidence):
        entry = (action.evidence, life.minute)
        life = replace(life, memory=replace(life.memory, evidence=(*life.memory.evidence, entry)))
    elif deed := _DEEDS.get(action.kind):
        life = deed(life)
    return replace(life, acts=(*life.acts, (life.minute, action)))


def _verify_again(life: Life) -> Life:
    return replace(life, memory=replace(life.memory, verified_at=life.minute))


def _reactivate(life: Life) -> Life:
    return replace(life, memory=replace(life.memory, freezes_since_reactivation=0))


def _look_up(life: Life) -> Life:
    sent = tuple(replace(entry, looked_up=True) for entry in life.sent)
    return replace(life, sent=sent, memory=replace(life.memory, unresolved=0))


def _pay_late(life: Life) -> Life:
    """Instalments due here are paid; what is late elsewhere is the person's part of it."""
    return replace(life, loans=tuple(loan.paid_up(life.minute) for loan in life.loans))


def _miss_instalment(life: Life) -> Life:
    """The next instalment of the newest open loan will not be paid."""
    for place in reversed(range(len(life.loans))):
        if life.loans[place].is_open(life.minute):
            missing = life.loans[place].missing_next(life.minute)
            return replace(life, loans=(*life.loans[:place], missing, *life.loans[place + 1 :]))
    return life


def smallest_loans(life: Life, count: int) -> list[TakenLoan]:
    """So many open loans of this life, the smallest balance first."""
    still_open = [loan for loan in life.loans if loan.is_open(life.minute)]
    return sorted(still_open, key=lambda loan: (loan.balance(life.minute), loan.opened))[:count]


def _without_loans(life: Life, count: int) -> tuple[Life, int]:
    """The life once its smallest loans are repaid, and how many of them it did not have."""
    chosen = smallest_loans(life, count)
    ids = {loan.request_id for loan in chosen}
    loans = tuple(
        loan.closed(life.minute) if loan.request_id in ids else loan for loan in life.loans
    )
    return replace(life, loans=loans), count - len(chosen)


_DEEDS: Mapping[str, Callable[[Life], Life]] = {
    "verify_again": _verify_again,
    "reactivate": _reactivate,
    "look_up": _look_up,
    "pay_overdue": _pay_late,
    "pay_instalment": _pay_late,
    "miss_instalment": _miss_instalment,
}
