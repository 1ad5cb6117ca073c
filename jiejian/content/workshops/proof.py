"""The proof of workshop scripts and cues: words in both languages, minutes that can be kept,
objectives that are served, outcomes that can happen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from jiejian.content.lessons import Lesson
from jiejian.content.marked import texts as words_of
from jiejian.content.proofreading import plain_text
from jiejian.content.steps import ProsePart
from jiejian.content.workshops.blocks import (
    Block,
    DecisionBlock,
    LessonBlock,
    PollBlock,
    PredictionBlock,
    QuizBlock,
    SandboxBlock,
)
from jiejian.content.workshops.played import misjudged
from jiejian.content.workshops.script import Script
from jiejian.content.workshops.scriptbook import FOLDER, ScriptBook
from sandbox.datafiles import Mistake, line_of, parse_yaml, read_text, shown_path
from sandbox.lender.book import LenderBook
from sandbox.lender.lenderbook import DATA
from sandbox.text import LANGUAGES, Language, Text
from sandbox.world import CueBook
from sandbox.world.cues import FILE as CUES

READ_A_MINUTE: dict[Language, int] = {"zh": 300, "en": 180}
"""Chinese characters, or English words, that a room reads in a minute."""
ANSWER_MINUTES = 0.75
"""A question takes this long to be thought over and answered."""
LEAST_SANDBOX = 4
"""Minutes below which a room cannot send a request, read the answer and try once more."""
JOINING = 3
"""Minutes of a workshop that go for joining, before the first step."""

Path_ = tuple[str | int, ...]
_TAG = re.compile(r"<[^>]+>")


def proof(
    root: Path,
    book: ScriptBook,
    lender: LenderBook,
    cues: CueBook,
    lessons: Mapping[str, Lesson],
) -> list[Mistake]:
    """Every mistake in the scripts and cues that could be read."""
    mistakes = list(book.mistakes)
    for script in book.scripts.values():
        file = f"{FOLDER}/{script.id}.yaml"
        data = parse_yaml(read_text(root / file), file=file)
        found = [*_words(script), *_minutes(script, lessons), *_aims(script)]
        found.extend(misjudged(script, lender, cues))
        for message, path in found:
            mistakes.append(Mistake(file, line_of(data, path), shown_path(path), message))
    mistakes.extend(_cue_mistakes(cues, lessons))
    return mistakes


def _cue_mistakes(cues: CueBook, lessons: Mapping[str, Lesson]) -> Iterator[Mistake]:
    file = f"{DATA.parent.name}/{DATA.name}/{CUES}"
    data = parse_yaml(read_text(DATA / CUES), file=file) if cues.cues else {}
    for name, cue in cues.cues.items():
        found = [(message, ("cues", name, *path)) for message, path in _words(cue)]
        if cue.lesson is not None and cue.lesson not in lessons:
            found.append((f"there is no lesson {cue.lesson!r}", ("cues", name, "lesson")))
        for message, path in found:
            yield Mistake(file, line_of(data, path), shown_path(path), message)


def _words(model: BaseModel) -> Iterator[tuple[str, Path_]]:
    """What is wrong with any text of a model, and where it stands."""
    for path, text in _texts(model, ()):
        for language in LANGUAGES:
            for _, message in plain_text(text.say(language), language):
                yield message, (*path, language)


def _texts(value: Any, path: Path_) -> Iterator[tuple[Path_, Text]]:
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from _texts(inner, (*path, place))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*path, name))


def _aims(script: Script) -> Iterator[tuple[str, Path_]]:
    """Objectives that no step works towards, and steps that name one too many."""
    served = {aim for step in script.steps for aim in step.serves}
    for place, step in enumerate(script.steps):
        if any(aim >= len(script.objectives) for aim in step.serves):
            last = len(script.objectives) - 1
            yield f"the objectives are counted from 0 to {last}", ("steps", place, "serves")
    for aim in range(len(script.objectives)):
        if served and aim not in served:
            yield "no step serves this objective", ("objectives", aim)


def _minutes(script: Script, lessons: Mapping[str, Lesson]) -> Iterator[tuple[str, Path_]]:
    planned = sum(step.minutes for step in script.steps)
    if planned + JOINING > script.minutes:
        left = f"the steps take {planned}, which leaves less than {JOINING} to join"
        yield left, ("minutes",)
    for place, step in enumerate(script.steps):
        needed = max(needs(step, language, lessons) for language in LANGUAGES)
        if step.minutes < needed:
            told = f"reading and answering takes {needed} minutes"
            yield told, ("steps", place, "minutes")


def needs(step: Block, language: Language, lessons: Mapping[str, Lesson]) -> int:
    """Whole minutes a room needs to read what the step shows it, and to answer."""
    read = sum(_length(text.say(language), language) for text in _shown(step))
    if isinstance(step, LessonBlock):
        read += sum(_length(text, language) for text in _read(step, language, lessons))
    minutes = read / READ_A_MINUTE[language] + ANSWER_MINUTES * _answers(step)
    if isinstance(step, SandboxBlock):
        minutes = max(minutes, LEAST_SANDBOX)
    return math.ceil(minutes)


def _read(block: LessonBlock, language: Language, lessons: Mapping[str, Lesson]) -> Iterator[str]:
    """The text of the lesson's part: what is played there waits for later."""
    steps = lessons[block.lesson].versions[language].steps
    for step in steps if block.part is None else steps[block.part : block.part + 1]:
        for part in step.parts:
            if isinstance(part, ProsePart):
                yield _TAG.sub("", part.plain_html)
            elif not part.is_played and not part.body.for_teachers:
                yield from (text for _, text in words_of(part.body))


def _shown(step: Block) -> Iterator[Text]:
    """What a participant reads in a step; questions of a quiz are counted as answers."""
    if step.show is not None:
        yield step.show
    for path, text in _texts(step, ()):
        if path[0] not in ("say", "expect", "show", "why", "title") and path[-1] != "then":
            yield text


def _answers(step: Block) -> float:
    if isinstance(step, QuizBlock):
        return len(step.items) or step.most or 1
    return 1 if isinstance(step, PollBlock | PredictionBlock | DecisionBlock) else 0


def _length(text: str, language: Language) -> int:
    return len(text) if language == "zh" else len(text.split())
