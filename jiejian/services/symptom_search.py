"""Finding a symptom by what somebody types: in their words, with their slips, in either language.

Plain arithmetic over the wordings of the clinic. A text becomes features (Chinese characters and
their pairs, English words), rarer features weigh more, and a wording scores by how much of it the
text holds and how much of the text it explains. Nothing typed is kept.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from jiejian.content.clinic.symptoms import Symptom
from jiejian.content.wordings import LITTLE_WORDS, folded
from sandbox.text import LANGUAGES

LONGEST = 300
"""Characters that are read; the rest of a pasted message is left out."""

GOOD_ENOUGH = 0.34
"""Below this a likeness is chance: measured on nonsense and on real questions (tests)."""

FAR_BEHIND = 0.5
"""A symptom that fits only so much as well as the best is left out: it would only distract."""

NUDGE = 0.06
"""What it adds when the rest of a symptom's page explains the whole text: enough to break a tie."""

_RUN = re.compile("[\u3400-\u9fff]+|[a-z0-9]+")
_HAN = re.compile("[\u3400-\u9fff]")
_LITTLE = 0.15


@dataclass(frozen=True)
class Match:
    """A symptom and how well the text fits it, 0 to 1."""

    symptom: Symptom
    score: float


@dataclass(frozen=True)
class _Entry:
    symptom: str
    text: str
    features: Mapping[str, float]
    weight: float


class SymptomIndex:
    """The wordings of all symptoms, ready to be searched."""

    def __init__(self, symptoms: Mapping[str, Symptom]) -> None:
        self._symptoms = symptoms
        texts = [
            (symptom.id, folded(words))
            for symptom in symptoms.values()
            for words in _words(symptom)
        ]
        spread: dict[str, set[str]] = {}
        for name, text in texts:
            for feature in _features(text):
                spread.setdefault(feature, set()).add(name)
        self._weights = {
            feature: _LITTLE
            if feature in LITTLE_WORDS
            else 1 + math.log(len(symptoms) / len(names))
            for feature, names in spread.items()
        }
        self._unknown = 1 + math.log(max(len(symptoms), 1))
        self._vocabulary: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(spread):
            self._vocabulary[word[0]].append(word)
        self._entries = [self._entry(name, text) for name, text in texts]
        self._subjects = {
            name: frozenset().union(*(_features(folded(words)) for words in _told(symptom)))
            for name, symptom in symptoms.items()
        }

    def find(self, text: str, limit: int = 5, far_behind: float = FAR_BEHIND) -> tuple[Match, ...]:
        """The symptoms whose wordings are most like the text, best first; none if it fits nothing.

        far_behind is the share of the best score below which a symptom is left out.
        """
        asked = folded(text[:LONGEST])
        features = self._weighted(self._spelled(asked))
        total = sum(features.values())
        if max(features.values(), default=0) <= _LITTLE:
            return ()
        best: dict[str, float] = {}
        for entry in self._entries:
            score = _likeness(asked, features, total, entry)
            if score > best.get(entry.symptom, 0):
                best[entry.symptom] = score
        for name, subject in self._subjects.items():
            explained = sum(w for feature, w in features.items() if feature in subject) / total
            best[name] = best.get(name, 0) + NUDGE * explained
        ranked = sorted(best.items(), key=lambda pair: -pair[1])[:limit]
        least = max(GOOD_ENOUGH, far_behind * ranked[0][1]) if ranked else 0
        return tuple(Match(self._symptoms[name], score) for name, score in ranked if score >= least)

    def _entry(self, symptom: str, text: str) -> _Entry:
        features = self._weighted(_features(text))
        return _Entry(symptom, text, features, sum(features.values()))

    def _weighted(self, features: Iterable[str]) -> dict[str, float]:
        return {
            feature: _LITTLE
            if feature in LITTLE_WORDS
            else self._weights.get(feature, self._unknown)
            for feature in features
        }

    def _spelled(self, text: str) -> set[str]:
        """The features of a text, each misspelt English word as the nearest one that is known."""
        known = set()
        for feature in _features(text):
            known.add(feature)
            if len(feature) > 3 and not _HAN.search(feature) and feature not in self._weights:
                # A slip on the first letter is rare, and "amet" is no "met".
                near = process.extractOne(
                    feature,
                    self._vocabulary.get(feature[0], []),
                    scorer=fuzz.ratio,
                    score_cutoff=82,
                )
                if near:
                    known.discard(feature)
                    known.add(near[0])
        return known


def _told(symptom: Symptom) -> Iterable[str]:
    """Everything a symptom's page says of itself that somebody may ask in other words."""
    yield from _words(symptom)
    for language in LANGUAGES:
        yield symptom.meaning.say(language)
        yield symptom.first.say(language)
        for end in symptom.conclusions.values():
            yield end.cause.say(language)
        for question in symptom.questions:
            for answer in question.answers:
                yield answer.say.say(language)


def _words(symptom: Symptom) -> Iterable[str]:
    for language in LANGUAGES:
        yield symptom.says.say(language)
        yield from symptom.wordings.of(language)


def _features(text: str) -> frozenset[str]:
    """Chinese characters and their pairs; English words without their endings; numbers.

    Not cached: what somebody typed must not stay in memory.
    """
    found: set[str] = set()
    for run in _RUN.findall(text):
        if _HAN.match(run):
            found.update(run)
            found.update(run[place : place + 2] for place in range(len(run) - 1))
        else:
            found.add(_stem(run))
    return frozenset(found)


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ing", "ied", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _likeness(asked: str, features: Mapping[str, float], total: float, entry: _Entry) -> float:
    shared = sum(weight for feature, weight in entry.features.items() if feature in features)
    if not shared:
        return 0.0
    held = shared / entry.weight
    explained = min(1.0, shared / total)
    meaning = 0.5 * max(held, explained) + 0.5 * (held + explained) / 2
    letters = fuzz.ratio(asked, entry.text) / 100
    return max(meaning, 0.5 * meaning + 0.5 * letters)
