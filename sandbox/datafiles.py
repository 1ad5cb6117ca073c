"""Data files: YAML read, checked by a model, and every mistake named by file, line and field."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sandbox import yamltext

MAX_BYTES = 512 * 1024
M = TypeVar("M", bound=BaseModel)

# These reorder or hide what a reader sees, so a reviewed file could say something else.
_HIDDEN = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_FIELD_PREFIX = re.compile(r"([a-z_]+): (.+)", re.DOTALL)


@dataclass(frozen=True)
class Mistake:
    """One thing wrong in a data file. line counts from 1; field is a path like `cards[0].text`."""

    file: str
    line: int | None
    field: str
    message: str

    def __str__(self) -> str:
        line = "" if self.line is None else f"{self.line}:"
        field = f" {self.field}:" if self.field else ""
        return f"{self.file}:{line}{field} {self.message}"


class DataFileError(Exception):
    """A data file cannot be used; `mistakes` says why, never empty."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


def read_text(path: Path, *, base: Path | None = None) -> str:
    """The file's text, in Unicode NFC, lines ended by a line feed.

    Raises DataFileError if it cannot be read, is over 512 KB, is not UTF-8, or holds invisible
    or direction-changing characters.
    """
    file = shown_name(path, base)
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refusal(file, None, f"cannot be read: {error.strerror}") from error
    if len(content) > MAX_BYTES:
        raise _refusal(file, None, f"is larger than {MAX_BYTES // 1024} KB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refusal(file, line, "is not UTF-8 text") from error
    if hidden := _HIDDEN.search(text):
        line = text.count("\n", 0, hidden.start()) + 1
        raise _refusal(file, line, f"holds the invisible character U+{ord(hidden.group()):04X}")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def read_model(path: Path, model: type[M], *, base: Path | None = None) -> M:
    """Read one YAML file into the model.

    Mistakes name the file relative to `base`, or by its name alone. Raises DataFileError.
    """
    file = shown_name(path, base)
    return validate(model, parse_yaml(read_text(path, base=base), file=file), file=file)


def read_models(
    folder: Path, model: type[M], *, base: Path | None = None
) -> tuple[dict[str, M], tuple[Mistake, ...]]:
    """Read every *.yaml of a folder into the model, by id, in the order of the file names.

    A broken file is left out and named in the mistakes. The model has an `id`, equal to the
    file's stem. Names are relative to `base`, by default the folder's parent.
    """
    base = folder.parent if base is None else base
    if not folder.is_dir():
        return {}, (Mistake(shown_name(folder, base), None, "", "is no folder"),)
    found: dict[str, M] = {}
    mistakes: list[Mistake] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            item = read_model(path, model, base=base)
            require_id(item, path, base)
        except DataFileError as error:
            mistakes.extend(error.mistakes)
        else:
            found[path.stem] = item
    return found, tuple(mistakes)


def require_id(item: BaseModel, path: Path, base: Path | None = None) -> None:
    """Raise DataFileError unless the item's `id` equals the file's stem."""
    given = getattr(item, "id", None)
    if given != path.stem:
        message = f"{given!r} must equal the file's name, {path.stem!r}"
        raise _refusal(shown_name(path, base), None, message, "id")


def parse_yaml(text: str, *, file: str, first_line: int = 1) -> Any:
    """The value of YAML that starts on line first_line of a file; see yamltext for its limits.

    The result remembers its lines for `validate`. Raises DataFileError.
    """
    try:
        return yamltext.parse(text, first_line)
    except yamltext.YamlTextError as problem:
        raise _refusal(file, problem.line, problem.message, problem.field) from problem


def validate(model: type[M], data: Any, *, file: str, first_line: int = 1) -> M:
    """The data as this model. Raises DataFileError with every mistake, in the order of lines.

    first_line is named where the data itself has no position.
    """
    if not isinstance(data, dict):
        said = "is empty" if data is None else "must be a mapping (key: value)"
        raise _refusal(file, first_line, said)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        places: dict[tuple[int, str], list[str]] = {}
        for detail in error.errors(include_url=False):
            line, field, message = _describe(detail, data, first_line)
            places.setdefault((line, field), []).append(message)
        raise DataFileError(
            tuple(
                Mistake(file, line, field, "; ".join(dict.fromkeys(messages)))
                for (line, field), messages in sorted(places.items())
            )
        ) from error


def line_of(data: Any, path: tuple[str | int, ...], first_line: int = 1) -> int:
    """The line of the value at this path in parsed YAML, or of the nearest value around it."""
    return _locate(data, path, first_line)[0]


def shown_name(path: Path, base: Path | None) -> str:
    """How mistakes call a file: relative to base where it lies inside it, else its name."""
    if base is not None and path.is_relative_to(base):
        return path.relative_to(base).as_posix()
    return path.name


def shown_path(path: tuple[str | int, ...]) -> str:
    """How mistakes call a value: `cards[0].text`; items count from 0."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def _refusal(file: str, line: int | None, message: str, field: str = "") -> DataFileError:
    return DataFileError((Mistake(file, line, field, message),))


def _locate(
    data: Any, path: tuple[str | int, ...], first_line: int
) -> tuple[int, tuple[str | int, ...]]:
    """Line of the deepest step of the path that the data holds, and the steps it holds.

    A path from pydantic also names branches of the model (the tag of a union), which no author
    knows; they are passed over.
    """
    line = getattr(data, "line", first_line)
    held: list[str | int] = []
    for step in path:
        lines = getattr(data, "lines", {})
        if step in lines:
            line, data = lines[step], data[step]
            held.append(step)
    return line, tuple(held)


def _describe(detail: ErrorDetails, data: Any, first_line: int) -> tuple[int, str, str]:
    kind = detail["type"]
    line, path = _locate(data, detail["loc"], first_line)
    if kind == "missing":
        return line, shown_path((*path, detail["loc"][-1])), "is missing"
    if kind == "extra_forbidden":
        return line, shown_path(path), "is not a known key"
    message = detail["msg"].removeprefix("Value error, ")
    if kind == "value_error":
        named = _FIELD_PREFIX.fullmatch(message)
        if named:
            inner_line, inner = _locate(data, (*path, named[1]), first_line)
            if len(inner) > len(path):
                return inner_line, shown_path(inner), named[2]
        return line, shown_path(path), message
    if kind == "string_type" and isinstance(detail["input"], int | Decimal):
        message += "; put it in quotes"
    return line, shown_path(path), message[0].lower() + message[1:]
