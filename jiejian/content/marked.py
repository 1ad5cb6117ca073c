"""Words that may hold Markdown, glossary terms and links; made into HTML once, when read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, StringConstraints


class Marked(str):
    """Markdown. `html` is safe to show; `plain_html` is the same without anything to press."""

    html: str = ""
    plain_html: str = ""


MarkedWords = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(Marked)
]
"""A field of Markdown: bold, links, lists, `[[term]]`. Use `marked()` to read it as Marked."""

Rendering = Callable[[str], tuple[str, str]]
"""Text in; HTML and plain HTML out."""


def marked(text: str) -> Marked:
    """The text as Marked, which it is in every directive that was read."""
    return text if isinstance(text, Marked) else Marked(text)


def texts(
    value: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in a checked body with its path, in order."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from texts(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, (*path, name))
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from texts(inner, (*path, place))


def furnish(body: BaseModel, render: Rendering) -> None:
    """Give every Marked text of a body its HTML."""
    for _, text in texts(body):
        if isinstance(text, Marked):
            text.html, text.plain_html = render(text)
