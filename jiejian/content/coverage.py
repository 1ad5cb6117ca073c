"""Coverage: whether each objective of each lesson is tested by enough items of its quiz."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jiejian.content.library import Reading
from sandbox.datafiles import Mistake

ENOUGH = 2


def thin_objectives(reading: Reading) -> Iterator[Mistake]:
    """Each objective that fewer than two items of its lesson's quiz test.

    A remark while a course is being written, a mistake once `lessons/topics.yaml` says that it is
    complete.
    """
    for read in reading.quizzes.values():
        entry = reading.lessons.get(read.quiz.lesson)
        if entry is None:
            continue
        tested = Counter(item.objective for item in read.quiz.items)
        for number, words in enumerate(entry.lesson.versions["en"].objectives):
            if tested[number] < ENOUGH:
                message = (
                    f"objective {number} ({words}) is tested by {tested[number]} items of at least"
                    f" {ENOUGH}; add an item with objective: {number}"
                )
                yield read.mistake(message, "items")
