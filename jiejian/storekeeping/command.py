"""Carrying a command out: what it says, and its exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from jiejian.clock import Clock, SystemClock
from jiejian.errors import StoreError, StoreUnwritable
from jiejian.services.actor import Actor
from jiejian.services.built import Services, build
from jiejian.settings import Settings, SettingsError, load_settings
from jiejian.store.archive import Refused
from jiejian.store.backup import back_up, check, restore
from jiejian.store.files import PRIVATE_FILE
from jiejian.store.inspection import count, look, older
from jiejian.store.migrating import migrate
from jiejian.storekeeping import people
from jiejian.storekeeping.parser import parser
from jiejian.storekeeping.rescue import rescue

Say = Callable[[str], object]

_STATES = {
    "restorable": "damaged; its previous copy is good and comes back at its next use",
    "lost": "damaged without a good copy; it is set aside at its next use",
    "set_aside": "damaged earlier without a good copy; the learner may start anew, or restore a backup",
    "too_new": "written by a later version; update the program",
    "unreadable": "the system does not hand the file out; look at permissions and the disk",
    "unknown_file": "no file of Jiejian; move it away",
    "abandoned": "left by a backup that was killed; the next backup removes it",
}
_REASONS = {
    "disk_full": "the disk is full: make room and try again",
    "read_only": "writing is not allowed there: look at the permissions",
    "io_error": "the disk does not take it",
}


def main(
    arguments: Sequence[str] | None = None, clock: Clock | None = None, say: Say = print
) -> int:
    """Run one command; 0 done, 1 something is wrong and named, 2 refused with nothing changed."""
    given = parser().parse_args(arguments)
    clock = clock or SystemClock()
    try:
        settings = load_settings()
        if given.data_dir:
            settings = settings.model_copy(update={"data_dir": given.data_dir})
        if given.command != "restore" and not settings.data_dir.is_dir():
            raise Refused(f"there is no data folder {settings.data_dir}")
        return _COMMANDS[given.command](given, settings, clock, say)
    except SettingsError as error:
        refusal = f"a setting is not right: {error}"
    except StoreUnwritable as error:
        refusal = f"{_REASONS[error.reason]} ({error})"
    except (Refused, StoreError) as error:
        refusal = str(error)
    sys.stderr.write(refusal + "\n")
    return 2


def _backup(given: argparse.Namespace, settings: Settings, clock: Clock, say: Say) -> int:
    made = back_up(settings.data_dir, given.target, clock)
    say(f"{made.path}: {made.records} records{_as_they_are(made.damaged)}")
    return 0


def _restore(given: argparse.Namespace, settings: Settings, clock: Clock, say: Say) -> int:
    done = restore(given.source, settings.data_dir, clock, replace=given.replace)
    say(f"{settings.data_dir}: {done.records} records restored{_as_they_are(done.damaged)}")
    if done.replaced:
        say(f"The records that were there are in {done.replaced}: delete it once all is well.")
    return 0


def _verify(given: argparse.Namespace, settings: Settings, _clock: Clock, say: Say) -> int:
    if given.source:
        found = check(given.source)
        say(f"{found.path}: whole, {found.records} records{_as_they_are(found.damaged)}")
        return int(found.damaged > 0)
    sound = wrong = outdated = 0
    for looked in look(settings.data_dir):
        if looked.state == "sound":
            sound += 1
            outdated += older(looked)
        else:
            wrong += 1
            say(f"{looked.path.as_posix()}: {_STATES[looked.state]}")
    say(f"{sound} records are sound, {wrong} findings")
    if outdated:
        say(f"{outdated} are of an older format, which is read; `migrate` renews them")
    return int(wrong > 0)


def _migrate(_given: argparse.Namespace, settings: Settings, clock: Clock, say: Say) -> int:
    say(f"{migrate(settings.data_dir, clock)} records written in the newest format")
    return 0


def _stats(_given: argparse.Namespace, settings: Settings, _clock: Clock, say: Say) -> int:
    totals = count(settings.data_dir)
    say(f"{settings.data_dir}: {totals.bytes / 1e6:.1f} MB")
    for kind, number in sorted(totals.records.items()):
        say(f"  {kind:20} {number:>9}")
    say(f"  {'events':20} {totals.events:>9}")
    for number, records in sorted(totals.formats.items()):
        say(f"  {f'of format {number}':20} {records:>9}")
    if totals.first and totals.last:
        say(f"  events from {totals.first[:10]} to {totals.last[:10]}")
    if totals.copies:
        say(f"  {totals.copies} damaged files set aside")
    wrong = sum(number for state, number in totals.states.items() if state != "sound")
    if wrong:
        say(f"  {wrong} findings: see `verify`")
    return 0


def _export(given: argparse.Namespace, settings: Settings, clock: Clock, say: Say) -> int:
    services, found = _somebody(given, settings, clock)
    held = services.progress.export(Actor(found.learner))
    if given.output is None:
        say(held.decode())
        return 0
    _write_new(given.output, held)
    say(f"{given.output}: {found.events} events")
    return 0


def _delete(given: argparse.Namespace, settings: Settings, clock: Clock, say: Say) -> int:
    services, found = _somebody(given, settings, clock)
    held = f"{found.events} events and {found.documents} documents of {found.learner}"
    if not given.yes:
        say(f"{held} would be deleted for good; give --yes to do it")
        return 0
    people.delete(services, found.learner)
    say(f"{held} are deleted; backups made before still hold them")
    return 0


def _expire(given: argparse.Namespace, settings: Settings, clock: Clock, say: Say) -> int:
    days = given.days if given.days is not None else settings.retention_days
    if days is None:
        raise Refused("no period is set: JIEJIAN_RETENTION_DAYS, or --days")
    if days < 1:
        raise Refused(f"--days {days}: a period is one day or more")
    services = build(settings, clock)
    everybody = list(people.known(services))
    leaving = people.gone(everybody, clock.now(), timedelta(days=days))
    if leaving and len(leaving) == len(everybody) and not given.even_all:
        raise Refused(
            f"all {len(everybody)} learners would be deleted: is the clock right? If so, --even-all"
        )
    for one in leaving if given.yes else ():
        people.delete(services, one.learner)
    verb = "deleted" if given.yes else "would be deleted; give --yes to do it"
    say(f"of {len(everybody)} learners {len(leaving)} were not seen for {days} days: {verb}")
    kept = sum(one.unreadable for one in everybody)
    if kept:
        say(f"{kept} could not be read and are kept: see `verify`, and `delete` them by name")
    return int(kept > 0)


def _rescue(given: argparse.Namespace, settings: Settings, clock: Clock, say: Say) -> int:
    services = build(settings, clock)
    code = rescue(services, given.name, second_step_off=given.second_step_off)
    if code is None:
        raise Refused("no account of this name can sign in")
    say(f"{code}  sets a new password at /reset, once, within 24 hours")
    return 0


def _somebody(
    given: argparse.Namespace, settings: Settings, clock: Clock
) -> tuple[Services, people.Known]:
    named = people.LEARNER.fullmatch(given.learner)
    if named is None:
        raise Refused(f"{given.learner[:80]!r} is no learner: it is 32 signs of 0-9 and a-f")
    services = build(settings, clock)
    found = people.know(services, named[1])
    if not found.anything:
        raise Refused(f"there is nothing of learner {named[1]}")
    return services, found


def _write_new(path: Path, data: bytes) -> None:
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with os.fdopen(os.open(path, flags, PRIVATE_FILE), "wb") as file:
            file.write(data)
    except FileExistsError:
        raise Refused(f"{path} exists, and nothing was overwritten: name another file") from None
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from None


def _as_they_are(damaged: int) -> str:
    return f", {damaged} of them damaged, as they were" if damaged else ""


_COMMANDS: dict[str, Callable[[argparse.Namespace, Settings, Clock, Say], int]] = {
    "backup": _backup,
    "restore": _restore,
    "verify": _verify,
    "migrate": _migrate,
    "stats": _stats,
    "export": _export,
    "delete": _delete,
    "expire": _expire,
    "rescue": _rescue,
}
