"""Words marked for translation inside an f-string are seen by no extractor before Python 3.12."""

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "jiejian"
MARKS = {"_", "ngettext", "pgettext"}


def test_no_words_are_marked_inside_an_f_string() -> None:
    hidden = [
        f"{path.name}:{node.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        for joined in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(joined, ast.JoinedStr)
        for node in ast.walk(joined)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS
    ]
    assert hidden == []
