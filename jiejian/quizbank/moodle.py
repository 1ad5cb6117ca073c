"""Moodle XML: questions written for Moodle's question bank, and read from its exports."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

from jiejian.content.plain import Option, Plain, Slip, feedback_of, with_feedback
from jiejian.quizbank.reading import LeftOut, as_number, plain_text, topics_and_tags

_SUPPORTED = ("multichoice", "truefalse", "numerical", "matching", "match", "ordering")


class NotMoodle(ValueError):
    """The text is no Moodle XML; the message says why."""


def write(questions: Iterable[Plain], category: str) -> str:
    """The questions as one Moodle XML document, in a category of that name."""
    root = ElementTree.Element("quiz")
    first = ElementTree.SubElement(root, "question", type="category")
    _text(first, "category", f"$course$/top/{category}", plain=True)
    for question in questions:
        root.append(_question(question))
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _question(made: Plain) -> ElementTree.Element:
    kinds = {"numeric": "numerical", "ordering": "ordering", "matching": "matching"}
    node = ElementTree.Element("question", type=kinds.get(made.kind, "multichoice"))
    _text(node, "name", made.id, plain=True)
    _text(node, "questiontext", made.stem)
    general = feedback_of(made.options) if made.kind in ("ordering", "matching") else ""
    _text(node, "generalfeedback", general)
    for name, value in (("defaultgrade", "1.0"), ("penalty", "0.3333333"), ("hidden", "0")):
        ElementTree.SubElement(node, name).text = value
    ElementTree.SubElement(node, "idnumber").text = made.id
    match made.kind:
        case "numeric":
            _numeric(node, made)
        case "ordering":
            _ordering(node, made)
        case "matching":
            _matching(node, made)
        case _:
            _choices(node, made)
    tags = ElementTree.SubElement(node, "tags")
    for tag in (*made.topics, *(f"{name}:{value}" for name, value in made.tags.items())):
        _text(tags, "tag", tag, plain=True)
    return node


def _choices(node: ElementTree.Element, made: Plain) -> None:
    single = "true" if made.kind == "single" else "false"
    for name, value in (
        ("single", single),
        ("shuffleanswers", "true"),
        ("answernumbering", "none"),
    ):
        ElementTree.SubElement(node, name).text = value
    share = Decimal(100) / max(1, sum(option.correct for option in made.options))
    for option in made.options:
        fraction = share if option.correct else Decimal(0) if made.kind == "single" else -share
        _answer(node, option.text, _fraction(fraction), option.because)


def _numeric(node: ElementTree.Element, made: Plain) -> None:
    entries = [(made.answer or Decimal(0), "100", made.because)]
    entries += [(slip.value, "0", slip.because) for slip in made.slips]
    for value, fraction, because in entries:
        answer = _answer(node, f"{value.quantize(Decimal('0.01')):f}", fraction, because)
        answer.set("format", "moodle_auto_format")
        ElementTree.SubElement(answer, "tolerance").text = f"{made.tolerance:f}"
    for name, setting in (("unitgradingtype", "0"), ("unitpenalty", "0.1"), ("showunits", "3")):
        ElementTree.SubElement(node, name).text = setting


def _ordering(node: ElementTree.Element, made: Plain) -> None:
    for name, value in (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", str(len(made.options))),
        ("gradingtype", "ABSOLUTE_POSITION"),
        ("showgrading", "SHOW"),
    ):
        ElementTree.SubElement(node, name).text = value
    for place, option in enumerate(made.options, start=1):
        _answer(node, option.text, f"{place}.0000000", "")


def _matching(node: ElementTree.Element, made: Plain) -> None:
    ElementTree.SubElement(node, "shuffleanswers").text = "true"
    pairs = [(option.text, option.target) for option in made.options]
    # A target nothing belongs to is a subquestion without text.
    for text, target in [*pairs, *(("", target) for target in made.targets)]:
        sub = ElementTree.SubElement(node, "subquestion", format="html")
        ElementTree.SubElement(sub, "text").text = _paragraphs(text)
        _text(sub, "answer", target, plain=True)


def _answer(
    node: ElementTree.Element, text: str, fraction: str, because: str
) -> ElementTree.Element:
    answer = ElementTree.SubElement(node, "answer", fraction=fraction, format="html")
    numeric = node.get("type") == "numerical"
    ElementTree.SubElement(answer, "text").text = text if numeric else _paragraphs(text)
    _text(answer, "feedback", because)
    return answer


def _text(node: ElementTree.Element, name: str, text: str, *, plain: bool = False) -> None:
    inner = ElementTree.SubElement(node, name)
    if not plain:
        inner.set("format", "html")
    ElementTree.SubElement(inner, "text").text = text if plain else _paragraphs(text)


def _paragraphs(text: str) -> str:
    lines = [html.escape(line, quote=False) for line in text.split("\n") if line.strip()]
    return "".join(f"<p>{line}</p>" for line in lines)


def _fraction(value: Decimal) -> str:
    """As Moodle lists its grades: 100, 50, 33.33333."""
    return f"{value.quantize(Decimal('0.00001')).normalize():f}"


def read(text: str) -> Iterator[Plain | LeftOut]:
    """Each question of a document, or why it was left out. Raises NotMoodle."""
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise NotMoodle("declares a document type or entities, which no Moodle export does")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - no DTD, see above
    except ElementTree.ParseError as error:
        raise NotMoodle(f"is no XML: {error}") from error
    if root.tag != "quiz":
        raise NotMoodle(f"begins with <{root.tag}>, Moodle XML begins with <quiz>")
    place = 0
    for node in root.iter("question"):
        kind = node.get("type", "")
        if kind == "category":
            continue
        place += 1
        name = _said(node, "name") or f"question {place}"
        if kind not in _SUPPORTED:
            yield LeftOut(place, name, f"questions of type {kind!r} are not taken over")
            continue
        try:
            yield _read_question(node, kind, name)
        except ValueError as error:
            yield LeftOut(place, name, str(error))


def _read_question(node: ElementTree.Element, kind: str, name: str) -> Plain:
    said = [_said(tag, "") for tag in node.iter("tag")]
    topics, tags = topics_and_tags(said)
    identifier = (node.findtext("idnumber") or "").strip() or name
    stem = _said(node, "questiontext")
    general = _said(node, "generalfeedback", lines=True)
    match kind:
        case "numerical":
            return _read_numeric(node, identifier, stem, topics, tags)
        case "matching" | "match":
            pairs = [(_said(sub, ""), _said(sub, "answer")) for sub in node.findall("subquestion")]
            found = tuple(Option(text, "", True, target) for text, target in pairs if text)
            used = {option.target for option in found}
            idle = tuple(target for text, target in pairs if not text and target not in used)
            options = with_feedback(found, general)
            return Plain(
                identifier, "matching", stem, options, targets=idle, topics=topics, tags=tags
            )
        case "ordering":
            answers = sorted(node.findall("answer"), key=lambda answer: _weight(answer))
            found = tuple(Option(_said(answer, ""), "", True) for answer in answers)
            options = with_feedback(found, general)
            return Plain(identifier, "ordering", stem, options, topics=topics, tags=tags)
    options = tuple(
        Option(_said(answer, ""), _said(answer, "feedback"), _weight(answer) > 0)
        for answer in node.findall("answer")
    )
    several = kind == "multichoice" and (node.findtext("single") or "true").strip() in (
        "false",
        "0",
    )
    return Plain(
        identifier, "multiple" if several else "single", stem, options, topics=topics, tags=tags
    )


def _read_numeric(
    node: ElementTree.Element,
    name: str,
    stem: str,
    topics: tuple[str, ...],
    tags: dict[str, str],
) -> Plain:
    right = None
    slips = []
    for answer in node.findall("answer"):
        typed = (answer.findtext("text") or "").strip()
        if typed == "*":  # whatever else is typed
            continue
        value = as_number(typed)
        if right is None and _weight(answer) >= 100:
            tolerance = as_number((answer.findtext("tolerance") or "0").strip() or "0")
            right = (value, tolerance, _said(answer, "feedback"))
        else:
            slips.append(Slip(value, _said(answer, "feedback")))
    if right is None:
        raise ValueError("no answer earns full marks")
    return Plain(
        name,
        "numeric",
        stem,
        answer=right[0],
        tolerance=right[1],
        because=right[2],
        slips=tuple(slips),
        topics=topics,
        tags=tags,
    )


def _weight(answer: ElementTree.Element) -> Decimal:
    try:
        return Decimal(answer.get("fraction", "0"))
    except InvalidOperation:
        return Decimal(0)


def _said(node: ElementTree.Element, name: str, *, lines: bool = False) -> str:
    """The words of a child's <text>, or of the node's own."""
    inner = node.find(name) if name else node
    if inner is None:
        return ""
    text = inner.findtext("text") or ""
    return plain_text(text, lines=lines)
