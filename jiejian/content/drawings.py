"""SVG drawings: whether a file is one that is safe to show and can be described."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring

LARGEST = 200 * 1024
_TAGS = {
    *("svg", "g", "defs", "title", "desc", "style", "symbol", "use", "marker", "clipPath", "mask"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
    *("linearGradient", "radialGradient", "stop", "pattern"),
}
_FOREIGN = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression|javascript:", re.IGNORECASE)
_NAMESPACE = "{http://www.w3.org/2000/svg}"


def drawing_problem(path: Path) -> str | None:
    """Why this file is no drawing of ours, None if it is."""
    try:
        content = path.read_bytes()
    except OSError:
        return "there is no such file"
    if len(content) > LARGEST:
        return f"is larger than {LARGEST // 1024} KB"
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return "holds a DOCTYPE; leave it out"
    try:
        # No entity can be declared without a DOCTYPE, so nothing can unfold.
        root = fromstring(content)  # noqa: S314
    except ParseError as error:
        return f"is no XML: {error}"
    if root.tag != f"{_NAMESPACE}svg":
        return 'must be an <svg xmlns="http://www.w3.org/2000/svg">'
    if "viewBox" not in root.attrib:
        return "needs a viewBox, so that it fits a phone"
    return next((problem for node in root.iter() if (problem := _problem(node))), None)


def _problem(node: Element) -> str | None:
    tag = str(node.tag).removeprefix(_NAMESPACE)
    if tag not in _TAGS:
        return f"<{tag.split('}')[-1]}> is not allowed"
    for name, value in node.attrib.items():
        short = name.split("}")[-1].lower()
        if short.startswith("on"):
            return f"{short}: scripts are not allowed"
        if short == "href" and not value.startswith("#"):
            return f"{short}: may only point inside the drawing"
        if _FOREIGN.search(value):
            return f"{short}: may not load anything"
    if tag == "style" and _FOREIGN.search(node.text or ""):
        return "style: may not load anything"
    return None
