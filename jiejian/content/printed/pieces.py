"""HTML of the parts that are only read. `plain` leaves out what can be pressed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Literal

from jiejian.content import units
from jiejian.content.directives import KeyPoints, Note, Picture, TeacherNote, WorkedExample
from jiejian.content.frontmatter import Source
from jiejian.content.lessons import Lesson
from jiejian.content.marked import marked
from jiejian.content.printed.words import call_words, say, term_words
from jiejian.content.workings import Figure
from sandbox.answers.loans import quoted
from sandbox.loans import Offer
from sandbox.loans.instalment import Instalment
from sandbox.text import Language


@dataclass(frozen=True)
class Paper:
    """How parts are written: in which language, for the page or plain, where drawings lie."""

    lesson: Lesson
    language: Language
    plain: bool = False
    drawing: Callable[[str], str] | None = None
    charted: Callable[[str, str], str] | None = None

    def say(self, key: str, **values: object) -> str:
        """A fixed phrase as HTML."""
        return say(key, self.language, **values)

    @property
    def colon(self) -> str:
        """A colon as this language sets it."""
        return "：" if self.language == "zh" else ": "

    @property
    def stop(self) -> str:
        """A full stop and what follows it."""
        return "。" if self.language == "zh" else ". "

    def rich(self, text: str) -> str:
        """Markdown of a directive as HTML."""
        written = marked(text)
        return written.plain_html if self.plain else written.html

    def money(self, amount: Decimal) -> str:
        """Yuan with cents."""
        return units.say(amount, "yuan", self.language, 2)

    def chart(self, svg: str, alt: str) -> str:
        """A chart as HTML."""
        if self.charted is not None:
            return self.charted(svg, alt)
        return f'<div class="chart">{svg}</div>'

    def source_of(self, file: str) -> str:
        """Where a drawing is loaded from."""
        if self.drawing is not None:
            return self.drawing(file)
        if file.startswith("shared/"):
            return f"/assets/figures/{file.removeprefix('shared/')}"
        return f"/lessons/{self.lesson.folder}/{file}"


def note(paper: Paper, body: Note) -> str:
    """A remark set apart."""
    return f'<aside class="note note-{body.tone}">{paper.rich(body.text)}</aside>'


def key_points(paper: Paper, body: KeyPoints) -> str:
    """What to remember."""
    points = "".join(f"<li>{inline(paper.rich(point))}</li>" for point in body.points)
    title = f'<h3 class="keypoints-title">{escape(body.title)}</h3>'
    return f'<section class="keypoints">{title}<ul>{points}</ul></section>'


def picture(paper: Paper, body: Picture) -> str:
    """A drawing with title and text alternative."""
    source = escape(paper.source_of(body.name(paper.language)))
    caption = f" {inline(paper.rich(body.caption))}" if body.caption else ""
    return (
        f'<figure class="drawing"><img src="{source}" alt="{escape(body.alt)}"/>'
        f"<figcaption><strong>{escape(body.title)}</strong>{caption}</figcaption></figure>"
    )


def teacher_note(paper: Paper, body: TeacherNote) -> str:
    """Time, questions, misconceptions."""
    head = f"{paper.say('for_teachers')} · {paper.say('in_class', n=body.duration)}"
    inside = [f'<p class="teacher-head">{head}</p>']
    if body.text:
        inside.append(paper.rich(body.text))
    if body.ask:
        asks = "".join(f"<li>{inline(paper.rich(question))}</li>" for question in body.ask)
        inside.append(f"<p><strong>{paper.say('ask')}</strong></p><ul>{asks}</ul>")
    if body.misconceptions:
        beliefs = "".join(
            f"<li>{inline(paper.rich(wrong.belief))}<br/>"
            f"<strong>{paper.say('in_fact')}</strong> {inline(paper.rich(wrong.truth))}</li>"
            for wrong in body.misconceptions
        )
        inside.append(f"<p><strong>{paper.say('misconceptions')}</strong></p><ul>{beliefs}</ul>")
    return f'<aside class="teacher">{"".join(inside)}</aside>'


def worked_example(paper: Paper, body: WorkedExample) -> str:
    """Numbered steps with their formulas and results, then rows of the schedule."""
    workings = paper.lesson.workings
    steps = []
    for step in body.steps:
        inside = paper.rich(step.text)
        if step.formula:
            inside += f'<p class="formula">{escape(step.formula)}</p>'
        if step.figure:
            value = escape(workings.figures[step.figure].say(paper.language))
            inside += f'<p class="result">{paper.say("result")} <strong>{value}</strong></p>'
        steps.append(f"<li>{inside}</li>")
    intro = paper.rich(body.intro) if body.intro else ""
    table = ""
    if body.schedule:
        table = schedule(paper, workings.loans[body.schedule], body.rows)
    end = paper.rich(body.conclusion) if body.conclusion else ""
    return (
        f'<section class="worked"><h3>{escape(body.title)}</h3>{intro}'
        f'<ol class="worked-steps">{"".join(steps)}</ol>{table}{end}</section>'
    )


def schedule(paper: Paper, loan: Offer, rows: Sequence[int | Literal["last"]] = ()) -> str:
    """A repayment schedule, or some of its rows."""
    every = quoted(loan).rows
    wanted = [len(every) if row == "last" else row for row in rows]
    chosen = [row for row in every if not wanted or row.number in wanted]
    heads = ("month", "payment", "principal", "interest", "owed")
    head = "".join(f'<th scope="col">{paper.say(name)}</th>' for name in heads)
    body = "".join(_row(paper, row) for row in chosen)
    left_out = "" if len(chosen) == len(every) else f'<p class="small">{paper.say("left_out")}</p>'
    return (
        f'<div class="table-scroll" role="region" aria-label="{paper.say("schedule")}"'
        f' tabindex="0"><table class="figures"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{left_out}"
    )


def _row(paper: Paper, row: Instalment) -> str:
    amounts = (row.payment, row.principal, row.interest + row.fees, row.balance)
    cells = "".join(f"<td>{paper.money(amount)}</td>" for amount in amounts)
    return f'<tr><th scope="row">{row.number}</th>{cells}</tr>'


def workings(paper: Paper) -> str:
    """How each figure of the lesson is worked out, nothing if it has none."""
    lines = [_explained(paper, figure) for figure in paper.lesson.workings.figures.values()]
    lines = [line for line in lines if line]
    if not lines:
        return ""
    return f'<p>{paper.say("worked_out_lead")}</p><ul class="workings">{"".join(lines)}</ul>'


def _explained(paper: Paper, figure: Figure) -> str:
    words = call_words().get(figure.call.name)
    if words is None or figure.call.name == "given":
        return ""
    value = escape(figure.say(paper.language))
    title = escape(words.title.say(paper.language))
    formula = escape(words.formula.say(paper.language))
    inputs = _inputs(paper, figure)
    line = f"<strong>{value}</strong> {title}{paper.colon}{formula}{paper.stop.strip()}"
    if inputs:
        joint = "、" if paper.language == "zh" else ", "
        told = f"{paper.say('from_these')}{paper.colon}{joint.join(inputs)}"
        line += f' <span class="small">{told}</span>'
    return f"<li>{line}</li>"


def _inputs(paper: Paper, figure: Figure) -> list[str]:
    given = {**figure.args, **figure.args.get("loan", {})}
    found = []
    for name, term in term_words().items():
        value = given.get(name)
        if value is None:
            continue
        if term.unit is None:
            found.append(escape(term.title.say(paper.language)))
            continue
        number = Decimal(str(value)) * (100 if term.unit == "percent" else 1)
        shown = units.say(number, term.unit, paper.language, 4 if term.unit == "percent" else None)
        found.append(escape(f"{term.title.say(paper.language)} {shown}"))
    return found


def objectives(paper: Paper) -> str:
    """What one can do afterwards."""
    version = paper.lesson.versions[paper.language]
    items = "".join(f"<li>{escape(text)}</li>" for text in version.objectives)
    return (
        f'<div class="objectives"><p><strong>{paper.say("after_this")}</strong></p>'
        f"<ul>{items}</ul></div>"
    )


def sources(paper: Paper) -> str:
    """Where the facts of the lesson come from."""
    return source_list(paper.lesson.sources, paper.say("sources"))


def source_list(found: Iterable[Source], title: str) -> str:
    """A numbered list of sources under its title."""
    items = []
    for source in found:
        name = escape(source.title)
        if source.url:
            name = f'<a href="{escape(source.url)}" rel="noopener noreferrer">{name}</a>'
        end = f" {escape(source.note)}" if source.note else ""
        publisher, day = escape(source.publisher), escape(source.date)
        items.append(f"<li>{name}. {publisher}, {day}.{end}</li>")
    return f'<section class="sources"><h2>{title}</h2><ol>{"".join(items)}</ol></section>'


def inline(html: str) -> str:
    """The words of a single paragraph, without the paragraph."""
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
        return html[3:-4]
    return html
