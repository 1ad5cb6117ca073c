"""Policy regimes: the same request by other rules, what differs, and what is never touched."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sandbox.lender import Case, Decision, LenderBook, decide, load_lenderbook
from sandbox.lender.difference import difference
from sandbox.lender.rules import Rule

BOOK = load_lenderbook()
RIDER = Case.model_validate({"applicant": {"occupation": "gig_worker"}})


def _rule(book: LenderBook, name: str) -> Rule:
    found = book.rule(name)
    assert found is not None
    return found


def test_the_baseline_is_the_base_itself() -> None:
    assert BOOK.regime == "baseline"
    assert BOOK.under("baseline") is BOOK
    assert BOOK.under("limits-cut").under("baseline").version == BOOK.version
    assert next(iter(BOOK.regimes)) == "baseline"


@pytest.mark.parametrize("name", BOOK.regimes)
def test_a_regime_changes_only_what_it_names(name: str) -> None:
    book, regime = BOOK.under(name), BOOK.regimes[name]
    assert book is BOOK.under(name)
    assert [rule.id for rule in book.rules] == [rule.id for rule in BOOK.rules]
    changed = {rule.id for rule, base in zip(book.rules, BOOK.rules, strict=True) if rule != base}
    assert changed == regime.changes.keys()
    assert (book.version == BOOK.version) == (not changed)
    assert decide(Case(), book).regime == name


def test_case_2_cuts_the_limit_of_a_rider_who_always_paid_on_time() -> None:
    before, after = decide(RIDER, BOOK), decide(RIDER, BOOK.under("limits-cut"))
    assert (before.outcome, before.amount) == ("approved", Decimal(10000))
    assert (after.outcome, after.amount) == ("approved_less", Decimal(5000))
    changed = difference(before, after)
    assert changed.regimes == ("baseline", "limits-cut")
    assert changed.outcomes == ("approved", "approved_less")
    assert changed.reasons_new == ("C10",)
    pair = next(pair for pair in changed.checks if pair.rule == "occupation-cap")
    assert pair.before is not None
    assert pair.after is not None
    assert (pair.before.value, pair.after.value) == (Decimal(290000), Decimal(-5000))
    assert not changed.same
    assert decide(Case(), BOOK.under("limits-cut")).outcome == "approved"


def test_a_lower_cost_ceiling_shuts_out_who_was_priced_above_it() -> None:
    dear = Case.model_validate({"applicant": {"monthly_debt_payments": "1500"}})
    before, after = decide(dear, BOOK), decide(dear, BOOK.under("cost-cap"))
    assert before.approved
    assert after.outcome == "declined"
    assert [reason.code for reason in after.reasons] == ["P01"]
    assert after.reasons[0].limit is not None
    assert after.reasons[0].limit.high == 12
    assert difference(before, after).annual_rates == (Decimal("0.144"), None)


def test_the_stricter_rule_on_several_lenders() -> None:
    case = Case.model_validate({"applicant": {"lenders": 3, "hard_enquiries_30d": 4}})
    assert decide(case, BOOK).approved
    after = decide(case, BOOK.under("fewer-lenders"))
    assert {reason.code for reason in after.reasons} == {"R05", "R06"}


def test_a_stored_decision_is_not_altered_by_another_regime() -> None:
    stored = decide(RIDER, BOOK)
    text = stored.model_dump_json()
    decide(RIDER, BOOK.under("limits-cut"))
    assert stored.model_dump_json() == text
    assert Decision.model_validate_json(text) == stored == decide(RIDER, BOOK)


def test_the_same_decision_twice_differs_in_nothing() -> None:
    decision = decide(RIDER, BOOK)
    changed = difference(decision, decision)
    assert changed.same
    assert changed.checks == ()


def test_an_unknown_regime_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        BOOK.under("nobody-made-this")


def test_a_regime_cites_its_source_in_the_rule_it_changes() -> None:
    regime = BOOK.regimes["cost-cap"]
    assert regime.source is not None
    assert _rule(BOOK.under("cost-cap"), "cost-ceiling").source == regime.source
    assert _rule(BOOK, "cost-ceiling").source != regime.source
