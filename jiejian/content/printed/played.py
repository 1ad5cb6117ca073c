"""What is played on the page, as questions on paper with their answers at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from jiejian.content import units
from jiejian.content.directives import (
    FAMILIES,
    Body,
    CompareOffers,
    Decide,
    OrderSteps,
    Predict,
    PredictChart,
    RetryCounter,
    SendRequest,
    Slider,
    SortCards,
    TryIt,
)
from jiejian.content.printed.pieces import Paper, inline
from jiejian.content.printed.plotted import chart
from jiejian.content.printed.verdicts import decided
from sandbox.answers import Unit
from sandbox.answers.lender import book
from sandbox.text import Language

MOST_COLUMNS = 6


@dataclass(frozen=True)
class Printed:
    """A part on paper: its text, and the answer that is printed at the end ("" without one)."""

    text: str
    answer: str = ""


def _head(paper: Paper, title: str, prompt: str) -> str:
    return f"<h3>{escape(title)}</h3>{paper.rich(prompt)}"


def _items(words: list[str], kind: str = "ul") -> str:
    return f"<{kind}>{''.join(f'<li>{word}</li>' for word in words)}</{kind}>"


def slider(paper: Paper, body: Slider) -> Printed:
    """A table of what comes out along the first slider; a second one stays where it starts."""
    handle = body.sliders[0]
    stops = handle.stops
    stride = -(-len(stops) // MOST_COLUMNS)
    chosen = sorted({*stops[::stride], stops[-1]})
    at = {other.arg: other.start for other in body.sliders}
    scale = 100 if handle.unit == "percent" else 1
    names = [escape(handle.label), *(escape(result.label) for result in body.results)]
    rows = ""
    for stop in chosen:
        values = body.values(paper.lesson.workings, {**at, handle.arg: stop})
        cells = [
            escape(units.say(value, figure.unit, paper.language, figure.places))
            for value, figure in zip(
                values,
                (paper.lesson.workings.figures[result.figure] for result in body.results),
                strict=True,
            )
        ]
        head = escape(units.say(stop * scale, handle.unit, paper.language))
        rows += f'<tr><th scope="row">{head}</th>{"".join(f"<td>{c}</td>" for c in cells)}</tr>'
    heads = "".join(f'<th scope="col">{name}</th>' for name in names)
    fixed = "".join(
        f"<p class='small'>{escape(other.label)}{paper.colon}"
        f"{escape(_start(other.start, other.unit, paper.language))}</p>"
        for other in body.sliders[1:]
    )
    end = paper.rich(body.explanation) if body.explanation else ""
    return Printed(
        f"{_head(paper, body.title, body.prompt)}{fixed}<table class='figures'><thead><tr>{heads}"
        f"</tr></thead><tbody>{rows}</tbody></table>{end}"
    )


def _start(value: Any, unit: Unit, language: Language) -> str:
    return units.say(value * 100 if unit == "percent" else value, unit, language)


def predict(paper: Paper, body: Predict) -> Printed:
    """The question; the truth and why are the answer."""
    workings = paper.lesson.workings
    options = _items([escape(option.text) for option in body.options]) if body.options else ""
    if body.options:
        place = body.right(workings)
        truth = escape(body.options[place or 0].text)
    else:
        truth = escape(workings.figures[body.figure or ""].say(paper.language))
    text = f"{_head(paper, body.title, body.prompt)}{options}{_think(paper)}"
    return Printed(text, f"<strong>{truth}</strong> {inline(paper.rich(body.because))}")


def predict_chart(paper: Paper, body: PredictChart) -> Printed:
    """The question with the names of the curves; the chart is part of the answer."""
    workings = paper.lesson.workings
    drawn = body.drawn(workings)
    names = [line.label for line in body.curves]
    truth = body.truth(workings)
    if body.ask in ("highest", "lowest"):
        answer = names[int(truth or 0)]
    else:
        answer = f"{body.x_label} {units.number(truth or drawn[0].points[0][0], 2)}"
    curves = [(name, curve.points) for name, curve in zip(names, drawn, strict=True)]
    svg = chart(curves, body.x_label, body.y_label, body.title)
    text = f"{_head(paper, body.title, body.prompt)}{_items([escape(n) for n in names])}"
    because = inline(paper.rich(body.because))
    picture = paper.chart(svg, body.title)
    return Printed(
        text + _think(paper), f"<strong>{escape(answer)}</strong> {because}</p>{picture}<p>"
    )


def sort_cards(paper: Paper, body: SortCards) -> Printed:
    """The cards and the bins; where each belongs is the answer."""
    words = book().choices.family
    labels = {bin_.id: bin_.label for bin_ in body.bins} or {
        family: words[family].label.say(paper.language) for family in FAMILIES
    }
    bins = " / ".join(escape(label) for label in labels.values())
    cards = _items([escape(card.text) for card in body.cards], "ol")
    text = f"{_head(paper, body.title, body.prompt)}<p>{paper.say('sort_into')}{paper.colon}{bins}</p>{cards}"
    answers = [
        f"{escape(card.text)} → <strong>{escape(labels[card.answer])}</strong>{paper.colon}"
        f"{inline(paper.rich(card.because))}"
        for card in body.cards
    ]
    return Printed(text, f"</p>{_items(answers, 'ol')}<p>")


def order_steps(paper: Paper, body: OrderSteps) -> Printed:
    """The steps by their first letters; their order is the answer."""
    mixed = sorted(body.steps, key=lambda step: step.text[::-1])
    if mixed == list(body.steps):
        mixed.reverse()
    text = _head(paper, body.title, body.prompt) + _items([escape(step.text) for step in mixed])
    answers = [
        f"<strong>{escape(step.text)}</strong> {inline(paper.rich(step.because))}"
        for step in body.steps
    ]
    end = inline(paper.rich(body.conclusion)) if body.conclusion else ""
    return Printed(
        f"{text}<p>{paper.say('put_in_order')}</p>", f"</p>{_items(answers, 'ol')}<p>{end}"
    )


def decide(paper: Paper, body: Decide) -> Printed:
    """Every scene, numbered; a choice says where to turn."""
    order = [body.start, *(name for name in body.scenes if name != body.start)]
    numbers = {name: number for number, name in enumerate(order, start=1)}
    told = []
    for name in order:
        scene = body.scenes[name]
        text = paper.rich(scene.text)
        if scene.ending and scene.learnt:
            learnt = inline(paper.rich(scene.learnt))
            text += f"<p><strong>{paper.say(scene.ending)}</strong>{paper.colon}{learnt}</p>"
        else:
            ways = [
                f"{escape(way.text)} → {paper.say('turn_to', n=numbers[way.to])}"
                for way in scene.choices
            ]
            text += _items(ways)
        told.append(text)
    return Printed(f"<h3>{escape(body.title)}</h3>{_items(told, 'ol')}")


def send_request(paper: Paper, body: SendRequest) -> Printed:
    """The request; what the lender makes of it is the answer."""
    asked = paper.lesson.workings.requests[body.request]
    text = _head(paper, body.title, body.prompt) + _think(paper)
    answer = f"</p>{decided(paper, asked.decision)}<p>{inline(paper.rich(body.explanation))}"
    return Printed(text, answer)


def compare_offers(paper: Paper, body: CompareOffers) -> Printed:
    """Both advertisements; which is cheaper is the answer."""
    workings = paper.lesson.workings
    offers = [
        f"<strong>{escape(offer.label)}</strong> {inline(paper.rich(offer.says))}"
        for offer in body.offers
    ]
    plan = ""
    if body.settle_after:
        plan = f"<p>{paper.say('settled_after', n=body.settle_after)}</p>"
    text = _head(paper, body.title, body.prompt) + plan + _items(offers) + _think(paper)
    unit: Unit = "percent" if body.by.startswith("irr") else "yuan"
    measured = "; ".join(
        f"{escape(offer.label)}{paper.colon}{paper.say(body.by)} "
        f"{escape(units.say(body.measured(workings, place), unit, paper.language, 2))}"
        for place, offer in enumerate(body.offers)
    )
    best = paper.say("cheaper", name=body.offers[body.cheaper(workings)].label)
    because = inline(paper.rich(body.because))
    return Printed(text, f"<strong>{best}</strong>{paper.stop}{measured}{paper.stop}{because}")


def retry_counter(paper: Paper, body: RetryCounter) -> Printed:
    """What pressing would show, in words."""
    head = f"<h3>{escape(body.title)}</h3>"
    return Printed(f"{head}{paper.rich(body.explanation)}{_page_only(paper)}")


def try_it(paper: Paper, body: TryIt) -> Printed:
    """An invitation to the page."""
    note = paper.rich(body.note) if body.note else ""
    return Printed(f"<p><strong>{escape(body.label)}</strong></p>{note}{_page_only(paper)}")


def _think(paper: Paper) -> str:
    return f"<p class='small'>{paper.say('guess_first')}</p>"


def _page_only(paper: Paper) -> str:
    return f"<p class='small'>{paper.say('on_the_page')}</p>"


PRINTED: dict[type[Body], Callable[[Paper, Any], Printed]] = {
    CompareOffers: compare_offers,
    Decide: decide,
    OrderSteps: order_steps,
    Predict: predict,
    PredictChart: predict_chart,
    RetryCounter: retry_counter,
    SendRequest: send_request,
    Slider: slider,
    SortCards: sort_cards,
    TryIt: try_it,
}
