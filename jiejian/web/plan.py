"""/plan/<symptom>: a symptom's plan on one sheet of A4, in plain HTML for any printer.

It holds nothing of the reader: the lines to write on are filled in by hand, on paper.
"""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from jiejian.content.frontmatter import Source
from jiejian.errors import NotFound
from jiejian.services.built import services
from jiejian.services.clinic import Plan
from jiejian.web.ownpage import NAMES, PRODUCT, TAGS, language_of, own_page
from sandbox.text import Language, Text

PATH = "/plan/{symptom}"

_PAGE = Template(Path(__file__).with_name("plan.html").read_text(encoding="utf-8"))

TITLE = Text(zh="行动计划：{says}", en="Action plan: {says}")
WHAT = Text(zh="屏幕上说", en="The screen said")
FIRST = Text(zh="先看这一件", en="Check this first")
TODAY = Text(zh="今天", en="Today")
WEEK = Text(zh="这一周", en="This week")
MONTHS = Text(zh="之后几个月", en="Over the next months")
NEVER = Text(zh="千万别", en="Do not")
CAUSES = Text(zh="可能是哪一种", en="Which is it?")
ASK = Text(zh="可以这样问机构", en="Words for the lender")
CONTACTS = Text(zh="找谁", en="Whom to ask")
NOTES = (
    Text(zh="放款机构（手写）", en="Lender (by hand)"),
    Text(zh="工单号、日期", en="Case number, date"),
    Text(zh="谁答的、怎么答的", en="Who answered, and what"),
    Text(zh="下一步、哪天做", en="Next step, and when"),
)
BACK = Text(zh="回到这条提示", en="Back to this message")
PRINT = Text(zh="打印这一页", en="Print this page")
BY_HAND = Text(zh="用浏览器菜单里的“打印”。", en="Use “Print” in your browser's menu.")
NOT_ADVICE = Text(
    zh="“借鉴”是学习工具，不放款，不替任何人做决定。电话和规定适用于中国内地，核对于 {date}。来源：",
    en="Jiejian is a teaching tool. It lends nothing and gives no personal advice. Numbers and rules"
    " are for mainland China, checked on {date}. Sources:",
)
MISSING = Text(zh="没有这张计划", en="There is no such plan")
MISSING_LEAD = Text(
    zh="这个地址下没有计划。请从诊所里选一条提示。",
    en="There is no plan at this address. Choose a message in the clinic.",
)
CLINIC = Text(zh="去诊所", en="To the clinic")


async def plan(request: Request) -> Response:
    """The sheet in the reader's language; 404 with a way back for an unknown symptom."""
    language = language_of(request)
    try:
        found = services().clinic.plan(request.path_params["symptom"])
    except NotFound:
        body = (
            f'<p class="lead">{escape(MISSING_LEAD.say(language))}</p>'
            f'<p><a href="/clinic">{escape(CLINIC.say(language))}</a></p>'
        )
        page = own_page(language, MISSING.say(language), body, path="/clinic")
        return HTMLResponse(page, status_code=404)
    return HTMLResponse(sheet(found, language))


def sheet(plan: Plan, language: Language) -> str:
    """The whole page of a plan."""
    symptom = plan.symptom
    other: Language = "en" if language == "zh" else "zh"
    return _PAGE.substitute(
        lang=TAGS[language],
        product=PRODUCT.say(language),
        title=escape(TITLE.say(language).format(says=symptom.says.say(language))),
        back_href=f"/clinic?id={symptom.id}",
        back=escape(BACK.say(language)),
        other_href=f"/plan/{symptom.id}?lang={other}",
        other_lang=TAGS[other],
        other_name=NAMES[other],
        print=escape(PRINT.say(language)),
        by_hand=escape(BY_HAND.say(language)),
        body=_body(plan, language),
    )


def _body(plan: Plan, language: Language) -> str:
    symptom = plan.symptom

    def say(text: Text) -> str:
        return escape(text.say(language))

    def part(title: Text, inside: str, name: str = "") -> str:
        return f'<section class="{name}"><h2>{say(title)}</h2>{inside}</section>'

    def ticks(texts: Iterable[Text]) -> str:
        return '<ul class="tick">' + "".join(f"<li>{say(text)}</li>" for text in texts) + "</ul>"

    def plain(lines: Iterable[str]) -> str:
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"

    causes = plain(
        f"<strong>{say(end.cause)}</strong> {say(end.now)}" for end in symptom.conclusions.values()
    )
    contacts = plain(
        f"<strong>{say(contact.name)} {escape(contact.number or '')}</strong> {say(contact.about)}"
        for contact in plan.contacts
    )
    ask = [words for advice in plan.advice for words in advice.ask][:3]
    parts = [
        part(TODAY, ticks(plan.today)),
        part(WEEK, ticks(plan.week)),
        part(MONTHS, ticks(plan.months)),
        part(NEVER, plain(say(text) for text in plan.never), "never"),
        part(CAUSES, causes, "wide"),
    ]
    if ask:
        parts.append(part(ASK, plain(say(words) for words in ask), "wide"))
    if plan.contacts:
        parts.append(part(CONTACTS, contacts, "wide"))
    notes = "".join(f"<span>{say(label)}</span>" for label in NOTES)
    alarm = f'<p class="alarm">{say(symptom.alarm)}</p>' if symptom.alarm else ""
    date = symptom.reviewed_on.isoformat()
    return (
        f'<p class="what">{say(WHAT)}</p><h1>{say(symptom.says)}</h1>{alarm}'
        f"<p>{say(symptom.meaning)}</p>"
        f'<p class="first"><strong>{say(FIRST)}</strong> {say(symptom.first)}</p>'
        f'<div class="grid">{"".join(parts)}</div><div class="notes">{notes}</div>'
        f"<footer>{escape(NOT_ADVICE.say(language).format(date=date))}"
        f" {escape('; '.join(_cited(source) for source in plan.printed))}</footer>"
    )


def _cited(source: Source) -> str:
    return f"{source.title}, {source.publisher}, {source.date}"
