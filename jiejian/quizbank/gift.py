"""GIFT: Moodle's plain-text format for questions, written and read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from jiejian.content.plain import Option, Plain, Slip, feedback_of, with_feedback
from jiejian.quizbank.reading import LeftOut, as_number, plain_text, topics_and_tags

_SPECIAL = re.compile(r"([\\~=#{}:])")
# Escaped characters are hidden in the private use area while a question is taken apart.
_HIDDEN = {character: chr(0xE000 + place) for place, character in enumerate("\\~=#{}:n")}
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_MARK = re.compile(r"\[(id|tag):((?:\\\]|[^\]])*)\]")


def write(questions: Iterable[Plain], category: str) -> str:
    """The questions as GIFT text, in a category of that name."""
    blocks = [f"$CATEGORY: $course$/top/{category}"]
    blocks += [_question(question) for question in questions]
    return "\n\n".join(blocks) + "\n"


def _question(made: Plain) -> str:
    tags = [*made.topics, *(f"{name}:{value}" for name, value in made.tags.items())]
    marks = " ".join([f"[id:{made.id}]", *(f"[tag:{tag}]" for tag in tags)])
    head = f"// {marks}\n::{_escaped(made.id)}::[plain]{_escaped(made.stem)}"
    return f"{head} {{{_answers(made)}\n}}"


def _answers(made: Plain) -> str:
    match made.kind:
        case "numeric":
            right = f"={_amount(made.answer)}:{made.tolerance:f}{_feedback(made.because)}"
            slips = (
                f"=%0%{_amount(slip.value)}:{made.tolerance:f}{_feedback(slip.because)}"
                for slip in made.slips
            )
            return "#\n\t" + "\n\t".join([right, *slips])
        case "matching":
            pairs = [f"={_escaped(o.text)} -> {_escaped(o.target)}" for o in made.options]
            pairs += [f"= -> {_escaped(target)}" for target in made.targets]
            return _lines(pairs) + _general(made)
        case "ordering":
            # GIFT has no ordering; each place becomes a match, which asks the same.
            places = [f"={n}. -> {_escaped(o.text)}" for n, o in enumerate(made.options, start=1)]
            return _lines(places) + _general(made)
        case "single":
            return _lines(
                f"{'=' if o.correct else '~'}{_escaped(o.text)}{_feedback(o.because)}"
                for o in made.options
            )
        case _:
            share = Decimal(100) / max(1, sum(option.correct for option in made.options))
            weight = f"{share.quantize(Decimal('0.00001')).normalize():f}"
            return _lines(
                f"~%{'' if o.correct else '-'}{weight}%{_escaped(o.text)}{_feedback(o.because)}"
                for o in made.options
            )


def _lines(entries: Iterable[str]) -> str:
    return "".join(f"\n\t{entry}" for entry in entries)


def _general(made: Plain) -> str:
    feedback = feedback_of(made.options)
    return f"\n\t####{_escaped(feedback)}" if feedback else ""


def _feedback(because: str) -> str:
    return f"#{_escaped(because)}" if because else ""


def _amount(value: Decimal | None) -> str:
    return f"{(value or Decimal(0)).quantize(Decimal('0.01')):f}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def read(text: str) -> Iterator[Plain | LeftOut]:
    """Each question of a text, or why it was left out."""
    place = 0
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").lstrip("\ufeff")):
        lines = [line for line in block.split("\n") if line.strip()]
        comments = [line for line in lines if line.lstrip().startswith("//")]
        body = "\n".join(
            line
            for line in lines
            if line not in comments and not line.lstrip().startswith("$CATEGORY")
        )
        if not body.strip():
            continue
        place += 1
        marks = _MARK.findall(" ".join(comments))
        try:
            yield _read(body, marks, place)
        except ValueError as error:
            name = re.match(r"\s*::(.+?)::", body)
            yield LeftOut(place, name[1] if name else f"question {place}", str(error))


def _read(body: str, marks: list[tuple[str, str]], place: int) -> Plain:
    hidden = re.sub(r"\\([\\~=#{}:n])", lambda m: _HIDDEN[m[1]], body.strip())
    title = re.match(r"::(.+?)::", hidden, re.DOTALL)
    if title:
        hidden = hidden[title.end() :].lstrip()
    opened, closed = hidden.find("{"), hidden.rfind("}")
    if opened < 0 or closed < opened:
        raise ValueError("is a description: it has no answers in braces")
    before, answers, after = hidden[:opened], hidden[opened + 1 : closed], hidden[closed + 1 :]
    stem = f"{before.strip()} _____ {after.strip()}" if after.strip() else before
    names = [value for name, value in marks if name == "id"]
    topics, tags = topics_and_tags([value for name, value in marks if name == "tag"])
    called = names[0] if names else _shown(title[1]) if title else f"question {place}"
    format_name = _FORMAT.match(before.strip())
    if format_name and format_name[1].lower() == "plain":
        # Answers are in the question's format unless they say otherwise.
        answers = html.escape(answers, quote=False)
    answers, general = _general_of(answers.strip())
    return _typed(Plain(called, "single", _shown(stem), topics=topics, tags=tags), answers, general)


def _typed(base: Plain, answers: str, general: str) -> Plain:
    if not answers:
        raise ValueError("is an essay: its braces are empty")
    if answers.startswith("#"):
        return _numeric(base, answers[1:])
    truth = re.match(r"(TRUE|FALSE|T|F)\b", answers, re.IGNORECASE)
    if truth and "=" not in answers and "~" not in answers:
        said = truth[1].upper().startswith("T")
        wrong, right = ([*answers[truth.end() :].split("#"), "", ""])[1:3]
        options = (
            Option("True", _shown(right if said else wrong), said),
            Option("False", _shown(wrong if said else right), not said),
        )
        return replace(base, options=options)
    entries = _entries(answers)
    if not entries:
        raise ValueError("has no answer after = or ~")
    if all(sign == "=" and "->" in html.unescape(text) for sign, text in entries):
        return _pairs(base, entries, general)
    if not any(sign == "~" for sign, _ in entries):
        raise ValueError("is a short answer: there is nothing to choose from")
    chosen = tuple(_option(sign, text) for sign, text in entries)
    weighted = any(re.match(r"%-?[0-9.]+%", text) for sign, text in entries if sign == "~")
    several = weighted and not any(sign == "=" for sign, _ in entries)
    several = several and sum(option.correct for option in chosen) != 1
    return replace(base, kind="multiple" if several else "single", options=chosen)


def _pairs(base: Plain, entries: list[tuple[str, str]], general: str) -> Plain:
    pairs = []
    for _sign, text in entries:
        left, _, right = text.replace("-&gt;", "->").partition("->")
        pairs.append((_shown(left), _shown(right)))
    if [left for left, _ in pairs] == [f"{n}." for n in range(1, len(pairs) + 1)]:
        steps = tuple(Option(right, "", True) for _, right in pairs)
        options = with_feedback(steps, general)
        return replace(base, kind="ordering", options=options)
    found = tuple(Option(left, "", True, right) for left, right in pairs if left)
    used = {option.target for option in found}
    idle = tuple(right for left, right in pairs if not left and right not in used)
    options = with_feedback(found, general)
    return replace(base, kind="matching", options=options, targets=idle)


def _general_of(answers: str) -> tuple[str, str]:
    body, found, general = answers.partition("####")
    return body.strip(), _shown(general, lines=True) if found else ""


def _entries(answers: str) -> list[tuple[str, str]]:
    """Sign and text of each answer."""
    pieces = re.split(r"([=~])", answers)
    return [(sign, text.strip()) for sign, text in zip(pieces[1::2], pieces[2::2], strict=True)]


def _option(sign: str, text: str) -> Option:
    weight = re.match(r"%(-?[0-9.]+)%", text)
    if weight:
        text = text[weight.end() :]
    words, _, feedback = text.partition("#")
    correct = Decimal(weight[1]) > 0 if weight else sign == "="
    return Option(_shown(words), _shown(feedback), correct)


def _numeric(base: Plain, answers: str) -> Plain:
    entries = _entries(answers) if "=" in answers else [("=", answers.strip())]
    made = None
    slips = []
    for _sign, entry in entries:
        weight = re.match(r"%(-?[0-9.]+)%", entry)
        words, _, feedback = (entry[weight.end() :] if weight else entry).partition("#")
        value, tolerance = _number(words.strip())
        if made is None and (weight is None or Decimal(weight[1]) >= 100):
            because = _shown(feedback)
            made = replace(base, kind="numeric", answer=value, tolerance=tolerance, because=because)
        else:
            slips.append(Slip(value, _shown(feedback)))
    if made is None:
        raise ValueError("no number earns full marks")
    return replace(made, slips=tuple(slips))


def _number(text: str) -> tuple[Decimal, Decimal]:
    """Value and tolerance of 12:0.5, 10..14 or 12."""
    low, dots, high = text.partition("..")
    if dots:
        least, most = as_number(low), as_number(high)
        return (least + most) / 2, (most - least) / 2
    value, colon, tolerance = text.partition(":")
    return as_number(value), as_number(tolerance) if colon else Decimal(0)


def _shown(text: str, *, lines: bool = False) -> str:
    """The words with what was escaped put back, out of their format."""
    for character, hidden in _HIDDEN.items():
        text = text.replace(hidden, "\n" if character == "n" else character)
    stripped = text.strip()
    format_name = _FORMAT.match(stripped)
    if format_name:
        stripped = stripped[format_name.end() :]
    if format_name and format_name[1].lower() in ("plain", "markdown"):
        parts = [" ".join(line.split()) for line in stripped.split("\n")]
        return ("\n" if lines else " ").join(part for part in parts if part)
    return plain_text(stripped.replace("\n", "<br>"), lines=lines)
