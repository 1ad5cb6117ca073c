"""What a participant does: answer, borrow in the own sandbox, take the results along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from jiejian.content.library import Library
from jiejian.content.workshops.blocks import (
    Block,
    DecisionBlock,
    DiscussionBlock,
    PollBlock,
    PredictionBlock,
    QuizBlock,
    SandboxBlock,
)
from jiejian.content.workshops.scriptbook import items_of
from jiejian.errors import InvalidInput, NotAllowed, NotFound
from jiejian.services.actor import Actor
from jiejian.services.given import Raw, graded
from jiejian.services.journal import Journal, Past
from jiejian.services.lending import Lending
from jiejian.services.lending import Seat as LenderSeat
from jiejian.services.lending.asking import Ask
from jiejian.services.permissions import require
from jiejian.services.question import Question, posed_for
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.joining import participant
from jiejian.services.rooms.room import Message, Person, Room
from jiejian.services.rooms.roomjournal import RoomJournal
from jiejian.services.rooms.standing import ANSWERED, SANDBOX, Standing
from jiejian.services.standing import ANSWERED as QUIZ_ANSWERED
from jiejian.services.typed_numbers import parse_number
from jiejian.store.records import Event
from sandbox.world import World

LONGEST_NOTE = 280
LAST_MINUTE = timedelta(seconds=60)
THE_ITEM = "answer"
"""The item of blocks that ask one thing."""


@dataclass(frozen=True)
class Place:
    """What a participant sees: the room, who they are, where they are, what they did, the world.

    closed tells that nothing more is taken.
    """

    look: Look
    person: Person
    actor: Actor
    block: Block | None
    standing: Standing
    world: World
    closed: bool

    @property
    def room(self) -> Room:
        """The room."""
        return self.look.room

    @property
    def messages(self) -> tuple[Message, ...]:
        """Messages to everybody and to this person, newest first."""
        mine = (None, self.person.id)
        return tuple(message for message in reversed(self.room.messages) if message.to in mine)

    @property
    def revealed(self) -> bool:
        """Whether the results of the step at hand are shown."""
        return self.block is not None and self.block.id in self.room.shown


class TakingPart:
    """A room in the hands of one participant."""

    def __init__(
        self, journal: RoomJournal, own: Journal, library: Library, lending: Lending
    ) -> None:
        self._journal = journal
        self._own = own
        self._library = library
        self._lending = lending

    def place(self, actor: Actor, room_id: str) -> Place:
        """Where the actor is in a room; a sign of life.

        Raises NotFound for somebody who has not joined, NotAllowed for somebody removed.
        """
        require(actor, "room.answer", actor.learner)
        look = self._journal.look(room_id)
        me = participant(room_id, actor.learner)
        person = look.room.people.get(me)
        if person is None or (person.left and not person.removed):
            raise NotFound("person", room_id)
        if person.removed:
            raise NotAllowed("room.answer")
        self._journal.hub.heard(room_id, me)
        return Place(
            look=look,
            person=person,
            actor=Actor(me, kind="participant"),
            block=look.room.block(look.room.place_of(person)),
            standing=look.standing(me),
            world=look.room.world(look.now, person.seat),
            closed=look.room.is_closed(look.now),
        )

    def mark(self, actor: Actor, room_id: str) -> str:
        """The cheap question whether a place is still true; a sign of life."""
        self._journal.hub.heard(room_id, participant(room_id, actor.learner))
        return self._journal.hub.mark(room_id)[0]

    def questions(self, place: Place) -> tuple[Question, ...]:
        """The questions of a quiz step as this person meets them; the same after a reload."""
        block = place.block
        if not isinstance(block, QuizBlock):
            return ()
        return tuple(
            Question(
                source=block.quiz or block.test or "",
                item=item,
                posed=posed_for(place.actor.learner, block.id, item, 0, self._library.compute),
                tries=0,
                where="quiz",
            )
            for item in items_of(block, self._library)
        )

    def answer(self, actor: Actor, room_id: str, step: str, item: str, raw: Raw, key: str) -> Place:
        """Answer in the step at hand; the same key is kept once, a later answer takes its place.

        The first answer to a quiz item and to a prediction stands once its results were shown.
        Raises InvalidInput: step/passed, room/closed, answer/... .
        """
        place = self.place(actor, room_id)
        block = _current(place, step)
        try:
            data = self._answered(place, block, item, raw)
        except InvalidInput:
            if self._own.read(place.actor).with_key(key):
                # A doubled tap: the first of the two is what stands.
                return place
            raise

        def happen(_past: Past) -> Iterator[Event]:
            yield self._own.event(ANSWERED, {"step": step, "item": item, **data}, key)

        self._own.record(place.actor, key, happen)
        return self._after(actor, room_id, place)

    def begin(self, actor: Actor, room_id: str, step: str, key: str) -> Place:
        """Begin the sandbox of a step, once: the life its script names."""
        place = self.place(actor, room_id)
        block = _current(place, step)
        if not isinstance(block, SandboxBlock):
            raise InvalidInput("step", "passed")
        if place.standing.sandbox == step:
            return place
        begun = [event.data["step"] for event in self._own.read(place.actor).of(SANDBOX)]
        if begun[-1:] == [step]:
            return self._after(actor, room_id, place)
        # Named by its number: two tabs begin one life, and a room that goes back begins another.
        if block.anew or not begun:
            life = f"life-{step}-{len(begun)}"
            self._lending.start_life(place.actor, block.persona, life, block.faults)

        def happen(past: Past) -> Iterator[Event]:
            if [event.data["step"] for event in past.of(SANDBOX)][-1:] != [step]:
                yield self._own.event(SANDBOX, {"step": step}, key)

        self._own.record(place.actor, key, happen)
        return self._after(actor, room_id, place)

    def seat(self, place: Place) -> LenderSeat:
        """The borrower's seat of the sandbox step at hand."""
        return self._lending.seat(place.actor)

    def request(self, actor: Actor, room_id: str, ask: Ask, key: str) -> LenderSeat:
        """Send a request into the shared world. Raises InvalidInput, also step/passed."""
        place = self.place(actor, room_id)
        _current(place, place.standing.sandbox)
        platform = place.world.platform(pressed(place.look))
        seat = self._lending.seat(place.actor)
        if seat.life.regime != place.world.regime:
            self._lending.set_regime(place.actor, place.world.regime, f"{key}-rules")
        sent = self._lending.submit(place.actor, ask, key, platform=platform)
        self._after(actor, room_id, place)
        return sent

    def act(self, actor: Actor, room_id: str, action: Mapping[str, Any], key: str) -> LenderSeat:
        """Put something right in the own sandbox. Raises InvalidInput."""
        place = self.place(actor, room_id)
        _current(place, place.standing.sandbox)
        seat = self._lending.act(place.actor, action, key)
        self._after(actor, room_id, place)
        return seat

    def wait(self, actor: Actor, room_id: str, minutes: int, key: str) -> LenderSeat:
        """Let simulated minutes pass in the own sandbox. Raises InvalidInput."""
        place = self.place(actor, room_id)
        _current(place, place.standing.sandbox)
        seat = self._lending.advance(place.actor, minutes, key)
        self._after(actor, room_id, place)
        return seat

    def answer_offer(
        self, actor: Actor, room_id: str, request: str, take: bool, key: str
    ) -> LenderSeat:
        """Take an offer in the own sandbox or walk away. Raises NotFound, InvalidInput."""
        place = self.place(actor, room_id)
        _current(place, place.standing.sandbox)
        seat = self._lending.answer_offer(place.actor, request, take, key)
        self._after(actor, room_id, place)
        return seat

    def look_up(self, actor: Actor, room_id: str, request: str, key: str) -> LenderSeat:
        """Look up what became of a request that timed out. Raises NotFound."""
        place = self.place(actor, room_id)
        seat = self._lending.look_up(place.actor, request, key)
        self._after(actor, room_id, place)
        return seat

    def take_along(self, actor: Actor, room_id: str) -> int:
        """Copy the own quiz answers into the own record; how many there are. Twice is once."""
        require(actor, "room.take", actor.learner)
        place = self.place(actor, room_id)
        script = place.room.script
        kept = [
            given
            for block in script.steps
            if isinstance(block, QuizBlock) and block.quiz
            for given in place.standing.answered(block.id)
        ]
        key = f"take-{room_id}"

        def happen(_past: Past) -> Iterable[Event]:
            yield self._own.event(
                "workshop_taken_along", {"room": room_id, "script": script.id}, key
            )
            for given in kept:
                event = self._own.event(QUIZ_ANSWERED, dict(given.data["answered"]))
                yield Event(event.kind, event.data, given.at.isoformat())

        self._own.record(actor, key, happen)
        return len(kept)

    def taken_along(self, actor: Actor, room_id: str) -> bool:
        """Whether that was done."""
        return self._own.read(actor).with_key(f"take-{room_id}") is not None

    def _after(self, actor: Actor, room_id: str, place: Place) -> Place:
        self._journal.hub.wrote(place.actor.stream)
        return self.place(actor, room_id)

    def _answered(self, place: Place, block: Block, item: str, raw: Raw) -> dict[str, Any]:
        match block:
            case QuizBlock():
                return self._quiz(place, block, item, raw)
            case PredictionBlock():
                _only(item)
                if place.revealed:
                    raise InvalidInput("answer", "already_shown")
                return _predicted(block, raw, self._library)
            case PollBlock():
                _only(item)
                return {"value": _chosen(raw, {o.id for o in block.options}, block.several)}
            case DecisionBlock():
                dilemma = block.seats.get(place.person.seat) if place.person.seat else None
                if dilemma is None:
                    raise InvalidInput("answer", "not_your_seat")
                _only(item)
                return {"value": _chosen(raw, {way.id for way in dilemma.ways}, several=False)}
            case DiscussionBlock():
                _only(item)
                return {"value": _note(raw)}
            case _:
                raise InvalidInput("step", "passed")

    def _quiz(self, place: Place, block: QuizBlock, item: str, raw: Raw) -> dict[str, Any]:
        question = next((q for q in self.questions(place) if q.item.id == item), None)
        if question is None:
            raise NotFound("item", item)
        if place.revealed or (
            block.moment != "none" and (block.id, item) in place.standing.answers
        ):
            raise InvalidInput("answer", "already_shown")
        grade = graded(question.posed, raw)
        quiz = self._library.quizzes.get(block.quiz or "")
        answered = {
            "quiz": question.source,
            "revision": quiz.revision if quiz else 0,
            "item": item,
            "answer": raw,
            "correct": grade.correct,
            "credit": str(grade.credit),
            "position": 1,
            "certainty": None,
            "seconds": None,
            "where": "quiz",
            **question.drawn(),
        }
        credit = {"correct": grade.correct, "credit": str(grade.credit)}
        return {"value": raw, **credit, "answered": answered}


def pressed(look: Look) -> int:
    """Requests of everybody present in the last minute of real time: the retry storm."""
    since = look.now - LAST_MINUTE
    return sum(
        1
        for person in look.room.present
        for request in reversed(look.standing(person.id).requests)
        if since < request.at <= look.now
    )


def close_to(guess: Decimal, truth: Decimal, within: int) -> bool:
    """Whether a guess lies within so many percent of the truth."""
    return abs(guess - truth) <= abs(truth) * within / 100


def _current(place: Place, step: str) -> Block:
    """The step at hand, if it is this one and may be acted in."""
    if place.closed:
        raise InvalidInput("room", "closed")
    block = place.block
    if block is None or block.id != step:
        raise InvalidInput("step", "passed")
    return block


def _only(item: str) -> None:
    if item != THE_ITEM:
        raise NotFound("item", item)


def _chosen(raw: Raw, known: set[str], several: bool) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        raise InvalidInput("answer", "unknown_choice")
    chosen = list(dict.fromkeys(raw))
    if not chosen:
        raise InvalidInput("answer", "empty")
    if set(chosen) - known or (len(chosen) > 1 and not several):
        raise InvalidInput("answer", "unknown_choice")
    return chosen


def _predicted(block: PredictionBlock, raw: Raw, library: Library) -> dict[str, Any]:
    if not isinstance(raw, str) or not raw.strip():
        raise InvalidInput("answer", "empty")
    number = parse_number(raw[:60])
    if number is None:
        raise InvalidInput("answer", "not_a_number")
    if not block.low <= number <= block.high:
        raise InvalidInput("answer", "out_of_range", low=block.low, high=block.high)
    truth = block.truth.value({}, library.compute)
    return {"value": str(number), "correct": close_to(number, truth, block.within)}


def _note(raw: Raw) -> str:
    if not isinstance(raw, str):
        raise InvalidInput("answer", "unknown_choice")
    words = " ".join(raw[: LONGEST_NOTE * 8].split())
    if not words:
        raise InvalidInput("answer", "empty")
    if len(words) > LONGEST_NOTE:
        raise InvalidInput("answer", "too_long", longest=LONGEST_NOTE)
    if not words.isprintable():
        raise InvalidInput("answer", "invisible")
    return words
