"""The headless door: `python -m sandbox request|quote|advert < file.json`, `... schema NAME`.

Bad input ends with status 2 and one JSON object on standard error that names field and reason.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from sandbox.adverts.door import advert_from_json, advert_schema
from sandbox.datafiles import DataFileError
from sandbox.door_error import DoorError
from sandbox.lender.door import request_from_json, request_schema
from sandbox.loans.door import quote_from_json, quote_schema

DOORS: dict[str, Callable[[str], dict[str, Any]]] = {
    "request": request_from_json,
    "quote": quote_from_json,
    "advert": advert_from_json,
}
SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "request": request_schema,
    "quote": quote_schema,
    "advert": advert_schema,
}
MAX_BYTES = 1_000_000


class _Parser(argparse.ArgumentParser):
    """Reports wrong usage in the same shape as every other mistake."""

    def error(self, message: str) -> Any:
        raise DoorError("command", "usage", message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m sandbox", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    commands.add_parser("request", help="decide a case given as JSON on standard input")
    commands.add_parser("quote", help="price an offer given as JSON on standard input")
    commands.add_parser("advert", help="read a loan advert given as JSON on standard input")
    schema = commands.add_parser("schema", help="print the JSON Schema of an input")
    schema.add_argument("of", choices=sorted(SCHEMAS))
    return parser


def _answer(arguments: list[str]) -> dict[str, Any]:
    chosen = _parser().parse_args(arguments)
    if chosen.command == "schema":
        return SCHEMAS[chosen.of]()
    raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise DoorError("", "too_large", f"the input is larger than {MAX_BYTES} bytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DoorError("", "not_utf8", "the input is not UTF-8 text") from None
    return DOORS[chosen.command](text)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    try:
        answer = _answer(sys.argv[1:] if arguments is None else arguments)
    except DoorError as error:
        print(json.dumps(error.to_json(), ensure_ascii=False), file=sys.stderr)
        return 2
    except DataFileError as error:
        problem = DoorError("data", "broken_data_file", str(error))
        print(json.dumps(problem.to_json(), ensure_ascii=False), file=sys.stderr)
        return 2
    try:
        print(json.dumps(answer, ensure_ascii=False, indent=2), flush=True)
    except BrokenPipeError:  # the reader left (`| head`); nothing is to be flushed at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
