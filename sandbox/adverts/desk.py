"""Where each fact of an offer comes from: the learner's answer, the advert, or an assumption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar

from sandbox.adverts.answers import Answers
from sandbox.adverts.reading import Reading, Stated

Source = Literal["stated", "answer", "assumed"]
Value = Decimal | str
V = TypeVar("V", Decimal, str)


@dataclass(frozen=True)
class Question:
    """Something the advert leaves open.

    options: what to choose from, if it is a choice. suggested: the assumption made until it is
    answered; None means that nothing can be worked out without an answer.
    """

    code: str
    options: tuple[Value, ...] = ()
    suggested: Value | None = None


@dataclass(frozen=True)
class Used:
    """One fact the figures rest on, and where it came from; stated: the statement, if it did."""

    field: str
    value: Value
    unit: str
    source: Source
    stated: Stated | None = None


class Desk:
    """Collects the facts used, the questions left, and those that block."""

    def __init__(self, reading: Reading, answers: Answers) -> None:
        self.reading = reading
        self.answers = answers
        self.questions: list[Question] = []
        self.used: list[Used] = []
        self.open: list[str] = []

    def note(self, stated: Stated) -> Decimal:
        """Use what the advert states."""
        self.used.append(Used(stated.field, stated.value, stated.unit, "stated", stated))
        return stated.number

    def assume(self, field: str, value: Value, unit: str = "") -> None:
        """Use an assumption that no question changes."""
        self.used.append(Used(field, value, unit, "assumed"))

    def number(
        self,
        code: str,
        unit: str = "",
        suggested: Decimal | None = None,
        options: Sequence[Decimal] = (),
    ) -> Decimal | None:
        """Ask for a number; the answer or the assumption, None if it must be answered first."""
        self._ask(Question(code, tuple(options), suggested))
        answer = getattr(self.answers, code)
        return self._settle(code, None if answer is None else Decimal(answer), suggested, unit)

    def choice(self, code: str, options: Sequence[str], suggested: str | None = None) -> str | None:
        """Ask for one of several codes; the same."""
        self._ask(Question(code, tuple(options), suggested))
        answer: str | None = getattr(self.answers, code)
        return self._settle(code, answer, suggested, "code")

    def fact(self, field: str, unit: str, suggested: Decimal | None = None) -> Decimal | None:
        """A number that may be stated under the name of its question.

        A contradiction must be settled by the learner; a range or a list is asked about, the
        range with its lower end as the assumption.
        """
        if self.given(field):
            return self._given(field, unit)
        found = self.reading.all(field)
        one = self.reading.one(field)
        if one is None and found:
            return self.number(field, unit, None, tuple(item.number for item in found))
        if one is None:
            return self.number(field, unit, suggested)
        if one.options:
            return self.number(field, unit, None, one.options)
        if one.high is not None:
            return self.number(field, unit, one.number, (one.number, one.high))
        return self.note(one)

    def given(self, code: str) -> bool:
        """Whether the learner answered this."""
        return getattr(self.answers, code) is not None

    def _given(self, field: str, unit: str) -> Decimal | None:
        """The learner's own number in place of what is stated."""
        one = self.reading.one(field)
        if one is None or one.options or one.high is not None:
            options = tuple(item.number for item in self.reading.all(field))
            if one is not None:
                options = one.options or (one.number, *((one.high,) if one.high else ()))
            return self.number(field, unit, None, options)
        return self._settle(field, Decimal(getattr(self.answers, field)), None, unit)

    def _ask(self, question: Question) -> None:
        if all(asked.code != question.code for asked in self.questions):
            self.questions.append(question)

    def _settle(self, code: str, answer: V | None, suggested: V | None, unit: str) -> V | None:
        value = suggested if answer is None else answer
        if value is None:
            if code not in self.open:
                self.open.append(code)
            return None
        source: Source = "assumed" if answer is None else "answer"
        if all(use.field != code for use in self.used):
            self.used.append(Used(code, value, unit, source))
        return value
