"""A rehearsal: a room of its own, bots on its phones, the script led from lobby to end."""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import TypeVar

from jiejian.content.workshops.blocks import (
    Block,
    CueBlock,
    DecisionBlock,
    DiscussionBlock,
    PollBlock,
    PredictionBlock,
    QuizBlock,
)
from jiejian.content.workshops.proof import needs
from jiejian.content.workshops.script import Script
from jiejian.content.workshops.scriptbook import items_of
from jiejian.rehearsal.answering import Deeds, asks, step_on
from jiejian.rehearsal.bots import PATIENCE, Bot, Seen, Trouble
from jiejian.rehearsal.report import Problem, Report, StepReport
from jiejian.rehearsal.wire import Tab
from jiejian.services.actor import Actor
from jiejian.services.built import Services
from jiejian.services.rooms.hub import LOOK_EVERY, Look
from jiejian.services.rooms.joining import participant
from jiejian.services.rooms.opening import Opened, Wishes
from jiejian.services.rooms.room import Person
from sandbox.text import LANGUAGES

REVEALED = (PollBlock, PredictionBlock, QuizBlock, DecisionBlock, DiscussionBlock)
MESSAGE = "bots, please look up"
LATE_AT = 1
"""The step, from 0, in which the last bot comes late."""
LONGEST_STEP = 180.0
"""Seconds after which whoever has not finished a step is given up."""

T = TypeVar("T")
Told = Callable[[int, int], object]
"""Told how many steps of how many are done."""


def rehearse(
    services: Services,
    actor: Actor,
    script: Script,
    url: str,
    bots: int,
    *,
    seed: str = "rehearsal",
    told: Told = lambda _done, _all: None,
) -> Report:
    """Play a script with so many bots on the server at url; the room is deleted afterwards.

    services work on the server's data folder, in its process or in another. Raises JiejianError
    if no room can be opened.
    """
    wishes = Wishes(seats="chance") if script.seats == "four" else Wishes()
    room = services.opening.open(actor, script, wishes, rehearsal=True)
    players = [Bot(number, url, room.code, seed) for number in range(1, bots + 1)]
    try:
        return _Rehearsal(services, actor, script, room, players, Random(seed)).play(told)  # noqa: S311
    finally:
        for bot in players:
            bot.leave()
        _clear_away(services, actor, room, players)


def _clear_away(services: Services, actor: Actor, room: Opened, bots: Sequence[Bot]) -> None:
    services.opening.delete(actor, room.id)
    for bot in bots:
        if bot.token:
            services.progress.forget(services.accounts.actor(bot.token))


class _Rehearsal:
    def __init__(
        self,
        services: Services,
        actor: Actor,
        script: Script,
        room: Opened,
        bots: Sequence[Bot],
        random: Random,
    ) -> None:
        self._services = services
        self._directing = services.directing
        self._actor = actor
        self._script = script
        self._room = room
        self._late = bots[-1:] if len(bots) > 1 else []
        self._here = list(bots[: len(bots) - len(self._late)])
        self._bots = bots
        self._random = random

    def play(self, told: Told) -> Report:
        """Join, every step, the end."""
        started = time.monotonic()
        before = self._come_in(self._here)
        steps = []
        for place, block in enumerate(self._script.steps):
            told(place, len(self._script.steps))
            if not self._here:
                break
            steps.append(self._step(place, block))
        self._directing.close(self._actor, self._room.id, secrets.token_hex(12))
        told(len(self._script.steps), len(self._script.steps))
        return Report(
            self._script.title, len(self._bots), time.monotonic() - started, tuple(steps), before
        )

    def _come_in(self, bots: Sequence[Bot]) -> tuple[Problem, ...]:
        """Those who could not come in are left out from then on."""
        asked = [(bot, bot.join()) for bot in bots]
        problems = []
        for bot, done in asked:
            try:
                done.result(2 * PATIENCE)
            except (Trouble, TimeoutError) as error:
                problems.append(_problem(error))
                if bot in self._here:
                    self._here.remove(bot)
        return tuple(problems)

    def _step(self, place: int, block: Block) -> StepReport:
        problems: list[Problem] = []
        arrived: list[float] = []
        with self._arriving(lambda tab: step_on(tab) == block.id, arrived, problems):
            room = self._directing.look(self._actor, self._room.id).room
            self._directing.go(self._actor, self._room.id, place, room.turns)
        if place == min(LATE_AT, len(self._script.steps) - 1):
            self._here += self._late
            problems += self._come_in(self._late)
            self._interrupt(arrived, problems)
        deeds = self._act(block, problems)
        if isinstance(block, REVEALED) and deeds:
            with self._arriving(None, arrived, problems):
                self._directing.show(
                    self._actor, self._room.id, block.id, True, secrets.token_hex(12)
                )
        return self._reported(block, deeds, arrived, problems)

    def _interrupt(self, arrived: list[float], problems: list[Problem]) -> None:
        """A word to everybody, a pause, and an event that is taken back."""
        do, room = self._directing, self._room.id
        with self._arriving(lambda tab: MESSAGE in tab.words(), arrived, problems):
            do.message(self._actor, room, MESSAGE, secrets.token_hex(12))
        for stop in (True, False):
            with self._arriving(partial(_is_paused, stop), arrived, problems):
                do.pause(self._actor, room, secrets.token_hex(12), stop=stop)
        if cue := self._cue():
            with self._arriving(None, arrived, problems):
                look = do.fire(self._actor, room, cue, secrets.token_hex(12))
            with self._arriving(None, arrived, problems):
                number = look.room.cues[-1].number
                do.undo(self._actor, room, number, secrets.token_hex(12))

    def _cue(self) -> str | None:
        """An event that no step fires."""
        own = {block.cue for block in self._script.steps if isinstance(block, CueBlock)}
        named = self._script.cues or tuple(self._directing.cues.cues)
        return next((cue for cue in named if cue not in own), None)

    @contextmanager
    def _arriving(
        self, seen: Seen | None, arrived: list[float], problems: list[Problem]
    ) -> Iterator[None]:
        """What happens inside must reach every bot; seen None: its page is drawn anew."""
        drawn = {bot: self._got(bot.drawn(), problems) for bot in self._here}
        yield
        since = time.monotonic()
        awaited = []
        for bot in self._here:
            before = drawn[bot]
            awaited.append(bot.awaits(seen or _redrawn(before[0] if before else 0), since))
        for came in awaited:
            try:
                arrived.append(came.result(max(since + PATIENCE - time.monotonic(), 0.01)))
            except TimeoutError:
                problems.append(Problem("not_reached"))

    def _act(self, block: Block, problems: list[Problem]) -> list[tuple[Bot, Deeds]]:
        look = self._directing.look(self._actor, self._room.id)
        questions = (
            len(items_of(block, self._services.library)) if isinstance(block, QuizBlock) else 0
        )
        impatient, reloading = (self._random.choice(self._here) for _ in range(2))
        asked = []
        for bot in self._here:
            person = self._person(look, bot)
            seat = person.seat if person else None
            act = bot.act(
                block, questions, seat, impatient=bot is impatient, reload=bot is reloading
            )
            asked.append((bot, act))
        found = []
        until = time.monotonic() + LONGEST_STEP
        for bot, act in asked:
            deeds = self._got(act, problems, max(until - time.monotonic(), 0.01))
            if deeds is not None:
                problems += deeds.problems
                found.append((bot, deeds))
        return found

    def _reported(
        self,
        block: Block,
        done: list[tuple[Bot, Deeds]],
        arrived: list[float],
        problems: list[Problem],
    ) -> StepReport:
        # What another process wrote is seen a little later.
        time.sleep(2 * LOOK_EVERY)
        look = self._directing.look(self._actor, self._room.id)
        stored = kept = did = 0
        for bot, deeds in done:
            person = self._person(look, bot)
            standing = look.standing(person.id if person else "")
            held = len(standing.answered(block.id)) + len(standing.sent(block.id))
            if held < deeds.kept:
                problems.append(Problem("lost"))
            elif held > deeds.kept and not deeds.problems:
                problems.append(Problem("twice"))
            kept, stored = kept + deeds.kept, stored + held
            did += bool(held) or not asks(block, person.seat if person else None)
        pressed = [seconds for _, deeds in done for seconds in deeds.pressed]
        return StepReport(
            title=block.title,
            bots=len(self._here),
            did=did,
            arrived=tuple(arrived),
            answered=tuple(pressed),
            kept=kept,
            stored=stored,
            planned=block.minutes,
            needed=math.ceil(
                max(
                    needs(block, language, self._services.library.lessons) for language in LANGUAGES
                )
            ),
            problems=tuple(problems),
        )

    def _person(self, look: Look, bot: Bot) -> Person | None:
        learner = self._services.accounts.actor(bot.token).learner
        return look.room.people.get(participant(self._room.id, learner))

    @staticmethod
    def _got(asked: Future[T], problems: list[Problem], patience: float = PATIENCE) -> T | None:
        try:
            return asked.result(patience)
        except (Trouble, TimeoutError) as error:
            problems.append(_problem(error))
            return None


def _redrawn(before: int) -> Seen:
    def seen(tab: Tab) -> bool:
        return tab.drawings > before

    return seen


def _problem(error: Exception) -> Problem:
    return error.problem if isinstance(error, Trouble) else Problem("cut_off", "timeout")


def _is_paused(stopped: bool, tab: Tab) -> bool:
    """Whether the phone shows what the room does."""
    return ('class="paused"' in tab.words()) == stopped
