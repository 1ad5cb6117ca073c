"""All workshop scripts, read and held against what they name: lessons, quizzes, cues, people."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jiejian.content.calls import CallFailed
from jiejian.content.library import Library
from jiejian.content.placement import Forms
from jiejian.content.quizzes import Quiz
from jiejian.content.workshops.blocks import (
    Block,
    CueBlock,
    DebriefBlock,
    DecisionBlock,
    LessonBlock,
    PredictionBlock,
    QuizBlock,
    SandboxBlock,
)
from jiejian.content.workshops.script import Script
from sandbox.datafiles import (
    DataFileError,
    Mistake,
    line_of,
    parse_yaml,
    read_text,
    require_id,
    shown_name,
    shown_path,
    validate,
)
from sandbox.lender.book import LenderBook
from sandbox.world import CueBook

FOLDER = "lessons/workshops"

Finding = tuple[str, tuple[str | int, ...]]
"""What is wrong and where in the script."""


@dataclass(frozen=True)
class Surroundings:
    """What a script may name. faults are the everyday things that can be wrong with a person."""

    library: Library
    lender: LenderBook
    faults: Collection[str]
    cues: CueBook


@dataclass(frozen=True)
class ScriptBook:
    """The scripts by id in their order, and the mistakes that left others out."""

    scripts: Mapping[str, Script] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()


def load_scripts(root: Path, around: Surroundings) -> ScriptBook:
    """Read root/lessons/workshops; a script with mistakes is left out and named."""
    found: list[Script] = []
    mistakes: list[Mistake] = list(around.cues.mistakes)
    for path in sorted((root / FOLDER).glob("*.yaml")):
        try:
            found.append(read_script(path, around, base=root))
        except DataFileError as error:
            mistakes.extend(error.mistakes)
    found.sort(key=lambda script: (script.order, script.id))
    return ScriptBook({script.id: script for script in found}, tuple(mistakes))


def read_script(path: Path, around: Surroundings, *, base: Path | None = None) -> Script:
    """One script of a file named after it. Raises DataFileError."""
    file = shown_name(path, base)
    data = parse_yaml(read_text(path, base=base), file=file)
    script = checked(data, around, file=file)
    require_id(script, path, base)
    return script


def checked(data: Any, around: Surroundings, *, file: str) -> Script:
    """A script of parsed YAML, with everything it names there. Raises DataFileError."""
    script = validate(Script, data, file=file)
    mistakes = tuple(
        Mistake(file, line_of(data, place), shown_path(place), message)
        for message, place in findings(script, around)
    )
    if mistakes:
        raise DataFileError(mistakes)
    return script


def findings(script: Script, around: Surroundings) -> Iterator[Finding]:
    """What a script names that is not there."""
    lessons = around.library.lessons
    for place, name in enumerate(script.handouts):
        if name not in lessons:
            yield f"there is no lesson {name!r}", ("handouts", place)
    for place, name in enumerate(script.cues):
        if name not in around.cues.cues:
            yield f"there is no cue {name!r}", ("cues", place)
    for place, step in enumerate(script.steps):
        for message, inner in _of_block(step, around):
            yield message, ("steps", place, *inner)
        if isinstance(step, DecisionBlock) and script.seats != "four":
            yield "decisions need seats: four", ("steps", place, "kind")


def _of_block(step: Block, around: Surroundings) -> Iterator[Finding]:
    match step:
        case LessonBlock():
            yield from _of_lesson(step, around.library)
        case QuizBlock():
            yield from _of_quiz(step, around.library)
        case PredictionBlock():
            yield from _of_prediction(step, around.library)
        case SandboxBlock():
            yield from _of_sandbox(step, around)
        case CueBlock():
            if step.cue not in around.cues.cues:
                yield f"there is no cue {step.cue!r}", ("cue",)
        case DecisionBlock():
            yield from _of_decision(step, around)
        case DebriefBlock():
            for place, name in enumerate(step.lessons):
                if name not in around.library.lessons:
                    yield f"there is no lesson {name!r}", ("lessons", place)
        case _:
            return


def _of_lesson(step: LessonBlock, library: Library) -> Iterator[Finding]:
    lesson = library.lessons.get(step.lesson)
    if lesson is None:
        yield f"there is no lesson {step.lesson!r}", ("lesson",)
    elif step.part is not None and step.part >= len(lesson.versions["zh"].steps):
        last = len(lesson.versions["zh"].steps) - 1
        yield f"the lesson has steps 0 to {last}", ("part",)


def _of_quiz(step: QuizBlock, library: Library) -> Iterator[Finding]:
    if step.test is not None:
        if step.test not in library.tests:
            yield f"there is no test {step.test!r}", ("test",)
        return
    quiz: Quiz | None = library.quizzes.get(step.quiz or "")
    if quiz is None:
        yield f"there is no quiz {step.quiz!r}", ("quiz",)
        return
    for place, name in enumerate(step.items):
        item = quiz.item(name)
        if item is None:
            yield f"the quiz has no item {name!r}", ("items", place)
        elif item.kind == "case":
            yield "a mini-case takes several answers: not in a room", ("items", place)


def _of_prediction(step: PredictionBlock, library: Library) -> Iterator[Finding]:
    try:
        truth = step.truth.value({}, library.compute)
    except CallFailed as error:
        yield str(error), ("truth",)
        return
    if not step.low <= truth <= step.high:
        yield f"the truth, {truth}, lies outside low and high", ("truth",)


def _of_sandbox(step: SandboxBlock, around: Surroundings) -> Iterator[Finding]:
    product = around.lender.product
    if step.persona not in around.lender.personas:
        yield f"there is no persona {step.persona!r}", ("persona",)
    for place, fault in enumerate(step.faults):
        if fault not in around.faults:
            yield f"there is no fault {fault!r}", ("faults", place)
    if not product.amount_min <= step.amount <= product.amount_max:
        yield f"must lie from {product.amount_min} to {product.amount_max}", ("amount",)
    if step.term_months not in product.terms:
        yield f"must be one of {product.terms}", ("term_months",)
    if step.purpose not in around.lender.choices.purpose:
        yield f"there is no purpose {step.purpose!r}", ("purpose",)


def _of_decision(step: DecisionBlock, around: Surroundings) -> Iterator[Finding]:
    for seat, dilemma in step.seats.items():
        for place, way in enumerate(dilemma.ways):
            wanted = way.effect.regime
            if wanted and wanted not in around.lender.regimes:
                where = ("seats", seat, "ways", place, "effect", "regime")
                yield f"there is no regime {wanted!r}", where


def items_of(step: QuizBlock, library: Library) -> tuple[Any, ...]:
    """The items a quiz block asks, in order; those that are gone are left out."""
    if step.test is not None:
        forms: Forms | None = library.tests.get(step.test)
        found = [entry.item for entry in forms.forms[step.form or "a"]] if forms else []
        return tuple(found[: step.most])
    quiz = library.quizzes.get(step.quiz or "")
    return tuple(item for name in step.items if quiz and (item := quiz.item(name)))[: step.most]
