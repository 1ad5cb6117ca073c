"""What a piece of HTML holds for a reader: blocks of text, links and pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_BLOCKS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "blockquote", "pre"),
    *("th", "td", "figcaption"),
}


@dataclass
class Block:
    """A paragraph, heading, list item or cell: its tag, its id, its text with and without code."""

    tag: str
    anchor: str | None = None
    text: str = ""
    text_without_code: str = ""


@dataclass
class Outline:
    """The blocks in order, where links lead, and each picture's source and description."""

    blocks: list[Block] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def headings(self) -> list[Block]:
        """The blocks that are headings."""
        return [block for block in self.blocks if block.tag[0] == "h"]


def outline(html: str) -> Outline:
    """Read the outline of HTML made from Markdown."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found = reader.outline
    for block in found.blocks:
        block.text = " ".join(block.text.split())
    found.blocks = [block for block in found.blocks if block.text]
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.outline = Outline()
        self.code_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self.outline.blocks.append(Block(tag, values.get("id")))
        elif tag == "code":
            self.code_depth += 1
        elif tag == "a":
            self.outline.links.append(values.get("href", ""))
        elif tag == "img":
            self.outline.pictures.append((values.get("src", ""), values.get("alt", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "code":
            self.code_depth -= 1
        elif tag in _BLOCKS:
            self.outline.blocks.append(Block("p"))

    def handle_data(self, data: str) -> None:
        if not self.outline.blocks:
            self.outline.blocks.append(Block("p"))
        block = self.outline.blocks[-1]
        block.text += data
        if not self.code_depth:
            block.text_without_code += data
