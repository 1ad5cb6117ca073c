"""Tests before and after a track, in two parallel forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from jiejian.content.library import Library
from jiejian.content.placement import Form, Forms, TestItem
from jiejian.content.posing import mixed
from jiejian.errors import InvalidInput, NotFound
from jiejian.services.actor import Actor
from jiejian.services.first_seen import FirstSeen
from jiejian.services.given import Raw, graded
from jiejian.services.grading import Grade
from jiejian.services.journal import Journal, Past
from jiejian.services.question import Question, posed_for
from jiejian.services.standing import CERTAINTIES, Certainty
from jiejian.store.records import Event

Phase = Literal["before", "after"]
ANSWERED = "test_answer_given"


@dataclass(frozen=True)
class Outcome:
    """An item of a finished form as it was answered; question and grade are None if the item has
    been rewritten since.
    """

    entry: TestItem
    correct: bool
    answer: Raw
    question: Question | None
    grade: Grade | None


@dataclass(frozen=True)
class Result:
    """A finished form, in the order of the pairs."""

    pairs: tuple[Outcome, ...]

    @property
    def right(self) -> int:
        """Items right."""
        return sum(outcome.correct for outcome in self.pairs)

    @property
    def total(self) -> int:
        """Items asked."""
        return len(self.pairs)

    @property
    def to_read(self) -> tuple[str, ...]:
        """Lessons with an item that was not right, each once."""
        return tuple(dict.fromkeys(one.entry.lesson for one in self.pairs if not one.correct))


@dataclass(frozen=True)
class TestStanding:
    """A test as one learner stands in it: phase is what comes now or was last finished.

    question is the one at hand, None when the phase is finished; answered counts those of the
    phase.
    """

    __test__ = False  # no test of pytest's

    forms: Forms
    phase: Phase
    question: Question | None
    answered: int
    before: Result | None
    after: Result | None

    @property
    def begun(self) -> bool:
        """Whether anything was answered yet."""
        return bool(self.before or self.answered)


class TrackTests:
    """What a learner does with the tests of the tracks. Nothing is explained before the end."""

    def __init__(self, journal: Journal, library: Library, first_seen: FirstSeen) -> None:
        self._journal = journal
        self._library = library
        self._first_seen = first_seen

    def standings(self, actor: Actor) -> tuple[TestStanding, ...]:
        """Every test, without a question being shown."""
        past = self._journal.read(actor)
        tests = self._library.tests.values()
        return tuple(self._standing(actor, past, forms, ask=False) for forms in tests)

    def standing(self, actor: Actor, test_id: str) -> TestStanding:
        """One test and the question to ask now. Raises NotFound."""
        forms = self._library.tests.get(test_id)
        if forms is None:
            raise NotFound("test", test_id)
        return self._standing(actor, self._journal.read(actor), forms, ask=True)

    def answer(
        self, actor: Actor, question: Question, raw: Raw, certainty: Certainty | None, key: str
    ) -> Grade:
        """Grade an answer and keep it; the same key, and the same item of a phase, count once.

        Raises NotFound and InvalidInput, as for a quiz.
        """
        forms = self._library.tests.get(question.source)
        if forms is None or question.where not in ("before", "after"):
            raise NotFound("test", question.source)
        items = {entry.item.id: entry for entry in forms.forms[_form(actor, question.where)]}
        entry = items.get(question.item.id)
        if entry is None or entry.item.version != question.item.version:
            raise InvalidInput("answer", "changed")
        if certainty not in (*CERTAINTIES, None):
            raise InvalidInput("certainty", "unknown_choice")
        grade = graded(question.posed, raw)
        seconds = self._first_seen.seconds(f"{actor.learner}:{question.name}")

        def happen(past: Past) -> Iterable[Event]:
            given = self._given(past, forms, question.where)
            if entry.pair in given:
                return
            data = {
                "test": forms.test.id,
                "revision": forms.test.revision,
                "phase": question.where,
                "form": _form(actor, question.where),
                "pair": entry.pair,
                "item": entry.item.id,
                "answer": raw,
                "correct": grade.correct,
                "credit": str(grade.credit),
                "certainty": certainty,
                "seconds": seconds,
                "position": len(given) + 1,
                **question.drawn(),
            }
            yield self._journal.event(ANSWERED, data, key)

        self._journal.record(actor, key, happen)
        return grade

    def _standing(self, actor: Actor, past: Past, forms: Forms, *, ask: bool) -> TestStanding:
        before = self._result(actor, past, forms, "before")
        after = self._result(actor, past, forms, "after")
        phase: Phase = "after" if before else "before"
        given = self._given(past, forms, phase)
        question = None
        if ask and not (before and after):
            question = self._question(actor, forms, phase, given)
        return TestStanding(forms, phase, question, len(given), before, after)

    def _question(
        self, actor: Actor, forms: Forms, phase: Phase, given: dict[str, Mapping[str, Any]]
    ) -> Question | None:
        entries = {entry.pair: entry for entry in forms.forms[_form(actor, phase)]}
        seed = int(actor.learner[:8], 16)
        left = [pair for pair in mixed(entries, seed) if pair not in given]
        if not left:
            return None
        question = self._posed(actor, forms, phase, entries[left[0]])
        self._first_seen.note(f"{actor.learner}:{question.name}")
        return question

    def _posed(self, actor: Actor, forms: Forms, phase: Phase, entry: TestItem) -> Question:
        source = f"{forms.test.id}:{phase}"
        posed = posed_for(actor.learner, source, entry.item, 0, self._library.compute)
        return Question(forms.test.id, entry.item, posed, 0, phase)

    def _given(self, past: Past, forms: Forms, phase: str) -> dict[str, Mapping[str, Any]]:
        """What was answered in a phase at the present revision, by pair."""
        given: dict[str, Mapping[str, Any]] = {}
        for event in past.of(ANSWERED):
            data = event.data
            same = (data["test"], data["revision"]) == (forms.test.id, forms.test.revision)
            if same and data["phase"] == phase:
                given.setdefault(data["pair"], data)
        return given

    def _result(self, actor: Actor, past: Past, forms: Forms, phase: Phase) -> Result | None:
        given = self._given(past, forms, phase)
        entries = forms.forms[_form(actor, phase)]
        if any(entry.pair not in given for entry in entries):
            return None
        return Result(
            tuple(self._outcome(actor, forms, phase, one, given[one.pair]) for one in entries)
        )

    def _outcome(
        self, actor: Actor, forms: Forms, phase: Phase, entry: TestItem, data: Mapping[str, Any]
    ) -> Outcome:
        question = grade = None
        if data["version"] == entry.item.version:
            question = self._posed(actor, forms, phase, entry)
            grade = graded(question.posed, data["answer"])
        return Outcome(entry, bool(data["correct"]), data["answer"], question, grade)


def _form(actor: Actor, phase: str) -> Form:
    """Half the learners meet form A before and B after, the others the other way round."""
    first = int(actor.learner[-1], 16) % 2 == 0
    return "a" if first == (phase == "before") else "b"
