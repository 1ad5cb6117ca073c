"""What is kept of a room: every answer by person and by question, its figures, its time line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from jiejian.content.library import Library
from jiejian.content.printed.roomreport import Bar, Chapter, RoomSheet, room_pdf
from jiejian.content.workshops.blocks import (
    Block,
    DecisionBlock,
    PollBlock,
    PredictionBlock,
    QuizBlock,
    SandboxBlock,
)
from jiejian.content.workshops.scriptbook import items_of
from jiejian.errors import NotFound, StoreError
from jiejian.services.actor import Actor
from jiejian.services.identity.audit import Audit
from jiejian.services.permissions import require
from jiejian.services.rooms import report_words as words
from jiejian.services.rooms.figures import Figures, figures
from jiejian.services.rooms.happened import Moment
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.opening import Listed, Opening
from jiejian.services.rooms.room import Person
from jiejian.services.rooms.roomjournal import RoomJournal
from jiejian.services.rooms.tallies import (
    Choices,
    Guesses,
    ItemTally,
    Notes,
    Requests,
    is_through,
    progress,
    tally,
)
from sandbox.text import Language, Text
from sandbox.world import CueBook

Cell = str | int | Decimal | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A sheet of the report: its name, its columns, its rows; Decimals are exact."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Compared:
    """Rooms of one script side by side, newest first."""

    script: str
    rooms: tuple[tuple[Listed, Figures], ...]


@dataclass(frozen=True)
class Told:
    """A line of the replay: how long after the opening, what happened, to what, how many times."""

    after: timedelta
    what: str
    detail: str
    times: int = 1


class Reporting:
    """Reports of rooms, for those who direct them."""

    def __init__(
        self,
        journal: RoomJournal,
        opening: Opening,
        library: Library,
        cues: CueBook,
        audit: Audit,
    ) -> None:
        self._journal = journal
        self._opening = opening
        self._library = library
        self._cues = cues
        self._audit = audit

    def figures(self, actor: Actor, room_id: str) -> Figures:
        """The room in a few figures. Raises NotFound, NotAllowed."""
        return figures(self._look(actor, room_id), self._library)

    def compare(self, actor: Actor, script: str, most: int = 8) -> Compared:
        """The actor's own rooms of a script, newest first; rehearsals and empty ones left out."""
        found: list[tuple[Listed, Figures]] = []
        for listed in self._opening.mine(actor):
            if listed.script != script or listed.rehearsal or len(found) >= most:
                continue
            try:
                counted = self.figures(actor, listed.id)
            except (StoreError, NotFound):
                continue
            if counted.active:
                found.append((listed, counted))
        return Compared(script, tuple(found))

    def tables(
        self, actor: Actor, room_id: str, language: Language, *, named: bool = False
    ) -> tuple[Table, ...]:
        """Every answer, per person and per question, with requests and the time line.

        People are numbers; with `named` their names stand beside them, and that is audited.
        Raises NotFound, NotAllowed.
        """
        look = self._look(actor, room_id)
        what = "room.report.named" if named else "room.report"
        self._audit.note(what, who=actor.account or "", what=room_id)
        made = _Tables(look, self._library, self._cues, language, named)
        return made.people(), made.answers(), made.questions(), made.requests(), made.moments()

    def replay(self, actor: Actor, room_id: str, language: Language) -> tuple[Told, ...]:
        """What happened in the room from its opening on; people who came one after the other are
        one line. No name is in it. Raises NotFound, NotAllowed."""
        look = self._look(actor, room_id)
        made = _Tables(look, self._library, self._cues, language, named=False)
        return tuple(made.told())

    def pdf(self, actor: Actor, room_id: str, language: Language) -> bytes:
        """The report to print: figures and what each step came to; no person is in it."""
        look = self._look(actor, room_id)
        self._audit.note("room.report", who=actor.account or "", what=room_id)
        return room_pdf(_sheet(look, self._library, language))

    def _look(self, actor: Actor, room_id: str) -> Look:
        require(actor, "room.report", self._opening.owner_for(actor, room_id))
        return self._journal.look(room_id)


class _Tables:
    """The sheets of one report."""

    def __init__(
        self, look: Look, library: Library, cues: CueBook, language: Language, named: bool
    ) -> None:
        self._look = look
        self._library = library
        self._cues = cues
        self._language = language
        self._named = named

    def people(self) -> Table:
        steps = self._look.room.script.steps
        asked = [step for step in steps if tally(self._look, step, self._library) is not None]
        rows = [
            (
                *self._who(person),
                person.joined.isoformat(timespec="seconds"),
                self._say(words.REMOVED) if person.removed else "",
                *(self._say(words.YES if self._done(person, step) else words.NO) for step in asked),
            )
            for person in self._look.room.people.values()
        ]
        columns = (words.JOINED, words.NOTE)
        titles = tuple(step.title.say(self._language) for step in asked)
        return self._table(words.PEOPLE, columns, rows, titles)

    def answers(self) -> Table:
        rows = [
            (
                *self._who(person),
                step.title.say(self._language),
                given.item if isinstance(step, QuizBlock) else "",
                _shown(step, given.first, person, self._language, self._library, given.item),
                _shown(step, given.value, person, self._language, self._library, given.item),
                None if given.correct is None else int(given.correct),
                given.at.isoformat(timespec="seconds"),
            )
            for person in self._look.room.people.values()
            for step in self._look.room.script.steps
            for given in self._look.standing(person.id).answered(step.id)
        ]
        columns = (words.STEP, words.ITEM, words.FIRST, words.LAST, words.RIGHT, words.WHEN)
        return self._table(words.ANSWERS, columns, rows)

    def questions(self) -> Table:
        rows: list[Row] = []
        for step in self._look.room.script.steps:
            done = progress(self._look, step, self._library)
            for label, count in _counts(self._look, step, self._library, self._language):
                rows.append((step.title.say(self._language), label, count, done.done, done.people))
        columns = (words.STEP, words.OPTION, words.COUNT, words.DONE, words.PRESENT)
        name = words.QUESTIONS.say(self._language)
        return Table(name, tuple(c.say(self._language) for c in columns), tuple(rows))

    def requests(self) -> Table:
        rows = [
            (
                *self._who(person),
                self._title(request.step),
                request.at.isoformat(timespec="seconds"),
                words.OUTCOMES[request.outcome].say(self._language),
                " ".join(request.reasons),
                request.amount,
                None if request.annual_rate is None else request.annual_rate * 100,
                int(request.taken),
            )
            for person in self._look.room.people.values()
            for request in self._look.standing(person.id).requests
        ]
        columns = (
            words.STEP,
            words.WHEN,
            words.OUTCOME,
            words.REASONS,
            words.AMOUNT,
            words.RATE,
            words.TAKEN,
        )
        return self._table(words.REQUESTS, columns, rows)

    def moments(self) -> Table:
        rows = tuple(
            (
                moment.at.isoformat(timespec="seconds"),
                self._say(words.MOMENTS[moment.kind]),
                self._what(moment.kind, moment.what),
            )
            for moment in self._moments()
        )
        columns = (words.WHEN, words.WHAT, words.DETAIL)
        name = words.TIMELINE.say(self._language)
        return Table(name, tuple(c.say(self._language) for c in columns), rows)

    def told(self) -> Iterator[Told]:
        """The time line as a replay."""
        opened = self._look.room.opened
        for kind, run in groupby(self._moments(), key=lambda moment: moment.kind):
            same = list(run)
            for moment in same[:1] if kind == "person_joined" else same:
                alone = kind != "person_joined" or len(same) == 1
                yield Told(
                    after=max(moment.at - opened, timedelta(0)),
                    what=self._say(words.MOMENTS[kind]),
                    detail=self._what(kind, moment.what) if alone else "",
                    times=1 if alone else len(same),
                )

    def _moments(self) -> Iterator[Moment]:
        return (moment for moment in self._look.room.moments if moment.kind in words.MOMENTS)

    def _cue(self, cue: str | int) -> str:
        """A shared event in words, by its own id or by the number it was fired under."""
        fired = next((one.cue for one in self._look.room.cues if one.number == cue), str(cue))
        known = self._cues.cues.get(fired)
        return known.title.say(self._language) if known else fired

    def _what(self, kind: str, data: Any) -> str:
        if kind == "step_begun":
            block = self._look.room.block(data["place"])
            return block.title.say(self._language) if block else ""
        if "person" in data and (person := self._look.room.people.get(data["person"])):
            return f"#{person.number}"
        if "cue" in data:
            return self._cue(data["cue"])
        if "step" in data:
            return self._title(data["step"])
        return str(data.get("minutes", ""))

    def _title(self, step: str) -> str:
        block = self._look.room.script.step(step)
        return block.title.say(self._language) if block else step

    def _who(self, person: Person) -> Row:
        seat = words.SEATS[person.seat].say(self._language) if person.seat else ""
        return (person.number, person.name, seat) if self._named else (person.number, seat)

    def _done(self, person: Person, step: Block) -> bool:
        return is_through(self._look.standing(person.id), step, self._library)

    def _table(
        self, name: Text, columns: Sequence[Text], rows: Sequence[Row], more: Row = ()
    ) -> Table:
        who = (words.NUMBER, words.NAME, words.SEAT) if self._named else (words.NUMBER, words.SEAT)
        heads = (*(column.say(self._language) for column in (*who, *columns)), *map(str, more))
        return Table(name.say(self._language), heads, tuple(rows))

    def _say(self, text: Text) -> str:
        return text.say(self._language)


def _shown(
    step: Block, value: Any, person: Person, language: Language, library: Library, item: str
) -> str:
    """An answer in words."""
    texts: dict[str, str] = {}
    if isinstance(step, PollBlock):
        texts = {option.id: option.text.say(language) for option in step.options}
    elif isinstance(step, DecisionBlock) and person.seat and person.seat in step.seats:
        texts = {way.id: way.text.say(language) for way in step.seats[person.seat].ways}
    elif isinstance(step, QuizBlock):
        found = next((one for one in items_of(step, library) if one.id == item), None)
        texts = {c.id: c.text.say(language) for c in getattr(found, "choices", ())}
    if isinstance(value, list):
        return "; ".join(texts.get(str(one), str(one)) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{one} = {other}" for one, other in value.items())
    return str(value)


def _counts(
    look: Look, step: Block, library: Library, language: Language
) -> Iterator[tuple[str, int]]:
    """What a step came to, as labels and counts."""
    found = tally(look, step, library)
    if isinstance(found, Choices) and isinstance(step, PollBlock):
        for option in step.options:
            yield option.text.say(language), found.counts.get(option.id, 0)
    elif isinstance(found, Guesses) and isinstance(step, PredictionBlock):
        yield words.CLOSE.say(language), found.close
        yield words.NOT_CLOSE.say(language), len(found.values) - found.close
    elif isinstance(found, Requests) and isinstance(step, SandboxBlock):
        for outcome, count in sorted(found.outcomes.items(), key=lambda pair: -pair[1]):
            yield words.OUTCOMES[outcome].say(language), count
        yield words.HAMMERED.say(language), found.hammered
        yield words.RESTRICTED.say(language), found.restricted
    elif isinstance(found, Notes):
        yield words.NOTES.say(language), len(found.notes)
    elif isinstance(found, tuple):
        yield from _of_items(found, step, library, language)
    elif isinstance(step, DecisionBlock) and isinstance(found, dict):
        for seat, dilemma in step.seats.items():
            for way in dilemma.ways:
                label = f"{words.SEATS[seat].say(language)}: {way.text.say(language)}"
                yield label, found[seat].counts.get(way.id, 0)


def _of_items(
    found: Sequence[ItemTally], step: Block, library: Library, language: Language
) -> Iterator[tuple[str, int]]:
    if not isinstance(step, QuizBlock):
        return
    for item, counted in zip(items_of(step, library), found, strict=True):
        yield item.stem.say(language), counted.correct


def _sheet(look: Look, library: Library, language: Language) -> RoomSheet:
    counted = figures(look, library)
    chapters = []
    for step in look.room.script.steps:
        bars = tuple(Bar(*pair) for pair in _counts(look, step, library, language))
        if not bars:
            continue
        done = progress(look, step, library)
        note = words.DONE_OF.say(language).format(done=done.done, people=done.people)
        chapters.append(Chapter(step.title.say(language), note, bars, max(done.people, 1)))
    return RoomSheet(
        language=language,
        title=look.room.script.title.say(language),
        day=look.room.opened.date(),
        lines=tuple(_lines(counted, language)),
        chapters=tuple(chapters),
    )


def _lines(counted: Figures, language: Language) -> Iterator[str]:
    yield words.IN_ALL.say(language).format(
        people=counted.people,
        active=counted.active,
        minutes=round(counted.lasted.total_seconds() / 60),
    )
    if counted.requests:
        yield words.SENT.say(language).format(
            requests=counted.requests,
            people=counted.hammered.of,
            hammered=counted.hammered.count,
            restricted=counted.restricted.count,
        )
    gained = counted.gain
    if gained and gained.before is not None and gained.after is not None:
        yield words.GAINED.say(language).format(
            people=len(gained.pairs),
            before=round(float(gained.before) * 100),
            after=round(float(gained.after) * 100),
        )
