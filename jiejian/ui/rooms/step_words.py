"""What kinds of steps are called, and what they ask, in words."""

from __future__ import annotations

from jiejian.content.workshops.blocks import (
    Block,
    DiscussionBlock,
    PollBlock,
    PredictionBlock,
    SandboxBlock,
)
from jiejian.ui.i18n import pgettext
from sandbox.text import Text


def kind(block: Block) -> str:
    """The kind of a step."""
    return {
        "lesson": pgettext("kind of step", "Reading"),
        "poll": pgettext("kind of step", "Poll"),
        "prediction": pgettext("kind of step", "Guess"),
        "quiz": pgettext("kind of step", "Questions"),
        "sandbox": pgettext("kind of step", "Borrowing"),
        "cue": pgettext("kind of step", "Event"),
        "decision": pgettext("kind of step", "Decision"),
        "discussion": pgettext("kind of step", "Discussion"),
        "debrief": pgettext("kind of step", "Looking back"),
    }[block.kind]


def question(block: Block) -> Text | None:
    """What the whole room is asked; None where each seat or person is asked something else."""
    match block:
        case PollBlock() | PredictionBlock() | DiscussionBlock():
            return block.question
        case SandboxBlock():
            return block.task
        case _:
            return getattr(block, "question", None)
