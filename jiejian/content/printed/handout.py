"""A whole lesson on paper: its text, the parts to play as questions, the answers at the end."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from jiejian.content.directives import (
    Body,
    KeyPoints,
    Note,
    Picture,
    TeacherNote,
    WorkedExample,
)
from jiejian.content.glossary import Glossary
from jiejian.content.printed import pieces
from jiejian.content.printed.pieces import Paper
from jiejian.content.printed.played import PRINTED
from jiejian.content.steps import ProsePart

READ: dict[type[Body], Callable[[Paper, Any], str]] = {
    KeyPoints: pieces.key_points,
    Note: pieces.note,
    Picture: pieces.picture,
    WorkedExample: pieces.worked_example,
}


def handout(paper: Paper, glossary: Glossary, *, teach: bool = False) -> str:
    """The lesson below its title, as HTML without anything to press."""
    version = paper.lesson.versions[paper.language]
    body: list[str] = []
    answers: list[str] = []
    for part in version.parts:
        if isinstance(part, ProsePart):
            body.append(part.plain_html)
        elif isinstance(part.body, TeacherNote):
            body.append(pieces.teacher_note(paper, part.body) if teach else "")
        elif type(part.body) in READ:
            body.append(READ[type(part.body)](paper, part.body))
        else:
            printed = PRINTED[type(part.body)](paper, part.body)
            name = ""
            if printed.answer:
                answers.append(printed.answer)
                name = f'<p class="question">{paper.say("question", n=len(answers))}</p>'
            body.append(f'<section class="played">{name}{printed.text}</section>')
    return "".join(
        (
            pieces.objectives(paper),
            *body,
            _answers(paper, answers),
            _worked_out(paper),
            _terms(paper, glossary),
            pieces.sources(paper),
        )
    )


def front(paper: Paper) -> str:
    """Place, time and summary, to stand below the title."""
    lesson = paper.lesson
    told = (
        paper.say("lesson_n", n=lesson.order),
        paper.say("minutes", n=lesson.minutes),
        f"{paper.say('reviewed')} {lesson.reviewed_on.isoformat()}",
    )
    summary = escape(lesson.versions[paper.language].summary)
    return f'<p class="small">{" · ".join(told)}</p><p class="lead">{summary}</p>'


def _answers(paper: Paper, answers: list[str]) -> str:
    if not answers:
        return ""
    items = "".join(
        f'<section class="answer"><h3>{paper.say("answer_to", n=number)}</h3>'
        f"{_tidy(f'<p>{answer}</p>')}</section>"
        for number, answer in enumerate(answers, start=1)
    )
    return f'<section class="answers"><h2>{paper.say("answers")}</h2>{items}</section>'


def _tidy(html: str) -> str:
    return html.replace("<p></p>", "").replace("<p> </p>", "")


def _worked_out(paper: Paper) -> str:
    worked = pieces.workings(paper)
    return f"<section><h2>{paper.say('worked_out')}</h2>{worked}</section>" if worked else ""


def _terms(paper: Paper, glossary: Glossary) -> str:
    spoken = paper.language
    known = [glossary.terms[name] for name in paper.lesson.versions[spoken].terms]
    if not known:
        return ""
    items = "".join(
        f"<dt>{escape(term.term.say(spoken))}</dt><dd>{escape(term.short.say(spoken))}</dd>"
        for term in known
    )
    return f"<section><h2>{paper.say('terms')}</h2><dl class='terms'>{items}</dl></section>"
