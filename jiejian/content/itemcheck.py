"""What can be wrong in a quiz item beyond its form: words, phrases, controls, and every draw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jiejian.content.calls import Compute, Drawn, named
from jiejian.content.items import (
    PHRASE,
    CaseItem,
    Item,
    Path,
    TrapItem,
    TrippedItem,
    placeholders,
    texts,
)
from jiejian.content.parameters import LARGEST_ANSWER, draws_to_try
from jiejian.content.posing import Posed, PoseError, lender_book, pose_drawn, tripped_controls
from jiejian.content.questions import Choosing, Numeric
from jiejian.content.scenes import NOTHING, Step
from sandbox.text import LANGUAGES, Text

Finding = tuple[Path, str]
"""Path inside the item and what is wrong there."""


def written(item: Item) -> Iterator[Finding]:
    """What is wrong whatever is drawn."""
    yield from _placeholders(item)
    yield from _idle(item)
    if isinstance(item, TrapItem):
        yield from _phrases(item)
    if isinstance(item, TrippedItem):
        for index, choice in enumerate(item.choices):
            if choice.control == NOTHING:
                if choice.text is None:
                    yield ("choices", index, "text"), f"is missing: {NOTHING!r} has no rule's title"
            elif lender_book().rule(choice.control) is None:
                known = ", ".join(rule.id for rule in lender_book().rules)
                place = ("choices", index, "control")
                yield place, f"there is no control {choice.control!r}; known are: {known}, none"


def first_draw(item: Item, compute: Compute) -> Iterator[Finding]:
    """What is wrong for the first draw; enough to keep a broken item off the page."""
    for drawn in draws_to_try(item.parameters):
        yield from _drawn(item, drawn, compute)
        return


def every_draw(item: Item, compute: Compute) -> Iterator[Finding]:
    """The first thing wrong at each place, over every draw that is tried."""
    told: set[Path] = set()
    for drawn in draws_to_try(item.parameters):
        for path, message in _drawn(item, drawn, compute):
            if path not in told:
                told.add(path)
                yield path, message


def _drawn(item: Item, drawn: Drawn, compute: Compute) -> Iterator[Finding]:
    with_what = _shown(drawn)
    try:
        posed = pose_drawn(item, drawn, 0, compute)
    except PoseError as error:
        yield _failing(item, str(error)), f"{error}{with_what}"
        return
    if isinstance(item, TrippedItem):
        for message in _tripped(item, posed):
            yield ("choices",), message + with_what
    for path, message in _asked(item, posed):
        yield path, message + with_what
    if isinstance(item, CaseItem):
        for index, step in enumerate(item.steps):
            for path, message in _asked(step, posed.steps[step.id]):
                yield ("steps", index, *path), message + with_what


def _asked(item: Item | Step, posed: Posed) -> Iterator[Finding]:
    if isinstance(item, Numeric) and posed.answer is not None:
        yield from _number(item, posed, posed.answer)
    elif isinstance(item, Choosing):
        for language in LANGUAGES:
            seen: dict[str, str] = {}
            for index, choice in enumerate(item.choices):
                said = posed.say(choice.text).say(language)
                if said in seen:
                    message = f"reads {said!r} like {seen[said]!r}: two answers would be one"
                    yield ("choices", index, "text", language), message
                seen.setdefault(said, choice.id)


def _number(item: Numeric, posed: Posed, answer: Decimal) -> Iterator[Finding]:
    if abs(answer) > LARGEST_ANSWER:
        yield ("answer",), f"is {answer}, too large to be typed"
        return
    if abs(answer - answer.quantize(Decimal("0.01"))) > item.tolerance:
        yield ("tolerance",), f"is too narrow: the answer {answer} cannot be typed in two decimals"
    for index, value in enumerate(posed.near):
        if abs(value - answer) <= item.tolerance:
            place = "call" if item.near_misses[index].call else "value"
            message = f"counts as correct: it is {value}, the answer is {answer}"
            yield ("near_misses", index, place), message


def _tripped(item: TrippedItem, posed: Posed) -> Iterator[str]:
    if posed.decision is None:
        return
    found = tripped_controls(posed.decision)
    if len(found) > 1:
        yield f"several controls trip, so there is no one answer: {', '.join(sorted(found))}"
    elif not posed.right:
        said = ", ".join(found) or f"nothing ({NOTHING!r})"
        yield f"what trips is {said}, which is not among them"


def _failing(item: Item, message: str) -> Path:
    """Where a calculation or a case failed, as near as it can be told."""
    if message.startswith("case: ") and isinstance(item, TrippedItem):
        return ("case",)
    if isinstance(item, Numeric):
        return ("answer",)
    return ("figures",) if item.figures else ("id",)


def _shown(drawn: Drawn) -> str:
    """What was drawn, to be put behind a message."""
    if not drawn:
        return ""
    values = (
        f"{name} {value.en if isinstance(value, Text) else value}" for name, value in drawn.items()
    )
    return f" (drawn: {', '.join(values)})"


def _placeholders(item: Item) -> Iterator[Finding]:
    for path, text in texts(item):
        if path[0] == "parameters":
            continue
        known = {*item.parameters, *item.figures, *_local(item, path)}
        found = placeholders(text)
        for language in LANGUAGES:
            for name in found[language]:
                if name not in known:
                    said = ", ".join(f"{{{one}}}" for one in sorted(known)) or "none"
                    yield (*path, language), f"unknown placeholder {{{name}}}; known are: {said}"
        odd = set(found["zh"]) ^ set(found["en"])
        if odd & known:
            names = ", ".join(f"{{{name}}}" for name in sorted(odd & known))
            yield path, f"{names} stands in one language only"


def _local(item: Item, path: Path) -> tuple[str, ...]:
    """Placeholders that only certain words know."""
    owner = item.steps[int(path[1])] if isinstance(item, CaseItem) and path[0] == "steps" else item
    if not isinstance(owner, Numeric):
        return ()
    if "near_misses" in path:
        return ("answer", "value")
    return ("answer",) if path[-1] == "because" else ()


def _idle(item: Item) -> Iterator[Finding]:
    """Parameters drawn for nothing, and calls that name parameters that are none."""
    used = {
        name for _, text in texts(item) for names in placeholders(text).values() for name in names
    }
    dumped = item.model_dump(exclude={"parameters"})
    asked = set(named(dumped))
    used |= asked
    for name in item.parameters:
        if name not in used:
            yield ("parameters", name), "is drawn and used nowhere"
    for name in item.figures:
        if name not in used:
            yield ("figures", name), "is computed and shown nowhere"


def _phrases(item: TrapItem) -> Iterator[Finding]:
    ids = [phrase.id for phrase in item.phrases]
    for language in LANGUAGES:
        found = re.findall(PHRASE, item.message.text.say(language))
        for name in found:
            if name not in ids:
                yield ("message", "text", language), f"there is no phrase [[{name}]]"
        for index, name in enumerate(ids):
            if found.count(name) != 1:
                message = f"[[{name}]] stands {found.count(name)} times in the message ({language})"
                yield ("phrases", index, "id"), message + ", must be once"
