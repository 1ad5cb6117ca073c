"""The library: all lessons and quizzes that can be used, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from jiejian.content.calls import Compute
from jiejian.content.glossary import Glossary, read_glossary
from jiejian.content.items import Item
from jiejian.content.lessons import FOLDER, Lesson, LessonFile, read_lesson
from jiejian.content.placement import Forms, TestFile, look_up, read_test
from jiejian.content.quizzes import Quiz, QuizFile, read_quiz
from jiejian.content.tracks import Track, read_tracks
from sandbox.datafiles import DataFileError, Mistake

LESSONS = "lessons"
NOT_LESSONS = {"clinic", "workshops"}
"""Folders beside the lessons that hold other content."""
QUIZZES = "quizzes"
SHARED_DRAWINGS = "assets/figures"
TESTS = "quizzes/tests"


@dataclass(frozen=True)
class Library:
    """Lessons by id in their order, quizzes by id, the mistakes that left others out.

    compute holds the named calculations that items ask for their figures; tests are those before
    and after a track, by the track's name.
    """

    lessons: Mapping[str, Lesson]
    quizzes: Mapping[str, Quiz]
    mistakes: tuple[Mistake, ...] = ()
    tracks: Mapping[str, Track] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=Glossary)
    left_out: tuple[str, ...] = ()
    """Folders of lessons that have mistakes and cannot be shown."""
    compute: Compute = field(default_factory=dict)
    tests: Mapping[str, Forms] = field(default_factory=dict)

    @property
    def in_order(self) -> tuple[Lesson, ...]:
        """Every lesson, track by track; those without a track come last."""
        known = tuple(lesson for track in self.tracks for lesson in self.of_track(track))
        return known + self.of_track(None)

    def of_track(self, track: str | None) -> tuple[Lesson, ...]:
        """The lessons of a track in order; None: those whose track is not known."""
        return tuple(lesson for lesson in self.lessons.values() if lesson.track == track)


@dataclass(frozen=True)
class Reading:
    """All files as read, before links are followed. folders maps each lesson id to its order."""

    folders: Mapping[str, int]
    lessons: Mapping[str, LessonFile]
    quizzes: Mapping[str, QuizFile]
    mistakes: tuple[Mistake, ...]
    tracks: Mapping[str, Track] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=Glossary)
    left_out: tuple[str, ...] = ()
    compute: Compute = field(default_factory=dict)
    tests: Mapping[str, TestFile] = field(default_factory=dict)


def load_library(root: Path, compute: Compute | None = None) -> Library:
    """Read root/lessons and root/quizzes.

    A broken file is left out and named in `mistakes`, relative to root; the rest works. A lesson
    stays when only its quiz is broken.
    """
    return link(read_all(root, compute or {}))


def read_all(root: Path, compute: Compute) -> Reading:
    """Read every lesson and quiz for itself."""
    tracks, mistakes = read_tracks(root / LESSONS, base=root)
    glossary, found = read_glossary(root / LESSONS, base=root)
    mistakes.extend(found)
    folders = _lesson_folders(root, mistakes)
    lessons: dict[str, LessonFile] = {}
    shared = root / SHARED_DRAWINGS
    for slug, folder in folders.items():
        try:
            lessons[slug] = read_lesson(folder, base=root, glossary=glossary, shared=shared)
        except DataFileError as error:
            mistakes.extend(error.mistakes)
    quizzes: dict[str, QuizFile] = {}
    for path in sorted((root / QUIZZES).glob("*.yaml")):
        try:
            quizzes[path.stem] = read_quiz(path, compute, base=root)
        except DataFileError as error:
            mistakes.extend(error.mistakes)
    tests: dict[str, TestFile] = {}
    for path in sorted((root / TESTS).glob("*.yaml")):
        try:
            tests[path.stem] = read_test(path, compute, base=root)
        except DataFileError as error:
            mistakes.extend(error.mistakes)
    orders = {slug: int(folder.name[:3]) for slug, folder in folders.items()}
    left_out = tuple(folder.name for slug, folder in folders.items() if slug not in lessons)
    return Reading(
        orders,
        lessons,
        quizzes,
        tuple(mistakes),
        tracks=tracks,
        glossary=glossary,
        left_out=left_out,
        compute=compute,
        tests=tests,
    )


def link(reading: Reading) -> Library:
    """Follow the links between lessons and quizzes; what leads nowhere is cut and named."""
    mistakes = list(reading.mistakes)
    quizzes = {}
    for name, read in reading.quizzes.items():
        if found := list(_quiz_mistakes(read, reading)):
            mistakes.extend(found)
        else:
            quizzes[name] = read
    lessons = {}
    for name, entry in reading.lessons.items():
        mistakes.extend(_lesson_mistakes(entry, reading))
        lesson = entry.lesson
        lessons[name] = replace(
            lesson,
            quiz=lesson.quiz if lesson.quiz in quizzes else None,
            track=lesson.track if lesson.track in reading.tracks else None,
            prerequisites=tuple(p for p in lesson.prerequisites if p in reading.lessons),
        )
    tests = {}
    for name, test in reading.tests.items():
        forms = look_up(test, quizzes)
        found = [*(forms if isinstance(forms, list) else ()), *_test_mistakes(test, reading)]
        mistakes.extend(found)
        if isinstance(forms, Forms) and not found:
            tests[name] = forms
    return Library(
        lessons=lessons,
        quizzes={name: read.quiz for name, read in quizzes.items()},
        mistakes=tuple(mistakes),
        tracks=reading.tracks,
        glossary=reading.glossary,
        left_out=reading.left_out,
        compute=reading.compute,
        tests=tests,
    )


def _lesson_folders(root: Path, mistakes: list[Mistake]) -> dict[str, Path]:
    """Lesson folders by slug, in order; a number or slug used before is a mistake."""
    folders: dict[str, Path] = {}
    numbers: dict[str, str] = {}
    for path in sorted((root / LESSONS).glob("*/")):
        if path.name in NOT_LESSONS:
            continue
        name = f"{LESSONS}/{path.name}"
        matched = FOLDER.fullmatch(path.name)
        if matched is None:
            message = "a lesson's folder is called NNN-slug, like 004-velocity-check"
            mistakes.append(Mistake(name, None, "", message))
            continue
        number, slug = matched.groups()
        if slug in folders or number in numbers:
            taken = folders[slug].name if slug in folders else numbers[number]
            mistakes.append(Mistake(name, None, "", f"number or slug is taken by {taken}"))
            continue
        folders[slug] = path
        numbers[number] = path.name
    return folders


def _quiz_mistakes(read: QuizFile, reading: Reading) -> Iterator[Mistake]:
    name = read.quiz.lesson
    if name not in reading.folders:
        yield read.mistake(f"there is no lesson {name!r}", "lesson")
    if name not in reading.lessons:
        return
    lesson = reading.lessons[name].lesson
    if lesson.quiz != read.quiz.id:
        yield read.mistake(f"the quiz of {name!r} is {lesson.quiz!r}, not this one", "lesson")
    for index, item in enumerate(read.quiz.items):
        for key, message in _item_links(item, lesson):
            yield read.mistake(message, "items", index, key)


def _item_links(item: Item, lesson: Lesson) -> Iterator[tuple[str, str]]:
    """Key and message of what an item names and its lesson does not have."""
    objectives = len(lesson.versions["zh"].objectives)
    if item.objective >= objectives:
        yield "objective", f"the lesson has objectives 0 to {objectives - 1}"
    if isinstance(item.source, int) and item.source > len(lesson.sources):
        yield "source", f"the lesson has sources 1 to {len(lesson.sources)}"


def _test_mistakes(read: TestFile, reading: Reading) -> Iterator[Mistake]:
    for index, pair in enumerate(read.test.pairs):
        if pair.lesson not in reading.folders:
            yield read.mistake(f"there is no lesson {pair.lesson!r}", "pairs", index, "lesson")
        elif entry := reading.lessons.get(pair.lesson):
            for form, item in pair.held():
                for key, message in _item_links(item, entry.lesson):
                    yield read.mistake(message, "pairs", index, form, key)


def _lesson_mistakes(entry: LessonFile, reading: Reading) -> Iterator[Mistake]:
    lesson = entry.lesson
    if lesson.track not in reading.tracks and reading.tracks:
        known = ", ".join(reading.tracks)
        yield entry.mistake(f"there is no track {lesson.track!r}; known are {known}", "track")
    for index, name in enumerate(lesson.prerequisites):
        if name not in reading.folders:
            yield entry.mistake(f"there is no lesson {name!r}", "prerequisites", index)
        elif reading.folders[name] >= lesson.order:
            yield entry.mistake(f"{name!r} does not come before", "prerequisites", index)
    if lesson.quiz not in reading.quizzes:
        yield entry.mistake(f"there is no usable quiz {lesson.quiz!r}", "quiz")
