"""Anki cards of questions, in one language."""

from __future__ import annotations

import hashlib
import html
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import genanki

from jiejian.content.plain import Plain
from sandbox.text import Language

_MODEL = 1_604_118_201  # fixed, so that a later deck updates the cards of an earlier one
_STYLE = """
.card { font-family: 'PingFang SC', 'Noto Sans CJK SC', sans-serif; font-size: 18px; line-height: 1.6;
  text-align: start; color: #1E2A2E; background: #FBF8F2; padding: 1rem; }
.nightMode.card { color: #ECE7DC; background: #111819; }
ul { padding-inline-start: 1.2em; } .right { font-weight: 600; color: #1E6B3C; }
.nightMode .right { color: #7CC796; }
"""


@dataclass(frozen=True)
class Card:
    """A question and its answer; lines are plain words. name tells it from every other card."""

    name: str
    question: tuple[str, ...]
    options: tuple[str, ...]
    answer: tuple[str, ...]
    because: tuple[str, ...]
    tags: tuple[str, ...] = ()


def card_of(made: Plain, quiz_id: str) -> Card:
    """A question with its options on the front; what is right and why on the back."""
    options: tuple[str, ...] = ()
    if made.kind in ("single", "multiple"):
        options = tuple(option.text for option in made.options)
    elif made.kind in ("ordering", "matching"):
        options = tuple(sorted(option.text for option in made.options))
    return Card(
        name=f"{quiz_id}/{made.id}",
        question=tuple(made.stem.split("\n")),
        options=options,
        answer=_answer(made),
        because=_because(made),
        tags=(quiz_id, *made.topics),
    )


def _answer(made: Plain) -> tuple[str, ...]:
    if made.kind == "numeric":
        answer = (made.answer or Decimal(0)).quantize(Decimal("0.01"))
        return (f"{answer:,}",)
    if made.kind == "ordering":
        return tuple(f"{n}. {option.text}" for n, option in enumerate(made.options, start=1))
    if made.kind == "matching":
        return tuple(f"{option.text} → {option.target}" for option in made.options)
    return tuple(option.text for option in made.options if option.correct)


def _because(made: Plain) -> tuple[str, ...]:
    if made.kind == "numeric":
        return (made.because, *(f"{slip.value:f}: {slip.because}" for slip in made.slips))
    return tuple(f"{option.text}: {option.because}" for option in made.options if option.because)


def deck(title: str, cards: Iterable[Card], language: Language) -> bytes:
    """An .apkg file. Cards keep their identity, so an import updates and loses no schedule."""
    model = genanki.Model(
        _MODEL,
        "Jiejian",
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=[
            {
                "name": "Card",
                "qfmt": "{{Front}}",
                "afmt": "{{FrontSide}}<hr id=answer>{{Back}}",
            }
        ],
        css=_STYLE,
    )
    made = genanki.Deck(_number(f"{title}:{language}"), title)
    for card in cards:
        guid = genanki.guid_for("jiejian", card.name, language)
        tags = [tag.replace(" ", "-") for tag in card.tags]
        made.add_note(
            genanki.Note(model=model, fields=[_front(card), _back(card)], guid=guid, tags=tags)
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        genanki.Package(made).write_to_file(str(path))
        return path.read_bytes()


def _front(card: Card) -> str:
    return _paragraphs(card.question) + _list(card.options)


def _back(card: Card) -> str:
    return f'<div class="right">{_paragraphs(card.answer)}</div>' + _list(card.because)


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)


def _list(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines if line)
    return f"<ul>{items}</ul>" if items else ""


def _number(text: str) -> int:
    """A deck's number, the same for the same name."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) | 1 << 30
