"""Guesses, the place in a lesson and the map of the course, kept in the learner's stream."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from jiejian.errors import InvalidInput, NotFound
from jiejian.services.actor import Actor
from jiejian.services.built import Services, build
from jiejian.settings import Settings

FULL = Path(__file__).resolve().parents[2] / "content/full"
WHO, OTHER = Actor("e" * 32), Actor("f" * 32)


class Still:
    """A clock that stands."""

    def now(self) -> datetime:
        return datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return build(Settings(data_dir=tmp_path), Still(), FULL)


def kinds(services: Services) -> list[str]:
    return [entry.event.kind for entry in services.store.read(WHO.stream).events]


def test_the_first_guess_is_kept(services):
    learning = services.learning
    first = learning.guess(WHO, "every-part", "flat-total", "700")
    second = learning.guess(WHO, "every-part", "flat-total", "864")
    assert first == second
    assert not first.right
    assert kinds(services) == ["guess_made"]
    assert learning.open_lesson(WHO, "every-part").guesses["flat-total"] == first
    assert learning.open_lesson(OTHER, "every-part").guesses == {}


@pytest.mark.parametrize(
    ("name", "guess", "right"),
    [
        ("flat-true-rate", "2", True),
        ("flat-true-rate", "1", False),
        ("flat-total", "８６４元", True),
        ("flat-total", "907.2", True),  # 5 % above is the last that counts
        ("flat-total", "907.21", False),
        ("student", "1", True),
        ("which-dearer", "1", True),
        ("which-dearer", "0", False),
        ("half-way", "7", True),
        ("half-way", "6", True),  # a step beside it counts
        ("half-way", "5", False),
    ],
)
def test_a_guess_is_judged_by_what_is_computed(services, name, guess, right):
    assert services.learning.guess(WHO, "every-part", name, guess).right is right


@pytest.mark.parametrize(
    ("name", "guess", "reason"),
    [
        ("flat-total", " ", "empty"),
        ("flat-total", "lots", "not_a_number"),
        ("flat-total", "9" * 61, "too_long"),
        ("flat-true-rate", "3", "unknown_choice"),
        ("flat-true-rate", "-1", "unknown_choice"),
        ("which-dearer", "2", "unknown_choice"),
        ("half-way", "6.5", "unknown_choice"),
        ("half-way", "soon", "unknown_choice"),
    ],
)
def test_a_guess_that_cannot_be_used_is_not_kept(services, name, guess, reason):
    with pytest.raises(InvalidInput) as refused:
        services.learning.guess(WHO, "every-part", name, guess)
    assert refused.value.reason == reason
    assert list(services.store.streams("learner")) == []


@pytest.mark.parametrize(("lesson", "name"), [("every-part", "nothing"), ("nothing", "flat-total")])
def test_a_guess_at_nothing(services, lesson, name):
    with pytest.raises(NotFound):
        services.learning.guess(WHO, lesson, name, "1")


def test_the_place_is_kept_once(services):
    learning = services.learning
    for _ in range(2):
        standing = learning.reach(WHO, "every-part", "widgets")
    assert standing.reached == "widgets"
    assert standing.step == 1
    assert standing.minutes_left == 6
    assert kinds(services) == ["section_reached"]
    with pytest.raises(NotFound):
        learning.reach(WHO, "every-part", "nowhere")
    with pytest.raises(NotFound):
        learning.reach(WHO, "nothing", "widgets")


def test_the_map_says_what_is_left_and_where_one_was(services):
    learning = services.learning
    fresh = learning.course(WHO)
    assert fresh.latest is None
    assert [track.minutes_left for track in fresh.tracks] == [12]
    learning.open_lesson(WHO, "every-part")
    begun = learning.course(WHO)
    assert begun.latest is not None
    assert begun.latest.lesson.id == "every-part"
    learning.finish_lesson(WHO, "every-part")
    done = learning.course(WHO)
    assert done.latest is None
    assert [(track.read, track.minutes_left) for track in done.tracks] == [(1, 0)]


def test_what_was_guessed_and_reached_is_in_the_export_and_deleted_with_it(services):
    services.learning.guess(WHO, "every-part", "student", "1")
    services.learning.reach(WHO, "every-part", "widgets")
    held = services.progress.export(WHO).decode()
    assert '"guess_made"' in held
    assert '"section_reached"' in held
    services.progress.forget(WHO)
    assert services.learning.open_lesson(WHO, "every-part").guesses == {}
