"""What a bot does with the page before it: fills in what is there and presses the button."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from jiejian.content.workshops.blocks import (
    Block,
    DecisionBlock,
    DiscussionBlock,
    PollBlock,
    PredictionBlock,
    QuizBlock,
    SandboxBlock,
)
from jiejian.rehearsal.report import Problem
from jiejian.rehearsal.wire import Missing, Part, Run, Tab

STEP = "live_step_"
SINGLE = (PollBlock, PredictionBlock, DecisionBlock, DiscussionBlock)
DOUBLE_TAP = 0.15
"""Seconds between the taps of an impatient thumb."""
RETRY = 1.3
"""Seconds between requests of somebody who hammers retry: within one they count as one."""
MOST_RETRIES = 4


@dataclass
class Deeds:
    """What a bot did in a step: seconds of each press, answers and requests the page took."""

    pressed: list[float] = field(default_factory=list)
    kept: int = 0
    problems: list[Problem] = field(default_factory=list)


def step_on(tab: Tab) -> str:
    """The id of the step on the page, "" for none."""
    found = tab.find("block", STEP)
    return found.key.removeprefix(STEP) if found else ""


def troubles(tab: Tab) -> Iterator[Problem]:
    """Errors and refusals on the page."""
    for part in tab.all("exception"):
        yield Problem("broken", part.msg.message[:200])
    for part in tab.all("alert"):
        if part.msg.format == part.msg.ERROR:
            yield Problem("refused", part.msg.body[:200])


def holds_own(tab: Tab, block: Block) -> bool:
    """Whether the page shows that one's own answer is kept."""
    if isinstance(block, SandboxBlock):
        return tab.find("block", "card_answer") is not None
    return 'class="kept"' in tab.words()


def asks(block: Block, seat: str | None) -> bool:
    """Whether a step wants something of somebody in this seat."""
    if isinstance(block, DecisionBlock):
        return seat in block.seats
    if isinstance(block, DiscussionBlock):
        return block.notes
    return isinstance(block, (*SINGLE, QuizBlock, SandboxBlock))


class Answering:
    """One bot in one step."""

    def __init__(self, tab: Tab, random: Random, *, impatient: bool) -> None:
        self.tab = tab
        self.random = random
        self.impatient = impatient
        self.deeds = Deeds()

    def do(self, block: Block, questions: int) -> Deeds:
        """What the step asks; questions: how many a quiz poses. Raises Missing."""
        if isinstance(block, QuizBlock):
            for _ in range(questions):
                self._question()
        elif isinstance(block, SandboxBlock):
            self._borrow()
        else:
            self._single(block)
        return self.deeds

    def _single(self, block: Block) -> None:
        self._fill("live_", block)
        self._press(self._button())
        if holds_own(self.tab, block):
            self.deeds.kept += 1

    def _button(self) -> Part:
        """The step's own button: it ends in `_send`, or sends the form."""
        for part in self.tab.all("button"):
            if part.msg.form_id in ("live_guess", "live_note") or (
                part.key.startswith("live_") and part.key.endswith("_send")
            ):
                return part
        raise Missing("no button to answer with")

    def _question(self) -> None:
        self._fill("answer_", None)
        for part in self.tab.all("button", "answer_"):
            # Stages to be put in order: each tap redraws the page.
            self._press(self.tab.one("button", part.key), count=False)
        found = [
            part
            for part in self.tab.all("button")
            if part.key.startswith("check_") or part.msg.form_id.startswith("form_answer_")
        ]
        if not found:
            raise Missing("no button to answer the question with")
        if self._press(found[0]):
            self.deeds.kept += 1

    def _fill(self, prefix: str, block: Block | None) -> None:
        """Something in every field of the step."""
        for part in self.tab.all("radio", prefix):
            self.tab.put(part, self.random.choice(list(part.msg.options)))
        for part in self.tab.all("selectbox", prefix):
            self.tab.put(part, self.random.choice(list(part.msg.options)))
        boxes = self.tab.all("checkbox", prefix)
        for part in boxes:
            self.tab.put(part, part is boxes[0] or self.random.random() < 0.5)
        for part in self.tab.all("text_input", prefix):
            self.tab.put(part, self._number(block))
        for part in self.tab.all("text_area", prefix):
            self.tab.put(part, f"note {self.random.randrange(1000)}")

    def _number(self, block: Block | None) -> str:
        if isinstance(block, PredictionBlock):
            share = self.random.randrange(1, 100)
            number = block.low + (block.high - block.low) * share / 100
            return f"{round(number, 2):f}"
        return str(self.random.randrange(1, 100))

    def _borrow(self) -> None:
        for turn in range(1 + self.random.randrange(MOST_RETRIES)):
            if turn:
                time.sleep(RETRY)
            found = [p for p in self.tab.all("button") if p.msg.form_id == "live_ask"]
            if not found:
                raise Missing("no button to send a request with")
            self.deeds.kept += self._press(found[0])
            waiting = self.tab.find("button", "live_look_")
            if waiting is not None:
                self._press(waiting, count=False)
        offer = self.tab.find("button", f"live_offer_{self.random.random() < 0.5}")
        fixes = self.tab.all("button", "live_fix_")
        if offer is not None:
            self._press(offer, count=False)
        elif fixes:
            self._press(self.random.choice(fixes), count=False)
        self._press(self.random.choice(self.tab.all("button", "live_wait_")), count=False)

    def _press(self, part: Part, *, count: bool = True) -> bool:
        """Press, note how long it took and what went wrong; whether nothing did."""
        started = time.monotonic()
        twice = count and self.impatient
        run = self.tab.press_twice(part, DOUBLE_TAP) if twice else self.tab.press(part)
        if not twice:
            self.deeds.pressed.append(time.monotonic() - started)
        wrong = [*troubles(self.tab), *_unfinished(run)]
        self.deeds.problems += wrong
        return not wrong


def _unfinished(run: Run) -> Iterator[Problem]:
    if not run.status.endswith("SUCCESSFULLY"):
        yield Problem("broken", run.status)
