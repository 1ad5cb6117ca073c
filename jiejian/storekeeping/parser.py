"""The words of `python -m jiejian.store`."""

from __future__ import annotations

import argparse
from pathlib import Path

EXIT = "exit status: 0 done; 1 something is not as it should be, and is named; 2 refused"


def parser() -> argparse.ArgumentParser:
    """Reads a command line."""
    top = argparse.ArgumentParser(
        prog="python -m jiejian.store",
        description="Look after the folder that holds learners' records. See docs/storage.md.",
        epilog=EXIT,
    )
    top.add_argument("--data-dir", type=Path, metavar="FOLDER", help="instead of JIEJIAN_DATA_DIR")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    command = commands.add_parser("backup", help="write a backup; Jiejian may run meanwhile")
    command.add_argument("target", type=Path, metavar="FILE|FOLDER", help="a new file, or a folder")
    command = commands.add_parser("restore", help="bring a backup back; Jiejian must not run")
    command.add_argument("source", type=Path, metavar="FILE")
    command.add_argument(
        "--replace", action="store_true", help="move the records that are there aside first"
    )
    command = commands.add_parser("verify", help="check every record, or a backup; changes nothing")
    command.add_argument("source", type=Path, metavar="FILE", nargs="?", help="a backup to check")
    commands.add_parser("migrate", help="write every record in the newest format")
    commands.add_parser("stats", help="how much there is of what")
    command = commands.add_parser("export", help="everything held about a learner, as JSON")
    command.add_argument("learner", metavar="LEARNER", help="the learner's 32 signs")
    command.add_argument("-o", "--output", type=Path, help="a new file (default: standard output)")
    command = commands.add_parser("delete", help="delete a learner and all that belongs to them")
    command.add_argument("learner", metavar="LEARNER", help="the learner's 32 signs")
    _yes(command)
    command = commands.add_parser("expire", help="delete learners not seen for a period")
    command.add_argument("--days", type=int, help="instead of JIEJIAN_RETENTION_DAYS")
    command.add_argument(
        "--even-all", action="store_true", help="also if that is everybody there is"
    )
    _yes(command)
    command = commands.add_parser("rescue", help="let somebody back in who lost the password")
    command.add_argument("name", metavar="NAME", help="the name they sign in with")
    command.add_argument(
        "--second-step-off", action="store_true", help="they lost phone and backup codes as well"
    )
    return top


def _yes(command: argparse.ArgumentParser) -> None:
    command.add_argument("--yes", action="store_true", help="do it; without, it is only told")
