"""What differs between two decisions on the same request: another policy, another day, a fact put right."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from sandbox.lender.decision import Check, Decision, Outcome


class Pair(BaseModel):
    """A check as it was and as it is; None where it was not made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    before: Check | None = None
    after: Check | None = None


class Difference(BaseModel):
    """The two outcomes, offers and regimes, the checks that changed, reasons gone and new.

    A check counts as changed if its value, its limit or what came of it did.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    regimes: tuple[str, str]
    outcomes: tuple[Outcome, Outcome]
    amounts: tuple[Decimal | None, Decimal | None]
    annual_rates: tuple[Decimal | None, Decimal | None]
    checks: tuple[Pair, ...]
    reasons_gone: tuple[str, ...]
    reasons_new: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the borrower would notice nothing."""
        return (
            self.outcomes[0] == self.outcomes[1]
            and self.amounts[0] == self.amounts[1]
            and self.annual_rates[0] == self.annual_rates[1]
            and not (self.reasons_gone or self.reasons_new)
        )


def difference(before: Decision, after: Decision) -> Difference:
    """Hold two decisions against each other; neither is changed."""
    was, now = _checks(before), _checks(after)
    codes_was = [reason.code for reason in before.reasons]
    codes_now = [reason.code for reason in after.reasons]
    rules = dict.fromkeys([*was, *now])
    return Difference(
        regimes=(before.regime, after.regime),
        outcomes=(before.outcome, after.outcome),
        amounts=(before.amount, after.amount),
        annual_rates=(_rate(before), _rate(after)),
        checks=tuple(
            Pair(rule=rule, before=was.get(rule), after=now.get(rule))
            for rule in rules
            if was.get(rule) != now.get(rule)
        ),
        reasons_gone=tuple(code for code in codes_was if code not in codes_now),
        reasons_new=tuple(code for code in codes_now if code not in codes_was),
    )


def _checks(decision: Decision) -> dict[str, Check]:
    return {check.rule: check for stage in decision.stages for check in stage.checks}


def _rate(decision: Decision) -> Decimal | None:
    return decision.price.annual_rate if decision.price else None
