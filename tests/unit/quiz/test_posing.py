"""Posing: the same seed asks the same, other seeds draw other numbers, nothing is given away."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiejian.content.calls import Call, CallFailed
from jiejian.content.parameters import ALL_DRAWS, Parameter, draws_to_try, shown
from jiejian.content.posing import pose
from sandbox.answers import ANSWERS
from tests.unit.quiz.kinds import QUIZ, item, posed

SEEDS = st.integers(0, 2**48)


@given(SEEDS)
def test_the_same_seed_poses_the_same(seed: int) -> None:
    for entry in QUIZ.items:
        assert pose(entry, seed, ANSWERS) == pose(entry, seed, ANSWERS)


@given(SEEDS)
def test_no_option_is_lost_and_no_order_is_shown_solved(seed: int) -> None:
    order = posed("order", seed)
    right = tuple(stage.id for stage in item("order").sequence)  # type: ignore[union-attr]
    assert sorted(order.order) == sorted(right)
    assert order.order != right
    assert sorted(posed("one", seed).order) == ["look", "resend", "wait"]


def test_every_order_and_every_number_turns_up() -> None:
    orders = {posed("one", seed).order for seed in range(200)}
    assert len(orders) == 6
    drawn = {posed("number", seed).drawn["principal"] for seed in range(400)}
    assert len(drawn) == 19


@given(SEEDS)
def test_words_are_filled_in_and_agree_with_the_answer(seed: int) -> None:
    question = posed("number", seed)
    stem = question.say(item("number").stem)
    assert "{" not in stem.zh + stem.en
    assert f"¥{question.drawn['principal']:,}" in stem.en
    assert question.answer is not None
    monthly = Decimal(question.words["monthly"].en.strip("¥").replace(",", ""))
    principal = question.drawn["principal"]
    assert isinstance(principal, Decimal)
    assert abs(monthly * 12 - principal - question.answer) < 1


def test_which_control_trips_is_computed() -> None:
    assert posed("control").right == {"velocity-1h"}


def test_all_draws_are_tried_if_they_are_few_else_the_corners_and_many_more() -> None:
    few = {"a": parameter(1, 20), "b": parameter(1, 20)}
    assert len(list(draws_to_try(few))) == ALL_DRAWS
    many = {"a": parameter(1, 1000), "b": parameter(1, 1000)}
    tried = [tuple(drawn.values()) for drawn in draws_to_try(many)]
    assert {(1, 1), (1, 1000), (1000, 1), (1000, 1000)} <= set(tried)
    assert len(set(tried)) > 100
    assert list(draws_to_try({})) == [{}]


def parameter(low: int, high: int) -> Parameter:
    return Parameter.model_validate({"from": low, "to": high, "step": 1})


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("12000", "yuan", "¥12,000"),
        ("12000.5", "yuan", "¥12,000.50"),
        ("-3", "yuan", "-¥3"),
        ("0.144", "fraction", "14.4%"),
        ("14.4", "percent", "14.4%"),
        ("1200", "minutes", "1,200"),
        ("0", "count", "0"),
        ("0.05", "percent", "0.05%"),
        ("0.00035", "fraction", "0.035%"),
        ("13.0345", "percent", "13.03%"),
        ("2.345", "count", "2.35"),
    ],
)
def test_how_values_are_written(value: str, unit: str, words: str) -> None:
    assert shown(Decimal(value), unit).zh == words  # type: ignore[arg-type]


def test_calls_nest_and_name_what_fails() -> None:
    nested = {"call": "added", "args": {"of": ["{a}", {"call": "given", "args": {"value": 2}}]}}
    assert Call.model_validate(nested).value({"a": Decimal(3)}, ANSWERS) == 5
    for broken, said in [
        ({"call": "nothing"}, "there is no call 'nothing'"),
        ({"call": "given", "args": {"value": "{b}"}}, "{b} is no parameter"),
        ({"call": "quotient", "args": {"of": 1, "by": 0}}, "cannot be divided by 0"),
    ]:
        with pytest.raises(CallFailed, match=said):
            Call.model_validate(broken).value({"a": Decimal(3)}, ANSWERS)
