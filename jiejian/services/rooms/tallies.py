"""What a room did in a step, counted: the figures behind every live picture. Pure.

Only people who are in the room count; somebody shown the door drops out of every figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from jiejian.content.calls import Compute
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
from jiejian.content.workshops.script import Script
from jiejian.content.workshops.scriptbook import items_of
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.room import Person
from jiejian.services.rooms.standing import Given, Requested, Standing
from sandbox.lender.decision import APPROVALS
from sandbox.world import SEATS, Seat

HAMMERED = 3
"""Requests in one sandbox step, without a wait between them, that count as hammering retry."""
RESTRICTED: frozenset[str] = frozenset({"cool_down", "frozen"})


@dataclass(frozen=True)
class Progress:
    """How far a step got: people in the room, how many did something, how many are through.

    needs is what a person has to do to be through.
    """

    people: int
    begun: int
    done: int


@dataclass(frozen=True)
class Choices:
    """A poll, or the ways of one seat: how many chose each, in the order of the script."""

    counts: Mapping[str, int]
    people: int
    by_seat: Mapping[Seat, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Guesses:
    """A prediction: guesses sorted, the truth, how many came close."""

    values: tuple[Decimal, ...]
    truth: Decimal
    close: int

    @property
    def median(self) -> Decimal | None:
        """The guess in the middle, the mean of two; None without a guess."""
        count = len(self.values)
        if not count:
            return None
        middle = self.values[(count - 1) // 2], self.values[count // 2]
        return sum(middle, Decimal(0)) / 2


@dataclass(frozen=True)
class ItemTally:
    """A quiz item: how many answered, how many right, how often each option was taken."""

    item: str
    answered: int
    correct: int
    picks: Mapping[str, int]


@dataclass(frozen=True)
class Requests:
    """A sandbox step. outcomes counts people by how their newest request ended; reasons counts
    people by each reason code met; costs are amount and annual rate (a fraction) of offers taken.

    hammered: people who sent HAMMERED requests and more; restricted: people cooled down or frozen.
    """

    requests: int
    people: int
    outcomes: Mapping[str, int]
    reasons: Mapping[str, int]
    hammered: int
    restricted: int
    granted: int
    costs: tuple[tuple[Decimal, Decimal], ...]
    by_person: Mapping[str, int]


@dataclass(frozen=True)
class Notes:
    """Notes of a discussion, oldest first, with who wrote each; left_out are kept from the room."""

    notes: tuple[tuple[Person, str], ...]
    left_out: tuple[tuple[Person, str], ...] = ()


@dataclass(frozen=True)
class Gain:
    """Before against after, of those who did both: shares of right answers, person by person."""

    pairs: tuple[tuple[Fraction, Fraction], ...]

    @property
    def before(self) -> Fraction | None:
        """Mean share before."""
        return _mean([first for first, _ in self.pairs])

    @property
    def after(self) -> Fraction | None:
        """Mean share after."""
        return _mean([second for _, second in self.pairs])


Tally = Choices | Guesses | tuple[ItemTally, ...] | Requests | Notes | Mapping[Seat, Choices] | None


def tally(look: Look, block: Block, library: Library) -> Tally:
    """What a step came to so far; None for a step in which nothing is given."""
    match block:
        case PollBlock():
            return _choices(look, block)
        case PredictionBlock():
            return _guesses(look, block, library.compute)
        case QuizBlock():
            return tuple(_item(look, block, item.id) for item in items_of(block, library))
        case SandboxBlock():
            return _requests(look, block)
        case DiscussionBlock():
            return _notes(look, block)
        case DecisionBlock():
            return {seat: _ways(look, block, seat) for seat in SEATS if seat in block.seats}
        case _:
            return None


def progress(look: Look, block: Block, library: Library) -> Progress:
    """How many of a room have begun a step and are through with it."""
    through = _through(block, library)
    begun = done = 0
    for person in look.room.present:
        standing = look.standing(person.id)
        begun += standing.did(block.id)
        done += through(standing)
    return Progress(len(look.room.present), begun, done)


def is_through(standing: Standing, block: Block, library: Library) -> bool:
    """Whether a person has done what a step asks."""
    return _through(block, library)(standing)


def gain(look: Look, library: Library) -> Gain | None:
    """Learning gain over the script's quiz steps before and after; None without both."""
    moments = {
        moment: _scores(look, look.room.script, moment, library) for moment in ("before", "after")
    }
    if not (moments["before"] and moments["after"]):
        return None
    both = moments["before"].keys() & moments["after"].keys()
    return Gain(tuple((moments["before"][p], moments["after"][p]) for p in sorted(both)))


def _scores(look: Look, script: Script, moment: str, library: Library) -> dict[str, Fraction]:
    """Share of right answers by person, of those who answered every item of that moment."""
    blocks = [b for b in script.steps if isinstance(b, QuizBlock) and b.moment == moment]
    wanted = {(block.id, item.id) for block in blocks for item in items_of(block, library)}
    scores: dict[str, Fraction] = {}
    for person in look.room.present:
        answers = look.standing(person.id).answers
        if wanted and wanted <= answers.keys():
            right = sum(1 for name in wanted if answers[name].correct)
            scores[person.id] = Fraction(right, len(wanted))
    return scores


def _through(block: Block, library: Library) -> Callable[[Standing], bool]:
    if isinstance(block, QuizBlock):
        wanted = {(block.id, item.id) for item in items_of(block, library)}
        return lambda standing: wanted <= standing.answers.keys()
    if isinstance(block, SandboxBlock):
        return lambda standing: bool(standing.sent(block.id))
    if isinstance(block, PollBlock | PredictionBlock | DecisionBlock | DiscussionBlock):
        return lambda standing: bool(standing.answered(block.id))
    return lambda standing: True


def _given(look: Look, block: Block) -> Iterator[tuple[Person, Given]]:
    for person in look.room.present:
        for given in look.standing(person.id).answered(block.id):
            yield person, given


def _choices(look: Look, block: PollBlock) -> Choices:
    counts = Counter({option.id: 0 for option in block.options})
    seats: dict[Seat, Counter[str]] = {}
    people = 0
    for person, given in _given(look, block):
        people += 1
        counts.update(given.value)
        if person.seat:
            seats.setdefault(person.seat, Counter()).update(given.value)
    return Choices(dict(counts), people, {seat: dict(count) for seat, count in seats.items()})


def _ways(look: Look, block: DecisionBlock, seat: Seat) -> Choices:
    counts = Counter({way.id: 0 for way in block.seats[seat].ways})
    people = 0
    for person, given in _given(look, block):
        if person.seat == seat:
            people += 1
            counts.update(given.value)
    return Choices(dict(counts), people)


def _guesses(look: Look, block: PredictionBlock, compute: Compute) -> Guesses:
    truth = block.truth.value({}, compute)
    given = [entry for _, entry in _given(look, block)]
    values = sorted(Decimal(str(entry.value)) for entry in given)
    return Guesses(tuple(values), truth, sum(1 for entry in given if entry.correct))


def _item(look: Look, block: QuizBlock, item: str) -> ItemTally:
    given = [entry for _, entry in _given(look, block) if entry.item == item]
    picks: Counter[str] = Counter()
    for entry in given:
        picks.update(_picked(entry.value))
    return ItemTally(item, len(given), sum(1 for entry in given if entry.correct), dict(picks))


def _picked(value: object) -> Iterable[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(value, dict):
        return [f"{one}={other}" for one, other in value.items()]
    return [str(value)]


def _requests(look: Look, block: SandboxBlock) -> Requests:
    sent = {
        person.id: requests
        for person in look.room.present
        if (requests := look.standing(person.id).sent(block.id))
    }
    every = [request for requests in sent.values() for request in requests]
    reasons: Counter[str] = Counter()
    for requests in sent.values():
        reasons.update({code for request in requests for code in request.reasons})
    return Requests(
        requests=len(every),
        people=len(sent),
        outcomes=dict(Counter(requests[-1].outcome for requests in sent.values())),
        reasons=dict(reasons.most_common()),
        hammered=sum(1 for requests in sent.values() if len(requests) >= HAMMERED),
        restricted=_having(sent, RESTRICTED),
        granted=_having(sent, frozenset(APPROVALS)),
        costs=tuple(
            (request.amount, request.annual_rate)
            for request in every
            if request.taken and request.amount is not None and request.annual_rate is not None
        ),
        by_person={person: len(requests) for person, requests in sent.items()},
    )


def _having(sent: Mapping[str, tuple[Requested, ...]], outcomes: frozenset[str]) -> int:
    return sum(
        1 for requests in sent.values() if any(request.outcome in outcomes for request in requests)
    )


def _notes(look: Look, block: DiscussionBlock) -> Notes:
    found = sorted(_given(look, block), key=lambda pair: pair[1].at)
    notes: tuple[list[tuple[Person, str]], list[tuple[Person, str]]] = ([], [])
    for person, given in found:
        out = (block.id, person.id) in look.room.left_out
        notes[out].append((person, str(given.value)))
    return Notes(tuple(notes[0]), tuple(notes[1]))


def _mean(shares: list[Fraction]) -> Fraction | None:
    return sum(shares, Fraction(0)) / len(shares) if shares else None
