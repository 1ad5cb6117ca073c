"""The few pages that are not Streamlit's: plain HTML in the product's style, in one language."""

from html import escape
from pathlib import Path
from string import Template

from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection

from sandbox.text import LANGUAGES, Language, Text

_PAGE = Template(Path(__file__).with_name("ownpage.html").read_text(encoding="utf-8"))

PRODUCT = Text(zh="借鉴", en="Jiejian")
HOME = Text(zh="回到借鉴", en="Back to Jiejian")
TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}


def language_of(connection: HTTPConnection) -> Language:
    """The reader's language: chosen in the address, then in the `lang` cookie, then the browser's."""
    for chosen in (connection.query_params.get("lang"), connection.cookies.get("lang")):
        for language in LANGUAGES:
            if chosen == language:
                return language
    return preferred(connection.headers.get("accept-language", ""))


def preferred(accept_language: str) -> Language:
    """The better liked of our languages in an Accept-Language header; English if none is named."""
    best: Language = "en"
    best_quality = 0.0
    for choice in accept_language[:500].split(","):
        tag, _, parameter = choice.strip().partition(";")
        primary = tag.strip().lower().split("-")[0]
        quality = _quality(parameter)
        for language in LANGUAGES:
            if primary == language and quality > best_quality:
                best, best_quality = language, quality
    return best


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0


def own_page(language: Language, title: str, body: str, *, path: str) -> str:
    """A whole HTML page. `title` is plain text; `body` is HTML, its parts already escaped.

    `path` is the page's own address without a query, for the link to the other language.
    """
    other: Language = "en" if language == "zh" else "zh"
    return _PAGE.substitute(
        lang=TAGS[language],
        logo=f"/assets/logo-{language}.svg",
        product=PRODUCT.say(language),
        title=escape(title),
        body=body,
        home=HOME.say(language),
        other_href=f"{escape(path)}?{QueryParams(lang=other)}",
        other_lang=TAGS[other],
        other_name=NAMES[other],
    )
