"""Check that every word of the interface has its Chinese: `python -m jiejian.translations [--update]`.

The source is read in process and compared with the catalogue in both directions. `--update`
rewrites the catalogue: new words come in with an empty translation, words no longer used go.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import PoFileError, read_po, write_po

SOURCE = Path(__file__).parent
CATALOGUE = SOURCE / "locales/zh_Hans_CN/LC_MESSAGES/jiejian.po"

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}

# Fixed, so that two people adding words do not quarrel over dates.
HEADER = """\
# Simplified Chinese words of the interface. `make check` names what is missing;
# `python -m jiejian.translations --update` adds new words here with an empty translation.
msgid ""
msgstr ""
"Project-Id-Version: jiejian\\n"
"Language: zh_Hans_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

# Babel takes a line without its quotes and quietly drops the first and last letter.
PO_LINE = re.compile(r"""#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s+)?"([^"\\]|\\.)*"|""")

Key = tuple[str | None, str]
"""(context, English singular): what gettext tells entries apart by."""


@dataclass(frozen=True)
class Phrase:
    """A call that names words to translate."""

    context: str | None
    english: str
    plural: str | None
    file: str
    line: int

    @property
    def key(self) -> Key:
        return self.context, self.english


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong, and where."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def phrases(source: Path) -> Iterator[Phrase]:
    """Every phrase marked for translation under `source`, by file and line."""
    for path in sorted(source.rglob("*.py")):
        file = _shown(path, source)
        with path.open("rb") as code:
            for line, words, _comments, context in extract("python", code, keywords=KEYWORDS):
                forms = (words,) if isinstance(words, str) else words
                plural = forms[1] if len(forms) > 1 else None
                yield Phrase(context, forms[0], plural, file, line)


def unextractable(source: Path) -> Iterator[Fault]:
    """Calls whose words no catalogue can hold: put together before, or inside an f-string."""
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in KEYWORDS
                and any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in node.args[:2])
            ):
                yield Fault(
                    _shown(path, source),
                    node.lineno,
                    f"{node.func.id}() needs whole words; fill placeholders in afterwards",
                )
            elif isinstance(node, ast.JoinedStr):
                for name in _calls_inside(node):
                    message = f"{name}() stands inside an f-string, where no catalogue finds it"
                    yield Fault(_shown(path, source), node.lineno, message)


def _calls_inside(joined: ast.JoinedStr) -> Iterator[str]:
    """Names of the calls for words inside an f-string: before Python 3.12 it is one token."""
    for node in ast.walk(joined):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in KEYWORDS
            and any(isinstance(part, ast.Constant) for part in node.args)
        ):
            yield node.func.id


def placeholders(words: str) -> frozenset[str]:
    """The names to be filled in: `{count}` and `%(count)s`; positional ones by their order.

    Raises ValueError where braces do not match.
    """
    braces = [name for _text, name, _spec, _conv in Formatter().parse(words) if name is not None]
    named = {name or f"#{position}" for position, name in enumerate(braces)}
    return frozenset(named | set(re.findall(r"%\((\w+)\)", words)))


def read_catalogue(path: Path) -> Catalog:
    """Raises PoFileError, which knows its line counted from 0, where the catalogue is malformed."""
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.split("\n")):
        if not PO_LINE.fullmatch(line.strip()):
            raise PoFileError("not a line of a catalogue", Catalog(), line, number)
    return read_po(StringIO(text), locale="zh_Hans_CN", abort_invalid=True)


def check(source: Path = SOURCE, catalogue_path: Path = CATALOGUE) -> list[Fault]:
    """Everything that keeps an interface word from its Chinese, sorted by file and line."""
    po_name = _shown(catalogue_path, source)
    faults = list(unextractable(source))
    try:
        entries = _entries(read_catalogue(catalogue_path))
    except FileNotFoundError:
        entries = {}
        faults.append(Fault(po_name, 1, "the catalogue does not exist; run with --update"))
    except PoFileError as error:
        return [*faults, Fault(po_name, (error.lineno or 0) + 1, str(error))]

    used: dict[Key, Phrase] = {}
    for phrase in phrases(source):
        first = used.setdefault(phrase.key, phrase)
        if first.plural and phrase.plural and first.plural != phrase.plural:
            message = f"{phrase.english!r} has another plural in {first.file}:{first.line}"
            faults.append(Fault(phrase.file, phrase.line, message))
        elif phrase.plural and not first.plural:
            used[phrase.key] = phrase

    for key, phrase in used.items():
        problem = _problem(phrase, entries.get(key))
        if problem:
            faults.append(Fault(phrase.file, phrase.line, f"{problem}: {phrase.english!r}"))
    for key, entry in entries.items():
        if key not in used:
            faults.append(Fault(po_name, entry.lineno or 1, f"obsolete: {key[1]!r}"))
    return sorted(faults)


def _shown(path: Path, source: Path) -> str:
    return str(path.relative_to(source.parent) if path.is_relative_to(source.parent) else path)


def _entries(catalogue: Catalog) -> dict[Key, Message]:
    return {(entry.context, _forms(entry.id)[0]): entry for entry in catalogue if entry.id}


def _forms(words: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _problem(phrase: Phrase, entry: Message | None) -> str | None:
    if entry is None:
        return "missing"
    english, chinese = _forms(entry.id), _forms(entry.string or "")[0]
    if phrase.plural and english[-1] != phrase.plural:
        return "missing plural"
    if not chinese.strip():
        return "empty"
    if entry.fuzzy:
        return "fuzzy"
    try:
        if placeholders(chinese) != placeholders(english[-1]):
            return "wrong placeholders"
    except ValueError as error:
        return str(error)
    return None


def update(source: Path = SOURCE, catalogue_path: Path = CATALOGUE) -> None:
    """Rewrite the catalogue: exactly the words in use, sorted, known translations kept.

    Raises PoFileError where the present catalogue is malformed; nothing is written then.
    """
    known = _entries(read_catalogue(catalogue_path)) if catalogue_path.exists() else {}
    plurals: dict[Key, str | None] = {}
    for phrase in phrases(source):
        plurals[phrase.key] = plurals.get(phrase.key) or phrase.plural

    fresh = Catalog(locale="zh_Hans_CN")
    for key in sorted(plurals, key=lambda key: (key[1], key[0] or "")):
        context, english = key
        plural, entry = plurals[key], known.get(key)
        chinese = _forms(entry.string or "")[0] if entry else ""
        flags = ["fuzzy"] if entry and entry.fuzzy else []
        comments = entry.user_comments if entry else []
        if plural:
            fresh.add(
                (english, plural), (chinese,), context=context, flags=flags, user_comments=comments
            )
        else:
            fresh.add(english, chinese, context=context, flags=flags, user_comments=comments)

    body = BytesIO()
    write_po(body, fresh, no_location=True, omit_header=True, width=0)
    catalogue_path.parent.mkdir(parents=True, exist_ok=True)
    catalogue_path.write_bytes(HEADER.encode() + body.getvalue())


def main(arguments: list[str] | None = None) -> int:
    """The exit status: 0 when every word has its Chinese."""
    parser = argparse.ArgumentParser(prog="python -m jiejian.translations", description=__doc__)
    parser.add_argument("--update", action="store_true", help="rewrite the catalogue")
    if parser.parse_args(arguments).update:
        try:
            update()
        except PoFileError as error:
            print(f"{CATALOGUE.name}:{(error.lineno or 0) + 1}: {error}", file=sys.stderr)
            return 1
    faults = check()
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"translations: {len(faults)} to mend" if faults else "translations: complete")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
