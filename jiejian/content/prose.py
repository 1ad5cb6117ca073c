"""A lesson's Markdown as HTML that is safe to show.

Markdown's raw HTML is shown as text, and whatever else slips through (attributes set by
attr_list, odd link schemes) is removed by a short allow-list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

FIGURES_URL = "/lessons"
"""Where the server gives out the pictures that lie in lesson folders."""

TAGS = {
    *("h2", "h3", "p", "ul", "ol", "li", "blockquote", "hr", "br"),
    *("strong", "em", "code", "pre", "a", "figure", "figcaption", "img"),
    *("table", "thead", "tbody", "tr", "th", "td", "span"),
}
_ATTRIBUTES = {
    "h2": {"id"},
    "h3": {"id"},
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "span": {"data-term"},
    "th": {"style"},
    "td": {"style"},
}
_ANCHOR = re.compile(r"[a-z][a-z0-9-]*")
_TERM = r"\[\[([a-z0-9]+(?:-[a-z0-9]+)*)(?:\|([^\[\]|]+))?\]\]"
_TERM_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LESSON_LINK = re.compile(r"lesson:([a-z0-9]+(?:-[a-z0-9]+)*)(?:#([a-z][a-z0-9-]*))?")
_WEB_LINK = re.compile(r"https?://[^\s/]+")
_SCHEME = re.compile(r"[^/?#]*:")
_FIGURE = re.compile(r"[a-z0-9][a-z0-9-]*\.(svg|png|jpg|webp)")
_FIGURE_URL = re.compile(rf"{FIGURES_URL}/[0-9]{{3}}-[a-z0-9-]+/{_FIGURE.pattern}")


def is_anchor(text: str) -> bool:
    """Whether this may name a section."""
    return _ANCHOR.fullmatch(text) is not None


def is_link(href: str) -> bool:
    """Whether a lesson may link there: http(s), a page of this site, a place in the lesson, or
    another lesson (lesson:its-slug#section)."""
    if LESSON_LINK.fullmatch(href):
        return True
    if _SCHEME.match(href):
        return _WEB_LINK.match(href) is not None
    return bool(href) and not href.startswith(("//", "\\", "/\\"))


def is_figure(src: str) -> bool:
    """Whether this names a picture in the lesson's own folder."""
    return _FIGURE.fullmatch(src) is not None


_CHECKS: dict[str, Callable[[str], object]] = {
    "id": is_anchor,
    "href": is_link,
    "src": _FIGURE_URL.fullmatch,
    "data-term": _TERM_NAME.fullmatch,
}


@lru_cache(maxsize=4096)
def to_html(text: str, folder: str = "") -> str:
    """Safe HTML of a piece of Markdown.

    `folder` is the lesson's folder name; a picture is shown only if it lies there.
    """
    return nh3.clean(
        _converter(folder).convert(text),
        tags=TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep,
        filter_style_properties={"text-align"},
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer",
    )


def unsafe_html(text: str, folder: str = "") -> str:
    """The HTML before cleaning, for the proofreader to see what was written."""
    return _converter(folder).convert(text)


def _converter(folder: str) -> Markdown:
    # No pymdownx: its emphasis leaves **加粗，**后 as asterisks, and plain Markdown bolds it.
    converter = Markdown(
        extensions=["attr_list", "tables", "sane_lists", _Figures(folder), _Terms()]
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    return converter


def _keep(_tag: str, attribute: str, value: str) -> str | None:
    check = _CHECKS.get(attribute)
    return value if check is None or check(value) else None


class _Figures(Extension):
    """Pictures point into the lesson's folder; one alone in its paragraph becomes a figure."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        # After attr_list (8), so that what it writes is seen too.
        md.treeprocessors.register(_FigureTree(md, self.folder), "figures", 5)


class _Terms(Extension):
    """[[id]] and [[id|words]] become terms of the glossary, lesson:slug an address."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        # Before links (160), whose brackets these would be.
        md.inlinePatterns.register(_TermPattern(_TERM, md), "terms", 165)
        md.treeprocessors.register(_LessonLinks(md), "lesson-links", 4)


class _TermPattern(InlineProcessor):
    def handleMatch(  # type: ignore[override] # noqa: N802 - the name Markdown calls
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        term = Element("span", {"data-term": m[1]})
        term.text = (m[2] or "").strip()
        return term, m.start(0), m.end(0)


class _LessonLinks(Treeprocessor):
    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if found := LESSON_LINK.fullmatch(link.get("href", "")):
                section = f"&at={found[2]}" if found[2] else ""
                link.set("href", f"/lesson?id={found[1]}{section}")


class _FigureTree(Treeprocessor):
    def __init__(self, md: Markdown, folder: str) -> None:
        super().__init__(md)
        self.folder = folder

    def run(self, root: Element) -> None:
        for image in root.iter("img"):
            source = image.get("src", "")
            if self.folder and is_figure(source):
                image.set("src", f"{FIGURES_URL}/{self.folder}/{source}")
        for paragraph in root.iter("p"):
            if len(paragraph) == 1 and paragraph[0].tag == "img" and not _words(paragraph).strip():
                paragraph.tag = "figure"
                if caption := paragraph[0].attrib.pop("title", ""):
                    SubElement(paragraph, "figcaption").text = caption


def _words(element: Element) -> str:
    return "".join(element.itertext())
