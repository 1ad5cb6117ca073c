"""Every workshop script that is shipped, played by people from the lobby to the end."""

from __future__ import annotations

from typing import get_args

import pytest

from jiejian.content.check import ROOT
from jiejian.content.workshops.blocks import (
    DecisionBlock,
    DiscussionBlock,
    PollBlock,
    PredictionBlock,
    QuizBlock,
    SandboxBlock,
)
from jiejian.content.workshops.script import Block
from jiejian.content.workshops.scriptbook import FOLDER
from jiejian.services.actor import Actor
from jiejian.services.lending.asking import Ask
from jiejian.services.rooms.opening import Wishes
from jiejian.services.rooms.tallies import Guesses, gain, progress, tally
from sandbox.world import Seat
from tests.right_answers import right, wrong

from .conftest import TEACHER, RoomHouse

NAMES = sorted(path.stem for path in (ROOT / FOLDER).glob("*.yaml"))
PEOPLE = (1, 2, 3, 4, 5)


@pytest.mark.parametrize("name", NAMES)
def test_a_script_can_be_played_to_its_end(house: RoomHouse, name: str) -> None:
    script = house.services.scripts.scripts[name]
    wishes = Wishes(seats="chance" if script.seats == "four" else "none")
    room = house.services.opening.open(TEACHER, script, wishes).id
    people = house.join(room, *PEOPLE)
    for number, actor in enumerate(people):
        if script.seats == "four":
            person = house.services.taking_part.place(actor, room).person.id
            seat = get_args(Seat)[number % 4]
            house.services.directing.seat(TEACHER, room, person, seat, house.key())
    for step in script.steps:
        house.go(room, step.id)
        for number, actor in enumerate(people):
            do(house, room, actor, step, number)
        look = house.look(room)
        library = house.services.library
        assert progress(look, step, library).done == len(people), step.id
        found = tally(look, step, library)
        assert not isinstance(found, Guesses) or found.close == len(people)
        house.services.directing.show(TEACHER, room, step.id, True, house.key())
        house.passes(minutes=step.minutes)
    if any(isinstance(step, QuizBlock) and step.moment == "after" for step in script.steps):
        gained = gain(house.look(room), house.services.library)
        assert gained is not None
        assert gained.before is not None
        assert gained.after is not None
        assert gained.before < gained.after
    house.services.directing.close(TEACHER, room, house.key())


def do(house: RoomHouse, room: str, actor: Actor, step: Block, number: int) -> None:
    """What a person does in a step; before the workshop they know little."""
    taking = house.services.taking_part
    match step:
        case QuizBlock():
            place = taking.place(actor, room)
            for question in taking.questions(place):
                answer = wrong if step.moment == "before" and number % 2 else right
                house.answer(actor, room, step.id, answer(question.posed), question.item.id)
        case PollBlock():
            house.answer(actor, room, step.id, [step.options[number % len(step.options)].id])
        case PredictionBlock():
            truth = step.truth.value({}, house.services.library.compute)
            house.answer(actor, room, step.id, f"{truth:.2f}")
        case DecisionBlock():
            seat = taking.place(actor, room).person.seat
            assert seat is not None
            ways = step.seats[seat].ways
            house.answer(actor, room, step.id, [ways[number % len(ways)].id])
        case DiscussionBlock():
            house.answer(actor, room, step.id, f"note {number}")
        case SandboxBlock():
            taking.begin(actor, room, step.id, house.key())
            ask = Ask(str(step.amount), step.term_months, "equal_instalment", step.purpose)
            for _ in range(1 + number % 2):
                seat_now = taking.request(actor, room, ask, house.key())
            if step.anew:
                assert seat_now.life.sent[0].decision.outcome in step.outcomes
