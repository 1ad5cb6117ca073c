"""Symptoms: what a refused borrower met, and the way from there to a next step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from jiejian.content.clinic.entries import Entry, Family, Step
from jiejian.content.clinic.play import Play
from jiejian.content.frontmatter import Slug
from sandbox.text import Language, Text, Words

Group = Literal["technology", "risk_control", "compliance", "user", "money", "account", "scam"]
"""The shelf a symptom stands on, for those who look through rather than type."""


class Wordings(Entry):
    """How people meet or type it, in each language."""

    zh: tuple[Words, ...] = Field(min_length=4)
    en: tuple[Words, ...] = Field(min_length=4)

    def of(self, language: Language) -> tuple[str, ...]:
        """The wordings in this language."""
        return self.zh if language == "zh" else self.en


class Answer(Entry):
    """An answer to tap; go names the next question or the conclusion."""

    say: Text
    go: Slug


class Question(Entry):
    """A question that tells causes apart."""

    id: Slug
    ask: Text
    answers: tuple[Answer, ...] = Field(min_length=2, max_length=4)


class Conclusion(Entry):
    """A likely cause and what to do about it now."""

    family: Family
    cause: Text
    now: Text


class Symptom(Entry):
    """One thing that went wrong.

    `says` is the line as people meet it. The first question opens the tree; the first conclusion
    is the likeliest, told to those who cannot answer. `common` lifts it onto the first shelf.
    Plans are short on purpose: they must fit one printed page.
    """

    id: Slug
    group: Group
    common: bool = False
    says: Text
    wordings: Wordings
    meaning: Text
    first: Text
    questions: tuple[Question, ...] = Field((), max_length=3)
    conclusions: dict[Slug, Conclusion] = Field(min_length=1, max_length=5)
    today: tuple[Step, ...] = Field(min_length=2, max_length=4)
    week: tuple[Step, ...] = Field(min_length=1, max_length=3)
    months: tuple[Step, ...] = Field(min_length=1, max_length=3)
    never: tuple[Step, ...] = Field(min_length=2, max_length=4)
    advice: tuple[Slug, ...] = Field(min_length=1, max_length=3)
    contacts: tuple[Slug, ...] = Field((), max_length=5)
    play: Play
    lesson: Slug
    scam: bool = False
    alarm: Text | None = None
    sources: tuple[Slug, ...] = ()
    reviewed_on: date

    @model_validator(mode="after")
    def _alarm_with_scam(self) -> Symptom:
        if self.scam != (self.alarm is not None):
            raise ValueError("alarm: is for scam: true, and needed there")
        return self

    def question(self, name: str) -> Question | None:
        """The question with this id."""
        return next((question for question in self.questions if question.id == name), None)

    def walk(self, answers: Sequence[int]) -> Question | str:
        """Where these answers lead (each counted from 0): a question, or a conclusion's id.

        Raises LookupError if an answer does not exist or comes after the end.
        """
        place: Question | str = self.questions[0] if self.questions else self.likeliest
        for answer in answers:
            if isinstance(place, str) or not 0 <= answer < len(place.answers):
                raise LookupError(f"{self.id}: no answer {answer}")
            name = place.answers[answer].go
            place = self.question(name) or name
        return place

    @property
    def likeliest(self) -> str:
        """The conclusion for those who cannot tell."""
        return next(iter(self.conclusions))

    @property
    def families(self) -> tuple[Family, ...]:
        """The families it may come from, the likeliest first."""
        return tuple(dict.fromkeys(end.family for end in self.conclusions.values()))


Place = tuple[str | int, ...]


def tree_mistakes(symptom: Symptom) -> Iterator[tuple[Place, str]]:
    """What is wrong with a symptom's tree, with its place: dead ends, loops, parts never met."""
    names = [question.id for question in symptom.questions]
    for index, name in enumerate(names):
        if name in names[:index] or name in symptom.conclusions:
            yield ("questions", index, "id"), f"{name!r} is used twice"
    leads = {
        question.id: [answer.go for answer in question.answers] for question in symptom.questions
    }
    for index, question in enumerate(symptom.questions):
        for number, answer in enumerate(question.answers):
            place = ("questions", index, "answers", number, "go")
            if answer.go not in leads and answer.go not in symptom.conclusions:
                yield place, f"does not end: there is no question or conclusion {answer.go!r}"
            elif question.id in _met(answer.go, leads):
                yield place, f"does not end: {answer.go!r} leads back here"
    met = _met(names[0], leads) if names else {symptom.likeliest}
    for index, name in enumerate(names):
        if name not in met:
            yield ("questions", index), f"no answer leads to {name!r}"
    for name in symptom.conclusions:
        if name not in met:
            yield ("conclusions", name), f"no answer leads to {name!r}"


def _met(start: str, leads: dict[str, list[str]]) -> set[str]:
    met: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in met:
            met.add(name)
            waiting.extend(leads.get(name, []))
    return met
