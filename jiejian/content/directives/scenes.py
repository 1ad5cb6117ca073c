"""Directives that are played: a scene with choices, a request in the glass box, a way to a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from jiejian.content.directives.body import Body, Code, Surroundings, Wrong, lacking
from jiejian.content.marked import MarkedWords
from jiejian.content.targets import preset_problems, targets
from jiejian.content.workings import Name
from sandbox.text import Words


class RetryCounter(Body):
    """A button that plays the lender's velocity rule: what happens when one tries again."""

    minutes: ClassVar[int] = 1

    title: Words
    prompt: MarkedWords
    explanation: MarkedWords


class Way(Body):
    """A choice of a scene and the scene it leads to."""

    text: Words
    to: Code


class Scene(Body):
    """What happens. Either it goes on (`choices`), or it ends: how, and what was learnt."""

    text: MarkedWords
    choices: tuple[Way, ...] = Field((), max_length=4)
    ending: Literal["good", "mixed", "bad"] | None = None
    learnt: MarkedWords | None = None

    @model_validator(mode="after")
    def _goes_on_or_ends(self) -> Self:
        if bool(self.choices) == (self.ending is not None):
            raise ValueError("ending: a scene has choices or an ending, one of them")
        if (self.ending is None) != (self.learnt is None):
            raise ValueError("learnt: an ending says what was learnt, another scene does not")
        if len(self.choices) == 1:
            raise ValueError("choices: one is no choice")
        return self


class Decide(Body):
    """A small branching scene: choice, consequence, what was learnt."""

    minutes: ClassVar[int] = 2

    title: Words
    start: Code
    scenes: dict[Code, Scene] = Field(min_length=3, max_length=14)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.start not in self.scenes:
            raise ValueError(f"start: there is no scene {self.start!r}")
        for scene in self.scenes.values():
            for way in scene.choices:
                if way.to not in self.scenes:
                    raise ValueError(f"scenes: a choice leads to {way.to!r}, which is no scene")
        reached, waiting = set[str](), [self.start]
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting.extend(way.to for way in self.scenes[name].choices)
        if lost := [name for name in self.scenes if name not in reached]:
            raise ValueError(f"scenes: nothing leads to {', '.join(lost)}")
        ends = {name for name, scene in self.scenes.items() if scene.ending}
        while more := {
            name
            for name, scene in self.scenes.items()
            if name not in ends and any(way.to in ends for way in scene.choices)
        }:
            ends |= more
        if endless := [name for name in self.scenes if name not in ends]:
            raise ValueError(f"scenes: {', '.join(endless)} never comes to an ending")
        return self

    def facts(self) -> object:
        """The shape of the story."""
        scenes = {
            name: ([way.to for way in scene.choices], scene.ending)
            for name, scene in self.scenes.items()
        }
        return self.start, scenes


class SendRequest(Body):
    """A request sent to the glass-box lender inside the text; what becomes of it is shown."""

    minutes: ClassVar[int] = 1

    title: Words
    prompt: MarkedWords
    request: Name
    explanation: MarkedWords

    def facts(self) -> object:
        """The request."""
        return self.request

    def uses(self) -> Iterator[str]:
        """The request."""
        yield f"requests.{self.request}"

    def problems(self, around: Surroundings) -> Iterator[Wrong]:
        """The request must be there."""
        known = around.workings.requests
        if self.request not in known:
            yield lacking(("request",), "requests", self.request, known)


class TryIt(Body):
    """A way into another page, with what it starts from filled in by `preset`."""

    minutes: ClassVar[int] = 1

    label: Words
    note: MarkedWords | None = None
    target: Code
    preset: dict[str, str | int | bool] = Field(default_factory=dict)

    def facts(self) -> object:
        """Where it leads and with what."""
        return {"target": self.target, "preset": self.preset}

    def problems(self, around: Surroundings) -> Iterator[Wrong]:
        """The page must be known and take the preset."""
        if self.target not in targets():
            yield ("target",), f"should be one of {', '.join(targets())}"
            return
        for key, message in preset_problems(self.target, self.preset):
            yield ("preset", key), message
