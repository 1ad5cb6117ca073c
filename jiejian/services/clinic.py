"""The failure clinic: find a symptom, follow its tree, get its plan; check a myth.

It asks for nothing personal and keeps nothing: what is typed or tapped lives in the reader's
session alone and is neither stored nor logged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from jiejian.content.clinic.clinicbook import ClinicBook
from jiejian.content.clinic.entries import Advice, Contact, Step
from jiejian.content.clinic.myths import Myth
from jiejian.content.clinic.symptoms import Conclusion, Group, Question, Symptom
from jiejian.content.frontmatter import Source
from jiejian.errors import InvalidInput, NotFound
from jiejian.services.symptom_search import LONGEST, Match, SymptomIndex
from sandbox.text import Text

GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(frozen=True)
class Search:
    """What a text found. asked is whether there was anything to search; cut, whether it was long."""

    asked: bool
    cut: bool
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Plan:
    """A symptom with everything its page shows, names followed to their words.

    printed are the sources of what the one-page sheet says: it leaves the longer advice out.
    """

    symptom: Symptom
    today: tuple[Text, ...]
    week: tuple[Text, ...]
    months: tuple[Text, ...]
    never: tuple[Text, ...]
    advice: tuple[Advice, ...]
    contacts: tuple[Contact, ...]
    sources: tuple[Source, ...]
    printed: tuple[Source, ...]


class Clinic:
    """Symptoms and myths of one book."""

    def __init__(self, book: ClinicBook) -> None:
        self._book = book
        self._index = SymptomIndex(book.symptoms)

    def search(self, text: str) -> Search:
        """The symptoms this text may mean, best first, at most five."""
        typed = text.strip()
        return Search(bool(typed), len(typed) > LONGEST, self._index.find(typed))

    def symptom(self, symptom_id: str) -> Symptom:
        """A symptom by its id. Raises NotFound."""
        found = self._book.symptoms.get(symptom_id)
        if found is None:
            raise NotFound("symptom", symptom_id)
        return found

    @property
    def symptoms(self) -> Mapping[str, Symptom]:
        """Every symptom by its id."""
        return self._book.symptoms

    def shelf(self, group: Group) -> tuple[Symptom, ...]:
        """The symptoms of a group, the common ones first."""
        found = (s for s in self._book.symptoms.values() if s.group == group)
        return tuple(sorted(found, key=lambda symptom: (not symptom.common, symptom.id)))

    def common(self) -> tuple[Symptom, ...]:
        """What is met most often, in the order of the groups."""
        return tuple(s for group in GROUPS for s in self.shelf(group) if s.common)

    def walk(self, symptom_id: str, answers: Sequence[int]) -> Question | Conclusion:
        """Where these answers lead in a symptom's tree. Raises NotFound and InvalidInput."""
        symptom = self.symptom(symptom_id)
        try:
            place = symptom.walk(answers)
        except LookupError as error:
            raise InvalidInput("answers", "unknown_choice") from error
        return symptom.conclusions[place] if isinstance(place, str) else place

    def likeliest(self, symptom_id: str) -> Conclusion:
        """The conclusion for somebody who cannot answer. Raises NotFound."""
        symptom = self.symptom(symptom_id)
        return symptom.conclusions[symptom.likeliest]

    def plan(self, symptom_id: str) -> Plan:
        """Everything the symptom's page shows. Raises NotFound."""
        symptom, book = self.symptom(symptom_id), self._book
        advice = tuple(book.advice[name] for name in symptom.advice)
        contacts = tuple(book.contacts[name] for name in symptom.contacts)
        printed = (*symptom.sources, *(name for entry in contacts for name in entry.sources))
        named = (*printed, *(name for entry in advice for name in entry.sources))
        return Plan(
            symptom=symptom,
            today=self._said(symptom.today),
            week=self._said(symptom.week),
            months=self._said(symptom.months),
            never=self._said(symptom.never),
            advice=advice,
            contacts=contacts,
            sources=self.sources(named),
            printed=self.sources(printed),
        )

    def emergency(self) -> Advice | None:
        """What to do when a scam has already cost something."""
        return self._book.advice.get("scam-emergency")

    def neighbours(self, symptom_id: str, limit: int = 3) -> tuple[Symptom, ...]:
        """Symptoms that are easily taken for this one. Raises NotFound."""
        symptom = self.symptom(symptom_id)
        alike = self._index.find(f"{symptom.says.zh} {symptom.says.en}", limit + 1, far_behind=0)
        return tuple(m.symptom for m in alike if m.symptom.id != symptom_id)[:limit]

    def myths(self) -> tuple[Myth, ...]:
        """Every myth card in order."""
        return tuple(self._book.myths.values())

    def myth(self, myth_id: str) -> Myth:
        """A myth card by its id. Raises NotFound."""
        found = self._book.myths.get(myth_id)
        if found is None:
            raise NotFound("myth", myth_id)
        return found

    def sources(self, names: Iterable[str]) -> tuple[Source, ...]:
        """The sources behind these names, each once."""
        return tuple(self._book.sources[name] for name in dict.fromkeys(names))

    def _said(self, steps: Iterable[Step]) -> tuple[Text, ...]:
        return tuple(words for step in steps if (words := self._book.step(step)))
