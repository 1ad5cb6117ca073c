"""/print?id=...: a whole lesson on one page, for paper. /books/track-language.epub: a track."""

from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from jiejian.content.printed.words import say
from jiejian.errors import NotFound
from jiejian.services.built import services
from jiejian.web.ownpage import NAMES, TAGS, language_of
from sandbox.text import Language, Text

PATH = "/print"
BOOKS = "/books/{track}-{language}.epub"
LOST = "/?lost=1"
PRODUCT = Text(zh="借鉴", en="Jiejian")


async def printed_lesson(request: Request) -> Response:
    """The lesson of the address; one there is not leads to the first page."""
    language = language_of(request)
    lesson = request.query_params.get("id", "")
    teach = request.query_params.get("teach") == "1"
    try:
        page = await run_in_threadpool(_page, lesson, language, teach)
    except NotFound:
        return RedirectResponse(LOST, status_code=303)
    return HTMLResponse(page)


def _page(lesson: str, language: Language, teach: bool) -> str:
    handout = services().handouts.lesson(lesson, language, teach=teach)
    other: Language = "en" if language == "zh" else "zh"
    with_notes = "&amp;teach=1" if teach else ""
    links = [
        f'<a href="/lesson?id={escape(lesson)}">{say("back", language)}</a>',
        f'<a href="{PATH}?id={escape(lesson)}&amp;lang={other}{with_notes}" lang="{TAGS[other]}">'
        f"{NAMES[other]}</a>",
    ]
    if handout.has_teacher_notes:
        key, flag = ("without_teacher", "") if teach else ("with_teacher", "&amp;teach=1")
        address = f"{PATH}?id={escape(lesson)}&amp;lang={language}{flag}"
        links.append(f'<a href="{address}">{say(key, language)}</a>')
    title = escape(handout.title)
    return (
        f'<!doctype html><html lang="{TAGS[language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{title} · {PRODUCT.say(language)}</title>'
        '<link rel="icon" href="/assets/mark.svg" type="image/svg+xml">'
        '<link rel="stylesheet" href="/assets/print.css"><script src="/assets/print.js" defer>'
        f'</script></head><body><nav class="screen">{" ".join(links)}'
        f'<button type="button" id="print" hidden>{say("print", language)}</button></nav>'
        f"<main><h1>{title}</h1>{handout.html}</main>"
        f"<footer><p>{say('notice', language)}</p></footer></body></html>"
    )


async def book(request: Request) -> Response:
    """A track as an EPUB to download; 404 for one there is not."""
    language = request.path_params["language"]
    if language not in ("zh", "en"):
        return PlainTextResponse("Not Found", status_code=404)
    track = request.path_params["track"]
    try:
        content = await run_in_threadpool(services().handouts.book, track, language)
    except NotFound:
        return PlainTextResponse("Not Found", status_code=404)
    name = f"jiejian-{track}-{language}.epub"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/epub+zip", headers=headers)
