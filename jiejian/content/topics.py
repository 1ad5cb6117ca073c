"""What the course must cover: lessons/topics.yaml held against lessons, quiz items and rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from jiejian.content.coverage import thin_objectives
from jiejian.content.frontmatter import Topic as TopicId
from jiejian.content.library import LESSONS, Reading
from sandbox.datafiles import (
    DataFileError,
    Mistake,
    line_of,
    parse_yaml,
    read_text,
    shown_name,
    validate,
)
from sandbox.lender.rules import Rule
from sandbox.text import Text

FILE = "topics.yaml"


class Topic(BaseModel):
    """A topic; family: the lender's rules of this family belong to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: TopicId
    title: Text
    family: str | None = None


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    complete: bool
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Topics:
    """The topics in order; complete says whether a gap is a mistake."""

    complete: bool
    topics: tuple[Topic, ...]
    file: str
    data: Any


@dataclass(frozen=True)
class Covered:
    """Who covers a topic: lesson folders, quiz items as quiz/item, rules, symptoms."""

    topic: Topic
    lessons: tuple[str, ...]
    items: tuple[str, ...]
    rules: tuple[str, ...]
    symptoms: tuple[str, ...] = ()


def read_topics(root: Path) -> tuple[Topics | None, list[Mistake]]:
    """The topics of root, None without the file or if it is broken, and the mistakes."""
    path = root / LESSONS / FILE
    if not path.exists():
        return None, []
    file = shown_name(path, root)
    try:
        data = parse_yaml(read_text(path, base=root), file=file)
        read = validate(_File, data, file=file)
    except DataFileError as error:
        return None, list(error.mistakes)
    return Topics(read.complete, read.topics, file, data), []


def coverage(
    topics: Topics,
    reading: Reading,
    rules: tuple[Rule, ...] = (),
    symptoms: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Covered, ...]:
    """Who covers each topic. symptoms: ids of the clinic's symptoms by topic."""
    found = []
    for topic in topics.topics:
        entries = [e for e in reading.lessons.values() if topic.id in e.lesson.topics]
        found.append(
            Covered(
                topic=topic,
                lessons=tuple(entry.lesson.folder for entry in entries),
                items=tuple(_items(topic.id, [e.lesson.id for e in entries], reading)),
                rules=tuple(r.id for r in rules if topic.family and r.family == topic.family),
                symptoms=(symptoms or {}).get(topic.id, ()),
            )
        )
    return tuple(found)


def _items(topic: str, lessons: list[str], reading: Reading) -> Iterator[str]:
    """Items that name the topic, or that name none and belong to a lesson on it."""
    for read in reading.quizzes.values():
        for item in read.quiz.items:
            own = getattr(item, "topics", ())
            if topic in own or (not own and read.quiz.lesson in lessons):
                yield f"{read.quiz.id}/{item.id}"


def gaps(topics: Topics, reading: Reading) -> Iterator[Mistake]:
    """Topics a lesson names that are not listed; if complete, what is not covered."""
    known = {topic.id for topic in topics.topics}
    for entry in reading.lessons.values():
        for place, name in enumerate(entry.lesson.topics):
            if name not in known:
                yield entry.mistake(f"{name} is not in {topics.file}", "topics", place)
    if not topics.complete:
        return
    for place, covered in enumerate(coverage(topics, reading)):
        if not covered.lessons:
            line = line_of(topics.data, ("topics", place))
            yield Mistake(topics.file, line, covered.topic.id, "no lesson is about it")
    yield from thin_objectives(reading)


def table(covered: tuple[Covered, ...]) -> str:
    """The table as Markdown."""
    lines = [
        "# Topics",
        "",
        "Written by `python -m jiejian.content topics`.",
        "",
        "| topic | | lessons | quiz items | rules | symptoms |",
        "|---|---|---|---|---|---|",
    ]
    for row in covered:
        title = f"{row.topic.title.zh} / {row.topic.title.en}"
        lessons = "<br>".join(row.lessons) or "**none yet**"
        numbers = (len(row.items), len(row.rules), len(row.symptoms))
        cells = [str(number) if number else "" for number in numbers]
        lines.append(f"| {row.topic.id} | {title} | {lessons} | {' | '.join(cells)} |")
    uncovered = [row.topic.id for row in covered if not row.lessons]
    lines += ["", f"Without a lesson: {', '.join(uncovered) or 'none'}."]
    return "\n".join(lines) + "\n"
