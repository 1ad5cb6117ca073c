"""A track as an EPUB book in one language, made from the same pages as the handouts."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from ebooklib import epub

from jiejian.content.lessons import Lesson
from jiejian.content.library import Library
from jiejian.content.printed.handout import front, handout
from jiejian.content.printed.pieces import Paper
from jiejian.content.printed.words import say
from jiejian.content.tracks import Track
from sandbox.text import Language

TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
STYLE = Path(__file__).with_name("book.css")
_LINK = re.compile(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_LESSON = re.compile(r"/lesson\?id=([a-z0-9-]+)(?:&amp;at=([a-z0-9-]+))?")


class _Pictures:
    """The drawings and charts of a book, each once."""

    def __init__(self, book: epub.EpubBook, root: Path) -> None:
        self._book, self._root = book, root
        self._names: dict[str, str] = {}

    def drawing(self, lesson: Lesson, file: str) -> str:
        """The place in the book of a lesson's drawing."""
        shared = file.startswith("shared/")
        folder = "assets/figures" if shared else f"lessons/{lesson.folder}"
        path = self._root / folder / file.removeprefix("shared/")
        return self._add(f"{folder}/{path.name}", path.read_bytes())

    def picture(self, source: str) -> str:
        """The place in the book of a picture in the prose, given by its address on the site."""
        path = self._root / source.removeprefix("/")
        return self._add(source, path.read_bytes())

    def chart(self, svg: str) -> str:
        """The place in the book of a chart."""
        return self._add(svg, svg.encode(), ".svg")

    def _add(self, key: str, content: bytes, suffix: str = "") -> str:
        if key not in self._names:
            kind = suffix or Path(key).suffix
            name = f"images/{len(self._names) + 1}{kind}"
            media = {".svg": "image/svg+xml", ".jpg": "image/jpeg"}.get(kind, f"image/{kind[1:]}")
            item = epub.EpubItem(
                uid=f"image-{len(self._names) + 1}",
                file_name=name,
                media_type=media,
                content=content,
            )
            self._book.add_item(item)
            self._names[key] = name
        return self._names[key]


def book(library: Library, track: Track, language: Language, root: Path) -> bytes:
    """The book of a track: a title page, a chapter for each lesson, its terms and sources inside."""
    made = epub.EpubBook()
    title = track.title.say(language)
    made.set_identifier(f"jiejian-{track.id}-{language}")
    made.set_title(f"{'借鉴' if language == 'zh' else 'Jiejian'}: {title}")
    made.set_language(TAGS[language])
    made.add_author("借鉴 Jiejian")
    made.add_metadata("DC", "description", track.summary.say(language))
    style = epub.EpubItem("style", "style.css", "text/css", STYLE.read_bytes())
    made.add_item(style)
    lessons = library.of_track(track.id)
    pictures = _Pictures(made, root)
    chapters = [_title_page(track, lessons, language)]
    chapters += [_chapter(library, lesson, lessons, language, pictures) for lesson in lessons]
    for chapter in chapters:
        chapter.add_item(style)
        made.add_item(chapter)
    made.toc = tuple(chapters)
    made.add_item(epub.EpubNcx())
    made.add_item(epub.EpubNav())
    made.spine = [chapters[0], "nav", *chapters[1:]]
    reviewed = max((lesson.reviewed_on for lesson in lessons), default=None)
    when = datetime(reviewed.year, reviewed.month, reviewed.day, tzinfo=UTC) if reviewed else None
    written = io.BytesIO()
    epub.write_epub(written, made, {"mtime": when} if when else {})
    return written.getvalue()


def _title_page(track: Track, lessons: tuple[Lesson, ...], language: Language) -> epub.EpubHtml:
    items = "".join(
        f'<li><a href="{lesson.id}.xhtml">{escape(lesson.versions[language].title)}</a></li>'
        for lesson in lessons
    )
    body = (
        f"<h1>{escape(track.title.say(language))}</h1>"
        f'<p class="lead">{escape(track.summary.say(language))}</p><ol>{items}</ol>'
        f'<p class="small">{say("notice", language)}</p>'
    )
    return _page("title", track.title.say(language), body, language)


def _chapter(
    library: Library,
    lesson: Lesson,
    lessons: tuple[Lesson, ...],
    language: Language,
    pictures: _Pictures,
) -> epub.EpubHtml:
    paper = Paper(
        lesson,
        language,
        plain=True,
        drawing=lambda file: pictures.drawing(lesson, file),
        charted=lambda svg, alt: f'<img src="{pictures.chart(svg)}" alt="{escape(alt)}"/>',
    )
    title = lesson.versions[language].title
    text = f"<h1>{escape(title)}</h1>{front(paper)}{handout(paper, library.glossary)}"
    text = _inside(text, {other.id for other in lessons})
    text = re.sub(
        r'src="(/lessons/[^"]+)"', lambda found: f'src="{pictures.picture(found[1])}"', text
    )
    return _page(lesson.id, title, text, language)


def _inside(text: str, lessons: set[str]) -> str:
    """Links lead to the web, or inside the book; others become plain words."""

    def point(found: re.Match[str]) -> str:
        address, more, words = found.groups()
        if lesson := _LESSON.fullmatch(address):
            if lesson[1] not in lessons:
                return words
            section = f"#{lesson[2]}" if lesson[2] else ""
            return f'<a href="{lesson[1]}.xhtml{section}">{words}</a>'
        return words if address.startswith("/") else f'<a href="{address}"{more}>{words}</a>'

    return _LINK.sub(point, text)


def _page(name: str, title: str, body: str, language: Language) -> epub.EpubHtml:
    page = epub.EpubHtml(
        uid=f"page-{name}", title=title, file_name=f"{name}.xhtml", lang=TAGS[language]
    )
    page.content = f"<html><head><title>{escape(title)}</title></head><body>{body}</body></html>"
    return page
